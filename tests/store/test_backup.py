"""A backup holds all of a store, and the store that is made of it holds the same."""

import hashlib
import io
import json
import stat
import threading
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from orgdata.store import Decision, SavedSource, Store, StoreError, opening
from orgdata.store.backup import KINDS, MANIFEST, back_up
from orgdata.store.column_types import Day, Utc
from orgdata.store.restore import restore
from orgdata.store.tables import HEAD, VERSION_TABLE, identity, metadata
from tests.store.builders import AT, SOURCE, day, take
from tests.store.conftest import run

VALUES = {  # two of each kind
    sa.Integer: (1, 2), sa.Text: ("a 'quoted'\n“Zoë” 🚀", "O1;--"), sa.String: ("f", "g"),
    sa.Double: (0.1, -1e300), sa.Boolean: (True, False), sa.LargeBinary: (b"PK\0\xff", b""),
    sa.JSON: ({"a": [1, None, "ü"]}, {}), Day: (date(2026, 11, 20), date(1, 1, 1)),
    Utc: (datetime(2026, 11, 20, 9, 30, 1, 7, UTC), datetime(1999, 1, 1, tzinfo=UTC))}


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """The URL of a store that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.db'}"
    url = request.getfixturevalue("stores")
    with suppress(sa.exc.ProgrammingError):  # that of the last test
        run(url, "create database restored")
    url = url.set(database="restored")
    run(url, "drop schema public cascade", "create schema public")
    return url.render_as_string(hide_password=False)


def backed_up(address):
    file = io.BytesIO()
    return back_up(address, file), file


def fill(address):
    """Two rows in every table, with every optional value once there and once not."""
    with Store.open(address) as store, opening.writing(store._engine) as connection:
        for table in metadata.sorted_tables:
            for row in (0, 1) if table is not identity else ():
                connection.execute(sa.insert(table).values({
                    column.name: sa.null() if column.nullable and row else
                    VALUES[type(column.type)][row] for column in table.c}))


def held(address):
    """All that a store holds."""
    with Store.open(address) as store, opening.reading(store._engine) as connection:
        return {table.name: connection.execute(sa.select(table).order_by(
            *table.primary_key.columns)).all() for table in metadata.sorted_tables}


def test_what_is_restored_is_all_that_was_there(address, target):
    fill(address)
    counted, file = backed_up(address)
    assert restore(file, "b.zip", target) == counted
    assert held(target) == held(address)
    assert counted.rows == sum(map(len, held(address).values())) == 2 * len(metadata.tables) - 1
    assert counted.files == 2 * sum(isinstance(one.type, sa.LargeBinary)
                                    for table in metadata.tables.values() for one in table.c)
    assert backed_up(address)[1].getvalue() == file.getvalue(), "not the same bytes"


def test_absent_is_not_restored_as_a_value(address, target):
    fill(address)
    restore(backed_up(address)[1], "b.zip", target)
    for table in metadata.sorted_tables:
        if "id" in table.c and table is not identity:
            empty = " and ".join(f'"{one.name}" is null' for one in table.c if one.nullable)
            with sa.create_engine(target, poolclass=sa.NullPool).connect() as connection:
                assert connection.execute(sa.text(
                    f"select count(*) from {table.name} where {empty or 'id = 2'}")).scalar() == 1


def test_every_kind_of_column_can_be_backed_up():
    assert {type(one.type) for table in metadata.tables.values() for one in table.c} <= set(KINDS)


def test_the_store_goes_on_with_new_numbers(address, target):
    """Also after those that were deleted: a link to a snapshot leads to no other one."""
    with Store.open(address) as store:
        saved = store.save_source(SavedSource("Ours", {"a.csv": b"a"}, "", "Ada", AT))
        for number in (3, 4):
            take(store, day(number), products="P1")
        last = take(store, day(5), source="kept:Ours", products="P1").snapshot.id
        store.delete_source("Ours", saved.id, "Ada", AT)
        assert max(one.id for one in store.snapshots(SOURCE)) < last
    restore(backed_up(address)[1], "b.zip", target)
    with Store.open(target) as store:
        assert take(store, day(6), products="P1").snapshot.id == last + 1
        assert store.decide(Decision(SOURCE, "First", day(6), "Ada", AT)).id == 1
        assert [one.day for one in store.snapshots(SOURCE)] == [day(3), day(4), day(6)]


def test_it_is_of_one_moment_while_people_write(store, address):
    """No row is without those it goes with, whatever was written between two tables."""
    stop = threading.Event()

    def write():
        with Store.open(address) as mine:
            while not stop.is_set():
                made = mine.decide(Decision(SOURCE, f"{uuid.uuid4()}", day(13), "Ada", AT))
                mine.move(made.id, "Ada", None, "Ada", AT)

    def read(file):
        with zipfile.ZipFile(file) as archive:
            return [[json.loads(line) for line in archive.read(f"{name}.jsonl").splitlines()]
                    for name in ("orgdata_decisions", "orgdata_decision_changes")]

    with ThreadPoolExecutor() as threads:
        writer = threads.submit(write)
        try:
            kept = [read(backed_up(address)[1])]
            while len(kept) < 4 or len(kept[-1][0]) == len(kept[0][0]):  # until much was written between
                assert not writer.done(), writer.exception()
                kept.append(read(backed_up(address)[1]))
        finally:
            stop.set()
        writer.result()
    for made, moved in kept:
        assert len(made) - len(moved) in (0, 1)
        assert [one["decision_id"] for one in moved] == [one["id"] for one in made][:len(moved)]


def test_what_is_written_between_two_tables_is_in_none(store, address, monkeypatch):
    from orgdata.store import backup

    def meanwhile(connection, table, columns):
        if table.name == "orgdata_decisions" and address.startswith("postgresql"):
            store.decide(Decision(SOURCE, "late", day(13), "Bo", AT))
        yield from lines(connection, table, columns)

    store.decide(Decision(SOURCE, "early", day(13), "Ada", AT))
    lines = backup._lines
    monkeypatch.setattr(backup, "_lines", meanwhile)
    with zipfile.ZipFile(backed_up(address)[1]) as archive:
        assert archive.read("orgdata_decisions.jsonl").count(b"\n") == 1


def test_a_backup_of_an_older_version_is_restored_as_the_newest(address, target):
    engine = opening._engine(sa.make_url(address))
    with engine.execution_options(writes=True).begin() as connection:
        opening._upgrade(connection, "old", "1")
        connection.execute(sa.text(
            "insert into orgdata_snapshots (source, day, taken_at, fingerprint, method, headlines, "
            "content) values ('tiny', '2026-11-06', '2026-11-06 08:00:00', 'f', '1', '{}', :content)"),
            {"content": b""})
    engine.dispose()
    counted, file = backed_up(address)
    assert (counted.rows, counted.files) == (1, 1)
    with sa.create_engine(address, poolclass=sa.NullPool).connect() as connection:
        assert connection.execute(sa.text(f"select version_num from {VERSION_TABLE}")).scalar() == "1"
    restore(file, "b.zip", target)
    with Store.open(target) as store:
        assert [(one.day, one.fingerprint) for one in store.snapshots("tiny")] == [(day(6), "f")]


@pytest.mark.parametrize("how", ["the same", "opened", "filled"])
def test_only_into_a_store_without_a_row(how, address, target):
    fill(address)
    file = backed_up(address)[1]
    if how == "opened":
        Store.open(target).close()
        restore(file, "b.zip", target)
        assert held(target) == held(address)
        return
    there = address if how == "the same" else target
    if how == "filled":
        with Store.open(target) as store:
            store.decide(Decision(SOURCE, "Mine", day(13), "Bo", AT))
    before = held(there)
    with pytest.raises(StoreError, match="is there already: name a database without one") as error:
        restore(file, "b.zip", there)
    assert "\n" not in str(error.value)
    assert held(there) == before


def changed(file, name=None, content=b"", manifest=None):
    """The backup with an entry taken out, or with another content, or with another manifest."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            written = old.read(entry)
            if entry == MANIFEST and manifest:
                written = json.dumps(manifest(json.loads(written))).encode()
            if entry == name:
                if not content:
                    continue
                written = content
            new.writestr(entry, written)
    return out


def one_row_more(manifest):
    manifest["tables"]["orgdata_decisions"]["rows"] += 1
    return manifest


def packed(file):
    """The backup with an entry that packs to a thousandth."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pad.jsonl", b"a" * (12 << 20))
    return file


def without_columns(file):
    """The backup with rows that have no cells, and digests that say so."""
    rows = b"{}\n{}\n"
    return changed(file, "orgdata_decisions.jsonl", rows, lambda old: old | {"entries": old["entries"] | {
        "orgdata_decisions.jsonl": hashlib.sha256(rows).hexdigest()}})


DAMAGED = {
    "filling a disk": (packed, "unpacks to far more than one of its size would"),
    "a manifest without end": (
        lambda file: changed(file, manifest=lambda old: old | {"pad": "a" * (64 << 20)}),
        "unpacks to far more than one of its size would"),
    "rows that are none": (without_columns, "is no whole backup of a store"),
    "cut off": (lambda file: io.BytesIO(file.getvalue()[:-1000]), "is no whole backup of a store"),
    "no zip": (lambda file: io.BytesIO(b"product_id,name\n"), "is no whole backup of a store"),
    "no manifest": (lambda file: changed(file, MANIFEST), "is no whole backup of a store"),
    "another zip": (lambda file: changed(file, MANIFEST, b"[]"), "is no whole backup of a store"),
    "without a table": (lambda file: changed(file, "orgdata_decisions.jsonl"),
                        r"no whole backup of a store: orgdata_decisions\.jsonl is missing"),
    "without a file": (lambda file: changed(file, "orgdata_sources/1.files"),
                       r"no whole backup of a store: orgdata_sources/1\.files is missing"),
    "with another file": (lambda file: changed(file, "orgdata_sources/1.files", b"PK?"),
                          r"no whole backup of a store: orgdata_sources/1\.files is damaged"),
    "fewer rows": (lambda file: changed(file, manifest=one_row_more),
                   "says 3 rows of orgdata_decisions, and would restore 2"),
    "newer": (lambda file: changed(file, manifest=lambda old: old | {"schema": f"{int(HEAD) + 1}"}),
              "was written by a newer version of orgdata"),
}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", DAMAGED)
def test_what_is_not_whole_restores_nothing(how, address, tmp_path):
    fill(address)
    damage, said = DAMAGED[how]
    missing = tmp_path / "restored.db"
    with pytest.raises(StoreError, match=said) as error:
        restore(damage(backed_up(address)[1]), "b.zip", f"sqlite:///{missing}")
    assert "\n" not in str(error.value)
    assert not missing.exists()


def test_long_rows_are_inserted_a_few_at_a_time(address, target, monkeypatch):
    fill(address)
    file = backed_up(address)[1]
    monkeypatch.setattr("orgdata.store.restore._LONG", 1)
    restore(file, "b.zip", target)
    assert held(target) == held(address)


def test_what_fails_half_way_leaves_nothing(address, target, monkeypatch):
    from orgdata.store import restore as module

    def stopped(connection, table, last):
        if table.name == "orgdata_decisions":
            raise sa.exc.OperationalError("", {}, Exception("disk full"))

    fill(address)
    file = backed_up(address)[1]
    monkeypatch.setattr(module, "continue_after", stopped)
    with pytest.raises(StoreError, match="disk full"):
        restore(file, "b.zip", target)
    monkeypatch.undo()
    restore(file, "b.zip", target)
    assert held(target) == held(address)


def test_a_row_that_cannot_be_read_is_named_and_not_lost(store, address):
    store.decide(Decision(SOURCE, "First", day(13), "Ada", AT, due=day(14)))
    odd = "'soon'" if address.startswith("sqlite") else "'infinity'"
    with sa.create_engine(address, poolclass=sa.NullPool).begin() as connection:
        connection.execute(sa.text(f"update orgdata_decisions set due = {odd}"))
    with pytest.raises(StoreError, match=r"orgdata_decisions, row 1: its 'due' cannot be read"):
        backed_up(address)


def test_the_commands(run, address, target, tmp_path):
    fill(address)
    file = tmp_path / "nightly.zip"
    file.write_bytes(b"that of yesterday")
    code, out, error = run("backup", address, file)
    assert (code, error) == (0, "")
    assert out.startswith("backed up ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, again, error = run("restore", file, target)
    assert (code, error) == (0, "")
    assert again.startswith(out.removeprefix("backed up").split(":")[0].join(("restored", ", all")))
    assert held(target) == held(address)


def test_commands_that_go_wrong_say_so_in_one_line(run, tmp_path, postgres):
    absent, file = tmp_path / "typo.db", tmp_path / "nightly.zip"
    file.write_bytes(b"that of yesterday")
    for arguments in (("backup", f"sqlite:///{absent}", file), ("backup", postgres, file),
                      ("restore", tmp_path / "typo.zip", f"sqlite:///{absent}"),
                      ("restore", file, f"sqlite:///{absent}"), ("backup", "nonsense", file),
                      ("backup", f"sqlite:///{absent}", tmp_path / "no" / "x.zip")):
        code, out, error = run(*arguments)
        assert (code, out, error.count("\n")) == (2, "", 1), arguments
    assert not absent.exists()
    assert file.read_bytes() == b"that of yesterday"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["nightly.zip"]


def test_the_store_of_the_environment(run, tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'store.db'}"
    fill(address)
    monkeypatch.setenv("ORGDATA_STORE", address)
    assert run("backup", "environment", tmp_path / "b.zip")[0] == 0
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path / 'new.db'}")
    assert run("restore", tmp_path / "b.zip", "environment")[0] == 0
    assert held(f"sqlite:///{tmp_path / 'new.db'}") == held(address)
