"""The two lines that say why a gap matters, and the values of a key result over the weeks."""

from datetime import date

from orgdata.gaps import find_gaps
from orgdata.views.gap_context import context, values
from tests.builders import aligned

OUTCOMES = [{"outcome_id": "O1", "name": "Grow", "tier": "1", "weight": "10"}]
PRODUCTS = [{"product_id": "P1", "name": "Shop", "annual_spend": "1000", "strategic_role": "invest"}]
BEHIND = {"outcomes": OUTCOMES, "products": PRODUCTS,
          "contributions": [{"product_id": "P1", "outcome_id": "O1"}],
          "objectives": "J1 product_id=P1 outcome_id=O1 start_date=2026-10-01 end_date=2026-12-31",
          "key_results": "K1 J1 kr_type=increase baseline=0 target=10 unit=%",
          "check_ins": [{"kr_id": "K1", "date": day, "value": value} for day, value in (
              ("2026-11-20", "2"), ("2026-11-06", "1"), ("2026-11-13", ""), ("2026-11-25", "9"))]}


def gap(code, **tables):
    alignment = aligned(**tables)
    rows = find_gaps(alignment).rows
    return rows[rows["code"] == code].iloc[0], alignment


def test_a_key_result_says_where_it_stands_and_what_is_concerned():
    assert context(*gap("PRG01", **BEHIND)) == [
        "0 → 2 → 10 % (start, now, target), due 31 Dec 2026; last check-in 20 Nov 2026.",
        "Budget concerned: 1k."]


def test_its_values_are_those_up_to_the_day_the_oldest_first():
    seen = values(*gap("PRG01", **BEHIND))
    assert [one.date() for one in seen.days] == [date(2026, 11, 6), date(2026, 11, 20)]
    assert (seen.numbers, seen.goal, seen.unit) == ([1, 2], 10, "%")


def test_one_value_is_no_line():
    assert values(*gap("PRG01", **{**BEHIND, "check_ins": BEHIND["check_ins"][:1]})) is None


def test_an_outcome_says_its_weight_and_what_is_linked_to_it():
    row, alignment = gap("OUT03", **BEHIND)
    assert context(row, alignment)[0] == "Weight 100 %. Linked to it: Shop."
    assert values(row, alignment) is None


def test_a_product_says_its_bet_and_what_it_supports():
    row, alignment = gap("PRD01", outcomes=OUTCOMES,
                         products=[*PRODUCTS, {"product_id": "P2", "name": "Till"}],
                         contributions=[{"product_id": "P2", "outcome_id": "O1"}])
    assert context(row, alignment)[0] == (
        "Shop (strategic bet: invest) is linked to no outcome.")


def test_what_a_skipped_row_may_link_is_unknown():
    row, alignment = gap("OWN01", outcomes=[*OUTCOMES, {"outcome_id": "O2", "name": "Far"}],
                         products=[*PRODUCTS, {"product_id": "P2", "name": "Till"}],
                         people=[{"person_id": "H1", "name": "Ada"}],
                         assignments=[{"product_id": "P2", "person_id": "H1", "role": "accountable"}],
                         contributions=[{"product_id": "P2", "outcome_id": "O1"},
                                        {"product_id": "P1", "outcome_id": "O9"}])
    assert row["product_id"] == "P1"
    assert context(row, alignment)[0] == (
        "What Shop (strategic bet: invest) is linked to is unknown.")


def test_a_link_that_is_only_stated_is_not_called_support():
    row, alignment = gap("OWN01", outcomes=OUTCOMES, products=PRODUCTS,
                         people=[{"person_id": "H1", "name": "Ada"}], assignments=[
                             {"product_id": "P1", "person_id": "H1", "role": "deputy"}],
                         contributions=[{"product_id": "P1", "outcome_id": "O1"}])
    assert context(row, alignment)[0] == "Shop (strategic bet: invest) is linked to “Grow”."
