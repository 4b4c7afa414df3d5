"""`forget` deletes what somebody keeps for themselves, or says that it was not asked to."""

from datetime import date

import pytest

from orgdata.cli import main
from orgdata.private import Area, Private
from orgdata.store import Store

KEY, ADA = "k" * 44, "ada@our.example"
DAY = date(2026, 11, 20)


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    Store.open(url).close()
    return url


@pytest.fixture
def private(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/private.sqlite"
    monkeypatch.setenv("ORGDATA_PRIVATE", url)
    monkeypatch.setenv("ORGDATA_PRIVATE_KEY", KEY)
    with Private.open(url, KEY) as opened:
        opened.change(ADA, "Ada Park", lambda _: [Area("data", "much", "doing", DAY)], DAY)
        yield opened


@pytest.mark.parametrize("person", ["Ada Park", "ADA@our.example"])
def test_a_person_is_forgotten_here_too(store, private, person, capsys):
    assert main(["forget", person, "--store", store]) == 0
    assert "deleted from the private database what 1 person kept there" in capsys.readouterr().out
    assert private.of(ADA) is None


def test_nothing_is_changed_where_the_private_database_cannot_be_opened(
        store, private, monkeypatch, capsys):
    monkeypatch.setenv("ORGDATA_PRIVATE_KEY", "o" * 44)
    assert main(["forget", "Ada Park", "--store", store]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "ORGDATA_PRIVATE_KEY" in said.err
    assert private.of(ADA)


def test_it_says_where_none_is_named(store, monkeypatch, capsys):
    monkeypatch.delenv("ORGDATA_PRIVATE", raising=False)
    assert main(["forget", "Ada Park", "--store", store]) == 0
    assert "no private database was asked" in capsys.readouterr().out
