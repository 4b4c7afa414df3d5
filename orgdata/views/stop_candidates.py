"""Products that serve no outcome, or only weakly: what to ask “would we stop it?” of. Evidence to
talk about, not a verdict; products to enable or to sunset are not asked."""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.views import answers, line_of_sight
from orgdata.views.vocabulary import COVERAGE

_NOT_WEAK = ("primary", "supporting")


def candidates(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """Products that serve no outcome or only weakly, the most spend first.

    Without those whose role is not stated: they may be there for other products. Empty where
    nothing loaded links products to outcomes.
    """
    rows = products[judged(products) & alignment.basis.links]
    links = alignment.links
    strong = links.loc[links["confirmed"] & links["strength"].isin(_NOT_WEAK), "product_id"]
    return rows[~is_in(rows["product_id"], strong)].sort_values(
        ["spend", "name", "product_id"], ascending=[False, True, True]).reset_index(drop=True)


def judged(products: pd.DataFrame) -> pd.Series:
    """Which products can be asked: those whose stated role is to serve an outcome."""
    return ~products["exempt"] & products["strategic_role"].notna()


def serves(alignment: Alignment, product_id: str) -> str:
    """What links a candidate has to outcomes, in words."""
    links = alignment.links[alignment.links["product_id"] == product_id]
    if not len(links):
        return f"nothing: {answers.nothing_links(alignment)}"
    confirmed = links[links["confirmed"]]
    if len(confirmed):
        strength = "weakly" if (confirmed["strength"] == "weak").all() else (
            "with a strength that is not stated")
        return f"only {strength}: {_named(confirmed)}"
    declared = links[links["declared"]]
    if len(declared):
        return f"nothing confirmed; stated for {_named(declared)}"
    return f"nothing stated; its objectives lead to {_named(links)}"


def _named(links: pd.DataFrame) -> str:
    return formats.listed([f"“{name}”" for name in sorted(links["outcome_name"])], most=2)


def only_claimed(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """Products that serve an outcome by a confirmed link that no measured goal backs; none where
    proof is not available."""
    links = alignment.links
    confirmed = links[links["confirmed"] & links["strength"].isin(_NOT_WEAK)]
    proven = links.loc[links["state"] == "proven", "product_id"]
    ids = products["product_id"]
    return products[judged(products) & alignment.basis.proof & is_in(
        ids, confirmed["product_id"]) & ~is_in(ids, proven)]


def would_be_lost(alignment: Alignment, product_id: str) -> str:
    """Which outcomes would be less covered without a product, in words."""
    rows = line_of_sight.coverage_without(alignment, product_id)
    falls = [f"“{row.name}” would be {COVERAGE[row.without].label}"
             for row in rows[rows["falls"]].itertuples(index=False)]
    return formats.listed(falls, most=2) if falls else "coverage stays as it is"


def needed_by(alignment: Alignment, product_id: str) -> str:
    """Which products wait for something from a product, in words."""
    rows = alignment.portfolio["dependencies"]
    rows = rows[(rows["needs_product_id"] == product_id)
                & ~(rows["done_on"] <= alignment.as_of)]
    if not alignment.portfolio.tracked("dependencies"):
        return "unknown"
    names = alignment.portfolio["products"].set_index("product_id")["name"]
    waiting = sorted({str(names.get(product_id, product_id)) for product_id in rows["product_id"]})
    return formats.listed(waiting, most=3) if waiting else "none"
