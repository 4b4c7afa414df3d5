"""A past review opens as it was seen: its figures, states and decisions, and nothing to change."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata.access import Rights
from orgdata.demo import DEMO
from orgdata.evaluation import evaluate, keep
from orgdata.load import load
from orgdata.store import Decision, GapChange, SnapshotMark, Store, source_key
from orgdata.ui.shell import rights
from orgdata.ui.widgets import downloads
from tests.pages.conftest import clear_caches, gap_rows, table_rows, text_of
from tests.sources.databases import run
from tests.store.builders import answer

KEY, OTHER = source_key(str(DEMO)), "another"
GAP, DAY = "OUT01:O2", date(2026, 11, 13)
MEETING, LATER = (datetime(2026, 11, number, 12, tzinfo=UTC) for number in (13, 16))
PRESENT = "Done", "Move", "Assign", "Close the review", "Save a snapshot", "Record"


@pytest.fixture(scope="module")
def closed_review(tmp_path_factory):
    """The file of a store in which a review was closed, of data with roadblocks less, and which
    went on."""
    file = tmp_path_factory.mktemp("review") / "kept.sqlite"
    bare = load(str(DEMO))
    then = replace(bare, tables={**bare.tables, "roadblocks": bare["roadblocks"].head(1)})
    with Store.open(f"sqlite:///{file}") as kept:
        kept.change_gap(GapChange(KEY, GAP, "planned", "Ada", MEETING, owner="Kenji"))
        made = kept.decide(Decision(KEY, "Ask legal", DAY, "Ada", MEETING))
        for key in (KEY, OTHER):
            keep(kept, key, evaluate(then, DAY, kept, key), MEETING, "Ada", "Board", review=True)
        kept.change_gap(GapChange(KEY, GAP, "accepted", "Bo", LATER, until=date(2027, 1, 1),
                                  reason="The board decides"))
        kept.finish(made.id, DAY, "Bo", LATER)
        kept.decide(Decision(KEY, "Ask finance", DAY, "Bo", LATER))
        kept.correct([answer("P01", "declined", "Bo", DAY, "O1", source=KEY)])
    return file.read_bytes()


@pytest.fixture
def store(kept_in, closed_review):
    """Such a store, which the pages use."""
    return kept_in(closed_review)


def _said(app):
    assert not app.exception
    return text_of(app).replace("\\", "")


def _labels(app):
    return {one.label for one in app.button} | {
        one.proto.popover.label for one in app.get("popover")}


def test_it_opens_as_it_was_seen(opened, store):
    app = opened("weekly_review", review="1")
    said = _said(app)
    assert "The review of 13 Nov 2026 (Board) as it was seen when Ada closed it on 13 Nov" in said
    assert app.query_params["as_of"] in ("2026-11-13", ["2026-11-13"])
    assert any("Planned" in row["state"].split(" · ") for row in gap_rows(app))
    assert "**Ask legal**" in said
    assert ("says Bo" in said, "Ask finance" in said) == (False, False)
    assert len(table_rows(app, "Open roadblocks")) == 1
    assert not {label for label in _labels(app) for word in PRESENT if label.startswith(word)}
    assert not [one for one in app.date_input if one.key == "as_of"]


def test_other_pages_are_of_that_review_too(opened, store):
    log = _said(opened("gaps", review="1", gap=GAP))
    assert "Ada (said to be): planned, owner Kenji" in log
    assert "The board decides" not in log
    said = _said(opened("outcomes", review="1", outcome="O1"))
    assert "as it was seen" in said
    for page in ("overview", "products", "my_product", "data", "method"):
        assert "as it was seen" in _said(opened(page, review="1"))


def test_the_way_there_and_back(opened, store):
    app = opened("weekly_review")
    present = _said(app)
    assert ("as it was seen" in present, "Ask finance" in present) == (False, True)
    app.session_state["all_reviews"] = True
    app.run()
    next(one for one in app.button if one.label == "Open as it was").click().run()
    assert app.query_params["review"] in ("1", ["1"])
    app = opened("overview", review="1")
    assert "as it was seen" in _said(app)
    app.button(key="leave_review").click().run()
    assert "as it was seen" not in _said(app)
    assert "review" not in app.query_params
    assert app.date_input(key="as_of").value == date(2026, 11, 20)


@pytest.mark.parametrize("asked", ["2", "99", "-1", "x", "1 or 1", "9" * 400])
def test_one_that_this_source_does_not_have_is_said(opened, store, asked):
    app = opened("overview", review=asked)
    assert "no review of that number" in _said(app)
    assert app.date_input(key="as_of").value == date(2026, 11, 20)


def test_what_may_differ_from_what_was_seen_is_said(opened, store, monkeypatch):
    store.mark(SnapshotMark(1, "withdrawn", "Bo", LATER, "The wrong file"))
    run(store._engine.url.render_as_string(), "update orgdata_snapshots set method = '0'")
    editions = []
    monkeypatch.setattr(downloads, "show", lambda view, *_, **__: editions.append(
        downloads.edition_of(view).past))
    said = _said(opened("weekly_review", review="1"))
    assert "It was kept under method 0; its figures are those of method" in said
    assert editions[0].startswith("The review of 13 Nov 2026 (Board) as it was seen when Ada")
    assert f"{editions[0]} Nothing is changed here." in said
    assert "It was withdrawn since: The wrong file." in said


def test_one_that_is_damaged_is_said(opened, store):
    run(store._engine.url.render_as_string(), "update orgdata_snapshots set content = x'00'")
    said = _said(opened("overview", review="1"))
    assert "The review of 13 Nov 2026 (Board) cannot be read, so shown is the present" in said


def test_a_week_found_under_an_earlier_method_is_said_once(opened, store):
    run(store._engine.url.render_as_string(), "update orgdata_snapshots set method = '0'")
    clear_caches()  # otherwise it never changes of a snapshot
    assert _said(opened("weekly_review")).count(
        "What was seen on 13 Nov 2026 was found under method 0, and is measured by method") == 1


def test_who_holds_no_reviews_reads_nothing_of_what_was_written_of_them(
        opened, store, monkeypatch):
    monkeypatch.setattr(rights, "current", lambda: Rights(frozenset({"viewer"})))
    app = opened("overview", review="1")
    assert "The review of 13 Nov 2026 as it was seen" in app.info[0].value
    assert "Board" not in text_of(app)
    store.mark(SnapshotMark(1, "withdrawn", "Ada", LATER, "qzreason"))
    app = opened("overview", review="1")
    assert "qzreason" not in text_of(app)
    assert "no review of that number" in app.warning[0].value
