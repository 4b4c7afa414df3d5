"""Split the change of each headline by cause, into parts that add up exactly.

The portfolio before is turned into the one after in six steps, always in this order, and measured
after each with the steps of `align`; a part is the difference that its step makes:

1. time: only the day is the later one. What nobody changed comes first, so that nobody is blamed
   for a cycle that ended.
2. removals: outcomes, products, links, objectives and key results that do not exist or count any
   more (retired, closed) are removed, and what is lost with them is lost: cells and rows that name
   them. Removals come before additions, so that they cannot hide behind them: this part alone says
   what the headline would be if things had only been deleted.
3. additions: those that are new, or count again, are added as they are after, new products with
   their people.
4. weights: the stated weights of the outcomes become those after.
5. easier: products get the roles, levels, running cost and spend they have after, where these can
   only make a headline milder (milder.py).
6. edits: everything else becomes as it is after: who is accountable, confirmations, spend,
   targets, settings.

Another order would split differently where steps interact; a fixed one can be explained in a
sentence each and checked by hand. A part is None if nothing can be measured after its step; its
change is then part of the next step after which something can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ldexp
from typing import Literal

import pandas as pd

from orgdata.changes.change import Change
from orgdata.changes.losses import apart, between, lost_with_parents
from orgdata.changes.milder import cells_of
from orgdata.changes.steps import with_added, with_cells_of, with_weights_of, without_removed
from orgdata.measures import Alignment, Headlines, headlines
from orgdata.model.portfolio import Portfolio

Step = Literal["time", "removals", "additions", "weights", "easier", "edits"]
STEPS: tuple[Step, ...] = ("time", "removals", "additions", "weights", "easier", "edits")
HEADLINES = ("managed_products", "assessed_products", "aligned_products", "outcome_coverage_pct",
             "aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct")
_GRID = 32  # binary digits


@dataclass(frozen=True)
class HeadlineChange:
    """A headline before and after (None: unknown), and the part of each step in its change."""

    key: str
    before: float | None
    after: float | None
    parts: Mapping[Step, float | None]

    @property
    def change(self) -> float | None:
        """After minus before: exactly the sum of the parts. None if either is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Split:
    """All headlines, and how many rows of each table were removed and added."""

    headlines: tuple[HeadlineChange, ...]
    removed: Mapping[str, int]
    added: Mapping[str, int]

    def __getitem__(self, key: str) -> HeadlineChange:
        return next(headline for headline in self.headlines if headline.key == key)


def split(before: Alignment, after: Alignment, easier: Sequence[Change]) -> Split:
    """Split the change of every headline by the six steps above."""
    one, other = before.portfolio, apart(after.portfolio)
    start, target = dict(one.tables), dict(other.tables)
    reduced, removed = without_removed(start, target)
    reduced, gone = lost_with_parents(reduced, other)
    set_aside_of = one if reduced is start else other  # rows may be skipped with what is removed
    extended, added = with_added(reduced, start, target)
    reweighted = with_weights_of(extended, target)
    milder = with_cells_of(reweighted, target, cells_of(easier))
    values = [_values(before.headlines)]
    previous = None if before.as_of != after.as_of else start
    for tables in (start, reduced, extended, reweighted, milder):
        values.append(values[-1] if tables is previous else _measured(between(
            tables, one, other, one if tables is start else set_aside_of, gone), after.as_of))
        previous = tables
    values.append(_values(after.headlines))
    return Split(tuple(_change(key, [measured[key] for measured in values]) for key in HEADLINES),
                 removed, added)


def _measured(portfolio: Portfolio, as_of: pd.Timestamp) -> dict[str, float | None]:
    """The headlines of a portfolio on the way."""
    return _values(headlines(portfolio, as_of.date()))


def _values(measured: Headlines) -> dict[str, float | None]:
    return {key: _on_grid(getattr(measured, key)) for key in HEADLINES}


def _on_grid(value: float | None) -> float | None:
    """A number rounded to a multiple of 2⁻³², which nobody can see: sums and differences of such
    numbers are exact, whatever the order of adding. Counts are unchanged."""
    if value is None or isinstance(value, int):
        return value
    return ldexp(round(ldexp(value, _GRID)), -_GRID)


def _change(key: str, values: list[float | None]) -> HeadlineChange:
    """The change of a headline from its values at the start and after each step."""
    start, *after_steps = values
    parts: dict[Step, float | None] = dict.fromkeys(STEPS)
    if start is not None and after_steps[-1] is not None:
        previous = start
        for step, value in zip(STEPS, after_steps, strict=True):
            if value is not None:
                parts[step], previous = value - previous, value
    return HeadlineChange(key, start, after_steps[-1], parts)
