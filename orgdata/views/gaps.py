"""What the Gaps page says: how many there are, of what they are, and which were not judged."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.views import products


@dataclass(frozen=True)
class Chosen:
    """What a list of gaps is narrowed to; nothing of a kind means all of that kind."""

    severities: tuple[str, ...] = ()
    product_id: str | None = None
    codes: tuple[str, ...] = ()
    who: str | None = None

    def words(self, product: str) -> tuple[str, ...]:
        """What is chosen, each kind in few words; `product` is the name of the product."""
        said = (product if self.product_id is not None else "", " or ".join(self.severities),
                f"rule {' or '.join(self.codes)}" if self.codes else "",
                "" if self.who is None else f"to be acted on by {self.who}")
        return tuple(filter(None, said))


def of_product(rows: pd.DataFrame, chosen: Chosen, alignment: Alignment) -> pd.DataFrame:
    """The gaps of the product that is chosen, if one is, and of everything that belongs to it."""
    return rows if chosen.product_id is None else products.gaps_of(
        alignment, rows, pd.Series([chosen.product_id]))


def narrowed(rows: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """The gaps of the severities, rules and people that are chosen."""
    if chosen.severities:
        rows = rows[rows["severity"].isin(chosen.severities)]
    if chosen.codes:
        rows = rows[rows["code"].isin(chosen.codes)]
    return rows if chosen.who is None else rows[rows["who"] == chosen.who]


def severities(rows: pd.DataFrame) -> list[str]:
    """The severities of some gaps, the gravest first."""
    there = set(rows["severity"])
    return [severity for severity in SEVERITIES if severity in there]


def counted(rows: pd.DataFrame, gaps: Gaps) -> str:
    """How many gaps are listed, by severity, and how many of them share a pattern."""
    counts, every = rows["severity"].value_counts(), len(gaps.rows)
    of = "" if len(rows) == every else f" of {every:,}"
    told = f"{len(rows):,}{of} {'gap' if every == 1 else 'gaps'}"
    by_severity = ", ".join(f"{counts[severity]:,} {severity}" for severity in SEVERITIES
                            if severity in counts)
    shared = _of_patterns(rows, [pattern.code for pattern in gaps.patterns])
    return f"{told}: {by_severity}{shared}." if by_severity else f"{told}."


def _of_patterns(rows: pd.DataFrame, codes: Collection[str]) -> str:
    patterned = rows["code"].isin(codes) & (rows["severity"] != "critical")
    if not patterned.any():
        return ""
    patterns = formats.count(rows.loc[patterned, "code"].nunique(), "pattern")
    return f"; {int(patterned.sum()):,} of them are {patterns}"


def not_evaluated(gaps: Gaps) -> pd.DataFrame:
    """A row for each rule that was not evaluated: code, name, question, and because of what."""
    reasons = gaps.not_evaluated
    return pd.DataFrame({
        "code": list(reasons), "name": [RULES[code].name for code in reasons],
        "question": [RULES[code].question for code in reasons],
        "because": list(reasons.values())})
