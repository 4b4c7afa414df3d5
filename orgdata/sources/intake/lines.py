"""Several key results in one cell, a line for each, with their values in the lines of other cells
(FORMATS section 3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from orgdata.sources.intake.part import Part
from orgdata.sources.vendors.records import map_distinct

_MARK = re.compile(r"\A\s*(?:[-–—•◦▪*·→]|"
                   r"(?:kr|key result)?\s?#?\d{1,2}(?:\.\d{1,2}){0,2}\s?[.):–-]|"
                   r"[a-h]\)|kr\s?#?\d{1,2}(?:\.\d{1,2})?)\s*", re.IGNORECASE)
_VALUES = ("baseline", "target", "current", "progress", "unit", "weight", "confidence", "updated",
           "due", "start", "status", "owner", "key_result.owner", "key_result.status", "note")
_OF_ONE = frozenset(["baseline", "target", "current", "progress", "unit", "weight"])
_MOST = 12  # key results in a cell


def by_lines(part: Part) -> Iterator[Part]:
    """A list of goals as it is; of one with several key results in its cells first what it tells of
    objectives, then the first key result of each row, the second and so on."""
    column = part.column("key_result")
    if column is None or "objective" not in part or part.main != "key_result" or not (
            part.frame[column].str.contains("\n", regex=False).any()):
        yield part
        return
    raw = part.frame[column]
    beside = {name: part.frame[name].map(lambda cell: cell.split("\n"))
              for meaning in _VALUES for name in part.meanings.get(meaning, ())}
    several = pd.Series([_are_several(cell, rest) for cell, *rest in zip(
        raw, *beside.values(), strict=True)], raw.index, dtype="bool")
    if several.any():  # in such a list each row tells of an objective
        several |= raw.str.startswith("• ")
    else:
        yield replace(part, frame=part.frame.assign(**{column: map_distinct(raw, one_line)}))
        return
    titles = raw.map(_lines).where(several, "")  # each part has all rows, those of others blank
    objective = str(part.column("objective"))
    yield replace(part, main="objective", months=(), targets=(), meanings={
        meaning: names for meaning, names in part.meanings.items()
        if meaning not in ("key_result", *_OF_ONE)}, frame=part.frame.assign(
            **{objective: part.frame[objective].where(several, "")}))
    single = map_distinct(raw.mask(several, ""), lambda cell: one_line(
        _MARK.sub("", cell, count=1)))
    yield replace(part, frame=part.frame.assign(**{column: single}))
    for at in range(min(_MOST, int(titles.map(len).max()))):
        own = {name: pd.Series([lines[at].strip() if at < len(of) == len(lines) and (
            len(of) > 1 or name == column) else "" for lines, of in zip(
                cells, titles, strict=True)], raw.index, dtype="str")
            for name, cells in [(column, titles), *beside.items()]}
        yield replace(part, frame=part.frame.assign(**own), months=(), targets=())


def one_line(cell: str) -> str:
    """A title that is written in several lines as one."""
    return " ".join(cell.split()) if "\n" in cell else cell


def _lines(cell: str) -> list[str]:
    """The lines of a cell that are not blank, without the marks of a list."""
    lines = [line for line in cell.split("\n") if line.strip()]
    return [_MARK.sub("", line, count=1).strip() for line in lines]


def _are_several(cell: str, beside: Sequence[Sequence[str]]) -> bool:
    """Whether the lines of a cell are a key result each: all bear the mark of a list, or another
    cell of the row has as many lines."""
    lines = [line for line in cell.split("\n") if line.strip()]
    return len(lines) > 1 and (all(map(_MARK.match, lines)) or any(
        len(other) == len(lines) for other in beside))
