"""Files that are dropped in and kept in the store: found again, added to, never taken over."""

import os
from dataclasses import replace

import pytest

from orgdata.demo import DEMO
from orgdata.store import Store
from orgdata.ui.shell import store
from orgdata.ui.upload import tab_source
from tests.pages.uploads import FLAT, PEOPLE, framed, keep, keep_button, said
from tests.sources.vendors.test_betterworks import GOAL, HEADER


def test_what_is_kept_is_in_the_menu_and_the_url_after_a_restart(bring, opened):
    keep(bring(("goals.csv", HEADER + GOAL)))
    app = opened("overview", source=DEMO)
    assert app.selectbox(key="source").options == ["Brightquay (demo company)", "Mine"]
    app.selectbox(key="source").set_value("Mine").run()
    assert "**Mine**" in said(app)
    app.switch_page("pages/data.py").run()
    app.text_input(key="let_go_by").set_value("Ada")
    next(one for one in app.button if one.label == "Let go").click().run()
    framed(app)
    assert not app.exception
    assert "Brightquay (demo company) (csv folder)" in said(app)
    assert not [one for one in app.selectbox if one.key == "source"]


def test_the_menu_shows_no_password(bring, opened):
    keep(bring(("goals.csv", HEADER + GOAL)))
    for url in ("postgresql+psycopg://ada:s3cret@127.0.0.1:1/d", "postgresql://ada:s3@cret@127.0.0.1:1/d",
                "postgresql:/ada:s3cret@127.0.0.1:1", "ada:s3cret@127.0.0.1://d"):
        app = opened("overview", source=url)
        kind = "postgresql" if "postgresql" in url and "://" in url else "a"
        assert app.selectbox(key="source").options == [f"{kind} database", "Mine"]
        assert not [word for word in ("s3cret", "cret") if word in str(app.main) + str(app.sidebar)]


def test_the_same_file_again_changes_nothing(bring):
    app = bring(("goals.csv", HEADER + GOAL))
    keep(app)
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    app.selectbox(key="bring_base").set_value("Mine").run()
    app.file_uploader(key="bring_drop").upload("again.csv", (HEADER + GOAL).encode())
    app.run()
    for mode in ("replace", "update", "append"):
        app.radio(key="bring_mode").set_value(mode).run()
        assert not app.exception
        assert "Nothing: every row is there already, the same." in said(app)


@pytest.mark.parametrize("name", ["okrs.csv", "okrs-2.csv"])
def test_next_weeks_file_lies_on_what_is_kept(bring, opened, name):
    keep(bring(("okrs.csv", FLAT)))
    app = opened("data")
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    app.selectbox(key="bring_base").set_value("Mine").run()
    app.file_uploader(key="bring_drop").upload(
        name, (FLAT.replace(",500,", ",700,") + "New,Grow,Checkout,Ada Park,1,2,\n").encode())
    app.run()
    for mode, target in (("update", 700), ("append", 500), ("replace", 700)):
        app.radio(key="bring_mode").set_value(mode).run()
        assert not app.exception
        results = next(one.value for one in app.dataframe if "kr_id" in one.value)
        assert dict(zip(results["kr_id"], results["target"], strict=True)) == {
            "Signups to 500": target, "Churn to 2%": 2, "New": 2}


def test_a_name_that_is_taken_is_not_taken_over(bring):
    keep(bring(("goals.csv", HEADER + GOAL)))
    app = bring(("okrs.csv", FLAT))
    app.text_input(key="bring_name").set_value("Mine")
    app.text_input(key="bring_by").set_value("Bo")
    keep_button(app).click().run()
    assert "“Mine” is there already" in " ".join(one.value for one in app.error)
    app.selectbox(key="bring_base").set_value("Mine").run()
    counts = next(one.value for one in app.dataframe if "origin" in one.value)
    assert "goals.csv" in counts["origin"].tolist()


def test_answers_stay_with_their_file_when_the_order_changes(bring, opened):
    keep(bring(("okrs.csv", FLAT), ("staff.csv", "Employee ID,Name,Email\n001,Ada Park,\n")))
    app = opened("data")
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    app.selectbox(key="bring_base").set_value("Mine").run()
    app.file_uploader(key="bring_drop").upload("okrs.csv", (FLAT + "New,Grow,,,1,2,\n").encode())
    app.run()  # it takes the place of the old one, behind the list of people …
    app.radio(key="bring_mode").set_value("update").run()  # … and lies above it, before the list
    assert app.multiselect(key="bring_staff.csv_tables").value == ["people"]
    exports = next(one.value for one in app.dataframe if "origin" in one.value)
    assert exports["origin"].tolist() == ["okrs.csv", "okrs.csv (2)"]


def test_of_two_who_add_to_one_source_the_later_is_told_and_adds_to_what_the_first_kept(
        bring, opened, monkeypatch):
    monkeypatch.setattr(store, "REFRESH_SECONDS", 1e9)  # what another process writes is not seen
    keep(bring(("goals.csv", HEADER + GOAL)))
    app = opened("data")
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    app.selectbox(key="bring_base").set_value("Mine").run()
    app.file_uploader(key="bring_drop").upload("people.csv", PEOPLE.encode())
    app.run()
    app.radio(key="bring_mode").set_value("update").run()
    with Store.open(os.environ["ORGDATA_STORE"]) as other:
        before = other.source("Mine")
        other.save_source(replace(before, by="Bo", files={**before.files, "bo.csv": b"team\nX\n"}),
                          before.id)
        app.text_input(key="bring_by").set_value("Cy")
        keep_button(app).click().run()
        assert "somebody else has changed “Mine”" in " ".join(one.value for one in app.error)
        assert list(other.source("Mine").files) == ["goals.csv", "bo.csv"]
        keep_button(app.run()).click().run()
        assert not app.exception
        assert list(other.source("Mine").files) == ["goals.csv", "bo.csv", "people.csv"]


@pytest.mark.parametrize("name", ["", "Files of this tab", "files of this\u2060 tab",
                                  "Brightquay (demo company)\u200b", "brightquay (demo company)"])
def test_names_that_mean_another_source_are_not_given(bring, name):
    app = bring(("goals.csv", HEADER + GOAL))
    app.text_input(key="bring_name").set_value(name)
    app.text_input(key="bring_by").set_value("Ada")
    keep_button(app).click().run()
    assert "Nothing was kept: give it a name" in " ".join(one.value for one in app.error)
    assert tab_source.saved_names() == []
