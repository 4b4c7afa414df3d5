"""Every number explained: the formula in words with this row's own numbers filled in.

One function per measure, used by pages, exports and `report --explain KEY`.
"""

from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.views.explain.explanation import (
    Explanation,
    Fact,
    GapExplanation,
    ProductExplanation,
)
from orgdata.views.explain.gaps import gap
from orgdata.views.explain.key_results import key_result
from orgdata.views.explain.outcomes import cell, outcome
from orgdata.views.explain.products import product

__all__ = ["Explanation", "Fact", "GapExplanation", "ProductExplanation", "cell", "explain", "gap",
           "key_result", "outcome", "product"]


def explain(key: str, alignment: Alignment,
            gaps: Gaps) -> Explanation | ProductExplanation | GapExplanation:
    """Explain a gap (by its key), a key result, a product or an outcome (by its id).

    Raises KeyError when nothing has that key or id.
    """
    matching_gaps = gaps.rows[gaps.rows["key"] == key]
    if len(matching_gaps):
        return gap(matching_gaps.iloc[0], alignment)
    rows = alignment.key_results[alignment.key_results["kr_id"] == key]
    if len(rows):
        return key_result(rows.iloc[0], alignment)
    products = alignment.products[alignment.products["product_id"] == key]
    if len(products):
        return product(products.iloc[0], alignment)
    outcomes = alignment.outcomes[alignment.outcomes["outcome_id"] == key]
    if len(outcomes):
        return outcome(outcomes.iloc[0], alignment)
    raise KeyError(key)
