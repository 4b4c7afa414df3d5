"""Measures of the whole portfolio: mix of spend against targets, concentration, overlaps."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from itertools import combinations, product

import numpy as np
import pandas as pd

from orgdata.model.words import normalise_word
from orgdata.tabular.lookup import is_word

MOST_COMPARISONS = 100_000  # of products in segments and jobs; 446 that name the same take as many


def mix_against_targets(targets: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """The targets with `target` and `actual` (shares of spend) and `apart` (actual − target).
    Actual is missing where nothing is spent at all. METHOD §6, PRT01.
    """
    parts = []
    total = products["spend"].sum() or np.nan
    for dimension, rows in targets.groupby("dimension", sort=False):
        column = products[str(dimension)]
        buckets = rows["bucket"]
        if dimension == "strategic_role":  # words of a vocabulary: compared normalised
            buckets = buckets.map(normalise_word)
        spend = products["spend"].groupby(column).sum()
        actual = pd.Series([spend.get(bucket, 0.0) / total for bucket in buckets], rows.index)
        parts.append(rows.assign(target=rows["target_pct"] / 100, actual=actual,
                                 apart=actual - rows["target_pct"] / 100))
    return pd.concat(parts) if parts else targets.head(0).assign(target=0.0, actual=0.0, apart=0.0)


def top_revenue(products: pd.DataFrame) -> pd.DataFrame:
    """The product with the largest revenue and its `revenue_pct` of all; empty where fewer than
    five products have a revenue or there is none in all. METHOD §6, PRT02."""
    revenue = products["annual_revenue"]
    if revenue.notna().sum() < 5 or revenue.sum() <= 0:
        return products.head(0).assign(revenue_pct=0.0)
    first = products.loc[revenue == revenue.max(), "product_id"].min()
    top = products[is_word(products["product_id"], first)]
    return top.assign(revenue_pct=100 * top["annual_revenue"] / revenue.sum())


def comparable(products: pd.DataFrame) -> pd.DataFrame:
    """The products that may overlap: neither to sunset, to harvest nor to enable."""
    may = ~is_word(products["strategic_role"], "sunset", "harvest", "enable")
    return products.loc[may, ["product_id", "name", "strategic_role", "pm_here", "at_stake", "row",
                              "segments", "jobs"]]


def comparisons(products: pd.DataFrame) -> int:
    """How many comparisons it takes to find overlaps: n (n + 1) / 2 for each segment and job that
    n products name together. Beyond MOST_COMPARISONS it is only known that there are more."""
    together, counts = 0, Counter[tuple[str, str]]()
    for texts in zip(products["segments"].tolist(), products["jobs"].tolist(), strict=True):
        segments, jobs = map(_words, texts)
        together += len(segments) * len(jobs)
        if together > MOST_COMPARISONS:
            return together
        counts.update(product(segments, jobs))
    return sum(count * (count + 1) // 2 for count in counts.values())


def overlaps(products: pd.DataFrame) -> pd.DataFrame:
    """Pairs of products that share a segment and a job, with both Jaccard indices.

    Columns: product_id and other_product_id (the smaller id first), names, roles, managers,
    at_stake (both spends, as far as they are known), `segments_alike` and `jobs_alike` (0–1), the
    shared words. Blank cells share nothing.
    """
    rows = products.sort_values("product_id")
    segments, jobs = ([_words(text) for text in rows[column].tolist()]
                      for column in ("segments", "jobs"))
    pairs = _overlapping_pairs([set(product(*both)) for both in zip(segments, jobs, strict=True)])
    first, second = (rows.take([pair[side] for pair in pairs]).reset_index(drop=True)
                     for side in (0, 1))
    alike = {f"{name}_alike": [len(words[a] & words[b]) / len(words[a] | words[b])
                               for a, b in pairs]
             for name, words in (("segments", segments), ("jobs", jobs))}
    shared = {f"shared_{name}": pd.Series([", ".join(sorted(words[a] & words[b]))
                                           for a, b in pairs], dtype="str")
              for name, words in (("segments", segments), ("jobs", jobs))}
    return first[["product_id", "name", "strategic_role", "pm_here", "row"]].assign(
        other_product_id=second["product_id"], other_name=second["name"],
        other_role=second["strategic_role"], other_pm_here=second["pm_here"],
        at_stake=first["at_stake"].add(second["at_stake"], fill_value=0), **alike, **shared)


def _words(text: object) -> frozenset[str]:
    """The words of a cell, separated by semicolons, ignoring case; none if it is blank."""
    words = set(text.casefold().split(";")) if isinstance(text, str) else ()
    return frozenset(filter(None, map(str.strip, words)))


def _overlapping_pairs(groups: Sequence[Collection[Hashable]]) -> list[tuple[int, int]]:
    """The pairs of positions whose groups have a member in common, smaller position first."""
    places_of: dict[Hashable, list[int]] = defaultdict(list)
    for place, members in enumerate(groups):
        for member in members:
            places_of[member].append(place)
    return sorted({pair for places in places_of.values() for pair in combinations(places, 2)})
