"""From snapshots to what rules ask for: goalposts of the cycle, since when a gap is open."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from orgdata.gaps import find_gaps
from orgdata.store import Decision, GapChange, SnapshotMark
from tests.builders import DAY, aligned
from tests.store.builders import AT, SOURCE, day, take

OBJECTIVE = "J1 start_date=2026-10-01 end_date=2026-12-31"


def remember(store, *weeks, source=SOURCE):
    """A snapshot per week: its day of November and the cells of the key result K1."""
    for number, cells in weeks:
        take(store, day(number), source=source, objectives=OBJECTIVE,
             key_results=f"K1 J1 {cells}" if cells else "K2 J1")


def runs(store, until=DAY):
    rows = store.history(SOURCE, until).goalposts
    return [(one.first_day.day, one.last_day.day, one.target) for one in rows.itertuples()
            if one.kr_id == "K1"]


def test_runs_of_equal_goalposts(store):
    remember(store, (6, "target=5"), (7, "target=5"), (8, "target=4"), (9, ""), (10, "target=4"),
             (11, "target=5"))
    remember(store, (1, "target=9"), source="other")
    assert runs(store) == [(6, 7, 5.0), (8, 10, 4.0), (11, 11, 5.0)]
    assert runs(store, until=day(8)) == [(6, 7, 5.0), (8, 8, 4.0)]
    assert runs(store, until=day(5)) == []


def test_unknown_goalposts_are_a_run_of_their_own(store):
    remember(store, (6, "weight=1"), (7, "weight=1"), (8, "target=5"))
    assert [target == target for _, _, target in runs(store)] == [False, True]


def test_goalposts_are_what_is_measured_by(store):
    """Of a deed the defaults, without own dates those of the objective."""
    take(store, day(20), objectives=OBJECTIVE, key_results="K1 J1 kr_type=binary"
         "| K2 J1 baseline=0.1 target=1e15 due_date=2026-12-01")
    rows = store.history(SOURCE, DAY).goalposts.set_index("kr_id")
    assert rows.loc["K1", ["kind", "baseline", "target"]].tolist() == ["binary", 0.0, 1.0]
    assert rows.loc["K1", ["due", "start"]].tolist() == [pd.Timestamp("2026-12-31"),
                                                         pd.Timestamp("2026-10-01")]
    assert rows.loc["K2", ["kind", "baseline", "target"]].tolist() == ["increase", 0.1, 1e15]
    assert rows.loc["K2", "due"] == pd.Timestamp("2026-12-01")


def first(store, start, until=DAY):
    """Target and day of the first snapshot in a cycle that starts on a day."""
    found = store.history(SOURCE, until).first_in_cycle(
        pd.Series(["K0", "K1"], index=[7, 8]), pd.to_datetime(pd.Series([None, start])))
    assert found.index.tolist() == [7, 8]
    assert pd.isna(found.loc[7, "seen_on"])
    row = found.loc[8]
    return None if pd.isna(row["seen_on"]) else (row["target"], row["seen_on"].day)


def test_the_first_snapshot_of_the_cycle(store):
    remember(store, (1, "target=9"), (6, "target=5"), (13, "target=4"))
    assert first(store, None) == (9.0, 1)
    assert first(store, "2026-11-01") == (9.0, 1)
    assert first(store, "2026-11-02") == (5.0, 6)  # that of the cycle before does not count
    assert first(store, "2026-11-06") == (5.0, 6)
    assert first(store, "2026-11-14") is None
    assert first(store, None, until=date(2026, 10, 31)) is None


def test_a_run_from_the_cycle_before_still_counts_where_it_reaches_into_this_one(store):
    remember(store, (1, "target=9"), (8, "target=9"), (15, "target=4"))
    assert first(store, "2026-11-05") == (9.0, 5)
    assert first(store, "2026-11-09") == (4.0, 15)


def seen(store, *weeks):
    """Snapshots in which the products without a manager are those named."""
    for number, products in weeks:
        take(store, day(number), people="H1", products=" | ".join(["Q", *products.split()]),
             assignments="Q H1 pm")


def since(store, until=DAY):
    found = store.history(SOURCE, until).open_since
    return {key.removeprefix("OWN01:"): one.day for key, one in found.items() if "OWN01" in key}


def test_since_when_a_gap_is_open_without_interruption(store):
    seen(store, (1, "P1 P2 P3"), (6, "P1 P2"), (13, "P1 P3 P4"))
    assert since(store) == {"P1": 1, "P3": 13, "P4": 13}  # P3 was mended in between
    assert since(store, until=day(12)) == {"P1": 1, "P2": 1}
    assert since(store, until=date(2026, 10, 1)) == {}
    seen(store, (20, ""))
    assert since(store) == {}


def test_two_snapshots_of_a_day_are_two(store):
    seen(store, (6, "P1"), (13, "P1"), (13, ""), (20, "P1"))
    assert since(store) == {"P1": 20}


def test_what_was_said_and_what_is_still_to_be_done(store):
    store.change_gap(GapChange(SOURCE, "OUT01:O1", "acknowledged", "Ada", AT))
    store.change_gap(GapChange(SOURCE, "OUT01:O1", "accepted", "Ada", AT, until=day(30), reason="It ends",
                               owner="Bo", due=day(25)))
    kept = store.decide(Decision(SOURCE, "Ask", day(13), "Ada", AT, due=day(14), kind="todo",
                                 gap_key="OUT01:O1"))
    done = store.decide(Decision(SOURCE, "Tell", day(13), "Ada", AT))
    store.finish(done.id, day(20), "Ada", AT)
    history = store.history(SOURCE, DAY)
    assert history.states.to_dict("records") == [{
        "key": "OUT01:O1", "state": "accepted", "owner": "Bo", "due": pd.Timestamp("2026-11-25"),
        "until": pd.Timestamp("2026-11-30"), "reason": "It ends"}]
    assert history.decisions.drop(columns="owner").to_dict("records") == [{
        "decision_id": kept.id, "kind": "todo", "text": "Ask", "due": pd.Timestamp("2026-11-14"),
        "made_on": pd.Timestamp("2026-11-13"), "gap_key": "OUT01:O1"}]
    assert history.decisions["owner"].isna().all()
    assert store.history(SOURCE, day(19)).decisions["decision_id"].tolist() == [kept.id, done.id]


def test_an_empty_store_remembers_typed_nothing(store):
    history = store.history(SOURCE, DAY)
    assert [len(one) for one in (history.goalposts, history.states, history.decisions)] == [0, 0, 0]
    assert history.open_since == {}
    assert str(history.goalposts["due"].dtype) == "datetime64[s]"
    found = history.first_in_cycle(pd.Series(["K1"]), pd.to_datetime(pd.Series([None])))
    assert found["target"].isna().tolist() == [True]


def test_what_was_said_to_be_resolved_lapses_once_it_is_gone(store):
    """Found throughout it stays said; gone in a snapshot since, it is open again where it returns.
    What is accepted or planned is not said for as long as it is gone, but until a day."""
    two = {"products": "P1 strategic_role=invest annual_spend=5 | P2", "assignments": "P1 H1 pm",
           "people": "H1"}
    key, owned = "OWN01:P2", {**two, "assignments": "P1 H1 pm | P2 H1 pm"}

    def said():
        return dict(store.history(SOURCE, DAY).states[["key", "state"]].itertuples(index=False))

    take(store, day(6), at=AT, **owned)  # before it was said
    for state in ("planned", "resolved"):
        store.change_gap(GapChange(SOURCE, key, state, "Ada", AT, reason="She starts in May"))
    store.change_gap(GapChange(SOURCE, "OWN01:P9", "planned", "Ada", AT))
    store.change_gap(GapChange("other", key, "resolved", "Ada", AT, reason="It is another's"))
    assert said() == {key: "resolved", "OWN01:P9": "planned"}
    take(store, day(8), at=AT + timedelta(days=1), **two)
    assert said() == {key: "resolved", "OWN01:P9": "planned"}
    take(store, day(10), at=AT + timedelta(days=2), **owned)
    assert said() == {"OWN01:P9": "planned"}
    assert store.history(SOURCE, day(9)).states["key"].tolist() == [key, "OWN01:P9"]
    take(store, day(12), at=AT + timedelta(days=3), **two)
    assert said() == {"OWN01:P9": "planned"}
    store.change_gap(GapChange(SOURCE, key, "resolved", "Ada", AT + timedelta(days=4), reason="Now"))
    assert said() == {key: "resolved", "OWN01:P9": "planned"}


def test_what_was_expected_from_a_day_on(store):
    for number, what in ((6, "Refunds"), (7, "Refunds"), (8, "Refunds by card"), (9, "Refunds")):
        take(store, day(number), products="P1", expectations=[
            {"expectation_id": "E1", "product_id": "P1", "partner": "sales", "what": what,
             "by_when": "2026-12-01"}])
    rows = store.history(SOURCE, DAY).expectations
    assert [(one.expectation_id, one.day.day, one.what, one.by_when.day)
            for one in rows.itertuples()] == [
        ("E1", 6, "Refunds", 1), ("E1", 8, "Refunds by card", 1), ("E1", 9, "Refunds", 1)]
    assert rows[["product_id", "partner"]].drop_duplicates().values.tolist() == [["P1", "sales"]]
    assert len(store.history(SOURCE, day(7)).expectations) == 1
    assert store.history("other", DAY).expectations.empty


def test_where_a_gap_could_not_be_judged_it_is_neither_found_nor_gone(store):
    """Its age goes on, and what was said of it stays; a run that begins so is as old as its first
    finding."""
    key, found = "OWN01:P2", {"products": "P1 | P2", "assignments": "P1 H1 pm", "people": "H1"}
    owned = {**found, "assignments": "P1 H1 pm | P2 H1 pm"}

    def week(number, tables, unjudged=()):
        alignment = aligned(as_of=day(number), **tables)
        gaps = find_gaps(alignment)
        keys = pd.Series(list(unjudged), dtype="str")
        store.take(SOURCE, alignment, replace(gaps, not_judged=pd.DataFrame({"key": keys})),
                   AT + timedelta(days=number))

    week(1, owned, [key])
    week(2, found)
    store.change_gap(GapChange(SOURCE, key, "resolved", "Ada", AT + timedelta(days=2), reason="Fixed"))
    week(3, owned, [key])
    week(4, found)
    history = store.history(SOURCE, DAY)
    assert history.open_since[key] == day(2)
    assert history.states["key"].tolist() == [key]
    assert key not in store.history(SOURCE, day(1)).open_since
    week(5, owned)
    assert store.history(SOURCE, DAY).states.empty


def test_what_was_known_at_an_earlier_moment(store):
    """Of everything that is kept only what was written by then, as it stood."""
    moments = [AT + timedelta(days=days) for days in range(4)]
    for number, (moment, target) in enumerate(zip(moments, (5, 4, 3, 2), strict=True), 6):
        kept = take(store, day(number), at=moment, objectives=OBJECTIVE, outcomes="O1 tier=1",
                    key_results=f"K1 J1 target={target}").snapshot
        store.mark(SnapshotMark(kept.id, "label", "Ada", moment, f"week {number}"))
        store.mark(SnapshotMark(1, "label", "Ada", moment, f"first, in week {number}"))
        store.change_gap(GapChange(SOURCE, "OUT01:O1", "planned", "Ada", moment, str(number)))
        made = store.decide(Decision(SOURCE, f"Decide {number}", day(6), "Ada", moment))
        store.finish(made.id, day(number), "Ada", moment)
    store.reopen(1, "Ada", moments[3])
    then, moment = day(30), moments[1]
    history = store.history(SOURCE, then, moment)
    assert history.goalposts["target"].tolist() == [5.0, 4.0]
    assert history.states["owner"].tolist() == ["7"]
    assert {one.text: one.done_on for one in store.decisions(SOURCE, at=moment)} == {
        "Decide 6": day(6), "Decide 7": day(7)}
    assert [one.label for one in store.snapshots(SOURCE, then, moment)] == [
        "first, in week 7", "week 7"]
    assert len(store.history(SOURCE, then).goalposts) == 4
    assert store.decisions(SOURCE)[0].done_on is None
    assert store.history(SOURCE, then, moment - timedelta(days=9)).open_since == {}


def test_what_was_resolved_and_gone_later_stood_at_an_earlier_moment(store):
    take(store, day(6), outcomes="O1")
    later = AT + timedelta(days=1)
    store.change_gap(GapChange(SOURCE, "OUT01:O1", "resolved", "Ada", later, reason="Done"))
    take(store, day(8), at=later + timedelta(days=1), outcomes="O2")
    assert len(store.history(SOURCE, DAY, later).states) == 1
    assert store.history(SOURCE, DAY).states.empty


def test_an_agreement_that_was_changed_since_is_out_of_date_by_its_snapshots(store):
    """Agreed on the 6th as it was then; changed before the 13th."""
    def of(what):
        return {"products": "P1 name=Shop", "expectations": [
            {"expectation_id": "E1", "product_id": "P1", "partner": "sales", "what": what,
             "state": "accepted", "answered_on": "2026-11-08", "by_when": "2026-12-01"}]}

    take(store, day(6), **of("Prices"))
    take(store, day(13), **of("Prices and terms"))
    for what, said in (("Prices", []), ("Prices and terms", [
            "Shop and sales agreed on “Prices and terms” as “Prices” by 1 Dec 2026; that has been "
            "changed since."])):
        alignment = aligned(as_of=DAY, **of(what))
        rows = find_gaps(alignment, store.history(SOURCE, DAY)).only("XFN02").rows
        assert [text.replace("Sales and Shop", "Shop and sales") for text in rows["message"]] == said
        assert find_gaps(alignment).only("XFN02").rows.empty
