"""The figures of a day, and what tells points apart that were found in another way. METHOD §11."""

import pytest

from orgdata.gaps import find_gaps
from orgdata.gaps.points import FIGURES, point, settings_hash
from orgdata.model.settings import parse_settings
from tests import demo_company
from tests.builders import DAY, HALFWAY, aligned


def test_a_point_has_every_headline_and_gap_as_the_report_counts_them():
    alignment = demo_company.alignment()
    gaps = find_gaps(alignment)
    found = point(alignment, gaps)
    assert tuple(found.figures) == FIGURES
    assert found.day == DAY
    assert found.figures["aligned_products"] == alignment.headlines.aligned_products
    assert [found.figures[f"gaps_{name}"] for name in ("critical", "low")] == [
        gaps.count("critical"), gaps.count("low")]
    shares = [found.figures[f"work_{name}_pct"] for name in ("goal", "run", "outside", "unknown")]
    assert sum(shares) == pytest.approx(100)
    assert found.products == frozenset(alignment.products["product_id"])


def test_what_is_unknown_is_no_number():
    alignment = aligned(products="P1")
    figures = point(alignment, find_gaps(alignment)).figures
    assert {name for name, value in figures.items() if value is not None} == {
        "gaps_critical", "gaps_high", "gaps_medium", "gaps_low"}


def test_fresh_is_a_share_of_those_that_are_due_a_check_in():
    alignment = aligned(products="P1", objectives=f"J1 product_id=P1 {HALFWAY}",
                        key_results="K1 J1 | K2 J1 | K3 J1 cadence_days=1000",
                        check_ins=f"K1 {DAY} 1")
    assert point(alignment, find_gaps(alignment)).figures["fresh_pct"] == 50


def test_settings_that_only_say_things_differently_do_not_part_points():
    plain = settings_hash(parse_settings({}))
    for said in ({"as_of": "2026-11-20"}, {"words": {"outcome": ["pillar", "pillars"]}},
                 {"accept": {"OUT01:O1": {"until": "2027-01-01", "reason": "The board decides"}}}):
        assert settings_hash(parse_settings(said)) == plain
    for measured in ({"cadence_days": 14}, {"rules": {"OUT05": {"threshold": 0.2}}},
                     {"managed_level": "product"}):
        assert settings_hash(parse_settings(measured)) != plain


def test_work_without_a_size_has_no_shares():
    """Not NaN either, which a store cannot keep."""
    alignment = aligned(products="P1", work=f"W1 P1 {DAY} size=0")
    assert point(alignment, find_gaps(alignment)).figures["work_unknown_pct"] is None
