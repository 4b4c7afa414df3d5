"""The pages on a real PostgreSQL: what stays in it, going back in time, and when it fails."""

from datetime import UTC, date, datetime

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.evaluation import evaluate
from orgdata.load import load, portfolio_of
from orgdata.sources import read_source
from orgdata.store import Correction, Store
from orgdata.ui.shell import source
from orgdata.ui.shell import store as shell_store
from tests.pages.conftest import PAGES, UNCHANGED, components, text_of
from tests.sources.conftest import empty
from tests.sources.databases import fill, run

SETTINGS = str(DEMO / "settings.toml")


@pytest.fixture
def database(request, tmp_path, monkeypatch, opened):
    """The demo company in a PostgreSQL of its own; the pages use the settings of the demo."""
    url = empty(request, tmp_path, "postgresql")
    fill(url, DEMO, typed=True)
    monkeypatch.setenv("ORGDATA_SETTINGS", SETTINGS)
    return url


@pytest.fixture(scope="module")
def kept_database(request, tmp_path_factory):
    """The demo company in a PostgreSQL that no test changes: it is read and measured once."""
    url = empty(request, tmp_path_factory.mktemp("kept"), "postgresql")
    fill(url, DEMO, typed=True)
    UNCHANGED.add(url)
    return url


@pytest.fixture
def unchanged(kept_database, monkeypatch):
    """Its URL; the pages use the settings of the demo."""
    monkeypatch.setenv("ORGDATA_SETTINGS", SETTINGS)
    return kept_database


def _headlines(app):
    return {one.label: one.value for one in app.metric}


def _fetched():
    return len(source.current().portfolio["check_ins"])


@pytest.mark.parametrize("page", PAGES)
def test_every_page(opened, unchanged, page):
    app = opened(page, unchanged)
    assert not app.exception
    assert not app.error
    assert not app.warning


def test_it_shows_what_files_show(opened, unchanged):
    files = _headlines(opened("overview"))
    assert _headlines(opened("overview", unchanged)) == files
    assert "check-ins not loaded: too old to matter from 20 Nov 2026 on" in text_of(
        opened("data", unchanged)).replace("\\", "")
    assert "stayed" not in text_of(opened("data"))


def test_going_back_reads_it_again_from_that_quarter_on(opened, database):
    app = opened("overview", database)
    few = _fetched()
    for day, more in ((date(2026, 11, 21), False), (date(2026, 11, 13), True),
                      (date(2026, 11, 6), False), (date(2026, 10, 30), False)):
        app.date_input(key="as_of").set_value(day).run()
        assert not app.exception
        assert (_fetched() > few) == more, day
        few = _fetched()
        found = source.evaluated(source.current(), day)
        alone = evaluate(load(str(DEMO)), day)
        assert found.gaps.rows["key"].tolist() == alone.gaps.rows["key"].tolist()
        assert found.alignment.key_results["status"].tolist() == alone.alignment.key_results["status"].tolist()
    assert "not loaded: too old to matter from 1 Oct 2026 on" in text_of(
        opened("data", database, as_of="2026-10-30"))
    source.forget()
    opened("overview", database)
    assert source.current().portfolio.not_fetched.exact_from == date(2026, 11, 20)


def test_going_further_back_waits_until_it_was_not_read_for_a_while(opened, database, monkeypatch):
    """Addresses with ever earlier days do not have the database read for everybody each time."""
    opened("overview", database, as_of="2026-11-13")
    read = source.current()
    for day in ("2026-09-18", "2026-03-20"):
        app = opened("overview", database, as_of=day)
        assert not app.exception
        assert not app.warning
        assert ("Shown is 1 Oct 2026: what counted before is in the source, which was read for "
                "another early day a short while ago. Try again in 10 minutes." in text_of(app))
    assert source.current() is read
    monkeypatch.setattr(source, "READ_AGAIN_SECONDS", 0)
    assert "Shown is" not in text_of(opened("overview", database, as_of="2026-09-18"))
    assert source.current().portfolio.covers(date(2026, 7, 1))
    assert not source.current().portfolio.covers(date(2026, 6, 30))


@pytest.mark.parametrize("page", PAGES)
def test_an_address_with_an_early_day(opened, unchanged, page):
    app = opened(page, unchanged, as_of="2026-10-02")
    assert not app.exception
    assert not app.warning
    assert source.current().portfolio.not_fetched.exact_from == date(2026, 10, 1)


def test_a_correction_that_changes_which_check_ins_count_has_them_read(opened, database, tmp_path,
                                                                      monkeypatch):
    """Those of a key result that is no more are faulty: as with files they are all listed."""
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path / 'kept.sqlite'}")
    day = date(2026, 11, 20)
    files = read_source(str(DEMO))
    opened("overview", database)
    first = source.current()
    old = set(files.tables["check_ins"].frame["kr_id"]) - set(
        first.portfolio["check_ins"].loc[first.portfolio["check_ins"]["date"] < "2026-09-01", "kr_id"])
    gone = Edit("key_results", "end", {"kr_id": min(old)}, {})
    harmless = Edit("products", "set", {"product_id": "P01"}, {"fte": "3"})
    for edits, again in (((harmless,), False), ((harmless, gone), True)):
        with Store.open(f"sqlite:///{tmp_path / 'kept.sqlite'}") as store:
            store.correct([Correction(first.key, edits[-1], "Ada", datetime.now(UTC))])
        shell_store._revision.clear()
        now = opened("overview", database).session_state["frame_view"]
        assert (source.current().read_at != first.read_at) == again
        assert source.current().portfolio.not_fetched is not None
        expected = portfolio_of(files, edits)
        assert now.portfolio.counts["check_ins"] == expected.counts["check_ins"]
        assert now.gaps.rows["key"].tolist() == evaluate(expected, day).gaps.rows["key"].tolist()


def _weeks(app):
    """The small lines of the key results on the page."""
    (table,) = (one["table"] for one in components(app, "page_table")
                if any(column["kind"] == "weeks" for column in one["table"]["columns"]))
    title, weeks = ([column["kind"] for column in table["columns"]].index(kind)
                    for kind in ("name", "weeks"))
    return {str(row[title]): row[weeks] for row in table["rows"] if row[weeks]}


def test_key_results_have_their_weeks_of_the_database(opened, unchanged):
    for page, query in (("products", {"product": "P01"}), ("outcomes", {"outcome": "O1"})):
        files = _weeks(opened(page, **query))
        assert len(files) > 1
        assert max(map(len, files.values())) > 3  # more than was fetched to measure
        assert _weeks(opened(page, unchanged, **query)) == files


def test_weeks_that_cannot_be_read_cost_nothing_else(opened, database):
    app = opened("overview", database)
    run(database, "drop table check_ins")
    app.query_params["product"] = "P01"
    app.switch_page("pages/products.py").run()
    assert not app.exception
    assert "The weeks before could not be read" in text_of(app)


def test_going_back_while_the_database_is_away_shows_the_last_good_day(opened, database):
    app = opened("overview", database)
    before = _headlines(app)
    run(database, "drop schema public cascade")
    app.date_input(key="as_of").set_value(date(2026, 10, 2)).run()
    assert not app.exception
    assert _headlines(app) == before
    assert "could not be read again" in app.warning[0].value
    assert "Shown is 20 Nov 2026" in text_of(app)
    run(database, "create schema public")
    fill(database, DEMO, typed=True)
    next(one for one in app.button if one.label == "Try again").click().run()
    assert not app.exception
    assert not app.warning
    assert "Shown is" not in text_of(app)
    assert source.current().portfolio.covers(date(2026, 10, 2))


@pytest.mark.parametrize(("statement", "said"), [
    ("drop schema public cascade", "holds no tables"),
    ("alter table products rename to goods; alter table outcomes rename to ends; create view "
     "products as select product_id, name, 1 / 0 as annual_spend from goods", "division by zero"),
])
def test_the_last_good_portfolio_stays_while_the_database_fails(opened, database, statement, said):
    app = opened("overview", database)
    before = _headlines(app)
    for one in statement.split("; "):
        run(database, one)
    source.forget()
    app.run()
    assert not app.exception
    assert _headlines(app) == before
    assert "The source could not be read again" in app.warning[0].value
    assert said in app.warning[0].value.replace("\\", "")
    assert "What is shown was read on" in app.warning[0].value


def test_a_changed_column_is_never_shown_as_the_whole(opened, database):
    app = opened("overview", database)
    run(database, "alter table products rename column product_id to sku")
    source.forget()
    app.run()
    assert not app.exception
    assert "Incomplete: nothing of products" in (
        app.warning[0].value.replace("\\", ""))


@pytest.mark.parametrize("page", ["overview", "data"])
def test_of_a_database_in_a_file_its_name_is_shown_and_not_its_path(page, opened, tmp_path):
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    run(url, "create table products (product_id text, name text)",
        "insert into products values ('P1', 'A')")
    (tmp_path / "settings.toml").write_text('currency = "EUR"')
    text = text_of(opened(page, url)).replace("\\", "")
    assert "plans.db" in text
    assert ("Settings: settings.toml" in text) == (page == "data")
    assert str(tmp_path) not in text
