"""Edits on the command line: what a change would do."""

from pathlib import Path

from orgdata import formats
from orgdata.changes import Changes, compare
from orgdata.changes.record import record
from orgdata.changes.sentences import sentences
from orgdata.cli.arguments import CommandError, OutputFormat, SourceOptions
from orgdata.cli.terminal import print_json, print_lines
from orgdata.edits import EditedCell, EditError, read_asked
from orgdata.evaluation import evaluate
from orgdata.load import WhatIf
from orgdata.views.edited import Names, said, state
from orgdata.views.rewording import of_evaluation, saying

_LARGEST = 16 << 20  # bytes of a file of edits


def what_if(source_options: SourceOptions, file: Path, output_format: OutputFormat) -> int:
    """Print what edits would change, as `diff` prints what changed."""
    if file.stat().st_size > _LARGEST:
        raise CommandError(f"{file}: at most {_LARGEST >> 20} MB of edits are read")
    try:
        both = source_options.load_both(read_asked(file.read_text("utf-8-sig")))
    except UnicodeDecodeError:
        raise CommandError(f"{file}: it is no text in UTF-8") from None
    except EditError as error:
        raise CommandError(f"{file}: {error}") from None
    before, after = (evaluate(portfolio, both.day) for portfolio in (both.before, both.after))
    changes = compare(before.alignment, before.gaps, after.alignment, after.gaps,
                      (before.method, after.method))
    if output_format == "json":
        cells: list[list[dict[str, str | None]]] = [[] for _ in both.edits]
        for cell in both.cells:
            cells[cell.edit].append(_cell(cell))
        print_json(record(changes) | {"edits": [
            edit.record | {"cells": of_edit}
            for edit, of_edit in zip(both.edits, cells, strict=True)]})
        return 0
    with saying(of_evaluation(after)):
        _print(changes, both)
    return 0


def _print(changes: Changes, both: WhatIf) -> None:
    names = Names(both.before)
    texts = [said(edit, names) for edit in both.edits]
    print_lines(*sentences(changes), "", *(f"- {text}" for text in texts),
                *(f"- waits: {texts[cell.edit]} It {state(cell)}" for cell in both.cells
                  if cell.state != "pending"), "",
                f"{formats.count(len(both.edits), 'edit')}, measured on {formats.day(both.day)}; "
                "rules that need history are not evaluated")


def _cell(cell: EditedCell) -> dict[str, str | None]:
    return {"column": cell.column or None, "state": cell.state, "source": cell.source}
