"""Which accepted rows a written reference may name (METHOD section 1, "References")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from orgdata.formats import listed
from orgdata.model.problems import QUOTED_LENGTH
from orgdata.model.schema import TABLES

MOST = 50  # parts of a cell, and rows it may name: what is longer is no list of anybody's
MOST_PARTS = 200_000  # of the distinct cells of a column, all together: splitting takes its time
SHOWN = 5  # of these in a message
CALLED = {  # what rows are called beside their ids
    "people": ("name", "email"), "outcomes": ("name",), "products": ("name",), "cycles": ("name",),
    "objectives": ("title",), "key_results": ("title",)}
_SIGNS = tuple(map(re.compile, (";", ",", r"[/&+]|(?i:\sand\s)")))  # of a list, the surest first
_SIGN = re.compile(r"[;,/&+]|(?i:\sand\s)")  # any of them


def folded(text: str) -> str:
    """A text without white space and case, as references are compared."""
    return "".join(text.split()).casefold()


@dataclass(frozen=True)
class Named:
    """What a written reference names: each of its parts with the ids of the rows that bear it."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    is_list: bool = False  # whether it was split

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The rows it stands for, in order; none unless each part is borne by exactly one."""
        known = len(self.parts) <= MOST and all(len(bearers) == 1 for _, bearers in self.parts)
        return self.may if known else ()

    @cached_property
    def may(self) -> tuple[str, ...]:
        """All rows that it may name."""
        return tuple(dict.fromkeys(
            id_ for _, bearers in self.parts for id_ in bearers))[:MOST]

    def fault(self, table: str) -> str:
        """Why it stands for no rows of a table: "names H1, H2, and H2 is not in people"."""
        unknown = [_short(part) for part, bearers in self.parts if not bearers]
        why = [f"{_short(part)} may be {' or '.join(map(_short, bearers[:SHOWN]))}"
               for part, bearers in self.parts if len(bearers) > 1][:SHOWN]
        if not self.is_list:
            return why[0]
        if unknown:
            why.append(f"{listed(unknown, SHOWN)} {'is' if len(unknown) == 1 else 'are'} not in "
                       f"{table}")
        names = ", ".join(_short(part) for part, _ in self.parts[:SHOWN])
        more = " …" if len(self.parts) > SHOWN else ""
        return f"names {names}{more}, and {' and '.join(why)}" if why else "is too long a list"


def no_such_row(table: str) -> str:
    """The fault of a cell of which nothing is known in a table."""
    return f"no such row in {table}"


def _short(name: str) -> str:
    return name if len(name) <= QUOTED_LENGTH else f"{name[:QUOTED_LENGTH]}…"


class Bearers:
    """The rows of a table by their ids, and by these and their names, titles or e-mails."""

    def __init__(self, table: str, rows: Mapping[str, pd.Series]) -> None:
        columns = [rows[TABLES[table].key[0]].tolist(), *(
            rows[name].tolist() for name in CALLED.get(table, ()) if name in rows)]
        self.ids: set[str] = set()
        self._bearers: dict[str, list[str]] = {}
        for id_, *called in zip(*columns, strict=True):
            if id_ not in self.ids:
                self.ids.add(id_)
                for word in {folded(text) for text in (id_, *called) if text == text}:
                    if len(known := self._bearers.setdefault(word, [])) < MOST:
                        known.append(id_)

    def knows(self, cells: Sequence[str]) -> bool:
        """Whether any of these cells stands for one row or several."""
        return any(one.ids for one in self.named(cells).values())

    def named(self, cells: Sequence[str]) -> dict[str, Named]:
        """What each of these distinct cells names, of those that may name any row."""
        self._left = MOST_PARTS
        read = ((cell, self._parts(cell, _SIGNS if _SIGN.search(cell) else ())) for cell in cells)
        return {cell: Named(tuple(parts), parts[0][0] != cell) for cell, parts in read
                if any(bearers for _, bearers in parts)}

    def _parts(self, cell: str,
               signs: Sequence[re.Pattern[str]]) -> list[tuple[str, tuple[str, ...]]]:
        """The cell if a row bears it, else its parts: split at the first sign that it holds, the
        unknown parts at those after it."""
        if bearers := self.bearing(cell):
            return [(cell, bearers)]
        for at, sign in enumerate(signs):
            pieces = [piece.strip() for piece in sign.split(cell, MOST)]
            if len(pieces) > 1:
                self._left -= len(pieces)
                if len(pieces) > MOST or self._left < 0:
                    break
                return [part for piece in pieces if piece
                        for part in self._parts(piece, signs[at + 1:])] or [(cell, ())]
        return [(cell, ())]

    def bearing(self, cell: str) -> tuple[str, ...]:
        """The ids of the rows that bear this text; of `Name <e-mail>` by one of both."""
        if cell in self.ids:
            return (cell,)
        found = self._bearers.get(folded(cell))
        if not found and cell.endswith(">"):
            name, _, address = cell[:-1].rpartition("<")
            found = self._bearers.get(folded(address)) or self._bearers.get(folded(name))
        return tuple(found or ())
