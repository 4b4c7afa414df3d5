"""Weights and efforts to shares of 1, worked out by hand. METHOD section 2."""

import pandas as pd
import pytest

from orgdata.measures.weights import given_shares, is_stated, rescaled
from tests.builders import aligned

BLANK = None


@pytest.mark.parametrize(("given", "shares"), [
    ([BLANK, BLANK], [0.5, 0.5]),  # all blank: equal
    ([60, 40], [0.6, 0.4]),
    ([30, 10], [0.75, 0.25]),  # rescaled
    ([60, BLANK, BLANK], [0.6, 0.2, 0.2]),  # the blanks share what is left to 100
    ([60, 60, BLANK], [1 / 3, 1 / 3, 1 / 3]),  # nothing left: the mean of the given ones
    ([100, BLANK], [0.5, 0.5]),  # exactly 100: the same
    ([0.6, BLANK], [0.6, 0.4]),  # none above 1: fractions
    ([1, BLANK], [0.5, 0.5]),  # 1 is a fraction: 100 of 100
    ([1, 1.5], [0.4, 0.6]),  # one above 1: percent
    ([0, 0], [0.5, 0.5]),  # all zero: as all blank
    ([0, BLANK], [0.5, 0.5]),
    ([0, 50], [0.0, 1.0]),
])
def test_shares(given, shares):
    found = rescaled(pd.Series(given, dtype=float), pd.Series(0, range(len(given))),
                     plain=pd.Series(True, range(len(given))))
    assert found.tolist() == pytest.approx(shares)


@pytest.mark.parametrize(("weights", "shares"), [
    (["0.3", "40%", ""], [0.3, 0.4, 0.3]),  # 30, 40 and what is left
    (["0.6", "150%"], [60 / 210, 150 / 210]),  # what is written with % decides nothing
    (["1.5", "50%"], [1.5 / 51.5, 50 / 51.5]),  # above 1: no fraction
    (["0.5%", "0.5%"], [0.5, 0.5]),
    (["0.5%", ""], [0.005, 0.995]),
])
def test_weights_with_a_percent_sign_are_no_fractions(weights, shares):
    outcomes = " | ".join(f"O{n} weight={weight}" for n, weight in enumerate(weights))
    assert aligned(outcomes=outcomes).outcomes["weight"].tolist() == pytest.approx(shares)


def test_efforts_are_fractions_where_their_column_says_so():
    """The 0.5 of P2 is half a percent, beside the 60 of P1."""
    found = aligned(products="P1 | P2", objectives=(
        "J1 product_id=P1 effort_pct=60 | J2 product_id=P2 effort_pct=0.5 | J3 product_id=P2"))
    assert found.pursued["effort"].tolist() == pytest.approx([1, 0.005, 0.995])


@pytest.mark.parametrize(("given", "shares"), [
    ([BLANK, BLANK], [BLANK, BLANK]),
    ([60, BLANK, BLANK], [0.6, 0.2, 0.2]),
    ([60, 20], [0.6, 0.2]),  # the rest goes nowhere
    ([150, 50], [0.75, 0.25]),
    ([100, BLANK], [1, 0]),
    ([0, BLANK], [0, 1]),
])
def test_given_shares(given, shares):
    found = given_shares(pd.Series(given, dtype=float), pd.Series("P1", range(len(given))))
    assert found.tolist() == pytest.approx([float("nan") if one is None else one
                                            for one in shares], nan_ok=True)


def test_groups_do_not_see_each_other():
    found = rescaled(pd.Series([3.0, 1.0, None, 0.5]), pd.Series(["a", "a", "b", "b"]),
                     plain=pd.Series(True, range(4)))
    assert found.tolist() == pytest.approx([0.75, 0.25, 0.5, 0.5])


@pytest.mark.parametrize(("given", "stated"), [
    ([None], False), ([0, None], False), ([0, 0.1], True), ([], False)])
def test_stated(given, stated):
    assert is_stated(pd.Series(given, dtype=float)) is stated
