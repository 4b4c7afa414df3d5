"""Changing things where they are shown: a product, an outcome, a cell of the map, key results."""

from datetime import UTC, datetime

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.edits.actions import ACTIONS
from orgdata.gaps import RULES
from orgdata.store import Correction, SavedSource, saved_source_key, source_key
from tests import csv_folders
from tests.pages.conftest import clear_caches, text_of

KEY = source_key(str(DEMO))


def act(app, thing, ids, action, **given):
    key = f"{thing}_{'_'.join(ids)}"
    app.session_state[f"act_{key}"] = True
    app.run()
    app.selectbox(key=f"action_{key}").select(action).run()
    for name, (kind, value) in given.items():
        getattr(app, kind)(key=f"fix_{action}_{key}_{name}").set_value(value)
    app.text_input(key=f"fix_by_{action}_{key}").set_value("Ada")
    app.button(key=f"FormSubmitter:fix_{action}_{key}-Save").click().run()
    assert not app.exception
    return app


def test_the_manager_of_a_product_is_changed_on_its_page(opened, store):
    act(opened("products", product="P21"), "product", ["P21"], "manager",
        person_id=("selectbox", "H12"))
    made, = store.corrections(KEY)
    assert made.edit.row["role"] == "accountable"
    act(opened("products", product="P21"), "product", ["P21"], "manager",
        person_id=("selectbox", "H05"))
    assert [one.edit.operation for one in store.corrections(KEY)][1:] == ["end", "add"]


def test_what_was_changed_is_undone_where_it_was_made(opened, store):
    app = act(opened("products", product="P21"), "product", ["P21"], "manager",
              person_id=("selectbox", "H12"))
    app = opened("products", product="P21")
    app.session_state["act_product_P21"] = True
    app.run()
    assert "Nadia Haddad becomes product manager of Returns" in text_of(app).replace("\\", "")
    next(one for one in app.button if one.label == "Undo").click().run()
    app.text_input(key="undo_by_act_product_P21").set_value("Bo")
    next(one for one in app.button if one.label == "Undo it").click().run()
    assert not app.exception
    assert not store.corrections(KEY)


def test_a_weight_is_changed_on_the_page_of_its_outcome(opened, store):
    act(opened("outcomes", outcome="O2"), "outcome", ["O2"], "weight", weight=("text_input", "5"))
    assert {one.edit.values["weight"] for one in store.corrections(KEY)
            if one.edit.key == {"outcome_id": "O2"}} == {"5"}


def test_what_goes_with_a_weight_is_one_entry_with_one_undo(opened, store):
    act(opened("outcomes", outcome="O2"), "outcome", ["O2"], "weight", weight=("text_input", "5"))
    changed = store.corrections(KEY)
    assert len(changed) > 3
    app = opened("data")
    assert f"1 entry, each with its own undo. Corrections: {len(changed)} cells" in text_of(
        app).replace("\\", "")
    assert len([one for one in app.button if one.label == "Undo"]) == 1
    next(one for one in app.button if one.label == "Undo").click().run()
    app.text_input(key="undo_by_all").set_value("Bo")
    app.button(key="undo_it_all").click().run()
    assert not app.exception
    assert not store.corrections(KEY)
    assert len(store.correction_log(KEY)) == len(changed)


def test_a_value_far_off_is_asked_about_before_it_is_kept(opened, store):
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    app.text_input(key="check_in_K182_0_value").set_value("740")
    app.text_input(key="check_in_by_P18").set_value("Samir")
    app.button(key="FormSubmitter:check_in_form_P18-Save the check-in").click().run()
    said = text_of(app).replace("\\", "")
    assert "740 would be 3,521 % of the way from 71 to 90" in said
    assert not store.corrections(KEY)
    app.button(key="change_it").click().run()
    assert "is this what you mean" not in text_of(app)
    app.button(key="FormSubmitter:check_in_form_P18-Save the check-in").click().run()
    app.button(key="save_as_typed").click().run()
    assert not app.exception
    made, = store.corrections(KEY)
    assert made.edit.values == {"value": "740"}
    assert [one.value for one in app.text_input if (one.key or "").startswith("check_in_K182_1")]


def test_there_is_one_field_for_a_name_and_the_blank_day_is_said(opened, store):
    store.correct([Correction(KEY, Edit.adding("check_ins", {
        "kr_id": "K182", "date": "2026-11-20", "value": "76"}), "Bo", datetime(2026, 11, 20, tzinfo=UTC))])
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    named = [one.label for one in (*app.text_input, *app.selectbox) if one.label == "Your name"]
    assert named == ["Your name"]
    app = opened("gaps", gap="OWN01:P21")
    assert "From (blank: the day shown)" in [one.label for one in app.date_input]


def test_an_empty_cell_of_the_map_is_linked(opened, store):
    app = act(opened("overview", cell="P21:O2"), "link", ["P21", "O2"], "link",
              strength=("selectbox", "primary"))
    made, = store.corrections(KEY)
    assert made.edit.row == {"product_id": "P21", "outcome_id": "O2", "strength": "primary"}
    assert "Corrections: 1 cell, none yet in the source" in text_of(opened("overview")).replace("\\", "")
    assert app.title


def test_a_product_checks_in_with_all_its_key_results_at_once(opened, store):
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    fields = [one.key for one in app.text_input if (one.key or "").endswith("_value")]
    assert len(fields) >= 2
    first, second = (key.split("_")[2] for key in fields[:2])
    app.text_input(key=f"check_in_{first}_0_value").set_value("17")
    app.text_input(key=f"check_in_{first}_0_confidence").set_value("8")
    app.text_input(key=f"check_in_{second}_0_note").set_value("Waits for legal")
    app.text_input(key="check_in_by_P18").set_value("Samir")
    app.button(key="FormSubmitter:check_in_form_P18-Save the check-in").click().run()
    assert not app.exception
    said = {one.edit.key["kr_id"]: one.edit for one in store.corrections(KEY)}
    assert set(said) == {first, second}
    assert said[first].values == {"value": "17", "confidence": "8"}
    assert said[second].values == {"note": "Waits for legal"}
    assert {one.edit.key["date"] for one in store.corrections(KEY)} == {"2026-11-20"}


@pytest.mark.parametrize(("field", "text", "says"), [
    ("value", "many", "expected a number"), ("confidence", "11", "confidence from 0 to 10")])
def test_a_check_in_that_cannot_be_is_refused_and_nothing_is_saved(opened, store, field, text,
                                                                     says):
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    key = next(one.key for one in app.text_input if (one.key or "").endswith("_value"))
    app.text_input(key=key.removesuffix("value") + field).set_value(text)
    app.text_input(key="check_in_by_P18").set_value("Samir")
    app.button(key="FormSubmitter:check_in_form_P18-Save the check-in").click().run()
    assert says in app.error[0].value.replace("\\", "")
    assert not store.corrections(KEY)


def test_the_gap_that_is_open_in_a_short_list_has_its_form_below(opened, store):
    app = opened("overview")
    app.session_state["gaps_opened"] = "OWN01:P21"
    app.run()
    assert [one.key for one in app.selectbox if one.key == "fix_OWN01:P21_person_id"]


@pytest.mark.parametrize("thing", ACTIONS)
def test_each_action_says_what_it_does_and_asks_no_id(thing):
    for action in ACTIONS[thing].values():
        assert action.label[0].isupper()
        assert not any("id" in ask.label.split() for ask in action.asks)


@pytest.fixture
def grid(opened, monkeypatch):
    """The page of the gaps of one rule with its grid open, which is filled in as a function says;
    its rows come back in another order than they went in."""
    def show(code, fill):
        monkeypatch.setattr(
            "orgdata.ui.widgets.fix_many.st.data_editor", lambda frame, **_: frame.assign(
                given=[fill(key) for key in frame.index]).sort_index(ascending=False))
        app = opened("gaps", code=f"{code} {RULES[code].name}")
        app.session_state[f"many_{code}"] = True
        app.run()
        assert not app.exception
        app.text_input(key=f"many_by_{code}").set_value("Ada")
        app.button(key=f"FormSubmitter:many_form_{code}-Save all").click().run()
        assert not app.exception
        return app
    return show


def test_many_gaps_of_a_rule_are_settled_in_one_grid(grid, store):
    grid("KR01", lambda key: "42" if key == "KR01:K189" else None)
    made, = store.corrections(KEY)
    assert (made.edit.key, made.edit.values) == ({"kr_id": "K189"}, {"target": "42"})


def test_names_are_chosen_in_the_grid_and_ids_are_kept(grid, store):
    grid("OWN07", lambda key: "Nadia Haddad")
    assert {one.edit.values["owner_id"] for one in store.corrections(KEY)} == {"H12"}
    assert len(store.corrections(KEY)) == 3


def test_what_is_refused_in_the_grid_is_said_and_nothing_is_saved(grid, store):
    app = grid("KR01", lambda key: "many")
    assert "Target: expected a number such as 6, found 'many'" in app.error[0].value.replace("\\", "")
    assert not store.corrections(KEY)


def test_a_row_says_what_the_files_say_and_what_it_was_corrected_to(opened, store):
    store.correct([Correction(KEY, Edit("products", "set", {"product_id": "P21"}, {"fte": "9"}),
                              "Ada", datetime(2026, 11, 20, tzinfo=UTC))])
    app = opened("data", row="products:P21")
    assert not app.exception
    rows = next(one.value for one in app.dataframe if "Corrected to" in one.value
                or "corrected" in one.value)
    told = {row[0]: row[1:] for row in rows.astype(str).itertuples(index=False)}
    assert told["name"][0] == "Returns"
    assert told["FTE"][1:3] == ("9", "Ada (said to be)")
    assert "Row 28 of products.csv" in text_of(app).replace("\\", "")
    undo = [one for one in app.button if (one.key or "").startswith("undo_row_")]
    undo[0].click().run()
    app.text_input(key="undo_by_row").set_value("Bo")
    app.button(key="undo_it_row").click().run()
    assert not store.corrections(KEY)


def test_a_row_that_is_not_there_is_said(opened, store):
    assert "There is no row “P99” in products" in text_of(
        opened("data", row="products:P99")).replace("\\", "")


def test_saved_files_are_corrected_and_tried_on_as_well(opened, store):
    store.save_source(SavedSource("Mine", {
        "products.csv": b"product_id,name\nP1,Pay\nP2,Own\n", "people.csv": b"person_id,name\nH1,Ada\n",
        "assignments.csv": b"product_id,person_id,role\nP2,H1,accountable\n"}, "", "Ada",
        datetime(2026, 11, 20, tzinfo=UTC)))
    mine = saved_source_key("Mine")
    app = opened("overview")
    app.selectbox(key="source").set_value("Mine").run()
    app.query_params["gap"] = "OWN01:P1"
    app.switch_page("pages/gaps.py").run()
    app.selectbox(key="fix_OWN01:P1_person_id").set_value("H1")
    app.text_input(key="fix_by_OWN01:P1").set_value("Ada")
    app.button(key="FormSubmitter:fix_OWN01:P1-Try it first").click().run()
    tried, = store.scenarios(mine)
    assert tried.scenario.name == "Assign a product manager"
    assert not store.corrections(mine)
    store.correct([Correction(mine, edit, "Ada", datetime(2026, 11, 20, tzinfo=UTC))
                   for edit in tried.scenario.edits])
    clear_caches()  # an entry of another process is seen within half a minute
    app = opened("overview")
    app.selectbox(key="source").set_value("Mine").run()
    assert "Corrections: 1 cell, none yet in the source" in text_of(app).replace("\\", "")


def test_what_somebody_else_wrote_into_a_grid_meanwhile_is_asked_about(opened, store, monkeypatch):
    monkeypatch.setattr("orgdata.ui.widgets.fix_many.st.data_editor",
                        lambda frame, **_: frame.assign(given="42"))
    app = opened("gaps", code=f"KR01 {RULES['KR01'].name}")
    app.session_state["many_KR01"] = True
    app.run()
    store.correct([Correction(KEY, Edit("key_results", "set", {"kr_id": "K189"}, {"target": "7"}),
                              "Bo", datetime(2026, 11, 20, tzinfo=UTC))])
    app.text_input(key="many_by_KR01").set_value("Ada")
    app.button(key="FormSubmitter:many_form_KR01-Save all").click().run()
    assert "Bo was first: which one holds?" in text_of(app).replace("\\", "")
    assert len(store.corrections(KEY)) == 1


def test_titles_are_no_markdown_in_the_labels_of_a_check_in(opened, store, tmp_path):
    source = csv_folders.write(tmp_path / "odd", products="product_id,name\nP1,Pay\n", objectives=(
        "objective_id,title,product_id\nJ1,Grow,P1\n"), key_results=(
        "kr_id,objective_id,title,baseline,target\nK1,J1,![x](http://evil.test/x.png),0,1\n"))
    app = opened("my_product", source, product="P1")
    app.session_state["check_in_P1"] = True
    app.run()
    labels = [one.label for one in app.text_input if "evil" in one.label]
    assert labels
    assert not [label for label in labels if "![" in label or "](" in label]


def test_the_check_in_says_what_the_table_below_it_says(opened, store):
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    said = text_of(app).replace("\\", "")
    assert "now 2.6, to stay at most 3 %" in said
    assert "unknown" not in said.split("Weekly check-in")[-1].split("Key results")[0]


@pytest.mark.parametrize(("links", "asked"), [
    ("product_id,outcome_id\nP2,O1\n", False), ("product_id,outcome_id,strength\nP2,O1,weak\n", True),
    ("product_id,outcome_id,strength\n", True)])
def test_how_strong_a_link_is_is_asked_only_where_it_would_be_kept(opened, tmp_path, links, asked):
    source = csv_folders.write(
        tmp_path / "links", products="product_id,name\nP1,Pay\nP2,Ship\n",
        outcomes="outcome_id,name\nO1,Grow\n", contributions=links)
    app = opened("products", source, product="P1")
    app.session_state["act_product_P1"] = True
    app.run()
    app.selectbox(key="action_product_P1").select("link").run()
    assert not app.exception
    fields = [one.key for one in app.selectbox]
    assert "fix_link_product_P1_outcome_id" in fields
    assert ("fix_link_product_P1_strength" in fields) is asked
