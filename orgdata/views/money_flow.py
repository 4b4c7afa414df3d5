"""The flow of money from product managers through products to outcomes, as tables.

Two product managers of one product stand for half of its money each; a product without one flows
from "No PM assigned", and money that reaches no outcome ends at "Not linked to an outcome". Of a
product with very many managers or outcomes those beyond the first are one node: no money is left
out, and its paths are not as many as its managers times its outcomes.
"""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.views.vocabulary import NOBODY, UNLINKED

NOT_LOADED = "Product managers not loaded"
MOST_PRODUCTS = 30  # more than that cannot be traced by eye: the ones with the most money are shown
MOST_PEOPLE, MOST_OUTCOMES = 20, 50  # nodes of one product on either side


def paths(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """One row for each path of money, for the products with the most money for outcomes.

    No rows where nothing loaded could link products to outcomes.
    Columns: person_id, product_id, outcome_id (missing: nobody, no outcome), person, product,
    outcome (names), state (of the link), money.
    """
    shown = products[(products["to_outcomes"] > 0) & alignment.basis.links].nlargest(
        MOST_PRODUCTS, "to_outcomes")
    columns = ["product_id", "outcome_id", "outcome_name", "state", "flow"]
    linked = alignment.links.loc[alignment.links["flow"] > 0, columns]
    unlinked = shown.loc[shown["unlinked"] > 0, ["product_id", "unlinked"]].rename(
        columns={"unlinked": "flow"}).assign(outcome_name=formats.sentence_case(UNLINKED))
    linked = _gathered(linked.sort_values("flow", ascending=False, kind="stable"), shown,
                       "outcome", "flow", MOST_OUTCOMES, "outcomes").sort_index()
    ends = pd.concat([part for part in (linked, unlinked.reindex(columns=columns)) if len(part)]
                     or [linked])
    nobody = NOBODY if alignment.basis.assignments else NOT_LOADED
    managers = alignment.managers[["product_id", "person_id", "person_name"]]
    parts = managers.groupby("product_id")["person_id"].transform("size")
    named = managers.assign(parts=parts, people=1).sort_values("person_name", kind="stable")
    managers = _gathered(named, shown, "person", "people", MOST_PEOPLE, "people").sort_index()
    rows = shown[["product_id", "name"]].merge(ends, on="product_id").merge(
        managers, on="product_id", how="left")
    return pd.DataFrame({
        "person_id": rows["person_id"], "product_id": rows["product_id"],
        "outcome_id": rows["outcome_id"], "person": rows["person_name"].fillna(nobody),
        "product": rows["name"], "outcome": rows["outcome_name"], "state": rows["state"],
        "money": rows["flow"] * rows["people"].fillna(1.0) / rows["parts"].fillna(1.0),
    }).sort_values(["person", "product", "outcome"]).reset_index(drop=True)


def _gathered(rows: pd.DataFrame, products: pd.DataFrame, kind: str, amount: str, most: int,
              noun: str) -> pd.DataFrame:
    """The rows of products shown, of each the first `most`; where one has more, the last of these
    stands for all that are left, with the sum of their amounts."""
    rows = rows[rows["product_id"].isin(products["product_id"])]
    by_product = rows.groupby("product_id")
    beyond = ((by_product["product_id"].transform("size") > most)
              & (by_product.cumcount() >= most - 1))
    left = rows[beyond].groupby("product_id")
    first = rows[beyond].drop_duplicates("product_id")
    names = first["product_id"].map(products.set_index("product_id")["name"])
    counts = first["product_id"].map(left.size())
    others = first.assign(**{
        f"{kind}_id": " " + first["product_id"],  # no id of a table begins with a space
        f"{kind}_name": [f"{count:,} more {noun} of {name}" for count, name in
                         zip(counts, names, strict=True)],
        amount: first["product_id"].map(left[amount].sum())})
    if "state" in others:
        others["state"] = None
    return pd.concat([rows[~beyond], others]) if len(others) else rows


def through(rows: pd.DataFrame, node: str | None) -> pd.Series:
    """Which paths lead through a node: `person:ID`, `product:ID` or `outcome:ID` ("" for none)."""
    kind, _, node_id = (node or "").partition(":")
    if f"{kind}_id" not in rows.columns:
        return pd.Series(False, rows.index)
    return rows[f"{kind}_id"].fillna("").astype("str") == node_id


def sentence(rows: pd.DataFrame, total: int, counted: bool = False) -> str:
    """How many products the picture of the money flow shows, of how many (`total`). Where money is
    unknown, it counts products (`counted`)."""
    if not len(rows):
        return "No spend is linked to outcomes yet."
    shown = rows["product_id"].nunique()
    if counted:
        which = f"{shown:,} of {total:,} products" if shown < total else (
            f"All {shown:,} products" if shown > 1 else "The one product")
        return f"{which}, each counted as one: how much is spent on them is unknown."
    if shown < total:
        return (f"Top {shown:,} of {total:,} products by spend for outcomes; filter by business "
                "area to see others.")
    return (f"All {shown:,} products with spend for outcomes." if shown > 1 else
            "The one product with spend for outcomes.")
