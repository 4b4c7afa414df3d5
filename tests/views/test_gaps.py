"""What the Gaps page says of gaps: counted by severity and pattern, narrowed by what is chosen."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.gaps import Gaps, find_gaps
from orgdata.gaps.rule import RULES
from orgdata.views import gaps
from orgdata.views.gaps import Selection
from tests.builders import aligned

ROWS = pd.DataFrame({
    "key": ["OUT01:O1", "PRD01:P1", "PRD01:P2", "PRD05:P1"],
    "code": ["OUT01", "PRD01", "PRD01", "PRD05"],
    "severity": ["critical", "medium", "medium", "low"], "who": ["Ada", "Ada", "Bo", "Bo"]})


class Pattern:
    def __init__(self, code):
        self.code = code


def of(*codes, rows=ROWS, reasons=None):
    return Gaps(rows, tuple(map(Pattern, codes)), reasons or {}, {})


@pytest.mark.parametrize(("codes", "rows", "said"), [
    ((), ROWS, "4 gaps: 1 critical, 2 medium, 1 low."),
    (("PRD01",), ROWS, "4 gaps: 1 critical, 2 medium, 1 low; 2 of them are 1 pattern."),
    (("PRD01", "PRD05", "OUT01"), ROWS,
     "4 gaps: 1 critical, 2 medium, 1 low; 3 of them are 2 patterns."),
    (("PRD01",), ROWS[:2], "2 of 4 gaps: 1 critical, 1 medium; 1 of them are 1 pattern."),
    ((), ROWS[:0], "0 of 4 gaps.")])
def test_gaps_are_counted_in_words(codes, rows, said):
    assert gaps.count_sentence(rows, of(*codes), 0) == said


def test_no_gap_and_one():
    assert gaps.count_sentence(ROWS[:0], of(rows=ROWS[:0]), 0) == "0 gaps."
    assert gaps.count_sentence(ROWS[:1], of(rows=ROWS[:1]), 0) == "1 gap: 1 critical."


def test_gaps_that_are_not_for_who_reads_are_in_the_whole_number():
    found = replace(of(), not_shown={"high": 7, "low": 1_000})
    assert gaps.count_sentence(ROWS, found, 0) == (
        "4 of 1,011 gaps: 1 critical, 2 medium, 1 low. 1,007 are shown only to those whom they concern.")


@pytest.mark.parametrize(("chosen", "keys", "words"), [
    (Selection(), list(ROWS["key"]), ()),
    (Selection(severities=("critical", "low")), ["OUT01:O1", "PRD05:P1"], ("critical or low",)),
    (Selection(codes=("PRD01", "OUT01")), ["OUT01:O1", "PRD01:P1", "PRD01:P2"],
     ("rule PRD01 or OUT01",)),
    (Selection(who="Bo"), ["PRD01:P2", "PRD05:P1"], ("to be acted on by Bo",)),
    (Selection(("low",), "P1", ("PRD01",), "Ada"), [],
     ("Pay", "low", "rule PRD01", "to be acted on by Ada"))])
def test_what_is_chosen_narrows_the_list_and_is_said(chosen, keys, words):
    assert gaps.selected(ROWS, chosen)["key"].tolist() == keys
    assert chosen.labels("Pay") == words


def test_the_gaps_of_a_product_are_those_of_all_that_belongs_to_it():
    alignment = aligned(products="P1 | P2", outcomes="O1", contributions="P2 O1",
                        objectives="J1 product_id=P1")
    rows = find_gaps(alignment).rows
    own = gaps.of_product(rows, Selection(product_id="P1"), alignment)
    assert 0 < len(own) < len(rows)
    assert set(own["product_id"].dropna()) == {"P1"}
    assert gaps.of_product(rows, Selection(), alignment) is rows


def test_severities_stand_from_the_gravest_on():
    assert gaps.severities(ROWS[::-1]) == ["critical", "medium", "low"]


def test_what_was_not_evaluated_has_its_question_and_its_reason():
    rows = gaps.not_evaluated(of(reasons={"PRD01": "no products"}))
    assert rows.to_dict("records") == [{
        "code": "PRD01", "name": "Product supports no outcome", "question": RULES["PRD01"].question,
        "because": "no products"}]
