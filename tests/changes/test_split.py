"""The change of each headline in parts: each worked out by hand, and adding up to the last digit."""

import json
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from orgdata.changes import HEADLINES, STEPS, compare
from orgdata.changes.record import record
from orgdata.changes.sentences import sentences
from orgdata.gaps import find_gaps
from orgdata.measures import align
from tests.builders import DAY, HALFWAY, loaded
from tests.changes.cases import CASES
from tests.changes.pairs import AGREED, TABLES, between, edited, ordinary, plain
from tests.reference.portfolios import portfolio

J1 = TABLES["objectives"].partition(" | ")[0]
REMOVED = ("outcomes", " | O3 weight=20 tier=2", "")


def parts(changes, key):
    """The parts that are not nothing."""
    return {step: pytest.approx(part, abs=1e-6) if isinstance(part, float) else part
            for step, part in changes.split[key].parts.items() if part != 0}


def check_sum(changes):
    for one in changes.split.headlines:
        known = [part for part in one.parts.values() if part is not None]
        if one.change is None:
            assert known == []
        else:
            assert sum(known) == one.change == one.after - one.before, one


def test_improved_by_deleting_an_outcome_shows():
    """O1 (50) and O2 (30) are covered, O3 (20) is not: 80 % → 100 %, nothing else was done.
    T is 200: proven 160. The fit without O3: weights 5/8 and 3/8 against 100/200, 60/200, 40/200:
    1 − ½ (1/8 + 3/40 + 1/5) = 0.8. Before: 1 − ½ (0 + 0 + 0.2 + 0.2) = 0.8.
    """
    changes = between(TABLES, edited(REMOVED))
    coverage = changes.split["outcome_coverage_pct"]
    assert (coverage.before, coverage.after) == (pytest.approx(80), 100)
    assert parts(changes, "outcome_coverage_pct") == {"removals": 20}
    assert parts(changes, "strategy_spend_fit_pct") == {}
    assert (changes.split.removed, changes.split.added) == ({"outcomes": 1}, {})


@pytest.mark.parametrize(("edits", "key", "expected"), [
    # a status is a removal as good as a deleted row; back again it is an addition
    ([("outcomes", "O3 weight", "O3 status=retired weight")], "outcome_coverage_pct",
     {"removals": 20}),
    ([("products", "P2", "P2 status=retired")], "aligned_products", {"removals": -1}),
    ([("objectives", "J2", "J2 status=done")], "aligned_products", {"removals": -1}),
    ([("objectives", "J2", "J2 status=done")], "outcome_coverage_pct", {"removals": -15}),
    ([("key_results", "K2 J2", "K2 J9")], "aligned_products", {"removals": -1}),  # skipped
    ([("contributions", f"P1 O1 primary {AGREED} | ", "")], "linked_spend_pct", {"removals": -50}),
    # O4 (100 of 200) is uncovered: 80 % → 40 %
    ([("outcomes", "", "O4 weight=100")], "outcome_coverage_pct", {"additions": -40}),
    # a new product comes with its people, also those hired for it, and is aligned at once
    ([("products", "", "P4 annual_spend=100"), ("people", "", "H4"), ("assignments", "", "P4 H4 pm"),
      ("contributions", "", f"P4 O1 primary {AGREED}"),
      ("objectives", "", f"J4 product_id=P4 outcome_id=O1 {HALFWAY}"),
      ("key_results", "", "K4 J4 kr_type=increase target=1")], "aligned_products",
     {"additions": 1}),
    # the weight of O1 150 of 200: 75 + 15
    ([("outcomes", "O1 weight=50", "O1 weight=150")], "outcome_coverage_pct", {"weights": 10}),
    ([("outcomes", "O3 weight=20", "O3 weight=")], "outcome_coverage_pct", {}),  # 20 is left to 100
    # edits: a handover, a lost manager, a confirmation, spend
    ([("assignments", "P1 H1", "P1 H2")], "aligned_products", {}),
    ([("assignments", "P1 H1 pm | ", "")], "aligned_products", {"edits": -1}),
    ([("people", "H1 | ", "")], "aligned_products", {"edits": -1}),
    ([("contributions", "P3 O2 supporting", f"P3 O2 supporting {AGREED}")], "linked_spend_pct",
     {"edits": 20}),
    # easier: less spend or more running cost where nothing is proven, a role that asks for less
    ([("products", "P3 annual_spend=40", "P3 annual_spend=0")], "aligned_spend_pct",
     {"easier": 20}),
    ([("products", "P3 annual_spend=40", "P3 annual_spend=40 bau_pct=100")], "aligned_spend_pct",
     {"easier": 20}),
    ([("products", "P3 annual_spend=40", "P3")], "aligned_spend_pct", {"easier": 20}),
    ([("products", "P3 annual_spend=40 strategic_role=maintain",
       "P3 annual_spend=40 strategic_role=sunset")], "assessed_products", {"easier": -1}),
    ([("key_results", "target=100", "")], "aligned_products", {"edits": -1}),
])
def test_each_step_by_hand(edits, key, expected):
    changes = between(TABLES, edited(*edits))
    assert parts(changes, key) == expected
    back = between(edited(*edits), TABLES)
    swapped = {"removals": "additions", "additions": "removals", "easier": "edits"}
    assert parts(back, key) == {swapped.get(step, step): -part for step, part in expected.items()}


def test_steps_that_act_on_each_other_follow_the_order():
    """Without O3: 50/80 and 30/80 covered: 100 %. With O4 (20) unserved: 80 %. With O1 at 100:
    130/150. P1 loses its PM: O1 is thin, (50 + 30)/150."""
    after = edited(REMOVED, ("outcomes", "", "O4 weight=20"),
                   ("outcomes", "O1 weight=50", "O1 weight=100"), ("assignments", "P1 H1 pm | ", ""))
    changes = between(TABLES, after)
    assert parts(changes, "outcome_coverage_pct") == {
        "removals": 20, "additions": -20, "weights": pytest.approx(100 * 130 / 150 - 80),
        "edits": pytest.approx(-100 * 50 / 150)}


def test_time_comes_first_and_is_nobodys_edit():
    """Both goals end on 9 January; in February P2 has a new one."""
    after = edited(("objectives", "", "J3 product_id=P2 outcome_id=O2 start_date=2027-01-10"),
                   ("key_results", "", "K3 J3 kr_type=increase target=1"))
    changes = between(TABLES, after, (DAY, date(2027, 2, 1)))
    assert parts(changes, "aligned_products") == {"time": -2, "additions": 1}
    assert parts(between(TABLES, TABLES, (DAY, date(2027, 2, 1))), "aligned_products") == {
        "time": -2}


@pytest.mark.parametrize(("edits", "removed", "added"), [
    ([("products", "P2", "P2 status=retired")], {"products": 1}, {}),  # with its link and goal
    ([("objectives", "J2", "J2 status=done")], {"objectives": 1}, {}),
    ([("key_results", "K2 J2", "K9 J2")], {"key_results": 1}, {"key_results": 1}),
    ([("contributions", "", f"P1 O3 weak {AGREED}")], {}, {"contributions": 1}),
    ([("products", "", "P4"), ("contributions", "", "P4 O3 weak")], {}, {"products": 1}),
    ([("assignments", "P1 H1", "P1 H2"), ("outcomes", "=50", "=60")], {}, {})])
def test_what_came_and_went_by_itself(edits, removed, added):
    changes = between(TABLES, edited(*edits))
    assert (changes.split.removed, changes.split.added) == (removed, added)


def test_a_step_that_leaves_nothing_to_measure_is_counted_with_the_next():
    """All outcomes are replaced: coverage is unknown in between. 80 % → 0 %."""
    after = {**TABLES, "outcomes": "O7 | O8"}
    changes = between(TABLES, after)
    coverage = changes.split["outcome_coverage_pct"]
    assert coverage.parts["removals"] is None
    assert parts(changes, "outcome_coverage_pct") == {
        "removals": None, "additions": pytest.approx(-80)}
    check_sum(changes)


def test_unknown_at_an_end_has_no_change_and_no_parts():
    changes = between(TABLES, {**TABLES, "outcomes": ""})
    coverage = changes.split["outcome_coverage_pct"]
    assert (coverage.after, coverage.change, set(coverage.parts.values())) == (None, None, {None})


@pytest.mark.parametrize("weight", [2, 7, 11])
def test_the_last_digit_is_right_where_floating_numbers_would_not_be(weight):
    """Coverage goes from a few percent to almost all and back: plain differences are off by one in
    their last digit."""
    before = edited(("outcomes", "=50", f"={weight}"), ("outcomes", "=30", "=0.7"),
                    ("outcomes", "=20", "=87"))
    after = edited(("outcomes", " | O3 weight=87 tier=2", ""), ("outcomes", "", "O4 weight=61"),
                   ("outcomes", f"O1 weight={weight}", "O1 weight=1000"),
                   ("assignments", "P1 H1 pm | ", ""), of=before)
    check_sum(between(before, after))


def test_who_left_stays_away_in_every_step():
    """H1 is not here any more, so P1 is not aligned, neither before nor in between nor after."""
    before = edited(("people", "H1 |", "H1 active_to=2026-01-01 |"))
    assert parts(between(before, edited(REMOVED, of=before)), "aligned_products") == {}


def test_a_goal_whose_outcome_is_gone_serves_that_of_its_parent_at_once():
    """J2 hangs on J0, which is for O1; P2 has a link there too. Without O2, P2 stays aligned: it
    never fell out and came back."""
    before = edited(("objectives", "", f"J0 outcome_id=O1 {HALFWAY}"),
                    ("objectives", "J2 ", "J2 parent_objective_id=J0 "),
                    ("contributions", "", f"P2 O1 supporting {AGREED}"))
    after = edited(("outcomes", " | O2 weight=30 tier=2", ""), of=before)
    assert parts(between(before, after), "aligned_products") == {}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_change_adds_up(name):
    check_sum(between(TABLES, edited(*CASES[name][0])))


def judged(tables, config, day):
    alignment = align(loaded(config, **{name: rows for name, rows in tables.items() if rows}), day)
    return alignment, find_gaps(alignment)


def mixed(one, other, rng):
    """The first with rows of the second: some cells edited, some rows gone, some new."""
    tables = {}
    for name in {**one, **other}:
        mine, theirs = one.get(name, []), other.get(name, [])
        rows = [{**row, **(rng.choice(theirs) if theirs and rng.random() < 0.1 else {})}
                for row in map(dict, mine) if rng.random() < 0.85]
        tables[name] = rows + [dict(row) for row in theirs if rng.random() < 0.15]
    for row in tables.get("outcomes", []):
        if "weight" in row and rng.random() < 0.5:
            row["weight"] = str(rng.randint(1, 60))
    return tables


def turned(alignment):
    """The same portfolio with the rows of each table in the opposite order, measured anew."""
    rows = {name: rows[::-1].reset_index(drop=True)
            for name, rows in alignment.portfolio.tables.items()}
    again = align(replace(alignment.portfolio, tables=rows), alignment.as_of.date())
    return again, find_gaps(again)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000).map(random.Random))
@settings(max_examples=3, phases=[Phase.reuse, Phase.generate])
def test_random_pairs_add_up_mirror_and_can_be_said(seed, other_seed, rng):
    (one, config, day), (other, other_config, _) = portfolio(seed), portfolio(other_seed)
    before = judged(one, config, day)
    tables = mixed(one, other, rng)
    after = judged(tables, rng.choice([config, other_config]), day)
    changes, back = compare(*before, *after), compare(*after, *before)
    check_sum(changes)
    for headline in changes.split.headlines:
        assert tuple(headline.parts) == STEPS
        for value, side in ((headline.before, before), (headline.after, after)):
            assert value == pytest.approx(getattr(side[0].headlines, headline.key), abs=1e-9)
    assert [one.key for one in changes.split.headlines] == list(HEADLINES)
    assert len(ordinary(changes)) == len(ordinary(back))
    assert sentences(changes)
    assert json.loads(json.dumps(record(changes), allow_nan=False))
    again = compare(*turned(before[0]), *turned(after[0]))
    assert [in_full(row) for row in again.rows] == [in_full(row) for row in changes.rows]
    assert (again.split.removed, again.split.added) == (changes.split.removed, changes.split.added)
    for one_of, same in zip(again.split.headlines, changes.split.headlines, strict=True):
        assert one_of.parts == pytest.approx(same.parts, abs=1e-8)


@given(st.integers(0, 10_000), st.integers(0, 10_000).map(random.Random))
@settings(max_examples=6, phases=[Phase.reuse, Phase.generate])
def test_goals_that_are_only_deleted_change_headlines_by_removals_alone(seed, rng):
    check_removals_of_goals(seed, rng)


@pytest.mark.parametrize(("seed", "other_seed"), [(58, 407), (1526, 1430)])
def test_no_lost_cell_is_taken_for_one_of_another_row(seed, other_seed):
    """Rows of both portfolios stand in one on the way, with equal numbers."""
    check_removals_of_goals(seed, random.Random(other_seed))


@pytest.mark.parametrize("goal", [
    {"objectives": f"{J1} | J2 product_id=P2 parent_objective_id=J9 {HALFWAY}"},
    {"objectives": J1, "objective_products": "J9 P2", "key_results": TABLES["key_results"].replace("J2", "J9")}])
def test_what_is_lost_with_a_deleted_goal_is_part_of_the_removals(goal):
    """P2 has its goal by J9: once that is deleted, a cell or a row that names it may hold one."""
    after = TABLES | goal
    before = after | {"objectives": f"{after['objectives']} | J9 outcome_id=O2 {HALFWAY}"}
    changes = between(before, after)
    assert changes.after.products.set_index("product_id").loc["P2", "planned_reason"] == "doubtful"
    assert parts(changes, "assessed_products") == {"removals": -1}
    assert parts(changes, "aligned_products") == {"removals": -1}


def check_removals_of_goals(seed, rng):
    tables, config, day = portfolio(seed)
    less = {name: [row for row in rows if rng.random() < 0.7]
            if name in ("objectives", "key_results") else rows for name, rows in tables.items()}
    changes = compare(*judged(tables, config, day), *judged(less, config, day))
    kept = {name for name in ("objectives", "key_results") if less.get(name)}
    if kept == {name for name in ("objectives", "key_results") if tables.get(name)}:
        check_removals_alone(changes)


def in_full(row):
    """A change, its numbers but for the noise of adding them in another order."""
    return (row.name, *(round(cell, 9) if isinstance(cell, float) else cell for cell in plain(row)))


def check_removals_alone(changes):
    for one in changes.split.headlines:
        assert {step for step, part in one.parts.items() if part} <= {"removals"}, one


def test_the_random_pairs_are_not_all_alike():
    """The guard itself: pairs differ, and each step has a part somewhere."""
    seen = set()
    for seed in (17, 30):
        (one, config, day), (other, _, _) = portfolio(seed), portfolio(seed + 100)
        after = judged(mixed(one, other, random.Random(seed)), config, day)
        split = compare(*judged(one, config, day), *after).split
        seen |= {step for one in split.headlines for step, part in one.parts.items() if part}
    assert seen >= {"removals", "additions", "weights", "easier", "edits"}


SHARED = {**TABLES, "cycles": "C1 2026-10-01 2027-01-09", "objective_products": "J1 P3",
          "objective_outcomes": "J2 O3"}


@pytest.mark.parametrize(("edits", "key", "expected", "removed", "added"), [
    # J2 is for O3 too, so P2 backs it; without that row nobody does, and O3 is uncovered
    ([("objective_outcomes", "J2 O3", "J1 O2")], "outcome_coverage_pct",
     {"removals": -10}, {"objective_outcomes": 1}, {"objective_outcomes": 1}),
    ([("objective_outcomes", "", "J2 O1")], "outcome_coverage_pct", {}, {},
     {"objective_outcomes": 1}),
    # P3 has its goal, and its claim for O2, by J1 alone
    ([("objective_products", "J1 P3", "J1 P2")], "outcome_coverage_pct", {},
     {"objective_products": 1}, {"objective_products": 1}),
    # with its objective, its product, its outcome
    ([("objectives", "J2", "J2 status=done")], "outcome_coverage_pct", {"removals": -25},
     {"objectives": 1}, {}),
    ([("outcomes", " | O3 weight=20 tier=2", ""), ("objective_outcomes", "J2 O3", "J2 O1")],
     "outcome_coverage_pct", {"removals": 10}, {"outcomes": 1}, {"objective_outcomes": 1}),
    # a goal of a new cycle comes with it
    ([("cycles", "", "C2 2026-11-01 2027-01-31"),
      ("objectives", "", "J3 product_id=P2 outcome_id=O3 cycle_id=C2"),
      ("contributions", "", f"P2 O3 primary {AGREED}"),
      ("key_results", "", "K3 J3 kr_type=increase target=1")], "outcome_coverage_pct",
     {"additions": 10}, {}, {"contributions": 1, "objectives": 1})])
def test_products_and_outcomes_of_objectives(edits, key, expected, removed, added):
    changes = between(SHARED, edited(*edits, of=SHARED))
    assert parts(changes, key) == expected
    assert (changes.split.removed, changes.split.added) == (removed, added)
    check_sum(changes)
    assert sentences(changes)
