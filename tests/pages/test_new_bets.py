"""New bets: ideas under the outcome they are for, tried as if they existed, added and changed here."""

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.store import source_key
from tests import csv_folders
from tests.pages.conftest import table_rows
from tests.pages.conftest import text_of as written

KEY = source_key(str(DEMO))
TABLES = {"outcomes": "outcome_id,name,baseline,target,current,unit\nO1,Home,0,10,4,%\nO2,Japan,0,25,5,shops\n",
          "products": "product_id,name\nP1,Pay\n", "contributions": "product_id,outcome_id\nP1,O1\n"}


def text_of(app):
    return written(app).replace("\\", "")


def test_the_outcome_that_nobody_works_on_leads_with_its_ideas(opened):
    app = opened("new_bets")
    said = text_of(app)
    assert said.startswith("No product works on “Expand to Japan”: 4 ideas are for it.")
    assert said.index("Expand to Japan") < said.index("Partner-led growth") < said.index("Mid-market live")
    assert "“Pay at the konbini” and “Storefront in Japanese” are too close to call" in said
    assert "“Launch with a local integrator” is not compared: nobody said how likely it is to work." in said
    rows = table_rows(app, "Ideas for Expand to Japan")
    assert [row.split(" | ")[0] for row in rows] == [
        "Launch with a local integrator a new product", "Pay at the konbini a new product",
        "Settlement through an entity of our own a new product", "Storefront in Japanese changes Storefront Studio"]
    assert "Not covered → weak; still lacks an objective" in rows[1]
    assert not table_rows(app, "Ideas for Cut cost to serve by 20 %")  # the only one was dropped


def test_an_idea_says_what_would_be_if_it_existed(opened):
    said = text_of(opened("new_bets", idea="B01"))
    assert ("Expand to Japan: Not covered → weak; still lacks an objective, a measurable key result and a PM."
            in said)
    assert "would close" in said
    assert "would open" in said


def test_an_idea_becomes_a_scenario(opened, store):
    app = opened("new_bets", idea="B01")
    app.text_input(key="try_by_B01").input("Ada Park")
    app.button(key="FormSubmitter:try_B01-Try it first").click().run()
    kept, = store.scenarios(KEY)
    step, = kept.scenario.steps
    assert (kept.scenario.name, step.verb, step.arguments) == (
        "Pay at the konbini", "pursue idea", {"idea_id": "B01"})
    assert [(edit.table, edit.operation) for edit in step.edits] == [("products", "add"), ("contributions", "add")]


def test_an_idea_is_added_and_changed_in_place(opened, store):
    app = opened("new_bets")
    app.session_state["act_new_idea_O2"] = True
    app.run()
    app.text_input(key="fix_add_new_idea_O2_name").input("Cash on delivery")
    app.text_input(key="fix_add_new_idea_O2_effect_likely").input("4")
    app.text_input(key="fix_by_add_new_idea_O2").input("Ada Park")
    app.button(key="FormSubmitter:fix_add_new_idea_O2-Save").click().run()
    made, = store.corrections(KEY)
    assert made.edit == Edit("ideas", "add", {"idea_id": "new-1"}, {
        "name": "Cash on delivery", "outcome_id": "O2", "proposed_on": "2026-11-20", "effect_likely": "4"})
    assert "5 ideas are for it" in opened("new_bets").title[0].value


@pytest.mark.parametrize(("ideas", "said"), [
    ("", "A sheet of ideas with three columns turns this on"),
    ("idea_id,name,outcome_id\nB1,Cash,O9\n", "1 row of ideas was skipped")])
def test_what_is_not_known_is_said(opened, tmp_path, ideas, said):
    folder = csv_folders.write(tmp_path / "shop", **TABLES, **({"ideas": ideas} if ideas else {}))
    assert said in text_of(opened("new_bets", folder))


def test_an_idea_of_three_columns_is_shown_with_what_nobody_said(opened, tmp_path):
    folder = csv_folders.write(tmp_path / "shop", **TABLES, ideas="idea_id,name,outcome_id\nB1,Cash,O2\n")
    row, = table_rows(opened("new_bets", folder), "Ideas for Japan")
    assert "Nobody said what it would bring" in row


def test_many_outcomes_without_an_idea_stand_in_one_table(opened, tmp_path):
    folder = csv_folders.write(tmp_path / "shop", **{
        **TABLES, "outcomes": TABLES["outcomes"] + "O3,Chile,,,,\nO4,Peru,,,,\n"})
    app = opened("new_bets", folder)
    assert [row.split(" | ")[0] for row in table_rows(app, "Outcomes without an idea")] == ["Chile", "Japan", "Peru"]
    app.session_state["act_idea_for_any_"] = True
    app.run()
    assert "Outcome it would work on" in [one.label for one in app.selectbox]
