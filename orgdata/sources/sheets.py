"""A file as people hand it over → its sheets of text, each with a name.

A CSV file is one sheet; a workbook and a zip hold several. What a file is, its content says; its
name only names the sheet.
"""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import pandas as pd

from orgdata.model.problems import problems, together
from orgdata.model.schema import normalise_name
from orgdata.model.settings import FILE_NAME
from orgdata.sources import limits
from orgdata.sources.excel.workbook import BOOK, read_workbook
from orgdata.sources.limits import Allowance, TooLarge, in_words
from orgdata.sources.raw import RawTable, SourceError
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.zipped import SIGNATURES, BadZip, Entries, is_by_product, leads_outside
from orgdata.tabular.csv_safe import unescape_formulas

_NOT_LOADED = "; it is not loaded"
_OLD = b"\xd0\xcf\x11\xe0"  # what Office wrote before 2007, and still writes around a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {  # a file in a zip that says what the zip is
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
    "mimetype": "an OpenDocument file (.ods); save it as .xlsx or as CSV",
    "Index/Document.iwa": "an Apple Numbers document; export it as .xlsx or as CSV",
    "[Content_Types].xml": "an Office document, but no Excel workbook",
}


class UnreadableFile(SourceError):
    """A file that holds no table; the message says in one line what it is."""


@dataclass(frozen=True)
class Sheet:
    """One table of text, and the name that says which of ours it may be."""

    name: str
    table: RawTable


Found = tuple[list[Sheet], list[pd.DataFrame]]


def sheets_of(name: str, content: bytes, alone: bool = False) -> Found:
    """The sheets of one file, at least one, and what was noticed. Raises UnreadableFile.

    A file that is `alone` need not be named again with each of its sheets.
    """
    if len(content) > limits.FILE:
        raise UnreadableFile(f"the file has {in_words(len(content))}; at most "
                             f"{in_words(limits.FILE)} are read")
    sheets, noticed = _sheets_of(name, "" if alone else name, content, Allowance())
    if not sheets:
        said = [message.removesuffix(_NOT_LOADED) for frame in noticed
                for message in frame["message"]]
        raise UnreadableFile("; ".join(said[:3]) or f"the {kind(content)} holds nothing")
    return [replace(sheet, table=replace(sheet.table, frame=unescape_formulas(sheet.table.frame)))
            for sheet in sheets], noticed


def settings_in(name: str, content: bytes) -> bytes | None:
    """The settings file a zip holds, or the file itself where it is one; None where there is none.
    A zip that cannot be read has none."""
    if PurePosixPath(name).name == FILE_NAME:
        return content
    if not content.startswith(SIGNATURES) or len(content) > limits.FILE:
        return None
    try:
        entries = Entries(content, Allowance())
        return next((entries.read(one) for one in entries.names
                     if PurePosixPath(one).name == FILE_NAME and not leads_outside(one)), None)
    except (BadZip, TooLarge):
        return None


def kind(content: bytes) -> str:
    """What a file is as a source."""
    if not content.startswith(SIGNATURES):
        return "csv file"
    try:
        return "excel workbook" if BOOK in _names(Entries(content, Allowance())) else "zip archive"
    except BadZip:
        return "zip archive"


def _sheets_of(name: str, place: str, content: bytes, allowed: Allowance,
               packed: bool = False) -> Found:
    """`place` is what its sheets are named after; `packed` says that the file stands in a zip."""
    if content.startswith(_OLD):
        raise UnreadableFile("this is a workbook with a password; save it without one"
                             if _ENCRYPTED in content else "this is an old Excel workbook (.xls) "
                             "or another old Office file; save it as .xlsx")
    try:
        if not content.startswith(SIGNATURES):
            stem = PurePosixPath(name).stem
            table = read_delimited(content, normalise_name(stem), place or name)
            return [_bounded(stem, table)], []
        entries = Entries(content, allowed)
        if BOOK in _names(entries):
            found, noticed = read_workbook(entries, content, place and f"{place}, sheet ", allowed)
            return [_bounded(*one) for one in found], noticed
        for file, what in _OTHERS.items():
            if file in entries.names:
                raise UnreadableFile(f"this is {what}")
        if packed:
            raise UnreadableFile("this is a zip inside a zip; unpack it first")
        return _zipped(place, entries, allowed)
    except (NotDelimitedText, BadZip, TooLarge) as error:
        raise UnreadableFile(str(error)) from None


def _zipped(place: str, entries: Entries, allowed: Allowance) -> Found:
    """The sheets of each file in a zip; one that cannot be read is a problem, not the end."""
    sheets, noticed = [], []
    for entry in entries.names:
        here = f"{place}, {entry}" if place else entry
        try:
            if leads_outside(entry):
                raise UnreadableFile("its name leads out of the zip")
            if not is_by_product(entry) and PurePosixPath(entry).name != FILE_NAME:
                found, said = _sheets_of(entry, here, entries.read(entry), allowed, True)
                sheets += found
                noticed += said
        except (UnreadableFile, BadZip, TooLarge) as error:
            noticed.append(problems("error", "unreadable", entry, f"{error}{_NOT_LOADED}",
                                    origin=here))
    return sheets, noticed


def _names(entries: Entries) -> set[str]:
    return {name.lower() for name in entries.names}


def _bounded(name: str, table: RawTable) -> Sheet:
    """A sheet no larger than is read, and a note on the cells that are very long."""
    limits.check_size(*table.frame.shape)
    noticed = together([table.problems, limits.long_cells(table, normalise_name(name))])
    return Sheet(name, replace(table, problems=noticed))
