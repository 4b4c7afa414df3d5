"""Gaps new, worse, better, resolved; what cannot be judged is neither; patterns are one line."""

from dataclasses import replace
from datetime import date

import pytest

from orgdata.changes import compare
from orgdata.changes.sentences import sentences
from orgdata.gaps import find_gaps
from orgdata.gaps.rule import IDS, as_not_judged
from orgdata.model.history import History
from tests.builders import DAY, aligned
from tests.changes.cases import CASES
from tests.changes.pairs import TABLES, between, edited, plain


def gaps(changes):
    return [plain(row)[1:] for row in changes.rows if row.object_type in ("gap", "pattern")]


def test_new_and_worse_gravest_first():
    """P1 loses its PM. It is an invest product and the only one on O1, which is tier 1."""
    assert gaps(between(TABLES, edited(*CASES["a product manager left"][0]))) == [
        ("new", "OWN01:P1", None, "critical", ""), ("new", "OUT02:O1", None, "high", ""),
        ("worse", "OUT03:O1", "medium", "high", "")]


def test_better_and_resolved():
    assert gaps(between(edited(*CASES["a product manager left"][0]), TABLES)) == [
        ("resolved", "OWN01:P1", "critical", None, ""), ("resolved", "OUT02:O1", "high", None, ""),
        ("better", "OUT03:O1", "high", "medium", "")]


def test_a_gap_that_went_with_its_outcome_says_so():
    """O3 (20 %) was unserved and without money; without it O1 weighs 62 % and gets 50 %."""
    assert gaps(between(TABLES, edited(*CASES["an outcome is removed"][0]))) == [
        ("resolved", "OUT01:O3", "high", None, "with its outcome"),
        ("new", "OUT05:O1", None, "high", ""),
        ("resolved", "OUT05:O3", "high", None, "with its outcome")]


@pytest.mark.parametrize(("edit", "note"), [
    (("key_results", "K1 J1", "K1 J1 status=done"), "with its key result"),
    (("key_results", "target=100", "target=20"), "after a target was eased"),
    (("check_ins", "K1 2026-11-18 10", "K1 2026-11-18 50"), "")])
def test_how_a_gap_of_a_key_result_was_resolved(edit, note):
    behind = edited(("check_ins", "K1 2026-11-18 50", "K1 2026-11-18 10"))
    assert gaps(between(behind, edited(edit, of=behind))) == [
        ("resolved", "PRG01:K1", "medium", None, note)]


def test_a_rule_that_is_judged_on_one_side_only_finds_nothing_new():
    """With a product without an assignment, OWN01 fires once assignments are loaded."""
    before = {name: text for name, text in TABLES.items() if name != "assignments"}
    after = edited(("assignments", "P3 H3 pm", "P3 H3 designer"))
    [there] = [row for row in gaps(between(before, after)) if row[1].startswith("OWN01")]
    assert there == ("now_judged", "OWN01:P3", None, "high", "")
    [back] = [row for row in gaps(between(after, before)) if row[1].startswith("OWN01")]
    assert back == ("not_judged", "OWN01:P3", "high", None, "")


def nobody(*numbers):
    """Products, of which those numbered have a PM."""
    return {"products": " | ".join(f"P{n}" for n in range(12)),
            "assignments": " | ".join(f"P{n} H1 pm" for n in numbers)}


@pytest.mark.parametrize(("before", "after", "expected"), [
    ((0,), (0, 1), ("fewer", "OWN01", 11, 10, "1 resolved")),
    ((0, 1), (0,), ("more", "OWN01", 10, 11, "1 new")),
    ((0,), (1,), ("other", "OWN01", 11, 11, "1 new, 1 resolved")),
    ((0,), (0, 1, 2, 3), ("fewer", "OWN01", 11, 8, "3 resolved"))])  # no pattern any more
def test_a_pattern_is_one_line(before, after, expected):
    changes = between(nobody(*before), nobody(*after))
    assert [plain(row)[1:] for row in changes.of("pattern")] == [expected]
    assert not [row for row in changes.of("gap") if row.ids[0].startswith("OWN01")]


def test_an_unchanged_pattern_is_no_line():
    assert not between(nobody(0), nobody(0)).rows


def test_a_critical_gap_stands_single_beside_its_pattern():
    before = nobody(0, 1)
    after = {"products": before["products"].replace("P1 ", "P1 strategic_role=invest "),
             "assignments": "P0 H1 pm"}
    changes = between(before, after)
    assert gaps(changes) == [("new", "OWN01:P1", None, "critical", ""),
                             ("more", "OWN01", 10, 11, "1 new")]


def test_what_is_in_doubt_is_neither_resolved_nor_new():
    """Nobody manages P3; on one side a row that was skipped may name somebody."""
    found = aligned(None, DAY, **edited(("assignments", "P3 H3 pm", "P3 H3 designer")))
    gaps_found = find_gaps(found)
    is_it = gaps_found.rows["key"] == "OWN01:P3"
    ids = ["P3" if name == "product_id" else None for name in IDS]
    doubtful = replace(gaps_found, rows=gaps_found.rows[~is_it], not_judged=as_not_judged(
        [("OWN01:P3", "OWN01", *ids, (("assignments", 4),))]))
    assert gaps(compare(found, gaps_found, found, doubtful)) == [
        ("not_judged", "OWN01:P3", "high", None, "")]
    assert gaps(compare(found, doubtful, found, gaps_found)) == [
        ("now_judged", "OWN01:P3", None, "high", "")]


def test_reminders_are_no_findings():
    """OWN01 of P3 is open since 1 November: two weeks on a store reminds of it."""
    day = date(2026, 11, 7)
    tables = edited(("assignments", "P3 H3 pm", "P3 H3 designer"))
    history = History.of(
        open_since={"OWN01:P3": date(2026, 11, 1)},
        decisions=[{"decision_id": 4, "text": "Ask legal", "due": date(2026, 11, 10),
                    "made_on": date(2026, 11, 2)}])
    before, after = aligned(None, day, **tables), aligned(None, DAY, **tables)
    changes = compare(before, find_gaps(before, history), after, find_gaps(after, history))
    assert [plain(row)[1:] for row in changes.of("gap", "waiting")] == [
        ("waiting", "GOV01:OWN01:P3", None, "high", ""),
        ("waiting", "GOV01:decision:4", None, "medium", "")]
    assert not changes.of("gap", "new")
    lines = sentences(changes)
    assert "Waiting: 1 for an owner for more than a week; 1 decision overdue." in lines
    without = compare(before, find_gaps(before), after, find_gaps(after, history))
    assert not without.of("gap", "waiting")  # nothing was remembered before
