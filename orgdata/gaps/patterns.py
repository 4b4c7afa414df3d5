"""Patterns: a rule that fires for one cause on many objects is one finding (METHOD section 6)."""

from dataclasses import dataclass

import pandas as pd

from orgdata.gaps.rule import COLUMNS, SEVERITIES, Gap, Rule
from orgdata.keys import look_up_any
from orgdata.measures import Alignment

LEAST = 10  # objects …
SHARE = 0.5  # … and the share of what the rule looked at
NEVER = ("PRD08", "PRT01", "PRT02", "PRT03", "OUT06")
MOST = 0.5  # a part that holds this share of a pattern is where it concentrates


@dataclass(frozen=True)
class Pattern:
    """One line instead of hundreds: how often, of what, where, and what would mend it."""

    code: str
    count: int
    of: int
    objects: str
    severity: str  # the gravest of its gaps
    where: str  # "most in Payments (61 of 78)", "spread over 12 business areas", or ""
    systemic_step: str


def pattern(one: Rule, gaps: list[Gap], of: int, alignment: Alignment) -> Pattern | None:
    """The pattern that a rule's gaps form, if they do: on ten objects and half of those seen."""
    if one.code in NEVER or len(gaps) < max(LEAST, SHARE * of):
        return None
    rows = pd.DataFrame(gaps, columns=list(COLUMNS))
    gravest = min(rows["severity"], key=SEVERITIES.index)
    return Pattern(one.code, len(gaps), of, one.objects, gravest, _where(rows, alignment),
                   one.systemic_step)


def areas(gaps: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """The business area of each gap, through its product, objective or key result; missing where
    it has none."""
    def product_of(column: str, rows: pd.DataFrame) -> pd.Series:
        return look_up_any(gaps[column].astype("str"), rows.set_index(column)["product_id"])

    product = gaps["product_id"].astype("str").fillna(
        product_of("objective_id", alignment.all_objectives)).fillna(
        product_of("kr_id", alignment.key_results))
    return look_up_any(product, alignment.portfolio["products"].set_index(
        "product_id")["business_area"])


def _where(gaps: pd.DataFrame, alignment: Alignment) -> str:
    counts = areas(gaps, alignment).value_counts()
    if not len(counts):
        return ""
    if counts.iloc[0] >= MOST * len(gaps):
        return f"most in {counts.index[0]} ({counts.iloc[0]:,} of {len(gaps):,})"
    return f"spread over {len(counts):,} business areas"
