"""Files that were handed over as one source, and news of what is kept already."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from orgdata import formats
from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from orgdata.sources.sheets import Sheet

Mode = Literal["replace", "update", "append"]


@dataclass(frozen=True)
class Upload:
    """Files as they were handed over, and how they are read."""

    files: Mapping[str, bytes]
    settings: Settings
    at: datetime
    title: str = ""  # the name under which they are kept

    @property
    def name(self) -> str:
        """What they are called as a source."""
        return self.title or formats.listed(list(self.files))

    @cached_property
    def files_key(self) -> str:
        """What identifies the files, by name and content."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def with_news(base: Upload, news: Upload, mode: Mode,
              read: Callable[[Upload], Sequence[Sheet]]) -> Upload:
    """What is kept and the files handed over now as one upload: first the old ones, then the new.

    replace: a file of the same name or the same columns takes the place of the one that was kept.
    update: all stay; of rows with the same key the new cells count. append: all stay; rows that
    are there already stay as they are. `read` gives the sheets of files, or raises SourceError.
    """
    files = {name: content for name, content in base.files.items() if mode != "replace"
             or name not in news.files}
    if mode == "replace":
        columns = {_columns(news, name, read) for name in news.files}
        files = {name: content for name, content in files.items()
                 if _columns(base, name, read) not in columns}
    for name, content in news.files.items():
        if content not in files.values():  # the same file again says nothing new
            files[free_name(name, files)] = content
    merge = dict.fromkeys(TABLES, mode) if mode == "append" else {}
    return replace(news, files=files, settings=replace(base.settings, merge=merge),
                   title=base.title)


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
