"""Which portfolio is on the screen, read once for all sessions.

What is cached here is shared by all sessions and never changed: frames are built once.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

import streamlit as st

from orgdata.demo import DEMO
from orgdata.gaps import Gaps, find_gaps
from orgdata.load import day_of, load
from orgdata.measures import Alignment, align
from orgdata.portfolio import Portfolio


@dataclass(frozen=True)
class Loaded:
    """A portfolio and when it was read (UTC)."""

    portfolio: Portfolio
    read_at: datetime

    @property
    def default_day(self) -> date:
        """The day to measure on unless another is asked for."""
        return day_of(self.portfolio, None, date.today())

    def version(self, day: date) -> str:
        """What identifies everything measured from this read on this day: a cache key."""
        return f"{self.portfolio.source}\n{self.read_at.isoformat()}\n{day.isoformat()}"


def source_name() -> str:
    """The source from the environment; without one, the demo company."""
    return os.environ.get("ORGDATA_SOURCE") or str(DEMO)


def current() -> Loaded:
    """The portfolio of the source. Raises SourceError or SettingsError; an error is not cached."""
    return _loaded(source_name(), os.environ.get("ORGDATA_SETTINGS"))


def measured(loaded: Loaded, day: date) -> tuple[Alignment, Gaps]:
    """The alignment of a portfolio on a day, and its gaps."""
    return _measured(loaded.version(day), loaded, day)


def forget() -> None:
    """Read the source anew the next time, for all sessions."""
    _loaded.clear()


@st.cache_resource(show_spinner="Reading the portfolio …", max_entries=4)
def _loaded(source: str, settings: str | None) -> Loaded:
    return Loaded(load(source, settings), datetime.now(UTC))


@st.cache_resource(show_spinner="Measuring …", max_entries=12)
def _measured(version: str, _loaded: Loaded, _day: date) -> tuple[Alignment, Gaps]:
    alignment = align(_loaded.portfolio, _day)
    return alignment, find_gaps(alignment)
