"""What is on the screen: one portfolio measured on one day, and what the lists are narrowed to."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from orgdata import formats
from orgdata.evaluation import Evaluation
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.ui.shell.cache import Versioned, cached


@dataclass(frozen=True)
class Filters:
    """What the sidebar narrows lists to; formulas never change."""

    area: str | None = None
    role: str | None = None
    manager: str | None = None  # person_id

    def __bool__(self) -> bool:
        return any((self.area, self.role, self.manager))


@dataclass(frozen=True)
class Measured(Versioned):
    """A portfolio measured on one day with what was confirmed, whatever is said of its gaps."""

    alignment: Alignment
    portfolio: Portfolio  # as the source has it
    version: str


@dataclass(frozen=True)
class Evaluated(Versioned):
    """The same with its gaps, which know what the store remembers."""

    measured: Measured
    evaluation: Evaluation
    version: str

    @property
    def alignment(self) -> Alignment:
        """The portfolio measured on the day."""
        return self.measured.alignment

    @property
    def gaps(self) -> Gaps:
        """The gaps of the whole portfolio."""
        return self.evaluation.gaps


@dataclass(frozen=True)
class View:
    """What is on the screen: one portfolio on one day, and the filters."""

    evaluated: Evaluated
    filters: Filters
    read_at: datetime
    key: str = ""  # what the source is called in the store
    failure: str | None = None  # why the source could not be read again since `read_at`

    @property
    def measured(self) -> Measured:
        """The portfolio on the day, without gaps and filters: for what depends on neither."""
        return self.evaluated.measured

    @property
    def alignment(self) -> Alignment:
        """The portfolio measured on the day."""
        return self.measured.alignment

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio as the source has it."""
        return self.measured.portfolio

    @property
    def gaps(self) -> Gaps:
        """The gaps of the whole portfolio, whatever the filters."""
        return self.evaluated.gaps

    def products(self) -> pd.DataFrame:
        """The managed products that pass the filters."""
        return shown_products(self.measured, self.filters)

    @property
    def incomplete(self) -> str:
        """Which tables are not shown as the source has them; "" when every one could be used."""
        return _incomplete(self.measured)

    @property
    def narrowed(self) -> str:
        """What the filters narrow to, as a sentence; "" without any."""
        return _narrowed(self.measured, self.filters)

    def filter_words(self) -> str:
        """What the filters narrow to, in few words; "" without any."""
        return _filter_words(self.measured, self.filters)

    def name_of(self, person_id: str) -> str:
        """A person's name, or the id."""
        return _name_of(self.alignment, person_id)


@cached
def shown_products(measured: Measured, filters: Filters) -> pd.DataFrame:
    """The managed products that pass the filters."""
    rows, managers = measured.alignment.products, measured.alignment.managers
    if filters.area:
        rows = rows[rows["business_area"] == filters.area]
    if filters.role:
        rows = rows[rows["strategic_role"] == filters.role]
    if filters.manager:
        own = managers.loc[managers["person_id"] == filters.manager, "product_id"]
        rows = rows[rows["product_id"].isin(own)]
    return rows


@cached
def _incomplete(measured: Measured) -> str:
    counts, problems = measured.portfolio.counts, measured.portfolio.problems
    lost = [name for name, count in counts.items() if count.read and not count.loaded]
    unread = problems.loc[problems["code"] == "unreadable", "table"].unique().tolist()
    tables = list(dict.fromkeys([*lost, *unread]))
    return "" if not tables else (
        f"Not the whole portfolio: nothing of {formats.listed(tables, most=9)} could be used. "
        "The Data page says why.")


@cached
def _narrowed(measured: Measured, filters: Filters) -> str:
    if not filters:
        return ""
    rows = shown_products(measured, filters)
    aligned, assessed = int(rows["aligned"].sum()), int(rows["aligned"].notna().sum())
    return (f"In {_filter_words(measured, filters)}: {aligned} of "
            f"{formats.count(assessed, 'assessed product')} aligned "
            f"({formats.count(len(rows), 'product')} in all).")


def _filter_words(measured: Measured, filters: Filters) -> str:
    names = [filters.area, filters.role and f"role {filters.role}",
             filters.manager and _name_of(measured.alignment, filters.manager)]
    return ", ".join(name for name in names if name)


def _name_of(alignment: Alignment, person_id: str) -> str:
    found = alignment.people.loc[alignment.people["person_id"] == person_id, "name"]
    return str(found.iloc[0]) if len(found) else person_id
