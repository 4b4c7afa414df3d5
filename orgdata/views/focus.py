"""Where the work goes, as the Focus page and documents say it (METHOD section 9). No Streamlit.

The four shares always stand together, and nothing is worked out for a person.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.work import PURPOSES, items_with_purpose, split_items, trend
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import indexed, look_up_any
from orgdata.views import answers
from orgdata.views.headline import Headline
from orgdata.views.vocabulary import PURPOSE

MUCH_UNKNOWN = 0.25  # from which share on it is said first
NOT_SAID = "not said"  # who asked
_PERIOD = {28: "last 4 weeks", 84: "last 12 weeks"}


def period(window: int) -> str:
    """A window in words: “last 12 weeks”."""
    return _PERIOD[window]


def shares(alignment: Alignment, window: int, product_id: str | None = None) -> pd.Series | None:
    """The row of one product in a window, or that of all products; None where nothing was done."""
    rows = alignment.work
    of = rows["product_id"].isna() if product_id is None else rows["product_id"] == product_id
    rows = rows[of & (rows["window"] == window)]
    return None if rows.empty or pd.isna(rows["goal"].iloc[0]) else rows.iloc[0]


def sentence(alignment: Alignment, window: int, product_id: str | None = None) -> str:
    """Where the work of a product, or of all, went; first what cannot be told, if that is much."""
    row = shares(alignment, window, product_id)
    if row is None:
        return _nothing(alignment, window)
    told, of_work = _parts(row), f"of the work of the {period(window)}"
    parts = [f"{told[name]} {PURPOSE[name].label}" for name in PURPOSES[1:]]
    if row["unknown"] < MUCH_UNKNOWN:
        return f"{told['goal']} {of_work} was for objectives, {', '.join(parts)}."
    return (f"{told['unknown']} {of_work} {_why_unknown(row, alignment)}. {told['goal']} was for "
            f"objectives, {', '.join(parts[:-1])}.")  # what is unknown was said first


def _parts(row: pd.Series) -> Mapping[str, str]:
    """The four shares as percentages that add up."""
    parts = formats.parts(row[list(PURPOSES)].astype(float))
    return {str(name): formats.percent(part) for name, part in parts.items()}


def _nothing(alignment: Alignment, window: int) -> str:
    if not alignment.portfolio.tracked("work"):
        return "No work is loaded yet, so nobody can tell where it goes."
    if alignment.work["window"].eq(window).any():
        return f"The work of the {period(window)} has no size: it says 0 throughout."
    return f"No work of the {period(window)} is loaded."


def why_nothing(portfolio: Portfolio) -> str:
    """Why no work can be shown, where none is loaded."""
    return "" if not portfolio.lost("work") else (
        "All rows of work were skipped: the Data page says why.")


def _why_unknown(row: pd.Series, alignment: Alignment) -> str:
    if row["lost"] > row["unknown"] / 2:
        return "names something that is not loaded: load what it is for"
    return f"carries no kind: label it in {tool(alignment.portfolio)}"


def tool(portfolio: Portfolio) -> str:
    """The tools that the work comes from, by name, as far as that is known."""
    titles = [export.title for export in portfolio.exports
              if (export.dispositions["table"] == "work").any()]
    return formats.listed(list(dict.fromkeys(titles))) if titles else "the tool it comes from"


def basis(alignment: Alignment, window: int, product_id: str | None = None) -> str:
    """What was counted: how many items, how they were sized, and that nobody is named."""
    row = shares(alignment, window, product_id)
    if row is None:
        return ""
    items, unsized = int(row["items"]), int(row["unsized"])
    sized = ("none carries a size, so each counts 1" if unsized == items else
             f"{unsized:,} of them without a size count 1 each" if unsized else "by their size")
    lost = "" if not row["lost"] else (
        f" {formats.share(row['lost'])} names something that is not loaded.")
    skipped = answers.skipped(alignment, "work", "in none of these shares")  # without a day
    return " ".join(filter(None, (
        f"{formats.count(items, 'item')}, {sized}.{lost}", skipped,
        "Work names nobody: columns that name persons are dropped when it is read.")))


def headlines(alignment: Alignment, window: int) -> list[Headline]:
    """The four shares of all work, each with the items whose parts add up to it."""
    row = shares(alignment, window)
    if row is None:
        return []
    split, told = split_of(alignment, window), _parts(row)
    names = indexed(alignment.products, "product_id", "name")
    rows = pd.DataFrame({
        "item": split["work_id"], "product": look_up_any(split["product_id"], names),
        "done on": split["done_on"].dt.date, "asked by": split["asked_by"], "size": split["size"]})
    return [Headline(
        f"focus_{name}", formats.sentence_case(PURPOSE[name].label), told[name],
        f"{int((split[name] > 0).sum()):,} of {formats.count(len(split), 'item')}",
        f"{PURPOSE[name].meaning}; its part of the size of all work of the {period(window)}.",
        rows.assign(part=split[name])[split[name] > 0], "part", float(split[name].sum()))
        for name in PURPOSES]


def split_of(alignment: Alignment, window: int) -> pd.DataFrame:
    """The items of a window with the part of each that is of each purpose."""
    return split_items(_items(alignment), alignment.products, alignment.as_of, window)


def _items(alignment: Alignment) -> pd.DataFrame:
    return items_with_purpose(alignment.portfolio, alignment.products, alignment.outcomes,
                              alignment.sights)


def product_rows(alignment: Alignment, window: int, product_ids: pd.Series) -> pd.DataFrame:
    """The shares of each of these products that has work, by name. Columns: product_id, name, the
    four shares in percent, shares (all four, 0–1), items."""
    rows = alignment.work[(alignment.work["window"] == window)
                          & alignment.work["product_id"].isin(product_ids)]
    names = indexed(alignment.products, "product_id", "name")
    return _in_percent(rows.assign(name=look_up_any(rows["product_id"], names)).sort_values(
        ["name", "product_id"]))


def window_rows(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """The shares of one product in each window. Columns as `trend_rows`."""
    rows = alignment.work[alignment.work["product_id"] == product_id].sort_values("window")
    return _in_percent(rows.assign(name=[
        formats.sentence_case(period(window)) for window in rows["window"]]))


def trend_rows(alignment: Alignment, product_id: str | None = None) -> pd.DataFrame:
    """The shares of one product, or of all, in each period of four weeks, the newest first.
    Columns: name (its days), the four shares in percent, shares, items."""
    rows = trend(_items(alignment), alignment.products, alignment.as_of)
    rows = rows[rows["product_id"].isna() if product_id is None
                else rows["product_id"] == product_id]
    begins = rows["until"] - pd.Timedelta(days=27)
    return _in_percent(rows.assign(name=[
        f"{formats.day(first)} to {formats.day(last)}" for first, last in
        zip(begins, rows["until"], strict=True)]))


def _in_percent(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a size, the shares in percent that add up, and in `shares` as they are."""
    rows = rows[rows["goal"].notna()].reset_index(drop=True)
    values = rows[list(PURPOSES)]
    percents = [formats.parts(row) for _, row in values.iterrows()]
    return rows.assign(shares=values.to_numpy().tolist(), **{
        name: pd.Series([row[name] for row in percents], dtype=float) for name in PURPOSES})


def source_rows(alignment: Alignment, window: int,
                product_id: str | None = None) -> pd.DataFrame:
    """Who asked for the work that was outside, the most first, who is not said last. Columns:
    asked_by, outside (share of all work), percent, items."""
    rows = alignment.work_sources
    of = rows["product_id"].isna() if product_id is None else rows["product_id"] == product_id
    rows = rows[of & (rows["window"] == window)]
    rows = rows.assign(unsaid=rows["asked_by"].isna()).sort_values(
        ["unsaid", "outside", "asked_by"], ascending=[True, False, True]).reset_index(drop=True)
    return rows.assign(asked_by=[NOT_SAID if formats.is_unknown(name) else
                                 formats.sentence_case(str(name)) for name in rows["asked_by"]],
                       percent=formats.percentages(rows["outside"]))


def source_sentence(alignment: Alignment, window: int, product_id: str | None = None) -> str:
    """Who asked for most of what was outside, as far as it is said; "" where nothing was."""
    rows = source_rows(alignment, window, product_id)
    if rows.empty:
        return ""
    said = rows[~rows["unsaid"]]
    if said.empty:
        return "Nobody is named who asked for what was outside."
    first, unsaid = said.iloc[0], rows.loc[rows["unsaid"], "outside"].sum()
    rest = f" For {formats.share(unsaid)} nobody is named." if unsaid else ""
    return (f"Of what was outside, {first['asked_by']} asked for the most: "
            f"{formats.share(first['outside'])} of all work, "
            f"{formats.count(int(first['items']), 'item')}.{rest}")
