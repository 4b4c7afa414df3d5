"""The portfolio as a whole: mix against targets, concentration, overlaps. METHOD section 6."""

import pytest

from orgdata.measures.mix import mix_against_targets, overlaps, top_revenue
from tests.builders import aligned


def _mix(products, targets):
    found = aligned(products=products, mix_targets=targets)
    rows = mix_against_targets(found.portfolio["mix_targets"], found.products)
    return {row.bucket: (row.target, row.actual, row.apart) for row in rows.itertuples()}


def test_shares_of_spend_beside_their_targets():
    found = _mix("P1 annual_spend=30 business_area=A | P2 annual_spend=70 business_area=B | P3",
                 "business_area A 50 | business_area C 10")
    assert found == {"A": pytest.approx((0.5, 0.3, -0.2)), "C": pytest.approx((0.1, 0.0, -0.1))}


def test_actual_is_unknown_where_nothing_is_spent():
    assert _mix("P1 annual_spend=0 business_area=A", "business_area A 50") == {
        "A": pytest.approx((0.5, float("nan"), float("nan")), nan_ok=True)}


def test_of_two_with_the_same_revenue_the_smaller_id_stands_for_both():
    products = "A annual_revenue=9 | {} annual_revenue=0 | C annual_revenue=0 | D annual_revenue=0"
    for last in ("P2 annual_revenue=9 | P1 annual_revenue=9", "P1 annual_revenue=9 | P2 annual_revenue=9"):
        rows = aligned(products=products.format("B").replace("A annual_revenue=9", last)).products
        assert top_revenue(rows)["product_id"].tolist() == ["P1"]


@pytest.mark.parametrize(("revenues", "top"), [
    ([50, 20, 10, 10, 10], [("P0", 50.0)]), ([50, 20, 10, 10], []), ([0, 0, 0, 0, 0], []),
    ([60, 40, 0, 0, 0], [("P0", 60.0)])])
def test_top_revenue(revenues, top):
    products = aligned(products="|".join(
        f"P{i} annual_revenue={value}" for i, value in enumerate(revenues))).products
    found = top_revenue(products)
    assert list(zip(found["product_id"], found["revenue_pct"], strict=True)) == top


def test_pairs_that_share_both():
    products = aligned(products="P2 segments='a; B;b' jobs=x | P1 segments='A;c' jobs='X;y'"
                                "| P3 segments=a | P4 segments=z jobs=x").products
    rows = overlaps(products)
    # segments {a} of {a, b, c}: a third; jobs {x} of {x, y}: half
    assert rows[["product_id", "other_product_id"]].to_numpy().tolist() == [["P1", "P2"]]
    assert rows.loc[0, ["segments_alike", "jobs_alike"]].tolist() == pytest.approx([1 / 3, 0.5])


def test_no_product_says_anything():
    assert not len(overlaps(aligned(products="P1 | P2").products))
