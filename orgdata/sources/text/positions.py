"""Where the rows and cells of a delimited file stand in it, as an editor counts."""

from collections.abc import Mapping
from itertools import accumulate

from orgdata.model.fields import normalise_name
from orgdata.sources.text.delimited import as_utf8
from orgdata.sources.text.rewrite import cells_of, read_cell, records_of
from orgdata.sources.text.start import from_header


class Positions:
    """The line and column, from 1 up, of rows by their number and of their cells. Raises
    NotDelimitedText for what is no such file.

    Where the header was found in another form than it stands there, lines are as far as known.
    """

    def __init__(self, content: bytes) -> None:
        text = as_utf8(content)
        start = from_header(text)
        self._first = start.first
        self._delimiter = start.delimiter
        self._records = records_of(start.text.decode(), start.delimiter)
        self._exact = bool(self._records) and not (start.unwrapped or start.header.names)
        above = text[:len(text) - len(start.text)].count(b"\n") if self._exact else 0
        self._lines = list(accumulate((record.count("\n") for record in self._records),
                                      initial=above + 1))
        self._columns = self._named()

    def _named(self) -> Mapping[str, int]:
        if not self._exact:
            return {}
        columns: dict[str, int] = {}
        for at, name in enumerate(cells_of(self._records[0].rstrip("\r\n"), self._delimiter)):
            columns.setdefault(normalise_name(read_cell(name)), at)
        return columns

    def of(self, row: int | None, column: str = "") -> tuple[int, int]:
        """Line and column of a row's cell under a header; of the row where it has none such, and of
        the header where no row is named."""
        at = 0 if row is None else row - self._first
        if not self._exact or not 0 <= at < len(self._records):
            return max(1, row or 1), 1
        record, place = self._records[at], self._columns.get(normalise_name(column))
        cells = [] if place is None else cells_of(record.rstrip("\r\n"), self._delimiter)
        if place is None or place >= len(cells):
            return self._lines[at], 1
        before = "".join(f"{cell}{self._delimiter}" for cell in cells[:place])
        return self._lines[at] + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1
