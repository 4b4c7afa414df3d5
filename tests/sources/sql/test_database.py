"""Databases: the same rows give the same portfolio and report as CSV files."""

import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from orgdata.demo import DEMO
from orgdata.load import load
from orgdata.sources import SourceError
from tests.csv_folders import findings, write
from tests.sources.conftest import empty
from tests.sources.databases import fill, reported, run, same

AS_OF = date(2026, 11, 20)
SETTINGS = str(DEMO / "settings.toml")
# faults of every level, in text columns: what a careless import leaves in a database
FAULTY = {
    "products": "product_id,name,annual_spend,parent_product_id,status,period\n"
                "001,A,$4.1M,002,active,Q3\n002,B,many,001,asleep,Q3\n001,C,,,,\n,D,,,,\n",
    "outcomes": "outcome_id,name,weight\nO1,Growth,60%\nO2,Trust,-1\n",
    "contributions": "product_id,outcome_id,strength,share_pct\n001,O1,3,80\n001,O2,1,40\n009,O1,1,\n",
    "check_ins": "kr_id,date,value\nK1,2026-11-01,\"1.200,5\"\nK1,2026-11-01,2\nK1,soon,3\n",
}


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "text"])
def test_the_demo_company_is_the_same(database, typed):
    fill(database, DEMO, typed)
    ours, csv_folder = load(database, SETTINGS), load(str(DEMO), SETTINGS)
    same(ours, csv_folder)
    assert reported(ours, AS_OF) == reported(csv_folder, AS_OF)


def test_the_same_faults_are_found(database, tmp_path):
    source = write(tmp_path / "csv", **FAULTY)
    fill(database, Path(source), typed=False)
    ours, csv_folder = load(database), load(source)
    assert len(csv_folder.problems) >= 9
    same(ours, csv_folder)
    assert reported(ours, AS_OF) == reported(csv_folder, AS_OF)
    assert "table products row 3, annual_spend, \"many\"" in " ".join(ours.problems["message"])


def test_views_other_names_and_blank_rows(database, tmp_path):
    quote = "`" if database.startswith("mariadb") else '"'
    run(database, f"create table dim_product ({quote}Product ID{quote} varchar(9), "
        "name varchar(9), extra varchar(9))",
        "insert into dim_product values ('P1', 'A', 'x'), (null, null, ' '), ('P2', 'B', null)",
        "create view people as select 'H1' as person_id, 'Ada' as name",
        "create table budget (a integer)", "create table products (a integer)")
    portfolio = load(database, settings(tmp_path, products="dim_product"))
    assert portfolio["products"][["product_id", "row"]].values.tolist() == [["P1", 2], ["P2", 4]]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert findings(portfolio.problems) == [
        ("information", "budget", None, None, "unknown_table"),
        ("information", "products", None, None, "unknown_table"),
        ("information", "products", None, "extra", "unknown_column")]


def settings(folder: Path, **tables: str) -> str:
    file = folder / "s.toml"
    file.write_text("[tables]\n" + "".join(f'{ours} = """{theirs}"""\n'
                                           for ours, theirs in tables.items()))
    return str(file)


def test_a_query(database, tmp_path):
    """As it stands: a sign of percent, a colon, or a semicolon in quotes means nothing to us."""
    run(database, "create table dim (id varchar(9), name varchar(9), live integer)",
        "insert into dim values ('P1', 'A', 1), ('P2', 'B', 0), ('P3', 'C', 1)")
    portfolio = load(database, settings(
        tmp_path, products="  Select id as product_id, name, 'a;b' as segments,\n"
                           "'50%s :x' as description from dim where live = 1 order by id ; ",
        people="with x as (select 'H1' as person_id) select person_id, 'Ada' as name from x"))
    assert portfolio["products"][["product_id", "segments", "description", "row"]].values.tolist() == [
        ["P1", "a;b", "50%s :x", 2], ["P3", "a;b", "50%s :x", 3]]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert findings(portfolio.problems) == [("information", "dim", None, None, "unknown_table")]


def test_a_query_that_fails(database, tmp_path):
    run(database, "create table products (product_id varchar(9), name varchar(9))")
    with pytest.raises(SourceError, match=r"cannot be read: people: .*nowhere") as error:
        load(database, settings(tmp_path, people="select * from nowhere"))
    assert "\n" not in str(error.value)
    with pytest.raises(SourceError, match=r"people.*settings.* one select"):
        load(database, settings(tmp_path, people="select 1; commit; drop table products"))
    assert load(database)["products"].empty


@pytest.mark.parametrize("kind", ["postgresql", "duckdb", "mariadb"])
def test_a_table_in_another_schema(kind, request, tmp_path):
    database, schema = empty(request, tmp_path, kind), f"analytics_{kind[:2]}"
    run(database, f"create schema {schema}",
        f"create table {schema}.Dim_Product (product_id varchar(9), name varchar(9))",
        f"insert into {schema}.Dim_Product values ('P7', 'There')",
        "create table dim_product (product_id varchar(9), name varchar(9))",
        "create table people (person_id varchar(9), name varchar(9))",
        "insert into people values ('H1', 'Ada')")
    named = f"{schema}.Dim_Product" if kind == "mariadb" else f"{schema}.dim_product"
    portfolio = load(database, settings(tmp_path, products=named, outcomes="nowhere.outcomes"))
    assert portfolio["products"]["name"].tolist() == ["There"]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert findings(portfolio.problems, "warning") == [
        ("warning", "outcomes", None, None, "unknown_table")]
    if kind == "mariadb":
        run(database, f"drop schema {schema}")


def test_schemas_and_what_else_can_be_selected(postgres):
    """Materialized views, foreign tables and partitioned ones."""
    run(postgres, "create schema planning",
        "create table planning.products (product_id text, name text) partition by list (name)",
        "create table planning.some partition of planning.products default",
        "insert into planning.products values ('P7', 'Planned')",
        "create materialized view planning.people as select 'H1' as person_id, 'Ada' as name",
        "create foreign data wrapper nothing", "create server afar foreign data wrapper nothing",
        "create foreign table planning.afar (a text) server afar")  # it is found, not read
    portfolio = load(postgres + "&schema=planning")
    assert portfolio["products"]["name"].tolist() == ["Planned"]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert findings(portfolio.problems) == [
        ("information", one, None, None, "unknown_table") for one in ("afar", "some")]
    with pytest.raises(SourceError, match="holds no tables in the schema nowhere"):
        load(postgres + "&schema=nowhere")


def test_values_of_the_database_as_they_would_stand_in_a_file(database):
    kind = "datetime" if database.startswith("mariadb") else "timestamp"
    run(database, f"create table check_ins (kr_id integer, date {kind}, value double precision,"
        " confidence numeric(4,1), note varchar(9))",
        "insert into check_ins values (1, '2026-11-01 08:00:00', 0.1, 7.0, null)")
    portfolio = load(database)
    (row,) = portfolio["check_ins"].to_dict("records")
    assert (row["kr_id"], row["date"], row["value"], row["confidence"]) == (
        "1", datetime(2026, 11, 1), 0.1, 7)
    assert findings(portfolio.problems, "error", "warning") == []


@pytest.mark.parametrize("name", ["a b.db", "a#1.db", "a?b.db", "100%41.db", "ü.db"])
def test_any_file_name_of_sqlite(tmp_path, name):
    """A # once cut the name short, and an empty database was created beside it."""
    run(str(sa.URL.create("sqlite", database=str(tmp_path / name))),
        "create table products (product_id text, name text)")
    (tmp_path / "settings.toml").write_text('currency = "EUR"')
    portfolio = load(sa.URL.create("sqlite", database=str(tmp_path / name)).render_as_string())
    assert portfolio.source == f"sqlite:///{tmp_path / name}"
    assert portfolio.settings.currency == "EUR"
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([name, "settings.toml"])


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "x.db").write_bytes(b"product_id,name\n" * 100)
    with pytest.raises(SourceError, match="file is not a database"):
        load(f"sqlite:///{tmp_path / 'x.db'}")


def test_all_tables_of_sqlite_are_of_one_moment(tmp_path, monkeypatch):
    """A row written while we read is in none of the tables read after it."""
    path = tmp_path / "x.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.executescript("pragma journal_mode=wal; create table outcomes (outcome_id, name);"
                        "create table products (product_id, name);")
    from orgdata.sources.sql import database as sql

    def meanwhile(*arguments):
        other.execute("insert into products values ('P1', 'late')")
        return table(*arguments)

    table = sql.raw_table
    monkeypatch.setattr(sql, "raw_table", meanwhile)
    assert load(f"sqlite:///{path}")["products"].empty
    other.close()
