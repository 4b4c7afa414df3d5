"""What changed in words: the answer first, a line per topic, nothing said of what stayed."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from orgdata import METHOD_VERSION
from orgdata.changes import compare
from orgdata.changes.sentences import sentences
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from tests.builders import DAY
from tests.changes.cases import CASES
from tests.changes.pairs import TABLES, between, edited


def said(*edits, of=TABLES):
    return sentences(between(of, edited(*edits, of=of)))


def test_nothing_changed():
    assert said() == ["Nothing changed between 20 Nov 2026 and 20 Nov 2026."]


def test_a_side_of_an_earlier_method_is_said_first():
    changes = replace(between(TABLES, TABLES), methods=("1", METHOD_VERSION))
    assert sentences(changes)[1:] == [
        "What was seen on 20 Nov 2026 was found under method 1, and is measured by method "
        f"{METHOD_VERSION} here: figures may differ from those seen then."]
    changed = replace(between(TABLES, edited(*CASES["a goal is closed"][0])), methods=("1", "1"))
    assert [line[:30] for line in sentences(changed)[1:4]] == [
        "What was seen on 20 Nov 2026 w", "What was seen on 20 Nov 2026 w",
        "Spend backed by OKRs 80.0 % → "]


def test_the_answer_names_what_fell_out_and_why_coverage_moved():
    """J2 is closed: P2 has no goal, O2 is thin: half of 30 points. P2's 60 of 200 are not proven."""
    assert said(*CASES["a goal is closed"][0]) == [
        "1 product fell out of alignment (P2): 1 of 3 aligned, before 2 of 3. "
        "Outcome coverage 80.0 % → 65.0 %: −15 points from removing 1 objective.",
        "Spend backed by OKRs 80.0 % → 50.0 %: −30 points from removals.",
        "Outcomes: “O2” covered → weak.", "Links: 1 no longer backed.", "Objectives: “J2” closed.",
        "Gaps: 2 new."]


def test_the_other_way_round():
    lines = sentences(between(edited(*CASES["a goal is closed"][0]), TABLES))
    assert lines[0] == ("1 product newly aligned (P2): 2 of 3 aligned, before 1 of 3. Outcome "
                        "coverage 65.0 % → 80.0 %: +15 points from adding 1 objective.")


def test_improvement_by_deleting_is_said():
    lines = said(*CASES["an outcome is removed"][0])
    assert lines[0] == ("No product changed its alignment: 2 of 3 aligned. Outcome coverage 80.0 % → "
                        "100.0 %: +20 points from removing 1 outcome.")
    assert lines[1:] == [
        "Outcomes: “O3” removed.",
        "Gaps: 1 new (1 high); 2 resolved (2 with what they were about). New and high: “O1” is "
        "63 % of the strategy but gets 50 % of the spend."]


@pytest.mark.parametrize(("case", "line"), [
    ("an outcome is renamed", "Outcomes: “O3” is now “Third”."),
    ("a weight is changed, and those of the others only in proportion",
     "Outcomes: weight of “O1” 50 % → 75 %."),
    ("a product is added", "Products: P4 added."),
    ("a product has another name, role and spend",
     "Products: P3 is now Third; Third 40 → 50."),
    ("spend becomes unknown", "Quietly easier: spend of P3 40 → unknown."),
    ("a product is handed over", "Product managers: H2 joined P1; H1 left P1."),
    ("a link is declared", "Links: 1 stated, not backed by OKRs."),
    ("a link has another strength and share", "Links: 1 of another strength; 1 with another share."),
    ("a goal leads elsewhere", "Links: 1 no longer backed; 1 seen only in an objective."),
    ("a goal is added", "Objectives: 1 added."),
    ("a key result is closed", "Key results: 1 removed or closed (“K2”, status missed)."),
    ("a key result falls behind", "Key results: 1 newly needs attention."),
    ("a key result goes stale", "Key results: 1 unknown now."),
    ("goalposts move", "Quietly easier: target of “K1” 100 → 80; due date of “K1” 9 Jan 2027 → "
                       "1 Feb 2027."),
    ("goalposts move", "Goalposts: 1 tightened."),
])
def test_a_line_per_topic(case, line):
    assert line in said(*CASES[case][0])


def test_all_is_said_only_of_exactly_all_and_small_parts_left_out():
    """O1 weighs 5000 of 5050 and is covered, O3 not: 99.6 % is not 100 %."""
    lines = said(("outcomes", "O1 weight=50", "O1 weight=5000"))
    assert "Outcome coverage 80.0 % → 99.6 %: +19.6 points from new weights." in lines[0]


def test_parts_are_named_in_their_order():
    lines = said(("outcomes", " | O3 weight=20 tier=2", ""), ("outcomes", "", "O4 weight=20"),
                 ("assignments", "P1 H1 pm | ", ""))
    assert lines[0].endswith("Outcome coverage 80.0 % → 55.0 %: +20 points from removing 1 outcome, "
                             "−20 points from adding 1 outcome, −25 points from edits.")


def test_time_that_passed_is_said_to_be_that():
    lines = sentences(between(TABLES, TABLES, (DAY, date(2027, 2, 1))))
    assert "−40 points from the days that passed" in lines[0]


def test_what_was_not_compared_is_said():
    after = {name: text for name, text in TABLES.items() if name != "assignments"}
    assert sentences(between(TABLES, after))[-1] == (
        "Not compared: product managers, because assignments are not loaded any more.")


def test_many_names_are_cut():
    after = edited(*(("outcomes", "", f"O{n} weight=1") for n in range(4, 9)))
    assert "Outcomes: “O4”, “O5”, “O6” and 2 more added." in sentences(between(TABLES, after))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo company against a copy in which Japan, a product and a goal are gone, a target is
    lower and a product has another manager."""
    copy = tmp_path_factory.mktemp("edited") / "company"
    shutil.copytree(DEMO, copy)

    def edit(table, change):
        path = copy / f"{table}.csv"
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        change(rows).to_csv(path, index=False)

    edit("outcomes", lambda rows: rows[rows["outcome_id"] != "O2"])
    edit("products", lambda rows: rows[rows["product_id"] != "P05"])
    edit("key_results", lambda rows: rows.assign(
        target=rows["target"].mask(rows["kr_id"] == "K163", "2.0")))
    edit("objectives", lambda rows: rows.assign(
        status=rows["status"].mask(rows["objective_id"] == "J012", "done")))
    edit("assignments", lambda rows: rows.assign(person_id=rows["person_id"].mask(
        (rows["product_id"] == "P02") & (rows["person_id"] == "H13"), "H14")))
    sides = []
    for source in (str(DEMO), str(copy)):
        alignment = align(load(source), date(2026, 11, 20))
        sides += [alignment, find_gaps(alignment)]
    return compare(*sides)


def test_the_demo_in_twelve_lines(demo):
    lines = sentences(demo)
    assert 6 <= len(lines) <= 12
    assert "“Expand to Japan” removed" in "\n".join(lines)
    assert re.search(r"80\.0 % → 94\.1 %: \+14\.1 points from removing 1 outcome, 1 product", lines[0])
    assert any("1.2 → 2" in line for line in lines)
    assert any("joined Storefront Studio" in line for line in lines)


def test_words_are_free_of_blame_and_of_ids(demo):
    text = "\n".join(sentences(demo)).lower()
    assert not re.search(r"\b(fail\w*|bad|worst|blame|fault|poor)\b", text)
    assert not re.search(r"\b[opjkh]\d\d*\b", text)


@pytest.mark.parametrize("turned", [False, True])
def test_where_nothing_can_be_proven_on_one_side_nobody_fell_out(turned):
    unproven = {name: rows for name, rows in TABLES.items()
                if name not in ("objectives", "key_results", "check_ins")}
    sides = (TABLES, unproven)[::-1 if turned else 1]
    answer = sentences(between(*sides))[0]
    assert answer.startswith("Which products changed their alignment cannot be told: ")
    assert "no longer assessed" not in answer


def test_a_strategic_bet_is_called_as_people_call_it():
    row = ("products", "P3 annual_spend=40 strategic_role=maintain",
           "P3 annual_spend=40 strategic_role=enable")
    told = " ".join(said(row))
    assert "maintain → platform" in told
    assert "enable" not in told
