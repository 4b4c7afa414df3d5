"""METHOD section 7: a report with edits equals the report on the tables with these cells typed in."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgdata.api.answers import report
from orgdata.edits import Edit, apply
from orgdata.evaluation import evaluate
from orgdata.load import load
from orgdata.model.schema import TABLES
from orgdata.model.words import normalise_word
from orgdata.sources import read_source
from orgdata.validate import validate
from tests.reference.compare import write
from tests.reference.loading import Text
from tests.reference.portfolios import portfolio

BLOCKS, SIZE, EDITS = 4, 6, 12


def told_apart(table: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that their key tells from all others."""
    key = TABLES[table].key
    keys = [tuple(normalise_word(row.get(column, "")) for column in key) for row in rows]
    return [row for row, mine in zip(rows, keys, strict=True) if any(mine) and keys.count(mine) == 1]


def random_edit(tables: Text, r: random.Random) -> tuple[str, dict[str, str] | None, Edit] | None:
    """An edit of a random row; with the row, None for a new one."""
    table = r.choice(sorted(tables))
    if table not in TABLES:  # it is read under another name
        return None
    rows = told_apart(table, tables[table])
    if not rows:
        return None
    row, declared = r.choice(rows), TABLES[table]
    key = {column: row[column] for column in declared.key if column in row}
    operation = r.choice(["set", "set", "set", "add", "end"])
    ours = [field.name for field in declared.fields]
    if operation == "end":
        all_cells = {column: text for column, text in row.items() if column in ours}
        return table, row, Edit(table, "end", key, {}, r.choice([all_cells, None]))
    if operation == "add":
        new = {column: text for column, text in row.items() if column in ours and text.strip()}
        new[declared.key[0]] = r.choice(["new", *(one.get(declared.key[0], "") for one in rows)])
        if any(all(normalise_word(one.get(column, "")) == normalise_word(new.get(column, ""))
                   for column in declared.key) for one in tables[table]):
            return None
        return table, None, Edit.adding(table, new)
    column = r.choice([name for name in ours if name not in declared.key])
    seen = [one.get(column, "") for one in tables[table]] + ["7", "2026-10-01", "unheard of"]
    values = {column: r.choice([text for text in seen if column in row or text])}
    return table, row, Edit(table, "set", key, values, {column: row.get(column, "")})


def edited(tables: Text, seed: int) -> Iterator[Edit]:
    """Random edits, each typed into the tables by hand as it is yielded."""
    r = random.Random(seed)
    for _ in range(EDITS):
        if not (made := random_edit(tables, r)):
            continue
        table, row, edit = made
        columns = dict.fromkeys(name for one in tables[table] for name in one)
        for column in edit.row if edit.operation == "add" else edit.values:
            columns.setdefault(column)
        if edit.operation == "end":
            row.update(dict.fromkeys(row, " "))  # a blank line, so that the others keep their place
        elif edit.operation == "set":
            row.update(edit.values)
        else:
            tables[table].append(dict(edit.row))
        for one in tables[table]:  # a table has one header
            full = {name: one.get(name, "") for name in columns}
            one.clear()
            one.update(full)
        yield edit


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_report_with_edits_is_that_of_the_tables_with_the_cells_typed_in(block, tmp_path):
    changed = 0
    for seed in range(block * SIZE, (block + 1) * SIZE):
        tables, settings, day = portfolio(seed)
        before, after = tmp_path / f"{seed}-before", tmp_path / f"{seed}-after"
        write((tables, settings, day), folder(before))
        raw = read_source(str(before))
        edits = list(edited(tables, seed))
        write((tables, settings, day), folder(after))
        laid, typed = reported(validate(apply(raw, edits).raw), day), reported(load(str(after)), day)
        for part, value in typed.items():
            assert laid[part] == value, f"seed {seed}, {part}"
        changed += changed <= SIZE / 2 and laid != reported(load(str(before)), day)
    assert changed > SIZE / 2


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def reported(loaded, day):
    """The report without what reading alone says: that a column of the file has no cell."""
    evaluation = evaluate(loaded, day)
    found = report(evaluation.alignment, evaluation.gaps)
    return {**found, "source": "", "problems": [
        problem for problem in found["problems"] if "blank throughout" not in problem["message"]]}
