"""Whatever stands in a store, it is read, left out and counted, or refused as a StoreError."""

import json
import random
import zipfile
from contextlib import suppress

import pytest
import sqlalchemy as sa

from orgdata.edits import Edit, apply
from orgdata.edits.scenario import Scenario, Step
from orgdata.evaluation import Known, judge
from orgdata.gaps import find_gaps
from orgdata.model.settings import Settings
from orgdata.sources import RawSource
from orgdata.store import (
    Correction,
    Decision,
    GapChange,
    SavedSource,
    Store,
    StoreError,
)
from orgdata.store.tables import metadata
from tests.builders import aligned
from tests.store.builders import AT, SOURCE, answer, day
from tests.store.conftest import run
from tests.store.test_archive import zipped

TABLES = {"objectives": "J1", "key_results": "K1 J1 target=5 baseline=1", "products": "P1 | P2",
          "outcomes": "O1 | O2", "contributions": "P1 O1 primary | P2 O2 primary"}
DAY = day(20)
GOOD = "2 is good"


def fill(store, weeks):
    """Two entries of every kind: 1 is tampered with, 2 is good."""
    for number, (alignment, gaps) in zip((1, 2), weeks, strict=True):
        store.take(SOURCE, alignment, gaps, AT)
        name = GOOD if number == 2 else "1"
        store.change_gap(GapChange(SOURCE, f"OUT01:O{number}", "accepted", name, AT, owner=name,
                                   due=DAY, until=DAY, reason=name))
        made = store.decide(Decision(SOURCE, name, day(13), name, AT, owner=name, due=DAY))
        store.move(made.id, GOOD, DAY, name, AT)
        store.correct([answer(f"P{number}", "rewritten", name, day(13), text=name)])
        store.save_source(SavedSource(name, {"a.csv": b"a\n1\n"}, "", name, AT))
        made = Edit("products", "set", {"product_id": f"P{number}"}, {"name": name}, {"name": "A"})
        store.correct([Correction(SOURCE, made, name, AT, name)])
        store.add_scenario(SOURCE, Scenario(name, (Step("set", {"a": "b"}, (made,)),)), name, AT)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def opened(request, tmp_path_factory):
    """One store for all tests: it takes longer to make than to fill."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}"
    else:
        url = request.getfixturevalue("stores").render_as_string(hide_password=False)
        run(url, "drop schema public cascade", "create schema public")
    with Store.open(url) as store, sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        yield store, connection


@pytest.fixture
def connection(opened, weeks):
    """A connection to the filled store, for what the store itself would not do."""
    _, connection = opened
    with connection.begin():
        for table in reversed(metadata.sorted_tables):
            if table.name != "orgdata_identity":
                connection.execute(sa.delete(table))
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("delete from sqlite_sequence"))
        else:
            for table in metadata.sorted_tables:
                if "id" in table.c and table.name != "orgdata_identity":
                    connection.execute(sa.text(f"alter sequence {table.name}_id_seq restart"))
    fill(opened[0], weeks)
    return connection


@pytest.fixture
def filled(opened, connection):
    return opened[0]


@pytest.fixture(scope="module")
def weeks():
    """Two weeks of a portfolio, measured, with their gaps."""
    measured = [aligned(as_of=day(number), **TABLES) for number in (1, 2)]
    return [(one, find_gaps(one)) for one in measured]


@pytest.fixture(scope="module")
def measured():
    return aligned(**TABLES)


def tamper(connection, column, value, row=1):
    """Put a value into a row, whatever the database can hold."""
    table, column = column.split(".")
    table = metadata.tables[f"orgdata_{table}"]
    key = "decision_id" if "decision_id" in table.c else next(iter(table.primary_key)).name
    into = ":value"
    if connection.dialect.name != "sqlite" and value is not None:
        kind = table.c[column].type.compile(connection.dialect)
        into = f"cast(:value as {kind})" if isinstance(value, bytes) else (
            f"cast(cast(:value as text) as {kind})")
    with connection.begin():
        connection.execute(sa.text(f'update {table.name} set "{column}" = {into} where {key} = :row'),
                           {"value": value, "row": row})


def read_all(store):
    """What a page needs to be shown at all: nothing of it may be refused."""
    known = Known.of(store, SOURCE, DAY)
    store.left_out(SOURCE)
    store.revision()
    apply(RawSource("s", "csv", {}, Settings()), store.edits(SOURCE))
    store.scenarios(SOURCE)
    return known


def read_each(store):
    """What is read of single entries: it may be refused in one line."""
    for read in (lambda: store.portfolio(1), lambda: store.snapshot(1), lambda: store.gaps_of(1),
                 lambda: store.source("1"), lambda: store.gap_log(SOURCE)):
        with suppress(StoreError):
            read()


def edit(**cells):
    """An edit as it is kept, with some of it odd."""
    return {"table": "products", "op": "set", "key": {"product_id": "P1"}, "set": {"name": "x"},
            "before": None, **cells}


def steps_with(odd):
    return json.dumps({"steps": [{"verb": "set", "arguments": {}, "on": True, "edits": [odd]}]})


STATE, CORRECTION = "1 state of a gap", "1 correction"
# column, value, what is said to be left out; each as the others leave the store
TAMPERED = {
    "a state of a newer version": ("gap_changes.state", "in progress", STATE),
    "a blank name on a state": ("gap_changes.by", " ", None),
    "accepted without a reason": ("gap_changes.reason", None, None),
    "accepted without an end": ("gap_changes.until", None, None),
    "a state without end": ("gap_changes.until", "9999-12-31", STATE),
    "a decision of a newer kind": ("decisions.kind", "wish", "1 decision"),
    "a decision that says nothing": ("decisions.text", "", None),
    "a blank name on a decision": ("decisions.by", "", None),
    "a decision before all calendars": ("decisions.due", "0001-01-01", "1 decision"),
    "a change of a newer kind": ("decision_changes.change", "split", "1 change of a decision"),
    "an answer in other words": ("corrections.answer", "perhaps", CORRECTION),
    "an answer on another table": ("corrections.table", "outcomes", CORRECTION),
    "an answer of no day": ("corrections.on", "infinity", CORRECTION),
    "headlines that are a list": ("snapshots.headlines", "[]", "1 snapshot"),
    "headlines without end": ("snapshots.headlines", "[" * 5_000 + "]" * 5_000, "1 snapshot"),
    "headlines in words": ("snapshots.headlines", '{"aligned_products": "many"}', None),
    "a correction of a newer kind": ("corrections.operation", "swap", CORRECTION),
    "a correction of another table": ("corrections.table", "stars", CORRECTION),
    "a correction of a list": ("corrections.key", "[1]", CORRECTION),
    "a correction of numbers": ("corrections.values", '{"name": 1}', CORRECTION),
    "a correction of half a letter": ("corrections.values", '{"name": "\\ud800"}', CORRECTION),
    "a correction of what was replaced by half": ("corrections.before", '{"name": "\\udfff"}', CORRECTION),
    "a correction that replaced a list": ("corrections.before", "[]", CORRECTION),
    "a correction without end": ("corrections.key", "[" * 5_000 + "]" * 5_000, CORRECTION),
    **{f"odd steps {at}": ("scenarios.steps", steps, "1 scenario") for at, steps in enumerate((
        "[]", '{"steps": {}}', '{"steps": [1]}', '{"steps": [[]]}', "[" * 5_000 + "]" * 5_000,
        *map(steps_with, (1, edit(table=["a"]), edit(op=["set"]), edit(key=[]), edit(key={"product_id": 1}),
                          edit(set={"name": "\ud800"}), edit(before=0), edit(before={"name": []}))),
        *(json.dumps({"steps": [{"verb": verb, "arguments": arguments, "on": True, "edits": []}]})
          for verb, arguments in (([], {}), ("set", [1]), ("set", {"a": 1}), ("\ud800", {}),
                                  ("set", {"a": "\ud800"})))))},
    "a scenario whose name cannot be seen through": ("scenarios.name", "a\u200b", "1 scenario"),
    "a scenario of an endless name": ("scenarios.name", "x" * 5_000, "1 scenario"),
    "content that is no zip": ("snapshots.content", b"PK\3\4 not really", None),
    "a source that is no zip": ("sources.files", b"PK\3\4 not really", None),
}
ONLY_IN_SQLITE = {
    "a state due soon": ("gap_changes.due", "soon", STATE),
    "a state said some day": ("gap_changes.at", "some day", STATE),
    "a number for a day": ("decisions.due", 7, "1 decision"),
    "bytes for text": ("decisions.text", b"\xff", "1 decision"),
    "headlines that are cut off": ("snapshots.headlines", "{", "1 snapshot"),
    "a number for headlines": ("snapshots.headlines", 7, "1 snapshot"),
    "a day that is none": ("snapshots.day", "2026-11-01 or so",
                           "1 snapshot and 1 goalpost of a key result"),
    "text for a zip": ("snapshots.content", "text", None),
    "a word for a number": ("goalposts.baseline", "many", "1 goalpost of a key result"),
    "a source kept by bytes": ("sources.by", b"\xff", "1 saved source"),
}
ONLY_IN_POSTGRESQL = {
    "a day without end": ("gap_changes.due", "infinity", STATE),
    "a moment without end": ("gap_changes.at", "infinity", STATE),
    "a day before the common era": ("decisions.due", "0044-03-15 BC", "1 decision"),
    "a number without end": ("goalposts.baseline", "Infinity", "1 goalpost of a key result"),
}


@pytest.mark.parametrize("case", [*TAMPERED, *ONLY_IN_SQLITE, *ONLY_IN_POSTGRESQL])
def test_a_row_that_is_not_understood_costs_only_itself(filled, connection, measured, case):
    sqlite = connection.dialect.name == "sqlite"
    if case in (ONLY_IN_POSTGRESQL if sqlite else ONLY_IN_SQLITE):
        return  # the other database can hold it
    column, value, said = {**TAMPERED, **ONLY_IN_SQLITE, **ONLY_IN_POSTGRESQL}[case]
    tamper(connection, column, value)
    known = read_all(filled)
    assert " and ".join(filled.left_out(SOURCE)) == (said or "")
    assert GOOD in [one.text for one in known.decisions]
    assert GOOD in known.history.states["reason"].tolist()
    assert GOOD in [one.edit.values.get("role_statement") for one in filled.corrections(SOURCE)]
    assert 2 in [one.id for one in known.snapshots]
    assert filled.source(GOOD).files == {"a.csv": b"a\n1\n"}
    assert GOOD in [one.reason for one in filled.corrections(SOURCE)]
    assert GOOD in [one.scenario.name for one in filled.scenarios(SOURCE)]
    if said is None:
        read_each(filled)
        assert len(judge(measured, known).gaps.rows)


def test_the_last_state_that_is_understood_counts(filled, connection):
    later = filled.change_gap(GapChange(SOURCE, "OUT01:O2", "planned", "Ada", AT))
    tamper(connection, "gap_changes.state", "paused", later.id)
    assert filled.states(SOURCE)["OUT01:O2"].state == "accepted"


def test_damaged_content_is_refused_in_one_line(filled, connection):
    tamper(connection, "snapshots.content", b"PK\3\4")
    tamper(connection, "sources.files", b"PK\3\4")
    for read in (lambda: filled.portfolio(1), lambda: filled.source("1")):
        with pytest.raises(StoreError, match="damaged or cut off"):
            read()


def test_no_more_of_a_saved_file_is_unpacked_than_allowed(filled, connection):
    bomb = zipped({"a.csv": bytes(50 << 20)}, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    tamper(connection, "sources.files", bomb)
    with pytest.raises(StoreError, match="as no table does"):
        filled.source("1")


ODD = [None, "", " ", "in progress", "infinity", "-infinity", "0001-01-01", "9999-12-31", "12:00",
       "2026-11-31", "2026-11-20", "[]", "null", "{}", "[" * 3_000, '{"gaps": NaN}', "x" * 10_000,
       "1e999", "NaN", "-1", 0, -1, 2**62, 1e308, float("inf"), b"", b"\xff\x00", b"PK\3\4", "\u202e",
       "😀", "role", "link", "declined", "accepted", "done", SOURCE]


@pytest.mark.parametrize("seed", range(3))
def test_anything_anywhere(filled, connection, measured, seed):
    """The first row of every table holds odd values in all columns at once."""
    chance = random.Random(seed)
    changed = 0
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name in ("id", "source", "snapshot_id", "decision_id"):
                continue
            name = f"{table.name.removeprefix('orgdata_')}.{column.name}"
            for value in chance.sample(ODD, 5):  # a database may refuse some: so much the better
                with suppress(sa.exc.DBAPIError, UnicodeEncodeError):
                    tamper(connection, name, value)
                    changed += 1
                    break
    assert changed > 30
    known = read_all(filled)
    read_each(filled)
    assert len(judge(measured, known).gaps.rows)
    assert GOOD in [one.text for one in known.decisions]
    assert filled.decide(Decision(SOURCE, "New", DAY, "Ada", AT)).id == 3
