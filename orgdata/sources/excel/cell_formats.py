"""What a sheet's XML tells of its cells beyond their values: how far they extend, which are shown
as percentages or with leading zeros, formulas that were never calculated, errors, and which columns
are hidden.

The extent is needed before a sheet is read: the reader allocates every cell up to the last one,
and a long text as often as cells share it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_letters, digits
from xml.parsers import expat

from orgdata.sources.excel.parts import local_name, new_reader, parse
from orgdata.sources.limits import Allowance
from orgdata.sources.zipped import BadZip

_COLUMNS = 16_384  # that a sheet can have
BLANK_ROWS_FROM = 500_000  # cells of rows below the last filled one: fewer are read as they are


@dataclass
class SheetScan:
    """What the XML tells of the cells of one sheet; places are (row, column), counted from 0."""

    filled: int = 0  # cells
    rows: int = 0  # for which the reader makes room, also for blank text
    columns: int = 0
    blank: tuple[int, int] = (0, 0)  # where the rows that are left out begin and end in the XML
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # "%" or "000"
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # "#DIV/0!"
    hidden: list[tuple[int, int]] = field(default_factory=list)  # first and last of columns


def scan_sheet(sheet: Iterable[bytes], formats: Mapping[str, str], lengths: Sequence[int],
               allowed: Allowance) -> SheetScan:
    """Scan the XML of a sheet, counting the text of its cells against what is allowed. Raises
    BadZip if it is not a sheet, and TooLarge."""
    reader = new_reader()
    cells = _Cells(reader, formats, lengths, allowed)
    reader.StartElementHandler, reader.EndElementHandler = cells.start, cells.end
    reader.CharacterDataHandler = cells.text
    parse(reader, sheet, allowed)
    return cells.scan


class _Cells:
    """Follows the cells of a sheet through its XML, each to where the reader puts it.

    Only the first sheetData counts. A row stands where it says, or one below the one that was
    closed before; a cell where it says, or beside the one before it, whose row does not matter.
    """

    def __init__(self, reader: expat.XMLParserType, formats: Mapping[str, str],
                 lengths: Sequence[int], allowed: Allowance) -> None:
        self.scan = SheetScan()
        self._reader, self._formats, self._lengths = reader, formats, lengths
        self._allowed = allowed
        self._data = self._data_is_over = False
        self._cell = self._formula = False  # whether we are inside one
        self._row = self._column = self._row_of_cell = 0
        self._rows = self._columns = 0  # the room of all cells
        self._filled_rows = self._filled_columns = 0  # … up to the last row that is filled
        self._filled = False  # something in this row
        self._blank_from = -1  # the first row after that, in the XML
        self._kind = self._style = ""
        self._value: list[str] | None = None  # the pieces of a cell's value while inside it

    def start(self, name: str, attrs: dict[str, str]) -> None:
        tag = local_name(name)
        if tag == "mergeCell":
            self._allowed.merge()
        elif tag == "sheetData":
            self._data = not self._data_is_over
        elif tag == "col" and not self._data:
            self._hide(attrs)
        elif not self._data:
            return
        elif tag in ("c", "row"):
            if self._cell:
                raise BadZip("it is damaged (a cell within a cell)")
            self._start_cell(attrs) if tag == "c" else self._start_row(attrs.get("r"))
        elif tag in ("v", "is") and self._cell:
            self._value = []
            self._rows = max(self._rows, self._row_of_cell + 1)
            self._columns = max(self._columns, self._column + 1)
        elif tag == "f":
            self._formula = True

    def _hide(self, attrs: dict[str, str]) -> None:
        if attrs.get("hidden") not in ("1", "true"):
            return
        first, last = attrs.get("min", ""), attrs.get("max", "")
        if len(self.scan.hidden) == _COLUMNS or not (
                _is_column(first) and _is_column(last)):
            raise BadZip("it is damaged (what it says of hidden columns)")
        if int(first) <= int(last):
            self.scan.hidden.append((int(first) - 1, int(last) - 1))

    def _start_row(self, number: str | None) -> None:
        if number:
            self._row = _row(number.lstrip(ascii_letters))
        if self._blank_from < 0:
            self._blank_from = self._reader.CurrentByteIndex

    def _start_cell(self, attrs: dict[str, str]) -> None:
        place = attrs.get("r")
        if place:
            letters = place.rstrip(digits)
            self._row_of_cell, self._column = _row(place[len(letters):]), _column(letters)
        else:
            self._row_of_cell = self._row
        self._kind, self._style = attrs.get("t", "n"), attrs.get("s", "")
        self._value, self._formula, self._cell = None, False, True

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value.append(data)

    def end(self, name: str) -> None:
        tag = local_name(name)
        if not self._data:
            return
        if tag in ("v", "is") and self._value is not None:
            self._read("".join(self._value))
            self._value = None
        elif tag == "c":
            if self._formula:
                self.scan.uncalculated.append((self._row_of_cell, self._column))
            self._column += 1
            self._formula = self._cell = False
        elif tag == "row":
            self._end_row()
            self._row, self._column = self._row + 1, 0
        elif tag == "sheetData":
            self._end_row()
            self._end_data()

    def _end_row(self) -> None:
        if self._filled:
            self._filled_rows, self._filled_columns = self._rows, self._columns
        self._filled = False

    def _end_data(self) -> None:
        """Leave rows of blank text out where there are many, such as a formula filled down to the
        last row there is: the reader would make room for each of their cells."""
        self._data, self._data_is_over, scan = False, True, self.scan
        scan.rows, scan.columns = self._rows, self._columns
        blank = scan.rows * scan.columns - self._filled_rows * self._filled_columns
        if scan.filled and blank > BLANK_ROWS_FROM:
            scan.rows, scan.columns = self._filled_rows, self._filled_columns
            scan.blank = self._blank_from, self._reader.CurrentByteIndex

    def _read(self, value: str) -> None:
        self._formula = self._formula and not value and self._kind != "str"  # "" is a result
        if not value:
            return
        self.scan.filled += 1
        self._filled, self._blank_from = True, -1
        place = self._row_of_cell, self._column
        if self._kind == "s":
            index = int(value) if value.isdecimal() else -1
            self._allowed.write(self._lengths[index] if 0 <= index < len(self._lengths) else 0)
            return
        self._allowed.write(len(value))
        if self._kind == "e":
            self.scan.errors[place] = value
        elif self._kind == "n" and self._style in self._formats:
            self.scan.formats[place] = self._formats[self._style]


def _row(number: str) -> int:
    if not (number.isascii() and number.isdecimal() and (row := int(number))):
        raise BadZip(f"it is damaged (no row {number!r})")
    return row - 1


def _is_column(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 6


@lru_cache(20_000)
def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha()):
        raise BadZip(f"it is damaged (no column {letters!r})")
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return number - 1
