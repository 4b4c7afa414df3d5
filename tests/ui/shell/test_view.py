"""Filters narrow lists and never a formula."""

from datetime import datetime

import pytest

from orgdata.evaluation import Known
from orgdata.ui.shell.source import judged
from orgdata.ui.shell.view import Filters, Measured, View
from tests.builders import HALFWAY, aligned

# aligned: P1 and P3; not: P2; not assessed: P4
TABLES = {
    "outcomes": "O1", "people": "H1 name=Ada | H2 name=Bo",
    "products": "P1 business_area=Pay strategic_role=invest | P2 business_area=Pay | "
                "P3 business_area=Shop strategic_role=invest | "
                "P4 business_area=Shop strategic_role=enable",
    "assignments": "P1 H1 accountable | P2 H1 accountable | P3 H2 accountable | P3 H1 deputy",
    "contributions": "P1 O1 primary | P2 O1 primary | P3 O1 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY} | "
                  f"J3 product_id=P3 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 target=1 | K3 J3 target=1",
}


@pytest.fixture(scope="module")
def measured():
    return aligned(**TABLES)


@pytest.fixture(scope="module")
def narrowed(measured):
    evaluated = judged(measured, Measured.of(measured, measured.portfolio, __name__), Known())
    return lambda **filters: View(evaluated, Filters(**filters), datetime(2026, 11, 20))


@pytest.mark.parametrize(("filters", "shown", "said"), [
    ({}, ["P1", "P2", "P3", "P4"], ""),
    ({"area": "Pay"}, ["P1", "P2"],
     "In Pay: 1 of 2 assessed products aligned (2 products in all)."),
    ({"area": "Shop"}, ["P3", "P4"],
     "In Shop: 1 of 1 assessed product aligned (2 products in all)."),
    ({"role": "invest"}, ["P1", "P3"],
     "In strategic bet invest: 2 of 2 assessed products aligned (2 products in all)."),
    ({"manager": "H1"}, ["P1", "P2"],
     "In Ada: 1 of 2 assessed products aligned (2 products in all)."),
    ({"area": "Shop", "role": "invest", "manager": "H2"}, ["P3"],
     "In Shop, strategic bet invest, Bo: 1 of 1 assessed product aligned (1 product in all)."),
    ({"area": "Shop", "role": "enable"}, ["P4"],
     "In Shop, strategic bet platform: no product is assessed (1 product in all)."),
    ({"area": "nowhere"}, [],
     "In nowhere: no product is assessed (0 products in all).")])
def test_filters_narrow_lists_and_say_so(narrowed, filters, shown, said):
    view = narrowed(**filters)
    assert view.products()["product_id"].tolist() == shown
    assert view.filter_sentence == said
    assert bool(view.filters) == bool(filters)


def test_formulas_do_not_change(narrowed, measured):
    view = narrowed(area="Pay")
    view.products()
    assert view.alignment is measured
    assert view.alignment.headlines.aligned_products == 2
    assert len(view.alignment.products) == 4


def test_areas_add_up_to_the_whole(narrowed, measured):
    parts = [narrowed(area=area).products() for area in ("Pay", "Shop")]
    assert sum(part["aligned"].sum() for part in parts) == measured.headlines.aligned_products
    assert sum(map(len, parts)) == measured.headlines.managed_products


def test_a_person_without_a_name_is_said_by_id(narrowed):
    assert narrowed().name_of("H1") == "Ada"
    assert narrowed().name_of("H99") == "H99"
