"""Weights and efforts to shares of 1, worked out by hand. METHOD section 2."""

import pandas as pd
import pytest

from orgdata.measures.weights import is_stated, rescaled

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
    found = rescaled(pd.Series(given, dtype=float), pd.Series(0, range(len(given))))
    assert found.tolist() == pytest.approx(shares)


def test_groups_do_not_see_each_other():
    found = rescaled(pd.Series([3.0, 1.0, None, 0.5]), pd.Series(["a", "a", "b", "b"]))
    assert found.tolist() == pytest.approx([0.75, 0.25, 0.5, 0.5])


@pytest.mark.parametrize(("given", "stated"), [
    ([None], False), ([0, None], False), ([0, 0.1], True), ([], False)])
def test_stated(given, stated):
    assert is_stated(pd.Series(given, dtype=float)) is stated
