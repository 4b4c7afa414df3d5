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
        "lost": number(f"{_SHARE} cannot be told as what it names was lost, a part of unknown"),
        "items": whole("how many items were done"),
        "size": number("their size together"),
        "unsized": whole("how many of them carry no size, and count 1"),
    },
    "work_sources": {
        "product_id": text("a managed product; missing for all of them together"),
        "window": whole("days back from the day: 28 or 84"),
        "asked_by": text("a function that asked for work; missing where nobody is named"),
        "outside": number("its part outside, as a share of all work of the product, or of all"),
        "items": whole("how many items those are"),
    },
}
NO_WORK = empty_frame(COLUMNS["work"])
NO_SOURCES = empty_frame(COLUMNS["work_sources"])
WINDOWS = (28, 84)  # days
PERIODS = 6  # of a trend, each of the shorter window
Purpose = Literal["goal", "run", "outside", "unknown"]
PURPOSES: tuple[Purpose, ...] = ("goal", "run", "outside", "unknown")
_NAMES = ("outcome_id", "objective_id", "kr_id")
_RUNNING = ("run", "defect", "risk")


_SPLIT = [*PURPOSES, "lost", "size"]


def work(portfolio: Portfolio, products: pd.DataFrame, outcomes: pd.DataFrame,
         sights: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `work` and `work_sources` of an alignment: what the items of managed products
    served that were done in each window."""
    if not portfolio.tracked("work"):
        return NO_WORK, NO_SOURCES
    items = items_with_purpose(portfolio, products, outcomes, sights)
    splits = {window: split_items(items, products, day, window) for window in WINDOWS}
    return (_typed([shares for window, split in splits.items()
                    for shares in _shares_by_product(split, window)], NO_WORK),
            _typed([_sources(split, window) for window, split in splits.items()], NO_SOURCES))


def trend(items: pd.DataFrame, products: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The columns of `work` for each of the last periods of 28 days that end before each other,
    with its last day in `until`, the newest first. Each item is what it is now: what it names is
    read as of today. Periods before the first item that is known are left out."""
    shortest, first = min(WINDOWS), items["done_on"].min()
    ends = [day - pd.Timedelta(days=shortest * back) for back in range(PERIODS)]
    frames = [_typed(_shares_by_product(split_items(items, products, end, shortest), shortest),
                     NO_WORK).assign(until=end) for end in ends if end >= first]
    return pd.concat(frames, ignore_index=True) if frames else NO_WORK.assign(
        until=pd.Series(dtype="datetime64[s]"))


def _done(items: pd.DataFrame, day: pd.Timestamp, window: int) -> pd.DataFrame:
    done = items["done_on"]
    return items[(done > day - pd.Timedelta(days=window)) & (done <= day)]


def items_with_purpose(portfolio: Portfolio, products: pd.DataFrame, outcomes: pd.DataFrame,
                       sights: pd.DataFrame) -> pd.DataFrame:
    """All work of managed products with what each item is before any allowance: `purpose`, and
    whether that is unknown as a reference was `lost`; oldest first.

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
    running = rows["kind"].isin(_RUNNING).to_numpy()
    is_lost = np.append(unclear, False)[nearest] & ~goal & ~running
    purpose = np.select(
        [goal, running, is_lost, (rows["kind"] == "request") | (bearer >= 0)],
        ["goal", "run", "unknown", "outside"], "unknown")
    rows = rows.assign(purpose=purpose, lost=is_lost, unsized=rows["size"].isna(),
                       size=rows["size"].fillna(1.0))
    return rows.loc[is_in(rows["product_id"], products["product_id"]), [
        "work_id", "product_id", "asked_by", "done_on", "purpose", "lost", "unsized", "size"]]


def split_items(items: pd.DataFrame, products: pd.DataFrame, day: pd.Timestamp,
                window: int) -> pd.DataFrame:
    """The items of a window, each with the part of its size that is of each purpose."""
    return _split(_done(items, day, window), products)


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
    return items.assign(
        **parts | {"run": run, "outside": parts["outside"] + running - run,
                   "lost": size.where(items["lost"], 0.0)})


def _shares_by_product(split: pd.DataFrame, window: int) -> list[pd.DataFrame]:
    """The shares of each product, and those of all together."""
    return [_shares(split, split["product_id"], window),
            _shares(split, pd.Series(0, split.index), window).assign(product_id=None)]


def _shares(split: pd.DataFrame, group: pd.Series, window: int) -> pd.DataFrame:
    """The shares, the number of items and their size, for each group of a window."""
    grouped = split[[*_SPLIT, "unsized"]].groupby(group.to_numpy())
    sums = grouped.sum()
    size = sums["size"].to_numpy()
    whole_size = np.where(size > 0, size, np.nan)
    return pd.DataFrame({
        **{str(name): sums[name].to_numpy() / whole_size for name in (*PURPOSES, "lost")},
        "product_id": sums.index, "window": window, "items": grouped.size().to_numpy(),
        "size": size, "unsized": sums["unsized"].to_numpy()})


def _sources(split: pd.DataFrame, window: int) -> pd.DataFrame:
    """The part outside by who asked for it, as a share of all the work of each product, and of all
    products together. Words are compared as those of a vocabulary, and shown as first written."""
    asked = split[split["outside"] > 0]
    word = asked["asked_by"].map(normalise_word, na_action="ignore")
    shown = look_up_any(word, asked.assign(word=word).dropna(subset=["word"]).drop_duplicates(
        "word").set_index("word")["asked_by"])
    rows = asked.assign(asked_by=shown)
    size = split["size"].groupby(split["product_id"]).sum()
    by_product = rows.groupby(["product_id", "asked_by"], dropna=False)["outside"].agg(
        ["sum", "size"]).reset_index()
    by_all = rows.groupby("asked_by", dropna=False)["outside"].agg(["sum", "size"]).reset_index()
    return pd.concat([
        by_product.assign(of=look_up(by_product["product_id"], size, np.nan)),
        by_all.assign(product_id=None, of=split["size"].sum())], ignore_index=True).assign(
            outside=lambda sums: sums["sum"] / sums["of"], items=lambda sums: sums["size"],
            window=window)


def _typed(frames: list[pd.DataFrame], like: pd.DataFrame) -> pd.DataFrame:
    together = pd.concat(frames, ignore_index=True)
    return pd.DataFrame({name: together[name].astype(dtype)
                         for name, dtype in like.dtypes.items()})
