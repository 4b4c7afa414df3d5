"""Files uploaded as one source, and how newer files are merged with those that are saved."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from orgdata.sources.sheets import Sheet

KEPT = "Kept from earlier files.zip"  # rows that newer files no longer tell of


@dataclass(frozen=True)
class Upload:
    """Uploaded files, and the settings by which they are read."""

    files: Mapping[str, bytes]
    settings: Settings
    at: datetime
    title: str = ""  # the name under which they are saved
    entry: int | None = None  # the number of the entry in the store that holds them

    @property
    def name(self) -> str:
        """The name of this source: its title, else the names of its files."""
        return self.title or formats.listed(list(self.files))

    @cached_property
    def files_key(self) -> str:
        """A hash that identifies the files by name and content."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            for part in (name.encode(), content):  # with its length: none reads as two others
                digest.update(f"{len(part)}\n".encode())
                digest.update(part)
        return digest.hexdigest()


def with_newer(saved: Upload, newer: Upload, read: Callable[[Upload], Sequence[Sheet]]) -> Upload:
    """The saved files and newer ones as one upload: a file of the same name or the same columns
    takes the place of the saved one, and the others stay. What was kept of earlier files is left,
    for it has to be seen anew what the newer ones still tell of. `read` gives the sheets of files,
    or raises SourceError."""
    columns = {_columns(newer, name, read) for name in newer.files}
    files = {name: content for name, content in saved.files.items()
             if name != KEPT and name not in newer.files
             and _columns(saved, name, read) not in columns}
    for name, content in newer.files.items():
        files[free_name(name, files)] = content
    return replace(newer, files=files, title=saved.title, entry=saved.entry)


def free_name(name: str, files: Mapping[str, bytes]) -> str:
    """A name for one more file beside these: its own, else with a number after it, so that it is
    still taken for the same table."""
    number = 2
    while name in files:
        name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
    return name


def _columns(upload: Upload, file: str,
             read: Callable[[Upload], Sequence[Sheet]]) -> tuple[tuple[str, ...], ...]:
    """The columns of the sheets of one file; its name where it cannot be read."""
    try:
        sheets = read(replace(upload, files={file: upload.files[file]}))
    except SourceError:
        return ((file,),)
    return tuple(tuple(map(normalise_name, sheet.table.frame.columns)) for sheet in sheets)
