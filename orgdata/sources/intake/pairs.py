"""Columns of two things in one cell, "31% → 45%" below "Baseline → Target", as two columns (FORMATS
section 3)."""

import re
from collections.abc import Callable, Sequence

import pandas as pd

from orgdata.model.words import normalise_word
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.targets import FROM_TO
from orgdata.sources.intake.values import NOS, YESES
from orgdata.sources.vendors.records import counted

_AMOUNTS = frozenset(["baseline", "target", "current"])
_NAMED = frozenset(["product", "objective", "key_result", "outcome"])
_BESIDE = frozenset(["product_manager", "owner", "area", "team", "strategic_role", "stage"])
_SIGNS = re.compile(r"\s{0,3}(?:→|->|=>|➔|➜|⇒|/|\||\b(?:vs\.?|(?:of|to|von|auf|sur|de)\b))\s{0,3}",
                    re.IGNORECASE)
_INSIDE = re.compile(r"(.{1,200}?)\s?[(\[]([^()\[\]]{1,100})[)\]]\s*")
_MOST = 0.6  # share of the cells that must be two
_LONGEST = 300
Halves = tuple[str, str] | None


def with_pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """A sheet in which each column of two things is two columns, called as its header says."""
    columns: dict[str, pd.Series] = {}
    for name in map(str, frame.columns):
        halves = _halves(frame, name)
        if halves and not {*halves} & {*frame.columns, *columns}:
            columns |= halves
        if not halves or _AMOUNTS & {read_header(one).meanings[0] for one in halves}:
            columns[name] = frame[name]
    return frame if [*columns] == [*frame.columns] else pd.DataFrame(columns, frame.index)


def _halves(frame: pd.DataFrame, name: str) -> dict[str, pd.Series]:
    """The two columns that a column is; none where its header or its cells are not two."""
    header = name[:_LONGEST]
    inside = _INSIDE.fullmatch(header)
    for bare in (inside[2] if inside else "", header):
        parts = [part for part in _SIGNS.split(bare) if part]
        meant = [read_header(part).meanings[:1] for part in parts]
        if len(parts) == 2 and all(one and one[0] in _AMOUNTS for one in meant) and (
                meant[0] != meant[1]):
            return _split(frame[name], parts, _between)
    if inside and read_header(inside[1]).meanings[:1] and read_header(inside[2]).meanings[:1] and (
            read_header(inside[1]).meanings[0] in _NAMED
            and read_header(inside[2]).meanings[0] in _BESIDE):
        return _split(frame[name], [inside[1], inside[2]], _within)
    return {}


def _between(cell: str) -> Halves:
    """Two amounts with a sign between them."""
    told = FROM_TO.fullmatch(cell[:_LONGEST].strip())
    parts = [part.strip() for part in told.groups() if part] if told else [
        part for part in _SIGNS.split(cell[:_LONGEST].strip()) if part]
    two = len(parts) == 2 and all(any(map(str.isdecimal, part)) or normalise_word(
        part) in YESES | NOS for part in parts)
    return (parts[0], parts[1]) if two else None


def _within(cell: str) -> Halves:
    """A name with something in parentheses behind it."""
    found = _INSIDE.fullmatch(cell[:_LONGEST].strip())
    return (found[1], found[2]) if found else None


def _split(column: pd.Series, names: Sequence[str], halves: Callable[[str], Halves]) -> dict[
        str, pd.Series]:
    """The halves of cells under these names, what is not two under the first where that is a name;
    none where too few cells are two."""
    cells = {cell: (halves(cell), count) for cell, count in counted(column).items()}
    two = sum(count for found, count in cells.values() if found)
    if not two or two < _MOST * sum(count for _, count in cells.values()):
        return {}
    alone = halves is _within
    return {name.strip(): column.map({
        cell: found[at] if found else cell if alone and not at else ""
        for cell, (found, _) in cells.items()}).fillna("").astype("str")
        for at, name in enumerate(names)}
