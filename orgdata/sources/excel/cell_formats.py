"""What a sheet's XML tells of its cells beyond their values: how far they extend, which are shown
as percentages or with leading zeros, formulas that were never calculated, and errors.

The extent is needed before a sheet is read: the reader allocates every cell up to the last one,
and a long text as often as cells share it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from orgdata.sources.excel.parts import local_name, new_reader, parse
from orgdata.sources.limits import Allowance


@dataclass
class SheetScan:
    """What the XML tells of the cells of one sheet; places are (row, column), counted from 0."""

    rows: int = 0  # up to the last filled cell
    columns: int = 0
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # "%" or "000"
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # "#DIV/0!"


def scan_sheet(sheet: Iterable[bytes], formats: Mapping[str, str], lengths: Sequence[int],
               allowed: Allowance) -> SheetScan:
    """Scan the XML of a sheet, counting the text of its cells against what is allowed. Raises
    BadZip if it is not a sheet, and TooLarge."""
    cells = _Cells(formats, lengths, allowed)
    reader = new_reader()
    reader.StartElementHandler, reader.EndElementHandler = cells.start, cells.end
    reader.CharacterDataHandler = cells.text
    parse(reader, sheet)
    return cells.scan


class _Cells:
    """Follows the cells of a sheet through its XML."""

    def __init__(self, formats: Mapping[str, str], lengths: Sequence[int],
                 allowed: Allowance) -> None:
        self.scan = SheetScan()
        self._formats, self._lengths, self._allowed = formats, lengths, allowed
        self._at = (-1, -1)
        self._kind = self._style = ""
        self._value: list[str] | None = None  # the pieces of a cell's value while inside it
        self._formula = False

    def start(self, name: str, attrs: dict[str, str]) -> None:
        tag = local_name(name)
        if tag == "c":
            self._cell(attrs)
        elif tag in ("v", "is"):
            self._value = []
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._at = (int(attrs["r"]) - 1 if attrs.get("r", "").isdecimal()
                        else self._at[0] + 1, -1)

    def _cell(self, attrs: dict[str, str]) -> None:
        place = attrs.get("r")
        if place:
            letters = place.rstrip("0123456789")
            self._at = (int(place[len(letters):] or 0) - 1, _column(letters))
        else:
            self._at = (self._at[0], self._at[1] + 1)
        self._kind, self._style = attrs.get("t", "n"), attrs.get("s", "")
        self._value, self._formula = None, False

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value.append(data)

    def end(self, name: str) -> None:
        tag = local_name(name)
        if tag in ("v", "is") and self._value is not None:
            self._filled("".join(self._value))
            self._value = None
        elif tag == "c" and self._formula:
            self.scan.uncalculated.append(self._at)
            self._formula = False

    def _filled(self, value: str) -> None:
        self._formula = self._formula and not value and self._kind != "str"  # "" is a result
        if not value:
            return
        row, column = self._at
        if row >= self.scan.rows:
            self.scan.rows = row + 1
        if column >= self.scan.columns:
            self.scan.columns = column + 1
        if self._kind == "s":
            index = int(value) if value.isdecimal() else -1
            self._allowed.unpack(self._lengths[index] if 0 <= index < len(self._lengths) else 0)
        elif self._kind == "e":
            self.scan.errors[self._at] = value
        elif self._kind == "n" and self._style in self._formats:
            self.scan.formats[self._at] = self._formats[self._style]


@lru_cache(20_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return number - 1
