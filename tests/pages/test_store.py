"""What is said on the pages is kept in the store, seen at once, and never written to the source."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata import evaluation
from orgdata.demo import DEMO
from orgdata.evaluation import snapshot as keep_snapshot
from orgdata.exports.digest import digest
from orgdata.exports.weekly_pack import pack_markdown
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.serve import warm
from orgdata.store import (
    Decision,
    GapChange,
    SnapshotMark,
    Store,
    source_key,
)
from orgdata.ui.shell import source as shell_source
from orgdata.ui.shell import store as shell_store
from orgdata.ui.widgets import downloads
from tests.pages.conftest import components, gap_rows, table_rows, text_of
from tests.sources.conftest import empty
from tests.sources.databases import run
from tests.store.builders import answer

KEY = source_key(str(DEMO))
GAP, DAY = "OUT01:O2", date(2026, 11, 13)


@pytest.fixture(scope="module")
def the_week_before(tmp_path_factory):
    """The file of a store with a snapshot of the week before."""
    file = tmp_path_factory.mktemp("before") / "kept.sqlite"
    with Store.open(f"sqlite:///{file}") as kept:
        before = align(load(str(DEMO)), date(2026, 11, 13))
        kept.take(KEY, before, find_gaps(before), datetime(2026, 11, 13, 12, tzinfo=UTC))
    return file.read_bytes()


@pytest.fixture
def store(kept_in, the_week_before):
    """A store with a snapshot of the week before; the pages use it."""
    return kept_in(the_week_before)


def _button(app, label):
    return next(one for one in app.button if one.label == label)


def test_the_meeting_opens_with_what_changed(opened, store):
    app = opened("weekly_review")
    assert not app.exception
    said = text_of(app)
    assert "No product changed its alignment" in said.replace("\\", "")
    assert gap_rows(app)[0]["key"] == GAP
    assert {one.label: one.value for one in app.metric}["Aligned products"] == "28 of 36"


def test_without_a_snapshot_it_says_what_to_do(opened):
    assert "There is no earlier review" in opened("weekly_review").info[0].value


def test_a_snapshot_is_kept_once(opened, store):
    app = opened("weekly_review")
    app.button(key="snapshot").click().run()
    assert not app.exception
    assert [one.day for one in store.snapshots(KEY)] == [date(2026, 11, 13), date(2026, 11, 20)]
    app.button(key="snapshot").click().run()
    assert len(store.snapshots(KEY)) == 2
    assert "nothing has changed" in app.toast[0].value


def test_a_second_snapshot_of_a_day_asks_first(opened, store):
    another = align(load(str(DEMO)), date(2026, 11, 20))
    another = align(replace(another.portfolio, tables={
        **another.portfolio.tables, "roadblocks": another.portfolio["roadblocks"].head(0)}),
        date(2026, 11, 20))
    store.take(KEY, another, find_gaps(another), datetime(2026, 11, 20, 9, tzinfo=UTC))
    app = opened("weekly_review")
    app.button(key="snapshot").click().run()
    assert "There is a snapshot of 20 Nov 2026 already" in app.warning[0].value
    assert len(store.snapshots(KEY)) == 2
    app.button(key="snapshot_again").click().run()
    assert not app.warning
    assert len(store.snapshots(KEY)) == 3


def test_a_review_is_closed_and_is_what_the_next_one_is_compared_with(opened, store):
    first, = store.snapshots(KEY)
    assert "compared with the last snapshot" in text_of(opened("weekly_review"))
    store.mark(SnapshotMark(first.id, "review", "Ada", datetime(2026, 11, 13, tzinfo=UTC)))
    later = align(load(str(DEMO)), date(2026, 11, 18))
    store.take(KEY, later, find_gaps(later), datetime(2026, 11, 18, 12, tzinfo=UTC))
    shell_store._revision.clear()  # as half a minute later
    app = opened("weekly_review")
    chosen = app.selectbox(key="since")
    assert chosen.options == ["Compared with: 18 Nov 2026 (snapshot 2)",
                              "Compared with: Review of 13 Nov 2026"]
    assert chosen.value == first.id
    app.session_state["close_review"] = app.session_state["all_reviews"] = True
    app.run()
    app.text_input(key="review_label").set_value("Board")
    app.text_input(key="review_by").set_value("Rafael")
    _button(app, "Close the review").click().run()
    assert not app.exception
    closed = store.snapshots(KEY)[-1]
    assert (closed.title, closed.closed_by) == ("Review of 20 Nov 2026 · Board", "Rafael")
    app = opened("weekly_review")
    app.session_state["all_reviews"] = True
    app.run()
    app.selectbox(key="mark_of").set_value(closed.id)
    app.selectbox(key="mark_as").set_value("withdrawn")
    app.text_input(key="mark_text").set_value("The wrong file")
    app.text_input(key="mark_by").set_value("Rafael")
    _button(app, "Save").click().run()
    assert store.snapshot(closed.id).withdrawn == "The wrong file"


def test_a_decision_needs_a_name_and_is_carried_until_done(opened, store):
    app = opened("weekly_review")
    app.text_input(key="decide_text").set_value("Returns gets an owner")
    _button(app, "Record").click().run()
    assert "say who you are" in app.error[0].value
    assert store.decisions(KEY) == []
    app.text_input(key="my_name").set_value("Rafael").run()
    app.text_input(key="decide_text").set_value("Returns gets an owner")
    _button(app, "Record").click().run()
    (kept,) = store.decisions(KEY)
    assert (kept.text, kept.by, kept.done_on) == ("Returns gets an owner", "Rafael", None)
    assert "Returns gets an owner" in text_of(opened("weekly_review"))
    app = opened("weekly_review")
    app.text_input(key="my_name").set_value("Rafael").run()
    app.button(key=f"done_{kept.id}").click().run()
    assert store.decisions(KEY)[0].done_by == "Rafael"


def test_an_old_to_do_is_shown_late(opened, store):
    store.decide(Decision(KEY, "Ask legal", date(2026, 11, 13), "Ada",
                          datetime(2026, 11, 13, tzinfo=UTC), due=date(2026, 11, 18)))
    app = opened("weekly_review")
    assert "▽ **Ask legal**" in text_of(app)
    assert ", overdue" in text_of(app).replace("\\", "")


def test_a_gap_is_accepted_only_with_date_and_reason_and_then_leaves_the_review(opened, store):
    app = opened("gaps", gap=GAP)
    app.selectbox(key=f"state_of_{GAP}").set_value("accepted")
    app.text_input(key=f"name_for_{GAP}").set_value("Rafael")
    _button(app, "Save").click().run()
    assert "needs a reason, and a date" in app.error[0].value
    app.selectbox(key=f"state_of_{GAP}").set_value("accepted")
    app.text_input(key=f"reason_of_{GAP}").set_value("decided in spring")
    app.date_input(key=f"until_of_{GAP}").set_value(date(2027, 3, 31))
    app.text_input(key=f"name_for_{GAP}").set_value("Rafael")
    _button(app, "Save").click().run()
    assert not app.error
    assert store.states(KEY)[GAP].state == "accepted"
    assert "Rafael \\(said to be\\)\\: accepted, until 31 Mar 2027" in text_of(app)
    assert GAP not in {row["key"] for row in gap_rows(opened("weekly_review"))}


def test_what_somebody_else_wrote_meanwhile_is_shown_and_asked_about(opened, store):
    app = opened("gaps", gap=GAP)
    app.selectbox(key=f"state_of_{GAP}").set_value("acknowledged")
    app.text_input(key=f"reason_of_{GAP}").set_value("Two candidates")
    app.text_input(key=f"name_for_{GAP}").set_value("Rafael")
    store.change_gap(GapChange(KEY, GAP, "planned", "Astrid", datetime.now(UTC), owner="Okafor",
                               due=date(2026, 12, 11)))
    _button(app, "Save").click().run()
    assert not app.exception
    assert ("Astrid changed this just now\\: planned, owner Okafor, due 11 Dec 2026\\. "
            "Yours\\: acknowledged, because Two candidates") in app.warning[0].value
    assert store.states(KEY)[GAP].by == "Astrid"
    app.button(key=f"keep_theirs_{GAP}").click().run()
    assert not app.exception
    kept = store.states(KEY)[GAP]
    assert (kept.state, kept.owner, kept.due, kept.reason, kept.by) == (
        "planned", "Okafor", date(2026, 12, 11), "Two candidates", "Rafael")
    assert not app.warning
    assert app.text_input(key=f"owner_of_{GAP}").value == "Okafor"


def test_a_decision_says_what_it_is_about_and_the_same_one_is_asked_about(opened, store):
    at = datetime.now(UTC)
    for key in (GAP, "PRG06:K999"):
        store.decide(Decision(KEY, f"See to {key[:5]}", date(2026, 11, 13), "Ada", at, gap_key=key))
    app = opened("weekly_review")
    said = text_of(app).replace("\\", "")
    assert "decision of 13 Nov 2026 · recorded by Ada (said to be)  \nAbout: No product works on “Expand to Japan”" in said
    assert "About: guardrail broken, which is no longer found" in said
    app.text_input(key="my_name").set_value("Rafael").run()
    app.text_input(key="decide_text").set_value("See to OUT01")
    _button(app, "Record").click().run()
    assert len(store.decisions(KEY)) == 2
    app.button(key="decide_again").click().run()
    assert not app.exception
    assert [one.by for one in store.decisions(KEY)] == ["Ada", "Ada", "Rafael"]
    app.session_state["move_1"] = True
    app.run()
    app.text_input(key="withdraw_why_1").set_value("It stands twice")
    _button(app, "Withdraw").click().run()
    assert store.decisions(KEY)[0].withdrawn == "It stands twice"
    assert "✕ See to OUT01  \n:small[withdrawn on " in text_of(app)


def test_a_reminder_opens_the_form_of_what_it_is_about(opened, store):
    store.change_gap(GapChange(KEY, GAP, "accepted", "Ada", datetime(2026, 11, 13, tzinfo=UTC),
                               until=date(2026, 11, 19), reason="The board decides"))
    made = store.decide(Decision(KEY, "Ask legal", date(2026, 11, 13), "Ada",
                                 datetime(2026, 11, 13, tzinfo=UTC), due=date(2026, 11, 18)))
    app = opened("gaps", gap=f"GOV02:{GAP}")
    assert "About: No product works on" in text_of(app)
    app.date_input(key=f"until_of_{GAP}").set_value(date(2027, 3, 31))
    app.text_input(key=f"name_for_{GAP}").set_value("Rafael")
    _button(app, "Save").click().run()
    assert {key: entry.until for key, entry in store.states(KEY).items()} == {
        GAP: date(2027, 3, 31)}
    app = opened("gaps", gap=f"GOV02:{GAP}")
    assert "Settled" in app.success[0].value
    assert app.date_input(key=f"until_of_{GAP}").value == date(2027, 3, 31)
    app = opened("gaps", gap=f"GOV01:decision:{made.id}")
    app.text_input(key=f"decision_by_{made.id}").set_value("Rafael").run()
    app.button(key=f"one_done_{made.id}").click().run()
    assert not app.exception
    assert store.decisions(KEY)[0].done_by == "Rafael"


def test_what_was_said_to_be_resolved_is_listed_while_it_is_still_there(opened, store):
    store.change_gap(GapChange(KEY, GAP, "resolved", "Ada", datetime(2026, 11, 14, tzinfo=UTC),
                               reason="Japan is served"))
    app = opened("weekly_review")
    assert "**Marked as resolved, still found**" in text_of(app)
    discussed, settled = (one["rows"] for one in components(app, "gap_rows"))
    assert GAP not in {row["key"] for row in discussed}
    assert [row["key"] for row in settled] == [GAP]
    states = {row["key"]: row["state"] for row in gap_rows(opened("gaps"))}
    assert states[GAP] == "7 days · Resolved"


def test_the_filters_narrow_the_exceptions(opened, store):
    app = opened("weekly_review", area="Payments")
    everything = opened("weekly_review")
    heading, = (one.value for one in app.subheader if one.value.startswith("Gaps"))
    shown, of = map(int, re.search(r"\((\d+) of (\d+), Payments", heading.replace("\\", "")).groups())
    assert 0 < shown < of
    assert len(gap_rows(app)) == shown
    assert "Gaps" in [one.value for one in everything.subheader]


def test_the_filters_narrow_what_was_settled_and_decided_as_in_the_documents(
        opened, store, monkeypatch):
    at = datetime(2026, 11, 14, tzinfo=UTC)
    for key in ("PRT04:D01", "OWN01:P21"):
        store.change_gap(GapChange(KEY, key, "resolved", "Ada", at, reason="Settled"))
    for key in ("PRG01:K163", "PRG03:K182"):
        store.change_gap(GapChange(KEY, key, "accepted", "Ada", at, until=date(2026, 12, 1),
                                   reason="Known"))
    for text, key in (("Ask legal", "PRT04:D01"), ("Name somebody", "OWN01:P21"), ("Rest", None)):
        store.decide(Decision(KEY, text, DAY, "Ada", at, gap_key=key))
    editions = []
    monkeypatch.setattr(downloads, "show", lambda view, *_, **__: editions.append(
        downloads.edition_of(view)))
    app = opened("weekly_review", area="Payments")
    said = text_of(app).replace("\\", "")
    edition, = editions
    settled = "Accepted: 1 (next date 1 Dec 2026), marked as resolved, still found: 1."
    assert settled in digest(edition).rest
    for text in (said, pack_markdown(edition).decode().replace("\\", "")):
        assert settled in text
        assert ("Ask legal" in text, "Name somebody" in text, "Rest" in text) == (
            True, False, True)
        assert "accountable for Returns" not in text
    assert "Listed are 2 of 3: those about a gap in Payments, and those about no gap." in said
    assert len(table_rows(app, "Open roadblocks")) == len(edition.listed_roadblocks()) == 1


def test_a_role_is_confirmed_over_the_source_and_can_be_carried_back(opened, store):
    source = (DEMO / "products.csv").read_bytes()
    app = opened("my_product", product="P01")
    app.session_state["role_P01"] = True
    app.run()
    app.text_area(key="role_text_P01").set_value("Checkout turns carts into money")
    app.text_input(key="role_by_P01").set_value("Nadia")
    _button(app, "Save").click().run()
    assert not app.exception
    (made,) = store.corrections(KEY)
    assert (made.answer, made.by) == ("rewritten", "Nadia")
    for page in ("my_product", "products"):
        shown = text_of(opened(page, product="P01"))
        assert "Checkout turns carts into money\n" in shown
        assert "Purpose, confirmed by Nadia" in shown
    assert (DEMO / "products.csv").read_bytes() == source
    assert "1 confirmation" in text_of(opened("data"))


def test_a_link_is_declined_over_the_source(opened, store):
    app = opened("outcomes", outcome="O1")
    app.session_state["links_O1"] = True
    app.run()
    app.selectbox(key="link_O1").set_value("P01")
    app.session_state["link_answer_O1"] = "declined"
    app.text_input(key="link_by_O1").set_value("Miriam")
    _button(app, "Save").click().run()
    assert not app.exception
    assert [one.answer for one in store.corrections(KEY)] == ["declined"]
    assert "Stated as primary, not confirmed" in text_of(
        opened("overview", cell="P01:O1"))


def test_a_cell_answers_its_own_link_and_begins_anew_for_the_next(opened, store):
    """What was chosen beside one cell is not what is answered beside another."""
    app = opened("overview", cell="P01:O1")
    app.session_state["links_O1_P01"] = True
    app.session_state["link_answer_O1_P01"] = "declined"
    app.run()
    assert not [box for box in app.selectbox if box.key == "link_O1"]
    app.text_input(key="link_by_O1_P01").set_value("Miriam")
    next(one for one in app.button if "links_form_O1_P01" in (one.key or "")).click().run()
    assert not app.exception
    kept, = store.corrections(KEY)
    assert (kept.answer, kept.edit.key) == ("declined", {"product_id": "P01", "outcome_id": "O1"})
    app.query_params["cell"] = "P02:O1"
    app.session_state["links_O1_P02"] = True
    app.run()
    assert app.segmented_control(key="link_answer_O1_P02").value == "confirmed"


def test_only_a_confirmation_measures_the_portfolio_again(opened, store, monkeypatch):
    """What is decided, said of a gap or kept as a snapshot does not change a measure, and what is
    worked out again is what the rules that read it find."""
    counted = {"align": 0, "find_present": 0, "find_gaps": 0}

    def count(name):
        module = shell_source if name == "find_present" else evaluation
        does = getattr(module, name)

        def counting(*arguments):
            counted[name] += 1
            return does(*arguments)
        monkeypatch.setattr(module, name, counting)

    for name in counted:
        count(name)
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def work_of(entry=lambda: None):
        """What an entry costs on the next look, and what is looked at then."""
        entry()
        shell_store._revision.clear()  # as half a minute later
        before = dict(counted)
        app = opened("overview")
        assert not app.exception
        view = app.session_state["frame_view"]
        return {name: counted[name] - before[name] for name in counted}, view

    costs, first = work_of()
    assert costs == {"align": 1, "find_present": 1, "find_gaps": 1}
    costs, again = work_of()
    assert costs == {"align": 0, "find_present": 0, "find_gaps": 0}
    assert again.evaluated.version == first.evaluated.version
    for entry, judged in (
            (lambda: store.decide(Decision(KEY, "Ask legal", date(2026, 11, 13), "Ada", at,
                                           due=date(2026, 11, 18))), 1),
            (lambda: store.decide(Decision(KEY, "Asked", date(2026, 11, 13), "Ada", at,
                                           done_on=date(2026, 11, 14))), 0),
            (lambda: store.change_gap(GapChange(KEY, GAP, "planned", "Ada", at, owner="Kenji")), 1),
            (lambda: store.decide(Decision("another", "Ask legal", date(2026, 11, 13), "Ada", at)),
             0),
            (lambda: keep_snapshot(store, KEY, first.evaluated.evaluation, at), 1)):
        costs, view = work_of(entry)
        assert costs == {"align": 0, "find_present": 0, "find_gaps": judged}
        assert view.alignment is first.alignment
        assert view.measured.version == first.measured.version
    assert "GOV01:decision:1" in set(view.gaps.rows["key"])
    assert [one.text for one in view.evaluated.evaluation.decisions] == ["Ask legal", "Asked"]
    costs, view = work_of(lambda: store.correct([answer(
        "P01", "declined", "Miriam", date(2026, 11, 20), "O1", source=KEY)]))
    assert costs == {"align": 1, "find_present": 1, "find_gaps": 1}
    assert view.alignment is not first.alignment


def test_headlines_say_their_change_since_the_last_snapshot(opened, store):
    before = align(load(str(DEMO)), date(2026, 10, 2))
    store.take(KEY, before, find_gaps(before), datetime(2026, 10, 2, 12, tzinfo=UTC))
    notes = [one.value for one in opened("overview", as_of="2026-10-30").caption]
    assert sum("since the last snapshot" in one for one in notes) >= 2, notes


def test_a_store_that_cannot_be_opened_is_said_and_costs_nothing_else(opened, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path / 'file' / 'x.sqlite'}")
    app = opened("weekly_review")
    assert "Nothing can be remembered" in app.warning[0].value
    assert not app.info, "it does not say that there is no earlier snapshot"
    assert not opened("overview").exception


def test_a_store_that_goes_away_is_said_and_comes_back(opened, monkeypatch, request, tmp_path):
    """Nothing but the memory is lost while its server is away, and no page has to be restarted."""
    url = empty(request, tmp_path, "postgresql")
    monkeypatch.setenv("ORGDATA_STORE", url)
    with Store.open(url) as kept:
        before = align(load(str(DEMO)), date(2026, 11, 13))
        kept.take(KEY, before, find_gaps(before), datetime(2026, 11, 13, 12, tzinfo=UTC))
    app = opened("weekly_review")
    assert app.metric
    run(url, "alter table orgdata_decisions rename to orgdata_elsewhere")
    for page in ("weekly_review", "overview"):
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
    shell_store._revision.clear()  # as half a minute later
    app = app.switch_page("pages/weekly_review.py").run()
    assert not app.exception
    assert "Nothing can be remembered" in app.warning[0].value
    run(url, "alter table orgdata_elsewhere rename to orgdata_decisions")
    shell_store._revision.clear()
    app = app.switch_page("pages/weekly_review.py").run()
    assert not app.warning
    assert "No product changed its alignment" in text_of(app).replace("\\", "")


def test_what_the_store_holds_in_a_form_not_understood_is_said_once_on_the_data_page(
        opened, store, tmp_path):
    store.change_gap(GapChange(KEY, GAP, "planned", "Ada", datetime(2026, 11, 13, tzinfo=UTC)))
    run(store._engine.url.render_as_string(), "update orgdata_gap_changes set state = 'in progress'",
        "update orgdata_snapshots set day = 'some day'")
    app = opened("data")
    assert not app.exception
    (said,) = [one.value for one in app.warning]
    assert "1 snapshot, 1 goalpost" not in said
    assert "1 snapshot" in said
    assert "1 state of a gap in a form that this version does not understand" in said
    assert warm(), "a server starts"


def test_a_store_made_anew_is_used_without_a_restart(opened, store, tmp_path):
    app = opened("weekly_review")
    assert app.selectbox(key="since").options == ["Compared with: 13 Nov 2026 (snapshot 1)"]
    (tmp_path / "kept.sqlite").unlink()
    app.button(key="snapshot").click().run()
    assert not app.exception
    app.button(key="snapshot").click().run()
    assert not app.exception
    with Store.open(store._engine.url.render_as_string()) as again:
        assert [one.day for one in again.snapshots(KEY)] == [date(2026, 11, 20)]
