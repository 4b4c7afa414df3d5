"""A file as people hand it over → its sheets of text, each with a name.

A CSV file is one sheet; a workbook and a zip hold several. What a file is, its content says; its
name only names the sheet.
"""

from dataclasses import dataclass
from pathlib import PurePath

from orgdata.schema import normalise_name
from orgdata.sources.delimited import NotDelimitedText, read_delimited
from orgdata.sources.raw import RawTable


class UnreadableFile(ValueError):
    """A file that holds no table; the message says in one line what it is."""


@dataclass(frozen=True)
class Sheet:
    """One table of text, and the name that says which of ours it may be."""

    name: str
    table: RawTable


def sheets_of(name: str, content: bytes) -> list[Sheet]:
    """The sheets of one file, at least one. Raises UnreadableFile."""
    stem = PurePath(name).stem
    try:
        return [Sheet(stem, read_delimited(content, normalise_name(stem), name))]
    except NotDelimitedText as error:
        raise UnreadableFile(str(error)) from None
