"""`corrections --write`: what the settings name goes to the database they name, or nothing does."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from orgdata.edits import Edit
from orgdata.store import Correction, Store, source_key
from tests import csv_folders
from tests.sources.conftest import empty
from tests.sources.conftest import mariadb as mariadb
from tests.sources.databases import fill_rows
from tests.sources.databases import run as sql

AT = datetime(2026, 11, 20, tzinfo=UTC)
PRODUCTS = [
    {"product_id": "P1", "name": "Pay", "annual_spend": "1.5", "role_confirmed_on": ""},
    {"product_id": "P2", "name": "Ship", "annual_spend": "",
     "role_confirmed_on": "2026-01-01"}]
LINKS = [{"product_id": "P1", "outcome_id": "O1", "strength": "Primary"},
         {"product_id": "P2", "outcome_id": "O1", "strength": "Primary"}]
KEY_RESULTS = [{"kr_id": "K1", "title": "Less", "is_guardrail": "no"}]
OUTCOMES = [{"outcome_id": "O1", "name": "Grow"}]
EDITS = (
    Edit("products", "set", {"product_id": "P1"}, {"annual_spend": "2", "name": "Paid"}),
    Edit("products", "set", {"product_id": "P2"}, {
        "annual_spend": "7", "fte": "3", "role_confirmed_on": "2026-11-20"}, {
        "annual_spend": "", "fte": "", "role_confirmed_on": "2026-01-01"}),
    Edit("key_results", "set", {"kr_id": "K1"}, {"is_guardrail": "yes"}),
    Edit("products", "end", {"product_id": "P2"}, {}),
    Edit("contributions", "end", {"product_id": "P2", "outcome_id": "O1"}, {}),
    Edit.adding("contributions", {"product_id": "P1", "outcome_id": "O2",
                                     "strength": "Enabling"}),
    Edit.adding("outcomes", {"outcome_id": "O2", "name": "Keep"}),
    Edit.adding("people", {"person_id": "H1", "name": "Ada"}))
ALLOWED = '''[write_back.tables]
products = ["annual_spend", "fte", "role_confirmed_on"]
key_results = ["is_guardrail"]
outcomes = ["outcome_id", "name"]
contributions = ["product_id", "outcome_id", "strength"]
people = ["person_id", "name"]
'''


def filled(request, tmp_path, kind):
    url = empty(request, tmp_path, kind)
    fill_rows(url, {"products": PRODUCTS, "outcomes": OUTCOMES, "contributions": LINKS,
                     "key_results": KEY_RESULTS}, typed=True)
    return url


def settings(tmp_path, url, allowed=ALLOWED):
    path = tmp_path / "settings.toml"
    path.write_text(f'[write_back]\nurl = "{url}"\n{allowed}')
    return path


def corrected(tmp_path, source, edits=EDITS):
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    with Store.open(store) as opened:
        opened.correct([Correction(source_key(source), edit, "Ada", AT) for edit in edits])
    return store


def rows(url, table):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [tuple("" if cell is None else str(cell) for cell in row) for row in
                connection.exec_driver_sql(f"select * from {table} order by 1, 2")]


def before(url):
    return [rows(url, table) for table in ("products", "outcomes", "contributions")]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "mariadb"])
def test_what_the_settings_name_is_written_and_the_rest_is_listed(kind, run, request, tmp_path):
    source = filled(request, tmp_path, kind)
    store = corrected(tmp_path, source, [edit for edit in EDITS if edit.operation != "end"
                                         or edit.table != "products"])
    with_settings = "--store", store, "--settings", settings(tmp_path, source)
    code, out, error = run("corrections", source, *with_settings, "--write")
    assert (code, error) == (0, "")
    assert out.splitlines()[0].endswith(": 7 changes")
    assert out.splitlines()[1:] == [
        "left: people H1, a new row: the source has no such table",
        "left: products P1, name: name is not named in [write_back]",
        "left: products P2, fte: the source has no fte"]
    assert rows(source, "products") == [("P1", "Pay", "2.0", ""), ("P2", "Ship", "7.0", "2026-11-20")]
    assert rows(source, "key_results")[0][2] in ("1", "True")
    assert rows(source, "outcomes") == [("O1", "Grow"), ("O2", "Keep")]
    assert rows(source, "contributions") == [("P1", "O1", "Primary"), ("P1", "O2", "Enabling")]
    again = run("corrections", source, *with_settings, "--write")
    assert again[:2] == (0, "nothing to write\n" + "".join(
        f"{line}\n" for line in out.splitlines()[1:]))


def test_rows_come_and_go_only_where_their_key_is_named(run, request, tmp_path):
    source = filled(request, tmp_path, "sqlite")
    store = corrected(tmp_path, source, EDITS[3:6])
    code, out, _ = run("corrections", source, "--store", store, "--write", "--settings", settings(
        tmp_path, source, 'tables = {contributions = ["strength"]}'))
    assert (code, out.splitlines()) == (0, [
        "nothing to write", "left: products P2, a row to take out: product_id is not named in [write_back]",
        "left: contributions P1 · O2, a new row: product_id is not named in [write_back]",
        "left: contributions P2 · O1, a row to take out: product_id is not named in [write_back]"])
    assert rows(source, "contributions") == [("P1", "O1", "Primary"), ("P2", "O1", "Primary")]


def test_rows_come_and_go_in_an_order_in_which_all_they_name_is_there(run, request, tmp_path):
    source = filled(request, tmp_path, "postgresql")
    sql(source, "alter table outcomes add primary key (outcome_id)",
        "alter table contributions add foreign key (outcome_id) references outcomes")
    store = corrected(tmp_path, source, [
        Edit("outcomes", "end", {"outcome_id": "O1"}, {}), *EDITS[4:7],
        Edit("contributions", "end", {"product_id": "P1", "outcome_id": "O1"}, {})])
    code, _, error = run("corrections", source, "--store", store, "--write", "--settings",
                         settings(tmp_path, source))
    assert (code, error) == (0, "")
    assert rows(source, "outcomes") == [("O2", "Keep")]
    assert rows(source, "contributions") == [("P1", "O2", "Enabling")]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "mariadb"])
def test_only_the_url_of_its_own_is_written_to_and_all_or_nothing(kind, run, request, tmp_path,
                                                                  monkeypatch):
    source, other = (filled(request, tmp_path / name, kind) for name in made(tmp_path, "a", "b"))
    store = corrected(tmp_path, source, [EDITS[0], EDITS[1], EDITS[6]])
    monkeypatch.setenv("OUR_WRITE_URL", other)
    options = ("corrections", source, "--store", store, "--write", "--settings",
               settings(tmp_path, "environment:OUR_WRITE_URL"))
    sql(other, "update products set annual_spend = 8 where product_id = 'P2'")
    was = before(other)
    code, out, error = run(*options)
    assert (code, out) == (2, "")
    assert error == ("orgdata: nothing was written: products P2: annual_spend says “8.0” and not "
                     "nothing any more\n")
    assert before(other) == was
    sql(other, "update products set annual_spend = null where product_id = 'P2'")
    was = before(source)
    assert run(*options)[0] == 0
    assert before(source) == was
    assert [row[2] for row in rows(other, "products")] == ["2.0", "7.0"]


def made(folder, *names):
    for name in names:
        (folder / name).mkdir()
    return names


@pytest.mark.parametrize(("written", "message"), [
    ("", "nothing may be written: the settings have no [write_back], which names a URL to write to, "
     "tables and columns"),
    ("[write_back]\nurl = 'environment:NO_SUCH_URL'\ntables = {products = ['annual_spend']}",
     "nothing was written: NO_SUCH_URL, which write_back.url names, is not set"),
    ("[write_back]\nurl = 'postgresql://ada:hu@sh@host/x'\ntables = {products = ['annual_spend']}",
     "nothing was written: write_back.url cannot be read: it has a second @, or one in the wrong place; "
     "expected for example postgresql://user@host/database or sqlite:///file.db, with the special "
     "characters of a password written as %40 and the like")])
def test_without_a_url_nothing_is_written(run, request, tmp_path, written, message):
    source = filled(request, tmp_path, "sqlite")
    store, was = corrected(tmp_path, source, EDITS[:1]), before(source)
    (tmp_path / "settings.toml").write_text(written)
    assert run("corrections", source, "--store", store, "--write") == (2, "", f"orgdata: {message}\n")
    assert before(source) == was


def test_files_are_not_written(run, tmp_path):
    folder = csv_folders.write(tmp_path / "source", products=b"product_id,name\nP1,Pay\n")
    code, out, error = run("corrections", folder, "--store", corrected(tmp_path, folder, EDITS[:1]),
                           "--write", "--settings", settings(tmp_path, "sqlite:///x.db"))
    assert (code, out) == (2, "")
    assert error.endswith("is no database; --out writes corrected files, --sql statements\n")
