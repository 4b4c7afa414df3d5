"""Change cells of a workbook and leave all else in it as it is: sheets, formats, formulas.

The XML of the cell is replaced within its sheet. What comes of it is read again: exactly the cells
that were to change may read differently.
"""

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from python_calamine import CalamineWorkbook

from orgdata.sources.excel.parts import local_name, new_reader, parse, sheet_files
from orgdata.sources.limits import Allowance
from orgdata.sources.sheets import sheets_of
from orgdata.sources.zipped import Entries, in_zip

Cells = Mapping[int, Mapping[str, tuple[str, str]]]  # row → column's name → before, after
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DAY_0 = date(1899, 12, 30)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_CALCULATED = re.compile(rb"<((?:\w+:)?calcPr)(?![^>]*fullCalcOnLoad)")


class NotRewritten(ValueError):
    """A workbook cannot be changed so that nothing else in it is; one line on why."""


@dataclass(frozen=True)
class _Cell:
    """Where a cell stands in the XML of its sheet, and what it says of itself."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str]
    formula: bool


def rewritten(content: bytes, cells: Mapping[str, Cells]) -> tuple[bytes, list[str]]:
    """The workbook with other texts in some cells of its sheets, which are called by their names;
    and a line on each cell that is left as it is, since it is a formula. Raises NotRewritten,
    SourceError where it cannot be read, BadZip or TooLarge."""
    entries = Entries(content, Allowance(size=len(content)))
    names = {name.lower(): name for name in entries.names}
    files = sheet_files(entries.read(names[_BOOK]), entries.read(names[_LINKS]),
                        Allowance(size=len(content)))
    changed = {names[_BOOK]: _CALCULATED.sub(rb'<\1 fullCalcOnLoad="1"',
                                             entries.read(names[_BOOK]))}
    left, made = [], dict[str, dict[int, dict[str, tuple[str, str]]]]()
    for sheet, rows in cells.items():
        file, places = names[files[sheet]], _places(content, sheet, rows)
        changed[file], formulas = _sheet(entries.read(file), {
            place: (before, after) for place, (_, _, before, after) in places.items()})
        left += [f"{place} is a formula" for place in formulas]
        made[sheet] = {row: {} for row in rows}
        for row, name, before, after in (
                of for place, of in places.items() if place not in formulas):
            made[sheet][row][name] = before, after
    if not any(texts for rows in made.values() for texts in rows.values()):
        return content, left
    new = in_zip(content, changed)
    _check(content, new, made)
    return new, left


def _places(content: bytes, sheet: str, rows: Cells) -> dict[str, tuple[int, str, str, str]]:
    """Row, column, before and after of each cell by its place, such as B7. A column is the only one
    whose header says its name."""
    grid = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(
        skip_empty_area=False)
    places = {}
    for row, texts in rows.items():
        for name, text in texts.items():
            columns = {at for line in grid[:row - 1] for at, cell in enumerate(line)
                       if str(cell).strip() == name}
            if len(columns) != 1:
                raise NotRewritten(f"where its column {name} stands is not clear")
            places[f"{_letters(columns.pop())}{row}"] = row, name, *text
    return places


def _letters(column: int) -> str:
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _sheet(xml: bytes, places: Mapping[str, tuple[str, str]]) -> tuple[bytes, set[str]]:
    """The XML of a sheet with other cells at these places, and those that are formulas, which
    stay."""
    found = _cells(xml)
    edits, formulas = [], set()
    for place, (before, after) in places.items():
        cell = found.get(place) or _left_out(place, found)
        if cell.formula:
            formulas.add(place)
            continue
        edits.append((cell.start, cell.end, _column(place), _xml(cell, before, after)))
    for start, end, _, text in sorted(edits, reverse=True):
        xml = xml[:start] + text.encode() + xml[end:]
    return xml, formulas


def _left_out(place: str, found: Mapping[str, _Cell]) -> _Cell:
    """A blank cell that has no XML: where it would stand in its row, in which the key is filled."""
    row = {_column(other): cell for other, cell in found.items()
           if other.lstrip(_LETTERS) == place.lstrip(_LETTERS)}
    if not row:
        raise NotRewritten(f"{place} stands in a row that is not there")
    before = [cell for column, cell in sorted(row.items()) if column < _column(place)]
    at = before[-1].end if before else row[min(row)].start
    return _Cell(at, at, row[min(row)].tag, {"r": place}, False)


def _column(place: str) -> int:
    """The number of a place's column: A is 1."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = 26 * number + ord(letter) - 64
    return number


def _cells(xml: bytes) -> dict[str, _Cell]:
    """The cells of a sheet by their places."""
    reader, found = new_reader(), {}
    opened: list[tuple[int, str, Mapping[str, str]]] = []
    formula = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal formula
        if local_name(tag) == "c":
            opened.append((reader.CurrentByteIndex, tag, attributes))
            formula = False
        formula = formula or local_name(tag) == "f"

    def end(tag: str) -> None:
        if local_name(tag) == "c" and opened:
            begin, name, attributes = opened.pop()
            found[attributes.get("r", "")] = _Cell(
                begin, xml.index(b">", reader.CurrentByteIndex) + 1, name, attributes, formula)

    reader.StartElementHandler, reader.EndElementHandler = start, end
    parse(reader, [xml], Allowance(size=len(xml)))
    return found


def _xml(cell: _Cell, before: str, after: str) -> str:
    """A cell that says something else, of the same kind where that is possible: a number, a share
    in percent or a day stays one."""
    kept = "".join(f" {name}={quoteattr(value)}" for name, value in cell.attributes.items()
                   if name in ("r", "s"))
    tag, prefix = cell.tag, cell.tag[:-1]
    if not after:
        return f"<{tag}{kept}/>"
    if cell.attributes.get("t", "n") == "n" and (number := _number(before, after)) is not None:
        return f"<{tag}{kept}><{prefix}v>{number}</{prefix}v></{tag}>"
    return (f'<{tag}{kept} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">'
            f"{escape(after)}</{prefix}t></{prefix}is></{tag}>")


def _number(before: str, after: str) -> str | None:
    """The number that Excel keeps for a text; None where it is to be a text."""
    if before.endswith("%") and after.endswith("%") and _NUMBER.fullmatch(after[:-1]):
        return repr(round(float(after[:-1]) / 100, 15))
    with suppress(ValueError):
        if date.fromisoformat(before):
            return str((date.fromisoformat(after) - _DAY_0).days)
    is_version = not before and "." in after and after.endswith("0")  # 1.10 is not 1.1
    return after if _NUMBER.fullmatch(after) and not is_version else None


def _check(content: bytes, made: bytes, cells: Mapping[str, Cells]) -> None:
    """Raise NotRewritten unless exactly these cells read differently."""
    (old, _), (new, _) = sheets_of("", content, True), sheets_of("", made, True)
    if [sheet.name for sheet in old] != [sheet.name for sheet in new]:
        raise NotRewritten("another sheet would be read")
    for was, now in zip(old, new, strict=True):
        wanted = was.table.frame.astype("object")
        for row, texts in cells.get(was.name, {}).items():
            for column, (before, after) in texts.items():
                if not _same(str(wanted.at[row, column]), before):
                    raise NotRewritten(f"row {row} does not say what was corrected in {column}")
                found = str(now.table.frame.at[row, column])
                wanted.at[row, column] = found if _same(found, after) else after
        if not wanted.equals(now.table.frame.astype("object")):
            raise NotRewritten(f"the sheet {was.name} would say something else in other cells")


def _same(one: str, other: str) -> bool:
    with suppress(ValueError):
        return float(one) == float(other)
    return one.strip() == other.strip()
