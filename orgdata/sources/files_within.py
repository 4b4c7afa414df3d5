"""The files of tables that a source is made of, one by one, also those in a zip."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from orgdata.sources.excel.workbook import BOOK
from orgdata.sources.limits import Allowance
from orgdata.sources.several import PACKED, SUFFIXES, content_of, listed
from orgdata.sources.zipped import SIGNATURES, Entries, is_by_product, leads_outside


@dataclass(frozen=True)
class File:
    """A text or workbook with tables: a file, or one in a zip."""

    path: Path  # on disk
    entry: str  # its name in the zip; "" of a file
    place: str  # by which the origin of a table names it; "" of a workbook that is the only file
    is_workbook: bool

    @cached_property
    def content(self) -> bytes:
        """What is in it."""
        content = self.path.read_bytes()
        return Entries(content, Allowance(size=len(content))).read(self.entry) if (
            self.entry) else content

    def sheet_of(self, origin: str) -> str | None:
        """The sheet that a table of this origin was read from, "" for a text; None where it is of
        another file."""
        if not self.is_workbook:
            return "" if origin == self.place else None
        prefix = self.place and f"{self.place}, sheet "
        return origin.removeprefix(prefix) if origin.startswith(prefix) else None


def files_within(source: str | tuple[str, ...]) -> list[File]:
    """The files of a source that is no database. Raises SourceError, OSError, BadZip or
    TooLarge."""
    paths = [Path(one) for one in ((source,) if isinstance(source, str) else source)]
    if paths[0].is_dir():
        files = listed(paths[0])
        paths = [path for path in files if path.suffix.lower() in SUFFIXES + PACKED]
    return [file for path in paths for file in _files(path, alone=len(paths) == 1)]


def _files(path: Path, alone: bool) -> Iterator[File]:
    with path.open("rb") as file:
        packed = file.read(4).startswith(SIGNATURES)
    if not packed:
        yield File(path, "", path.name, False)
        return
    content = content_of(path)
    allowed = Allowance(size=len(content))
    entries = Entries(content, allowed)
    if BOOK in entries.names:
        yield File(path, "", "" if alone else path.name, True)
        return
    for name in entries.names:
        if leads_outside(name) or is_by_product(name):
            continue
        inner = entries.read(name)
        packed = inner.startswith(SIGNATURES)
        if not packed or BOOK in Entries(inner, allowed).names:
            yield File(path, name, name if alone else f"{path.name}, {name}", packed)
