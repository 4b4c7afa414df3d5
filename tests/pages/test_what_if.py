"""What if: begin a scenario, add changes, see what they do, adopt them."""

import io
from datetime import UTC, date, datetime

from pptx import Presentation

from orgdata.demo import DEMO
from orgdata.edits import Asked, Edit, apply
from orgdata.edits.now import Now
from orgdata.edits.scenario import Scenario, Step
from orgdata.exports.deck import deck
from orgdata.sources import read_source
from orgdata.store import Correction, source_key
from orgdata.ui.widgets import downloads
from tests import csv_folders
from tests.pages.conftest import clear_caches, table_rows
from tests.pages.conftest import text_of as written


def read(text):
    """A text as it is read: without the marks that keep Markdown from reading it."""
    return text.replace("\\", "")


def text_of(app):
    return read(written(app))


KEY = source_key(str(DEMO))
DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, tzinfo=UTC)
RETURNS = ("assign", {"product_id": "P21", "person_id": "H12"})
JAPAN = ("re-weight", {"outcome_id": "O2", "weight": "5"})


def steps(*asked):
    raw, edits, made = read_source(str(DEMO)), [], []
    for verb, arguments in asked:
        new = tuple(Asked(verb, arguments).edits(Now(apply(raw, edits).raw, DAY)))
        edits += new
        made.append(Step(verb, arguments, new))
    return tuple(made)


def kept(store, name, *asked):
    return store.add_scenario(KEY, Scenario(name, steps(*asked)), "Ada", AT)


def test_a_scenario_is_begun_and_filled_by_drop_downs(opened, store):
    app = opened("what_if")
    app.text_input(key="scenario_name").input("Returns gets a PM")
    app.text_input(key="scenario_by").input("Ada Park")
    app.button(key="FormSubmitter:new_scenario-Begin").click().run()
    scenario, = store.scenarios(KEY)
    assert scenario.scenario.name == "Returns gets a PM"
    app = opened("what_if", scenario=scenario.token)
    app.text_input(key="scenario_by").input("Ada Park").run()
    app.selectbox(key=f"step_{scenario.token}_0_verb").select("assign").run()
    for field, value in RETURNS[1].items():
        app.selectbox(key=f"step_{scenario.token}_0_assign_{field}").select(value)
    app.button(key=f"step_{scenario.token}_0_add").click().run()
    assert not app.exception
    scenario, = store.scenarios(KEY)
    assert scenario.scenario.steps == steps(RETURNS)
    app = opened("what_if", scenario=scenario.token)
    assert "1 product newly aligned (Returns)" in read(app.title[0].value)
    assert "Aligned products +1" in text_of(app)


def test_a_change_that_makes_no_sense_is_refused_where_it_was_asked(opened, store):
    scenario = kept(store, "Twice", RETURNS)
    app = opened("what_if", scenario=scenario.token)
    app.selectbox(key=f"step_{scenario.token}_1_verb").select("assign").run()
    for field, value in RETURNS[1].items():
        app.selectbox(key=f"step_{scenario.token}_1_assign_{field}").select(value)
    app.button(key=f"step_{scenario.token}_1_add").click().run()
    assert "has that role on Returns (P21) already" in read(app.error[0].value)
    assert len(store.scenarios(KEY)[0].scenario.steps) == 1


def test_a_change_that_is_switched_off_stays_and_counts_no_longer(opened, store):
    scenario = kept(store, "Both", RETURNS, JAPAN)
    app = opened("what_if", scenario=scenario.token)
    app.text_input(key="scenario_by").input("Ada").run()
    app.toggle(key=f"on_{scenario.token}_0_{scenario.id}").set_value(False).run()
    changed, = store.scenarios(KEY)
    assert [step.on for step in changed.scenario.steps] == [False, True]
    assert "newly aligned" not in read(opened("what_if", scenario=scenario.token).title[0].value)


def test_two_scenarios_stand_beside_the_present(opened, store):
    one, other = kept(store, "Returns", RETURNS), kept(store, "Japan", JAPAN)
    app = opened("what_if", scenario=one.token, beside=other.token)
    assert table_rows(app, "The figures now and then")[0] == (
        "Aligned products | 28 of 36 | 29 of 36 | 28 of 36")


def test_every_page_shows_the_scenario_of_its_address(opened, store):
    scenario = kept(store, "Returns", RETURNS)
    for page in ("overview", "products", "gaps", "weekly_review", "my_product", "outcomes"):
        app = opened(page, scenario=scenario.token)
        assert not app.exception, page
        assert "Scenario “Returns” (1 change)" in read(app.warning[0].value), page
    assert "OWN01:P21" not in text_of(opened("gaps", scenario=scenario.token))
    assert "not evaluated" in text_of(opened("gaps", scenario=scenario.token))


def test_nothing_is_written_from_within_a_scenario(opened, store):
    scenario = kept(store, "Japan", JAPAN)
    app = opened("gaps", gap="OWN01:P21", scenario=scenario.token)
    assert not app.text_input(key="search").disabled
    assert not [one for one in app.button if one.label in ("Save", "Undo")]
    assert not [one for one in app.text_input if one.label == "Your name"]


def test_an_unknown_scenario_is_said_and_the_present_shown(opened, store):
    app = opened("overview", scenario="nobody-knows")
    assert "no such scenario" in read(app.warning[0].value)
    assert "28 of 36" in read(app.title[0].value)


def test_adopting_makes_corrections_and_records_what_was_expected(opened, store):
    scenario = kept(store, "Returns", RETURNS, JAPAN)
    app = opened("what_if", scenario=scenario.token)
    app.session_state["adopt"] = True
    app.run()
    app.checkbox(key=f"adopt_{scenario.id}_1").uncheck()
    app.text_area(key="adopt_reason").input("Agreed on Friday")
    app.text_input(key="adopt_by").input("Ada Park")
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()
    assert [one.edit for one in store.corrections(KEY)] == list(steps(RETURNS)[0].edits)
    decision, = store.decisions(KEY)
    assert decision.text == (
        "Adopted “Returns”: Nadia Haddad becomes product manager of Returns. Why: Agreed on Friday")
    assert decision.expected["aligned"] == [28, 29]
    assert [one.scenario.name for one in store.scenarios(KEY)] == ["Returns (adopted)"]
    review = text_of(opened("weekly_review"))
    assert "Aligned products +1 expected, +1 seen" in review


def test_scenarios_are_put_into_the_deck_beside_each_other(opened, store):
    one, other = kept(store, "Returns", RETURNS), kept(store, "Japan", JAPAN)
    app = opened("what_if", scenario=one.token, beside=other.token)
    view = app.session_state["frame_view"]
    edition = downloads.edition_of(view)
    assert edition.tried.name == "Returns"
    assert edition.tried.steps == ("Nadia Haddad becomes product manager of Returns.",)
    assert ("Compared with", "what is at present") in edition.origin()
    slides = Presentation(io.BytesIO(deck(edition))).slides
    texts = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
             for slide in slides]
    assert "What if: Returns" in texts[0]
    assert "Nadia Haddad becomes product manager of Returns." in texts[1]
    assert [[cell.text for cell in row.cells] for shape in slides[1].shapes if shape.has_table
            for row in shape.table.rows][1] == ["Aligned products", "28 of 36", "29 of 36",
                                                          "28 of 36"]


def test_what_somebody_changed_since_is_not_adopted_but_said(opened, store):
    scenario = kept(store, "Japan", JAPAN)
    store.correct([Correction(KEY, Edit("outcomes", "set", {"outcome_id": "O2"}, {"weight": "9"},
                                        {"weight": "15"}), "Bo", AT)])
    app = opened("what_if", scenario=scenario.token)
    assert "was made of something that the source no longer says" in text_of(app)
    app.session_state["adopt"] = True
    app.run()
    app.text_input(key="adopt_by").input("Ada")
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()
    assert "that somebody changed since; remove it, and add it anew" in read(app.error[0].value)
    assert len(store.corrections(KEY)) == 1


def test_a_change_that_needs_another_one_is_not_adopted_alone(opened, store):
    scenario = kept(store, "New", ("add outcome", {"outcome_id": "new-1", "name": "Quux"}),
                    ("link", {"product_id": "P21", "outcome_id": "new-1", "strength": "primary"}))
    app = opened("what_if", scenario=scenario.token)
    app.session_state["adopt"] = True
    app.run()
    app.checkbox(key=f"adopt_{scenario.id}_0").uncheck()
    app.text_input(key="adopt_by").input("Ada")
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()
    assert "needs a change that is not ticked" in read(app.error[0].value)
    assert not store.corrections(KEY)


def test_nobody_changes_a_scenario_under_the_name_of_another(opened, store):
    scenario = kept(store, "Returns", RETURNS)
    app = opened("what_if", scenario=scenario.token)
    app.toggle(key=f"on_{scenario.token}_0_{scenario.id}").set_value(False).run()
    assert "say who you are" in read(app.error[0].value)
    assert store.scenarios(KEY)[0].scenario.steps[0].on


def test_corrections_are_counted_the_same_within_a_scenario(opened, store):
    store.correct([Correction(KEY, edit, "Bo", AT) for edit in steps(JAPAN)[0].edits])
    said = "Corrections: 6 cells, none yet in the source"
    assert said in text_of(opened("overview"))
    scenario = store.add_scenario(KEY, Scenario("Again", (Step("", {}, (Edit(
        "outcomes", "set", {"outcome_id": "O2"}, {"weight": "50"}),)),)), "Ada", AT)
    clear_caches()
    assert said in text_of(opened("overview", scenario=scenario.token))


def test_the_review_of_a_scenario_tells_what_it_would_change(opened, store):
    scenario = kept(store, "Returns", RETURNS)
    app = opened("weekly_review", scenario=scenario.token)
    assert "1 product newly aligned (Returns)" in read(app.title[0].value)
    said = text_of(app)
    assert "What would change" in said
    assert "There is no earlier review" not in said


def test_rules_that_need_history_say_that_a_scenario_has_none(opened, store):
    scenario = kept(store, "Returns", RETURNS)
    rows = table_rows(opened("gaps", scenario=scenario.token),
                      "Rules that were not evaluated, and why")
    assert rows
    assert all(row.endswith("a scenario has no history") for row in rows)


def test_a_change_that_the_source_says_already_can_be_adopted_with_others(opened, store):
    scenario = kept(store, "Both", RETURNS, JAPAN)
    store.correct([Correction(KEY, edit, "Bo", AT) for edit in steps(RETURNS)[0].edits])
    app = opened("what_if", scenario=scenario.token)
    app.session_state["adopt"] = True
    app.run()
    app.text_input(key="adopt_by").input("Ada")
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()
    assert not app.exception
    assert len(store.decisions(KEY)) == 1


def test_a_scenario_whose_source_lost_a_table_says_which_changes_still_hold(opened, store, tmp_path):
    both = {"products": "product_id,name,status\nP1,Pay,active\n",
            "outcomes": "outcome_id,name,weight\nO1,Grow,60\nO2,Keep,40\n"}
    folder = csv_folders.write(tmp_path / "mine", **both)
    key = source_key(folder)
    made = store.add_scenario(key, Scenario("Both", (
        Step("", {}, (Edit("products", "set", {"product_id": "P1"}, {"status": "retired"},
                           {"status": "active"}),)),
        Step("", {}, (Edit("outcomes", "set", {"outcome_id": "O2"}, {"weight": "50"},
                           {"weight": "40"}),)))), "Ada", AT)
    app = opened("what_if", folder, scenario=made.token)
    assert not app.exception
    assert "still hold" not in text_of(app)
    (tmp_path / "mine" / "outcomes.csv").unlink()
    clear_caches()
    app = opened("what_if", folder, scenario=made.token)
    assert not app.exception
    said = text_of(app).replace("\\", "") + " ".join(one.value for one in app.warning)
    assert "1 of 2 changes still holds. Why the others wait is said below them." in said
    assert "Does not change anything now: it is of a row that the source does not have." in said


def test_a_correction_whose_row_vanished_or_says_a_third_thing_waits_visibly(opened, store, tmp_path):
    folder = csv_folders.write(tmp_path / "mine", products="product_id,name,fte\nP1,Pay,1\nP2,Ship,2\n")
    key = source_key(folder)
    for product, now in (("P1", "5"), ("P2", "6")):
        before = {"P1": "1", "P2": "2"}[product]
        store.correct([Correction(key, Edit("products", "set", {"product_id": product}, {"fte": now},
                                            {"fte": before}), "Ada", AT)])
    csv_folders.write(tmp_path / "mine", products="product_id,name,fte\nP1,Pay,9\n")
    clear_caches()
    app = opened("data", folder)
    said = text_of(app).replace("\\", "")
    assert "of these 2 waiting for a decision, since the source changed" in said
    assert "Waits for a decision: it is of a row that the source does not have." in said
    assert "it was made of something that the source no longer says (it says “9”)" in said
    keep, = (one for one in app.button if one.label == "Keep it all the same")
    keep.click().run()
    app.text_input(key="undo_by_all").set_value("Bo")
    next(one for one in app.button if one.label == "Keep it").click().run()
    assert not app.exception
    assert (store.corrections(key)[-1].edit.before, store.corrections(key)[-1].by) == ({"fte": "9"}, "Bo")
    clear_caches()
    app = opened("data", folder)
    assert "of these 1 waiting for a decision" in text_of(app).replace("\\", "")
    assert not [one for one in app.button if one.label == "Keep it all the same"]
