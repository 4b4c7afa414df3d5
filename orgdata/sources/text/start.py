"""Where a table begins in a delimited text: its delimiter, and its header below what people put
above it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orgdata.sources.text.headers import HEADER_SEARCH_ROWS, known_header_row
from orgdata.sources.text.odd_headers import Header, find_header

DELIMITERS = ",;\t|"
START = 65_536  # bytes in which the header is searched
_BLANK_LINES = re.compile(rb"(?:[ ,;\t|]*(?:\r\n|\r|\n))*")
_SEPARATOR_LINE = re.compile(rb'"?sep=([,;\t|])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
Records = tuple[list[list[str]], list[int]]  # the first ones, and the position after each


@dataclass(frozen=True)
class Start:
    """A text from its header on, the delimiter between its cells, the rows above the header, and
    how that was found. A header of its own making stands in the text where it is not one row."""

    text: bytes  # in UTF-8
    delimiter: str
    header: Header
    above: Sequence[Sequence[str]] = ()
    unwrapped: bool = False  # whether each record stood inside one pair of quotation marks

    @property
    def first(self) -> int:
        """The number in the file of the last row of the header, the first row being 1."""
        return self.header.last + 1


def from_header(text: bytes) -> Start:
    """Cut a text (in UTF-8) at its header. Blank lines at the top do not count as rows, and neither
    does the `sep=;` that Excel writes there."""
    text = _skip_blank_lines(text, 0)
    unwrapped = _unwrapped(text)
    text = text if unwrapped is None else unwrapped
    if separator := _SEPARATOR_LINE.match(text):
        text, delimiters = _skip_blank_lines(text, separator.end()), separator[1].decode()
    else:
        best = delimiter_of(_start(text))
        delimiters = best + DELIMITERS.replace(best, "")
    parsed = {delimiter: _first_records(text, delimiter) for delimiter in delimiters}
    for delimiter, (records, ends) in parsed.items():
        if (at := known_header_row(records)) is not None:
            return _below(text, delimiter, Header(at), (records, ends), unwrapped is not None)
    first = delimiters[0]
    if parsed[first][0] and len(parsed[first][0][0]) == 1:  # a title does not show the delimiter
        first = max(delimiters, key=lambda delimiter: _common_width_count(parsed[delimiter][0]))
    header = find_header(parsed[first][0])
    return _below(text, first if header.above or header.names else delimiters[0], header,
                  parsed[first], unwrapped is not None)


def _below(text: bytes, delimiter: str, header: Header, records: Records,
           unwrapped: bool) -> Start:
    rows, ends = records
    cut = header.above + header.height if header.names else header.above
    below = text[ends[cut - 1]:] if cut else text
    if header.names:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter).writerow(header.names)
        below = line.getvalue().encode() + below
    return Start(below, delimiter, header, rows[:header.above], unwrapped)


def _skip_blank_lines(text: bytes, place: int) -> bytes:
    """The text from a position on, without blank lines at its start; not copied if it is whole."""
    blank = _BLANK_LINES.match(text, place)
    return text[blank.end() if blank else place:]


def _start(text: bytes) -> str:
    return text[:START].decode("utf-8", "ignore")  # the last character may be cut in two


def delimiter_of(text: str) -> str:
    """The delimiter that splits the first record into the most cells; a comma when in doubt.

    A delimiter that splits quoted cells, so that quotation marks remain in them, comes last.
    """
    def fit(delimiter: str) -> tuple[bool, int]:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return not any('"' in cell for cell in header), len(header)

    return max(DELIMITERS, key=fit)


def _first_records(text: bytes, delimiter: str) -> Records:
    """The first records and the position after each, without a last one that may be cut off."""
    start = _start(text)
    read = end = 0

    def lines() -> Iterator[str]:
        nonlocal read, end
        for line in io.StringIO(start, newline=""):
            read += len(line)
            end += len(line.encode())
            yield line

    records: list[list[str]] = []
    ends: list[int] = []
    for record in csv.reader(lines(), delimiter=delimiter):
        if len(records) == HEADER_SEARCH_ROWS or (read == len(start) and len(text) > START):
            break
        records.append(record)
        ends.append(end)
    return records, ends


def _common_width_count(records: Sequence[Sequence[str]]) -> int:
    """How many records below the first have the most common width; 0 if that width is 1."""
    widths = Counter(len(record) for record in records[1:] if any(map(str.strip, record)))
    width, often = widths.most_common(1)[0] if widths else (1, 0)
    return often if width > 1 else 0


# -- records inside quotation marks ----------------------------------------------------------------

def _unwrapped(text: bytes) -> bytes | None:
    """A text in which every record is one quoted cell that holds a delimited line, without these
    quotation marks; None for any other text."""
    if not text.startswith(b'"'):
        return None
    records, ends = _first_records(text, ",")
    places = pairwise([0, *ends])
    lines = [record[0] for record in records if record]
    if len(lines) < 2 or any(len(record) > 1 for record in records) or not all(
            written.startswith(b'"') and written.endswith(b'"')
            for start, end in places if (written := text[start:end].strip())):
        return None
    if not any(_splits(lines, delimiter) for delimiter in DELIMITERS):
        return None
    whole = csv.reader(io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline=""))
    return "\n".join(record[0] if len(record) == 1 else _line(record)
                     for record in whole).encode()


def _splits(lines: Sequence[str], delimiter: str) -> bool:
    """Whether a delimiter parts all lines into as many cells, none of the first after a blank, as
    in "Last, First"."""
    parsed = [list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter))
              for line in lines]
    header = parsed[0][0] if parsed[0] else []
    return len(header) > 1 and not any(cell.startswith(" ") for cell in header) and all(
        len(records) == 1 and len(records[0]) == len(header) for records in parsed)


def _line(record: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(record)
    return line.getvalue()
