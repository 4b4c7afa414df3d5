"""Cells of a sheet made plain before they are read: days, relations, titles in several lines
(FORMATS section 4)."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pyarrow.compute as pc

from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.lines import one_line
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.periods import day_of
from orgdata.sources.vendors.notion import titles
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular.cells import text
from orgdata.tabular.dates import period_day

_DAYS = frozenset(["updated", "start", "due", "done_on", "opened"])
_KANJI = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_END_OF = re.compile(r"(?:by )?(?:the )?(?:end(?: of)?|ende|fin(?: de)?|fine|fim de|"
                     r"final(?:es)? de|eind(?:e)?(?: van)?)\s+(\S.*\d)$", re.IGNORECASE)
_LONGEST = 60  # characters of a day that are looked at
_OF_TEN = re.compile(r"(?<=\d) ?/ ?10$")


def with_days(frame: pd.DataFrame, headers: Mapping[str, Header]) -> pd.DataFrame:
    """The records with days as 2026-11-03 where they are written as 2026年11月3日, and with a
    confidence of 7/10 as 7."""
    return frame.assign(
        **{name: map_distinct(frame[name], _end if "due" in header.meanings else _day)
           for name, header in headers.items() if _DAYS & {*header.meanings}},
        **{name: map_distinct(frame[name], lambda cell: _OF_TEN.sub("", cell))
           for name, header in headers.items() if "confidence" in header.meanings})


def _day(cell: str) -> str:
    found = _KANJI.match(cell.strip())
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else cell


def _end(cell: str) -> str:
    """The last day of a period that ends with a word for its end: "end of Nov 2026", "fine
    dicembre 2026"; of another cell the day it has."""
    found = _END_OF.match(cell.strip()[:_LONGEST])
    ended = day_of("last", found[1]) if found else ""
    is_period = found and (ended != found[1] or period_day(ended, "last", 1))
    return ended if is_period else _day(cell)


def without_addresses(frame: pd.DataFrame) -> pd.DataFrame:
    """The records without the addresses of pages behind the titles that a cell names, as Notion
    writes relations: "Grow (https://…), Keep (https://…)"; titles in a column of several each in a
    line of a list."""
    linked = [name for name in frame if pc.any(pc.match_substring_regex(
        text(frame[name]), r"\(https?://")).as_py()]
    return frame.assign(**{name: _as_list(frame[name]) for name in linked})


def _as_list(column: pd.Series) -> pd.Series:
    """The titles of each cell of relations, in lines of their own."""
    named = {str(cell): titles(cell) if "(http" in cell else [cell] for cell in column.unique()}
    mark = "• " if any(len(several) > 1 for several in named.values()) else ""
    lines = {cell: "\n".join(mark + title for title in several if title)
             for cell, several in named.items()}
    return column.map(lines).astype("str")


def in_one_line(part: Part) -> Part:
    """The records with their titles in one line; those of key results may be several."""
    titles = [column for meaning in {part.main, "objective"} - {"key_result"}
              if (column := part.column(meaning)) is not None]
    broken = [name for name in titles
              if part.frame[name].str.contains("\n", regex=False).any()]
    return replace(part, frame=part.frame.assign(**{
        name: map_distinct(part.frame[name], one_line) for name in broken})) if broken else part
