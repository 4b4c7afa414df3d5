"""What every export is made of, and what it says of itself: one portfolio on one day, what changed
since a week before, what was decided, and what the lists are narrowed to.

An edition is a value. The same edition gives the same bytes in every format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from orgdata import METHOD_VERSION, formats
from orgdata.changes import Changes
from orgdata.evaluation import Evaluation
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.store import Decision
from orgdata.store.archive import fingerprint, to_zip
from orgdata.views import review
from orgdata.views.products import gaps_of


@dataclass(frozen=True)
class Edition:
    """What is exported. Lists show only `products` (ids; None: all), lists of gaps only those of
    `gap_keys` (None: all); formulas never change."""

    evaluation: Evaluation
    source: str  # as a reader knows it
    changes: Changes | None = None  # since an earlier snapshot, where there is one
    filters: str = ""  # what the lists are narrowed to, in words
    products: frozenset[str] | None = None
    gap_keys: frozenset[str] | None = None

    @property
    def alignment(self) -> Alignment:
        """What was measured."""
        return self.evaluation.alignment

    @property
    def gaps(self) -> Gaps:
        """Every gap, whatever the lists are narrowed to."""
        return self.evaluation.gaps

    @property
    def history(self) -> History | None:
        """States, owners and due dates of gaps; None without a store."""
        return self.evaluation.history

    @property
    def decisions(self) -> Sequence[Decision]:
        """Every decision and to-do."""
        return self.evaluation.decisions

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

    def listed_gaps(self) -> Gaps:
        """The gaps that lists show; patterns stay those of the whole portfolio."""
        rows = self.gaps.rows
        if self.products is not None:
            rows = gaps_of(self.alignment, rows, self.product_rows()["product_id"])
        if self.gap_keys is not None:
            rows = rows[rows["key"].isin(self.gap_keys)]
        return self.gaps if rows is self.gaps.rows else replace(
            self.gaps, rows=rows.reset_index(drop=True))

    def listed_roadblocks(self) -> pd.DataFrame:
        """The open roadblocks that lists show, the oldest first."""
        rows = review.roadblocks(self.alignment)
        return rows if self.products is None else rows[
            rows["product_id"].isin(self.products)].reset_index(drop=True)

    def narrowed_words(self) -> str:
        """That lists are narrowed, and what is not; "" where they show everything."""
        if self.products is None:
            if self.gap_keys is None:
                return ""
            here, found = len(self.listed_gaps().rows), len(self.gaps.rows)
            return (f"Lists of gaps show only {here:,} of {found:,} "
                    f"({self.filters or 'filtered'}). Everything else is of the whole portfolio.")
        shown, every = len(self.product_rows()), len(self.alignment.products)
        return (f"Lists show only {shown:,} of {formats.count(every, 'product')} and their gaps "
                f"({self.filters or 'filtered'}). The answer, the numbers on top, what changed, "
                "decisions and what is unknown are those of the whole portfolio.")

    def open_decisions(self) -> list[Decision]:
        """Decisions and to-dos that are open on the day, oldest first."""
        return [one for one in self.decisions if one.made_on <= self.day and one.open_on(self.day)]

    def done_decisions(self) -> list[Decision]:
        """Those done since the snapshot compared with; all done ones where there is none."""
        since = self.changes.before.as_of.date() if self.changes else date.min
        return [one for one in self.decisions
                if one.done_on is not None and since < one.done_on <= self.day]
