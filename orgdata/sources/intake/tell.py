"""What is told of a sheet once it is read: what was found, what each column is taken for, and what
is not read."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow.compute as pc

from orgdata import formats
from orgdata.model.intake import SPREADSHEET, Column, Found
from orgdata.model.portfolio import Export
from orgdata.model.problems import problems
from orgdata.sources.intake.asked import Asked, column_key
from orgdata.sources.intake.build import Build
from orgdata.sources.intake.part import Part
from orgdata.tabular.cells import text

ELSEWHERE = "named nowhere else"  # why somebody on a list of people is not read
_CALLED = {"outcome": ("company goal", "company goals"), "product": ("product", "products"),
           "person": ("person", "people")}


def tell(build: Build, part: Part, records: pd.DataFrame, used: pd.Series,
         left_out: Mapping[int, str]) -> None:
    """Say what was found in a sheet, what each column is taken for, and what was left out."""
    asked = build.asked
    count = int((used != "").sum())
    more = sum(reason == ELSEWHERE for reason in left_out.values())
    if count and (what := _in_words(build, part, count, more)):
        asked.found.append(Found(part.origin, what, count))
    by_reason: dict[str, list[int]] = {}
    for row, reason in left_out.items():
        by_reason.setdefault(reason, []).append(row)
    for reason, rows in by_reason.items():
        asked.leave_out(part.origin, formats.count(len(rows), "row") if len(rows) > 1 else
                        f"row {rows[0]}", reason, len(rows))
    meant = {column: meaning for meaning, columns in sorted(
        part.meanings.items(), key=lambda one: "." not in one[0]) for column in columns}
    meant |= dict.fromkeys((column for column, _ in part.months), "current")
    meant |= dict.fromkeys(part.targets, "target")
    meant |= dict.fromkeys(part.marks, "outcome" if part.main == "product" else "product")
    for name in records.columns:
        distinct = pc.unique(text(records[name].head(1_000)).drop_null())
        examples = tuple(distinct[:3].to_pylist())
        asked.columns.append(Column(part.origin, str(name), examples,
                                    meant.get(name, "").rpartition(".")[2],
                                    column_key(part.sheet, str(name))))


def _in_words(build: Build, part: Part, rows: int, more: int) -> str:
    """What was found in a sheet: “25 products”, “14 objectives with 60 key results”; of people whom
    others name “21 of 400 people”, with how many `more` there are."""
    if more:
        return f"{rows:,} of {rows + more:,} people"
    if part.main not in ("objective", "key_result"):
        return formats.count(rows, *_CALLED[part.main])
    objectives, key_results = (sum(len(piece.frame) for name, piece in build.pieces
                                   if name == table and piece.origin == part.origin)
                               for table in ("objectives", "key_results"))
    return " with ".join(filter(None, (
        formats.count(objectives, "objective") if objectives else "",
        formats.count(key_results, "key result") if key_results else "")))


def unread(exports: Sequence[Export], asked: Asked) -> list[pd.DataFrame]:
    """One problem for the columns of each sheet that nothing reads."""
    result = []
    for export in exports:
        names = [column.name for column in asked.columns
                 if column.sheet == export.origin and not (column.meaning or column.withheld)]
        if names:
            result.append(problems(
                "information", "unknown_column", SPREADSHEET,
                "kept with the records, but nothing reads "
                f"{formats.count(len(names), 'column')}: {formats.listed(names, most=9)}",
                origin=export.origin))
    return result
