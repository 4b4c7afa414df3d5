"""A store is made, brought to the newest form, or refused in one clear line."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from orgdata.load import load
from orgdata.sources import SourceError
from orgdata.store import Store, StoreError, opening, source_key, uploads
from orgdata.store.tables import HEAD, VERSION_TABLE, metadata
from tests.store.builders import AT, ROOT, SOURCE, day, done, process, take


def plain(address):
    return sa.create_engine(address, poolclass=sa.NullPool)


def version(address):
    with plain(address).connect() as connection:
        return connection.execute(sa.text(f"select version_num from {VERSION_TABLE}")).scalars().all()


def test_the_migrations_make_the_tables_that_queries_use(store, address):
    with plain(address).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    assert version(address) == [HEAD]


def test_head_is_the_last_migration():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "orgdata" / "store" / "migrations"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    assert [one.revision for one in script.walk_revisions()] == [
        str(number) for number in range(int(HEAD), 0, -1)]


def at_version_1(address):
    """A store as an older version left it, with a snapshot in it."""
    engine = opening._engine(sa.make_url(address))
    with engine.execution_options(writes=True).begin() as connection:
        opening._upgrade(connection, "old", "1")
        connection.execute(sa.text(
            "insert into orgdata_snapshots (source, day, taken_at, fingerprint, method, headlines, "
            "content) values ('tiny', '2026-11-06', '2026-11-06 08:00:00', 'f', '1', '{}', '')"))
    engine.dispose()


def test_an_older_store_is_brought_to_the_newest_form_with_all_it_holds(address):
    at_version_1(address)
    assert version(address) == ["1"]
    for _ in range(2):  # the second time there is nothing to do
        with Store.open(address) as store:
            assert version(address) == [HEAD]
            assert [(one.day, one.fingerprint) for one in store.snapshots(SOURCE)] == [(day(6), "f")]
            assert store.states(SOURCE) == {}


def test_opening_again_changes_nothing(address):
    with Store.open(address) as store:
        take(store, day(20), products="P1")
    with Store.open(address) as again:
        assert len(again.snapshots(SOURCE)) == 1


def test_a_migration_that_fails_leaves_nothing_behind(address, monkeypatch):
    """All migrations are one transaction: half of the tables would be a store nobody can open."""
    upgrade = opening._upgrade

    def stopped(connection, name):
        upgrade(connection, name)
        raise sa.exc.OperationalError("", {}, Exception("disk full"))

    monkeypatch.setattr(opening, "_upgrade", stopped)
    with pytest.raises(StoreError, match="disk full"):
        Store.open(address)
    monkeypatch.undo()
    assert sa.inspect(plain(address)).get_table_names() == []
    Store.open(address).close()
    assert version(address) == [HEAD]


OPENS = """
import sys
from orgdata.store import Store
sys.stdin.readline()
Store.open(sys.argv[1]).close()
"""


@pytest.mark.parametrize("old", [False, True])
def test_several_processes_open_a_new_store_at_once(address, old):
    if old:
        at_version_1(address)
    together = [process(OPENS, address) for _ in range(4)]
    for one in together:
        one.stdin.write("now\n")
        one.stdin.flush()
    for one in together:
        done(one)
    assert version(address) == [HEAD]


def test_a_store_of_a_newer_version_is_left_alone(store, address):
    with plain(address).begin() as connection:
        connection.execute(sa.text(f"update {VERSION_TABLE} set version_num = '99'"))
    with pytest.raises(StoreError, match="written by a newer version of orgdata"):
        Store.open(address)
    assert version(address) == ["99"]


def test_a_store_may_live_beside_other_tables(address):
    with plain(address).begin() as connection:
        connection.execute(sa.text("create table snapshots (mine integer)"))
        connection.execute(sa.text("insert into snapshots values (7)"))
    with Store.open(address) as store:
        take(store, day(20), products="P1")
    with plain(address).connect() as connection:
        assert connection.execute(sa.text("select mine from snapshots")).scalars().all() == [7]


@pytest.mark.parametrize(("url", "said"), [
    ("sqlite:///{}/file/store.db", "File exists"),
    ("sqlite:///{}/none/below/store.db", "No such file"),
    ("sqlite:///{}", "unable to open database file"),
    ("sqlite:///{}/file", "file is not a database"),
    ("sqlite://", "a store in memory remembers nothing"),
    ("sqlite:///:memory:", "a store in memory remembers nothing"),
    ("nonsense://u:s3cret@h/d", "nothing is installed here that knows nonsense"),
    ("oracle://u:s3cret@h/d", "nothing is installed here that knows oracle"),
    ("mysql://u:s3cret@h/d", "cannot be a store: MariaDB and MySQL have no keys of texts"),
    ("postgresql://u:s3cret@127.0.0.1:1/d", "Connection refused"),
    ("nonsense", "the URL of the store cannot be read"), ("", "the URL of the store cannot be read")])
def test_what_cannot_be_opened_is_one_clear_line(tmp_path, url, said):
    (tmp_path / "file").write_text("my notes, long enough to be taken for something else\n" * 99)
    with pytest.raises(StoreError) as error:
        Store.open(url.format(tmp_path))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "s3cret" not in str(error.value)
    assert "Errno" not in str(error.value)
    assert (tmp_path / "file").read_text().startswith("my notes")


def test_a_wrong_password_is_never_repeated(postgres):
    with pytest.raises(StoreError, match="password authentication failed") as error:
        Store.open(postgres.replace("postgres:@", "guest:s3cret@"))
    assert "s3cret" not in str(error.value)


def test_a_store_that_goes_away_is_one_clear_line(store, address):
    with plain(address).begin() as connection:
        connection.execute(sa.text("drop table orgdata_correction_undos"))
    with pytest.raises(StoreError, match=r"cannot be used: .*orgdata_correction_undos") as error:
        store.corrections(SOURCE)
    assert "\n" not in str(error.value)
    assert take(store, day(20), at=AT, products="P1").new  # all else still works


def test_whatever_goes_wrong_with_what_a_store_holds_is_one_clear_line(store, monkeypatch):
    """Also what nobody thought of: a page is shown, and a server starts."""
    def fail(*_):
        raise KeyError("x\ny")
    monkeypatch.setattr(uploads, "names", fail)
    with pytest.raises(StoreError, match=r"cannot be used \(KeyError\)") as error:
        store.source_names()
    assert "\n" not in str(error.value)
    assert take(store, day(20), at=AT, products="P1").new  # all else still works


def test_a_name_shows_no_password():
    engine = sa.create_engine("postgresql://u:s3cret@h/d?password=s3cret")
    assert Store(engine).name == "postgresql://u:***@h/d"


@pytest.mark.parametrize(("before", "after"), [(None, 0o600), (0o644, 0o600), (0o640, 0o600),
                                               (0o666, 0o660), (0o660, 0o660)])
def test_only_its_owner_reads_a_store_and_a_group_that_may_write(tmp_path, before, after):
    file = tmp_path / "store.db"
    Store.open(f"sqlite:///{file}").close()
    if before:
        file.chmod(before)
        Store.open(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o777 == after


def test_a_new_store_is_never_open_to_others(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "_keep_private", lambda url: None)  # which is at the end
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}"):
        assert (tmp_path / "store.db").stat().st_mode & 0o777 == 0o600


def test_the_mode_of_what_is_no_store_stays(tmp_path):
    file = tmp_path / "notes"
    file.write_text("my notes, long enough to be taken for something else\n" * 99)
    file.chmod(0o644)
    with pytest.raises(StoreError):
        Store.open(f"sqlite:///{file}")
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("url", [
    "postgresql://alice:p@s3cret@host/db", "postgresql:/alice:s3cret@host/db", "s3cret@host/db",
    "postgresql://alice/x:s3cret@host/db", "postgresql:s3cret@h",
    "postgresql://alice@h/d?password=s3cret@x", "sqlite://alice:s3cret@host/x.db",
    "postgresql://h/s3cret@d?host=x", "postgresql//alice:s3cret@h/d", "postgresql://alice:s3cret@h:x/d"])
def test_a_url_that_may_be_torn_apart_is_refused_and_not_shown(url):
    """As the store, as a source, and in the key of a source."""
    with pytest.raises(StoreError, match="the URL of the store cannot be read") as error:
        Store.open(url)
    with pytest.raises(SourceError) as failure:
        load(url)
    shown = [str(error.value), str(failure.value)]
    if "://" in url:
        shown.append(source_key(url))
    assert not [text for text in shown if "s3cret" in text or "alice" in text]


def test_a_folder_with_a_sign_of_a_url_is_still_a_folder(tmp_path):
    folder = tmp_path / "me@work:" / "data"
    folder.mkdir(parents=True)
    (folder / "products.csv").write_text("product_id,name\nP1,A\n")
    assert len(load(str(folder))["products"]) == 1
