"""Several processes write at once and lose nothing; one that is killed leaves no half of a thing."""

import signal
import time

import pytest
import sqlalchemy as sa

from orgdata.store import Store
from tests.store.builders import AT, SOURCE, day, done, go_on, process, take

ENTRIES = 12
WRITES = f"""
import sys
from dataclasses import replace
from orgdata.store import Decision, GapChange, Store
from tests.store.builders import AT, SOURCE, answer, day, take
who = sys.argv[2]
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    made = store.decide(Decision(SOURCE, f"{{who}} decides", day(13), who, AT))
    for number in range({ENTRIES}):
        store.change_gap(GapChange(SOURCE, "OUT01:O1", "planned", who, AT, reason=f"{{who}} {{number}}"))
        store.decide(Decision(SOURCE, f"{{who}} {{number}}", day(13), who, AT))
        store.correct([answer("P1", "rewritten", who, day(13), text=f"{{who}} {{number}}")])
        store.move(made.id, f"{{who}} {{number}}", None, who, AT)
        take(store, day(1 + number % 5), products="P1 | P2 annual_spend=5")
"""


def test_two_processes_that_write_at_once_lose_nothing(store, address):
    together = [process(WRITES, address, who) for who in ("Ada", "Bo")]
    for one in together:
        assert one.stdout.readline() == "ready\n"
    go_on(*together)
    for one in together:
        done(one)
    for said in ([one.reason for one in store.gap_log(SOURCE)],
                 [one.text for one in store.decisions(SOURCE) if "decides" not in one.text],
                 [one.edit.values["role_statement"] for one in store.correction_log(SOURCE)]):
        assert sorted(said) == sorted(f"{who} {n}" for who in ("Ada", "Bo") for n in range(ENTRIES))
        for who in ("Ada", "Bo"):  # and each in the order it wrote
            assert [one for one in said if one.startswith(who)] == [
                f"{who} {n}" for n in range(ENTRIES)]
        assert said != sorted(said, key=lambda one: one.split()[0]), "they did not write at once"
    assert {one.owner for one in store.decisions(SOURCE) if "decides" in one.text} == {
        f"Ada {ENTRIES - 1}", f"Bo {ENTRIES - 1}"}
    assert [one.day for one in store.snapshots(SOURCE)] == [day(n) for n in range(1, 6)]


RACES = """
import sys
from orgdata.store import Store, snapshots
from tests.store.builders import SOURCE, day, take
same = snapshots._existing
def late(connection, row):
    found = same(connection, row)
    if found is None:
        print("looked", flush=True)
        sys.stdin.readline()
    return found
snapshots._existing = late
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    kept = take(store, day(20), products="P1")
    print(kept.new, kept.snapshot.id)
"""


def test_two_that_take_the_same_snapshot_keep_it_once(store, address):
    one, two = process(RACES, address), process(RACES, address)
    assert one.stdout.readline() == two.stdout.readline() == "ready\n"
    if address.startswith("postgresql"):  # SQLite lets only one look at a time
        assert one.stdout.readline() == two.stdout.readline() == "looked\n"
    go_on(one, two)
    kept = [done(each).split()[-2:] for each in (one, two)]
    assert sorted(new for new, _ in kept) == ["False", "True"]
    assert len({number for _, number in kept}) == len(store.snapshots(SOURCE)) == 1


DIES = """
import random, sys
from orgdata.store import Store, snapshots
from tests.store.builders import SOURCE, day, take
insert = snapshots._insert
def stopped(connection, table, number, rows):
    insert(connection, table, number, rows)
    print("half", flush=True)
    sys.stdin.readline()
snapshots._insert = stopped
with Store.open(sys.argv[1]) as store:
    text = random.Random(1).randbytes(2_000_000).hex()
    rows = " | ".join(f"P{n} description={text[n * 40_000:(n + 1) * 40_000]}" for n in range(100))
    take(store, day(20), products=rows)
"""


def test_a_process_killed_in_mid_write_leaves_the_state_before(store, address):
    before = take(store, day(13), products="P1").snapshot
    dying = process(DIES, address)
    assert dying.stdout.readline() == "half\n"
    assert store.snapshots(SOURCE) == [before]  # nobody sees what is not whole
    dying.send_signal(signal.SIGKILL)
    dying.communicate(timeout=60)
    assert dying.returncode == -signal.SIGKILL
    with Store.open(address) as again:
        assert again.snapshots(SOURCE) == [before]
        for table in ("orgdata_snapshot_gaps", "orgdata_goalposts"):
            with sa.create_engine(address, poolclass=sa.NullPool).connect() as connection:
                assert set(connection.execute(sa.text(
                    f"select snapshot_id from {table}")).scalars()) <= {before.id}
        assert take(again, day(20), products="P1 | P2").new
        assert again.gaps_of(before.id)["key"].tolist() == store.gaps_of(before.id)["key"].tolist()
        assert [one.day for one in again.snapshots(SOURCE)] == [day(13), day(20)]


def test_what_fails_half_way_is_not_there_at_all(store, monkeypatch):
    from orgdata.store import snapshots

    def stopped(*_):
        raise sa.exc.OperationalError("", {}, Exception("disk full"))

    monkeypatch.setattr(snapshots, "_insert", stopped)
    with pytest.raises(Exception, match="disk full"):
        take(store, day(20), at=AT, products="P1")
    monkeypatch.undo()
    assert store.snapshots(SOURCE) == []
    assert take(store, day(20), products="P1").new


KEEPS_ON = """
import sys
from datetime import date, timedelta
from orgdata.store import Store
from tests.store.builders import SOURCE, take
with Store.open(sys.argv[1]) as store:
    known = len(store.snapshots(SOURCE))
    for number in range(known, known + 1_000):
        take(store, date(2026, 1, 1) + timedelta(number), products="P1 | P2 | P3",
             people="H1", assignments="P1 H1 pm", objectives="J1", key_results="K1 J1 target=1")
        print(number, flush=True)
"""


def test_whenever_it_is_killed_every_snapshot_is_whole(store, address):
    kept = 0
    for moment in (0.02, 0.05, 0.09):  # seconds after it wrote the first
        dying = process(KEEPS_ON, address)
        dying.stdout.readline()
        time.sleep(moment)
        dying.kill()
        out, _ = dying.communicate(timeout=60)
        wrote = 1 + len(out.splitlines())
        found = store.snapshots(SOURCE)
        assert kept + wrote <= len(found) <= kept + wrote + 1  # the last may not have been said
        kept = len(found)
        with sa.create_engine(address, poolclass=sa.NullPool).connect() as connection:
            for table, rows in (("orgdata_snapshot_gaps", len(store.gaps_of(found[0].id))),
                                ("orgdata_goalposts", 1)):
                assert connection.execute(sa.text(f"select count(*) from {table}")).scalar() == (
                    rows * kept)
        assert store.portfolio(found[-1].id)["products"]["product_id"].tolist() == ["P1", "P2", "P3"]
    assert len(store.gaps_of(found[0].id)) > 1
