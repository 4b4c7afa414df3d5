"""What a product is for: the sentence that people stated, or one generated from its links."""

from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.views.explain.products import is_unlinked

_OF_EXEMPT = {"enable": "is a platform for other products", "sunset": "is being wound down"}


def purpose(alignment: Alignment, product_id: str) -> str:
    """The purpose as stated in the role statement; where none is stated, as generated."""
    stated = _product(alignment, product_id)["role_statement"]
    return generated(alignment, product_id) if pd.isna(stated) else str(stated)


def basis(alignment: Alignment, product_id: str) -> str:
    """Whose sentence the purpose is: stated and by whom confirmed, or generated."""
    row = _product(alignment, product_id)
    if pd.isna(row["role_statement"]):
        linked = (alignment.links["product_id"] == product_id).any()
        told_by = "links" if linked else "strategic bet" if row["exempt"] else ""
        return (f"{f'Generated from its {told_by}; nobody' if told_by else 'Nobody'} has stated "
                "its purpose yet.")
    if pd.isna(row["role_confirmed_on"]):
        return "Purpose as stated, not confirmed yet."
    names = alignment.portfolio["people"].set_index("person_id")["name"]
    by = names.get(row["role_confirmed_by"], row["role_confirmed_by"])
    who = "" if pd.isna(by) else f" by {by}"
    return f"Purpose, confirmed{who} on {formats.day(row['role_confirmed_on'])}."


def generated(alignment: Alignment, product_id: str) -> str:
    """What the product is for as far as its links and its role tell: “Pay supports “Retention”.”"""
    row = _product(alignment, product_id)
    if len(served := _served(alignment, product_id)):
        return f"{row['name']} supports {_listed(served['name'])}."
    if row["exempt"]:
        return f"{row['name']} {_OF_EXEMPT[row['strategic_role']]}."
    links = alignment.links[alignment.links["product_id"] == product_id]
    if len(links):
        return (f"{row['name']} works towards {_listed(links['outcome_name'])}, which is not "
                "confirmed yet.")
    linked = "it is linked to no outcome" if is_unlinked(product_id, alignment) else (
        "no outcome is known that it supports")
    return f"The purpose of {row['name']} is not stated yet, and {linked}."


def moves(alignment: Alignment, product_id: str) -> str:
    """The outcomes the product is to move, with start, now and target: “It moves “Retention”: 108 →
    113.1 → 115 %.” Empty where none of them has these numbers."""
    served = _served(alignment, product_id)
    ways = [_way(outcome) for outcome in served.itertuples(index=False)]
    if not any(ways):
        return ""
    if len(ways) == 1:
        return f"It moves “{served['name'].iloc[0]}”: {ways[0]}."
    moved = [f"“{name}”" + (f" ({way})" if way else "")
             for name, way in zip(served["name"], ways, strict=True)]
    return f"It moves {formats.listed(moved)}."


def rationale(alignment: Alignment, product_id: str) -> str:
    """Why the product works on the heaviest of its outcomes, as somebody said; "" where nobody
    did."""
    said = rationales(alignment, product_id)
    first = next((key for key in _served(alignment, product_id)["outcome_id"] if key in said), None)
    return "" if first is None else f"Why: {said[first]}"


def rationales(alignment: Alignment, product_id: str) -> dict[str, str]:
    """Why each link of a product was made, by outcome, where somebody said so."""
    rows = alignment.portfolio["contributions"]
    rows = rows[(rows["product_id"] == product_id) & rows["rationale"].notna()]
    return dict(zip(rows["outcome_id"], rows["rationale"], strict=True))


def _product(alignment: Alignment, product_id: str) -> pd.Series:
    return alignment.products[alignment.products["product_id"] == product_id].iloc[0]


def _served(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """The outcomes of the product's confirmed primary links, else of all confirmed ones, the
    heaviest first."""
    links = alignment.links[(alignment.links["product_id"] == product_id)
                            & alignment.links["confirmed"]]
    best = links[links["strength"] == "primary"]
    served = is_in(alignment.outcomes["outcome_id"],
                   (best if len(best) else links)["outcome_id"])
    return alignment.outcomes[served].sort_values(["weight", "name"], ascending=[False, True])


def _listed(names: pd.Series) -> str:
    return formats.listed([f"“{name}”" for name in names])


def _way(outcome: Any) -> str:
    numbers = (outcome.baseline, outcome.current, outcome.target)
    return "" if any(map(formats.is_unknown, numbers)) else formats.steps(numbers, outcome.unit)
