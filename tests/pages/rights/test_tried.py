"""What is tried is no way around rights: what becomes somebody's in a scenario is not shown to them
for that, and nobody adopts what they have not read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata.edits import Asked, Edit
from orgdata.edits.now import Now
from orgdata.edits.scenario import Scenario, Step
from orgdata.sources import read_source
from orgdata.store import source_key
from tests import canaries
from tests.pages import conftest
from tests.pages.rights.shown_to import addresses

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
OF_OTHERS = {*canaries.NOTES_OTHERS, "PRG05:K2", "OWN07:J2"}  # of Returns, and about those who work on it


@pytest.fixture
def led(tmp_path):
    """The company of canaries, in which one of the leadership team manages Checkout, too."""
    folder = canaries.company(tmp_path / "led")
    people = folder / "people.csv"
    people.write_text(people.read_text("utf-8").replace("mara@", "leader@"), "utf-8")
    return folder


def test_what_becomes_somebodys_in_a_scenario_is_shown_to_them_no_more_than_before(
        opened, store, led, reader, everything):
    edits = Asked("merge", {"product_id": "P2", "into_product_id": "P1"}).edits(
        Now(read_source(str(led)), date(2026, 11, 20)))
    step = Step("merge", {"product_id": "P2", "into_product_id": "P1"}, tuple(edits))
    kept = store.add_scenario(source_key(str(led)), Scenario("Merged", (step,)), "Lea", AT)
    reader("leadership")
    for page in conftest.PAGES:
        for query in addresses(page, ["PRG05:K2", "OWN07:J2"], kept.token):
            everything.take(opened(page, led, **{**query, "scenario": kept.token}))
            everything.open_downloads()
    assert everything.holds("PRG05:K1")  # of what is theirs already
    assert not {word for word in OF_OTHERS if everything.holds(word)}


def test_nobody_adopts_a_change_that_was_not_there_when_the_form_was(
        opened, store, company, reader):
    """Leadership changes scenarios, and corrects nothing: a head adopts what they have read."""
    def step(pct):
        return Step("", {}, (Edit("products", "set", {"product_id": "P2"}, {"bau_pct": pct},
                                  {"bau_pct": ""}),))

    key = source_key(str(company))
    kept = store.add_scenario(key, Scenario("Two", (step("10"),)), "Lea", AT)
    reader("head")
    app = opened("what_if", company, scenario=kept.token)
    app.session_state["adopt"] = True
    app.run()
    store.change_scenario(kept, Scenario("Two", (step("90"),)), "Lea", AT)
    app.session_state["frame_view"] = replace(  # as the router does it on each run
        app.session_state["frame_view"], scenario=store.scenarios(key)[0])
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()
    assert not app.exception
    assert not store.corrections(key)
    assert "Lea changed this scenario meanwhile" in app.error[0].value
    app.button(key="FormSubmitter:adopt_form-Adopt").click().run()  # it was read meanwhile
    assert [one.edit.values for one in store.corrections(key)] == [{"bau_pct": "90"}]
