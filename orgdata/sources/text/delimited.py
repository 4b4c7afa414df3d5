"""Read the bytes of a delimited text file into a table of text, with exact row numbers.

Arrow reads clean files; a file with rows longer or shorter than its header is read again by the
csv module, which tells which rows they are. Both give the same cells.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from orgdata.model.fields import normalise_name
from orgdata.model.problems import join_problems, problems
from orgdata.sources.limits import COLUMNS, HEADER, Allowance, TooLarge, check_size
from orgdata.sources.raw import RawTable
from orgdata.sources.text.headers import rows_above_header
from orgdata.sources.text.odd_headers import odd_header, repeats_of_header
from orgdata.sources.text.start import DELIMITERS, Start, from_header
from orgdata.tabular import cells

_SIGNATURES = {
    b"PK\x03\x04": "a zip archive or an Excel workbook", b"\x89PNG": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)", b"GIF8": "an image (GIF)", b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
}
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
          (codecs.BOM_UTF8, "utf-8"))
_ENDS = (DELIMITERS + " \r\n").encode()
_BLOCK = 8 << 20  # bytes that one core reads at a time
csv.field_size_limit(2**31 - 1)  # a cell may hold a million characters; the default is 131,072


class NotDelimitedText(ValueError):
    """The bytes are not a delimited text file; the message says what they are."""


def as_utf8(content: bytes) -> bytes:
    """The text of a file in UTF-8, without a byte order mark. It may be written in UTF-8, UTF-16
    or Windows-1252; one in UTF-8, as most are, is not copied.

    Raises NotDelimitedText for images, archives and other binary content.
    """
    for signature, what in _SIGNATURES.items():
        if content.startswith(signature):
            raise NotDelimitedText(f"this is {what}, not a CSV file")
    text = _recoded(content)
    if b"\0" in text:
        raise NotDelimitedText("this is a binary file, not a CSV file")
    if re.match(rb"\s*<(!doctype\s+html|html)", text[:200], re.IGNORECASE):
        raise NotDelimitedText("this is an HTML page, not a CSV file")
    return text


def _recoded(content: bytes) -> bytes:
    mark, encoding = encoding_of(content)
    text = content.removeprefix(mark)
    return text if encoding == "utf-8" else text.decode(encoding).encode()


def encoding_of(content: bytes) -> tuple[bytes, str]:
    """The mark at the start of a text, blank where it has none, and the encoding of the rest."""
    mark, encoding = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    if not mark:
        for odd, other in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = content[odd:40:2].count(0)  # UTF-16 without a mark: every second byte is zero
            if 2 * zeros > len(content[odd:40:2]):
                encoding = other
                break
    for pair in ((mark, encoding), (b"", "cp1252"), (b"", "latin-1")):
        if pair[1] == "utf-8" and content.isascii():  # as most are: it is not copied
            break
        try:
            content[len(pair[0]):].decode(pair[1])
            break
        except UnicodeDecodeError:
            continue
    return pair


def read_delimited(content: bytes, table: str, origin: str,
                   allowed: Allowance | None = None) -> RawTable:
    """Read a CSV file as a table of text. `table` is our name for it, `origin` the file's name.

    Raises NotDelimitedText when the content is not such a file or has no header, and TooLarge when
    it spans more than is `allowed`; a file of the operator's own is read whatever its size.
    """
    start = from_header(as_utf8(content))
    if not start.text or start.text.isspace():
        raise NotDelimitedText("the file is empty; expected a header row")
    if allowed:
        _check_size(start.text, start.delimiter, allowed)
    first = start.first
    try:
        columns, ragged = _by_arrow(start.text, start.delimiter), []
        if allowed:
            rows = len(columns[0])
            allowed.span(rows - 1, len(columns), rows * len(columns))
    except pa.ArrowInvalid:
        columns, lengths = _by_csv(start.text, start.delimiter, first, allowed)
        ragged = _ragged(table, origin, *lengths)
    noticed = [*_how_it_starts(table, origin, start), *ragged]
    if _ends_in_quotes(start.text, columns):
        noticed.append(problems("error", "unreadable", table, "a quotation mark is opened here and "
                                "never closed; the rest of the file stands in this one cell",
                                origin=origin, rows=[len(columns[0]) + first - 1]))
    return replace(table_of(columns, first, table, origin, noticed), above=start.above)


def _how_it_starts(table: str, origin: str, start: Start) -> list[pd.DataFrame]:
    """What is said of the rows above a header, and of how it was found."""
    noticed = [*rows_above_header(table, origin, start.above),
               *odd_header(table, origin, start.header)]
    if start.unwrapped:
        noticed.append(problems("information", "layout", table, "each row stands inside one pair "
                                "of quotation marks; the cells within were read", origin=origin,
                                rows=[1]))
    return noticed


def table_of(columns: Sequence[pa.Array], first: int, table: str, origin: str,
             noticed: Sequence[pd.DataFrame], exact: Sequence[bool] = ()) -> RawTable:
    """Columns of text as a table; their first cells are the header, in row `first` of the file.
    `exact`: which of them are numbers that nobody wrote as text."""
    header = [str(column[0].as_py()) for column in columns]
    names, doubled = header_names(header)
    count = len(columns[0]) - 1 if columns else 0
    frame = pd.DataFrame({name: cells.text_array(column.slice(1)) for name, column
                          in zip(names, columns, strict=True)},
                         pd.RangeIndex(first + 1, count + first + 1), copy=False)
    twice = [problems("warning", "duplicate_header", table, (
        f"stands twice in the header; the later one is kept as {new}" for _, new in doubled),
        origin=origin, rows=[first] * len(doubled), column=[old for old, _ in doubled],
        values=(old for old, _ in doubled))]
    if (repeats := repeats_of_header(header, columns)) is not None:
        at = np.asarray(repeats)
        twice.append(problems("information", "layout", table, "the row repeats the header; it was "
                              "left out", origin=origin, rows=frame.index[at].tolist()))
        frame = frame[~at]
    filled = without_blank(frame, header)
    return RawTable(origin, filled, join_problems([*twice, *noticed]),
                    exact_columns=frozenset(compress(names, exact)),
                    header_again=repeats is not None, gaps=_gaps(names, set(filled.columns)))


def _gaps(names: Sequence[str], kept: set[str]) -> dict[str, int]:
    """The columns behind blank ones that were left out, and their places."""
    return {} if len(kept) == len(names) else {
        name: at for at, (before, name) in enumerate(pairwise(names), 1)
        if name in kept and before not in kept and names[0] in kept}


def _check_size(text: bytes, delimiter: str, allowed: Allowance) -> None:
    """Raises TooLarge for a header, or for more cells, than is read, before they are made."""
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    start = io.StringIO(lines.read(HEADER), newline="")
    header = next(csv.reader(start, delimiter=delimiter))
    if start.tell() == HEADER:
        raise TooLarge(f"its header is longer than {HEADER:,} characters, the most that is read")
    check_size(0, len(header))
    if b'"' not in text:  # between quotation marks there may be signs that end no cell
        allowed.check(text.count(delimiter.encode()) + text.count(b"\n"))


def _by_arrow(text: bytes, delimiter: str) -> list[pa.Array]:
    header = next(_records(text, delimiter))
    read = pa.csv.read_csv(
        pa.BufferReader(text),
        # by several cores room for a whole block would be made for each column, all at once
        read_options=pa.csv.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK,
                                        use_threads=len(text) > _BLOCK),
        parse_options=pa.csv.ParseOptions(  # without quotation marks all cores can look for lines
            delimiter=delimiter, newlines_in_values=b'"' in text, ignore_empty_lines=False),
        convert_options=pa.csv.ConvertOptions(
            column_types={f"f{i}": pa.large_string() for i in range(len(header))},
            strings_can_be_null=False)).columns
    return [read.pop(0).combine_chunks() for _ in range(len(read))]  # frees each column's chunks


def _records(text: bytes, delimiter: str) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    return csv.reader(lines, delimiter=delimiter)


def _by_csv(text: bytes, delimiter: str, first: int,
            allowed: Allowance | None = None) -> tuple[list[pa.Array], tuple[pd.Series, int]]:
    records = list(_records(text, delimiter))
    lengths = pd.Series([len(record) for record in records],
                        index=range(first, len(records) + first))
    width = int(lengths.max())
    if width > max(COLUMNS, len(records[0])):  # every row would be padded to that
        raise NotDelimitedText(f"row {lengths.idxmax()} has {width:,} cells, the header "
                               f"{len(records[0])}; at most {COLUMNS:,} are read")
    if allowed:
        allowed.span(len(records) - 1, width, int(lengths.sum()))
    padded = [record + [""] * (width - len(record)) for record in records]
    columns = [pa.array(cells, pa.large_string()) for cells in zip(*padded, strict=True)]
    # a blank line is a blank row, not a short one
    blank = [not any(cell.strip() for cell in record) for record in records]
    return columns, (lengths[[not b for b in blank]], len(records[0]))


def _ends_in_quotes(text: bytes, columns: list[pa.Array]) -> bool:
    """Whether the file ends inside a quoted cell: its last cell spans lines, yet no quotation mark
    ends the file."""
    last = next((cell for column in reversed(columns) if (cell := column[-1].as_py())), "")
    return ("\n" in last or "\r" in last) and not text.rstrip(_ENDS).endswith(b'"')


def _ragged(table: str, origin: str, lengths: pd.Series, width: int) -> list[pd.DataFrame]:
    noticed = []
    for length, rows in lengths.groupby(lengths):
        message = f"the row has {length} cells, the header {width}"
        if length > width:
            noticed.append(problems("warning", "extra_cells", table,
                                    f"{message}; the extra ones are kept as unknown columns",
                                    origin=origin, rows=list(rows.index)))
        elif length < width:
            noticed.append(problems("warning", "bad_value", table,
                                    f"{message}; the missing ones count as blank",
                                    origin=origin, rows=list(rows.index)))
    return noticed


def header_names(header: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Unique column names for a header, and the (old, new) names of those that were repeated."""
    names: list[str] = []
    used: set[str] = set()
    next_number: dict[str, int] = {}  # all numbers below it are in use behind that name
    doubled = []
    for position, written in enumerate(header, 1):
        name = wanted = written.strip() or f"column_{position}"
        compared = normalise_name(wanted)
        number = next_number.get(compared, 2)
        while normalise_name(name) in used:
            name, number = f"{wanted}_{number}", number + 1
        next_number[compared] = number
        if name != wanted:
            doubled.append((wanted, name))
        used.add(normalise_name(name))
        names.append(name)
    return names, doubled


def without_blank(frame: pd.DataFrame, header: list[str]) -> pd.DataFrame:
    """A frame without its blank rows and its blank columns that have no header."""
    unnamed = [name for name, written in zip(frame.columns, header, strict=True)
               if not written.strip() and not frame[name].str.strip().any()]
    frame = frame.drop(columns=unnamed) if unnamed else frame
    maybe = np.ones(len(frame), dtype=bool)
    for name in frame.columns:  # stops after the first column in almost every file
        maybe &= cells.missing(cells.text(frame[name]))
        if not maybe.any():
            return frame
    return frame[~maybe]
