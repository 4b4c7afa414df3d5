"""The command `corrections`: what was corrected here, to be carried to the source."""

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from orgdata import formats
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError, SourceOptions
from orgdata.cli.terminal import print_exactly, print_lines
from orgdata.cli.writing import write_file
from orgdata.edits import apply
from orgdata.edits.carry import CHANGES, TableChanges, listed, to_carry
from orgdata.model.schema import TABLES
from orgdata.sources import RawSource, is_url, read_source
from orgdata.sources.sql import changes as sql
from orgdata.sources.text.delimited import NotDelimitedText
from orgdata.sources.text.rewrite import rewritten
from orgdata.store import Store, source_key
from orgdata.tabular.columns import match_columns
from orgdata.tabular.csv_safe import escape_formulas

_SUFFIXES = (".csv", ".tsv", ".txt")


def corrections(source_options: SourceOptions, store: str | None, out: Path | None, as_sql: bool,
                as_patch: bool) -> int:
    """Write or print what a store's corrections change that the source does not say yet."""
    if sum((out is not None, as_sql, as_patch)) != 1:
        raise CommandError("one of --out DIR, --sql and --patch is needed")
    if out and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CommandError(f"{out} exists and is no empty folder; nothing was written")
    with Store.open(store_url(store)) as opened:
        edits = opened.edits(source_key(source_options.source))
    raw = read_source(source_options.source, source_options.settings)
    changes = to_carry(edits, apply(raw, edits))
    if as_sql:
        print_lines(*_statements(source_options, raw, changes))
        return 0
    files, left = _files(source_options, raw, changes)
    if as_patch:
        if left:
            raise CommandError(left[0])
        for name, (before, after) in files.items():
            print_exactly(_patch(name, before, after))
        return 0
    assert out is not None
    out.mkdir(parents=True, exist_ok=True)
    for name, (_, after) in files.items():
        write_file(out / name, after)
    write_file(out / "CHANGES.csv", _changes_csv(changes))
    print_lines(*(f"written: {out / name}" for name in [*files, "CHANGES.csv"]),
                *(f"only in CHANGES.csv: {why}" for why in left),
                formats.count(len(listed(changes)), "change"))
    return 0


def _names(raw: RawSource, table: str) -> Mapping[str, str]:
    """What the source calls each of our columns."""
    found = raw.tables.get(table)
    chosen = {} if found is None else match_columns(
        TABLES[table], list(found.frame.columns), raw.settings.columns.get(table, {}))[0]
    return {field.name: chosen.get(field.name, field.name) for field in TABLES[table].fields}


def _files(source_options: SourceOptions, raw: RawSource, changes: Mapping[str, TableChanges],
           ) -> tuple[dict[str, tuple[bytes, bytes]], list[str]]:
    """The files of CSV that change, before and after, and what cannot be written into a file."""
    files: dict[str, tuple[bytes, bytes]] = {}
    left = []
    for table, change in changes.items():
        found, names = raw.tables.get(table), _names(raw, table)
        name = found.origin if found is not None else f"{table}.csv"
        source = source_options.source
        path = Path(source) / name if isinstance(source, str) and Path(source).is_dir() else None
        if path is None or (found is not None and not (
                found.origins is None and path.is_file() and name.lower().endswith(_SUFFIXES))):
            left.append(f"{name} is no CSV file of the source")
            continue
        before = path.read_bytes() if found is not None else ",".join(dict.fromkeys(
            column for row in change.added.values() for column in row)).encode() + b"\n"
        try:
            files[name] = (before if found is not None else b""), rewritten(
                before, {row: {names[column]: after for column, (_, after) in cells.items()}
                         for row, cells in change.cells.items()},
                {row: {names[column]: text for column, text in cells.items()}
                 for row, cells in change.added.items()}, change.ended)
        except NotDelimitedText as error:
            left.append(f"{name}: {error}")
    return files, left


def _statements(source_options: SourceOptions, raw: RawSource,
                changes: Mapping[str, TableChanges]) -> Iterator[str]:
    source = source_options.source
    is_database = isinstance(source, str) and is_url(source)
    dialect = sql.dialect_of(source if isinstance(source, str) else raw.name)
    for table, change in changes.items():
        found, names = raw.tables.get(table), _names(raw, table)
        if found is not None and is_database and not found.place:
            yield f"-- {table} is read by a query of the settings: change what that reads"
            continue
        theirs = found.place if found is not None and found.place else table

        def named(cells: Mapping[str, str], names: Mapping[str, str] = names) -> dict[str, str]:
            return {names[column]: text for column, text in cells.items()}

        for row, cells in change.cells.items():
            yield sql.update(dialect, theirs, named(change.keys[row]),
                             named({column: before for column, (before, _) in cells.items()}),
                             named({column: after for column, (_, after) in cells.items()}))
        for cells_added in change.added.values():
            yield sql.insert(dialect, theirs, named(cells_added))
        for row in sorted(change.ended):
            yield sql.delete(dialect, theirs, named(change.keys[row]))


def _patch(name: str, before: bytes, after: bytes) -> str:
    """A unified diff of one file, as git reads it: a line ends with a line feed and nothing else.
    Raises CommandError where the file is not in UTF-8."""
    try:
        old, new = (io.StringIO(text.decode(), newline="\n").readlines()
                    for text in (before, after))
    except UnicodeDecodeError:
        raise CommandError(f"{name} is not written in UTF-8, as a patch is; --out writes "
                           "it") from None
    lines = list(difflib.unified_diff(old, new, f"a/{name}" if before else "/dev/null",
                                      f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
                   for line in lines)


def _changes_csv(changes: Mapping[str, TableChanges]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CHANGES)
    writer.writerows(escape_formulas(row) for row in listed(changes))
    return out.getvalue().encode("utf-8-sig")
