"""The meeting from one page: source and store are both a real PostgreSQL."""

import re
from datetime import UTC, date, datetime

import pytest
import streamlit as st

from orgdata.demo import DEMO
from orgdata.gaps import Gaps, find_gaps
from orgdata.load import load_for
from orgdata.measures import Alignment, align
from orgdata.store import Decision, GapChange, Store, source_key
from tests.pages.conftest import components, gap_rows, table_rows, text_of
from tests.sources.conftest import empty
from tests.sources.databases import fill, run

SETTINGS = str(DEMO / "settings.toml")
GAP = "OUT01:O2"
LAST_WEEK, TODAY = date(2026, 11, 13), date(2026, 11, 20)
AT = datetime(2026, 11, 13, 9, tzinfo=UTC)


@pytest.fixture
def company(request, tmp_path, monkeypatch, opened):
    """The URL of the demo company in PostgreSQL; the pages use a store beside it."""
    url = empty(request, tmp_path, "postgresql")
    fill(url, DEMO, typed=True)
    monkeypatch.setenv("ORGDATA_SETTINGS", SETTINGS)
    monkeypatch.setenv("ORGDATA_STORE", url)  # its tables are not among ours, and it may be there
    return url


WEEKS: dict[date, tuple[Alignment, Gaps]] = {}  # the same in every test: measured by the first


def _measured(company, day):
    if day not in WEEKS:
        alignment = align(load_for(company, SETTINGS, day, TODAY)[0], day)
        WEEKS[day] = alignment, find_gaps(alignment)
    return WEEKS[day]


@pytest.fixture
def store(company):
    """A store with three weeks; what was shown last week had one product manager more."""
    with Store.open(company) as kept:
        for day in (date(2026, 10, 30), date(2026, 11, 6), LAST_WEEK):
            kept.take(source_key(company), *_measured(company, day), AT)
        run(company, "delete from contributions where product_id = 'P01'")
        yield kept


def _button(app, label):
    return next(one for one in app.button if one.label == label)


def _said(app):
    return text_of(app).replace("\\", "")


def _open(app, key):
    app.session_state[key] = True
    return app.run()


def test_it_opens_with_what_changed(opened, company, store):
    app = opened("weekly_review", company)
    assert not app.exception
    assert not app.warning
    heads = {one.label: one.value for one in app.metric}
    assert heads["Aligned products"] == "27 of 36"
    said = _said(app)
    assert {"−1", "no change"} <= {one.value.replace("\\", "") for one in app.caption}
    assert "1 product fell out of alignment (Checkout): 27 of 36 aligned, before 28 of 36" in said
    assert "Spend mapped to outcomes 84.1 % → 78.9 %: −5.2 points from removals." in said
    assert "Links: 2 withdrawn." in said
    _open(app, "every_change")
    rows = next(one.value for one in app.dataframe if "before" in one.value)
    assert "Checkout" in " ".join(rows["name"])
    assert len(rows) == int(next(one.label for one in app.expander).split()[0])


def test_exceptions_with_question_evidence_next_step_owner_and_state(opened, company, store):
    app = opened("weekly_review", company)
    assert len(gap_rows(app)) == 7
    assert "more are critical or high" in _said(app)
    app.session_state["exceptions_opened"] = GAP
    (rows,) = components(app.run(), "gap_rows")
    assert rows["opened"]["question"] == "Which product will work on this outcome?"
    assert any("Why this was flagged" in line for line in rows["opened"]["evidence"])
    app.session_state["settled"] = GAP
    app.run()
    assert "Which product will work on this outcome?" in _said(app)
    app.selectbox(key=f"state_of_{GAP}").set_value("planned")
    app.text_input(key=f"owner_of_{GAP}").set_value("Kenji")
    app.date_input(key=f"due_of_{GAP}").set_value(date(2026, 11, 30))
    app.text_input(key=f"name_for_{GAP}").set_value("Rafael")
    _button(app, "Save").click().run()
    assert not app.exception
    said = store.states(source_key(company))[GAP]
    assert (said.state, said.owner, said.due, said.by) == (
        "planned", "Kenji", date(2026, 11, 30), "Rafael")
    assert "settled" not in app.session_state  # the form is closed
    row = next(row for row in gap_rows(opened("weekly_review", company)) if row["key"] == GAP)
    assert row["state"] == "21 days · Planned · due 30 Nov"
    assert re.fullmatch(r"\d+ days", row["since"])


def test_an_exception_that_expired_says_so(opened, company, store):
    store.change_gap(GapChange(source_key(company), GAP, "accepted", "Ada", AT, until=date(2026, 11, 16),
                               reason="The board decides"))
    states = {row["key"]: row["state"] for row in gap_rows(opened("weekly_review", company))}
    assert states[GAP] == "21 days · Acceptance expired"
    store.change_gap(GapChange(source_key(company), GAP, "accepted", "Ada", AT, until=date(2026, 11, 20),
                               reason="The board decides"))
    st.cache_resource.clear()  # another process said so; it would be seen within half a minute
    assert GAP not in {row["key"] for row in gap_rows(opened("weekly_review", company))}


def test_last_weeks_to_dos_are_done_or_not(opened, company, store):
    def made(text, day=LAST_WEEK, **more):
        return store.decide(Decision(source_key(company), text, day, "Ada", AT, **more))

    made("Ask legal", done_on=date(2026, 11, 17), owner="Bo")
    made("Ask the board", done_on=LAST_WEEK)  # told in the meeting of that day
    late = made("Name a manager", due=date(2026, 11, 18))
    made("Not yet", day=date(2026, 11, 27))  # when the page looks back
    said = _said(opened("weekly_review", company))
    assert "✓ Ask legal" in said
    assert "Bo · done 17 Nov 2026, says Ada" in said
    assert "Ask the board" not in said
    assert "Not yet" not in said
    assert "▽ **Name a manager**" in said
    app = opened("weekly_review", company)
    app.text_input(key="my_name").set_value("Rafael").run()
    app.button(key=f"done_{late.id}").click().run()
    assert "✓ Name a manager" in _said(app)
    (found,) = (one for one in store.decisions(source_key(company)) if one.id == late.id)
    assert (found.done_on, found.done_by) == (TODAY, "Rafael")
    app.button(key=f"reopen_{late.id}").click().run()
    _open(app, f"move_{late.id}")
    app.text_input(key=f"move_owner_{late.id}").set_value("Chen")
    app.date_input(key=f"move_due_{late.id}").set_value(date(2026, 12, 4))
    _button(app, "Save").click().run()
    assert "Chen · by 4 Dec 2026" in _said(app)
    assert ", overdue" not in _said(app)


def test_a_decision_with_owner_date_and_what_it_is_about(opened, company, store):
    app = opened("weekly_review", company)
    app.text_input(key="my_name").set_value("Rafael").run()
    app.text_input(key="decide_text").set_value("Ask Kenji what Japan needs")
    app.text_input(key="decide_owner").set_value("Kenji")
    app.date_input(key="decide_due").set_value(date(2026, 11, 24))
    app.selectbox(key="decide_kind").set_value("todo")
    app.selectbox(key="decide_about").set_value(GAP)
    _button(app, "Record").click().run()
    assert not app.exception
    (kept,) = store.decisions(source_key(company))
    assert (kept.text, kept.owner, kept.due, kept.kind, kept.gap_key, kept.by, kept.made_on) == (
        "Ask Kenji what Japan needs", "Kenji", date(2026, 11, 24), "todo", GAP, "Rafael", TODAY)
    assert "Kenji · by 24 Nov 2026 · to-do of 20 Nov 2026" in _said(app)


def test_roadblocks_and_what_is_not_known(opened, company, store):
    app = opened("weekly_review", company)
    said, rows = _said(app), table_rows(app, "Open roadblocks")
    assert rows[0].startswith("Nobody can sign the scanner contract")
    assert "Amara Okafor" in rows[0]
    assert "key results without a known status" in said
    assert "On track, not discussed" in said


def test_the_week_is_kept_and_the_headlines_say_their_change(opened, company, store):
    app = opened("weekly_review", company)
    app.button(key="snapshot").click().run()
    days = [one.day for one in store.snapshots(source_key(company))]
    assert days[-2:] == [LAST_WEEK, TODAY]
    notes = [one.value for one in opened("overview", company).caption]
    assert any("−1 since the last snapshot" in one or "\\-1 since" in one for one in notes), notes


def test_a_role_and_a_link_are_confirmed_over_the_source(opened, company, store):
    app = _open(opened("my_product", company, product="P02"), "role_P02")
    app.text_area(key="role_text_P02").set_value("It keeps carts full")
    app.text_input(key="role_by_P02").set_value("Nadia")
    _button(app, "Save").click().run()
    assert not app.exception
    app = _open(opened("outcomes", company, outcome="O1"), "links_O1")
    app.session_state["link_answer_O1"] = "declined"
    app.text_input(key="link_by_O1").set_value("Miriam")
    _button(app, "Save").click().run()
    assert not app.exception
    answers = store.corrections(source_key(company))
    assert [(one.edit.table, one.answer, one.by, one.on) for one in answers] == [
        ("products", "rewritten", "Nadia", TODAY), ("contributions", "declined", "Miriam", TODAY)]
    assert "It keeps carts full" in _said(opened("products", company, product="P02"))
    assert "2 confirmations" in _said(opened("data", company))


def test_two_schemas_of_a_database_are_two_sources(opened, company, store, tmp_path):
    run(company, "create schema planning",
        "create table planning.products (product_id text, name text)",
        "insert into planning.products values ('P1', 'A')")
    planning = company + "&schema=planning"
    app = opened("weekly_review", planning)
    assert not app.exception
    assert "There is no earlier review" in app.info[0].value
    assert not [one for one in app.caption if "no change" in one.value]
    app.button(key="snapshot").click().run()
    assert len(store.snapshots(source_key(planning))) == 1
    assert len(store.snapshots(source_key(company))) == 3
