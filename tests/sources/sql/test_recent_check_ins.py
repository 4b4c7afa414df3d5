"""What stays in the database changes no measure, no gap, no problem and no count."""

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from orgdata.cli import main
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load, load_for
from orgdata.measures import align
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.store import Store, source_key
from tests.sources.conftest import empty
from tests.sources.databases import fill, fill_rows, reported, reported_of, run, same

AS_OF = date(2026, 11, 20)
SETTINGS = str(DEMO / "settings.toml")
DAYS = [AS_OF + timedelta(days) for days in (-30, 0, 6)]
GOALS = {
    "objectives": [{"objective_id": f"J{i}", "title": "x", "start_date": "2026-10-01",
                    "end_date": "2026-12-31"} for i in range(3)],
    "key_results": [{"kr_id": f"K{i}", "objective_id": f"J{i % 4}", "title": "x", "baseline": "0",
                     "target": "10", "kr_type": "increase"} for i in range(10)],
}
CONFIDENCES = [[-1, 0, 2, 5, 7, 10, 11], [0, 0.2, 0.5, 1, -1], [5, 30, 70, 90, 100], [0, 2, 3, 5]]


def check_ins(seed: int) -> list[dict[str, str]]:
    """Several a day, gaps, cells left blank, ids that are no key result, days to come, in no
    order; what a number cannot hold is left out."""
    r = random.Random(seed)
    other = "k1" if seed == 1 else "k 99"  # the former is K1, so the table is read whole
    often = {name: r.choice([0, 0.1, 0.5, 1]) for name in ("value", "confidence", "status", "note")}
    rows = [{
        "kr_id": r.choice([*(f"K{i}" for i in range(12)), other, "" if r.random() < 0.1 else "K1"]),
        "date": (AS_OF + timedelta(r.randint(-60, 12))).isoformat() if r.random() < 0.98 else "",
        "value": str(r.choice([0, 1, 1.004, 5, 9, 10, -3])),
        "confidence": str(r.choice(CONFIDENCES[seed % len(CONFIDENCES)])),
        "status": r.choice(["green", "red", "at risk", "never heard"]),
        "note": "well", "season": "autumn"} for _ in range(r.choice([5, 60, 400]))]
    return [{name: cell if r.random() < often.get(name, 1) else "" for name, cell in row.items()}
            for row in rows]


def numbered(database: str) -> str:
    """MariaDB has an order of rows to number them by where there is a primary key."""
    if database.startswith("mariadb"):
        run(database, "alter table check_ins add id integer not null auto_increment primary key "
                      "invisible")
    return database


def agrees(read: Callable[[date], Portfolio], whole: Portfolio,
           days: Sequence[date] = DAYS) -> list[int]:
    """On the day asked for and on every later one; how many rows stayed each time."""
    not_fetched = []
    measured = {day: align(whole, day) for day in days}
    for asked in days:
        few = read(asked)
        assert few.counts == whole.counts
        assert few.unclear == whole.unclear
        assert few.set_aside.keys() == whole.set_aside.keys()
        for name, rows in whole.set_aside.items():
            pd.testing.assert_frame_equal(few.set_aside[name], rows)
        pd.testing.assert_frame_equal(few.problems, whole.problems)
        for name in TABLES["check_ins"].fields:
            assert few.tracked("check_ins", name.name) == whole.tracked("check_ins", name.name)
        for day in days:
            assert few.covers(day) == (not few.not_fetched or day >= asked)
            if few.covers(day):
                again = align(few, day)
                pd.testing.assert_frame_equal(again.key_results, measured[day].key_results)
            else:  # a wrong number would be worse
                with pytest.raises(ValueError, match=f"not what counts on {day}"):
                    align(few, day)
        not_fetched.append(few.not_fetched.rows if few.not_fetched else 0)
        assert len(few["check_ins"]) + not_fetched[-1] == few.counts["check_ins"].loaded
    assert reported_of(again) == reported_of(measured[day])
    return not_fetched


def test_the_demo_company(database):
    fill(database, DEMO, typed=True)
    whole = load(numbered(database), SETTINGS)
    days = (AS_OF - timedelta(30), AS_OF)
    before, now = agrees(lambda day: load_for(database, SETTINGS, day, date.max)[0], whole, days)
    assert 0 < before < now
    assert now > len(whole["check_ins"]) / 3


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_histories(database, seed):
    fill_rows(database, {**GOALS, "check_ins": check_ins(seed)}, typed=True)
    agrees(lambda day: load_for(database, None, day, date.max)[0],
           load(numbered(database)))


def stays(database: str, *rows: str, columns: str = "kr_id varchar(9), date date, value double precision") -> int:
    """How many of so many check-ins stay, beside 40 of K1; −1 where the table is read whole."""
    fill_rows(database, GOALS, typed=True)
    run(database, f"create table check_ins ({columns})", *(
        f"insert into check_ins (kr_id, date, value) values ('K1', '{AS_OF - timedelta(days)}', 1)"
        for days in range(40)), *(f"insert into check_ins values ({row})" for row in rows))
    found, day = load_for(numbered(database), None, None, AS_OF)
    assert day == AS_OF
    whole = load(database)
    if not found.not_fetched:
        same(found, whole)
        return -1
    assert reported(found, day) == reported(whole, day)
    assert found.counts == whole.counts
    return found.not_fetched.rows


def test_only_the_last_three_are_fetched(database):
    assert stays(database) == 37


@pytest.mark.parametrize("row", [
    "' K2', '2026-11-01', 1",  # an id in blanks is the id
    "'K2\t', '2026-11-01', 1",
])
def test_ids_that_we_read_otherwise(database, row):
    assert stays(database, row) == -1


def test_ids_that_differ_in_their_case_only(database):
    """k1 is read as K1, of which a check-in of the same day might stay: all are read."""
    assert stays(database, "'k1', '2026-11-19', 7", "'k1', '2026-11-20', 7") == -1


def test_unknown_ids_that_differ_in_their_case_only(database):
    """They are two, whatever order of words the database has."""
    assert stays(database, "'q1', '2026-11-19', 7", "'Q1', '2026-11-19', 7") == 37


@pytest.mark.parametrize(("columns", "row"), [
    ("kr_id varchar(9), date varchar(30), value double precision", "'K1', '1 Nov 2026', 5"),
    ("kr_id varchar(9), date varchar(30), value double precision", "'K1', '', 5"),
    ("kr_id varchar(9), date varchar(30), value double precision", "'K1', '2026-02-30', 5"),
    ("kr_id varchar(9), date varchar(30), value varchar(9)", "'K1', '2026-11-20', '5k'"),
    ("kr_id varchar(9), date varchar(30), value varchar(9)", "'K1', '2026-11-20', '5'"),
    ("kr_id varchar(9), date date, value double precision, status varchar(9)",
     "'K1', '2026-11-20', null, '\t'"),
])
def test_tables_read_whole(database, columns, row):
    assert stays(database, row, columns=columns) == -1


def test_days_that_are_text(database):
    columns = "kr_id varchar(9), date varchar(30), value double precision"
    assert stays(database, "'K1', '2026-11-21', 5", columns=columns) == 37


@pytest.mark.parametrize("kind", ["timestamp", "timestamp with time zone"])
def test_moments_of_a_day_are_one_day(kind, request, tmp_path):
    """Of the session's own time zone; the later row counts, as everywhere."""
    url = empty(request, tmp_path, "postgresql") + "&options=-ctimezone%3DAsia/Tokyo"
    assert stays(url, "'K1', '2026-11-19 23:30:00+00', 5", "'K1', '2026-11-20 00:10:00', 6",
                 columns=f"kr_id text, date {kind}, value double precision") == 37


@pytest.mark.parametrize("value", ["'NaN'", "'Infinity'", "'-Infinity'"])
def test_numbers_that_are_none(value, request, tmp_path):
    assert stays(empty(request, tmp_path, "postgresql"), f"'K1', '2026-11-20', {value}") == -1


def test_settings_that_change_what_is_read(database, tmp_path):
    """Another name for a column is followed; other values in it are not known to the database."""
    fill_rows(database, GOALS, typed=True)
    run(database, "create table check_ins (kr_id varchar(9), date date, date_2 date, value integer)",
        *(f"insert into check_ins values ('K1', '2026-01-01', '{AS_OF - timedelta(days)}', {days})"
          for days in range(9)))
    numbered(database)
    file = tmp_path / "s.toml"
    for text, rows in (('[columns.check_ins]\ndate = "date_2"\n', 6),
                       ('[columns.check_ins]\ndate = "date_2"\n[values.check_ins.value]\n0 = "9"\n', None)):
        file.write_text(text)
        few, whole = load_for(database, str(file), AS_OF, AS_OF)[0], load(database, str(file))
        assert (few.not_fetched and few.not_fetched.rows) == rows
        assert reported(few, AS_OF) == reported(whole, AS_OF)


def test_an_order_that_is_not_known(mariadb, request, tmp_path):
    """Without a primary key MariaDB numbers rows at will: all are read."""
    database = empty(request, tmp_path, "mariadb")
    fill_rows(database, {**GOALS, "check_ins": check_ins(2)}, typed=True)
    assert load_for(database, None, AS_OF, AS_OF)[0].not_fetched is None
    assert load_for(numbered(database), None, AS_OF, AS_OF)[0].not_fetched


def test_a_snapshot_of_a_database_is_the_same_whichever_day_it_was_read_for(database, tmp_path):
    """The pages may have read it for an earlier day than the command line."""
    fill(database, DEMO, typed=True)
    key, at = source_key(database), datetime(2026, 11, 20, tzinfo=UTC)
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        taken = []
        for asked in (AS_OF, AS_OF - timedelta(19), AS_OF - timedelta(42)):
            portfolio, _ = load_for(database, SETTINGS, asked, AS_OF)
            assert portfolio.not_fetched or database.startswith("mariadb")  # it numbers rows at will
            alignment = align(portfolio, AS_OF)
            taken.append(store.take(key, alignment, find_gaps(alignment), at))
        assert [one.new for one in taken] == [True, False, False]
        back = store.portfolio(taken[0].snapshot.id)
        whole = reported(portfolio, AS_OF)
        assert {**reported(back, AS_OF), "problems": []} == {**whole, "problems": []}
        with pytest.raises(ValueError, match="not what counts on 2026-11-19"):
            align(back, AS_OF - timedelta(1))


def test_check_lists_every_problem(request, tmp_path, capsys):
    """Also where the check-ins without a fault stay in it."""
    database = empty(request, tmp_path, "postgresql")
    fill(database, DEMO, typed=True)
    day = ["--settings", SETTINGS, "--as-of", "2026-10-30", "--format", "json"]
    said = []
    for source in (database, str(DEMO)):
        assert main(["check", source, *day]) == 0
        said.append(json.loads(capsys.readouterr().out))
    ours, files = said
    assert ours["tables"] == files["tables"]
    assert [(one["code"], one["row"]) for one in ours["problems"]] == [
        (one["code"], one["row"]) for one in files["problems"]]
    assert {one["code"] for one in files["problems"]} == {"future_date"}
