"""What the rules about work and about expectations look at (METHOD section 6)."""

import pandas as pd

from orgdata.gaps.populations import HEAD
from orgdata.gaps.rule import WithHistory, population
from orgdata.measures import Alignment
from orgdata.measures.work import WINDOWS
from orgdata.tabular.lookup import indexed, look_up_any


@population("expectations of active products", ids="expectation_id",
            objects="expectation_id product_id", table="expectations", needs="expectations",
            recalls=True)
def expectations(known: Alignment | WithHistory) -> pd.DataFrame:
    """Expectations of active products; the product's managers act. `was_what` and `was_by_when` are
    what each said when it was answered, missing where no snapshot knows; `changed` says whether it
    is another text or day now."""
    alignment = known.alignment if isinstance(known, WithHistory) else known
    rows = alignment.expectations
    rows = rows[rows["product_active"]]
    products = alignment.products
    names = {name: look_up_any(rows["product_id"], indexed(products, "product_id", name))
             for name in ("actor", "actor_names")}
    rows = rows.assign(actor=names["actor"].fillna(HEAD), actor_names=names["actor_names"])
    if not isinstance(known, WithHistory):
        return rows.assign(was_what=pd.Series(dtype="str"), changed=False,
                           was_by_when=pd.Series(dtype="datetime64[s]"))
    past = known.history.answered(rows)
    was, was_by = past["what"], past["by_when"]
    other_day = (rows["by_when"] != was_by) & ~(rows["by_when"].isna() & was_by.isna())
    lost = alignment.portfolio.is_lost_cell("expectations", "by_when", rows["row"])
    changed = was.notna() & ((rows["what"].str.strip() != was.str.strip()) | (other_day & ~lost))
    return rows.assign(was_what=was, was_by_when=was_by, changed=changed)


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
