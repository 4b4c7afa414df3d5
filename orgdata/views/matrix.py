"""The matrix of products and outcomes as tables, for documents and as a table on a page."""

from dataclasses import dataclass

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.checks import results
from orgdata.tabular.lookup import is_in
from orgdata.views import managers

NO_AREA = "No business area"


@dataclass(frozen=True)
class Matrix:
    """The matrix of outcomes and products as three tables.

    columns: product_id, name, group, empty (serves nothing though it should), who (the
    product managers in words, "" where they are not loaded), spend_label.
    rows: outcome_id, name, coverage, weight, spend_label; by weight and name.
    cells: product_id, outcome_id, state."""

    columns: pd.DataFrame
    rows: pd.DataFrame
    cells: pd.DataFrame


def matrix(alignment: Alignment, products: pd.DataFrame) -> Matrix:
    """The matrix of some products and all active outcomes, in their order."""
    columns, rows = in_order(alignment, products)
    links = alignment.links
    cells = links[is_in(links["product_id"], columns["product_id"])]
    columns = columns.assign(
        who=managers.shown(alignment, columns["product_id"]).replace(managers.NOT_LOADED, ""),
        spend_label=_money(columns["spend"].mask(columns["spend_unknown"]), alignment))
    rows = rows.assign(spend_label=_money(rows["spend"], alignment))
    return Matrix(columns, rows.reset_index(drop=True), cells.reset_index(drop=True))


def in_order(alignment: Alignment, products: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Some products in alphabetical order of area and name, those without an area last, with
    `group` and `empty` as a matrix has them; and the active outcomes by weight and name."""
    area = products["business_area"]
    columns = products.assign(
        group=area.fillna(NO_AREA), last=area.isna(), empty=supports_nothing(alignment, products))
    return (columns.sort_values(["last", "group", "name"]).reset_index(drop=True),
            alignment.outcomes.sort_values(["weight", "name"], ascending=[False, True]))


def supports_nothing(alignment: Alignment, products: pd.DataFrame) -> pd.Series:
    """Which products have no link at all though they should; where what was lost may hold one, that
    is not known."""
    return (alignment.basis.links & (results(products, "linked") == "fails")
            & ~is_in(products["product_id"], alignment.links["product_id"]))


def _money(values: pd.Series, alignment: Alignment) -> pd.Series:
    """Money in words for the margins; "" where it is unknown or only counted."""
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    labels = ["" if unit == "count" or formats.is_unknown(value)
              else formats.money(value, unit, currency) for value in values]
    return pd.Series(labels, values.index, dtype="str")
