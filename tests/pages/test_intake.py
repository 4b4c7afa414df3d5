"""People's own spreadsheets, dropped in: found, asked about, previewed, saved, and a week later."""

import os

import pandas as pd
import pytest

from orgdata.store import Store
from orgdata.upload.files import KEPT
from tests.pages.conftest import table_rows
from tests.pages.uploads import bring_more, changes, counts, framed, said, save

GOALS = "Company goal,Exec sponsor,Priority\nGrow NRR to 112%,Luis Vale (CRO),P0\nLaunch Japan,Mei Ono,P1\n"
PRODUCTS = ("Product,Tribe,PM,Budget ($k),Company goals supported\n"
            "Checkout,Pay,Ada Park,100,NRR\nSearch,Find,Bo Lim / Cy Roe,200,\"NRR, Japan\"\n"
            "Mobile App,Find,Dee Fox,300,Japan\nTOTAL,,,600,\n")
OKRS = ("Objective,Key result,Product,Owner,Baseline,Target,Current,Last update\n"
        "Pay faster,Paid in a day,Checkout,Ada Park,10,50,20,2026-11-12\n"
        "Find more,Searches with a click,Search,Bo Lim,10,50,40,2026-11-12\n")
FILES = (("goals.csv", GOALS), ("products.csv", PRODUCTS), ("okrs.csv", OKRS))


@pytest.fixture
def app(bring):
    """The Data page with the three spreadsheets dropped in."""
    return bring(*FILES)


def asked(app):
    """The fields of the questions by their question."""
    return {one.label.replace("\\", ""): one for kind in ("selectbox", "button_group")
            for one in app.get(kind) if (one.key or "").startswith("ask_")}


def the(app, words):
    """The field of the question that holds these words."""
    return next(field for label, field in asked(app).items() if words in label)


def test_what_was_found_is_said_with_the_sheet_it_comes_from(app):
    assert "**2 company goals** :small[goals.csv]" in said(app).replace("  ", " ")
    assert "**3 products** :small[products.csv]" in said(app).replace("  ", " ")
    assert counts(app) == "3 products · 2 company goals · 2 objectives · 2 key results · 6 people"
    left_out = next(one for one in app.expander if one.label.startswith("Left out"))
    assert "a total of other rows" in left_out.markdown[0].value


def test_few_questions_are_asked_in_the_words_of_the_files_with_a_guess(app):
    assert 0 < len(asked(app)) <= 10
    assert the(app, "NRR").value == "Grow NRR to 112%"
    words = " ".join(asked(app))
    assert not [word for word in ("outcome_id", "product_id", "contributions") if word in words]


def test_an_answer_changes_the_preview(app):
    before = app.table[-1].value
    the(app, "NRR").set_value("none").run()
    assert not app.exception
    assert the(app, "NRR").value == "none"
    assert not app.table[-1].value.equals(before)


def test_a_column_is_taken_for_something_else_where_somebody_says_so(app):
    place = column_at(app, "Tribe")
    grid = f"columns_{app.session_state['bring_draft'].upload.files_key[:12]}"
    app.session_state[grid] = {"edited_rows": {place: {"meaning": "do not read"}},
                               "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception
    assert list(app.session_state["bring_draft"].settings.answers.values()) == ["none"]
    app.segmented_control(key="do").set_value("What is loaded").run()
    app.segmented_control(key="do").set_value("Bring your own files").run()
    rows = next(one.value for one in app.dataframe if "meaning" in one.value)
    assert rows["meaning"].iloc[place] == "do not read"


def test_what_was_decided_without_asking_can_be_changed(bring):
    files = ("products.csv", PRODUCTS.replace("Dee Fox", "Ada")), FILES[0], FILES[2]
    app = bring(*files)
    chooser = app.selectbox(key="bring_change")
    assert chooser.options == ["“Ada”: Ada Park"]
    assert not [label for label in asked(app) if "“Ada”" in label]
    chooser.set_value("person: Ada").run()
    the(app, "“Ada”").set_value("Bo Lim").run()
    assert not app.exception
    assert the(app, "“Ada”").value == "Bo Lim"
    assert "Bo Lim" in app.table[-1].value.iloc[2, 0]
    assert app.selectbox(key="bring_change").options == ["“Ada”: Bo Lim"]


def column_at(app, name):
    """The place of a column in the grid over the columns of the files."""
    rows = next(one.value for one in app.dataframe if "meaning" in one.value)
    return rows["name"].tolist().index(name)


def test_files_and_answers_survive_another_page_until_somebody_starts_again(app):
    the(app, "NRR").set_value("none").run()
    app.switch_page("pages/method.py").run()
    framed(app)
    app.segmented_control(key="do").set_value("Bring your own files").run()
    assert the(app, "NRR").value == "none"
    assert "3 products" in counts(app)
    app.button(key="bring_again").click().run()
    assert "Nothing is stored before you save" in said(app)
    assert not asked(app)


def test_next_weeks_files_of_the_same_layout_ask_nothing_and_change_what_changed(app, opened):
    the(app, "Bo Lim").set_value("several").run()
    save(app)
    later = OKRS.replace(",20,2026-11-12", ",30,2026-11-19")
    app = bring_more(opened("data"), ("okrs week 2.csv", later), *FILES[:2])
    assert "Same layout as “Mine”" in said(app)
    assert not [one for one in asked(app).values() if one not in folded(app)]
    assert app.selectbox(key="bring_base").value == "Mine"
    assert changes(app) == {
        "Products": "3 the same", "Company goals": "2 the same", "Objectives": "2 the same",
        "Key results": "1 changed, 1 the same", "People": "6 the same"}
    save(app, name=None)
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        assert list(store.source("Mine").files) == ["okrs week 2.csv", "goals.csv", "products.csv",
                                                    KEPT]
    check_ins, = (row for row in table_rows(app, "Rows read, loaded and skipped by list")
                  if row.startswith("Check-ins"))
    assert " | 3 3.0 | 3 3.0 | " in check_ins  # two of this week, one of the week before


def folded(app):
    """The fields that answer what was answered before."""
    return [one for expander in app.expander if "given" in expander.label
            for kind in ("selectbox", "button_group") for one in expander.get(kind)]


def test_a_product_under_another_name_is_offered_as_a_rename(app, opened):
    save(app)
    renamed = PRODUCTS.replace("Mobile App", "Mobile App 2")
    app = bring_more(opened("data"), ("products.csv", renamed), ("goals.csv", GOALS))
    assert "Mobile App is now called **Mobile App 2**: the same product?" in " ".join(
        one.label.replace("\\", "") for one in app.get("button_group"))
    assert changes(app)["Products"] == "1 changed, 2 the same"
    app.segmented_control(key="renamed_0").set_value(False).run()
    assert changes(app)["Products"] == "1 new, 1 gone, 2 the same"
    assert "- Products: Mobile App" in said(app)
    app.segmented_control(key="renamed_0").set_value(True).run()
    save(app, name=None)
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        assert '"Mobile App 2" = "Mobile App"' in store.source("Mine").settings


def test_a_renamed_product_keeps_its_goals_and_their_history(app, opened):
    save(app)
    app = bring_more(opened("data"), ("products.csv", PRODUCTS.replace("Checkout", "Pay flow")),
                     ("goals.csv", GOALS), ("okrs.csv", OKRS.replace("Checkout", "Pay flow").replace(
                         ",20,2026-11-12", ",30,2026-11-19")))
    assert changes(app) == {
        "Products": "1 changed, 2 the same", "Company goals": "2 the same",
        "Objectives": "2 the same", "Key results": "1 changed, 1 the same", "People": "6 the same"}
    assert "1 earlier check-in kept as history." in said(app)


def test_files_that_tell_of_nothing_show_their_columns(bring):
    app = bring(("what.csv", "Foo,Bar\nalpha,1\nbeta,2\n"))
    assert "We do not see yet what your files list" in said(app)
    assert column_at(app, "Foo") == 0
    assert not [one for one in app.button if one.key == "bring_open"]


def test_text_of_files_is_shown_literally(bring):
    evil = "![x](e.example/x.png)"
    app = bring(("goals.csv", GOALS), ("products.csv", PRODUCTS.replace("Checkout", evil).replace(
        ",NRR\n", f",{evil}\n")))
    text = " ".join([*(one.value for one in app.markdown), *(one.label for one in app.selectbox),
                     *(str(pd.DataFrame(one.value).to_numpy()) for one in app.table)])
    assert "e.example" in text.replace("\\", "")
    assert evil not in text
