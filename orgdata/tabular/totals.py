"""Total rows: rows that add up others instead of standing for something (METHOD section 1).

Some are told by their words alone; others that begin or end with such a word are totals if their
numbers show it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.fields import Table
from orgdata.tabular.cells import Mask
from orgdata.tabular.select import TOLERANCE

_ALONE = ("total", "grand total", "subtotal", "gesamt", "summe", "totale")
_WITHOUT_ID = ("sum", "all", "legend")  # products may be called so, if they have an id of their own
_WORDS = (*_ALONE, *_WITHOUT_ID)
_MAY_HOLD = "total|gesamt|summe|sum|all|legend"
_BYTES = _MAY_HOLD.encode().split(b"|")
_TOLERANCE = 0.005  # of the sum: numbers that are shown are rounded


@dataclass(frozen=True)
class Called:
    """A row that is called a total: in which column, and what else has to show that it is one."""

    column: str
    by_words: bool
    may_copy: bool  # it is one too if it repeats the only row above it


def called_totals(table: Table, texts: dict[str, pa.Array]) -> dict[int, Called]:
    """The rows of a table that are called a total, by position."""
    if len(table.key) > 1:
        return {}  # rows of links have no name
    found: dict[int, Called] = {}
    key = table.key[0]
    for column in [name for name in ("name", "title", key) if name in texts]:
        for at in _hits(texts[column]):
            cells = {name: texts[name][at].as_py() for name in ("name", "title", key)
                     if name in texts}
            called = _called(column, cells, key)
            if called and (at not in found or called.by_words > found[at].by_words):
                found[at] = called
    return dict(sorted(found.items()))


def _hits(texts: pa.Array) -> list[int]:
    """Where a text may hold one of the words; almost nowhere. To look for them in all bytes at once
    takes a tenth of the time of looking into each cell."""
    content = bytes(texts.buffers()[2] or b"")
    if content.isascii() and not any(map(content.lower().__contains__, _BYTES)):
        return []
    hits = pc.match_substring_regex(texts, _MAY_HOLD, ignore_case=True)
    positions: list[int] = np.flatnonzero(np.asarray(pc.fill_null(hits, False))).tolist()
    return positions


def _called(column: str, cells: dict[str, str | None], key: str) -> Called | None:
    words = re.findall(r"[^\W_]+", (cells[column] or "").casefold())
    ends = {words[0], words[-1], *map(" ".join, (words[:2], words[-2:]))} if words else set()
    if not ends & {*_WORDS}:
        return None
    name = cells.get("name") or cells.get("title")
    own_id = bool(cells[key] and name) and str(cells[key]).casefold() != str(name).casefold()
    plain = " ".join(words)
    return Called(column, plain in _ALONE or (plain in _WITHOUT_ID and not own_id),
                  bool(ends & {*_ALONE}))


def totals(called: dict[int, Called], numbers: Sequence[npt.NDArray[np.float64]],
           length: int) -> list[int]:
    """The positions of those rows that are totals, given the columns of numbers of the table."""
    values = np.column_stack([*numbers, np.full(length, np.nan)])
    filled = ~np.isnan(values)
    counted = np.stack([np.where(filled, values, 0), filled, np.ones(values.shape)])  # per row
    plain = np.ones(length, dtype=bool)
    plain[list(called)] = False
    before = np.cumsum(counted * plain[:, None], axis=1)  # sums, how many, and how many rows
    last_plain = np.maximum.accumulate(np.where(plain, np.arange(length), -1))
    nothing = np.zeros_like(before[:, 0])
    no_totals, until_total, last = nothing, nothing, -1
    found = []
    for at, row in called.items():
        above = no_totals + (before[:, at - 1] if at else nothing)
        since = above - until_total
        adds_up = (values[at] != 0) & np.any([
            (part[1] > 1) & _close(part[0], values[at]) for part in (above, since)], axis=0)
        only = max(last, int(last_plain[at - 1])) if at and since[2, 0] == 1 else at
        copies = row.may_copy and only < at and filled[at].any() and (
            _close(values[only], values[at]) | ~filled[at]).all()
        if row.by_words or adds_up.any() or copies:
            found.append(at)
            until_total = above
        else:
            no_totals, last = no_totals + counted[:, at], at
    return found


def _close(sums: npt.NDArray[np.float64], numbers: npt.NDArray[np.float64]) -> Mask:
    """Whether numbers are these sums; unknown ones are not."""
    return np.asarray(np.abs(sums - numbers) <= _TOLERANCE * np.abs(sums) + TOLERANCE)
