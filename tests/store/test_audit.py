"""Who did what: noted with the change itself, kept for a time, and without who is to be forgotten."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from orgdata.cli import main
from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.store import Correction, Decision, EntryError, GapChange, SavedSource, Store
from orgdata.store.audit import Audited, signed_in_as
from orgdata.store.column_types import Day, Utc
from orgdata.store.entries import SnapshotMark
from orgdata.store.forgetting import SOMEBODY, _of_column, _without, forget
from orgdata.store.tables import metadata

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY, LONG_AGO = date(2026, 11, 20), datetime(2000, 1, 1, tzinfo=UTC)
ADA = "Ada Park"


def correction(by=ADA, **values):
    return Correction("s", Edit("products", "set", {"product_id": "P1"}, values), by, AT)


def write_all(store):
    """One of everything that a person enters."""
    store.change_gap(GapChange("s", "PRD01:P1", "planned", ADA, AT, owner="ada park",
                               reason="Ada Park asked Kim; Ada Parker knows"))
    decision = store.decide(Decision("s", "Ask Ada Park.", DAY, ADA, AT, owner=ADA))
    store.finish(decision.id, DAY, ADA, AT)
    made, *_ = store.correct([correction(annual_spend="5"), correction(
        role_confirmed_by=ADA, role_confirmed_on="2026-11-20", role_statement="x")])
    store.undo(made.id, ADA, AT, "Ada Park said so")
    store.add_scenario("s", Scenario("Plan", ()), ADA, AT)
    store.save_source(SavedSource("Files", {"a.csv": b"x"}, "", ADA, AT))


def test_what_somebody_who_signed_in_changes_is_noted_with_it(store):
    with signed_in_as("Ada"):
        write_all(store)
    assert [(one.by, one.did, one.what) for one in store.audit(LONG_AGO)][::-1] == [
        ("Ada", "changed", what) for what in (
            "state of a gap PRD01:P1 planned", "decision decision", "decision 1 done",
            "correction products set P1", "correction products set P1", "undone correction 1",
            "scenario Plan", "saved files Files")]
    assert {one.at for one in store.audit(LONG_AGO)} == {AT}


def test_what_is_refused_is_not_noted(store):
    with signed_in_as("Ada"):
        for entry in (GapChange("s", "k", "planned", "", AT), GapChange("s", "k", "accepted", "A", AT)):
            with pytest.raises(EntryError):
                store.change_gap(entry)
    assert store.audit(LONG_AGO) == []


def test_where_nobody_signs_in_nothing_is_noted_and_names_are_said(store):
    write_all(store)
    assert store.audit(LONG_AGO) == []
    assert store.states("s")["PRD01:P1"].author == "Ada Park (said to be)"
    assert store.decisions("s")[0].author == "Ada Park (said to be)"
    assert store.correction_log("s")[1].author == "Ada Park (said to be)"


def test_the_name_of_who_signed_in_is_theirs(store):
    with signed_in_as(ADA):
        write_all(store)
    assert {store.states("s")["PRD01:P1"].author, store.decisions("s")[0].author,
            store.correction_log("s")[1].author} == {ADA}
    store.change_gap(GapChange("s", "PRD01:P1", "open", ADA, AT))
    assert store.states("s")["PRD01:P1"].author == "Ada Park (said to be)"


def test_it_is_kept_for_a_time(store):
    keep = timedelta(days=90)
    for days in (0, 89, 90, 91):
        store.note(Audited(AT + timedelta(days=days), "Ada", "signed in", f"day {days}"), keep)
    assert [one.what for one in store.audit(LONG_AGO)] == ["day 91", "day 90", "day 89"]
    assert [one.what for one in store.audit(AT + timedelta(days=90))] == ["day 91", "day 90"]
    assert [one.what for one in store.audit(LONG_AGO, 1)] == ["day 91"]


def test_forgetting_takes_the_name_and_leaves_the_rest(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    with Store.open(url) as store, signed_in_as(ADA):
        write_all(store)
        store.correct([correction("Kim", description="Ada Park")])
        store.note(Audited(AT, ADA, "exported", "brief"), timedelta(days=1))
        before = store.decisions("s"), store.correction_log("s")
    assert main(["forget", "ada PARK", "--store", url]) == 0
    said = capsys.readouterr().out
    assert "1 entry still name" in said
    with Store.open(url) as store:
        gap, decisions, log = store.states("s")["PRD01:P1"], store.decisions("s"), store.correction_log("s")
        assert (gap.by, gap.owner, gap.state) == (SOMEBODY, SOMEBODY, "planned")
        assert gap.reason == f"{SOMEBODY} asked Kim; Ada Parker knows"
        assert [(one.by, one.owner, one.done_by, one.text, one.done_on) for one in decisions] == [
            (SOMEBODY, SOMEBODY, SOMEBODY, f"Ask {SOMEBODY}.", before[0][0].done_on)]
        assert [one.by for one in log] == [SOMEBODY, SOMEBODY, "Kim"]
        assert log[0].undone_by == SOMEBODY
        assert log[1].edit.values["role_confirmed_by"] == SOMEBODY
        assert [dict(one.edit.values) for one in (log[0], log[2])] == [
            dict(one.edit.values) for one in (before[1][0], before[1][2])]
        assert {one.by for one in store.audit(LONG_AGO)} == {SOMEBODY}
    content = (tmp_path / "store.sqlite").read_bytes()
    assert content.count(b"Ada Park") - content.count(b"Ada Parker") <= 1  # the cell of the source


@pytest.mark.parametrize(("signed", "left"), [
    ("Ada Park", SOMEBODY), ("Ada Park, on behalf of Sales", f"{SOMEBODY}, on behalf of Sales"),
    ("ada park (said to be)", f"{SOMEBODY} (said to be)"), ("Ada Parker, on behalf of Sales",) * 2,
    ("Kim, on behalf of Ada Park",) * 2])
def test_how_somebody_answered_stays_without_their_name(tmp_path, signed, left):
    edit = Edit("expectations", "set", {"expectation_id": "X1"}, {"state": "accepted", "answered_by": signed},
                {"state": "offered", "answered_by": signed})
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.correct([Correction("s", edit, "Kim", AT)])
        store.forget(ADA)
        kept, = store.correction_log("s")
    assert (kept.edit.values["answered_by"], kept.edit.before["answered_by"]) == (left, left)


def test_a_scenario_names_them_no_more_where_they_signed(tmp_path):
    edit = Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"}, {"confirmed_by": ADA})
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        for number, arguments in enumerate(({"confirmed_by": ADA}, {"person_id": ADA})):
            store.add_scenario("s", Scenario(f"{number}", (Step("confirm", arguments, (edit,)),)), "Kim", AT)
        found = store.forget(ADA)
        first, second = (one.scenario.steps[0] for one in store.scenarios("s"))
    assert (first.arguments, second.arguments) == ({"confirmed_by": SOMEBODY}, {"person_id": ADA})
    assert {one.edits[0].values["confirmed_by"] for one in (first, second)} == {SOMEBODY}
    assert found == {"orgdata_scenarios": 2, "left": 1}


def test_forgetting_finds_a_name_among_other_words(tmp_path):
    edits = [Edit("check_ins", "add", {"kr_id": "K1", "date": "2026-11-20"}, {"note": "Ada Park is ill"}),
             Edit("expectations", "set", {"expectation_id": "X1"}, {"note": "Ask Ada Parker"})]
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.add_scenario("s", Scenario("When Ada Park leaves", ()), "Kim", AT)
        store.change_gap(GapChange("s", "PRD01:P1", "planned", "Kim", AT, owner="Ada Park and Bo Li"))
        store.correct([Correction("s", edit, "Kim", AT) for edit in edits])
        found = store.forget(ADA)
        assert [one.scenario.name for one in store.scenarios("s")] == [f"When {SOMEBODY} leaves"]
        assert [one.owner for one in store.gap_log("s")] == [f"{SOMEBODY} and Bo Li"]
    assert found == {"orgdata_scenarios": 1, "orgdata_gap_changes": 1, "left": 1}


@pytest.mark.parametrize(("text", "without"), [
    ("Ada Park", SOMEBODY), ("ADA PARK, Ada Park", f"{SOMEBODY}, {SOMEBODY}"), ("Adapark", "Adapark"),
    ("x Ada Parks", "x Ada Parks"), ("NAda Park", "NAda Park"), ("", ""), ("İ Ada Park", f"İ {SOMEBODY}")])
def test_a_name_goes_where_it_stands_by_itself(text, without):
    assert _without(text, ADA) == without


@pytest.mark.parametrize(("text", "without"), [
    ("ADA PARK hands over the Straße", f"{SOMEBODY} hands over the Straße"), ("Ada\u00a0Park", SOMEBODY),
    ("the ß of Ada  Park.", f"the ß of {SOMEBODY}."), ("Ada Park\u0301", "Ada Park\u0301"),
    ("Ada\u200b Park and Ada Park", f"{SOMEBODY} and {SOMEBODY}")])
def test_a_name_is_found_however_it_is_written(text, without):
    assert _without(text, ADA) == without
    assert _without("Zoe\u0308 Groß, ZOË GROSS", "Zoë Groß") == f"{SOMEBODY}, {SOMEBODY}"


FILLED = {sa.Text: "x", sa.String: "h", sa.JSON: {}, sa.Integer: 1, sa.Double: 1.0, sa.Boolean: True,
          sa.LargeBinary: b"", Day: AT.date(), Utc: AT}
WRITTEN = [(column, text) for table in metadata.sorted_tables if not (
               table.name == "orgdata_snapshots" or ("snapshot_id" in table.c and "mark" not in table.c))
           for column in table.c for text in ([{"a": [{"b": ADA}]}] if isinstance(column.type, sa.JSON) else [
               ADA, "OWN04:ada PARK", "Legal (Ada\u00a0Park)"] if type(column.type) is sa.Text else [])
           if "words" not in column.info]


@pytest.mark.parametrize(("column", "text"), WRITTEN, ids=str)
def test_no_column_keeps_a_name_and_says_nothing(column, text):
    """Snapshots apart, of which the command says that they are not changed."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(column.table).values({
            one.name: text if one is column else FILLED[type(one.type)] for one in column.table.c}))
        found = forget(connection, ADA)
        kept = connection.execute(sa.select(column)).scalar_one()
    named = re.search(r"ada\s+park", str(kept), re.IGNORECASE)
    assert found == ({"left": 1} if named else {column.table.name: 1})
    assert named is None or isinstance(column.type, sa.JSON) or column.name in (
        "source", "settings", "product_id", "outcome_id", "name", "by", "person", "address", "key", "gap_key")


@pytest.mark.parametrize("name", ["key", "gap_key"])
def test_where_a_name_is_an_id_it_goes_from_the_keys_of_gaps(name):
    assert _of_column(name, "OWN04:Ada Park", ADA) == f"OWN04:{SOMEBODY}"
    assert _of_column(name, "PRD01:Ada Park team", ADA) == "PRD01:Ada Park team"


def test_marks_are_noted(store):
    with signed_in_as("Ada"), pytest.raises(Exception, match="no snapshot"):
        store.mark(SnapshotMark(1, "label", "Ada", AT, "x"))
    assert store.audit(LONG_AGO) == []
