"""One headline: its value in words, its formula, and the rows that add up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from orgdata import formats

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import Snapshot

FIELDS = {  # headline → its number in measures.Headlines, of those that have one
    "aligned": "aligned_products", "coverage": "outcome_coverage_pct",
    "aligned_spend": "aligned_spend_pct", "linked_spend": "linked_spend_pct",
    "fit": "strategy_spend_fit_pct"}
_MOST = 1e15  # no headline is larger


@dataclass(frozen=True)
class Headline:
    """One number on top of the page: `rows[adds].sum()` is `total`, and `value` is its text.

    `total` is None, and `rows` empty, where the number is unknown; `formula` then says why.
    """

    key: str
    label: str
    value: str
    note: str
    formula: str
    rows: pd.DataFrame
    adds: str
    total: float | None

    def trend(self, before: float) -> str:
        """The change since the last snapshot of an earlier day, where this number was `before`
        (products or percent); "" where there is none, or where it is unknown now."""
        if self.total is None or self.key not in FIELDS:
            return ""
        amount = change(self.key, before, 100 - self.total if self.key == "fit" else self.total)
        return f"{amount} since the last snapshot" if amount else ""


def change(key: str, before: float, after: float) -> str:
    """The change of a headline's number, products or percent as they are shown: “+2”, “−1.2
    points”; "" where none is to be seen."""
    by = after - before if key == "aligned" else formats.moved(before, after)
    size = f"{abs(by):,.0f}" if key == "aligned" else formats.points(abs(by))
    return f"{'+' if by > 0 else '−'}{size}" if by else ""


def past_numbers(snapshots: "Iterable[Snapshot]") -> dict[str, list[float]]:
    """The values of each headline in snapshots that are not withdrawn, in their order."""
    kept = [snapshot for snapshot in snapshots if snapshot.withdrawn is None]
    return {key: [float(value) for snapshot in kept
                  if isinstance(value := snapshot.headlines.get(name), int | float)
                  and abs(value) < _MOST] for key, name in FIELDS.items()}
