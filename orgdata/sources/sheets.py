"""Read an uploaded file into its sheets of text, each with a name.

A CSV file is one sheet; a workbook and a zip hold several. The kind of a file is recognised by its
content; its name only names the sheet.
"""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.model.problems import join_problems, problems
from orgdata.model.settings import FILE_NAME
from orgdata.sources import limits
from orgdata.sources.excel.workbook import BOOK, read_workbook
from orgdata.sources.limits import Allowance, TooLarge, format_bytes
from orgdata.sources.raw import RawTable, SourceError
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.zipped import SIGNATURES, BadZip, Entries, is_by_product, leads_outside
from orgdata.tabular.csv_safe import unescape_formulas

_NOT_LOADED = "; it is not loaded"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also of new files with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN_FORMATS = {  # an entry of a zip → the format that it shows
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
    "mimetype": "an OpenDocument file (.ods); save it as .xlsx or as CSV",
    "Index/Document.iwa": "an Apple Numbers document; export it as .xlsx or as CSV",
    "[Content_Types].xml": "an Office document, but no Excel workbook",
}


class UnreadableFile(SourceError):
    """A file without a table; the message says in one line what the file is."""


@dataclass(frozen=True)
class Sheet:
    """One table of text, and the name by which it is matched to one of ours."""

    name: str
    table: RawTable


SheetsAndProblems = tuple[list[Sheet], list[pd.DataFrame]]


def sheets_of(name: str, content: bytes, alone: bool = False) -> SheetsAndProblems:
    """The sheets of one file, at least one, and the problems of reading it. Raises UnreadableFile.

    `alone` says that it is the only file, so that its name need not precede each sheet's.
    """
    if len(content) > limits.FILE:
        raise UnreadableFile(f"the file has {format_bytes(len(content))}; at most "
                             f"{format_bytes(limits.FILE)} are read")
    sheets, noticed = _sheets_of(name, "" if alone else name, content,
                                 Allowance(size=len(content)))
    if not sheets:
        reasons = [message.removesuffix(_NOT_LOADED) for frame in noticed
                   for message in frame["message"]]
        raise UnreadableFile("; ".join(reasons[:3]) or f"the {file_kind(content)} holds nothing")
    return [replace(sheet, table=unescaped(sheet.table)) for sheet in sheets], noticed


def unescaped(table: RawTable) -> RawTable:
    """A table without the signs that keep its texts from being formulas."""
    frame = unescape_formulas(table.frame)
    hidden = frozenset(new for old, new in zip(table.frame, frame, strict=True)
                       if old in table.hidden)
    return replace(table, frame=frame, hidden=hidden)


def settings_in(name: str, content: bytes) -> bytes | None:
    """The content of a settings file: of this file, or of one in this zip, of that no more than a
    megabyte, which is too long already; None if there is none or the zip cannot be read."""
    if PurePosixPath(name).name == FILE_NAME:
        return content
    if not content.startswith(SIGNATURES) or len(content) > limits.FILE:
        return None
    try:
        entries = Entries(content, Allowance())
        return next((next(entries.pieces(entry), b"") for entry in entries.names  # enough of it
                     if PurePosixPath(entry).name == FILE_NAME and not leads_outside(entry)), None)
    except (BadZip, TooLarge):
        return None


def file_kind(content: bytes) -> str:
    """What kind of source a file is, by its content: CSV file, Excel workbook or zip archive."""
    if not content.startswith(SIGNATURES):
        return "csv file"
    try:
        return "excel workbook" if BOOK in _names(Entries(content, Allowance())) else "zip archive"
    except BadZip:
        return "zip archive"


def _sheets_of(name: str, place: str, content: bytes, allowed: Allowance,
               packed: bool = False) -> SheetsAndProblems:
    """The sheets of a file; `place` precedes their names, `packed` is true inside a zip."""
    if content.startswith(_OLD_OFFICE):
        raise UnreadableFile("this is a workbook with a password; save it without one"
                             if _ENCRYPTED in content else "this is an old Excel workbook (.xls) "
                             "or another old Office file; save it as .xlsx")
    try:
        if not content.startswith(SIGNATURES):
            stem = PurePosixPath(name).stem
            table = read_delimited(content, normalise_name(stem), place or name, allowed)
            return [_within_limits(stem, table)], []
        entries = Entries(content, allowed)
        if BOOK in _names(entries):
            sheets, noticed = read_workbook(entries, content, place and f"{place}, sheet ", allowed)
            return [_within_limits(*sheet) for sheet in sheets], noticed
        for file, format_name in _FOREIGN_FORMATS.items():
            if file in entries.names:
                raise UnreadableFile(f"this is {format_name}")
        if packed:
            raise UnreadableFile("this is a zip inside a zip; unpack it first")
        return _zipped(place, entries, allowed)
    except (NotDelimitedText, BadZip, TooLarge) as error:
        raise UnreadableFile(str(error)) from None


def _zipped(place: str, entries: Entries, allowed: Allowance) -> SheetsAndProblems:
    """The sheets of each file in a zip; a file that cannot be read is reported and skipped."""
    sheets, noticed = [], []
    for entry in entries.names:
        origin = f"{place}, {entry}" if place else entry
        try:
            if leads_outside(entry):
                raise UnreadableFile("its name leads out of the zip")
            if not is_by_product(entry) and PurePosixPath(entry).name != FILE_NAME:
                more, remarks = _sheets_of(entry, origin, entries.read(entry), allowed, True)
                sheets += more
                noticed += remarks
        except (UnreadableFile, BadZip, TooLarge) as error:
            noticed.append(problems("error", "unreadable", entry, f"{error}{_NOT_LOADED}",
                                    origin=origin))
    return sheets, noticed


def _names(entries: Entries) -> set[str]:
    return {name.lower() for name in entries.names}


def _within_limits(name: str, table: RawTable) -> Sheet:
    """The sheet if it is within the limits, with a note on cells that are very long."""
    limits.check_size(*table.frame.shape)
    limits.check_names(table.frame.columns)
    noticed = join_problems([table.problems, limits.long_cells(table, normalise_name(name))])
    return Sheet(name, replace(table, problems=noticed))
