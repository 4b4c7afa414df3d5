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


@pytest.mark.parametrize(("role", "told"), [("leadership", False), ("head", True)])
@pytest.mark.parametrize(("verb", "given"), [
    ("check in", {"kr_id": "K2", "value": "11", "confidence": "9"}),  # its confidence falls: PRG05
    ("move PM", {"product_id": "P5", "person_id": "H4"})])  # who is allocated at 147 %: OWN04
def test_what_a_change_does_to_findings_about_persons_is_told_to_those_who_see_them(
        opened, store, company, reader, verb, given, role, told):
    step = Step(verb, given, tuple(Asked(verb, given).edits(
        Now(read_source(str(company)), date(2026, 11, 20)))))
    kept = store.add_scenario(source_key(str(company)), Scenario("One", (step,)), "Lea", AT)
    reader(role)
    app = opened("what_if", company, scenario=kept.token)
    view = app.session_state["frame_view"]
    if not told:
        assert view.gaps.not_shown == view.present.gaps.not_shown
    if verb == "check in":
        effect, = (one.value for one in app.caption if "gap" in one.value or "no gap" in one.value)
        assert ("1 gap closed" in effect) is told
    else:
        touched = conftest.table_rows(app, "People who are touched")
        assert any("Olga Four" in row for row in touched)
        assert any("147 %" in row for row in touched) is told


def test_the_note_of_a_check_in_that_is_tried_is_told_to_nobody(opened, store, company, reader):
    given = {"kr_id": "K1", "value": "13", "note": "qzmine"}
    step = Step("check in", given, tuple(Asked("check in", given).edits(
        Now(read_source(str(company)), date(2026, 11, 20)))))
    kept = store.add_scenario(source_key(str(company)), Scenario("One", (step,)), "Head", AT)
    reader("leadership")
    text = conftest.text_of(opened("what_if", company, scenario=kept.token))
    assert "qzmine" not in text
    assert "value" in text
