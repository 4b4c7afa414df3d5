"""Gaps as rows: their order, their patterns, and what each says."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from orgdata.gaps import SEVERITIES, find_gaps
from orgdata.model.history import History
from orgdata.views.gap_rows import MOST_ROWS, PATTERN, gap_rows, not_listed
from tests import demo_company
from tests.builders import aligned

PRODUCTS = " | ".join(f"P{at:02} name=Product_{at}" for at in range(14))


def listed(alignment, history=None, rows=None, **more):
    gaps = find_gaps(alignment, history)
    return gaps, gap_rows(alignment, gaps, history, gaps.rows if rows is None else rows(gaps.rows),
                          **more)


@pytest.fixture(scope="module")
def demo():
    return listed(demo_company.alignment())


def test_every_gap_is_a_row_once_the_gravest_first(demo):
    gaps, rows = demo
    keys = [row.key for row in rows if not row.key.startswith(PATTERN)]
    assert sorted(keys) == sorted(gaps.rows["key"])
    ranks = [SEVERITIES.index(row.severity) for row in rows if not row.of]
    assert ranks == sorted(ranks)


def test_rows_name_product_who_acts_and_the_budget(demo):
    row = next(row for row in demo[1] if row.key == "PRG01:K163")
    assert (row.product, row.who, row.budget) == (
        "Billing & Subscriptions", "Key result owner: Diego Fuentes", "$1.86M")
    assert (row.since, row.state, row.detail) == ("", "", "")


def test_a_pattern_stands_at_its_place_with_its_gaps_below():
    gaps, rows = listed(aligned(products=PRODUCTS, outcomes="O1", people="H1",
                                assignments="P00 H1 accountable"))
    pattern = gaps.patterns[0]
    at = next(at for at, row in enumerate(rows) if row.key == PATTERN + pattern.code)
    below = [row for row in rows if row.of == PATTERN + pattern.code]
    assert rows[at + 1:at + 1 + len(below)] == below
    assert len(below) == pattern.count - sum(
        row.severity == "critical" for row in rows if row.key.startswith(pattern.code))
    assert f"{pattern.count} of {pattern.looked_at} {pattern.objects}" in rows[at].finding


def test_a_pattern_of_several_severities_says_how_many_of_each():
    """Its chip is that of the gravest: 36 of them do not make 788 high."""
    _, rows = listed(aligned(
        products="P1", objectives=" | ".join(
            f"J{at} product_id=P1 start_date=2026-10-01 end_date=2026-12-31" for at in range(3)),
        key_results=" | ".join(f"K{at} J{min(at, 2)}" for at in range(12))))
    mixed = [(row, Counter(one.severity for one in rows if one.of == row.key)) for row in rows
             if row.key.startswith(PATTERN)]
    assert any(len(counts) > 1 for _, counts in mixed)
    for row, counts in mixed:
        said = ", ".join(f"{counts[one]} {one}" for one in SEVERITIES if one in counts)
        assert row.finding.endswith(f" · {said}") == (len(counts) > 1), row.finding


def test_a_pattern_without_a_hit_is_not_listed_and_with_few_says_so():
    measured = aligned(products=PRODUCTS, outcomes="O1", people="H1",
                       assignments="P00 H1 accountable")
    code = find_gaps(measured).patterns[0].code
    _, none = listed(measured, rows=lambda rows: rows[rows["code"] != code])
    assert PATTERN + code not in {row.key for row in none}
    _, few = listed(measured, rows=lambda rows: rows[rows["code"] == code].tail(2))
    assert few[0].finding.endswith(" · 2 here")
    assert len(few) == 3


def test_what_people_said_and_since_when_it_is_open():
    alignment = demo_company.alignment()
    history = History.of(
        states=[{"key": "OUT01:O2", "state": "accepted", "owner": "Ada",
                 "until": date(2026, 12, 24)},
                {"key": "PRG01:K163", "state": "planned", "owner": "Diego Fuentes"}],
        open_since={"OUT01:O2": date(2026, 10, 30), "PRG01:K163": alignment.as_of.date()})
    _, rows = listed(alignment, history)
    row = next(row for row in rows if row.key == "OUT01:O2")
    assert (row.state, row.since) == ("Accepted until 24 Dec · Ada", "21 days")
    row = next(row for row in rows if row.key == "PRG01:K163")
    assert (row.state, row.since) == ("Planned", "new")
    past = History.of(states=[{"key": "OUT01:O2", "state": "accepted", "owner": "Ada",
                               "until": date(2026, 11, 1)}])
    row = next(row for row in listed(alignment, past)[1] if row.key == "OUT01:O2")
    assert row.state == "Acceptance expired · Ada"


def test_questions_stand_below_the_finding():
    _, rows = listed(demo_company.alignment(), questions=True)
    assert rows[0].detail.endswith("?")


def test_a_list_is_cut_where_nobody_reads_on_and_says_so(demo):
    gaps, rows = demo
    assert not_listed(gaps.rows, rows, "above") == ""
    many = pd.concat([gaps.rows.assign(key=gaps.rows["key"] + f" {time}") for time in range(8)],
                     ignore_index=True)
    cut = gap_rows(demo_company.alignment(), gaps, None, many)
    assert len(cut) == MOST_ROWS
    assert not_listed(many, cut, "on the Gaps page") == (
        f"{len(many) - MOST_ROWS} more gaps: choose a rule or a product on the Gaps page to see them.")


def test_what_a_pattern_tells_of_is_not_counted_as_left_out(demo):
    gaps, rows = demo
    code, one = gaps.rows["code"].iloc[0], rows[0]._replace(key=f"pattern:{gaps.rows['code'].iloc[0]}")
    beside = gaps.rows[gaps.rows["code"] != code]
    assert not_listed(gaps.rows, [one], "above").startswith(f"{len(beside)} more gaps")
    assert not_listed(gaps.rows[gaps.rows["code"] == code], [one], "above") == ""
