"""Changes are written all or none, and a row only while it says what it said."""

import pytest
import sqlalchemy as sa

from orgdata.sources.sql.changes import Change
from orgdata.sources.sql.writing import NotWritten, Row, write
from tests.sources.conftest import empty
from tests.sources.databases import run

ROWS = [("P1", "Pay", 1.5, 1), ("P2", "Ship", None, 0), ("P3", "", 3.0, None), ("P4", "a", 1.0, 1),
        ("P4", "b", 1.0, 1)]


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def filled(request, tmp_path):
    url = empty(request, tmp_path, request.param)
    run(url, "create table products (product_id varchar(40), name varchar(20), fte double precision,"
        " cost int)", *(f"insert into products values ('{key}', '{name}', {fte or 'null'}, "
                        f"{'null' if cost is None else cost})" for key, name, fte, cost in ROWS))
    return url


def rows(url, table="products"):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return sorted(map(tuple, connection.exec_driver_sql(f"select * from {table}")), key=str)


def setting(key, before, after):
    return row(Change("set", "products", {"product_id": key}, before, after))


def row(change):
    return Row(f"products {change.key['product_id']}", change,
               lambda column, one, other: one == other or (
                   column in ("fte", "cost") and other != "" and float(one) == float(other)))


FINE = setting("P3", {"name": "", "fte": "3.0"}, {"name": "Paid", "fte": "2"})


def test_cells_are_set_and_rows_added_and_taken_out(filled):
    place = write(filled, [
        row(Change("end", "products", {"product_id": "P2"}, {"name": "Ship", "fte": ""})), FINE,
        row(Change("add", "products", {"product_id": "P5"}, {}, {"product_id": "P5", "fte": "0.1"})),
        setting("P3", {"name": "Paid", "cost": ""}, {"name": "It's \\ %s :x", "cost": "7"}),
        setting("P1", {"name": "Pay"}, {"name": ""})])
    assert rows(filled) == [("P1", None, 1.5, 1), ("P3", "It's \\ %s :x", 2.0, 7), *ROWS[3:],
                            ("P5", None, 0.1, None)]
    assert place.partition(":")[0] in ("sqlite", "postgresql", "mariadb+pymysql")


REFUSED = {
    "another text": (setting("P2", {"name": "Sail"}, {"name": "x"}),
                     "products P2: name says “Ship” and not “Sail” any more"),
    "another case": (setting("P2", {"name": "SHIP"}, {"name": "x"}),
                     "products P2: name says “Ship” and not “SHIP” any more"),
    "filled since": (setting("P1", {"fte": ""}, {"fte": "3"}),
                     "products P1: fte says “1.5” and not nothing any more"),
    "blank since": (setting("P2", {"fte": "1"}, {"fte": "3"}),
                    "products P2: fte says nothing and not “1” any more"),
    "no row": (setting("P9", {"name": "x"}, {"name": "y"}),
               "products P9: no row is called so any more"),
    "two rows": (setting("P4", {"name": "a"}, {"name": "y"}),
                 "products P4: several rows are called so"),
    "there already": (row(Change("add", "products", {"product_id": "P1"}, {}, {"product_id": "P1"})),
                      "products P1: several rows are called so"),
    "another row to end": (row(Change("end", "products", {"product_id": "P1"}, {"name": "Old"})),
                           "products P1: name says “Pay” and not “Old” any more"),
    "no column": (setting("P2", {}, {"colour": "red"}), "products P2: "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_one_row_that_cannot_be_changed_leaves_all_as_they_are(filled, case):
    refused, message = REFUSED[case]
    with pytest.raises(NotWritten) as error:
        write(filled, [FINE, refused])
    assert str(error.value).startswith(f"nothing was written: {message}")
    assert rows(filled) == ROWS


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
@pytest.mark.parametrize(("column", "text"), [("cost", "many"), ("cost", "1,5"), ("name", 41 * "x")])
def test_what_its_column_cannot_hold_is_neither_cut_nor_made_a_number(kind, column, text, request,
                                                                     tmp_path):
    url = empty(request, tmp_path, kind)
    run(url, "create table products (product_id varchar(40), name varchar(40), cost int)",
        "insert into products values ('P1', 'Pay', 3)")
    with pytest.raises(NotWritten, match="nothing was written: products P1: "):
        write(url, [setting("P1", {}, {column: text})])
    assert rows(url) == [("P1", "Pay", 3)]


def test_a_database_that_writes_something_else_is_noticed(request, tmp_path):
    url = empty(request, tmp_path, "sqlite")
    run(url, "create table products (product_id text, name text)",
        "insert into products values ('P1', 'Pay')",
        "create trigger cut after update on products when new.name <> 'cut' begin "
        "update products set name = 'cut'; end")
    with pytest.raises(NotWritten, match="products P1: name would say “cut” and not “Paid”"):
        write(url, [setting("P1", {"name": "Pay"}, {"name": "Paid"})])
    assert rows(url) == [("P1", "Pay")]


def test_a_constraint_that_is_looked_at_last_leaves_all_as_it_was(request, tmp_path):
    url = empty(request, tmp_path, "postgresql")
    run(url, "create table products (product_id text primary key, name text references products "
        "deferrable initially deferred)", "insert into products values ('P1', 'P1')")
    with pytest.raises(NotWritten, match=r"nothing was written: .*foreign key"):
        write(url, [setting("P1", {"name": "P1"}, {"name": "P9"})])
    assert rows(url) == [("P1", "P1")]


def test_a_table_that_cannot_take_back_is_not_written(request, tmp_path):
    url = empty(request, tmp_path, "mariadb")
    run(url, "create table products (product_id varchar(9), name varchar(9)) engine = MyISAM",
        "insert into products values ('P1', 'Pay')")
    with pytest.raises(NotWritten, match="products is a table of MyISAM, which cannot take back"):
        write(url, [setting("P1", {"name": "Pay"}, {"name": "Paid"})])
    assert rows(url) == [("P1", "Pay")]


def test_a_row_that_somebody_else_is_changing_is_not_waited_for_without_end(request, tmp_path,
                                                                          monkeypatch):
    monkeypatch.setattr("orgdata.sources.sql.writing.LOCK_SECONDS", 1)
    url = empty(request, tmp_path, "postgresql")
    run(url, "create table products (product_id text, name text)",
        "insert into products values ('P1', 'Pay')")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as other:
        other.exec_driver_sql("update products set name = 'x'")
        with pytest.raises(NotWritten, match=r"nothing was written: products P1: .*lock"):
            write(url, [setting("P1", {"name": "Pay"}, {"name": "Paid"})])
    assert rows(url) == [("P1", "Pay")]


@pytest.mark.parametrize(("url", "message"), [
    ("sqlite:////nowhere/x.db", "nothing was written: /nowhere/x.db does not exist"),
    ("duckdb:///x.duckdb", "nothing was written: write_back.url should name a database of "
     "PostgreSQL, MariaDB, MySQL or SQLite, found duckdb"),
    ("postgresql://ada:hush@127.0.0.1:1/x", "nothing was written: postgresql://ada:***@"),
    ("nothing://ada:hush@host/x", "nothing was written: "),
])
def test_a_url_that_cannot_be_written_to_is_said_without_its_password(url, message):
    with pytest.raises(NotWritten) as error:
        write(url, [FINE])
    assert str(error.value).startswith(message)
    assert "hush" not in str(error.value)
    assert "\n" not in str(error.value)
