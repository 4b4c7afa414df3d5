"""What people keep for themselves: only theirs to read, nothing in the file, gone when deleted, and
a readable line where it cannot be opened."""

import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from orgdata.private import Area, AreaError, Private, PrivateError
from orgdata.private.areas import AREAS, HEADINGS
from orgdata.private.database import KEPT_FOR
from orgdata.store import Store

KEY, OTHER_KEY = "k" * 44, "o" * 44
DAY = date(2026, 11, 20)
ADA, KIM = "ada@our.example", "kim@our.example"
AREA = Area("data", "much", "learning", DAY, "qzaction", DAY + timedelta(days=30), "qzplace")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The URL of a private database that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/private.sqlite"
    server = request.getfixturevalue("postgres")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("drop database if exists private_of_tests"))
        connection.execute(sa.text("create database private_of_tests"))
    return sa.engine.make_url(server).set(database="private_of_tests").render_as_string(
        hide_password=False)


@pytest.fixture
def private(url):
    with Private.open(url, KEY) as opened:
        yield opened


def keep(private, address, *areas, name="Ada Park", today=DAY):
    private.change(address, name, lambda _: areas, today)


def raw(url):
    """All that the database holds, as bytes."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = [row for name in names for row in connection.execute(sa.text(f"select * from {name}"))]
    held = b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)
    file = sa.engine.make_url(url).database
    return held + (Path(file).read_bytes() if url.startswith("sqlite") else b"")


def boxes(url):
    """What is sealed of each person."""
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return [bytes(box) for box, in connection.execute(
            sa.text("select box from orgdata_private where holder <> 'key'"))]


def test_each_reads_their_own_and_nothing_else(private, url):
    keep(private, ADA, AREA, replace(AREA, area="money", action="", by=None))
    keep(private, KIM, replace(AREA, action="qzother"), name="Kim")
    assert [one.action for one in private.of(ADA).areas] == ["qzaction", ""]
    assert private.of(KIM).areas[0].action == "qzother"
    assert private.of("zoe@our.example") is None
    with Private.open(url, KEY) as again:
        assert again.of(ADA) == private.of(ADA)


def test_the_database_says_nothing(private, url):
    keep(private, ADA, AREA)
    keep(private, KIM, replace(AREA, action="x" * 300, practise="ü" * 300), name="Kim")
    held = raw(url)
    for word in (b"qzaction", b"qzplace", b"Ada Park", b"our.example", b"learning", b"2026-11", b"xxxxxx"):
        assert word not in held


def test_boxes_are_of_one_length_and_tell_no_time(private, url):
    keep(private, ADA, AREA)
    keep(private, KIM, replace(AREA, action="x" * 300, practise="ü" * 300))
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = [bytes(box) for box, in connection.execute(sa.text("select box from orgdata_private"))]
    assert len({len(box) for box in found}) == 1
    assert {box[:10] for box in found} == {b"gAAAAAAAAA"}  # Fernet's version, and a time of 0


def test_the_order_of_rows_does_not_tell_of_changes(private, url):
    def rows():
        with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
            return connection.execute(sa.text("select holder, box from orgdata_private")).all()

    for at in range(7):
        keep(private, f"u{at}@our.example", AREA, name=f"U{at}")
    before = rows()
    if url.startswith("sqlite"):  # by their keys, which are hashes, and not as they came
        assert [holder for holder, _ in before] == sorted(holder for holder, _ in before)
    keep(private, "u3@our.example", replace(AREA, area="money"), name="U3")
    after = rows()
    assert sum(one not in before for one in after) == 1
    if url.startswith("sqlite"):  # PostgreSQL writes each version of a row anew
        assert [holder for holder, _ in after] == [holder for holder, _ in before]


def test_a_private_database_of_an_older_form_keeps_its_rows_in_place(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    with sqlite3.connect(tmp_path / "old.sqlite") as database:
        database.execute("create table orgdata_private (holder varchar(64) primary key, box blob not null)")
    database.close()
    with Private.open(url, KEY) as private:
        for at in range(3):
            keep(private, f"u{at}@our.example", AREA, name=f"U{at}")
        with sqlite3.connect(tmp_path / "old.sqlite") as database:
            before = database.execute("select rowid, holder from orgdata_private order by rowid").fetchall()
        keep(private, "u0@our.example", replace(AREA, area="money"), name="U0")
        with sqlite3.connect(tmp_path / "old.sqlite") as database:
            assert database.execute("select rowid, holder from orgdata_private order by rowid").fetchall() == before
        database.close()


def test_what_is_deleted_is_gone(private, url, tmp_path):
    keep(private, ADA, AREA, replace(AREA, area="money"))
    first, = boxes(url)
    assert first[40:140] in raw(url)
    private.change(ADA, "Ada Park", lambda areas: areas[1:], DAY)
    assert [one.area for one in private.of(ADA).areas] == ["money"]
    second, = boxes(url)
    private.delete(ADA)
    assert private.of(ADA) is None
    assert private.forget("Ada Park", "") == 0
    if url.startswith("sqlite"):  # overwritten in the file, too
        assert first[40:140] not in raw(url)
        assert second[40:140] not in raw(url)


def test_what_is_kept_in_several_tabs_at_once_is_all_kept(url):
    def add(area):
        with Private.open(url, KEY) as opened:
            opened.change(ADA, "Ada Park", lambda areas: (*areas, replace(AREA, area=area)), DAY)

    with ThreadPoolExecutor(3) as pool:  # the first of them makes the database
        list(pool.map(add, list(AREAS)[:3]))
    with Private.open(url, KEY) as opened:
        assert {one.area for one in opened.of(ADA).areas} == set(list(AREAS)[:3])


def test_taking_the_last_area_out_leaves_no_row(private, url):
    keep(private, ADA, AREA)
    keep(private, ADA)
    assert private.of(ADA) is None
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.execute(sa.text("select holder from orgdata_private")).scalars().all() == ["key"]


@pytest.mark.parametrize(("areas", "said"), [
    ([replace(AREA, area=key) for key in list(AREAS)[:4]], "three areas at most"),
    ([AREA, AREA], "chosen already"), ([replace(AREA, need="")], "how much"), ([replace(AREA, now="9")], "where you are"),
    ([replace(AREA, by=None)], "needs a day"), ([replace(AREA, action=" ")], "needs an action"),
    ([replace(AREA, practise="x" * 301)], "300 characters")])
def test_what_cannot_be_kept_changes_nothing(private, areas, said):
    keep(private, ADA, AREA)
    with pytest.raises(AreaError, match=said):
        keep(private, ADA, *areas)
    assert private.of(ADA).areas == (AREA,)


def test_a_manager_reads_what_is_shared_with_them_until_it_is_not(private):
    shared = replace(AREA, shared_with=KIM)
    keep(private, ADA, shared, replace(AREA, area="money", action="qzown"))
    assert [one.areas for one in private.shared_with(KIM, [ADA, "zoe@our.example"])] == [(shared,)]
    assert private.shared_with(KIM, []) == []  # who is not their manager any more
    assert private.shared_with("zoe@our.example", [ADA]) == []  # a new one
    assert private.shared_with("", [ADA]) == []
    keep(private, ADA, AREA)
    assert private.shared_with(KIM, [ADA]) == []


def test_counts_are_of_five_or_more_by_fives_and_never_of_who_asks(private):
    december = date(2026, 12, 4)

    def counted(without="head@our.example", today=december):
        return private.counts(today, without)

    for number in range(4):
        keep(private, f"p{number}@our.example", AREA, replace(AREA, area="customers"))
    assert counted() == {}
    keep(private, "head@our.example", AREA)
    assert counted() == {}  # who joins them finds nothing out
    keep(private, "p4@our.example", AREA)
    assert counted() == {"insight": 5}
    for number in range(5, 9):  # nine
        keep(private, f"p{number}@our.example", AREA, replace(AREA, area="money", chosen_on=december))
    assert counted() == {"insight": 5}
    assert counted(today=DAY) == {}  # chosen in this month
    assert counted("p0@our.example") == {"insight": 5}
    keep(private, "p9@our.example", AREA)
    assert counted() == {"insight": 10}
    assert set(counted()) <= set(HEADINGS)


def test_nothing_is_kept_for_ever(private):
    keep(private, ADA, AREA)
    keep(private, KIM, AREA, name="Kim", today=DAY + KEPT_FOR)
    assert private.of(ADA) is not None
    keep(private, KIM, AREA, name="Kim", today=DAY + KEPT_FOR + timedelta(days=1))
    assert private.of(ADA) is None
    assert private.of(KIM) is not None


def test_a_person_is_forgotten_by_name_or_address(private):
    keep(private, ADA, AREA)
    keep(private, KIM, AREA, name="Kim")
    assert private.forget("ada PARK ", "ada park") == 1
    assert private.forget("Kim@our.example", KIM) == 1
    assert private.forget("Kim", "kim") == 0
    keep(private, ADA, AREA)
    keep(private, KIM, AREA)
    with pytest.raises(PrivateError, match="several people"):
        private.forget("Ada Park", "")
    assert private.of(ADA)
    assert private.of(KIM)


def test_another_key_opens_nothing_and_changes_nothing(private, url):
    keep(private, ADA, AREA)
    before = raw(url)
    with pytest.raises(PrivateError, match="not the one that the private database was made with"):
        Private.open(url, OTHER_KEY)
    assert raw(url) == before


@pytest.mark.parametrize(("secret", "said"), [("", "found nothing"), ("short", "fewer than 32")])
def test_a_secret_that_is_none_is_refused(tmp_path, secret, said):
    with pytest.raises(PrivateError, match=said):
        Private.open(f"sqlite:///{tmp_path}/private.sqlite", secret)
    assert list(tmp_path.iterdir()) == []


def moved(url, *statements):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def test_what_was_tampered_with_is_said_and_left_and_can_be_deleted(private, url):
    """Somebody who writes to the database cannot give one person what is another's."""
    keep(private, ADA, AREA)
    keep(private, KIM, replace(AREA, shared_with="z@our.example"), name="Kim")
    name = private._seal.name
    moved(url, f"delete from orgdata_private where holder = '{name(ADA)}'",
          f"update orgdata_private set holder = '{name(ADA)}' where holder = '{name(KIM)}'")
    for ask in (lambda: private.of(ADA), lambda: keep(private, ADA, AREA)):
        with pytest.raises(PrivateError, match="damaged"):
            ask()
    assert private.shared_with("z@our.example", [ADA]) == []
    keep(private, KIM, AREA)  # others go on
    private.delete(ADA)
    assert private.of(ADA) is None


def test_the_store_is_no_private_database(tmp_path):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    Store.open(url).close()
    before = Path(tmp_path, "store.sqlite").read_bytes()
    with pytest.raises(PrivateError, match="one of its own"):
        Private.open(url, KEY)
    assert Path(tmp_path, "store.sqlite").read_bytes() == before


def test_what_cannot_be_opened_is_one_line_that_does_not_say_where_it_is(tmp_path, free_port):
    (tmp_path / "text").write_text("no database, but a text that is long enough to be told from one" * 9)
    for url in (f"sqlite:///{tmp_path}/text", f"sqlite:///{tmp_path}/nowhere/x.sqlite", "sqlite://",
                f"sqlite:///{tmp_path}", "mysql://a:qzsecret@host/x", "nonsense",
                f"postgresql+psycopg://qzuser:qzsecret@127.0.0.1:{free_port}/qzbase"):
        with pytest.raises(PrivateError) as error:
            Private.open(url, KEY)
        assert "\n" not in str(error.value)
        assert not [word for word in (str(tmp_path), "qz", "127.0") if word in str(error.value)]


def test_a_file_is_its_owners_alone(private, url, tmp_path):
    if url.startswith("sqlite"):
        assert (tmp_path / "private.sqlite").stat().st_mode & 0o077 == 0


@pytest.fixture
def free_port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
