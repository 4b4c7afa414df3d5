"""An edition is all that a document is made from: an evaluated portfolio, what changed since an
earlier snapshot, and the products that its lists are limited to.

The same edition gives the same bytes in every format.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from orgdata import METHOD_VERSION, formats
from orgdata.access.rights import Rights, is_sensitive
from orgdata.access.shown import shown
from orgdata.changes import Changes
from orgdata.evaluation import Evaluation
from orgdata.gaps import Gaps
from orgdata.gaps.points import Point
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.store import Decision
from orgdata.store.archive import fingerprint, to_zip
from orgdata.views import review
from orgdata.views.decisions import of_products, withdrawn
from orgdata.views.ideas import AsIf
from orgdata.views.products import gaps_of
from orgdata.views.rewording import Rewording, of_evaluation, texts_of

MOST_STEPS = 12  # changes of a scenario that a document lists
_LEADERSHIP = Rights(frozenset({"leadership"}))


@dataclass(frozen=True)
class Tried:
    """A scenario that an edition shows: what it is called, a sentence on it, its changes in words,
    and what stands beside each other: the present, the scenario, and further ones."""

    name: str
    sentence: str
    steps: tuple[str, ...]
    columns: tuple[tuple[str, Evaluation], ...]


@dataclass(frozen=True)
class Edition:
    """What documents are made from. Lists show only `products` (ids; None: all), lists of gaps only
    those of `gap_keys` (None: all); the numbers are always of the whole portfolio."""

    evaluation: Evaluation
    source: str  # its name for readers
    changes: Changes | None = None  # since an earlier snapshot, where there is one
    filters: str = ""  # what the lists are limited to, in words
    products: frozenset[str] | None = None
    gap_keys: frozenset[str] | None = None
    past: str = ""  # of a past review: which one, and that it is shown as it was seen
    tried: Tried | None = None  # the scenario that it shows, compared with the present
    # Both are found only for the documents that tell them: the points of history, oldest first, and
    # what would be if an idea existed, by its id and that of its outcome.
    points: Callable[[], Sequence[Point]] | None = None
    as_if: Callable[[str, str], AsIf | str | None] | None = None

    def as_leadership_sees_it(self) -> "Edition":
        """The same without findings that speak of a person, and decisions about such: for what is
        sent to several people, whoever sends it."""
        changes = self.changes and replace(self.changes, rows=tuple(
            one for one in self.changes.rows
            if one.object_type not in ("gap", "pattern") or not is_sensitive(one.ids[0])))
        return replace(self, evaluation=shown(self.evaluation, _LEADERSHIP), changes=changes)

    @property
    def alignment(self) -> Alignment:
        """The measured portfolio."""
        return self.evaluation.alignment

    @property
    def gaps(self) -> Gaps:
        """All gaps, whatever the lists are limited to."""
        return self.evaluation.gaps

    @property
    def history(self) -> History | None:
        """States, owners and due dates of gaps; None without a store."""
        return self.evaluation.history

    @property
    def decisions(self) -> Sequence[Decision]:
        """All decisions and to-dos."""
        return self.evaluation.decisions

    @property
    def day(self) -> date:
        """The as-of date."""
        day: date = self.alignment.as_of.date()
        return day

    @cached_property
    def fingerprint(self) -> str:
        """A hash that identifies the data: SHA-256 of all accepted rows and settings."""
        return fingerprint(to_zip(self.alignment.portfolio))

    @cached_property
    def rewording(self) -> Rewording | None:
        """What says this in the organisation's own words; None where the settings name none."""
        return of_evaluation(self.evaluation, (
            self.source, self.filters, *(texts_of(self.changes.before.portfolio)
                                         if self.changes else ())))

    def origin(self) -> list[tuple[str, str]]:
        """What every document prints about its origin: pairs of a label and a text, always with the
        same labels, but for a past review."""
        since = formats.day(self.changes.before.as_of) if self.changes else "no earlier snapshot"
        if self.tried:
            since = "what is at present"
        if self.changes and self.changes.methods[0] != METHOD_VERSION:
            since += f", found under method {self.changes.methods[0]}"
        return [("As of", formats.day(self.day)),
                *([("Past review", self.past)] if self.past else []),
                *([("Scenario", self.tried.name)] if self.tried else []),
                ("Source", self.source),
                ("Compared with", since), ("Filters", self.filters or "none"),
                ("Method", f"version {METHOD_VERSION}"),
                ("Data fingerprint", self.fingerprint[:12])]

    @property
    def band(self) -> tuple[str, ...]:
        """What stands in colour above every document of a scenario: that it is one, and what it
        changes; nothing of the present."""
        if self.tried is None:
            return ()
        beyond = len(self.tried.steps) - MOST_STEPS
        more = [f"And {formats.count(beyond, 'change')} more."] if beyond > 0 else []
        return (self.tried.sentence, *self.tried.steps[:MOST_STEPS], *more)

    def product_rows(self) -> pd.DataFrame:
        """The managed products that lists show, with their measures."""
        rows = self.alignment.products
        return rows if self.products is None else rows[rows["product_id"].isin(self.products)]

    def listed_gaps(self) -> Gaps:
        """The gaps that lists show; patterns are always those of the whole portfolio."""
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

    @cached_property
    def listed_decisions(self) -> Sequence[Decision]:
        """The decisions and to-dos that lists show: those about a gap of the products shown, and
        those about no gap."""
        return self.decisions if self.products is None else of_products(
            self.decisions, self.gaps, self.alignment, self.product_rows()["product_id"])

    def filter_notice(self) -> str:
        """A sentence that says which lists are limited and what is not; "" where they show all."""
        if self.products is None:
            if self.gap_keys is None:
                return ""
            shown, total = len(self.listed_gaps().rows), len(self.gaps.rows)
            return (f"Lists of gaps show only {shown:,} of {total:,} "
                    f"({self.filters or 'filtered'}). Everything else is of the whole portfolio.")
        shown, total = len(self.product_rows()), len(self.alignment.products)
        return (f"Lists show only {shown:,} of {formats.count(total, 'product')} and their gaps "
                f"({self.filters or 'filtered'}). Decisions listed are those about such gaps, and "
                "those about none. The answer, the numbers on top, what changed, patterns and what "
                "is unknown are those of the whole portfolio.")

    def open_decisions(self) -> list[Decision]:
        """Decisions and to-dos that are open on the day, oldest first."""
        return [decision for decision in self.listed_decisions
                if decision.made_on <= self.day and decision.open_on(self.day)]

    def done_decisions(self) -> list[Decision]:
        """Decisions and to-dos done since the snapshot compared with; all done ones without one."""
        return [decision for decision in self.listed_decisions
                if decision.done_on is not None and self._since < decision.done_on <= self.day
                and decision.withdrawn is None]

    def withdrawn_decisions(self) -> list[Decision]:
        """Those withdrawn since the snapshot compared with; all withdrawn ones without one."""
        return withdrawn(self.listed_decisions, self._since)

    @property
    def _since(self) -> date:
        day: date = self.changes.before.as_of.date() if self.changes else date.min
        return day
