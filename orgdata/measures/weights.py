"""Stated weights and efforts rescaled to shares of 1, blanks assumed (METHOD section 2)."""

import pandas as pd

from orgdata.tabular.select import TOLERANCE


def rescaled(stated: pd.Series, group: pd.Series) -> pd.Series:
    """Shares that sum to 1 within each group, from weights that may be blank.

    If no weight is stated, or only zeros, shares are equal. If none is above 1, they are read as
    fractions. Blanks share what remains to 100, or get the mean of the stated ones if nothing does.
    """
    def total(values: pd.Series, how: str = "sum") -> pd.Series:
        return values.groupby(codes).transform(how)

    codes, _ = group.factorize()
    stated = stated.where(total(stated, "max") > 1, stated * 100)
    sums, blanks = total(stated), total(stated.isna())
    remaining = 100 - sums
    weights = stated.fillna(
        (remaining / blanks).where(remaining > TOLERANCE, total(stated, "mean")))
    weights = weights.where(sums > 0, 1.0)
    return weights / total(weights)


def is_stated(stated: pd.Series) -> bool:
    """Whether any weight is stated, which means above zero."""
    return bool((stated > 0).any())
