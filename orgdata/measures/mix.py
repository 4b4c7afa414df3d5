"""The portfolio as a whole: mix of spend against its targets, concentration, overlaps."""

import numpy as np
import pandas as pd

from orgdata.schema import normalise_word


def mix_against_targets(targets: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """The targets with `target` and `actual` (shares of spend) and `apart` (actual − target).
    Actual is missing where nothing is spent at all. METHOD §6, PRT01.
    """
    parts = []
    total = products["spend"].sum() or np.nan
    for dimension, rows in targets.groupby("dimension", sort=False):
        column = products[str(dimension)]
        wanted = rows["bucket"]
        if dimension == "strategic_role":  # a vocabulary: compared as its words are
            wanted = wanted.map(normalise_word)
        spend = products["spend"].groupby(column).sum()
        actual = pd.Series([spend.get(bucket, 0.0) / total for bucket in wanted], rows.index)
        parts.append(rows.assign(target=rows["target_pct"] / 100, actual=actual,
                                 apart=actual - rows["target_pct"] / 100))
    return pd.concat(parts) if parts else targets.head(0).assign(target=0.0, actual=0.0, apart=0.0)


def top_revenue(products: pd.DataFrame) -> pd.DataFrame:
    """The product with the largest revenue and its `revenue_pct` of all; empty where fewer than
    five products have a revenue or there is none in all. METHOD §6, PRT02."""
    revenue = products["annual_revenue"]
    if revenue.notna().sum() < 5 or revenue.sum() <= 0:
        return products.head(0).assign(revenue_pct=0.0)
    top = products.sort_values(["annual_revenue", "product_id"], ascending=[False, True]).head(1)
    return top.assign(revenue_pct=100 * top["annual_revenue"] / revenue.sum())


def overlaps(products: pd.DataFrame) -> pd.DataFrame:
    """Pairs of products that share a segment and a job, with both Jaccard indices.

    Columns: product_id and other_product_id (the smaller id first), names, roles, managers,
    at_stake (both spends), `segments_alike` and `jobs_alike` (0–1), the shared words. Blank is no
    evidence.
    """
    segments, jobs = _alike(products, "segments"), _alike(products, "jobs")
    pairs = segments.merge(jobs, on=["a", "b"], suffixes=("_segments", "_jobs"))
    first, second = (products.loc[pairs[side]].reset_index(drop=True) for side in ("a", "b"))
    return first[["product_id", "name", "strategic_role", "pm_here", "row"]].assign(
        other_product_id=second["product_id"], other_name=second["name"],
        other_role=second["strategic_role"], other_pm_here=second["pm_here"],
        at_stake=first["spend"] + second["spend"],
        segments_alike=pairs["alike_segments"], jobs_alike=pairs["alike_jobs"],
        shared_segments=pairs["shared_segments"], shared_jobs=pairs["shared_jobs"])


def _alike(products: pd.DataFrame, column: str) -> pd.DataFrame:
    """Jaccard index of every pair (a, b: index labels in order of id) with a word in common."""
    words = products[column].str.split(";").explode().astype("str")  # all blank: explode forgets
    words = words.str.strip().str.casefold()
    words = words[words.notna() & (words != "")]
    held = pd.DataFrame({"at": words.index, "id": products.loc[words.index, "product_id"].array,
                         "word": words.array}).drop_duplicates(["at", "word"])
    size = held.groupby("at").size()
    pairs = held.merge(held, on="word")
    pairs = pairs[pairs["id_x"] < pairs["id_y"]]
    common = pairs.groupby(["at_x", "at_y"])["word"].agg(["size", ";".join]).reset_index()
    common.columns = pd.Index(["a", "b", "common", "shared"])
    either = (size.reindex(common["a"]).to_numpy() + size.reindex(common["b"]).to_numpy()
              - common["common"])
    return common.assign(alike=common["common"] / either)
