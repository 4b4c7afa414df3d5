"""Whether a sheet tells of what its headers seem to say (FORMATS section 2)."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from orgdata.sources.intake.headers import Header, read_header
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.values import Values

_TITLES = frozenset("product outcome goal objective key_result title person".split())
_TITLE_WORDS = 1.5  # of a cell on average, from which on they are titles
_NUMBERS = 0.8  # share of cells that are numbers, from which on they are no titles
_FILLED = 0.2  # share of rows that must have a title
_MOST_HEADERS, _MOST_TITLES = 40, 0.5  # titles looked at, and how many may be names of fields
_FEW, _MOST = 0.2, 0.4  # share of columns that must have a meaning, by how certain the title is


def with_titles(headers: Mapping[str, Header], values: Mapping[str, Values]) -> dict[
        str, Header]:
    """The headers, less what numbers cannot be: a name or title."""
    return {name: replace(header, meanings=()) if values[name].number > _NUMBERS
            and header.meanings[:1] and header.meanings[0] in _TITLES else header
            for name, header in headers.items()}


def names_goals(header: Header, values: Values) -> bool:
    """Whether a column of priorities holds the names of goals rather than P0 and high."""
    return (header.meanings == ("tier", "outcome") and values.words >= _TITLE_WORDS
            and values.distinct == 1)


def is_convincing(part: Part, headers: Mapping[str, Header]) -> bool:
    """Whether a sheet tells of what it seems to: the title is filled, and a good part of its
    columns, the more the vaguer the title is, describe it."""
    title = part.column(part.main) or part.column("objective")
    if title is None or _are_headers(part.frame[title]) or (
            len(part.frame.columns) == 1 and _is_prose(part.frame[title])):
        return False
    filled = (part.frame[title].str.strip() != "").mean()
    described = sum(map(len, part.meanings.values())) + sum(map(len, (
        part.months, part.targets, part.marks)))
    certain = part.main in headers[title].meanings if title in headers else True
    enough = described >= (_FEW if certain else _MOST) * (len(part.frame.columns) or 1)
    return bool(filled >= _FILLED) and enough


def _is_prose(cells: pd.Series) -> bool:
    """Whether most cells are sentences, as those of a page of instructions."""
    filled = cells[cells.str.strip() != ""]
    return bool(filled.str.contains(r"[.!?:;](?:\s+\S|\s*$)").mean() > 1 / 2)


def _are_headers(titles: pd.Series) -> bool:
    """Whether what should be titles are names of fields: budget, stage, product manager."""
    some = titles.str.strip().unique()[:_MOST_HEADERS]
    known = {meanings for cell in some if cell and (meanings := read_header(cell).meanings[:1])}
    return len(known) > 2 and len(known) >= _MOST_TITLES * len(some)
