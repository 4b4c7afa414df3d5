"""What goes in comes out: snapshots, states of gaps, decisions and confirmations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from orgdata import METHOD_VERSION
from orgdata.gaps import find_gaps
from orgdata.store import (
    Decision,
    EntryError,
    GapChange,
    Store,
    StoreError,
    source_key,
)
from orgdata.store.archive import fingerprint, to_zip
from orgdata.store.entries import Duplicate, Stale, merged
from tests.builders import aligned
from tests.store.builders import AT, SOURCE, answer, day, take

LATER = AT + timedelta(hours=2)


def test_a_snapshot_keeps_all_there_is_to_know(store):
    tables = {"products": "P1 annual_spend=10", "outcomes": "O1 weight=1", "people": "H1",
              "assignments": "P1 H1 pm", "contributions": "P1 O1 primary"}
    alignment = aligned({"currency": "EUR"}, **tables)
    gaps = find_gaps(alignment)
    kept = store.take(SOURCE, alignment, gaps, AT)
    assert kept.new
    assert store.snapshots(SOURCE) == [kept.snapshot]
    assert (kept.snapshot.source, kept.snapshot.day, kept.snapshot.taken_at) == (SOURCE, day(20), AT)
    assert kept.snapshot.method == METHOD_VERSION
    assert kept.snapshot.fingerprint == fingerprint(to_zip(alignment.portfolio))
    assert kept.snapshot.headlines == {
        "managed_products": 1, "aligned_products": None, "assessed_products": 0,
        "passing_products": 1, "checkable_products": 1, "checks_made": ["owned", "linked"],
        "outcome_coverage_pct": None, "aligned_spend_pct": None, "linked_spend_pct": 100.0,
        "strategy_spend_fit_pct": 100.0,
        "gaps": {"critical": 0, "high": gaps.count("high"), "medium": gaps.count("medium"),
                 "low": gaps.count("low")}}
    back = store.portfolio(kept.snapshot.id)
    assert back.source == SOURCE
    assert back.settings.currency == "EUR"
    for name, rows in alignment.portfolio.tables.items():
        pd.testing.assert_frame_equal(back[name].drop(columns="row"), rows.drop(columns="row"))
    assert store.gaps_of(kept.snapshot.id).to_dict("records") == gaps.rows[
        ["key", "code", "severity"]].sort_values("key").to_dict("records")


def test_one_per_day_and_content(store):
    first = take(store, day(20), products="P1")
    again = take(store, day(20), at=LATER, products="P1")
    assert (again.new, again.snapshot) == (False, first.snapshot)
    others = [take(store, day(21), products="P1"), take(store, day(20), products="P1 | P2"),
              take(store, day(20), source="other", products="P1"),
              take(store, day(13), products="P1")]
    assert all(one.new for one in others)
    assert [(one.day, one.id) for one in store.snapshots(SOURCE)] == [
        (day(13), others[3].snapshot.id), (day(20), first.snapshot.id),
        (day(20), others[1].snapshot.id), (day(21), others[0].snapshot.id)]
    assert [one.day for one in store.snapshots(SOURCE, until=day(20))] == [day(13), day(20), day(20)]
    assert len(store.snapshots("other")) == 1
    assert store.snapshots("nobody") == []


def test_a_snapshot_of_nothing_to_judge(store):
    kept = take(store, day(20), people="H1")
    assert store.gaps_of(kept.snapshot.id).empty
    assert store.portfolio(kept.snapshot.id)["people"]["person_id"].tolist() == ["H1"]


def test_a_snapshot_that_is_not_there(store):
    with pytest.raises(StoreError, match="has no snapshot 7"):
        store.portfolio(7)


def test_the_last_word_on_a_gap_counts_and_the_others_stay(store):
    key = "OUT01:O1"
    said = [store.change_gap(GapChange(SOURCE, key, "acknowledged", "Ada", AT)),
            store.change_gap(GapChange(SOURCE, key, "planned", "Bo", LATER, owner="Bo", due=day(30))),
            store.change_gap(GapChange(SOURCE, "PRD01:P1", "accepted", "Ada", AT, until=day(30),
                                       reason="It ends in December")),
            store.change_gap(GapChange("other", key, "planned", "Ada", LATER))]
    assert store.states(SOURCE) == {key: said[1], "PRD01:P1": said[2]}
    assert store.gap_log(SOURCE) == said[:3]
    assert store.gap_log(SOURCE, key) == said[:2]
    assert len({one.id for one in said}) == 4


def test_the_last_word_is_the_last_written_whatever_the_clocks_say(store):
    store.change_gap(GapChange(SOURCE, "K", "acknowledged", "Ada", LATER))
    store.change_gap(GapChange(SOURCE, "K", "resolved", "Bo", AT, reason="Fixed"))  # a machine whose clock is behind
    assert store.states(SOURCE)["K"].state == "resolved"


def test_a_change_from_a_form_that_is_out_of_date_is_refused_and_says_by_whom(store):
    first = store.change_gap(GapChange(SOURCE, "K", "acknowledged", "Ada", AT, seen=0))
    second = store.change_gap(GapChange(SOURCE, "K", "planned", "Bo", AT, seen=first.id))
    for seen in (0, first.id):
        with pytest.raises(Stale, match="Bo changed this gap meanwhile") as error:
            store.change_gap(GapChange(SOURCE, "K", "open", "Cy", LATER, seen=seen))
        assert error.value.latest == second
    store.change_gap(GapChange(SOURCE, "other", "open", "Cy", LATER, seen=0))
    store.change_gap(GapChange(SOURCE, "K", "open", "Cy", LATER))  # not from a form
    assert [entry.seen for entry in store.gap_log(SOURCE, "K")] == [0, first.id, None]


def test_two_changes_from_one_form_become_one():
    base = GapChange(SOURCE, "K", "open", "Ada", AT, reason="It came up", id=1)
    theirs = replace(base, state="planned", by="Bo", owner="Bo", due=day(27), id=2, seen=1)
    mine = replace(base, state="acknowledged", by="Cy", at=LATER, owner="Cy", reason=None, id=None)
    written = replace(theirs, by="Cy", at=LATER, id=None, seen=2)
    assert merged(base, mine, theirs, "mine") == replace(
        written, state="acknowledged", owner="Cy", reason=None)  # the due date is theirs
    assert merged(base, mine, theirs, "theirs") == replace(written, reason=None)
    untouched = replace(base, by="Cy", at=LATER, id=None)
    assert merged(base, untouched, theirs, "mine") == written
    assert merged(None, GapChange(SOURCE, "K", "open", "Cy", LATER), theirs, "mine") == written


def test_the_same_decision_a_moment_later_is_asked_about(store):
    made = Decision(SOURCE, "Name a PM", day(13), "Ada", AT)
    kept = store.decide(made)
    soon = replace(made, text="Name a PM ", by="Bo", at=AT + timedelta(minutes=9))
    with pytest.raises(Duplicate, match="Ada recorded the same a moment ago"):
        store.decide(soon)
    assert store.decisions(SOURCE) == [kept]
    for other in (replace(soon, at=AT + timedelta(minutes=10)), replace(soon, text="Name two"),
                  replace(soon, source="other")):
        store.decide(other)
    store.decide(soon, again=True)
    assert len(store.decisions(SOURCE)) == 4


def test_a_decision_is_done_once_and_withdrawn_for_a_reason(store):
    made = store.decide(Decision(SOURCE, "Name a PM", day(13), "Ada", AT, due=day(20)))
    store.move(made.id, None, day(27), "Ada", AT)
    store.move(made.id, "Bo", day(27), "Ada", AT)
    store.finish(made.id, day(14), "Bo", AT)
    with pytest.raises(EntryError, match="it is done already, says Bo"):
        store.finish(made.id, day(15), "Cy", LATER)
    store.reopen(made.id, "Ada", LATER)
    with pytest.raises(EntryError, match="withdrawing a decision needs a reason"):
        store.withdraw(made.id, " ", "Ada", LATER)
    store.withdraw(made.id, "It was another's", "Ada", LATER)
    found, = store.decisions(SOURCE)
    assert found == replace(made, owner="Bo", due=day(27), moved_from=(day(20),),
                            withdrawn="It was another's", withdrawn_by="Ada", withdrawn_at=LATER)
    assert found.state_on(day(30)) == "withdrawn"
    assert store.decisions(SOURCE, open_on=day(20)) == []
    assert store.history(SOURCE, day(30)).decisions.empty
    store.reopen(made.id, "Ada", LATER)
    assert store.decisions(SOURCE, open_on=day(20)) == [replace(
        found, withdrawn=None, withdrawn_by=None, withdrawn_at=None)]


def test_decisions_are_carried_until_they_are_done(store):
    made = store.decide(Decision(SOURCE, "Name a PM for P1", day(13), "Ada", AT, owner="Bo",
                                 due=day(20), gap_key="OWN01:P1"))
    todo = store.decide(Decision(SOURCE, "Ask legal", day(13), "Ada", AT, kind="todo"))
    store.decide(Decision("other", "Not ours", day(13), "Ada", AT))
    assert store.decisions(SOURCE) == [made, todo]
    store.finish(made.id, day(19), "Bo", LATER)
    assert store.decisions(SOURCE)[0] == replace(made, done_on=day(19), done_by="Bo")
    assert store.decisions(SOURCE, open_on=day(19)) == [todo]
    assert [one.id for one in store.decisions(SOURCE, open_on=day(18))] == [made.id, todo.id]
    store.reopen(made.id, "Ada", LATER)
    store.move(made.id, "Cy", None, "Ada", LATER)
    assert store.decisions(SOURCE) == [
        replace(made, owner="Cy", due=None, moved_from=(day(20),)), todo]
    done = store.decide(Decision(SOURCE, "Done already", day(13), "Ada", AT, done_on=day(13)))
    assert store.decisions(SOURCE)[-1] == done
    assert store.decisions(SOURCE, open_on=day(13)) == store.decisions(SOURCE)[:2]


def test_a_change_of_a_decision_keeps_what_another_said_of_it(store):
    """One moves it while another finishes it: both count."""
    made = store.decide(Decision(SOURCE, "Name a PM", day(13), "Ada", AT))
    store.finish(made.id, day(14), "Bo", LATER)
    store.move(made.id, "Cy", day(30), "Ada", LATER)
    assert store.decisions(SOURCE) == [replace(made, owner="Cy", due=day(30), done_on=day(14),
                                               done_by="Bo", moved_from=(None,))]


@pytest.mark.parametrize("change", [
    lambda store: store.finish(7, day(20), "Ada", AT), lambda store: store.reopen(7, "Ada", AT),
    lambda store: store.move(7, None, None, "Ada", AT)])
def test_a_decision_that_is_not_there(store, change):
    with pytest.raises(StoreError, match="has no decision 7"):
        change(store)


GAP = {"source": SOURCE, "key": "K", "state": "open", "by": "Ada", "at": AT}
DECIDED = {"source": SOURCE, "text": "Do it", "made_on": day(13), "by": "Ada", "at": AT}


@pytest.mark.parametrize(("kind", "good", "wrong", "said"), [
    (GapChange, GAP, {"state": "done"}, "a gap is open, acknowledged, planned, accepted or resolved"),
    (GapChange, GAP, {"by": " "}, "say who you are"), (GapChange, GAP, {"by": "\u200b"}, "say who you are"),
    (GapChange, GAP, {"state": "accepted"}, "a reason, and a date"),
    (GapChange, GAP, {"state": "accepted", "until": day(30), "reason": " "}, "a reason, and a date"),
    (GapChange, GAP, {"state": "accepted", "reason": "It ends"}, "a reason, and a date"),
    (GapChange, GAP, {"state": "resolved"}, "resolving a gap needs a reason"),
    (GapChange, GAP, {"state": "resolved", "reason": " "}, "resolving a gap needs a reason"),
    (GapChange, GAP, {"reason": "x" * 2_001}, "a reason has at most 2,000 characters here; yours has"),
    (Decision, DECIDED, {"text": "x" * 2_001}, "a decision has at most 2,000 characters"),
    (Decision, DECIDED, {"owner": "x" * 201}, "a person's name has at most 200 characters"),
    (Decision, DECIDED, {"text": ""}, "say what was decided"),
    (Decision, DECIDED, {"by": ""}, "say who you are"),
    (Decision, DECIDED, {"kind": "wish"}, "a decision or a to-do")])
def test_what_an_entry_lacks_is_said_before_it_is_kept(kind, good, wrong, said):
    kind(**good).check()
    with pytest.raises(EntryError, match=said):
        kind(**good | wrong).check()


def test_what_lacks_something_is_not_stored(store):
    for entry in (lambda: store.change_gap(GapChange(**GAP | {"by": ""})),
                  lambda: store.decide(Decision(**DECIDED | {"text": "x" * 2_001}))):
        with pytest.raises(EntryError):
            entry()
    assert store.states(SOURCE) == {}
    assert store.decisions(SOURCE) == []


def test_who_changes_a_decision_is_kept_too(store):
    made = store.decide(Decision(**DECIDED))
    with pytest.raises(EntryError, match="say who you are"):
        store.finish(made.id, day(20), " ", AT)


def test_a_moment_is_the_same_in_every_zone(store):
    tokyo = datetime(2026, 11, 20, 18, 30, tzinfo=timezone(timedelta(hours=9)))
    store.change_gap(GapChange(SOURCE, "K", "open", "Ada", tokyo))
    assert store.states(SOURCE)["K"].at == AT
    assert store.states(SOURCE)["K"].at.tzinfo is UTC
    naive = GapChange(SOURCE, "K", "open", "Ada", datetime(2026, 11, 20))
    with pytest.raises(StoreError, match="a moment needs a time zone"):
        store.change_gap(naive)


def test_text_of_any_kind_comes_back(store):
    text = "Ärger’s “naïve” 日本 🧵\n\t'; drop table orgdata_decisions; --%s {x} :y"
    assert store.decide(Decision(SOURCE, text, day(13), text, AT, gap_key=text)).text == text
    assert store.decisions(SOURCE)[0].text == text


def test_a_source_has_one_name_however_it_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert source_key("data") == source_key("./data/") == str(tmp_path / "data")
    assert source_key("sqlite:///p.db") == source_key(f"sqlite:///{tmp_path}/p.db")
    assert source_key("postgresql://u:s3cret@h/d?password=x&connect_timeout=3") == (
        source_key("postgresql://u:other@h/d")) == "postgresql://u@h/d"
    assert source_key("postgresql://h/d?schema=a") != source_key("postgresql://h/d?schema=b")
    assert source_key("postgresql:///d?host=/a") != source_key("postgresql:///d?host=/b")
    assert "s3cret" not in source_key("postgresql://u:s3cret@h:x/d")


def test_closed_by_leaving(address):
    with Store.open(address) as opened:
        assert opened.snapshots(SOURCE) == []


def test_every_entry_changes_the_revision_and_nothing_else_does(store):
    seen = [store.revision()]
    made = store.decide(Decision(**DECIDED))
    seen.append(store.revision())
    for entry in (lambda: store.finish(made.id, day(20), "Ada", AT),
                  lambda: store.change_gap(GapChange(**GAP)),
                  lambda: store.correct([answer("P1", "confirmed", "Ada", day(13), "O1")]),
                  lambda: take(store, day(20), products="P1")):
        entry()
        seen.append(store.revision())
    assert len(set(seen)) == len(seen)
    take(store, day(20), products="P1")  # kept already
    store.history(SOURCE, day(20))
    assert store.revision() == seen[-1]
