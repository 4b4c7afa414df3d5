"""Nothing is written to a source, and no password is shown."""

import logging
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from orgdata.cli import main
from orgdata.load import load
from orgdata.sources import SourceError
from tests.sources.conftest import empty
from tests.sources.databases import run

MAKE = ("create table products (product_id varchar(9), name varchar(9))",
        "insert into products values ('P1', 'A')")
ODD = "s3s@m:/?#[%41]&=+ ;'\"\\ö"  # a password with every sign that means something in a URL


def test_a_view_that_would_write_fails(postgres):
    """Although the role could write: the transaction is read only."""
    run(postgres, "create schema writing", "set search_path = writing", *MAKE,
        "create function clear() returns text language sql as "
        "'delete from writing.products; select ''x''::text'",
        "create view people as select writing.clear() as person_id, 'x' as name")
    with pytest.raises(SourceError, match=r"people: .* read-only transaction"):
        load(postgres + "&schema=writing")
    run(postgres, "drop view writing.people")
    assert len(load(postgres + "&schema=writing")["products"]) == 1


def test_a_role_that_may_only_read(postgres):
    run(postgres, "create schema reading", "set search_path = reading", *MAKE,
        "create role reader login", "grant usage on schema reading to reader",
        "grant select on all tables in schema reading to reader")
    reader = postgres.replace("postgres:@", "reader@")
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        run(reader, "insert into reading.products values ('P2', 'B')")
    assert load(reader + "&schema=reading")["products"]["name"].tolist() == ["A"]
    run(postgres, "revoke select on reading.products from reader")
    with pytest.raises(SourceError, match="products: permission denied for table products"):
        load(reader + "&schema=reading")


@pytest.mark.parametrize("kind", ["mariadb", "duckdb"])
def test_no_other_database_writes_either(kind, request, tmp_path):
    """MariaDB by a function that would write; DuckDB opens its file for reading."""
    database = empty(request, tmp_path, kind)
    run(database, *MAKE)
    if kind == "mariadb":
        run(database, "create function clear() returns varchar(9) modifies sql data begin "
            "delete from products; return 'x'; end",
            "create view people as select clear() as person_id, 'x' as name")
        with pytest.raises(SourceError, match=r"people: .*READ ONLY transaction"):
            load(database)
        run(database, "drop view people")
    path = tmp_path / "portfolio.duckdb"
    before = path.read_bytes() if kind == "duckdb" else b""
    assert len(load(database)["products"]) == 1
    assert kind == "mariadb" or path.read_bytes() == before


def test_a_file_of_sqlite_stays_as_it_is(tmp_path):
    path = tmp_path / "portfolio.db"
    run(f"sqlite:///{path}", *MAKE)
    before = path.read_bytes()
    assert len(load(f"sqlite:///{path}")["products"]) == 1
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.fixture
def guest(postgres) -> str:
    """A URL with room for the password of a user who is asked for one."""
    return postgres.replace("postgres:@", "guest:%s@").replace("%2F", "/")


@pytest.fixture
def odd_password(postgres):
    literal = ODD.replace("'", "''")
    run(postgres, "alter role guest password '" + literal.replace(":", "\\:") + "'")
    yield quote(ODD, safe="")
    run(postgres, "alter role guest password 'sesame'")


FAILURES = {  # what goes wrong → what is said; {} is the password as a URL writes it
    "wrong password": ("{guest}", "password authentication failed"),
    "down": ("postgresql://guest:{}@127.0.0.1:1/d", "Connection refused"),
    "down, an option": ("postgresql://guest@127.0.0.1:1/d?password={}", "Connection refused"),
    "no such option": ("postgresql://guest:{}@127.0.0.1:1/d?bogus=1", "bogus"),
    "no such driver": ("oracle://guest:{}@host/d", "nothing is installed here that knows oracle"),
    "no such dialect": ("http://guest:{}@host/d", "nothing is installed here that knows http"),
    "no number of a port": ("postgresql://guest:{}@host:port/d", "URL cannot be read"),
    "down, MariaDB": ("mariadb+pymysql://guest:{}@127.0.0.1:1/d", "Can't connect"),
}


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # of PyMySQL
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("password", ["s3cr3t", ODD + "!"], ids=["plain", "odd"])
def test_no_failure_shows_the_password(failure, password, guest, tmp_path, capfd, caplog):
    url, said = FAILURES[failure]
    url = url.replace("{guest}", guest.replace("%s", "{}")).replace("{}", quote(password, safe=""))
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SourceError, match=said) as error:
        load(url)
    assert main(["check", url]) == 2
    told = capfd.readouterr()
    assert said.split(".*")[0] in told.err
    nothing_of(password, str(error.value), told.out, told.err, caplog.text)
    assert "\n" not in str(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_the_right_password_is_not_shown_either(guest, odd_password, postgres, tmp_path, capfd):
    url = guest % odd_password
    run(postgres, "create schema guests", "set search_path = guests", *MAKE,
        "grant usage on schema guests to guest")
    with pytest.raises(SourceError, match="products: permission denied") as error:
        load(url + "&schema=guests")
    nothing_of(ODD, str(error.value))
    (tmp_path / "s.toml").write_text('[tables]\nproducts = "select nothing from nowhere"\n')
    with pytest.raises(SourceError, match=r'products: .*"nowhere" does not exist') as error:
        load(url + "&schema=guests", str(tmp_path / "s.toml"))
    nothing_of(ODD, str(error.value))
    run(postgres, "grant select on guests.products to guest")
    portfolio = load(url + "&schema=guests")
    assert "guest:***@" in portfolio.source
    nothing_of(ODD, portfolio.source, portfolio.problems.to_csv(), repr(portfolio.settings))
    assert main(["report", url + "&schema=guests", "--format", "json"]) == 0
    nothing_of(ODD, *capfd.readouterr())
    run(postgres, "drop schema guests cascade")


def nothing_of(password: str, *texts: str) -> None:
    """No text holds the password, in whichever way it is written."""
    for written in (password, quote(password), quote(password, safe=""), repr(password)[1:-1],
                    *(part for part in password.split() if len(part) > 4)):
        for text in texts:
            assert written not in text


@pytest.mark.parametrize("sign", list("@:/?#%&=[]!$'\"\\ +;,~|"))
@pytest.mark.parametrize("url", ["postgresql://u:sesame{}street@127.0.0.1:1/d",
                                 "postgresql://u@127.0.0.1:1/d?password=sesame{}street"])
def test_a_password_that_was_not_encoded(url, sign):
    """It may be torn apart, but no part of it is taken for something that may be shown."""
    with pytest.raises(SourceError) as error:
        load(url.format(sign))
    assert "sesame" not in str(error.value)
    assert "street" not in str(error.value)


@pytest.mark.parametrize(("url", "said"), [
    ("://", "the database URL cannot be read"),
    ("sqlite://", "holds no tables"),
    ("sqlite:///nowhere/none.db", "nowhere/none.db does not exist; expected a SQLite database"),
    ("duckdb:///nowhere/none.duckdb", "nowhere/none.duckdb"),
])
def test_urls_that_cannot_be_read(url, said):
    with pytest.raises(SourceError) as error:
        load(url)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert not Path("nowhere").exists()
