"""Files that are dropped in and saved in the store: found again, added to, never taken over."""

import os
from dataclasses import replace

import pytest

from orgdata.demo import DEMO
from orgdata.store import Store
from orgdata.ui.shell import store
from orgdata.ui.upload import tab_source
from orgdata.upload.files import KEPT
from tests.pages.uploads import PEOPLE, bring_more, changes, counts, framed, said, save, save_button
from tests.sources.vendors.test_betterworks import GOAL, HEADER, SHIPPED, TESTED


def test_what_is_kept_is_in_the_menu_and_the_url_after_a_restart(bring, opened):
    save(bring(("goals.csv", HEADER + GOAL)))
    app = opened("overview", source=DEMO)
    assert app.selectbox(key="source").options == ["Brightquay (demo company)", "Mine"]
    app.selectbox(key="source").set_value("Mine").run()
    assert "**Mine**" in said(app)
    app.switch_page("pages/data.py").run()
    app.text_input(key="let_go_by").set_value("Ada")
    next(one for one in app.button if one.label == "Delete").click().run()
    framed(app)
    assert not app.exception
    assert "Brightquay (demo company) (csv folder)" in said(app)
    assert not [one for one in app.selectbox if one.key == "source"]


def test_the_menu_shows_no_password(bring, opened):
    save(bring(("goals.csv", HEADER + GOAL)))
    for url in ("postgresql+psycopg://ada:s3cret@127.0.0.1:1/d", "postgresql://ada:s3@cret@127.0.0.1:1/d",
                "postgresql:/ada:s3cret@127.0.0.1:1", "ada:s3cret@127.0.0.1://d"):
        app = opened("overview", source=url)
        kind = "postgresql" if "postgresql" in url and "://" in url else "a"
        assert app.selectbox(key="source").options == [f"{kind} database", "Mine"]
        assert not [word for word in ("s3cret", "cret") if word in str(app.main) + str(app.sidebar)]


def test_the_same_file_again_changes_nothing(bring):
    app = bring(("goals.csv", HEADER + GOAL))
    save(app)
    bring_more(app, ("again.csv", HEADER + GOAL))
    assert app.selectbox(key="bring_base").value == "Mine"  # it tells of the same things
    assert "Nothing: all of it is there already, the same." in said(app)


@pytest.mark.parametrize("name", ["goals.csv", "goals-2.csv"])
def test_next_weeks_file_takes_the_place_of_the_saved_one(bring, opened, name):
    save(bring(("goals.csv", HEADER + GOAL + SHIPPED)))
    app = bring_more(opened("data"), (name, HEADER + GOAL.replace("40%", "60%") + TESTED))
    assert changes(app)["Key results"] == "1 new, 1 gone"
    assert "- Key results: Ship it" in said(app)
    app.segmented_control(key="bring_gone").set_value(True).run()
    assert counts(app).startswith("0 products")
    assert "2 key results" in counts(app)
    save(app, name=None)
    with Store.open(os.environ["ORGDATA_STORE"]) as saved:
        assert list(saved.source("Mine").files) == [name, KEPT]


def test_a_name_that_is_taken_is_not_taken_over(bring):
    save(bring(("goals.csv", HEADER + GOAL)))
    app = bring(("people.csv", PEOPLE))
    app.text_input(key="bring_name").set_value("Mine")
    app.text_input(key="bring_by").set_value("Bo")
    save_button(app).click().run()
    assert "“Mine” is there already" in " ".join(one.value for one in app.error)
    app.selectbox(key="bring_base").set_value("Mine").run()
    assert "goals.csv is a Betterworks export" in said(app)


def test_of_two_who_add_to_one_source_the_later_is_told_and_adds_to_what_the_first_kept(
        bring, opened, monkeypatch):
    monkeypatch.setattr(store, "REFRESH_SECONDS", 1e9)  # what another process writes is not seen
    save(bring(("goals.csv", HEADER + GOAL)))
    app = bring_more(opened("data"), ("people.csv", PEOPLE))
    app.selectbox(key="bring_base").set_value("Mine").run()
    with Store.open(os.environ["ORGDATA_STORE"]) as other:
        before = other.source("Mine")
        other.save_source(replace(before, by="Bo", files={**before.files, "bo.csv": b"team\nX\n"}),
                          before.id)
        app.text_input(key="bring_by").set_value("Cy")
        save_button(app).click().run()
        assert "somebody else has changed “Mine”" in " ".join(one.value for one in app.error)
        assert list(other.source("Mine").files) == ["goals.csv", "bo.csv"]
        save_button(app.run()).click().run()
        assert not app.exception
        assert list(other.source("Mine").files) == ["goals.csv", "bo.csv", "people.csv"]


@pytest.mark.parametrize("name", ["", "Files of this tab", "files of this\u2060 tab",
                                  "Brightquay (demo company)\u200b", "brightquay (demo company)"])
def test_names_that_mean_another_source_are_not_given(bring, name):
    app = bring(("goals.csv", HEADER + GOAL))
    app.text_input(key="bring_name").set_value(name)
    app.text_input(key="bring_by").set_value("Ada")
    save_button(app).click().run()
    said = " ".join(one.value for one in app.error)
    assert f"Not saved: {'choose' if name.strip() else 'give it'} a name" in said
    assert tab_source.saved_names() == []
