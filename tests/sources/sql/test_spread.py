"""Databases that span machines: tables whose rows are on two servers, in no order of their own."""

import hashlib
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bench import spread as spreads
from orgdata.cli import main
from orgdata.demo import DEMO
from orgdata.load import load, load_for
from orgdata.sources import SourceError
from orgdata.sources.sql import database as sql
from orgdata.store import Store, StoreError
from tests.csv_folders import write
from tests.sources.databases import fill, fill_rows, reported, run
from tests.sources.sql.test_recent_check_ins import GOALS, agrees, check_ins
from tests.sources.sql.test_weekly_values import agrees as weeks_agree

AS_OF = date(2026, 11, 20)
SETTINGS = str(DEMO / "settings.toml")


@pytest.fixture(scope="session", params=["postgresql", "mariadb"])
def servers(request):
    """A front and two back-ends of each kind, for all tests of a worker."""
    try:
        with getattr(spreads, request.param)() as started:
            yield started
    except spreads.NotInstalled as missing:
        pytest.skip(str(missing))


@pytest.fixture
def database(servers, tmp_path):
    """The URL of an empty database whose tables will be spread."""
    name = "t" + hashlib.sha1(str(tmp_path).encode()).hexdigest()[:12]
    url = servers.create(name)
    with spreads.spreading(servers, name):
        yield url


def counts(servers, database, table):
    """How many rows of a table each back-end has."""
    found = dict.fromkeys(spreads.BACKS, 0)
    for part, number in spreads.PARTS:
        engine = sa.create_engine(servers.url(number, sa.make_url(database).database),
                                  poolclass=sa.NullPool)
        with engine.connect() as connection:
            found[number] += connection.execute(sa.text(
                f"select count(*) from {spreads.part_of(table, part)}")).scalar()
    return list(found.values())


def unordered(value):
    """What was reported, in whatever order, and whatever the numbers of rows are."""
    if isinstance(value, dict):
        return {name: unordered(one) for name, one in value.items() if name != "row"}
    if isinstance(value, float):  # a sum depends on its order, in the last digit
        return round(value, 9)
    return sorted(map(unordered, value), key=repr) if isinstance(value, list) else value


def test_the_demo_company_is_the_same(servers, database):
    fill(database, DEMO, typed=True)
    ours, csv_folder = load(database, SETTINGS), load(str(DEMO), SETTINGS)
    assert min(counts(servers, database, "products")) > 0
    assert sum(counts(servers, database, "products")) == len(csv_folder["products"])
    assert {name: one.loaded for name, one in ours.counts.items()} == {
        name: one.loaded for name, one in csv_folder.counts.items()}
    assert unordered(reported(ours, AS_OF)) == unordered(reported(csv_folder, AS_OF))
    assert unordered(reported(load(database, SETTINGS), AS_OF)) == unordered(reported(ours, AS_OF))


def test_random_histories(database, servers):
    """What counts is fetched, and the rest is counted, where rows have an order to be numbered by;
    a table without one is read whole."""
    fill_rows(database, {**GOALS, "check_ins": check_ins(4)}, typed=True)
    agrees(lambda day: load_for(database, None, day, date.max)[0], load(database))


def history(database, days, results=8):
    fill_rows(database, {**GOALS, "key_results": [
        {**GOALS["key_results"][0], "kr_id": f"K{number}"} for number in range(results)]}, typed=True)
    key = ", primary key (kr_id, date)" if database.startswith("mariadb") else ""
    rows = ", ".join(f"('K{result}', '{AS_OF - timedelta(day)}', {day})"
                     for result in range(results) for day in range(days))
    run(database, f"create table check_ins (kr_id varchar(9), date date, value double precision{key})",
        f"insert into check_ins values {rows}")


@pytest.mark.parametrize("days", [40, 400])
def test_what_is_fetched_does_not_grow_with_the_history(servers, database, days):
    history(database, days)
    few, day = load_for(database, None, None, AS_OF)
    assert min(counts(servers, database, "check_ins")) > 0
    assert (len(few["check_ins"]), few.not_fetched.rows) == (8 * 3, 8 * (days - 3))
    assert reported(few, day) == reported(load(database), day)


def test_weekly_values(database):
    history(database, 60)
    assert weeks_agree(database, load(database)).not_fetched


def test_one_server_that_dies_in_mid_read_is_one_line(servers, database, monkeypatch, capsys, tmp_path):
    """Some tables were read by then: none of them is shown."""
    fill(database, DEMO, typed=True)
    table, read = sql.raw_table, []

    def meanwhile(ours, *arguments):
        if not read:
            servers.kill(2)
        read.append(ours)
        return table(ours, *arguments)

    monkeypatch.setattr(sql, "raw_table", meanwhile)
    store = f"sqlite:///{tmp_path / 'store.db'}"
    try:
        assert main(["report", database, "--settings", SETTINGS, "--store", store]) == 2
        out, error = capsys.readouterr()
        assert (out, error.count("\n")) == ("", 1)
        assert "cannot be read: " in error
        assert "Traceback" not in error
        assert len(read) == 1
        with pytest.raises(SourceError, match="cannot be read"):  # nor the next time
            load(database, SETTINGS)
    finally:
        monkeypatch.undo()
        servers.start(2)
    assert unordered(reported(load(database, SETTINGS), AS_OF)) == unordered(
        reported(load(str(DEMO), SETTINGS), AS_OF))


def test_the_same_whatever_order_the_servers_have(servers, database, tmp_path):
    """The rows of one server are written anew, backwards: what is found stays."""
    tables = {"products": "product_id,name,annual_spend\n" + "".join(
        f"P{number},A{number},{number}\n" for number in range(40)), "outcomes": "outcome_id,name\nO1,Growth\n"}
    source = write(tmp_path / "csv", **tables)
    fill(database, tmp_path / "csv", typed=True)
    before, expected = load(database), load(source)
    name = sa.make_url(database).database
    part = spreads.part_of("products", 0)
    run(servers.url(1, name), f"create table back as select * from {part}", f"delete from {part}",
        f"insert into {part} select * from back order by product_id desc")
    after = load(database)
    assert unordered(reported(before, AS_OF)) == unordered(reported(after, AS_OF)) == unordered(
        reported(expected, AS_OF))


def test_a_store_is_not_spread(database):
    """Its tables have keys that must hold over all servers: each engine says so, in one line, and
    nothing is left behind."""
    said = "cannot be a store" if database.startswith("mariadb") else "not supported"
    for _ in range(2):
        with pytest.raises(StoreError, match=said) as error:
            Store.open(database)
        assert "\n" not in str(error.value)
