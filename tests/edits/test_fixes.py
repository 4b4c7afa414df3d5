"""Every form settles the gap it stands at: settled once through it on a fixture, the gap is gone."""

import pytest

from orgdata.edits import apply
from orgdata.edits.fixes import ELSEWHERE, FIXES
from orgdata.edits.now import Now
from orgdata.gaps import RULES, find_gaps
from orgdata.gaps.rule import IDS
from orgdata.measures import align
from orgdata.validate import validate
from tests.builders import DAY, HALFWAY, raw_source
from tests.gaps.test_rules import FIRING

PEOPLE = "H1 | H2"
GOAL = f"J1 product_id=P1 outcome_id=O1 {HALFWAY}"
RESULT = "K1 J1 kr_type=increase baseline=0 target=10 current=5"
SETTLED = {
    "OWN01": ({"people": PEOPLE, "products": "P1 | P2", "assignments": "P2 H1 accountable"},
              {"person_id": "H2"}),
    "OWN03": ({"people": "H1 active_to=2026-11-01 | H2", "products": "P1",
               "assignments": "P1 H1 accountable"}, {"person_id": "H2"}),
    "OWN06": ({"people": PEOPLE, "products": "P1 strategic_role=invest | P2",
               "assignments": "P1 H1 accountable | P2 H1 deputy"}, {"person_id": "H2"}),
    "OWN07": ({"people": PEOPLE, "products": "P1", "assignments": "P1 H1 accountable",
               "objectives": GOAL + " owner_id=H2"}, {"owner_id": "H1"}),
    "OUT01": ({"products": "P1", "outcomes": "O1 | O2", "contributions": "P1 O1 primary"},
              {"product_id": "P1"}),
    "OUT04": ({"outcomes": "O1 target=5 due_date=2026-12-31 owner_id=H1", "people": PEOPLE},
              {"metric": "NRR"}),
    "PRD01": ({"products": "P1 | P2", "outcomes": "O1", "contributions": "P2 O1 primary"},
              {"outcome_id": "O1"}),
    "OBJ01": ({"products": "P1", "outcomes": "O1", "contributions": "P1 O1 primary",
               "objectives": f"J1 product_id=P1 {HALFWAY}"}, {"outcome_id": "O1"}),
    "OBJ02": ({"products": "P1", "outcomes": "O1 | O2 status=retired",
               "contributions": "P1 O1 primary",
               "objectives": f"J1 product_id=P1 outcome_id=O2 {HALFWAY}"}, {"outcome_id": "O1"}),
    "KR01": ({"products": "P1", "objectives": GOAL, "outcomes": "O1",
              "key_results": "K1 J1 kr_type=increase baseline=0 current=5"}, {"target": "10"}),
    "KR02": ({"products": "P1", "objectives": GOAL, "outcomes": "O1",
              "key_results": "K1 J1 kr_type=increase target=10 current=5 | K2 J1 baseline=1 target=2"},
             {"baseline": "0"}),
    "PRG02": ({"products": "P1", "objectives": GOAL, "outcomes": "O1", "key_results": RESULT,
               "check_ins": "K1 2026-10-05 1"}, {"value": "5"}),
    "PRG07": ({"products": "P1", "objectives": "J1 product_id=P1 end_date=2026-10-01 status=open"},
              {"status": "done", "grade": "0.7"}),
    "PRT04": ({"products": "P1 | P2",
               "dependencies": "D1 P1 P2 what=x needed_by=2026-12-01 agreed=no"},
              {"agreed": "yes"}),
    "RBK01": ({"products": "P1", "roadblocks": "R1 2026-09-01 product_id=P1"},
              {"closed_on": "2026-11-19"}),
    "XFN01": ({"products": "P1",
               "expectations": "X1 P1 sales what=x by_when=2026-12-01 state=offered"},
              {"state": "accepted"}),
    "OUT05": ({"products": "P1 annual_spend=90 | P2 annual_spend=10",
               "outcomes": "O1 weight=50 | O2 weight=50",
               "contributions": "P1 O1 primary | P2 O2 primary"}, {"weight": "12"}),
    "OUT02": ({"people": PEOPLE, "products": "P1 | P2", "outcomes": "O1", "objectives": GOAL,
               "assignments": "P1 H1 accountable", "key_results": RESULT,
               "contributions": "P1 O1 supporting"}, {"product_id": "P1"}),
    "OUT06": ({"outcomes": "O1 | O2 | O3 | O4 | O5 | O6"}, {"outcome_id": "O6"}),
    "PRD07": ({"products": " | ".join(
        ["P1 annual_spend=1000 strategic_role=sunset", *(
            f"P{n} annual_spend=100 strategic_role=invest" for n in range(2, 9))])},
        {"strategic_role": "invest"}),
}


# Of the other rules: what is given in the form at the gap of their own first case that fires
GIVEN = {
    "OWN02": {"person_id": "H1"}, "OWN04": {"product_id": "P1", "allocation_pct": "0"},
    "OWN05": {"product_id": "P3", "person_id": "H2"}, "OUT03": {"product_id": "P2"},
    "PRD02": {"title": "Serve it", "outcome_id": "O1"}, "PRD03": {"strength": "supporting"},
    "PRD04": {"outcome_id": "O1"}, "PRD05": {"role_statement": "It pays", "role_confirmed_by": "H1"},
    "PRD08": {"into_product_id": "P1"}, "OBJ03": {"title": "More", "target": "5"},
    "OBJ04": {"kr_id": "K0"}, "OBJ05": {"title": "More", "target": "5"},
    "OBJ06": {"outcome_id": "O1"}, "OBJ07": {"start_date": "2026-10-01", "end_date": "2026-12-31"},
    "KR03": {"target": "10", "baseline": "0"}, "KR04": {"target": "50"}, "PRG01": {"value": "4"},
    "PRG03": {"status": "off track"}, "PRG04": {"value": "60"}, "PRG05": {"confidence": "9"},
    "PRG06": {"value": "100"}, "PRT01": {"target_pct": "50"},
    "PRT03": {"product_id": "P2", "outcome_id": "O1"}, "XFN02": {"state": "accepted"},
}


def gaps_of(raw, code, history=None):
    found = find_gaps(align(validate(raw), DAY), history)
    return found.rows[found.rows["code"] == code]


@pytest.mark.parametrize("code", FIXES)
def test_a_gap_is_gone_once_it_is_settled_through_its_form(code):
    history = None
    if code in SETTLED:
        tables, given = SETTLED[code]
    else:
        tables, given, history = FIRING[code].tables, GIVEN[code], FIRING[code].history
    raw = raw_source(**tables)
    gap = gaps_of(raw, code, history).iloc[0]
    fix = FIXES[code]
    objects = {column: gap[column] for column in IDS if isinstance(gap[column], str)}
    answers = {ask.name: given.get(ask.name, "") for ask in fix.asks}
    assert set(given) <= set(answers)
    assert all(answers[ask.name] for ask in fix.asks if ask.needed)
    applied = apply(raw, fix.edits(Now(raw, DAY), objects, answers))
    assert gap["key"] not in set(gaps_of(applied.raw, code, history)["key"])


def test_each_rule_has_a_form_or_a_reason_why_no_cell_settles_it():
    assert not FIXES.keys() & ELSEWHERE.keys()
    assert FIXES.keys() | ELSEWHERE.keys() == RULES.keys()
