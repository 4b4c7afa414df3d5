"""Which portfolio is on the screen, read once for all sessions.

What is cached here is shared by all sessions and never changed: frames are built once.

Of a database only what counts on the default day or later is read. Whoever goes back further has
it read again, from the first day of that month on; from then on that read serves everybody.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from orgdata.demo import DEMO
from orgdata.evaluation import Evaluation, Known, judge, measure
from orgdata.load import day_of, load_for, weeks_of
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import source_key
from orgdata.ui.shell import store
from orgdata.ui.shell.view import Evaluated, Measured
from orgdata.views.portfolio import source_name as short_name

Key = tuple[str, str | None]  # the source and the settings file, as the environment names them


@dataclass(frozen=True)
class Loaded:
    """A portfolio, when it was read (UTC), and why it could not be read again since."""

    portfolio: Portfolio
    read_at: datetime
    key: str  # what the source is called in the store
    failure: str | None = None

    @property
    def default_day(self) -> date:
        """The day to measure on unless another is asked for."""
        return day_of(self.portfolio, None, date.today())

    def nearest(self, day: date) -> date:
        """The day itself; where it was not read for, the first one that it was read for."""
        not_fetched = self.portfolio.not_fetched
        return day if not_fetched is None else max(day, not_fetched.exact_from)


def source_name() -> str:
    """The source from the environment; without one, the demo company."""
    return os.environ.get("ORGDATA_SOURCE") or str(DEMO)


def menu_name() -> str:
    """What the source is called in the menu and in the address. Of a database that is its kind
    only: a URL may hold a password, and one that cannot be read may hold it anywhere."""
    kind, is_url, _ = source_name().partition("://")
    return f"{kind.partition('+')[0]} database" if is_url else short_name(source_name())


def current() -> Loaded:
    """The portfolio of the source; where it fails after it was read once, the last good one with
    what went wrong. Raises SourceError or SettingsError when there is no good one.

    A failure is kept until `forget`: a database that is down is not asked at every click.
    """
    key = _key()
    read = _read(*key, _since().get(key))
    if isinstance(read, Loaded):
        _last_good()[key] = read
        return read
    if key in _last_good():
        return replace(_last_good()[key], failure=str(read))
    raise read


def covering(loaded: Loaded, day: date) -> Loaded:
    """The same, read again where it was not read for a day so early. Where that fails it comes
    with the failure, and covers only its `nearest` day."""
    if loaded.portfolio.covers(day):
        return loaded
    key, month = _key(), day.replace(day=1)
    _since()[key] = min(month, _since().get(key, month))
    return current()


def evaluated(loaded: Loaded, day: date) -> Evaluated:
    """A portfolio evaluated on a day with what the store knows.

    What people decide or say of a gap, and a snapshot, leave what was measured as it is; the rules
    look at it again only where they read something else of the store.
    """
    known = store.known(loaded.key, day)
    version = (f"{loaded.key}\n{loaded.read_at.isoformat()}\n{day.isoformat()}\n"
               f"{known.confirmations!r}")
    alignment = _measured(version, loaded.portfolio, day, known)
    history = known.history and known.history.fingerprint
    found = _judged(f"{version}\n{history}", alignment, known)
    return Evaluated(Measured(alignment, loaded.portfolio, version), replace(found, known=known),
                     f"{version}\n{known.fingerprint}")


def weeks(measured: Measured, kr_ids: pd.Series) -> pd.Series:
    """The values of some key results week by week. Raises SourceError.

    Only the source the server was started with can have left weeks behind: files are read whole.
    """
    return weeks_of(source_name(), measured.portfolio, kr_ids,
                    measured.alignment.as_of.date())


def forget() -> None:
    """Read the source anew the next time, for all sessions."""
    _since().clear()
    _read.clear()


def _key() -> Key:
    return source_name(), os.environ.get("ORGDATA_SETTINGS")


@st.cache_resource(show_spinner="Reading the portfolio …", max_entries=2)
def _read(source: str, settings: str | None,
          since: date | None) -> Loaded | SourceError | SettingsError:
    try:
        portfolio, _ = load_for(source, settings, since, date.today())
        return Loaded(portfolio, datetime.now(UTC), source_key(source))
    except (SourceError, SettingsError) as error:
        return error


@st.cache_resource(show_spinner=False)
def _last_good() -> dict[Key, Loaded]:
    return {}


@st.cache_resource(show_spinner=False)
def _since() -> dict[Key, date]:
    """The day from which on each source is read, where that is not its default day."""
    return {}


@st.cache_resource(show_spinner="Measuring …", max_entries=12)
def _measured(key: str, _portfolio: Portfolio, _day: date, _known: Known) -> Alignment:
    return measure(_portfolio, _day, _known)


@st.cache_resource(show_spinner="Measuring …", max_entries=12)
def _judged(key: str, _alignment: Alignment, _known: Known) -> Evaluation:
    return judge(_alignment, _known)
