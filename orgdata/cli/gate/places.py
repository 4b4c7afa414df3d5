"""Where a row of a table stands: in which file of the repository, in which line and column."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from orgdata.cli.gate.git import Repository
from orgdata.model.fields import normalise_name
from orgdata.model.schema import TABLES
from orgdata.sources import RawSource, Source, SourceError, is_url
from orgdata.sources.files_within import File, files_within
from orgdata.sources.limits import TooLarge
from orgdata.sources.text.delimited import NotDelimitedText
from orgdata.sources.text.positions import Positions
from orgdata.sources.zipped import BadZip


@dataclass(frozen=True)
class Place:
    """A file, as the repository or else the working folder names it, a line and a column from 1 up,
    and the row as a person counts it; None where there is none."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    row: int | None = None


class Places:
    """Finds where the rows of a source stand. Of a database there are no files."""

    def __init__(self, source: Source, raw: RawSource, repository: Repository | None) -> None:
        self._source, self._raw, self._repository = source, raw, repository
        self._positions: dict[File, Positions | None] = {}

    @cached_property
    def _files(self) -> Sequence[File]:
        if isinstance(self._source, str) and is_url(self._source):
            return ()
        with suppress(SourceError, OSError, BadZip, TooLarge):
            return files_within(self._source)
        return ()

    def of(self, table: str, row: int | None = None, column: str = "") -> Place:
        """The place of a row, and of its cell in one of our columns or of theirs; of a table
        without a row that of its header."""
        if table == "settings" and self._raw.settings.file:
            return Place(self.name(Path(self._raw.settings.file)), 1, 1)
        found = self._file(table, row)
        if found is None:
            return Place(row=row)
        file, sheet = found
        if sheet or file.is_workbook:
            return Place(self.name(file.path), row or 1, self._place_in_sheet(table, column), row)
        if file not in self._positions:
            self._positions[file] = None
            with suppress(NotDelimitedText, OSError, BadZip, TooLarge):
                self._positions[file] = Positions(file.content)
        positions = self._positions[file]
        at = positions.of(row, self._their_name(table, column)) if positions else (row or 1, 1)
        return Place(self.name(file.path), *at, row)

    def name(self, path: Path) -> str:
        """A file as the repository names it, else as the working folder does."""
        if self._repository and (within := self._repository.within(path)):
            return within
        path = path.resolve()
        here = Path.cwd()
        return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()

    def _file(self, table: str, row: int | None) -> tuple[File, str] | None:
        raw = self._raw.tables.get(table)
        if raw is None:  # a file that is none of our tables
            return next(((file, "") for file in self._files if not file.is_workbook
                         and normalise_name(file.path.stem) == normalise_name(table)), None)
        origin = raw.origin
        if raw.origins is not None and row is not None:
            origin = next((one for one, number in zip(raw.origins, raw.frame.index, strict=True)
                           if number == row), origin)
        return next(((file, sheet) for file in self._files
                     if (sheet := file.sheet_of(origin)) is not None), None)

    def _their_name(self, table: str, column: str) -> str:
        if not column or table not in TABLES or table not in self._raw.tables:
            return column
        return self._raw.columns_of(table).get(column, column)

    def _place_in_sheet(self, table: str, column: str) -> int:
        columns = list(self._raw.tables[table].frame.columns)
        name = self._their_name(table, column)
        return columns.index(name) + 1 if name in columns else 1
