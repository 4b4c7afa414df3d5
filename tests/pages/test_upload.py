"""Files that are dropped in: mapped, and opened in the tab."""

import io
import zipfile

import pytest

from orgdata.sources import limits, recognise
from orgdata.ui.upload import result, tab_source
from orgdata.upload import column_guess
from tests.hostile.corpus import with_rows
from tests.pages.conftest import as_bytes
from tests.pages.uploads import FLAT, PEOPLE, framed, keep, said
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


def test_a_flat_table_is_mapped_by_its_columns(bring):
    app = bring(("okrs.csv", FLAT))
    assert "okrs.csv is a flat table: 2 people, 2 products, 2 assignments, 3 objectives, " \
           "2 key results." in said(app)
    counts = next(one.value for one in app.dataframe if "origin" in one.value)
    assert counts[["read", "used", "merged", "set_aside"]].to_numpy().tolist() == [[4, 3, 0, 1]]
    app.multiselect(key="bring_okrs.csv_tables").set_value(["objectives", "key_results"]).run()
    assert not app.exception
    assert "okrs.csv is a flat table: 3 objectives, 2 key results." in said(app)


def test_our_columns_under_other_names_need_no_question_twice(bring):
    table = "Kürzel,Was,Rolle\nP1,Checkout,Invest\nP2,Search,Milchkuh\n"
    app = bring(("stuff.csv", table))
    assert "Which column is which?" in " ".join(one.label for one in app.expander).replace("\\", "")
    app.multiselect(key="bring_stuff.csv_tables").set_value(["products"]).run()
    edits = {"edited_rows": {0: {"theirs": "Kürzel"}, 1: {"theirs": "Was"}, 6: {"theirs": "Rolle"}},
             "added_rows": [], "deleted_rows": []}
    app.session_state["bring_stuff.csv_products"] = edits
    app.run()
    word = next(one for one in app.selectbox if "Milchkuh" in one.label)
    app.session_state["bring_stuff.csv_products"] = edits
    word.set_value("harvest").run()
    app.session_state["bring_stuff.csv_products"] = edits
    keep(app)
    app.switch_page("pages/products.py").run()
    assert "Checkout" in str([one.value for one in app.dataframe])
    app.switch_page("pages/data.py").run()
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    app.selectbox(key="bring_base").set_value("Mine").run()
    app.file_uploader(key="bring_drop").upload("stuff-2.csv", (table + "P3,Ads,Milchkuh\n").encode())
    app.run()
    assert not app.exception
    assert not [one for one in app.selectbox if "Milchkuh" in one.label and one.value != "harvest"]
    counts = next(one.value for one in app.dataframe if "loaded" in one.value)
    assert counts.to_numpy().tolist() == [["products", 3, 3, 0]]


def test_names_are_joined_only_where_the_user_says_so(bring):
    app = bring(("people.csv", PEOPLE), ("okrs.csv", FLAT))
    box = app.checkbox(key="same_people_Ada Park")
    assert (box.label.replace("\\", ""), box.value) == ("Ada Park is H1 (people, same name)", False)
    counts = next(one.value for one in app.dataframe if "loaded" in one.value).set_index("table")
    assert counts["loaded"]["people"] == 4
    box.check().run()
    assert not app.exception
    counts = next(one.value for one in app.dataframe if "loaded" in one.value).set_index("table")
    assert counts["loaded"]["people"] == 3


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
    app.file_uploader(key="bring_drop").upload(name, as_bytes(content))
    app.run()
    assert not app.exception
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
    counts = next(one.value for one in app.dataframe if "loaded" in one.value)
    assert counts.to_numpy().tolist() == [["products", 2, 2, 0]]
    assert "products.csv (2): 1 row, read the same way as products.csv." in said(app)


def test_a_question_about_a_tool_is_asked_once(bring):
    app = bring(("a.csv", PORTFOLIO), ("b.csv", PORTFOLIO.replace("Win", "Hold")))
    assert len([one for one in app.selectbox
                if one.label == "Which goals are company outcomes?"]) == 1
    assert "rows, read the same way as a.csv." in said(app)


def test_our_own_table_beside_a_mapped_one_takes_nothing_from_it(bring):
    app = bring(("okrs.csv", FLAT), ("products.csv", "product_id,name\nSearch,Find\n"))
    counts = next(one.value for one in app.dataframe if "loaded" in one.value).set_index("table")
    assert counts["loaded"].to_dict() == {"people": 2, "products": 2, "assignments": 2,
                                          "objectives": 3, "key_results": 2}


def test_people_known_by_name_only_are_joined_to_a_list_with_ids(bring):
    app = bring(("okrs.csv", FLAT), ("staff.csv", "Employee ID,Name\n001,Ada Park\n002,Bo Lim\n"))
    assert "From now on people are read from here, no longer from okrs" in said(app)
    counts = next(one.value for one in app.dataframe if "loaded" in one.value).set_index("table")
    assert (counts.loc["people", "loaded"], counts.loc["assignments", "loaded"]) == (2, 2)


def test_same_people_are_looked_for_once_in_the_same_files(bring, monkeypatch):
    calls = []
    monkeypatch.setattr(result, "same_entities", counted(result.same_entities, calls))
    app = bring(("okrs.csv", FLAT), ("staff.csv", "Employee ID,Name\n001,Ada Park\n002,Bo Lim\n"))
    assert len(calls) == 1
    app.run()
    assert len(calls) == 1
    app.multiselect(key="bring_staff.csv_tables").set_value(["products"]).run()
    assert len(calls) == 2
    assert "Are these the same?" not in said(app)


def test_columns_nobody_reads_are_shown_with_what_they_hold(bring):
    app = bring(("jira.csv", "Resumen,Clave\nCrecer en Japón,COM-1\nPagos,PAY-1\n"))
    assert "not read so far: Resumen (Crecer en Japón · Pagos) and Clave (COM-1 · PAY-1)" in said(
        app)


def test_of_very_many_unknown_tables_the_first_are_asked_about_and_the_others_counted(
        bring, monkeypatch):
    recognised, guessed = [], []
    for module, name, calls in ((recognise, "_recognised", recognised),
                                (column_guess, "guess_columns", guessed)):
        monkeypatch.setattr(module, name, counted(getattr(module, name), calls))
    app = bring(("many.zip", zipped(**{f"q{i}_csv": f"Goal{i},Team{i},PM\n1,2,3\n"
                                       for i in range(30)})))
    assert len([one for one in app.expander if "a table we do not know" in one.label]) == 20
    assert "And 10 more tables that we do not know after these" in said(app)
    guesses = len(guessed)
    recognised.clear()
    app.run()
    assert len(guessed) == guesses, "guessed once for the same columns"
    assert len(recognised) == 30, "each sheet once, not all after each answer"


def counted(function, calls):
    def call(*arguments):
        calls.append(function.__name__)
        return function(*arguments)
    return call


def test_downloaded_settings_are_dropped_in_with_the_next_file(bring):
    says = '[tables]\nproducts = "stuff"\n[columns.products]\nproduct_id = "No"\nname = "Was"\n'
    app = bring(("settings (1).toml", says), ("stuff-2.csv", "No,Was\nP1,Checkout\n"))
    counts = next(one.value for one in app.dataframe if "loaded" in one.value)
    assert counts.to_numpy().tolist() == [["products", 1, 1, 0]]


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
