"""The command `format`: the tables of a folder in a canonical form, so that a change is a line."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from orgdata import formats
from orgdata.cli.arguments import CommandError
from orgdata.cli.terminal import print_lines
from orgdata.cli.writing import write_file
from orgdata.load import portfolio_of
from orgdata.model.fields import normalise_name
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.settings import FILE_NAME
from orgdata.sources import RawSource, read_source
from orgdata.sources.csv_folder import KIND
from orgdata.sources.several import listed
from orgdata.sources.text.canonical import canonical
from orgdata.sources.text.delimited import NotDelimitedText


def format_folder(folder: Path, settings: str | None) -> int:
    """Write the tables of a folder of CSV files in canonical form and say what changed. Before
    anything is written, all of it has to be readable, and to be read as the same portfolio."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder of CSV files")
    raw = read_source(str(folder), settings)
    if raw.recognised_as != KIND:
        raise CommandError(f"{folder} is not read as a folder of CSV files but as "
                           f"{raw.recognised_as}; nothing was written")
    files = _files(folder, raw)
    before = {path: path.read_bytes() for path in files}
    after = {path: _canonical(path, raw, table) for path, table in files.items()}
    changed = {path: content for path, content in after.items() if content != before[path]}
    if changed:
        _check_the_same(folder, settings, raw, changed)
    for path, content in changed.items():
        write_file(path, content)
        print_lines(f"written: {path} ({_what(before[path], content)})")
    left = sorted(path.name for path in listed(folder) if path not in files
                  and path.name != FILE_NAME)
    print_lines(*(f"left as it is: {name}, no table of ours" for name in left),
                f"{formats.count(len(changed), 'file')} changed, {len(files) - len(changed):,} "
                "in canonical form already")
    return 0


def _files(folder: Path, raw: RawSource) -> dict[Path, str]:
    """The files that hold one table each. Raises CommandError where a table could not be read."""
    if (unreadable := raw.problems["message"][raw.problems["code"] == "unreadable"]).any():
        raise CommandError(f"{unreadable.iloc[0]}; nothing was written")
    files: dict[Path, str] = {}
    for table, found in raw.tables.items():
        path = folder / found.origin
        names = {table, normalise_name(raw.settings.tables.get(table, table))}
        if found.origins is None and path.is_file() and normalise_name(path.stem) in names:
            files[path] = table
    return files


def _canonical(path: Path, raw: RawSource, table: str) -> bytes:
    try:
        return canonical(path.read_bytes(), TABLES[table], raw.settings.columns.get(table, {}))
    except NotDelimitedText as error:
        raise CommandError(f"{path.name}: {error}; nothing was written") from None


def _what(before: bytes, after: bytes) -> str:
    """How many lines differ, in words."""
    was, now = (set(text.split(b"\n")) for text in (before, after))
    new = len(now - was)
    return f"{formats.count(new, 'line')} changed" if new else "lines in another order"


def _check_the_same(folder: Path, settings: str | None, raw: RawSource,
                    changed: Mapping[Path, bytes]) -> None:
    """Raise CommandError where the portfolio would be read as another one."""
    with TemporaryDirectory(prefix="orgdata-format-") as name:
        copy = Path(name) / "portfolio"
        copy.mkdir()
        for path in listed(folder):
            if path in changed:
                (copy / path.name).write_bytes(changed[path])
            elif path.is_file():
                shutil.copyfile(path, copy / path.name)
        beside = folder / FILE_NAME
        if beside.is_file():
            shutil.copyfile(beside, copy / FILE_NAME)
        other = portfolio_of(read_source(str(copy), settings))
    ours = portfolio_of(raw)
    for table in TABLES:
        if not _rows(ours, table).equals(_rows(other, table)) or (
                ours.read_of(table) != other.read_of(table)):
            raise CommandError(f"{table}: it would not be read the same in canonical form; nothing "
                               "was written")


def _rows(portfolio: Portfolio, table: str) -> pd.DataFrame:
    """The accepted rows of a table in an order of their own."""
    rows = portfolio[table].drop(columns="row").astype("str")
    return rows.sort_values(list(rows.columns)).reset_index(drop=True)
