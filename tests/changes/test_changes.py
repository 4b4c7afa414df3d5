"""What changed between two portfolios: exact lists for every kind of change, and its mirror."""

from datetime import date

import pytest

from tests.builders import DAY
from tests.changes.cases import CASES
from tests.changes.pairs import TABLES, between, edited, mirror, ordinary, plain, things


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_change(name):
    edits, expected = CASES[name]
    assert things(between(TABLES, edited(*edits))) == expected


@pytest.mark.parametrize("name", CASES)
def test_seen_from_the_other_side_it_is_the_mirror_image(name):
    edits, _ = CASES[name]
    there, back = between(TABLES, edited(*edits)), between(edited(*edits), TABLES)
    rows, rows_back = ordinary(there), ordinary(back)
    assert {plain(row)[:-1] for row in rows_back} == {mirror(row) for row in rows}
    assert len(rows_back) == len(rows)
    for one in there.split.headlines:
        assert back.split[one.key].change == -one.change


def test_every_kind_of_change_has_a_case():
    """What the modules can say, and what the cases here and the other tests show."""
    seen = {row[:2] for _, expected in CASES.values() for row in expected}
    seen |= {(of, {"added": "removed", "lost_proof": "proven", "confirmed": "unconfirmed",
                   "goal": "goal_ended", "closed": "reopened", "ended": "started"}.get(what, what))
             for of, what in seen}
    assert seen >= {("outcome", what) for what in ("added", "removed", "renamed", "weight", "coverage")}
    assert seen >= {("product", what) for what in (
        "added", "removed", "renamed", "role", "spend", "aligned", "checks", "fresh")}
    assert seen >= {("link", what) for what in (
        "declared", "withdrawn", "proven", "lost_proof", "confirmed", "unconfirmed", "goal",
        "goal_ended", "strength", "share")}
    assert seen >= {("objective", what) for what in (
        "added", "removed", "closed", "reopened", "started", "ended", "outcome")}


@pytest.mark.parametrize("tables", [TABLES, {}, {"products": "P1"}])
def test_nothing_changed_gives_nothing(tables):
    changes = between(tables, tables)
    assert (changes.rows, changes.not_compared, changes.nothing) == ((), {}, True)
    assert (changes.split.removed, changes.split.added) == ({}, {})
    assert {part for one in changes.split.headlines for part in one.parts.values()} <= {0, None}


def test_what_no_person_touched_is_still_a_change():
    """Two weeks on, the same data: the check-ins have gone stale."""
    assert things(between(TABLES, TABLES, (DAY, date(2026, 12, 20)))) == [
        ("product", "fresh", "P1", True, False, ""), ("product", "fresh", "P2", True, False, ""),
        ("key_result", "status", "K1", "on_track", "unknown", "stale"),
        ("key_result", "status", "K2", "on_track", "unknown", "stale")]


def test_the_order_of_rows_does_not_matter():
    after = edited(*CASES["a goal leads elsewhere"][0], *CASES["a product is added"][0],
                   *CASES["goalposts move"][0])
    turned = {table: " | ".join(reversed(text.split(" | "))) for table, text in after.items()}
    back = {table: " | ".join(reversed(text.split(" | "))) for table, text in TABLES.items()}
    one, other = between(TABLES, after), between(back, turned)
    assert one.rows == other.rows
    assert one.split == other.split


def test_products_of_one_name_are_not_renamed_by_a_third():
    """Names are told apart by what there is else; only what is written counts as a new name."""
    after = edited(("products", "", "P4 name=P1"), ("assignments", "", "P4 H1 pm"))
    assert [row[1] for row in things(between(TABLES, after)) if row[0] == "product"] == ["added"]


def test_outcomes_of_one_name_are_not_renamed_by_a_third():
    after = edited(("outcomes", "", "O4 name=O1 weight=0"))
    assert [row[1] for row in things(between(TABLES, after)) if row[0] == "outcome"] == ["added"]


def test_spend_in_another_unit_is_not_compared():
    after = {**TABLES, "products": TABLES["products"].replace("annual_spend", "fte")}
    assert things(between(TABLES, after)) == []


@pytest.mark.parametrize(("table", "expected"), [
    ("assignments", {"product managers": "assignments are not loaded any more"}),
    ("products", {"products": "products are not loaded any more"}),
    ("key_results", {"key results": "key_results are not loaded any more",
                     "goalposts": "key_results are not loaded any more"})])
def test_what_is_loaded_on_one_side_only_is_not_compared(table, expected):
    after = {name: text for name, text in TABLES.items() if name != table}
    changes = between(TABLES, after)
    assert changes.not_compared == expected
    assert not changes.of("manager" if table == "assignments" else "product", "left", "removed")
    assert not changes.of("key_result")
    first = {what: why.replace("not loaded any more", "loaded for the first time")
             for what, why in expected.items()}
    assert between(after, TABLES).not_compared == first


def test_links_by_goals_alone_are_compared_with_declared_ones():
    """Without contributions a goal stands for a link: those of P1 and P2 stay proven."""
    after = {name: text for name, text in TABLES.items() if name != "contributions"}
    changes = between(TABLES, after)
    assert changes.not_compared == {}
    assert [plain(row)[1:4] for row in changes.of("link")] == [("withdrawn", "P3", "O2")]
