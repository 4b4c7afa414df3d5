"""A database that fails while it is read: one clear line, and never half a portfolio."""

import socket
import threading
import time

import pytest
import sqlalchemy as sa

from orgdata.cli import main
from orgdata.load import load
from orgdata.sources import SourceError
from orgdata.sources.sql import connection as sql
from tests.sources.conftest import empty
from tests.sources.databases import run

PRODUCTS = ("create table products (product_id varchar(9), name varchar(9))",
            "insert into products values ('P1', 'A')")


@pytest.fixture
def database(request, tmp_path):
    """An empty PostgreSQL."""
    return empty(request, tmp_path, "postgresql")


def slow(database: str, seconds: int) -> None:
    """A view that is read after products, and takes its time."""
    run(database, *PRODUCTS, "create view roadblocks as select 'R1' as roadblock_id, 'x' as what, "
        f"date '2026-11-01' as opened_on, pg_sleep({seconds})::text as closed_on")


def test_a_connection_lost_in_mid_read(database, capsys):
    slow(database, 30)

    def cut():
        engine = sa.create_engine(database, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for _ in range(200):
                time.sleep(0.05)
                if connection.execute(sa.text(
                        "select pg_terminate_backend(pid) from pg_stat_activity "
                        "where datname = current_database() and query like '%roadblocks%' "
                        "and wait_event = 'PgSleep'")).all():
                    return

    thread = threading.Thread(target=cut)
    thread.start()
    assert main(["report", database]) == 2
    thread.join()
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "roadblocks: terminating connection" in error


def test_a_statement_that_takes_too_long(database, monkeypatch):
    slow(database, 30)
    monkeypatch.setattr(sql, "STATEMENT_SECONDS", 1)
    start = time.monotonic()
    with pytest.raises(SourceError, match="roadblocks: canceling statement due to statement timeout "
                       r"\(after 1 seconds, unless the URL"):
        load(database)
    assert time.monotonic() - start < 15


def test_how_long_is_for_the_url_or_the_database_to_say(database, monkeypatch):
    slow(database, 2)
    monkeypatch.setattr(sql, "STATEMENT_SECONDS", 1)
    assert len(load(database + "&options=-cstatement_timeout%3D60s")["products"]) == 1
    run(database, f"alter database {sa.engine.make_url(database).database} "
        "set statement_timeout = '60s'")
    assert len(load(database)["products"]) == 1


def test_a_statement_that_takes_too_long_in_mariadb(request, tmp_path, monkeypatch):
    database = empty(request, tmp_path, "mariadb")
    run(database, *PRODUCTS, "create view people as select 'H1' as person_id, sleep(30) as name")
    monkeypatch.setattr(sql, "STATEMENT_SECONDS", 1)
    with pytest.raises(SourceError, match=r"people: .*max_statement_time exceeded"):
        load(database)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # of PyMySQL
@pytest.mark.parametrize(("dialect", "option"), [
    ("postgresql", "connect_timeout"), ("mariadb+pymysql", "read_timeout")])
def test_a_server_that_never_answers(dialect, option):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"{dialect}://u:s3cret@127.0.0.1:{silent.getsockname()[1]}/d?{option}=2"
        with pytest.raises(SourceError, match=r"timed out|timeout expired") as error:
            load(url)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize(("change", "said"), [
    ("drop table products", "holds no tables"),
    ("alter table products rename to goods", "holds none of our tables .found: goods"),
    ("revoke select on products from reader_of_failing", "products: permission denied"),
    ("alter role reader_of_failing nologin", "is not permitted to log in"),
])
def test_what_was_there_a_moment_ago(change, said, database):
    run(database, "do $$ begin create role reader_of_failing login; exception when duplicate_object "
        "then alter role reader_of_failing login; end $$", *PRODUCTS,
        "grant select on products to reader_of_failing")
    reader = database.replace("postgres:@", "reader_of_failing@")
    assert len(load(reader)["products"]) == 1
    run(database, change)
    with pytest.raises(SourceError, match=said):
        load(reader)


def test_a_changed_column_is_a_problem_of_every_row(database):
    """Nothing of the table is shown as if it were all of it: the rows are skipped, and said."""
    run(database, *PRODUCTS, "create table people (person_id text, name text)",
        "insert into people values ('H1', 'Ada')")
    run(database, "alter table products rename column product_id to sku")
    portfolio = load(database)
    assert portfolio.counts["products"].set_aside == 1
    assert len(portfolio["people"]) == 1
    assert portfolio.problems.query("level == 'error'")["code"].tolist() == ["missing_required"]
