"""Every number explained: the formula in words with this row's own numbers filled in.

One function per measure, used by pages, exports and `report --explain KEY`.
"""

from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.views.explain.gaps import gap
from orgdata.views.explain.key_results import key_result
from orgdata.views.explain.outcomes import cell, outcome
from orgdata.views.explain.products import check, product
from orgdata.views.explain.words import REASON_WORDS, STATUS_WORDS

__all__ = ["REASON_WORDS", "STATUS_WORDS", "cell", "check", "explain", "gap", "key_result",
           "outcome", "product"]


def explain(key: str, alignment: Alignment, gaps: Gaps) -> list[str]:
    """Sentences behind a gap (by its key), a key result, a product or an outcome (by its id).

    Raises KeyError when there is nothing of that key or id.
    """
    if len(found := gaps.rows[gaps.rows["key"] == key]):
        return gap(found.iloc[0], alignment)
    for rows, column, explained in (
            (alignment.key_results, "kr_id", key_result),
            (alignment.products, "product_id", product),
            (alignment.outcomes, "outcome_id", outcome)):
        if len(found := rows[rows[column] == key]):
            return explained(found.iloc[0], alignment)
    raise KeyError(key)
