"""What the rules about work and about expectations look at (METHOD section 6)."""

import pandas as pd

from orgdata.gaps.populations import HEAD
from orgdata.gaps.rule import population
from orgdata.measures import Alignment
from orgdata.measures.work import WINDOWS
from orgdata.tabular.lookup import indexed, look_up_any


@population("expectations of active products", ids="expectation_id",
            objects="expectation_id product_id", table="expectations", needs="expectations")
def expectations(alignment: Alignment) -> pd.DataFrame:
    """Expectations of active products; the product's managers act."""
    rows = alignment.expectations
    rows = rows[rows["product_active"]]
    products = alignment.products
    names = {name: look_up_any(rows["product_id"], indexed(products, "product_id", name))
             for name in ("actor", "actor_names")}
    return rows.assign(actor=names["actor"].fillna(HEAD), actor_names=names["actor_names"])


@population("products with work", ids="product_id", table="products", needs="product work")
def products_with_work(alignment: Alignment) -> pd.DataFrame:
    """Managed products of which an item was done in the last 84 days, with its shares."""
    shares = alignment.work[(alignment.work["window"] == max(WINDOWS))
                            & alignment.work["product_id"].notna()]
    about = alignment.products[["product_id", "name", "strategic_role", "at_stake", "row", "actor",
                                "actor_names"]]
    return about.merge(shares, on="product_id")


@population("portfolios", table="work", who=HEAD, needs="work.asked_by")
def all_work(alignment: Alignment) -> pd.DataFrame:
    """One row for all that was done for managed products in the last 84 days: `items`."""
    work = alignment.work[(alignment.work["window"] == max(WINDOWS))
                          & alignment.work["product_id"].isna()]
    return pd.DataFrame({"row": [None], "items": [int(work["items"].sum())]})
