"""Files of SQLite and DuckDB, far below a megabyte, whose views and columns make far more."""

import re
import sqlite3
import subprocess
import sys
import time

import pytest

from orgdata.load import load
from orgdata.sources import SourceError, limits
from orgdata.sources.sql import trial
from tests.sources.databases import run

TEXTS = "select 'P' || n as product_id, repeat('x', 10000000) as name from range(100000) as r (n)"
COUNTED = "with recursive r (n) as (select 1 union all select n + 1 from r{}) "
VIEWS = {
    "texts of 10 MB": (TEXTS, "Out of Memory: it takes more than 4"),
    "a list of a million": ("select 'P1' as product_id, range(1000000) as name from range(1000)",
                            "Out of Memory"),
    "one text of all": ("select string_agg(repeat('x', 1000), '') as product_id, 'n' as name "
                        "from range(10000000)", "Out of Memory"),
    "many wide rows": ("select 'P1' as product_id, 'n' as name, " + ", ".join(
        f"repeat('x', 1000) as c{at}" for at in range(2_000)) + " from range(10000)", "Out of Memory"),
    "rows without end": ("select 'P' || n as product_id, 'n' as name from range(19000000) as r (n)",
                         "it has more than 60,000 rows"),
    "work without end": ("select 'P' || max(a.range * b.range % 7) as product_id, 'n' as name from "
                         "range(1000000) a, range(1000000) b", "interrupted (after 2 seconds)"),
}
TOO_MUCH = "Out of Memory: it takes|its cells hold more than 8,388,608|interrupted"  # whichever is noticed first
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing else limits memory")


def refusal(source):
    with pytest.raises(SourceError, match=r"cannot be read: \w+: ") as error:
        load(source)
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


@linux
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_of_duckdb_is_stopped_before_this_process_computes_it(name, tmp_path, monkeypatch):
    view, said = VIEWS[name]
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, f"create view products as {view}")
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    if "interrupted" not in said:  # a busy machine is slow, and that is not what is tried
        monkeypatch.setattr("orgdata.sources.sql.trial.file_seconds", lambda size: 30)
    assert said in refusal(source)


@linux
def test_a_column_of_duckdb_that_is_computed_is_stopped_as_well(tmp_path):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create table products (product_id text, name text generated always as "
        "(repeat(product_id, 5000000)) virtual)",
        *["insert into products values ('P1')"] * 60)
    assert "Out of Memory" in refusal(source)


@linux
def test_a_query_of_the_settings_is_tried_as_well(tmp_path):
    source = tmp_path / "portfolio.duckdb"
    run(f"duckdb:///{source}", "create table people (person_id text, name text)")
    (tmp_path / "settings.toml").write_text(f'[tables]\nproducts = "{TEXTS}"\n')
    with pytest.raises(SourceError, match="Out of Memory"):
        load(f"duckdb:///{source}", str(tmp_path / "settings.toml"))


def test_an_ordinary_view_is_read(tmp_path):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create table things (id text, called text)", "insert into things values ('P1', 'A')",
        "create view products as select id as product_id, called as name from things")
    assert load(source)["products"]["name"].tolist() == ["A"]


@linux
@pytest.mark.parametrize(("name", "rows", "said"), [
    ("repeat('x', 1000000) as name", 500, TOO_MUCH),
    ("list_resize([1], 5000, 1) as name", 12_000, TOO_MUCH),
    ("{" + ", ".join(f"'k{at}': 1" for at in range(500)) + "} as name", 16_000, TOO_MUCH),
    ("'n' as name, " + ", ".join(f"1 as c{at}" for at in range(900)), 4_000, " cells, the most that is read$")],
    ids=["texts", "lists", "structures", "columns"])
def test_what_is_stored_many_times_over_is_tried_as_well(name, rows, said, tmp_path, monkeypatch):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, f"create table products as select 'P' || n as product_id, {name} from range({rows}) as r (n)")
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    monkeypatch.setattr(limits, "SMALL_TEXT", 8 << 20)
    assert re.search(said, refusal(source))


def test_a_column_of_sqlite_that_is_made_for_all_rows_at_once_counts_as_so_many_cells(tmp_path):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create table products (product_id text)")
        database.executemany("insert into products values (?)", [(f"P{at}",) for at in range(20_000)])
        for at in range(90):
            database.execute(f"alter table products add column c{at} int default 1234567")
    database.close()
    assert re.search(r"it has more than 1,\d+,\d+ cells", refusal(f"sqlite:///{tmp_path / 'portfolio.db'}"))


def test_duckdb_prints_nothing_of_its_own(tmp_path):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create table products (product_id text, name text)")
    done = subprocess.run([sys.executable, "-m", "orgdata", "check", source], capture_output=True,
                          text=True, check=True)
    assert done.stderr == ""


@linux
def test_a_file_of_several_megabytes_is_tried_though_it_only_has_tables(tmp_path, monkeypatch):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create table pad as select random() as a from range(900000)",
        "create table products as select n::text as product_id, list_resize([1], 500, 1) as name "
        "from range(300) r (n)")
    assert (tmp_path / "portfolio.duckdb").stat().st_size > 5 << 20
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    monkeypatch.setattr(limits, "SMALL_TEXT", 10_000)
    monkeypatch.setattr(limits, "TEXT_PER_BYTE", 0)
    assert "its cells hold more than 10,000 characters" in refusal(source)


def test_a_large_file_is_read_at_once_and_counts_its_lists_as_text(tmp_path, monkeypatch):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create table products (product_id text, name text, note int[])",
        "insert into products values ('P1', 'A', [1, 2])")
    monkeypatch.setattr(limits, "TRIED", 1_000)
    monkeypatch.setattr(trial.subprocess, "run", None)
    assert load(source)["products"]["name"].tolist() == ["A"]
    run(source, "update products set note = list_resize([1], 5000, 1)")
    monkeypatch.setattr(limits, "SMALL_TEXT", 10_000)
    assert "its cells hold more than 10,000 characters" in refusal(source)


@pytest.mark.parametrize(("view", "said"), [
    (COUNTED.format(" where n < 100000") + "select 'P' || n as product_id, hex(zeroblob(5000000)) as "
     "name from r", "its cells hold more than 67,108,864 characters"),
    (COUNTED.format("") + "select 'P' || n as product_id, 'n' as name from r",
     "it has more than 60,000 rows"),
    (COUNTED.format("") + "select max(n) as product_id, 'n' as name from r",
     "interrupted (after 2 seconds)")], ids=["text", "rows", "time"])
def test_a_view_of_sqlite_is_stopped(view, said, tmp_path):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute(f"create view products as {view}")
    database.close()
    assert said in refusal(f"sqlite:///{tmp_path / 'portfolio.db'}")


LONG = "hex(zeroblob(400000))"
ENDLESS = {  # one call, of which nothing interrupts any
    "instr": f"instr({LONG}, hex(zeroblob(200000))||'1')",
    "replace": f"length(replace({LONG}, hex(zeroblob(200000))||'1', 'x'))"}


@linux
@pytest.mark.parametrize("call", ENDLESS)
@pytest.mark.parametrize("made", ["create view products as select 'P1' as product_id, {} as name",
                                  "create table products (product_id text, name text as ({}))"],
                         ids=["view", "column"])
def test_a_call_in_sqlite_that_does_not_end_is_stopped_before_this_process_makes_it(
        made, call, tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute(made.format(ENDLESS[call]))
        if "table" in made:
            database.execute("insert into products values ('P1')")
    database.close()
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    assert "products: interrupted (after 2 seconds)" in refusal(f"sqlite:///{tmp_path / 'portfolio.db'}")


ERRS = {"sqlite": "abs(-9223372036854775807 - 1)", "duckdb": "error('x')"}
TABLES = ("create table products (product_id text)", "insert into products values ('P1')",
          "create table objectives (objective_id text, title text, product_id text)",
          "create table key_results (kr_id text, objective_id text, title text)")


@linux
@pytest.mark.parametrize("errs", ["check_ins", "assignments"])
@pytest.mark.parametrize("kind", ERRS)
def test_a_table_that_errs_does_not_hide_one_that_does_not_end(kind, errs, tmp_path, monkeypatch):
    """Whether it is tried before it and read after it, or the other way round: nothing is read."""
    source = f"{kind}:///{tmp_path / 'portfolio.db'}"
    endless = ENDLESS["instr"] if kind == "sqlite" else "range(1000000)"
    first = {"check_ins": "kr_id, '2026-11-01' as date", "assignments": "product_id, 'H1' as person_id"}[errs]
    run(source, *TABLES, f"create view {errs} as select 'K1' as {first}, {ERRS[kind]} as note",
        f"create view work as select 'W1' as work_id, 'P1' as product_id, {endless} as kind"
        + ("" if kind == "sqlite" else " from range(300)"))
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    assert re.search(rf"{errs}: .*(integer overflow|x)$|{TOO_MUCH}", refusal(source))


@linux
def test_a_value_that_python_cannot_hold_does_not_end_the_trial(tmp_path, monkeypatch):
    source = f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    run(source, "create view products as select 'P1' as product_id, interval 9999999 years as name")
    monkeypatch.setattr("orgdata.sources.sql.database.fetch_all", None)
    assert "products: Python int too large" in refusal(source)


def test_a_function_that_only_the_reading_has_is_tried_as_well(tmp_path):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create view products as select 'P' || floor(1.5) as product_id, 'A' as name")
    database.close()
    assert load(f"sqlite:///{tmp_path / 'portfolio.db'}")["products"]["product_id"].tolist() == ["P1"]


@linux
def test_a_query_of_the_settings_is_tried_in_sqlite_as_well(tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create table people (person_id text, name text)")
    database.close()
    (tmp_path / "settings.toml").write_text(
        f'[tables]\nproducts = "select \'P1\' as product_id, {ENDLESS["instr"]} as name"\n')
    monkeypatch.setattr("orgdata.sources.sql.query.fetch_all", None)
    assert "products: interrupted (after 2 seconds)" in refusal(f"sqlite:///{tmp_path / 'portfolio.db'}")


def test_a_view_of_sqlite_cannot_tell_a_trial_from_the_reading(tmp_path, monkeypatch):
    """By the clock or by chance it would be quick when it is tried, and slow when it is read."""
    tried = []
    monkeypatch.setattr("orgdata.sources.sql.database.try_first",
                        lambda connection, config, statements: tried.append(config["now"]) or time.sleep(0.05))
    source, moment = f"sqlite:///{tmp_path / 'portfolio.db'}", "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute(f"create view products as select 'P1' as product_id, {moment} as name")
        database.execute("create view people as select current_timestamp as person_id, date() as name")
    database.close()
    read = load(source)
    assert read["products"]["name"].tolist() == tried
    assert read["people"].iloc[0][["person_id", "name"]].tolist() == [tried[0][:19], tried[0][:10]]
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create view outcomes as select random() as outcome_id, 'n' as name")
    database.close()
    assert "outcomes: not authorized to use function: random" in refusal(source)


def test_a_file_of_sqlite_that_only_has_tables_is_read_at_once(tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create table products (product_id text primary key, name text)")
        database.execute("insert into products values ('P1', 'A')")
    database.close()
    monkeypatch.setattr(trial.subprocess, "run", None)
    assert load(f"sqlite:///{tmp_path / 'portfolio.db'}")["products"]["name"].tolist() == ["A"]


NESTED = ["select a.a from v{0} a, v{0} b", 'select a.a from"v{0}"a,[v{0}]b', "select a.a from (v{0}) a, V{0} b",
          "select a.a, '/*--' as b from /* v */ v{0} a -- from\n join `v{0}` b"]


@pytest.mark.parametrize("inner", NESTED)
def test_views_that_stand_in_one_another_are_not_unfolded(inner, tmp_path):
    """To prepare a select of 14 of them took ten seconds, which nothing interrupts."""
    source = f"sqlite:///{tmp_path / 'portfolio.db'}"
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create view v0 as select 1 as a")
        for at in range(1, 20):
            database.execute(f"create view v{at} as {inner.format(at - 1)}")
        database.execute("create view products as select v3.a as product_id, v3.a as name from v3")
    database.close()
    assert len(load(source)["products"]) == 1
    with sqlite3.connect(tmp_path / "portfolio.db") as database:
        database.execute("create view people as select a as person_id, a as name from v19")
    database.close()
    assert "people: the views it is made of stand in one another more than 2,000 times" in refusal(source)
    (tmp_path / "settings.toml").write_text('[tables]\npeople = "select a as person_id from v19"\n')
    assert "people: the views it is made of stand in one another" in refusal(source)


def test_a_larger_file_may_cost_more():
    mb = 1 << 20
    assert limits.rows_of_file("products", mb) == limits.SMALL_ROWS
    assert limits.rows_of_file("products", 5 * mb) == limits.SMALL_ROWS + mb
    assert limits.rows_of_file("check_ins", 50 * mb) > 13_000_000 * 2
    assert limits.text_of_file(50 * mb) > 1_000_000_000
    assert (limits.seconds_of_file(0), limits.seconds_of_file(mb)) == (2, 2)
    assert limits.seconds_of_file(11 * mb) > 300
