"""Key results week by week from a database: the same as from files, and no more is fetched."""

from datetime import date, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa

from orgdata.demo import DEMO
from orgdata.load import load, load_for, weekly_values
from orgdata.measures.check_ins import WEEKS, mondays, weekly
from orgdata.sources import SourceError
from tests.sources.conftest import empty
from tests.sources.databases import fill, fill_rows, run
from tests.sources.sql.test_recent_check_ins import GOALS, check_ins, numbered

AS_OF = date(2026, 11, 20)
SETTINGS = str(DEMO / "settings.toml")


def test_the_weeks_of_a_day():
    found = mondays(AS_OF)
    assert len(found) == WEEKS
    assert found[-2:] == [date(2026, 11, 9), date(2026, 11, 16)]
    assert mondays(date(2026, 11, 16))[-1] == date(2026, 11, 16)
    assert mondays(date(2026, 11, 15))[-1] == date(2026, 11, 9)
    assert {day.isoweekday() for day in found} == {1}


def test_the_last_value_of_each_week_that_has_one():
    rows = pd.DataFrame([
        ("K1", "2026-11-09", 1.0), ("K1", "2026-11-15", 2.0), ("K1", "2026-11-12", 9.0),
        ("K1", "2026-11-16", 3.0), ("K1", "2026-11-17", None), ("K1", "2026-11-21", 8.0),
        ("K1", "2026-05-24", 7.0), ("K1", "2026-05-25", 6.0), ("K2", "2026-11-17", None),
    ], columns=["kr_id", "date", "value"]).astype({"date": "datetime64[s]"})
    assert weekly(rows, AS_OF).to_dict() == {"K1": [6.0, 2.0, 3.0]}
    assert weekly(rows.head(0), AS_OF).to_dict() == {}


def agrees(database, files, settings=None, days=(AS_OF, AS_OF - timedelta(33))):
    for day in days:
        few, _ = load_for(database, settings, day, AS_OF)
        ids = files["key_results"]["kr_id"]
        for asked in (ids, ids.head(3), ids.head(0)):
            found = weekly_values(database, few, asked, day)
            pd.testing.assert_series_equal(found, weekly_values("", files, asked, day))
    return few


def test_the_demo_company(database):
    fill(database, DEMO, typed=True)
    assert agrees(numbered(database), load(str(DEMO)), SETTINGS).not_fetched


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_histories(database, seed):
    """With several check-ins of a day, and ids that differ in their case only."""
    fill_rows(database, {**GOALS, "check_ins": check_ins(seed)}, typed=True)
    agrees(numbered(database), load(database))


@pytest.mark.parametrize("columns", [
    "kr_id integer, date varchar(30), value integer", "kr_id bigint, date date, value numeric(9, 2)",
    "kr_id varchar(9), date timestamp, value double precision"])
def test_types_of_many_kinds(database, columns):
    if database.startswith("mariadb"):
        columns = columns.replace("timestamp", "datetime")
    fill_rows(database, {"key_results": [{**row, "kr_id": row["kr_id"][1:]}
                                         for row in GOALS["key_results"]]}, typed=True)
    run(database, f"create table check_ins ({columns})", *(
        f"insert into check_ins values ('{days % 3}', '{AS_OF - timedelta(days)}', {days})"
        for days in range(60)))
    assert agrees(numbered(database), load(database)).not_fetched.rows


def test_what_is_fetched_grows_with_nothing_but_the_key_results_on_screen(request, tmp_path):
    """Neither with the length of history nor with the number of key results."""
    database = empty(request, tmp_path, "postgresql")
    fill_rows(database, {**GOALS, "key_results": [
        {**GOALS["key_results"][0], "kr_id": f"K{i}"} for i in range(60)]}, typed=True)
    run(database, "create table check_ins (kr_id text, date date, value double precision)",
        f"insert into check_ins select 'K' || k, date '{AS_OF}' - n, n from "
        "generate_series(0, 999) n, generate_series(0, 59) k")
    few, _ = load_for(database, None, AS_OF, AS_OF)
    assert len(few["check_ins"]) == 60 * 3
    fetched = []

    def after(connection, cursor, statement, *_):
        if "orgdata_weeks" in statement:
            fetched.append(cursor.rowcount)

    sa.event.listen(sa.Engine, "after_cursor_execute", after)
    try:
        weekly_values(database, few, pd.Series(["K7", "K8"]), AS_OF)
    finally:
        sa.event.remove(sa.Engine, "after_cursor_execute", after)
    assert fetched == [2 * WEEKS]


def test_a_database_that_is_gone_says_so(request, tmp_path):
    database = empty(request, tmp_path, "postgresql")
    fill(database, DEMO, typed=True)
    few, _ = load_for(database, SETTINGS, AS_OF, AS_OF)
    run(database, "alter table check_ins rename value to amount")
    assert len(weekly_values(database, few, pd.Series(["K101"]), AS_OF))  # of what was read
    run(database, "drop table check_ins")
    with pytest.raises(SourceError, match="cannot be read: check_ins"):
        weekly_values(database, few, pd.Series(["K101"]), AS_OF)
