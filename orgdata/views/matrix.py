"""The outcome × product matrix as tables: its columns, its rows and its cells."""

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.views.vocabulary import NOBODY

By = Literal["area", "manager"]
MOST_COLUMNS = 60  # above it the matrix opens one group at a time, and a group in parts …
PART = 40  # … of so many columns, which stand side by side on a laptop's screen
MOST_ROWS = 200  # ten times what anybody scrolls through
NO_AREA, NO_MANAGER = "No business area", NOBODY


@dataclass(frozen=True)
class Matrix:
    """The matrix of outcomes and products as three tables.

    columns: product_id, name, group, empty (serves nothing though it should), who (the
    product managers, "nobody", or "" where assignments are not loaded), spend_label.
    rows: outcome_id, name, coverage, weight, spend_label. cells: product_id, outcome_id, state.
    hidden_rows: outcomes left out because nothing in these columns links to them; rows_beyond:
    those left out because there are more than MOST_ROWS."""

    columns: pd.DataFrame
    rows: pd.DataFrame
    cells: pd.DataFrame
    hidden_rows: int
    rows_beyond: int


def grouped(products: pd.DataFrame, by: By) -> pd.DataFrame:
    """Products with `group`, in alphabetical order of group and name; those without one last."""
    column, missing = (("business_area", NO_AREA) if by == "area" else ("pm_names", NO_MANAGER))
    rows = products.assign(group=products[column].fillna(missing), last=products[column].isna())
    return rows.sort_values(["last", "group", "name"]).reset_index(drop=True)


def groups(products: pd.DataFrame, by: By) -> list[str]:
    """The names of the groups, in the order of the columns."""
    return list(grouped(products, by)["group"].unique())


def matrix(alignment: Alignment, products: pd.DataFrame, by: By,
           group: str | None = None) -> Matrix:
    """The matrix of some products, all of them or one group.

    Outcomes are in order of weight and name, and at most MOST_ROWS. With one group out of a big
    portfolio, only the outcomes it links to are shown.
    """
    columns = grouped(products, by)
    if group is not None:
        columns = columns[columns["group"] == group].reset_index(drop=True)
    links = alignment.links
    cells = links[is_in(links["product_id"], columns["product_id"])]
    rows = alignment.outcomes.sort_values(["weight", "name"], ascending=[False, True])
    if group is not None and len(products) > MOST_COLUMNS:
        rows = rows[is_in(rows["outcome_id"], cells["outcome_id"])]
    hidden = len(alignment.outcomes) - len(rows)
    rows, beyond = rows.head(MOST_ROWS), max(0, len(rows) - MOST_ROWS)
    nobody = "nobody" if alignment.basis.assignments else ""
    columns = columns.assign(
        empty=~columns["exempt"] & ~is_in(columns["product_id"], cells["product_id"])
        & alignment.basis.links,
        who=columns["pm_names"].fillna(nobody),
        spend_label=_money(columns["spend"].mask(columns["spend_unknown"]), alignment))
    rows = rows.assign(spend_label=_money(rows["spend"], alignment))
    cells = cells[is_in(cells["outcome_id"], rows["outcome_id"])]
    return Matrix(columns, rows.reset_index(drop=True), cells.reset_index(drop=True), hidden,
                  beyond)


def parts(whole: Matrix) -> int:
    """How many parts the columns of a matrix are shown in."""
    count = len(whole.columns)
    return 1 if count <= MOST_COLUMNS else -(-count // PART)


def part(whole: Matrix, number: int) -> Matrix:
    """One part of a matrix: some of its columns, with all rows. The first part is 1."""
    columns = whole.columns.iloc[PART * (number - 1):PART * number]
    cells = whole.cells[is_in(whole.cells["product_id"], columns["product_id"])]
    return replace(whole, columns=columns.reset_index(drop=True),
                   cells=cells.reset_index(drop=True))


def _money(values: pd.Series, alignment: Alignment) -> pd.Series:
    """Money in words for the margins; "" where it is unknown or only counted."""
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    labels = ["" if unit == "count" or formats.is_unknown(value)
              else formats.money(value, unit, currency) for value in values]
    return pd.Series(labels, values.index, dtype="str")


def largest_group(products: pd.DataFrame, by: By) -> str:
    """The group a big portfolio opens with: the area with the most spend; of managers, who are
    never ranked, the first in the alphabet."""
    if by == "manager":
        return groups(products, by)[0]
    return str(grouped(products, by).groupby("group")["spend"].sum().idxmax())
