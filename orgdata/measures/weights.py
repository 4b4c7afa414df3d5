"""Weights and efforts: what is stated, what is assumed, rescaled to 1 (METHOD section 2)."""

import pandas as pd

from orgdata.measures.alignment import TOLERANCE


def rescaled(given: pd.Series, of: pd.Series) -> pd.Series:
    """Shares that sum to 1 among the rows `of` the same thing, from weights partly blank.

    Nothing given, or only zeros: equal. No given weight above 1: read as fractions. Blanks share
    what is left to 100, or get the mean of the given ones where nothing is left.
    """
    def total(values: pd.Series, how: str = "sum") -> pd.Series:
        return values.groupby(groups).transform(how)

    groups, _ = of.factorize()
    given = given.where(total(given, "max") > 1, given * 100)
    sums, blanks = total(given), total(given.isna())
    left = 100 - sums
    weights = given.fillna((left / blanks).where(left > TOLERANCE, total(given, "mean")))
    weights = weights.where(sums > 0, 1.0)
    return weights / total(weights)


def is_stated(given: pd.Series) -> bool:
    """Whether weights are stated: one of the given is above zero."""
    return bool((given > 0).any())
