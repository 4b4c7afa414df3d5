"""A source as it was read for the pages."""

from dataclasses import dataclass
from datetime import date, datetime

from orgdata.edits import Edit
from orgdata.load import day_of
from orgdata.model.portfolio import Portfolio
from orgdata.sources import RawSource

IN_TAB = "tab:"  # the key of files that live in a browser tab


@dataclass(frozen=True)
class Loaded:
    """A portfolio, when it was read (UTC), and why a later read failed."""

    portfolio: Portfolio
    read_at: datetime
    key: str  # the source's name in the store
    failure: str | None = None
    files: tuple[tuple[str, int, int], ...] = ()  # the server's, as `_files` saw them when read
    wanted_by: tuple[Edit, ...] = ()  # corrections by which was decided what is read of a database
    raw: RawSource | None = None  # its text, over which corrections are laid; None: there are none

    @property
    def in_tab(self) -> bool:
        """Whether its files live in a browser tab: they are corrected by newer ones."""
        return self.key.startswith(IN_TAB)

    @property
    def default_day(self) -> date:
        """The day to measure on unless another is chosen."""
        return day_of(self.portfolio, None, date.today())

    def nearest(self, day: date) -> date:
        """The day itself, or the first day whose check-ins were read where that is later."""
        not_fetched = self.portfolio.not_fetched
        return day if not_fetched is None else max(day, not_fetched.exact_from)
