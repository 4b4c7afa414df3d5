"""Reading uploaded files: once for all sessions, with a progress bar for large ones."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import streamlit as st

from orgdata.measures.pairs import count_pairs
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.model.settings_text import to_toml
from orgdata.sources import RawSource, SourceError, kind_of, read_sheets, sheets_in
from orgdata.sources.confined import read_confined
from orgdata.sources.limits import check_pairs, check_sheets, refused
from orgdata.sources.sheets import Sheet
from orgdata.ui.shell.cache import Results
from orgdata.upload.files import Upload
from orgdata.validate import validate

T = TypeVar("T")
Progress = Callable[[float, str], object]  # how much is done, 0–1, and what is being done
_BAR_FROM = 1_000_000  # bytes: smaller uploads are read before a bar would be seen
_MOST_CACHED, _MOST_BYTES = 16, 160 << 20  # uploads that are kept: their sheets and portfolios


def sheets_of(upload: Upload) -> list[Sheet]:
    """The sheets of an upload, read once. Raises SourceError where there is none."""
    return _read(upload)[0]


def portfolio_of(upload: Upload) -> Portfolio:
    """An upload as a portfolio, read once. Raises SourceError, SettingsError."""
    return read(upload)[0]


def read(upload: Upload) -> tuple[Portfolio, RawSource]:
    """An upload as a portfolio, and its text, read once. Raises SourceError, SettingsError."""
    def check(progress: Progress) -> tuple[Portfolio, RawSource]:
        sheets, notices = _read(upload)
        progress(0.0, "Which table is which …")
        raw = read_sheets(upload.name, kind_of(upload.files), sheets, notices, upload.settings,
                          _size(upload))
        portfolio = validate(raw, lambda done, name: progress(
            0.2 + 0.8 * done, f"Checking every row of {name.replace('_', ' ')} …"))
        with refused(upload.name):
            check_pairs(count_pairs(portfolio))
        return portfolio, raw

    return _cached(content_key(upload), upload, check)


def content_key(upload: Upload) -> str:
    """What the portfolio of an upload depends on: its files, its name and how they are read."""
    return f"{upload.files_key}\n{upload.name}\n{to_toml(upload.settings)}"


def _read(upload: Upload) -> tuple[list[Sheet], list[pd.DataFrame]]:
    def read_files(progress: Progress) -> tuple[list[Sheet], list[pd.DataFrame]]:
        sheets, notices = sheets_in(
            upload.files, lambda done, name: progress(done, f"Reading {name} …"), read_confined)
        with refused(upload.name):
            check_sheets([sheet.table.frame for sheet in sheets], _size(upload))
        return sheets, notices

    return _cached(upload.files_key, upload, read_files)


def _size(upload: Upload) -> int:
    return sum(map(len, upload.files.values()))


def _cached(key: str, upload: Upload, make: Callable[[Progress], T]) -> T:
    """The cached result for an upload, made with a progress bar where the upload is large.

    Streamlit's own cache would not do: a function that it caches may not draw a bar.
    """
    result = _cache().get(key, lambda: _make(upload, make))
    if isinstance(result, SourceError | SettingsError):
        raise result
    return result  # type: ignore[return-value]


def _make(upload: Upload, make: Callable[[Progress], T]) -> T | SourceError | SettingsError:
    large = _size(upload) > _BAR_FROM
    bar = st.progress(0.0, "Reading …") if large else None
    try:
        return make(bar.progress if bar else lambda done, text: None)
    except (SourceError, SettingsError) as error:
        return error
    finally:
        if bar:
            bar.empty()


@st.cache_resource(show_spinner=False)
def _cache() -> Results:
    return Results(_MOST_CACHED, _MOST_BYTES)
