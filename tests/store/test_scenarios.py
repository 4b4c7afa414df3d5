"""Scenarios in the store: changed by one at a time, never guessed, gone when deleted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from orgdata.edits import Edit, EditError
from orgdata.edits.scenario import MOST_STEPS, Scenario, Step
from orgdata.store import EntryError, Store
from orgdata.store.scenarios import MOST_OF_ONE

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SET = Edit("outcomes", "set", {"outcome_id": "O1"}, {"weight": "40"}, {"weight": "30"})
STEP = Step("re-weight", {"outcome_id": "O1", "weight": "40"}, (SET,))


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def test_a_scenario_is_found_as_it_was_kept(store):
    kept = store.add_scenario("a", Scenario("Japan first", (STEP, replace(STEP, on=False))),
                              "Ada", NOW)
    assert store.scenarios("a") == [kept]
    assert kept.scenario.edits == (SET,)
    assert not store.scenarios("b")


def test_tokens_cannot_be_guessed_from_one_another(store):
    one, other = (store.add_scenario("a", Scenario("Same"), "Ada", NOW) for _ in range(2))
    assert len({one.token, other.token}) == 2
    assert min(len(one.token), len(other.token)) >= 20


def test_the_revision_tells_of_each_change(store):
    revisions = {store.revision()}
    kept = store.add_scenario("a", Scenario("Japan first"), "Ada", NOW)
    revisions.add(store.revision())
    store.change_scenario(kept, Scenario("Japan first", (STEP,)), "Ada", NOW)
    revisions.add(store.revision())
    assert len(revisions) == 3


def test_of_two_who_change_one_the_second_is_told(store):
    seen = store.add_scenario("a", Scenario("Japan first"), "Ada", NOW)
    store.change_scenario(seen, seen.scenario.with_step(STEP), "Ada", NOW)
    with pytest.raises(EntryError, match="Ada changed this scenario meanwhile"):
        store.change_scenario(seen, Scenario("Mine"), "Ben", NOW)
    assert [one.scenario.steps for one in store.scenarios("a")] == [(STEP,)]


def test_what_is_deleted_is_gone_from_the_database(store):
    kept = store.add_scenario("a", Scenario("Japan first", (STEP,)), "Ada", NOW)
    assert store.change_scenario(kept, None, "Ben", NOW) is None
    assert not store.scenarios("a")
    with store._engine.connect() as connection:
        rows = connection.execute(sa.text("select steps, \"by\" from orgdata_scenarios")).all()
    assert rows == [(None, "Ada"), (None, "Ben")]
    with pytest.raises(EntryError, match="was deleted meanwhile"):
        store.change_scenario(kept, kept.scenario, "Ada", NOW)


def test_a_name_is_kept_as_it_is_seen(store):
    store.add_scenario("a", Scenario(" Japan\u200b \u202efirst\n"), "Ada", NOW)
    assert [one.scenario.name for one in store.scenarios("a")] == ["Japan first"]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "n" * 81])
def test_a_name_is_needed_and_bounded(store, name):
    with pytest.raises(EntryError, match="needs a name"):
        store.add_scenario("a", Scenario(name), "Ada", NOW)


def test_a_step_that_is_no_edit_of_ours_is_left_out_and_said(store):
    store.add_scenario("a", Scenario("Japan first", (STEP,)), "Ada", NOW)
    with store._engine.begin() as connection:
        connection.execute(sa.text(
            "update orgdata_scenarios set steps = '{\"steps\": [{\"verb\": 1}]}'"))
    assert not store.scenarios("a")
    assert store.left_out("a") == ["1 scenario"]


def test_steps_are_bounded():
    full = Scenario("Much", (STEP,) * MOST_STEPS)
    with pytest.raises(EditError, match="at most"):
        full.with_step(STEP)


def test_effects_are_of_one_step_and_of_the_others():
    other = Edit("outcomes", "set", {"outcome_id": "O2"}, {"name": "Other"})
    scenario = Scenario("Two", (STEP, Step("", {}, (other,)))).switched(0, False)
    assert scenario.edits == (other,)
    assert scenario.only(0) == (SET,)
    assert scenario.without(1) == ()
    assert scenario.without_step(0).steps == (Step("", {}, (other,)),)


def test_nobody_takes_the_room_of_all(store):
    for number in range(MOST_OF_ONE):
        kept = store.add_scenario("a", Scenario(f"No. {number}"), "Lea", NOW)
    with pytest.raises(EntryError, match="you keep 50 scenarios"):
        store.add_scenario("a", Scenario("One more"), "Lea", NOW)
    store.add_scenario("b", Scenario("Elsewhere"), "Lea", NOW)
    store.add_scenario("a", Scenario("Another's"), "Ada", NOW)
    store.change_scenario(kept, None, "Lea", NOW)
    store.add_scenario("a", Scenario("One more"), "Lea", NOW)
