"""Databases: the same rows give the same report as CSV files, read only, passwords never shown."""

import csv
import hashlib
import sqlite3
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.report import report
from orgdata.schema import TABLES
from orgdata.sources import SourceError
from tests.folders import findings, write

AS_OF = date(2026, 11, 20)
TYPES = {"number": sa.Numeric, "date": sa.Date, "bool": sa.Boolean}
# faults of every level, in text columns: what a careless import leaves in a database
FAULTY = {
    "products": "product_id,name,annual_spend,parent_product_id,status,period\n"
                "001,A,$4.1M,002,active,Q3\n002,B,many,001,asleep,Q3\n001,C,,,,\n,D,,,,\n",
    "outcomes": "outcome_id,name,weight\nO1,Growth,60%\nO2,Trust,-1\n",
    "contributions": "product_id,outcome_id,strength,share_pct\n001,O1,3,80\n001,O2,1,40\n009,O1,1,\n",
    "check_ins": "kr_id,date,value\nK1,2026-11-01,\"1.200,5\"\nK1,2026-11-01,2\nK1,soon,3\n",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        sqlite3.connect(tmp_path / "portfolio.db").close()
        return f"sqlite:///{tmp_path / 'portfolio.db'}"
    name = "t" + hashlib.sha1(str(tmp_path).encode()).hexdigest()[:12]
    server = request.getfixturevalue("postgres")
    run(server, f"create database {name}", isolation_level="AUTOCOMMIT")
    return server.replace("/postgres?", f"/{name}?")


def run(url: str, *statements: str, **options: str) -> None:
    engine = sa.create_engine(url, **options)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
        connection.commit()
    engine.dispose()


def fill(url: str, folder: Path, typed: bool, prefix: str = "") -> None:
    """The CSV files of a folder as tables: columns typed as declared, or all text."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for path in sorted(folder.glob("*.csv")):
            header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True))
            kinds = {f.name: f.kind for f in TABLES[path.stem].fields} if typed else {}
            table = sa.Table(prefix + path.stem, sa.MetaData(), *(
                sa.Column(name, TYPES.get(kinds.get(name, "text"), sa.Text)()) for name in header))
            table.create(connection)
            connection.execute(sa.insert(table), [
                {name: _value(cell, kinds.get(name, "text")) for name, cell in zip(header, row, strict=True)}
                for row in rows])
    engine.dispose()


def _value(cell: str, kind: str) -> object:
    if cell == "":
        return None
    readers = {"number": Decimal, "date": date.fromisoformat,
               "bool": lambda word: word.lower() in ("yes", "true")}
    return readers.get(kind, str)(cell)


def reported(source: str) -> dict:
    alignment = align(load(source, str(DEMO / "settings.toml")), AS_OF)
    return report(alignment, find_gaps(alignment)) | {"source": ""}


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "text"])
def test_the_demo_company_gives_the_same_report(database, typed):
    fill(database, DEMO, typed)
    assert reported(database) == reported(str(DEMO))


def test_the_same_faults_are_found(database, tmp_path):
    source = write(tmp_path / "csv", **FAULTY)
    fill(database, Path(source), typed=False)
    from_csv, from_sql = load(source), load(database)
    assert len(from_csv.problems) >= 9
    assert findings(from_sql.problems) == findings(from_csv.problems)
    assert from_sql.counts == from_csv.counts
    for name, rows in from_csv.set_aside.items():
        assert from_sql.set_aside[name].to_dict("records") == rows.to_dict("records")
    assert "table products row 3, annual_spend, \"many\"" in " ".join(from_sql.problems["message"])


def test_views_other_names_and_blank_rows(database, tmp_path):
    run(database, 'create table dim_product ("Product ID" text, name text, extra text)',
        "insert into dim_product values ('P1', 'A', 'x'), (null, null, ' '), ('P2', 'B', null)",
        "create view people as select 'H1' as person_id, 'Ada' as name",
        "create table budget (a integer)", "create table products (a integer)")
    settings = tmp_path / "s.toml"
    settings.write_text('[tables]\nproducts = "dim_product"\n')
    portfolio = load(database, str(settings))
    assert portfolio["products"][["product_id", "row"]].values.tolist() == [["P1", 2], ["P2", 4]]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    assert findings(portfolio.problems) == [
        ("information", "budget", None, None, "unknown_table"),
        ("information", "products", None, None, "unknown_table"),
        ("information", "products", None, "extra", "unknown_column")]


def test_schemas_and_materialized_views(postgres, tmp_path):
    run(postgres, "create schema planning",
        "create table planning.products (product_id text, name text)",
        "insert into planning.products values ('P7', 'Planned')",
        "create materialized view planning.people as select 'H1' as person_id, 'Ada' as name")
    portfolio = load(postgres + "&schema=planning")
    assert portfolio["products"]["name"].tolist() == ["Planned"]
    assert portfolio["people"]["name"].tolist() == ["Ada"]
    with pytest.raises(SourceError, match="holds no tables in the schema nowhere"):
        load(postgres + "&schema=nowhere")


def test_values_of_the_database_as_they_would_stand_in_a_file(database):
    run(database, "create table check_ins (kr_id integer, date timestamp, value double precision,"
        " confidence numeric(4,1), note text)",
        "insert into check_ins values (1, '2026-11-01 08:00:00', 0.1, 7.0, null)")
    portfolio = load(database)
    (row,) = portfolio["check_ins"].to_dict("records")
    assert (row["kr_id"], row["date"], row["value"], row["confidence"]) == (
        "1", datetime(2026, 11, 1), 0.1, 7)
    assert findings(portfolio.problems, "error", "warning") == []


def test_nothing_is_written(database):
    """Reading through a view that would write fails, and the rows are still there afterwards."""
    run(database, "create table products (product_id text, name text)",
        "insert into products values ('P1', 'A')")
    if database.startswith("postgresql"):
        run(database, "create function clear() returns text language sql as "
            "'delete from products; select ''x''::text'",
            "create view people as select clear() as person_id, 'x' as name")
        with pytest.raises(SourceError, match="read-only transaction"):
            load(database)
        run(database, "drop view people")
    else:
        path = Path(database.removeprefix("sqlite:///"))
        before = path.read_bytes()
        load(database)
        assert path.read_bytes() == before
        assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert len(load(database)["products"]) == 1


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


def test_passwords_are_never_shown(postgres):
    guest = postgres.replace("postgres:@", "guest:%s@")
    for wrong in ("s3cret", "p%40ss"):
        with pytest.raises(SourceError, match="password authentication failed") as error:
            load(guest % wrong)
        assert wrong not in str(error.value)
        assert "p@ss" not in str(error.value)
        assert "\n" not in str(error.value)
    with pytest.raises(SourceError, match=r"holds no tables|none of our tables") as error:
        load(guest % "sesame")
    assert "sesame" not in str(error.value)
    assert "guest:***@" in str(error.value)


@pytest.mark.parametrize(("url", "said"), [
    ("mysql://u:s3cret@host/d", "nothing is installed here that knows mysql"),
    ("http://u:s3cret@host/d", "nothing is installed here that knows http"),
    ("postgresql://u:s3cret@host:port/d", "the database URL cannot be read"),
    ("postgresql://u:s3cret@127.0.0.1:1/d", "Connection refused"),
    ("postgresql://u@127.0.0.1:1/d?password=s3cret", "Connection refused"),
    ("postgresql://u:s3cret@127.0.0.1:1/d?bogus=1", "bogus"),
    ("://", "the database URL cannot be read"),
    ("sqlite://", "holds no tables"),
    ("sqlite:///nowhere/none.db", "nowhere/none.db does not exist; expected a SQLite database"),
])
def test_urls_that_cannot_be_read(url, said):
    with pytest.raises(SourceError) as error:
        load(url)
    assert said in str(error.value)
    assert "s3cret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "x.db").write_bytes(b"product_id,name\n" * 100)
    with pytest.raises(SourceError, match="file is not a database"):
        load(f"sqlite:///{tmp_path / 'x.db'}")
