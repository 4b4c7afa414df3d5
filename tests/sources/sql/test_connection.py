"""The files of SQLite and DuckDB as somebody else may have made them: one clear line, in time."""

import sqlite3
import time

import pytest
import sqlalchemy as sa

from orgdata.load import load
from orgdata.sources import SourceError
from orgdata.sources.sql import connection, rows
from tests.sources.conftest import empty
from tests.sources.databases import run

ENDLESS = "with recursive n (n) as (select 1 union all select n + 1 from n) "
NEVER = ENDLESS + "select 'H1' as person_id, 'x' as name from n where n < 0"
ALWAYS = ENDLESS + "select n as person_id, 'x' as name from n"
VIEWS = {
    "sqlite": {"select 'H1' as person_id, fts3_tokenizer('simple') as name": "fts3_tokenizer",
               "select 'H1' as person_id, load_extension('x') as name": "load_extension",
               # an expression that takes longer with every letter, and cannot be interrupted
               "select 'H1' as person_id, 'x' as name where 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' "
               "regexp '(a+)+$'": "regexp",
               "select 'H1' as person_id, hex(zeroblob(100000000)) as name": "too big",
               "select 'H1' as person_id, 'x' as name where 'x' like "
               "hex(zeroblob(5000))": "too complex"},
    "duckdb": {"select 'H1' as person_id, content as name from read_text('/etc/passwd')":
                   "disabled by configuration",
               "select 'H1' as person_id, file as name from glob('/etc/*')":
                   "disabled by configuration",
               "select 'H1' as person_id, name from frame": "frame does not exist"}}


@pytest.fixture(params=["sqlite", "duckdb"])
def file(request, tmp_path):
    """An empty database in a file."""
    return empty(request, tmp_path, request.param)


def test_views_that_reach_further_than_their_file(file, tmp_path):
    for view, said in VIEWS[file.partition(":")[0]].items():
        read_only_what_is_there(file, tmp_path, view)
        with pytest.raises(SourceError, match=f"people: .*{said}") as error:
            load(file)
        assert "\n" not in str(error.value)
    assert len(list(tmp_path.iterdir())) == 1


def test_functions_of_sqlite_that_reach_further_are_refused_whatever_sqlite_allows(tmp_path):
    run(f"sqlite:///{tmp_path / 'portfolio.db'}", "create table people (person_id text)")
    url = sa.make_url(f"sqlite:///{tmp_path / 'portfolio.db'}")
    with connection.connected(url, "it") as connected:
        for function in ("load_extension", "fts3_tokenizer"):
            with pytest.raises(sa.exc.SQLAlchemyError, match="not authorized to use function: "):
                connected.exec_driver_sql(f"select {function}('simple')")


@pytest.mark.parametrize("option", ["threads = 1", "enable_external_access = true"])
def test_no_statement_opens_duckdb_again(option, request, tmp_path):
    database = empty(request, tmp_path, "duckdb")
    run(database, "create table people (person_id text, name text)")
    with (connection.connected(sa.make_url(database), "it") as connected,
          pytest.raises(sa.exc.SQLAlchemyError, match="configuration has been locked")):
        connected.exec_driver_sql(f"set {option}")


def read_only_what_is_there(file: str, folder, view: str) -> None:
    """Make a view as whoever hands the file over may."""
    if file.startswith("sqlite"):
        with sqlite3.connect(folder / "portfolio.db") as database:
            database.executescript(f"drop view if exists people; create view people as {view}")
        database.close()
        return
    frame = "create or replace table frame (name text)"
    run(file, frame, f"create or replace view people as {view}", "drop table frame")


@pytest.mark.parametrize("view", [NEVER, NEVER + " group by n order by n"])
def test_a_view_without_an_end_is_given_up(view, file, monkeypatch):
    monkeypatch.setattr(connection, "FILE_SECONDS", 0.3)
    run(file, f"create view people as {view}")
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"people: .*nterrupted!? \(after 0.3 seconds\)") as error:
        load(file)
    assert "\n" not in str(error.value)
    assert time.monotonic() - start < 15


def test_rows_without_an_end_are_given_up(file, monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 1_000)
    run(file, f"create view people as {ALWAYS}" + (" limit 5000" if "duckdb" in file else ""))
    with pytest.raises(SourceError, match="people: it has more than 1,000 rows, the most that is"):
        load(file)


def test_more_text_than_memory_should_hold(file, monkeypatch):
    monkeypatch.setattr(rows, "MOST_CHARACTERS", 1_000)
    run(file, "create table people (person_id text, name text)",
        "insert into people values ('H1', 'Ada'), ('H2', '" + "x" * 1_000 + "')")
    with pytest.raises(SourceError, match="people: its cells hold more than 1,000 characters"):
        load(file)


def refused_by_duckdb(tmp_path, people, options):
    """The error of reading a DuckDB file with this view of people."""
    file = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(file, f"create view people as {people}")
    with pytest.raises(SourceError, match="people: ") as error:
        load(file + options)
    return str(error.value)


def test_duckdb_stays_within_its_memory(tmp_path):
    assert "Out of Memory" in refused_by_duckdb(
        tmp_path, "select n as person_id, max(n)::text as name from range(10000000) as r (n) "
        "group by n", "?memory_limit=50MB")
    assert [one.name for one in tmp_path.iterdir()] == ["portfolio.duckdb"]


def test_an_address_opens_duckdb_no_further(tmp_path):
    assert "disabled by configuration" in refused_by_duckdb(
        tmp_path, "select 'H1' as person_id, content as name from read_text('/etc/passwd')",
        "?enable_external_access=true&lock_configuration=false&access_mode=read_write")


def test_tables_of_every_kind_that_sqlite_has(tmp_path):
    file = f"sqlite:///{tmp_path / 'portfolio.db'}"
    run(file, "create virtual table people using fts5 (person_id, name)",
        "insert into people values ('H1', 'Ada')",
        "create table products (product_id text primary key, name text) without rowid",
        "insert into products values ('P1', 'A')",
        "create view outcomes as select 'O1' as outcome_id, "
        "(select value from json_each('[\"Growth\"]')) || floor(1.5) as name")
    portfolio = load(file)
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert portfolio["products"]["name"].tolist() == ["A"]
    assert portfolio["outcomes"]["name"].tolist() == ["Growth1"]
