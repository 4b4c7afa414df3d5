"""Tables of text → tables of a database, and what was loaded, for comparing."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from orgdata.api.answers import report
from orgdata.gaps import find_gaps
from orgdata.measures import Alignment, align
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES

TYPES = {"number": sa.Double, "date": sa.Date, "bool": sa.Boolean}
READERS = {"number": Decimal, "date": date.fromisoformat,
           "bool": lambda word: word.lower() in ("yes", "true")}


def run(url: str, *statements: str, **options: str) -> None:
    """Run statements, and commit."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, **options)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
        connection.commit()
    engine.dispose()


def fill(url: str, folder: Path, typed: bool) -> None:
    """The CSV files of a folder as tables: columns typed as declared, or all text."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    fill_rows(url, tables, typed)


def fill_rows(url: str, tables: Mapping[str, list[dict[str, str]]], typed: bool) -> None:
    """Rows of text as tables; blank cells are null."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for name, rows in tables.items():
            kinds = {f.name: f.kind for f in TABLES[name].fields} if typed else {}
            table = sa.Table(name, sa.MetaData(), *(
                sa.Column(column, TYPES.get(kinds.get(column, "text"), sa.Text)())
                for column in rows[0]))
            table.create(connection)
            connection.execute(sa.insert(table), [
                {column: _value(cell, kinds.get(column, "text")) for column, cell in row.items()}
                for row in rows])
    engine.dispose()


def _value(cell: str, kind: str) -> object:
    return None if cell == "" else READERS.get(kind, str)(cell)


def same(ours: Portfolio, csv_folder: Portfolio) -> None:
    """Table by table, row by row: the same typed tables, problems, counts and rows skipped."""
    for name in TABLES:
        pd.testing.assert_frame_equal(ours[name], csv_folder[name], obj=name)
    assert ours.counts == csv_folder.counts
    for aside in ("set_aside", "unknown_columns"):
        found, expected = getattr(ours, aside), getattr(csv_folder, aside)
        assert found.keys() == expected.keys()
        for name, rows in expected.items():
            pd.testing.assert_frame_equal(found[name], rows, obj=f"{aside} {name}")
    pd.testing.assert_frame_equal(ours.problems, _as_of_tables(csv_folder.problems))


def _as_of_tables(problems: pd.DataFrame) -> pd.DataFrame:
    return problems.assign(message=problems["message"].str.replace(
        r"^(\w+)\.csv", r"table \1", regex=True))


def reported(portfolio: Portfolio, day: date) -> dict:
    """The whole report, whatever the source is called."""
    return reported_of(align(portfolio, day))


def reported_of(alignment: Alignment) -> dict:
    """The whole report of what was measured, whatever the source is called."""
    found = report(alignment, find_gaps(alignment)) | {"source": ""}
    for problem in found["problems"]:
        problem["message"] = problem["message"].replace(".csv", "").replace("table ", "")
    return found
