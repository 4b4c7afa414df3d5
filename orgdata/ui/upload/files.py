"""Reading files that were handed over: once, with a bar for as long as it takes."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import streamlit as st

from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError, to_toml
from orgdata.sources import SourceError, kind_of, read_sheets, sheets_in
from orgdata.sources.sheets import Sheet
from orgdata.upload.files import Upload
from orgdata.validate import validate

T = TypeVar("T")
Progress = Callable[[float, str], object]  # how much is done, 0–1, and what is being done
_BAR_FROM = 2_000_000  # bytes: less is read before a bar could be seen
_MOST_HELD = 6


def sheets_of(handed: Upload) -> list[Sheet]:
    """The sheets of files, read once. Raises SourceError where there is none."""
    return _read(handed)[0]


def portfolio_of(handed: Upload) -> Portfolio:
    """Handed files as a portfolio, read once. Raises SourceError, SettingsError."""
    sheets, noticed = _read(handed)

    def checked(progress: Progress) -> Portfolio:
        progress(0.0, "Which table is which …")
        raw = read_sheets(handed.name, kind_of(handed.files), sheets, noticed, handed.settings)
        return validate(raw, lambda done, name: progress(
            0.2 + 0.8 * done, f"Checking every row of {name.replace('_', ' ')} …"))

    return _once(f"{handed.files_key}\n{handed.name}\n{to_toml(handed.settings)}", handed, checked)


def _read(handed: Upload) -> tuple[list[Sheet], list[pd.DataFrame]]:
    return _once(handed.files_key, handed, lambda progress: sheets_in(
        handed.files, lambda done, name: progress(done, f"Reading {name} …")))


def _once(key: str, handed: Upload, make: Callable[[Progress], T]) -> T:
    """What was made of files, made once for all sessions; of large ones with a bar. What Streamlit
    caches itself may not draw one."""
    held = _held()
    if key not in held:
        held[key] = _made(handed, make)
        while len(held) > _MOST_HELD:
            held.pop(next(iter(held)), None)
    found = held[key]
    if isinstance(found, SourceError | SettingsError):
        raise found
    return found  # type: ignore[return-value]


def _made(handed: Upload, make: Callable[[Progress], T]) -> T | SourceError | SettingsError:
    large = sum(map(len, handed.files.values())) > _BAR_FROM
    bar = st.progress(0.0, "Reading …") if large else None
    try:
        return make(bar.progress if bar else lambda done, said: None)
    except (SourceError, SettingsError) as error:
        return error
    finally:
        if bar:
            bar.empty()


@st.cache_resource(show_spinner=False)
def _held() -> dict[str, object]:
    return {}
