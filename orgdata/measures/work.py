"""Where the work goes: goals, agreed running, outside, unknown (METHOD section 9)."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.measures.column import Columns, empty_frame, number, text, whole
from orgdata.model.portfolio import Portfolio
from orgdata.model.words import normalise_word
from orgdata.tabular.lookup import (
    indexed,
    is_in,
    is_word,
    look_up,
    look_up_any,
    nearest_ancestor,
    positions,
)

_SHARE = "the share of its size that"
COLUMNS: Columns = {
    "work": {
        "product_id": text("a managed product; missing for all of them together"),
        "window": whole("days back from the day: 28 or 84"),
        "goal": number(f"{_SHARE} serves a goal"),
        "run": number(f"{_SHARE} is agreed running"),
        "outside": number(f"{_SHARE} is outside of both"),
        "unknown": number(f"{_SHARE} cannot be told"),
        "items": whole("how many items were done"),
        "size": number("their size together"),
    },
    "work_sources": {
        "asked_by": text("a function that asked for work"),
        "outside": number("its part outside, as a share of all work of managed products"),
        "items": whole("how many items those are, in 84 days"),
    },
}
NO_WORK = empty_frame(COLUMNS["work"])
NO_SOURCES = empty_frame(COLUMNS["work_sources"])
WINDOWS = (28, 84)  # days
Purpose = Literal["goal", "run", "outside", "unknown"]
PURPOSES: tuple[Purpose, ...] = ("goal", "run", "outside", "unknown")
_NAMES = ("outcome_id", "objective_id", "kr_id")
_RUNNING = ("run", "defect", "risk")


def work(portfolio: Portfolio, products: pd.DataFrame, outcomes: pd.DataFrame,
         sights: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `work` and `work_sources` of an alignment: what the items of managed products
    served that were done in each window."""
    if not portfolio.tracked("work"):
        return NO_WORK, NO_SOURCES
    items = _with_purpose(portfolio, outcomes, sights)
    items = items[is_in(items["product_id"], products["product_id"])]
    frames = []
    for window in WINDOWS:
        done = items["done_on"]
        split = _split(items[(done > day - pd.Timedelta(days=window)) & (done <= day)], products)
        frames += [_shares(split, split["product_id"], window),
                   _shares(split, pd.Series(0, split.index), window).assign(product_id=None)]
    together = pd.concat(frames, ignore_index=True)
    return (pd.DataFrame({name: together[name].astype(dtype)
                          for name, dtype in NO_WORK.dtypes.items()}), _sources(split))


def _with_purpose(portfolio: Portfolio, outcomes: pd.DataFrame,
                  sights: pd.DataFrame) -> pd.DataFrame:
    """All work with what each item is before any allowance: `purpose`, oldest first.

    An item stands for what it names, else for what its nearest parent names that names anything.
    """
    rows = portfolio["work"].sort_values(["done_on", "work_id"], ignore_index=True)
    in_sight = sights["objective_id"].unique()
    of_result = look_up_any(rows["kr_id"],
                            indexed(portfolio["key_results"], "kr_id", "objective_id"))
    serves = (is_in(rows["outcome_id"], outcomes["outcome_id"])
              | rows["objective_id"].isin(in_sight) | of_result.isin(in_sight)).to_numpy()
    names = rows[list(_NAMES)].notna().any(axis=1).to_numpy()

    def lost(column: str) -> npt.NDArray[np.bool_]:
        return np.asarray(portfolio.is_lost_cell("work", column, rows["row"]), bool)

    parents = positions(rows["parent_id"], rows["work_id"])
    bearer = nearest_ancestor(names, parents)
    unclear = np.logical_or.reduce([lost(name) for name in _NAMES]) | (~names & lost("parent_id"))
    nearest = nearest_ancestor(names | unclear, parents)  # beyond it nothing matters any more
    goal = np.append(serves, False)[bearer]
    purpose = np.select(
        [goal, rows["kind"].isin(_RUNNING), np.append(unclear, False)[nearest],
         (rows["kind"] == "request") | (bearer >= 0)],
        ["goal", "run", "unknown", "outside"], "unknown")
    return rows[["product_id", "asked_by", "done_on"]].assign(
        purpose=purpose, size=rows["size"].fillna(1.0))


def _split(items: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """Items with their size split over the four purposes. Running beyond the agreed part of all
    that was done for the product is outside: the newest, and a part of the one on the edge."""
    size, product = items["size"], items["product_id"]
    agreed = look_up(product, indexed(products, "product_id", "bau_pct"), np.nan).fillna(100) / 100
    parts: dict[str, pd.Series] = {name: size.where(is_word(items["purpose"], name), 0.0)
                                   for name in PURPOSES}
    running = parts["run"]
    before = running.groupby(product).cumsum() - running
    room = (agreed * size.groupby(product).transform("sum") - before).clip(lower=0)
    run = running.where(running < room, room)
    return pd.DataFrame({
        "product_id": product, "asked_by": items["asked_by"], "size": size, **parts, "run": run,
        "outside": parts["outside"] + running - run})


def _shares(split: pd.DataFrame, group: pd.Series, window: int) -> pd.DataFrame:
    """The four shares, the number of items and their size, for each group of a window."""
    grouped = split[[*PURPOSES, "size"]].groupby(group.to_numpy())
    sums = grouped.sum()
    size = sums["size"].to_numpy()
    whole_size = np.where(size > 0, size, np.nan)
    return pd.DataFrame({
        **{str(name): sums[name].to_numpy() / whole_size for name in PURPOSES},
        "product_id": sums.index, "window": window, "items": grouped.size().to_numpy(),
        "size": size})


def _sources(split: pd.DataFrame) -> pd.DataFrame:
    """The part outside by who asked for it, as a share of all the work."""
    asked = split[split["asked_by"].notna() & (split["outside"] > 0)]
    word = asked["asked_by"].map(normalise_word)
    by_word = asked.groupby(word.to_numpy())
    return pd.DataFrame({
        "asked_by": by_word["asked_by"].first().astype("str"),
        "outside": by_word["outside"].sum() / (split["size"].sum() or np.nan),
        "items": by_word.size().astype("int64")}).reset_index(drop=True)
