"""How much of an uploaded file is read, and why that much.

The limits protect a page that anybody can open from a file that is larger than it looks. A folder
of CSV files or a database is the operator's own and has no limits: 13 million check-ins must load.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.problems import problems
from orgdata.sources.raw import RawTable

FILE = 200 << 20  # bytes; four times the largest export seen, and a browser's patience
UNPACKED = 500 << 20  # bytes of a zip or workbook, all entries together
ENTRIES = 1_000  # files in a zip; a workbook of 250 sheets with notes and pictures has fewer
RATIO = 200  # unpacked to packed; text of real tables packs to a twentieth at the very best …
RATIO_FROM = 10 << 20  # … but a small file may repeat one character
ROWS = 2_000_000  # twice what a workbook's sheet can hold
COLUMNS = 1_000  # an export with key results side by side has 200
CELLS = 20_000_000  # of all sheets of a workbook; a lone cell in a far corner counts what it spans
CELL = 32_767  # characters, as in Excel; more is often a quotation mark that was never closed


class TooLarge(ValueError):
    """More than a limit allows; the message says in one line how much is allowed."""


@dataclass
class Allowance:
    """How much one uploaded file may still unpack, whatever is nested in it."""

    most: int = UNPACKED  # bytes
    cells: int = CELLS

    def __post_init__(self) -> None:
        self.left = self.most

    def unpack(self, size: int) -> None:
        """Count bytes that were unpacked. Raises TooLarge."""
        self.left -= size
        if self.left < 0:
            raise TooLarge(f"it unpacks to more than {format_bytes(self.most)}, the most that is "
                           "read")

    def span(self, rows: int, columns: int) -> None:
        """Count the cells a sheet spans. Raises TooLarge."""
        check_size(rows, columns)
        if rows * columns > self.cells:
            raise TooLarge(f"its cells span more than {CELLS:,}, the most that is read")
        self.cells -= rows * columns


def check_size(rows: int, columns: int) -> None:
    """Raises TooLarge for more rows or columns than are read."""
    if rows > ROWS:
        raise TooLarge(f"it has {rows:,} rows; at most {ROWS:,} are read")
    if columns > COLUMNS:
        raise TooLarge(f"it has {columns:,} columns; at most {COLUMNS:,} are read")


def long_cells(sheet: RawTable, table: str) -> pd.DataFrame:
    """A note on each column with cells longer than a workbook's can be; they are kept."""
    first_long = []
    for name in sheet.frame.columns:
        lengths = pc.utf8_length(pa.array(sheet.frame[name], type=pa.string()))
        too_long = np.flatnonzero(np.asarray(pc.greater(lengths, CELL)))
        first_long += [(name, int(sheet.frame.index[at]), lengths[at].as_py())
                       for at in too_long[:1]]
    return pd.concat([problems(
        "information", "bad_value", table, f"the cell holds {length:,} characters, more than the "
        f"{CELL:,} of a workbook; it was kept whole", origin=sheet.origin, rows=[row], column=name)
        for name, row, length in first_long]) if first_long else problems(
            "information", "bad_value", table, "", rows=[])


def format_bytes(size: int) -> str:
    """A number of bytes in words: "500 MB"."""
    return f"{size >> 20:,} MB" if size >= 1 << 20 else f"{size:,} bytes"
