"""What product and other functions expect of each other (METHOD section 10)."""

import pandas as pd

from orgdata.measures.column import Columns, dated, empty_frame, flag, text
from orgdata.measures.objectives import is_active
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.empty import empty_table
from orgdata.tabular.lookup import is_in

COLUMNS: Columns = {"expectations": {
    "state": text("offered, accepted, countered or declined; blank as offered"),
    "direction": text("from_partner or to_partner; blank as from_partner"),
    "answered": dated("the day it was answered"),
    "product_active": flag("whether its product is active"),
    "product_name": text("the product's name"),
}}
NONE_EXPECTED = empty_table("expectations").assign(**{
    name: values for name, values in empty_frame(COLUMNS["expectations"]).items()
    if name not in ("state", "direction")})


def expectations(portfolio: Portfolio) -> pd.DataFrame:
    """All expectations, blanks read as METHOD section 10 says. While products are not loaded, any
    product counts as active."""
    rows = portfolio["expectations"]
    if not len(rows):
        return NONE_EXPECTED
    products = portfolio["products"]
    active = not portfolio.tracked("products") or is_in(
        rows["product_id"], products.loc[is_active(products), "product_id"])
    return rows.assign(
        state=rows["state"].fillna("offered"), direction=rows["direction"].fillna("from_partner"),
        answered=rows["answered_on"], product_active=active)
