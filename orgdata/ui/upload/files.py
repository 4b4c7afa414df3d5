"""Files as they were handed over, and reading them: once, with a bar for as long as it takes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import normalise_name
from orgdata.model.settings import Settings, SettingsError, to_toml
from orgdata.sources import SourceError, kind_of, read_sheets, sheets_in
from orgdata.sources.sheets import Sheet
from orgdata.validate import validate

T = TypeVar("T")
Progress = Callable[[float, str], object]  # how much is done, 0–1, and what is being done
_BAR_FROM = 2_000_000  # bytes: less is read before a bar could be seen
_MOST_HELD = 6


@dataclass(frozen=True)
class Upload:
    """Files as they were handed over, and how they are read."""

    files: Mapping[str, bytes]
    settings: Settings
    at: datetime
    title: str = ""  # the name under which they are kept

    @property
    def name(self) -> str:
        """What they are called as a source."""
        return self.title or formats.listed(list(self.files))

    @cached_property
    def files_key(self) -> str:
        """What identifies the files, by name and content."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


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


def together(base: Upload, news: Upload, replacing: bool) -> Upload:
    """News of what is kept: its files and those handed over now, in this order. `replacing`: a
    file of the same columns takes the place of the one that was kept."""
    heads = {_columns(news, name) for name in news.files} if replacing else set()
    files = {name: content for name, content in base.files.items()
             if not replacing or (name not in news.files and _columns(base, name) not in heads)}
    for name, content in news.files.items():
        if content not in files.values():  # the same file again says nothing new
            files[free_name(name, files)] = content
    return replace(news, files=files, settings=base.settings, title=base.title)


def free_name(name: str, files: Mapping[str, bytes]) -> str:
    """A name for one more file beside these: its own, else with a number after it, so that it is
    still taken for the same table."""
    number = 2
    while name in files:
        name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
    return name


def _columns(handed: Upload, file: str) -> tuple[tuple[str, ...], ...]:
    """The columns of the sheets of one file."""
    try:
        sheets = sheets_of(replace(handed, files={file: handed.files[file]}))
    except SourceError:
        return ((file,),)
    return tuple(tuple(map(normalise_name, sheet.table.frame.columns)) for sheet in sheets)


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
