"""What is quietly made milder is named, with what it was, is and did; and what left while behind."""

from dataclasses import replace
from datetime import date

import pytest

from orgdata.changes import compare
from orgdata.changes.effects import AFTER
from orgdata.changes.sentences import sentences
from orgdata.gaps import RULES, find_gaps
from orgdata.measures import align
from orgdata.model.settings import parse_settings
from tests.builders import DAY, HALFWAY, aligned
from tests.changes.pairs import AGREED, TABLES, between, edited, milder, plain

BEHIND = edited(("check_ins", "K1 2026-11-18 50", "K1 2026-11-18 10"))


def made(*edits, of=TABLES):
    """What is milder after edits, its line, and the same edits the other way round."""
    there, back = between(of, edited(*edits, of=of)), between(edited(*edits, of=of), of)
    return milder(there), line(there, "Quietly easier"), milder(back)


def line(changes, topic):
    return next((text for text in sentences(changes) if text.startswith(topic)), "")


@pytest.mark.parametrize(("edits", "row", "said"), [
    # what a product is asked for
    ([("products", "P3 annual_spend=40 strategic_role=maintain",
       "P3 annual_spend=40 strategic_role=sunset")],
     ("strategic_role", "products", "P3", "maintain", "sunset",
      "no longer found: product supports no outcome"), "strategic bet of P3 maintain → sunset ("),
    ([("products", "strategic_role=invest", "strategic_role=maintain")],
     ("strategic_role", "products", "P1", "invest", "maintain", ""),
     "strategic bet of P1 invest → maintain."),
    ([("products", "strategic_role=invest", "")],
     ("strategic_role", "products", "P1", "invest", None, ""),
     "strategic bet of P1 invest → not stated."),
    ([("products", "P3 annual_spend=40", "P3 annual_spend=40 bau_pct=100")],
     ("bau_pct", "products", "P3", None, 100, ""), "running cost of P3 not stated → 100 %."),
    ([("products", "P3 annual_spend=40", "P3 annual_spend=30")],
     ("annual_spend", "products", "P3", 40, 30, ""), "spend of P3 40 → 30."),
    ([("products", "P3 annual_spend=40", "P3 status=planned annual_spend=40")],
     ("status", "products", "P3", "active", "planned",
      "no longer found: product supports no outcome"), "status of P3 active → planned ("),
    # how grave it is
    ([("outcomes", "O1 weight=50 tier=1", "O1 weight=50 tier=3")],
     ("tier", "outcomes", "O1", 1, 3, "less severe: outcome on one product"),
     "tier of “O1” 1 → 3 (less severe: outcome on one product)."),
    ([("outcomes", "O3 weight=20", "O3 weight=5")],
     ("weight", "outcomes", "O3", 0.2, 5 / 85, "no longer found: spend off strategy"),
     "weight of “O3” 20 % → 6 % (no longer found: spend off strategy)."),
    # goals
    ([("objectives", "J1 product_id=P1 outcome_id=O1", "J1 product_id=P1 exempt_reason=Pilot")],
     ("exempt_reason", "objectives", "J1", None, "Pilot", ""), "reason for no outcome of “J1” "),
    ([("objectives", f"O1 {HALFWAY}", "O1 start_date=2026-11-01 end_date=2027-02-09")],
     ("start_date", "objectives", "J1", "2026-10-01", "2026-11-01", ""),
     "start of “J1” 1 Oct 2026 → 1 Nov 2026; end of “J1” 9 Jan 2027 → 9 Feb 2027."),
    # key results
    ([("key_results", "K1 J1 kr_type=increase", "K1 J1 kr_type=increase due_date=2027-03-31")],
     ("due", "key_results", "K1", "2027-01-09", "2027-03-31", ""),
     "due date of “K1” 9 Jan 2027 → 31 Mar 2027."),
    ([("key_results", "K1 J1 kr_type=increase", "K1 J1 kr_type=increase start_date=2026-11-01")],
     ("start", "key_results", "K1", "2026-10-01", "2026-11-01", ""),
     "start of “K1” 1 Oct 2026 → 1 Nov 2026."),
    ([("key_results", "target=100", "target=80")],
     ("target", "key_results", "K1", 100, 80, ""), "target of “K1” 100 → 80."),
    ([("key_results", "baseline=0 ", "baseline=-50 ")],
     ("baseline", "key_results", "K1", 0, -50, ""), "baseline of “K1” 0 → -50."),
    ([("key_results", "kr_type=increase baseline=0 target=100", "kr_type=at_least target=75")],
     ("kr_type", "key_results", "K1", "increase", "at_least", ""),
     "kind of “K1” increase → at least; target of “K1” 100 → 75."),
    ([("key_results", "K1 J1 kr_type=increase", "K1 J1 kr_type=increase weight=0.01")],
     ("weight", "key_results", "K1", 1, 0.01, ""), "weight of “K1” 1 → 0.01."),
    ([("key_results", "K1 J1 kr_type=increase", "K1 J1 kr_type=increase cadence_days=90")],
     ("cadence_days", "key_results", "K1", 7, 90, ""),
     "days between check-ins of “K1” 7 → 90."),
    ([("key_results", "K1 J1 kr_type=increase", "K1 J1 kr_type=increase pace=none")],
     ("pace", "key_results", "K1", "linear", "none", ""), "pace of “K1” linear → none."),
])
def test_each_field_is_named(edits, row, said):
    there, text, back = made(*edits)
    field, table, cell_id, was, now, note = row
    found = [one for one in there if one[:3] == (field, table, cell_id)]
    assert [(*one[:3], shown(one[3]), shown(one[4]), one[5]) for one in found] == [
        (field, table, cell_id, was, pytest.approx(now) if isinstance(now, float) else now, note)]
    assert said in text
    assert field in AFTER
    assert back == [] or not {one[:3] for one in back} & {one[:3] for one in there}


def shown(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


COMMITTED = edited(("objectives", "J1 ", "J1 ambition=committed "),
                   ("key_results", "K1 J1 ", "K1 J1 result_kind=output "), of=BEHIND)
GUARDED = edited(("key_results", "", "K3 J1 kr_type=at_most target=4 is_guardrail=yes"),
                 ("check_ins", "", "K3 2026-11-18 5"))


@pytest.mark.parametrize(("of", "edit", "row", "said"), [
    (COMMITTED, ("objectives", "committed", "aspirational"),
     ("ambition", "objectives", "J1", "committed", "aspirational", "less severe: behind pace"),
     "ambition of “J1” committed → aspirational (less severe: behind pace)."),
    (COMMITTED, ("key_results", "result_kind=output", "result_kind=outcome"),
     ("result_kind", "key_results", "K1", "output", "outcome", ""),
     "kind of result of “K1” output → outcome."),
    (GUARDED, ("key_results", "is_guardrail=yes", "is_guardrail=no"),
     ("is_guardrail", "key_results", "K3", True, False, "no longer found: guardrail broken"),
     "guardrail of “K3” yes → no (no longer found: guardrail broken)."),
    (BEHIND, ("objectives", f"O1 {HALFWAY}", "O1 start_date=2026-11-18 end_date=2027-01-09"),
     ("start_date", "objectives", "J1", "2026-10-01", "2026-11-18",
      "no longer found: behind pace"), "start of “J1” 1 Oct 2026 → 18 Nov 2026 ("),
    ({**TABLES, "check_ins": "K1 2026-10-18 50 | K2 2026-11-18 5"},
     ("key_results", "K1 J1 ", "K1 J1 cadence_days=90 "),
     ("cadence_days", "key_results", "K1", 7, 90, "no longer found: no recent check-in"),
     "days between check-ins of “K1” 7 → 90 (no longer found: no recent check-in).")])
def test_what_a_field_did_is_said(of, edit, row, said):
    there, text, back = made(edit, of=of)
    assert [(*one[:3], shown(one[3]), shown(one[4]), one[5]) for one in there] == [row]
    assert said in text
    assert back == []


def test_a_weight_that_was_lowered_without_any_effect_is_an_ordinary_change():
    there, text, _ = made(("outcomes", "O1 weight=50", "O1 weight=48"))
    assert (there, text) == ([], "")


def test_dates_of_the_next_cycle_are_no_later_ones():
    assert made(("objectives", f"O1 {HALFWAY}", "O1 start_date=2027-01-10 end_date=2027-04-09"))[
        0] == []


def test_money_that_is_proven_may_shrink():
    assert made(("products", "P1 annual_spend=100", "P1 annual_spend=90"))[0] == []


def settings_changed(before, after, tables=TABLES):
    sides = []
    for config in (before, after):
        alignment = aligned(config, DAY, **tables)
        sides += [alignment, find_gaps(alignment)]
    return compare(*sides)


@pytest.mark.parametrize(("config", "row", "said"), [
    ({"rules": {"OUT05": {"threshold": 0.3}}},
     ("threshold", "settings", "OUT05", 0.1, 0.3, "no longer found: spend off strategy"),
     "threshold of “spend off strategy” 0.1 → 0.3 (no longer found: spend off strategy)."),
    ({"rules": {"PRG04": {"threshold": 0.001}}},
     ("threshold", "settings", "PRG04", 0.01, 0.001, ""), "threshold of “not moving” 0.01 → 0.001."),
    ({"rules": {"OUT01": {"enabled": False}}},
     ("enabled", "settings", "OUT01", True, False, "not judged any more: outcome not covered"),
     "“outcome not covered” switched off (not judged any more: outcome not covered)."),
    ({"cadence_days": 30}, ("cadence_days", "settings", "cadence_days", 7, 30, ""),
     "days between check-ins of every key result 7 → 30."),
    ({"pace": "ratio-70-40"}, ("pace", "settings", "pace", "difference", "ratio-70-40", ""),
     "pace of every key result difference → ratio-70-40.")])
def test_settings_that_are_milder(config, row, said):
    changes = settings_changed({}, config)
    assert milder(changes) == [row]
    assert said in line(changes, "Quietly easier")
    assert milder(settings_changed(config, {})) == []


def test_of_which_rules_a_larger_threshold_finds_less():
    """Thresholds so far apart that each rule of the demo company finds all it can, or nothing."""
    from orgdata.changes.milder_settings import SMALLER_IS_MILDER
    from orgdata.demo import DEMO
    from orgdata.load import load

    bare = load(str(DEMO))

    def ranks(limit):
        rules = {code: {"threshold": limit} for code, rule in RULES.items()
                 if rule.threshold is not None}
        found = find_gaps(align(replace(bare, settings=parse_settings({"rules": rules})), DAY)).rows
        return {code: sum(map(_RANK.get, found["severity"][found["code"] == code]))
                for code in rules}

    small, large = ranks(0.0), ranks(1e6)
    assert {code for code in small if large[code] > small[code]} <= set(SMALLER_IS_MILDER)
    assert {code for code in small if large[code] < small[code]}.isdisjoint(SMALLER_IS_MILDER)
    assert sum(small[code] != large[code] for code in small) >= 12
    assert set(SMALLER_IS_MILDER) <= set(small)


_RANK = {"critical": 1000, "high": 100, "medium": 10, "low": 1}


# -- what left while behind, and what came in its place -------------------------------------------

@pytest.mark.parametrize(("edits", "became"), [
    ([("key_results", "K1 J1 kr_type=increase baseline=0 target=100 | ", "")], "deleted"),
    ([("key_results", "K1 J1", "K1 J1 status=dropped")], "closed as dropped"),
    ([("objectives", "J1 ", "J1 status=done ")], "its objective closed as done"),
    ([("objectives", f"J1 product_id=P1 outcome_id=O1 {HALFWAY} | ", "")],
     "deleted with its objective"),
    ([("key_results", "K1 J1 kr_type=increase", "K8 J1 title='K1 in web' kr_type=increase")],
     "replaced by “K1 in web”"),
    ([("key_results", "K1 J1 kr_type=increase baseline=0 target=100",
       "K8 J1 title='K1 web so far' target=10 status=achieved"
       " | K9 J1 title='K1 web later' target=90")],
     "split into “K1 web so far” and “K1 web later”")])
def test_what_was_removed_while_behind_is_named(edits, became):
    of = edited(("key_results", "K1 J1 ", "K1 J1 title='K1 web' "), of=BEHIND)
    edits = [(table, old.replace("K1 J1", "K1 J1 title='K1 web'"),
              new.replace("K1 J1", "K1 J1 title='K1 web'")) for table, old, new in edits]
    changes = between(of, edited(*edits, of=of))
    assert milder(changes) == [("removed", "key_results", "K1", "off_track", became, "")]
    assert line(changes, "Removed while behind") == (
        f"Removed while behind: “K1 web” (off track, {became}).")


def test_what_is_not_behind_or_only_ended_is_not_removed_while_behind():
    gone = ("key_results", "K1 J1 kr_type=increase baseline=0 target=100 | ", "")
    assert milder(between(TABLES, edited(gone))) == []
    after_the_cycle = date(2027, 2, 1)
    assert milder(between(BEHIND, BEHIND, (DAY, after_the_cycle))) == []
    closed = edited(("key_results", "K1 J1", "K1 J1 status=missed"), of=BEHIND)
    assert milder(between(BEHIND, closed, (DAY, after_the_cycle))) == []


def test_the_parts_of_a_split_say_what_they_came_of():
    of = edited(("key_results", "K1 J1 ", "K1 J1 metric=Orders "))
    after = edited(("key_results", "K1 J1 metric=Orders",
                    "K8 J1 title=Web metric=orders target=1 | K9 J1 title=Shop metric=orders"), of=of)
    rows = between(of, after).of("key_result")
    assert [plain(row)[1:] for row in rows if row.kind != "status"] == [
        ("added", "K8", None, "unknown", "in place of “K1”"),
        ("added", "K9", None, "unknown", "in place of “K1”"),
        ("removed", "K1", "on_track", None, "split into “Web” and “Shop”")]


# -- on track again -------------------------------------------------------------------------------

@pytest.mark.parametrize(("edit", "said"), [
    (("key_results", "target=100", "target=20"), "1 on track again, after its target was eased."),
    (("key_results", "K1 J1 ", "K1 J1 start_date=2026-11-08 "),
     "1 on track again, after its start was moved."),
    (("objectives", f"O1 {HALFWAY}", "O1 start_date=2026-10-01 end_date=2028-01-09"),
     "1 on track again, after its end was moved."),
    (("check_ins", "K1 2026-11-18 10", "K1 2026-11-18 50"), "1 back on track.")])
def test_what_is_on_track_again_says_after_what(edit, said):
    changes = between(BEHIND, edited(edit, of=BEHIND))
    assert line(changes, "Key results") == f"Key results: {said}"


@pytest.mark.parametrize(("edit", "said"), [
    (("key_results", "target=100", "target=20"), "1 resolved (1 after a target was eased)."),
    (("key_results", "K1 J1 ", "K1 J1 start_date=2026-11-18 "),
     "1 resolved (1 after its start was moved)."),
    (("check_ins", "K1 2026-11-18 10", "K1 2026-11-18 50"), "1 resolved.")])
def test_a_gap_that_nobody_fixed_says_so(edit, said):
    assert line(between(BEHIND, edited(edit, of=BEHIND)), "Gaps") == f"Gaps: {said}"


# -- products -------------------------------------------------------------------------------------

def test_products_that_are_no_longer_assessed_are_counted_beside_the_others():
    changes = between(TABLES, edited(("products", "P3 annual_spend=40 strategic_role=maintain",
                                      "P3 annual_spend=40 strategic_role=enable")))
    assert sentences(changes)[0].startswith("No product changed its alignment: 2 of 2 aligned, "
                                            "before 2 of 3; 1 no longer assessed.")
    assert "Spend backed by OKRs 80.0 % → 100.0 %: +20 points from changed strategic bets." in sentences(changes)


def test_a_product_of_another_level_is_not_removed():
    tables = {**TABLES, "products": TABLES["products"].replace("P3 ", "P3 level=product ").replace(
        "P1 ", "P1 level=product ").replace("P2 ", "P2 level=product ")}
    team = {**tables, "products": tables["products"].replace("P3 level=product", "P3 level=team")}
    before, after = (aligned({"managed_level": "product"}, DAY, **side) for side in (tables, team))
    changes = compare(before, find_gaps(before), after, find_gaps(after))
    assert line(changes, "Products") == "Products: P3 not counted as a product any more."
    assert "level of P3 product → team" in line(changes, "Quietly easier")
    assert "Spend backed by OKRs 80.0 % → 100.0 %: +20 points from changed levels." in sentences(changes)
    back = compare(after, find_gaps(after), before, find_gaps(before))
    assert line(back, "Products") == "Products: P3 counted as a product from now on."


@pytest.mark.parametrize(("status", "said"), [
    ("retired", "P3 retired"), ("planned", "P3 now planned"), ("deferred", "P3 deferred")])
def test_what_became_of_a_product_that_is_not_active(status, said):
    changes = between(TABLES, edited(("products", "P3", f"P3 status={status}")))
    assert line(changes, "Products") == f"Products: {said}."


def test_many_products_are_named_each():
    products = " | ".join(f"P{n} strategic_role=maintain" for n in range(7))
    changes = between({"products": products},
                      {"products": products.replace("maintain", "enable")})
    assert line(changes, "Quietly easier") == (
        "Quietly easier: strategic bet of P0, P1, P2, P3, P4, P5 and P6 maintain → platform.")


# -- links confirmed on paper ---------------------------------------------------------------------

def test_links_that_were_only_confirmed():
    """P2's goal for O2 was there: its confirmation alone proves the link. P3 has no goal for O2."""
    of = {**TABLES, "contributions": f"P1 O1 primary {AGREED} | P2 O2 primary | P3 O2 supporting"}
    changes = between(of, TABLES)
    assert line(changes, "Links") == "Links: 1 backed by OKRs now; 1 newly confirmed, not with a new objective."
    on_paper = {**of, "contributions": " | ".join(
        f"{link} {AGREED}" for link in ("P1 O1 primary", "P2 O2 primary", "P3 O2 supporting"))}
    assert line(between(of, on_paper), "Links") == (
        "Links: 1 backed by OKRs now; 2 newly confirmed, none with a new objective.")


def test_links_that_are_declared_without_a_goal():
    changes = between(TABLES, edited(("contributions", "", "P1 O3 weak"),
                                     ("contributions", "", f"P3 O3 primary {AGREED}")))
    assert line(changes, "Links") == "Links: 2 stated, none backed by OKRs."
