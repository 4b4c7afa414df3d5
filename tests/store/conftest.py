"""Each test of the store runs on SQLite and on a real PostgreSQL, in a store of its own."""

import pytest
import sqlalchemy as sa

from orgdata.store import Store


def run(url, *statements):
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


@pytest.fixture(scope="session")
def stores(postgres):
    """A database for stores; each test clears it first."""
    run(postgres, "create database stores")
    return sa.engine.make_url(postgres).set(database="stores")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The URL of a store that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url = request.getfixturevalue("stores")
    run(url, "drop schema public cascade", "create schema public")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def store(address):
    """An open store."""
    with Store.open(address) as opened:
        yield opened
