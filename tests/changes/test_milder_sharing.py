"""What is milder in cycles and in the products and outcomes of objectives; removed while behind."""

import pytest

from orgdata.changes.sentences import sentences
from tests.builders import HALFWAY
from tests.changes.pairs import TABLES, between, edited, milder, plain

CYCLE = "C1 2026-10-01 2027-01-09"
SHARED = {
    **edited(("check_ins", "K1 2026-11-18 50", "K1 2026-11-18 10"),
             ("objectives", "outcome_id=O1 start_date=2026-10-01 end_date=2027-01-09",
              "outcome_id=O1 cycle_id=C1")),
    "cycles": CYCLE, "objective_products": "J1 P2 effort_pct=40",
    "objective_outcomes": "J1 O2 | J2 O3 share_pct=50"}


def line(changes, topic):
    return next((text for text in sentences(changes) if text.startswith(topic)), "")


def made(*edits, of=SHARED):
    there = between(of, edited(*edits, of=of))
    return there, milder(between(edited(*edits, of=of), of))


def shown(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize(("edit", "row", "said"), [
    (("cycles", "2027-01-09", "2027-03-31"),
     ("end_date", "cycles", "C1", "2027-01-09", "2027-03-31", "less severe: behind pace"),
     "end of “C1” 9 Jan 2027 → 31 Mar 2027 (less severe: behind pace)."),
    (("cycles", "2026-10-01", "2026-11-18"),
     ("start_date", "cycles", "C1", "2026-10-01", "2026-11-18", "no longer found: behind pace"),
     "start of “C1” 1 Oct 2026 → 18 Nov 2026 (no longer found: behind pace)."),
    (("cycles", CYCLE, f"{CYCLE} cadence_days=90"),
     ("cadence_days", "cycles", "C1", 7, 90, ""), "days between check-ins of “C1” 7 → 90."),
])
def test_cycles_that_are_easier(edit, row, said):
    there, back = made(edit)
    assert [tuple(map(shown, one)) for one in milder(there)] == [row]
    assert said in line(there, "Quietly easier")
    assert back == []


def test_the_next_cycle_is_no_later_one():
    there, _ = made(("cycles", CYCLE, "C1 2027-01-10 2027-04-09"))
    assert milder(there) == []


@pytest.mark.parametrize(("edit", "table", "became"), [
    (("objective_products", "J1 P2 effort_pct=40", "J1 P3"), "objective_products",
     "not an objective of P2 any more"),
    (("objective_outcomes", "J1 O2 | ", ""), "objective_outcomes", "not for “O2” any more"),
    (("objective_outcomes", "J1 O2", "J1 O2 mode=supports"), "objective_outcomes",
     "not for “O2” any more")])
def test_a_goal_that_left_while_behind_is_named(edit, table, became):
    there, back = made(edit)
    assert milder(there) == [("removed", table, "J1", "off_track", became, "")]
    assert line(there, "Removed while behind") == (
        f"Removed while behind: “J1” (off track, {became}).")
    assert [one for one in back if one[0] != "removed"] == []


def test_what_is_on_track_may_leave():
    of = {**SHARED, "check_ins": TABLES["check_ins"]}
    for edit in (("objective_products", "J1 P2 effort_pct=40", "J1 P3"),
                 ("objective_outcomes", "J1 O2 | ", "")):
        assert milder(made(edit, of=of)[0]) == []


def test_effort_of_a_goal_that_leads_nowhere():
    of = edited(("objectives", "J1 product_id=P1 outcome_id=O1", "J1 product_id=P1 effort_pct=60"),
                ("objective_outcomes", "J1 O2 | ", ""), of=SHARED)
    there, back = made(("objective_products", "effort_pct=40", "effort_pct=10"), of=of)
    assert milder(there) == [("effort_pct", "objective_products", "J1", 40, 10, "")]
    assert line(there, "Quietly easier") == "Quietly easier: effort of “J1 → P2” 40 % → 10 %."
    assert back == []
    assert milder(made(("objective_products", "effort_pct=40", "effort_pct=10"))[0]) == []


def test_a_part_that_only_supports_is_said_with_what_it_did():
    """K2 has had no check-in for 46 days, which is grave where it leads to a tier 1 outcome."""
    of = {**SHARED, "check_ins": "K1 2026-11-18 50 | K2 2026-10-05 5",
          "objective_outcomes": "J2 O1 | J2 O3"}
    there, back = made(("objective_outcomes", "J2 O1", "J2 O1 mode=supports"), of=of)
    assert milder(there) == [("mode", "objective_outcomes", "J2", "contributes", "supports",
                              "less severe: no recent check-in")]
    assert line(there, "Quietly easier") == (
        "Quietly easier: part of “J2 → O1” contributes → supports (less severe: no recent check-in).")
    assert "1 better (1 after it only supports an outcome)" in line(there, "Gaps")
    assert back == []
    assert milder(made(("objective_outcomes", "J2 O3", "J2 O3 mode=supports"), of=of)[0]) == []


def test_a_share_is_said_only_with_what_it_did():
    there, _ = made(("objective_outcomes", "share_pct=50", "share_pct=60"))
    assert milder(there) == []
    assert [plain(one) for one in there.rows if one.object_type == "milder"] == []


def test_a_share_that_hid_a_gap_is_said():
    """Where no link is declared the money follows the shares of goals: half of it for each."""
    of = {"outcomes": "O1 weight=50 | O2 weight=50", "products": "P1 annual_spend=100",
          "objectives": f"J1 product_id=P1 {HALFWAY}", "key_results": "K1 J1 target=9",
          "objective_outcomes": "J1 O1 share_pct=80 | J1 O2 share_pct=20"}
    there, _ = made(("objective_outcomes", "O1 share_pct=80 | J1 O2 share_pct=20",
                     "O1 share_pct=50 | J1 O2 share_pct=50"), of=of)
    assert milder(there) == [
        ("share_pct", "objective_outcomes", outcome, before, 50,
         "no longer found: spend off strategy") for outcome, before in (("O1", 80), ("O2", 20))]
    assert line(there, "Quietly easier") == (
        "Quietly easier: share of “J1 → O1” 80 % → 50 % (no longer found: spend off strategy); "
        "share of “J1 → O2” 20 % → 50 % (no longer found: spend off strategy).")
    assert "2 after shares of objectives were changed" in line(there, "Gaps")
