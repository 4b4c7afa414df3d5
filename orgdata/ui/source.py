"""Which portfolio is on the screen, read once for all sessions.

What is cached here is shared by all sessions and never changed: frames are built once.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import streamlit as st

from orgdata.demo import DEMO
from orgdata.gaps import Gaps, find_gaps
from orgdata.load import day_of, load
from orgdata.measures import Alignment, align
from orgdata.overlay import laid_over
from orgdata.portfolio import Portfolio
from orgdata.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.ui import memory


@dataclass(frozen=True)
class Loaded:
    """A portfolio, when it was read (UTC), and why it could not be read again since."""

    portfolio: Portfolio
    read_at: datetime
    failure: str | None = None

    @property
    def default_day(self) -> date:
        """The day to measure on unless another is asked for."""
        return day_of(self.portfolio, None, date.today())

    def version(self, day: date) -> str:
        """What identifies everything measured from this read on this day: a cache key."""
        return "\n".join((self.portfolio.source, self.read_at.isoformat(), day.isoformat(),
                          memory.revision()))


def source_name() -> str:
    """The source from the environment; without one, the demo company."""
    return os.environ.get("ORGDATA_SOURCE") or str(DEMO)


def current() -> Loaded:
    """The portfolio of the source; where it fails after it was read once, the last good one with
    what went wrong. Raises SourceError or SettingsError when there is no good one.

    A failure is kept until `forget`: a database that is down is not asked at every click.
    """
    key = (source_name(), os.environ.get("ORGDATA_SETTINGS"))
    read = _read(*key)
    if isinstance(read, Loaded):
        _last_good()[key] = read
        return read
    if key in _last_good():
        return replace(_last_good()[key], failure=str(read))
    raise read


def measured(loaded: Loaded, day: date) -> tuple[Alignment, Gaps]:
    """The alignment of a portfolio on a day, with what was confirmed on the pages laid over it,
    and its gaps, with what the store remembers."""
    return _measured(loaded.version(day), loaded, day)


def forget() -> None:
    """Read the source anew the next time, for all sessions."""
    _read.clear()


@st.cache_resource(show_spinner="Reading the portfolio …", max_entries=4)
def _read(source: str, settings: str | None) -> Loaded | SourceError | SettingsError:
    try:
        return Loaded(load(source, settings), datetime.now(UTC))
    except (SourceError, SettingsError) as error:
        return error


@st.cache_resource(show_spinner=False)
def _last_good() -> dict[tuple[str, str | None], Loaded]:
    return {}


@st.cache_resource(show_spinner="Measuring …", max_entries=12)
def _measured(version: str, _loaded: Loaded, _day: date) -> tuple[Alignment, Gaps]:
    source = _loaded.portfolio.source
    alignment = align(laid_over(_loaded.portfolio, memory.answers(source)), _day)
    return alignment, find_gaps(alignment, memory.history(source, _day))
