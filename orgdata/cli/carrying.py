"""The command `corrections`: what was corrected here, to be carried to the source."""

import csv
import difflib
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from orgdata import formats
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError, SourceOptions
from orgdata.cli.corrected_files import corrected_files
from orgdata.cli.terminal import print_exactly, print_lines
from orgdata.cli.writing import write_file
from orgdata.edits.carry import CHANGES, TableChanges, listed, to_carry
from orgdata.edits.write_back import as_rows, plan
from orgdata.model.write_back import OF_ENVIRONMENT, WriteBack
from orgdata.sources import RawSource, is_url, read_source
from orgdata.sources.sql import changes as sql
from orgdata.sources.sql.writing import NotWritten, write
from orgdata.store import Store, source_key
from orgdata.tabular.csv_safe import escape_formulas


def corrections(source_options: SourceOptions, store: str | None, out: Path | None, as_sql: bool,
                as_patch: bool, to_database: bool) -> int:
    """Write or print what a store's corrections change that the source does not say yet."""
    if sum((out is not None, as_sql, as_patch, to_database)) != 1:
        raise CommandError("one of --out DIR, --sql, --patch and --write is needed")
    if out and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CommandError(f"{out} exists and is no empty folder; nothing was written")
    with Store.open(store_url(store)) as opened:
        edits = opened.edits(source_key(source_options.source))
    raw = read_source(source_options.source, source_options.settings)
    changes = to_carry(raw, edits)
    if as_sql:
        print_lines(*_statements(source_options, raw, changes))
        return 0
    if to_database:
        return _write(source_options, raw, changes)
    files, left = corrected_files(source_options, raw, changes)
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


def _statements(source_options: SourceOptions, raw: RawSource,
                changes: Mapping[str, TableChanges]) -> Iterator[str]:
    source = source_options.source
    is_database = isinstance(source, str) and is_url(source)
    dialect = sql.dialect_of(source if isinstance(source, str) else raw.name)
    for table, change in changes.items():
        found = raw.tables.get(table)
        if found is not None and is_database and not found.place:
            yield f"-- {table} is read by a query of the settings: change what that reads"
        else:
            for _, row in as_rows(table, change, found, raw.columns_of(table)):
                yield sql.as_text(dialect, row)


def _write(source_options: SourceOptions, raw: RawSource,
           changes: Mapping[str, TableChanges]) -> int:
    """Write to the database of the settings what they let be written; the rest is listed."""
    source, allowed = source_options.source, raw.settings.write_back
    if not isinstance(source, str) or not is_url(source):
        raise CommandError(f"{raw.name} is no database; --out writes corrected files, --sql "
                           "statements")
    if allowed is None:
        raise CommandError("nothing may be written: the settings have no [write_back], which names "
                           "a URL to write to, tables and columns")
    planned = plan(raw, changes, allowed)
    if planned.rows:
        try:
            place = write(_url(allowed), planned.rows)
        except (ValueError, NotWritten) as error:
            raise CommandError(str(error)) from None
        print_lines(f"written to {place}: {formats.count(planned.changes, 'change')}")
    else:
        print_lines("nothing to write")
    print_lines(*(f"left: {line}" for line in planned.left))
    return 0


def _url(allowed: WriteBack) -> str:
    """The URL to write to. Raises ValueError where its variable is not set."""
    if not allowed.url.startswith(OF_ENVIRONMENT):
        return allowed.url
    name = allowed.url.removeprefix(OF_ENVIRONMENT)
    if not (url := os.environ.get(name)):
        raise ValueError(f"nothing was written: {name}, which write_back.url names, is not set")
    return url


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
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)  # a spreadsheet may part cells at “;”
    writer.writerow(CHANGES)
    writer.writerows(escape_formulas(row) for row in listed(changes))
    return out.getvalue().encode("utf-8-sig")
