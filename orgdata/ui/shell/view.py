"""What is on the screen: one portfolio measured on one day, and what the lists are narrowed to."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd

from orgdata import formats
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio


@dataclass(frozen=True)
class Filters:
    """What the sidebar narrows lists to; formulas never change."""

    area: str | None = None
    role: str | None = None
    manager: str | None = None  # person_id

    def __bool__(self) -> bool:
        return any((self.area, self.role, self.manager))


@dataclass(frozen=True)
class View:
    """What is on the screen: one portfolio on one day, and the filters."""

    alignment: Alignment
    gaps: Gaps
    portfolio: Portfolio
    version: str
    read_at: datetime
    filters: Filters
    key: str = ""  # what the source is called in the store
    failure: str | None = None  # why the source could not be read again since `read_at`

    def products(self) -> pd.DataFrame:
        """The managed products that pass the filters."""
        return self._products

    @cached_property
    def _products(self) -> pd.DataFrame:
        rows, filters = self.alignment.products, self.filters
        if filters.area:
            rows = rows[rows["business_area"] == filters.area]
        if filters.role:
            rows = rows[rows["strategic_role"] == filters.role]
        if filters.manager:
            managers = self.alignment.managers
            own = managers.loc[managers["person_id"] == filters.manager, "product_id"]
            rows = rows[rows["product_id"].isin(own)]
        return rows

    @cached_property
    def incomplete(self) -> str:
        """Which tables are not shown as the source has them; "" when every one could be used."""
        counts = self.portfolio.counts
        lost = [name for name, count in counts.items() if count.read and not count.loaded]
        problems = self.portfolio.problems
        unread = problems.loc[problems["code"] == "unreadable", "table"].unique().tolist()
        tables = list(dict.fromkeys([*lost, *unread]))
        return "" if not tables else (
            f"Not the whole portfolio: nothing of {formats.listed(tables, most=9)} could be used. "
            "The Data page says why.")

    @cached_property
    def narrowed(self) -> str:
        """What the filters narrow to, as a sentence; "" without any."""
        if not self.filters:
            return ""
        rows = self.products()
        aligned, assessed = int(rows["aligned"].sum()), int(rows["aligned"].notna().sum())
        return (f"In {self.filter_words()}: {aligned} of "
                f"{formats.count(assessed, 'assessed product')} aligned "
                f"({formats.count(len(rows), 'product')} in all).")

    def filter_words(self) -> str:
        """What the filters narrow to, in few words; "" without any."""
        names = [self.filters.area, self.filters.role and f"role {self.filters.role}",
                 self.filters.manager and self.name_of(self.filters.manager)]
        return ", ".join(name for name in names if name)

    def name_of(self, person_id: str) -> str:
        """A person's name, or the id."""
        people = self.alignment.people
        found = people.loc[people["person_id"] == person_id, "name"]
        return str(found.iloc[0]) if len(found) else person_id
