"""Files that are dropped in: exports, our own tables, and what cannot be read."""

import io
import zipfile

import pytest

from orgdata.sources import limits
from orgdata.ui.upload import same_names, tab_source
from orgdata.upload.same_entity import same_entities
from tests.hostile.corpus import with_rows
from tests.pages.conftest import dropped
from tests.pages.uploads import FLAT, PEOPLE, counts, framed, plain, said
from tests.sources.vendors.test_betterworks import GOAL, HEADER, SHIPPED
from tests.sources.vendors.test_viva import PORTFOLIO


def test_an_export_is_recognised_and_opened_in_this_tab(bring):
    app = bring(("goals.csv", HEADER + GOAL + SHIPPED))
    assert "goals.csv is a Betterworks export: 2 people, 1 objective, 1 key result." in said(app)
    app.button(key="bring_open").click().run()
    framed(app)
    assert not app.exception
    assert "live in this browser tab only" in said(app)
    assert "goals.csv (betterworks)" in said(app)
    app.switch_page("dashboard.py").run()
    assert app.selectbox(key="source").value == tab_source.TAB


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("empty.csv", "", "the file is empty"),
    ("page.csv", "<!doctype html><html></html>", "this is an HTML page"),
    ("picture.csv", b"\x89PNG", "this is an image (PNG)"),
    ("far.xlsx", with_rows(b'<row r="1048576"><c r="ALK2"><v>1</v></c><c><v>2</v></c></row>'),
     "its cells span more than 20,000,000"),
])
def test_what_cannot_be_read_is_one_sentence(opened, name, content, sentence):
    app = opened("data")
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    dropped(app, (name, content))
    assert len(app.error) == 1
    assert sentence in app.error[0].value.replace("\\", "")


def test_files_that_are_too_large_together_are_not_read(bring, monkeypatch):
    monkeypatch.setattr(limits, "SESSION", 100)
    app = bring(("okrs.csv", FLAT), ("people.csv", PEOPLE))
    assert [error.value.replace("\\", "") for error in app.error] == [
        f"the files have {len(FLAT) + len(PEOPLE)} bytes together; at most 100 bytes are read: take "
        "some out"]


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_settings_that_cannot_be_used_are_one_line(bring):
    app = bring(("mine.zip", zipped(products_csv="product_id,name\nP1,Pay\n",
                                    settings_toml="currency = [")))
    assert "settings file mine.zip, settings.toml cannot be read" in said(app)


def test_an_export_of_nothing_leads_nowhere_and_says_so(bring):
    app = bring(("jira.csv", "Summary,Issue key,Issue id,Issue Type\n"))
    assert "jira.csv holds no record to read" in said(app)
    assert not [one for one in app.button if one.key == "bring_open"]


def test_two_files_of_one_name_are_both_read(bring):
    app = bring(("products.csv", "product_id,name\nP1,Pay\n"),
                ("products.csv", "product_id,name\nP2,Check\n"))
    assert "**2** products" in said(app)
    assert "1 row of products in products.csv (2)" in said(app)


def test_a_question_about_a_tool_is_asked_once(bring):
    app = bring(("a.csv", PORTFOLIO), ("b.csv", PORTFOLIO.replace("Win", "Hold")))
    assert len([one for one in app.selectbox
                if one.label == "Which goals are company outcomes?"]) == 1
    assert ":small[a.csv, b.csv]" in said(app)


def test_downloaded_settings_are_dropped_in_with_the_next_file(bring):
    says = '[tables]\nproducts = "stuff"\n[columns.products]\nproduct_id = "No"\nname = "Was"\n'
    app = bring(("settings (1).toml", says), ("stuff-2.csv", "No,Was\nP1,Checkout\n"))
    assert "**1** product ·" in said(app)


def test_more_rows_than_can_be_measured_at_once_are_one_line(bring, monkeypatch):
    monkeypatch.setattr(limits, "SMALL_ROWS", 2)
    app = bring(("products.csv", "product_id,name\nP1,A\nP2,B\nP3,C\n"))
    assert not app.exception
    assert "it has 3 rows in all" in said(app)
    assert "at most 2 are read" in said(app)


def test_settings_that_put_too_much_into_rows_are_one_line(bring, monkeypatch):
    monkeypatch.setattr(limits, "SMALL_TEXT", 100)
    app = bring(("settings.toml", f'[fixed.products]\ndescription = "{"x" * 60}"\n'),
                ("products.csv", "product_id,name\nP1,A\nP2,B\n"))
    assert not app.exception
    assert "its settings put in 120 bytes of text" in said(app)


def test_files_of_more_text_than_can_be_read_at_once_are_one_line(bring, monkeypatch):
    monkeypatch.setattr(limits, "SMALL_TEXT", 9)
    app = bring(("products.csv", "product_id,name\nP1,Checkout\n"))
    assert not app.exception
    assert "its cells hold 10 bytes of text" in said(app)


def test_goals_that_tie_more_than_can_be_measured_at_once_are_one_line(bring, monkeypatch):
    monkeypatch.setattr(limits, "PAIRS", 3)
    files = {"products": "product_id,name\nP1,A\nP2,B\n", "outcomes": "outcome_id,name\nO1,C\n",
             "objectives": "objective_id,title,product_id,outcome_id\nJ1,G,P1;P2,O1\n",
             "key_results": "kr_id,objective_id,title\nK1,J1,T\n"}
    app = bring(*((f"{name}.csv", content) for name, content in files.items()))
    assert not app.exception
    assert "to each other 5 times" in said(app)


def test_names_are_joined_only_where_somebody_says_so(bring, monkeypatch):
    calls = []

    def counted(portfolio):
        calls.append(portfolio)
        return same_entities(portfolio)

    monkeypatch.setattr(same_names, "same_entities", counted)
    app = bring(("products.csv", "product_id,name\nP1,Checkout\n"),
                ("people.csv", f"{PEOPLE}ada@example.com,Ada P.,ada@example.com\n"))
    box = app.checkbox(key="same_people_ada@example.com")
    assert (plain(box.label), box.value) == (
        "ada@example.com is H1 (person, same e-mail)", False)
    assert "3 people" in counts(app)
    box.check().run()
    assert not app.exception
    assert "2 people" in counts(app)
    assert len(calls) == 2  # looked for once in the same files
    app.checkbox(key="same_people_ada@example.com").uncheck().run()
    assert "3 people" in counts(app)
