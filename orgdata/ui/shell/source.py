"""The portfolio of the source, read, measured and evaluated once for all sessions.

What is cached here is shared by all sessions and never changed: frames are built once.

Of a database only what counts on the default day or later is read. For an earlier day it is read
again, from the first day of that quarter on, and at most once in `READ_AGAIN_SECONDS`; from then on
that read serves all sessions.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

import pandas as pd
import streamlit as st

from orgdata.edits import Edit
from orgdata.edits.edit import version_of
from orgdata.evaluation import Evaluation, Known, judge, measure
from orgdata.gaps import Present, find_present
from orgdata.load import portfolio_of, read_for, weekly_values
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError, is_url, may_be_url
from orgdata.store import source_key
from orgdata.tabular.empty import empty_table
from orgdata.ui.shell import metrics, server, store
from orgdata.ui.shell.cache import Results, content
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.size import size_of
from orgdata.ui.shell.view import Evaluated, Judged, Measured
from orgdata.ui.shell.wanted import counts_otherwise, deciding
from orgdata.views.portfolio import source_name as short_source_name

EnvironmentKey = tuple[str, str | None]  # the source, and the settings file if one is named
READ_AGAIN_SECONDS = 600  # days in an address come from anybody, and each read is of all tables
RELOAD_SECONDS = 2  # after a reload: until then that read serves whoever asks for another
RETRY_SECONDS = 5  # after one that failed: what is away is not asked by every click of everybody
_READ_AGAIN = Lock()
_MOST_DAYS = 12  # of all sources, measured and kept
_MEASURES, _GAPS, _PRESENTS = 192 << 20, 88 << 20, 40 << 20  # bytes of all of them
_MOST_CORRECTED, _CORRECTED = 4, 192 << 20  # portfolios with corrections, and their bytes
T = TypeVar("T")


def menu_name() -> str:
    """The source's name in the menu and in the URL of the page.

    Of a database that is its kind only: a URL may hold a password, and one that cannot be read may
    hold it anywhere.
    """
    source = server.source_name()
    if is_url(source) or (may_be_url(source) and not Path(source).exists()):
        kind = re.match(r"(\w+)(\+\w*)?://", source)
        return f"{kind[1]} database" if kind else "a database"
    return short_source_name(source)


def current() -> Loaded:
    """The portfolio of the source. Raises SourceError or SettingsError if it was never read.

    Where reading fails later, the last portfolio that could be read, with the failure. A failure is
    cached until `forget`: a database that is down is not queried at every click.
    """
    key = _environment_key()
    first_day, _ = _first_days().get(key, (None, 0.0))
    read = _read(*key, first_day, _wanted().get(key, ""))
    if isinstance(read, Loaded) and (made := deciding(read.key)) != read.wanted_by and (
            counts_otherwise(read, made)):
        _wanted()[key] = repr(made)
        read = _read(*key, first_day, repr(made))
    if isinstance(read, Loaded):
        _last_good()[key] = read
        return read
    if key in _last_good():
        return replace(_last_good()[key], failure=str(read))
    raise read


def people() -> pd.DataFrame:
    """The people of the server's own source, whatever else is shown: what somebody uploads does not
    say who they are. None of them where it cannot be read."""
    try:
        return current().portfolio["people"]
    except (SourceError, SettingsError):
        return empty_table("people")


def covering(loaded: Loaded, day: date) -> Loaded:
    """The portfolio, read again from an earlier day on where it does not cover this one.

    Where that fails it comes with the failure; then, and where it was read again a short while ago,
    it covers only its `nearest` day.
    """
    if loaded.portfolio.covers(day):
        return loaded
    key, now = _environment_key(), time.monotonic()
    quarter = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    with _READ_AGAIN:
        first_day, since = _first_days().get(key, (date.max, -math.inf))
        if quarter < first_day and now - since >= READ_AGAIN_SECONDS:
            _first_days()[key] = quarter, now
    return current()


def evaluated(loaded: Loaded, day: date, tried: tuple[Edit, ...] | None = None) -> Evaluated:
    """A portfolio evaluated on a day with the corrections and the history in the store; with
    edits that are tried (none of them: what they are compared with) without that history.

    Decisions, states of gaps and snapshots do not change what was measured; the rules are evaluated
    again only where the history they read has changed.
    """
    known = store.known(loaded.key, day)
    if tried is not None:
        known = Known()
    portfolio, edits = edited(loaded, day, tried or ())
    version = (f"{loaded.key}\n{loaded.read_at.isoformat()}\n{day.isoformat()}\n{edits}")

    def find() -> tuple[Alignment, Measured]:
        alignment = measure(portfolio, day)
        return alignment, Measured.of(alignment, portfolio, version)

    return judged(*_measured(_alignments(), version, find, "measure"), known)


def edited(loaded: Loaded, day: date | None, tried: tuple[Edit, ...] = ()) -> tuple[Portfolio, str]:
    """The portfolio with the corrections of a day, or of all days, laid over it, and what is tried
    over both; and a text that identifies them."""
    raw = loaded.raw
    edits, version = store.laid(loaded.key, day) if raw else ((), "")
    if raw is None or not (edits or tried):
        return loaded.portfolio, ""
    made = f"{version}\n{version_of(tried)}"
    portfolio = _portfolios().get(f"{loaded.key}\n{loaded.read_at.isoformat()}\n{made}",
                                  lambda: portfolio_of(raw, edits, tried))
    return cast(Portfolio, portfolio), made


def judged(alignment: Alignment, measured: Measured, known: Known) -> Evaluated:
    """A measured portfolio with its gaps; those that come with history are found again where it
    changed. Of the same gaps it is the same version, whatever that history is."""
    history = known.history and known.history.fingerprint

    def find() -> tuple[Evaluation, Judged]:
        present = cast(Present, _presents().get(measured.version, lambda: find_present(alignment)))
        found = judge(alignment, known, present=present)
        return found, Judged.of(measured, found.gaps, content(found.gaps))

    evaluation, made = _measured(_evaluations(), f"{measured.version}\n{history}", find,
                                 "find_gaps")
    return Evaluated(made, replace(evaluation, known=known),
                     f"{measured.version}\n{known.fingerprint}")


def weeks(measured: Measured, kr_ids: pd.Series) -> pd.Series:
    """The values of some key results week by week. Raises SourceError.

    Only a database may have weeks that are not loaded, and only the server's own source is one.
    """
    return weekly_values(server.source_name(), measured.portfolio, kr_ids,
                    measured.alignment.as_of.date())


def reload() -> bool:
    """Have the source read again for all sessions; False where a reload is at work or was a moment
    ago, so that its read, or why there is none, serves."""
    key = _environment_key()
    with _READ_AGAIN:
        if time.monotonic() < _reload_from().get(key, -math.inf):
            return False
        _reload_from()[key] = math.inf  # until it is read
    forget()
    return True


def forget() -> None:
    """Have the source read again the next time it is needed, for all sessions."""
    _first_days().clear()
    _read.clear()


def changed_at(loaded: Loaded) -> datetime | None:
    """When the server's files were changed since they were read; None where they were not, or are
    none: what changes in a database is not noticed."""
    if not loaded.files or (now := _files(server.source_name())) == loaded.files:
        return None
    return datetime.fromtimestamp(max((time_ns for _, time_ns, _ in now), default=0) / 1e9, UTC)


def _files(source: str) -> tuple[tuple[str, int, int], ...]:
    """The files of a source with their times of change and sizes; none of a database."""
    try:
        path = Path(source)
        found = [path] if path.is_file() else [one for one in path.iterdir() if one.is_file()]
        stats = [(one.name, one.stat()) for one in found]
    except (OSError, ValueError):
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


def _environment_key() -> EnvironmentKey:
    return server.source_name(), server.settings_name()


@st.cache_resource(show_spinner="Reading the portfolio …", max_entries=2)
def _read(source: str, settings: str | None, first_day: date | None,
          wanted: str) -> Loaded | SourceError | SettingsError:
    wait = RETRY_SECONDS
    try:
        files = _files(source)  # before reading: what changes meanwhile is noticed
        key = source_key(source)
        raw = read_for(source, settings, first_day, date.today(), store.edits(key))
        loaded = Loaded(portfolio_of(raw), datetime.now(UTC), key, files=files,
                        wanted_by=deciding(key), raw=raw)
        wait = RELOAD_SECONDS
        metrics.source_read(loaded)
        return loaded
    except (SourceError, SettingsError) as error:
        metrics.source_failed()
        return error
    finally:
        if (source, settings) in _reload_from():
            _reload_from()[source, settings] = time.monotonic() + wait


@st.cache_resource(show_spinner=False)
def _wanted() -> dict[EnvironmentKey, str]:
    """The corrections with which each source was read again, since other check-ins count."""
    return {}


@st.cache_resource(show_spinner=False)
def _last_good() -> dict[EnvironmentKey, Loaded]:
    return {}


@st.cache_resource(show_spinner=False)
def _reload_from() -> dict[EnvironmentKey, float]:
    """When each source that was reloaded can be reloaded again, on a clock that only counts on."""
    return {}


@st.cache_resource(show_spinner=False)
def _first_days() -> dict[EnvironmentKey, tuple[date, float]]:
    """The first day that each source is read for, where that is not its default day, and since
    when on a clock that only counts on."""
    return {}


def _measured(results: Results, version: str, compute: Callable[[], T], step: metrics.Step) -> T:
    def with_spinner() -> T:
        with st.spinner("Measuring …"), metrics.timed(step):
            return compute()

    return cast(T, results.get(version, with_spinner))


@st.cache_resource(show_spinner=False)
def _alignments() -> Results:
    """Portfolios measured on a day; days of one source share what was read of it."""
    return Results(_MOST_DAYS, _MEASURES, lambda found: sum(
        size_of(value) for name, value in vars(cast(tuple[Alignment, Measured], found)[0]).items()
        if name != "portfolio"))


@st.cache_resource(show_spinner=False)
def _portfolios() -> Results:
    """Portfolios with corrections; the text of the source is counted with what was read of it."""
    return Results(_MOST_CORRECTED, _CORRECTED)


@st.cache_resource(show_spinner=False)
def _presents() -> Results:
    """What was found in measured portfolios whatever their history is."""
    return Results(_MOST_DAYS, _PRESENTS, lambda found: size_of(cast(Present, found).results))


@st.cache_resource(show_spinner=False)
def _evaluations() -> Results:
    """Gaps found in measured portfolios, which are counted there."""
    return Results(_MOST_DAYS, _GAPS,
                   lambda found: size_of(cast(tuple[Evaluation, Judged], found)[0].gaps))
