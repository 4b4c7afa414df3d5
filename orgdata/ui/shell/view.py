"""What a page shows: one portfolio evaluated on one day, and the filters of the sidebar."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from orgdata import formats
from orgdata.access import OPEN, Rights
from orgdata.evaluation import Evaluation
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import NO_CORRECTED, Portfolio
from orgdata.store import KeptScenario, Snapshot
from orgdata.ui.shell.cache import Versioned, cached, content
from orgdata.ui.shell.loaded import Loaded
from orgdata.views import vocabulary


@dataclass(frozen=True)
class Filters:
    """The filters of the sidebar. They narrow lists, and never change a formula."""

    area: str | None = None
    role: str | None = None
    manager: str | None = None  # person_id

    def __bool__(self) -> bool:
        return any((self.area, self.role, self.manager))


@dataclass(frozen=True)
class Measured(Versioned):
    """A portfolio measured on one day with its corrections, without gaps, and without which of its
    cells are corrected (`Corrected`)."""

    alignment: Alignment
    portfolio: Portfolio  # as the source has it
    version: str  # other rights, another version
    rights: Rights = OPEN  # of those to whom it is shown: what is not for them is not in it
    less: "Measured | None" = None  # the same without the texts that not everybody sees

    @classmethod
    def of(cls, alignment: Alignment, portfolio: Portfolio, version: str) -> "Measured":
        """What was measured of a portfolio, without which of its cells are corrected."""
        def without(one: Portfolio) -> Portfolio:
            return one if one.corrected.empty else replace(one, corrected=NO_CORRECTED)

        own = without(alignment.portfolio)
        if own is not alignment.portfolio:
            alignment, portfolio = replace(alignment, portfolio=own), (
                own if portfolio is alignment.portfolio else without(portfolio))
        return cls(alignment, portfolio, version)

    @property
    def common(self) -> "Measured":
        """The same without the texts that not everybody sees: what is worked out of it is worked
        out once for all people, and stays until a number or a name changes."""
        return self.less or self


@dataclass(frozen=True)
class Judged(Versioned):
    """A measured portfolio with its gaps, without what people said and decided of these: results
    of it stay the same whatever is recorded, as long as the same gaps are found."""

    measured: Measured
    gaps: Gaps  # of the whole portfolio, but for those not shown to who looks at it
    found: str  # identifies the gaps by their content
    version: str

    @classmethod
    def of(cls, measured: Measured, gaps: Gaps, found: str) -> "Judged":
        """A measured portfolio with gaps that a text identifies."""
        return cls(measured, gaps, found, f"{measured.version}\n{found}")

    @property
    def common(self) -> "Judged":
        """The same gaps in a portfolio without the texts that not everybody sees."""
        return Judged.of(self.measured.common, self.gaps, self.found)

    @property
    def alignment(self) -> Alignment:
        """The portfolio measured on the day."""
        return self.measured.alignment


@dataclass(frozen=True)
class Corrected(Versioned):
    """A portfolio measured on one day with which of its cells are corrected: what is explained says
    so. It changes with every correction."""

    alignment: Alignment
    version: str


@dataclass(frozen=True)
class Evaluated(Versioned):
    """A measured portfolio with its gaps, and what the store knows of them."""

    judged: Judged
    evaluation: Evaluation
    version: str

    @property
    def measured(self) -> Measured:
        """The same without gaps."""
        return self.judged.measured

    @property
    def alignment(self) -> Alignment:
        """The portfolio measured on the day."""
        return self.measured.alignment

    @property
    def corrected(self) -> Corrected:
        """The same with which of its cells are corrected."""
        alignment = self.evaluation.alignment
        return Corrected(alignment, f"{self.measured.version}\n"
                                    f"{content(alignment.portfolio.corrected)}")

    @property
    def gaps(self) -> Gaps:
        """The gaps of the whole portfolio, but for those that are not shown to who looks at it."""
        return self.judged.gaps

    @property
    def rights(self) -> Rights:
        """The rights of those to whom it is shown."""
        return self.measured.rights


@dataclass(frozen=True)
class View:
    """What a page shows: one portfolio evaluated on one day, and the filters."""

    evaluated: Evaluated
    filters: Filters
    read_at: datetime
    key: str = ""  # the source's name in the store
    failure: str | None = None  # why the source could not be read again since `read_at`
    changed_at: datetime | None = None  # when its files were changed since `read_at`
    review: Snapshot | None = None  # a past review, which is shown as it was seen
    loaded: Loaded | None = None  # the source as it was read; None: of a past review
    scenario: KeptScenario | None = None  # what is tried: it counts in what is shown
    present: Evaluated | None = None  # what a scenario is compared with
    beside: tuple[KeptScenario, ...] = ()  # further scenarios, whose figures stand beside it

    @property
    def read_only(self) -> bool:
        """Whether what is shown is not the present as it is, so that nothing can be said of it."""
        return self.review is not None or self.scenario is not None

    @property
    def rights(self) -> Rights:
        """What who looks at it may see and change."""
        return self.evaluated.rights

    @property
    def measured(self) -> Measured:
        """The measured portfolio, for results that depend neither on gaps nor on filters."""
        return self.evaluated.measured

    @property
    def judged(self) -> Judged:
        """The portfolio with its gaps, for results that depend on nothing that people record."""
        return self.evaluated.judged

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
    def incomplete_warning(self) -> str:
        """A sentence that names the tables that could not be used; "" if all could."""
        return _incomplete_warning(self.measured)

    @property
    def filter_sentence(self) -> str:
        """A sentence on what the filters narrow to; "" without filters."""
        return _filter_sentence(self.measured, self.filters)

    def filter_label(self) -> str:
        """The filters in few words; "" without filters."""
        return _filter_label(self.measured, self.filters)

    def name_of(self, person_id: str) -> str:
        """A person's name, or the id where the name is unknown."""
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
        product_ids = managers.loc[managers["person_id"] == filters.manager, "product_id"]
        rows = rows[rows["product_id"].isin(product_ids)]
    return rows


@cached
def _incomplete_warning(measured: Measured) -> str:
    counts, problems = measured.portfolio.counts, measured.portfolio.problems
    not_loaded = [name for name, count in counts.items() if count.read and not count.loaded]
    unreadable = problems.loc[problems["code"] == "unreadable", "table"].unique().tolist()
    tables = list(dict.fromkeys([*not_loaded, *unreadable]))
    return "" if not tables else (
        f"Incomplete: nothing of {formats.listed(tables, most=9)} could be loaded. The Data page "
        "says why.")


@cached
def _filter_sentence(measured: Measured, filters: Filters) -> str:
    if not filters:
        return ""
    rows = shown_products(measured, filters)
    return (f"In {_filter_label(measured, filters)}: {_aligned(rows)} "
            f"({formats.count(len(rows), 'product')} in all).")


def _aligned(products: pd.DataFrame) -> str:
    """How many of some products are aligned; where none is assessed, how many pass the checks."""
    if assessed := int(products["aligned"].notna().sum()):
        return (f"{int(products['aligned'].sum()):,} of "
                f"{formats.count(assessed, 'assessed product')} aligned")
    if checkable := int(products["checkable"].sum()):
        return (f"{int(products['passing'].sum()):,} of {formats.count(checkable, 'product')} pass "
                "what can be checked")
    return "no product is assessed"


def _filter_label(measured: Measured, filters: Filters) -> str:
    names = [filters.area, filters.role and f"strategic bet {vocabulary.role(filters.role)}",
             filters.manager and _name_of(measured.alignment, filters.manager)]
    return ", ".join(name for name in names if name)


def _name_of(alignment: Alignment, person_id: str) -> str:
    names = alignment.people.loc[alignment.people["person_id"] == person_id, "name"]
    return str(names.iloc[0]) if len(names) else person_id
