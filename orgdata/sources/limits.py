"""How much of an uploaded file is read, and why that much.

The limits protect a page that anybody can open, and whoever was sent a file, from one that is
larger than it looks. A folder of CSV files or a database is the operator's own and has no limits:
13 million check-ins must load.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model import fields
from orgdata.model.fields import Table
from orgdata.model.problems import NO_PROBLEMS, problems, quoted
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawSource, RawTable, SourceError

FILE = 200 << 20  # bytes; four times the largest export seen, and a browser's patience
SESSION = 2 * FILE  # bytes of all files that one browser tab has uploaded and not taken out again
UNPACKED = 500 << 20  # bytes of a zip or workbook, all entries together
ENTRIES = 1_000  # files in a zip; a workbook of 250 sheets with notes and pictures has fewer
DIRECTORY = 1 << 10  # bytes for each of them in the directory of a zip: a path and its sizes
RATIO = 200  # unpacked to packed; text of real tables packs to a twentieth at the very best …
RATIO_FROM = 10 << 20  # … but a small file may repeat one character
ROWS = 2_000_000  # twice what a workbook's sheet can hold
SMALL, SMALL_ROWS = 1 << 20, 60_000  # bytes of an upload, and rows of all its tables together …
ID_COLUMNS = 6  # of a table, in which an id may stand that the settings put in place of another
SMALL_TEXT, SMALL_SHEETS = 64 << 20, 400  # bytes of all its cells; a year of days has 366 sheets
SMALL_CELLS = 1_000_000  # of a table of a database that is a file
TEXT_PER_BYTE = 20  # and more text for each byte beyond: that of real tables packs to a twentieth
BYTES_PER_ROW = 4  # … and one more row for so many bytes beyond; text of real rows packs to 7
PAIRS = 250_000  # of what rows tie to each other, of an upload however large it is
CHECK_INS = 4  # of these count as one row: nothing but a series is made of them
NAME_BYTES = 200  # a name is repeated in what is said of each row: longer ones count accordingly
COLUMNS = 1_000  # an export with key results side by side has 200
CELLS = 20_000_000  # of all tables of a file; a lone cell in a far corner counts what it spans
SPARSE = 50  # cells that a table may span for each one that is filled …
SPARSE_FROM = 2_000_000  # … but a small table may be as empty as it likes
CELL = 32_767  # characters, as in Excel; more is often a quotation mark that was never closed
LONGEST = 1_000_000  # characters of a cell: the rest of a file behind such a quotation mark
NAME = 500  # characters of a column's or sheet's name; a question of a survey has 200
HEADER = 1 << 20  # characters of a header: that many names at their longest, twice
TEXT = 200_000_000  # characters in the cells of a workbook; it may hold one text for many cells
TEXTS = 5_000_000  # texts that cells of a workbook share
TAGS, TAGS_PER_BYTE = 1_000_000, 3  # signs "<" in XML, and more for each byte; a full sheet has 1
TAG = 4 << 20  # bytes of one tag; the parser looks at an unfinished one again and again
SHEETS = 1_000  # of a workbook; a year of days has 366
MERGED = 100_000  # merged cells of a workbook
FILE_SECONDS, FILE_SECONDS_PER_MB = 2, 30  # of CPU for a database that is a file, beyond SMALL
TRIED = 64 << 20  # bytes of one that is tried first; a larger one is nobody's attachment
# What reading a file in a process of its own may cost; a workbook of 11 MB takes 6 s and 300 MB
SECONDS, SECONDS_PER_MB = 3, 2  # of CPU
MEMORY, MEMORY_PER_BYTE, MEMORY_MOST = 400 << 20, 40, 4 << 30  # bytes
AT_ONCE = 8  # files; others wait
WAIT = 60  # seconds by the clock, and four for each of CPU: the machine may be busy


class TooLarge(ValueError):
    """More than a limit allows; the message says in one line how much is allowed."""


@contextmanager
def refused(name: str) -> Iterator[None]:
    """What is too large is refused: raises SourceError with the name of the source."""
    try:
        yield
    except TooLarge as error:
        raise SourceError(f"{name}: {error}") from None


@dataclass
class Allowance:
    """How much one uploaded file may still unpack, whatever is nested in it."""

    most: int = UNPACKED  # bytes
    cells: int = CELLS
    size: int = FILE  # bytes of the file as it was uploaded

    def __post_init__(self) -> None:
        self.left = self.most
        self._text, self._merged = TEXT, MERGED
        self._tags = self._most_tags = TAGS + TAGS_PER_BYTE * self.size

    def unpack(self, size: int) -> None:
        """Count bytes that were unpacked. Raises TooLarge."""
        self.left -= size
        if self.left < 0:
            raise TooLarge(f"it unpacks to more than {format_bytes(self.most)}, the most that is "
                           "read")

    def write(self, characters: int) -> None:
        """Count the text of a cell, each time that it stands in one. Raises TooLarge."""
        check_cell(characters)
        self._text -= characters
        if self._text < 0:
            raise TooLarge(f"its cells hold more than {TEXT:,} characters, the most that is read")

    def parse(self, tags: int) -> None:
        """Count the tags of XML. Raises TooLarge."""
        self._tags -= tags
        if self._tags < 0:
            raise TooLarge(f"it is made of more than {self._most_tags:,} tags, far more than a "
                           "file of its size should be; open it and save it anew")

    def merge(self) -> None:
        """Count a merged cell. Raises TooLarge."""
        self._merged -= 1
        if self._merged < 0:
            raise TooLarge(f"it has more than {MERGED:,} merged cells, the most that is read")

    def check(self, cells: int) -> None:
        """Raises TooLarge for more cells than may still be read."""
        if cells > self.cells:
            raise TooLarge(f"its cells span more than {CELLS:,}, the most that is read")

    def span(self, rows: int, columns: int, filled: int) -> None:
        """Count the cells a table spans, of which so many are filled. Raises TooLarge."""
        check_size(rows, columns)
        self.check(rows * columns)
        if rows * columns > max(SPARSE_FROM, SPARSE * filled):
            raise TooLarge(f"its cells span {rows:,} rows and {columns:,} columns, of which only "
                           f"{filled:,} are filled; delete what stands far from the table")
        self.cells -= rows * columns


def check_size(rows: int, columns: int) -> None:
    """Raises TooLarge for more rows or columns than are read."""
    if rows > ROWS:
        raise TooLarge(f"it has {rows:,} rows; at most {ROWS:,} are read")
    if columns > COLUMNS:
        raise TooLarge(f"it has {columns:,} columns; at most {COLUMNS:,} are read")


def check_uploads(sizes: Iterable[int]) -> None:
    """Raises TooLarge for files that are more together than one browser tab may upload."""
    if (size := sum(sizes)) > SESSION:
        raise TooLarge(f"the files have {format_bytes(size)} together; at most "
                       f"{format_bytes(SESSION)} are read: take some out")


def check_sheets(sheets: Sequence[pd.DataFrame], size: int) -> None:
    """Raises TooLarge for more sheets or text than an upload of so many bytes may have: there are
    several copies of it while it is read and measured."""
    if len(sheets) > SMALL_SHEETS:
        raise TooLarge(f"it has {len(sheets):,} files and sheets; at most {SMALL_SHEETS:,} are "
                       "read together")
    text = sum(pc.sum(pc.binary_length(pa.array(sheet[name], type=pa.large_string()))).as_py() or 0
               for sheet in sheets for name in sheet)
    _check_text("its cells hold", text, size)


def check_settings(settings: Settings, rows: int, size: int) -> None:
    """Raises TooLarge for settings that put more text into so many rows than an upload may hold:
    fixed values into each, and ids in place of others."""
    each = [value for pairs in settings.fixed.values() for value in pairs.values()]
    longest = max((len(id_.encode()) for ids in settings.same.values() for id_ in ids.values()),
                  default=0)
    _check_text("its settings put in", rows * (sum(len(value.encode()) for value in each)
                                               + ID_COLUMNS * longest), size)


def _check_text(what: str, text: int, size: int) -> None:
    most = SMALL_TEXT + max(size - SMALL, 0) * TEXT_PER_BYTE
    if text > most:
        raise TooLarge(f"{what} {format_bytes(text)} of text; of an upload of "
                       f"{format_bytes(size)} at most {format_bytes(most)} are read")


def check_rows(raw: RawSource, size: int) -> None:
    """Raises TooLarge for more rows than an upload of so many bytes may have: all of them are
    measured and judged, whatever they were packed to."""
    rows = sum(len(table.frame) // (CHECK_INS if name == "check_ins" else 1)
               for name, table in raw.tables.items())
    longest = max((_repeated(table.frame, TABLES[name], raw.settings.values.get(name, {}))
                   for name, table in raw.tables.items()), default=0)
    most = most_rows(size)
    allowed = most if longest <= NAME_BYTES else most * NAME_BYTES // longest
    if rows > allowed:
        long = " with texts as long as these" if allowed < most else ""
        raise TooLarge(f"it has {rows:,} rows in all (four check-ins count as one); of an upload "
                       f"of {format_bytes(size)}{long} at most {allowed:,} are read. A folder of "
                       "CSV files and a database have no limit")


def rows_of_file(table: str, size: int) -> int:
    """How many rows of a table are read of a database that is a file of so many bytes."""
    return most_rows(size) * (CHECK_INS if table == "check_ins" else 1)


def text_of_file(size: int) -> int:
    """How many characters are read of a table of a database that is a file of so many bytes."""
    return SMALL_TEXT + max(size - SMALL, 0) * TEXT_PER_BYTE


def cells_of_file(size: int) -> int:
    """How many cells are read of a table of a database that is a file of so many bytes: one that is
    stored has a byte at least, but a column may be made for all rows at once."""
    return SMALL_CELLS + size


def seconds_of_file(size: int) -> float:
    """How many seconds of CPU reading a database may take that is a file of so many bytes."""
    return FILE_SECONDS + FILE_SECONDS_PER_MB * max(size - SMALL, 0) / (1 << 20)


def most_rows(size: int, small: int = 0) -> int:
    """How many rows an upload of so many bytes may have, where a small one may have so many."""
    return (small or SMALL_ROWS) + max(size - SMALL, 0) // BYTES_PER_ROW


def check_pairs(pairs: int, size: int = 0) -> None:
    """Raises TooLarge for more pairs of outcomes, products, goals and key results than an upload
    may have, or files of so many bytes: the outcomes of one goal times its products soon are more
    than all rows."""
    most = PAIRS + size // BYTES_PER_ROW
    if pairs > most:
        raise TooLarge(f"its rows tie outcomes, products, goals and key results to each other "
                       f"{pairs:,} times; of an upload at most {most:,} are read. A folder of CSV "
                       "files and a database have no limit")


def _repeated(frame: pd.DataFrame, table: Table, words: Mapping[str, Mapping[str, str]]) -> int:
    """The bytes of the longest text that a small table may repeat in many rows: an id, name or
    title, or a word that the settings put in place of another. What is longer is shortened."""
    longest = 0
    for field in table.fields:
        if field.kind in ("id", "text"):
            lengths = [len(word.encode()) for word in words.get(field.name, {}).values()]
            if field.longest == fields.NAME and field.name in frame:
                text = pa.array(frame[field.name], type=pa.large_string())
                lengths.append(pc.max(pc.binary_length(text)).as_py() or 0)
            longest = max(longest, min(max(lengths, default=0), 4 * field.longest))
    return longest


def check_cell(characters: int) -> None:
    """Raises TooLarge for a cell longer than is read."""
    if characters > LONGEST:
        raise TooLarge(f"a cell holds {characters:,} characters; at most {LONGEST:,} are read. "
                       "Often a quotation mark was opened and never closed")


def check_names(names: Iterable[str]) -> None:
    """Raises TooLarge for the name of a column or sheet that is longer than is read."""
    for name in names:
        if len(name) > NAME:
            raise TooLarge(f"a name of {len(name):,} characters stands where columns or sheets are "
                           f"named ({quoted(name)}); at most {NAME:,} are read")


def long_cells(sheet: RawTable, table: str) -> pd.DataFrame:
    """A note on each column with cells longer than a workbook's can be; they are kept. Raises
    TooLarge for one that is longer than is read."""
    first_long = []
    for name in sheet.frame.columns:
        text = pa.array(sheet.frame[name], type=pa.large_string())
        if text.nbytes <= CELL:
            continue  # together: there may be a thousand columns
        lengths = pc.utf8_length(text)
        check_cell(pc.max(lengths).as_py() or 0)
        too_long = np.flatnonzero(np.asarray(pc.greater(lengths, CELL)))
        first_long += [(name, int(sheet.frame.index[at]), lengths[at].as_py())
                       for at in too_long[:1]]
    return pd.concat([problems(
        "information", "bad_value", table, f"the cell holds {length:,} characters, more than the "
        f"{CELL:,} of a workbook; it was kept whole", origin=sheet.origin, rows=[row], column=name)
        for name, row, length in first_long]) if first_long else NO_PROBLEMS


def format_bytes(size: int) -> str:
    """A number of bytes in words: "500 MB"."""
    return f"{size >> 20:,} MB" if size >= 1 << 20 else f"{size:,} bytes"
