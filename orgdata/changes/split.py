"""The change of each headline, split by what was done, so that the parts add up exactly.

The portfolio before is turned into the one after in five steps, always in this order, and measured
after each with the same `align`; a part is the difference that its step makes:

1. time: nothing is touched, only the day is the later one. What no one changed comes first, so
   that an ended cycle is not laid at anybody's door.
2. removals: outcomes, products, links, objectives and key results that are not there any more, or
   do not count any more (retired, closed), are taken out of what everybody remembers. Removals
   come before additions, so that they cannot hide behind them: this part alone says what the
   headline would be had things only been deleted.
3. additions: those that are new, or count again, are put in as they are today, new products with
   their people.
4. weights: the stated weights of the outcomes become today's.
5. edits: all else becomes as it is today: who is accountable, confirmations, spend, targets,
   settings.

Another order would split differently where steps act on each other; a fixed one can be explained
in a sentence each and checked by hand. A part is None where its step leaves nothing to measure;
what changed then is counted with the next step that can be measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ldexp
from typing import Literal

import pandas as pd

from orgdata.changes.steps import PARTS, Tables, added, reweighted, without_removed
from orgdata.measures import Alignment, Headlines, align
from orgdata.tabular.empty import frozen

Step = Literal["time", "removals", "additions", "weights", "edits"]
STEPS: tuple[Step, ...] = ("time", "removals", "additions", "weights", "edits")
HEADLINES = ("managed_products", "assessed_products", "aligned_products", "outcome_coverage_pct",
             "aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct")
_GRID = 32  # binary digits


@dataclass(frozen=True)
class HeadlineChange:
    """One headline before and after (None: unknown), and the part of each step in the change."""

    key: str
    before: float | None
    after: float | None
    parts: Mapping[Step, float | None]

    @property
    def change(self) -> float | None:
        """After less before: the sum of the parts, to the last digit. None where one is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Split:
    """All headlines, and how many rows of each table were taken out and put in."""

    headlines: tuple[HeadlineChange, ...]
    removed: Mapping[str, int]
    added: Mapping[str, int]

    def __getitem__(self, key: str) -> HeadlineChange:
        return next(one for one in self.headlines if one.key == key)


def split(before: Alignment, after: Alignment) -> Split:
    """The change of every headline, in the steps above."""
    start, target = dict(before.portfolio.tables), dict(after.portfolio.tables)
    less, removed = without_removed(start, target)
    more, put_in = added(less, start, target)
    weighed = reweighted(more, target)
    values = [_values(before.headlines)]
    previous = None if before.as_of != after.as_of else start
    for tables in (start, less, more, weighed):
        values.append(values[-1] if tables is previous else _measured(before, tables, after.as_of))
        previous = tables
    values.append(_values(after.headlines))
    return Split(tuple(_change(key, [one[key] for one in values]) for key in HEADLINES),
                 removed, put_in)


def _measured(before: Alignment, tables: Tables, as_of: pd.Timestamp) -> dict[str, float | None]:
    """Headlines of the portfolio with other tables. Check-ins are left out: no headline rests on
    them, and they are by far the longest table."""
    needed = {name: rows for name, rows in tables.items() if name in PARTS}
    portfolio = replace(before.portfolio, tables=frozen(needed), not_fetched=None)
    return _values(align(portfolio, as_of.date()).headlines)


def _values(heads: Headlines) -> dict[str, float | None]:
    return {key: _on_grid(getattr(heads, key)) for key in HEADLINES}


def _on_grid(value: float | None) -> float | None:
    """A number as a multiple of 2⁻³² (no person sees the difference): sums and differences of
    such numbers are exact, and the noise of adding in another order is gone. Counts stay."""
    if value is None or isinstance(value, int):
        return value
    return ldexp(round(ldexp(value, _GRID)), -_GRID)


def _change(key: str, values: list[float | None]) -> HeadlineChange:
    """The parts from a headline's value at the start and after each step."""
    first, *rest = values
    parts: dict[Step, float | None] = dict.fromkeys(STEPS)
    if first is not None and rest[-1] is not None:
        last = first
        for step, value in zip(STEPS, rest, strict=True):
            if value is not None:
                parts[step], last = value - last, value
    return HeadlineChange(key, first, rest[-1], parts)
