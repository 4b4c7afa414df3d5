"""Stated weights and efforts rescaled to shares of 1, blanks assumed (METHOD section 2)."""

import numpy as np
import pandas as pd

from orgdata.tabular.select import TOLERANCE


def rescaled(stated: pd.Series, group: pd.Series, *, plain: pd.Series | None = None) -> pd.Series:
    """Shares that sum to 1 within each group, from weights that may be blank.

    If no weight is stated, or only zeros, shares are equal. Blanks share what remains to 100, or
    get the mean of the stated ones if nothing does. `plain` are those written without %: if none
    of them is above 1, they are read as fractions.
    """
    def total(values: pd.Series, how: str = "sum") -> pd.Series:
        return values.groupby(codes).transform(how)

    codes, _ = group.factorize()
    if stated.isna().all():
        return pd.Series(1 / np.bincount(codes)[codes], stated.index)
    if plain is not None:
        stated = stated.mask(plain & (total(stated.where(plain), "max") <= 1), stated * 100)
    sums, blanks = total(stated), np.bincount(codes, stated.isna())[codes]
    remaining = 100 - sums
    weights = stated.fillna(
        (remaining / blanks).where(remaining > TOLERANCE, total(stated, "mean")))
    weights = weights.where(sums > 0, 1.0)
    return weights / total(weights)


def given_shares(stated: pd.Series, group: pd.Series) -> pd.Series:
    """Shares of 1 within each group where any is stated in percent; missing where none is.

    Blanks share what is left to 100 alike, more than 100 is scaled to it. METHOD section 5.
    """
    if stated.isna().all():
        return stated
    codes, _ = group.factorize()
    total = stated.groupby(codes).transform("sum")
    blanks = stated.isna().groupby(codes).transform("sum")
    split = stated.fillna((100 - total).clip(lower=0) / blanks) / total.clip(lower=100)
    return split.where(stated.notna().groupby(codes).transform("any"))


def is_stated(stated: pd.Series) -> bool:
    """Whether any weight is stated, which means above zero."""
    return bool((stated > 0).any())
