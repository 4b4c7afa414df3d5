"""How many of the cells behind something were corrected here (METHOD section 7)."""

from collections.abc import Collection, Mapping

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.model.portfolio import NAMED, Portfolio
from orgdata.views.explain.explanation import Fact, fact


def of_all(portfolio: Portfolio) -> str:
    """A sentence on how many cells are corrected here; "" where none is."""
    count = int(_counting(portfolio).sum())
    return f"{formats.count(count, 'cell')} of what it rests on {_are(count)} corrected here." * (
        count > 0)


def of_product(alignment: Alignment, product_id: str) -> tuple[Fact, ...]:
    """The fact that cells of a product, its links and goals are corrected here; none without."""
    goals = alignment.pursued.loc[alignment.pursued["product_id"] == product_id, "objective_id"]
    return _told(alignment, {"product_id": [product_id], **_below(alignment, goals)})


def of_outcome(alignment: Alignment, outcome_id: str) -> tuple[Fact, ...]:
    """The fact that cells of an outcome, links to it or goals for it are corrected here."""
    goals = alignment.sights.loc[alignment.sights["outcome_id"] == outcome_id, "objective_id"]
    return _told(alignment, {"outcome_id": [outcome_id], **_below(alignment, goals)})


def of_key_result(alignment: Alignment, kr_id: str) -> tuple[Fact, ...]:
    """The fact that cells of a key result or its check-ins are corrected here."""
    return _told(alignment, {"kr_id": [kr_id]})


def of_gap(alignment: Alignment, row: pd.Series) -> tuple[Fact, ...]:
    """The fact that cells of what a gap is about are corrected here."""
    about = {column: [str(row[column])] for column in NAMED if pd.notna(row[column])}
    return _told(alignment, about)


def _below(alignment: Alignment, objective_ids: pd.Series) -> dict[str, Collection[str]]:
    """Objectives and their key results."""
    rows = alignment.key_results
    return {"objective_id": set(objective_ids),
            "kr_id": set(rows.loc[rows["objective_id"].isin(objective_ids), "kr_id"])}


def _told(alignment: Alignment, named: Mapping[str, Collection[str]]) -> tuple[Fact, ...]:
    corrected = alignment.portfolio.corrected
    if corrected.empty:
        return ()
    of_it = pd.Series(False, corrected.index)
    for column, ids in named.items():
        of_it |= corrected[column].isin(ids)
    count = int((of_it & _counting(alignment.portfolio)).sum())
    return (fact("corrected", float(count), "{cells} of this {are} corrected here and not yet in "
                 "the source.", cells=formats.count(count, "cell"), are=_are(count)),) * (count > 0)


def _counting(portfolio: Portfolio) -> pd.Series:
    return portfolio.corrected["state"] == "pending"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
