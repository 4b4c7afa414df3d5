"""What every export is made of, and what it says of itself: one portfolio on one day, what changed
since a week before, what was decided, and what the lists are narrowed to.

An edition is a value. The same edition gives the same bytes in every format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from orgdata import METHOD_VERSION, formats
from orgdata.changes import Changes
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.store import Decision
from orgdata.store.archive import fingerprint, to_zip


@dataclass(frozen=True)
class Edition:
    """What is exported. Lists show only `products` (ids; None: all), lists of gaps only those of
    `gap_keys` (None: all); formulas never change."""

    alignment: Alignment
    gaps: Gaps
    source: str  # as a reader knows it
    changes: Changes | None = None  # since an earlier snapshot, where there is one
    history: History | None = None  # states, owners and due dates of gaps
    decisions: Sequence[Decision] = ()
    filters: str = ""  # what the lists are narrowed to, in words
    products: frozenset[str] | None = field(default=None)
    gap_keys: frozenset[str] | None = field(default=None)

    @property
    def day(self) -> date:
        """The as-of date."""
        day: date = self.alignment.as_of.date()
        return day

    @cached_property
    def fingerprint(self) -> str:
        """What identifies the data: SHA-256 of all accepted rows and settings."""
        return fingerprint(to_zip(self.alignment.portfolio))

    def origin(self) -> list[tuple[str, str]]:
        """What every export prints about itself: (label, words), always the same labels."""
        since = formats.day(self.changes.before.as_of) if self.changes else "no earlier snapshot"
        return [("As of", formats.day(self.day)), ("Source", self.source),
                ("Compared with", since), ("Filters", self.filters or "none"),
                ("Method", f"version {METHOD_VERSION}"),
                ("Data fingerprint", self.fingerprint[:12])]

    def product_rows(self) -> pd.DataFrame:
        """The managed products that lists show, as measured."""
        rows = self.alignment.products
        return rows if self.products is None else rows[rows["product_id"].isin(self.products)]

    def open_decisions(self) -> list[Decision]:
        """Decisions and to-dos that are open on the day, oldest first."""
        return [one for one in self.decisions if one.made_on <= self.day and one.open_on(self.day)]

    def done_decisions(self) -> list[Decision]:
        """Those done since the snapshot compared with; all done ones where there is none."""
        since = self.changes.before.as_of.date() if self.changes else date.min
        return [one for one in self.decisions
                if one.done_on is not None and since < one.done_on <= self.day]
