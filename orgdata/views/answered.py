"""What a form shows of what is answered in it, and what says something else by the time that it is
answered (METHOD section 7)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from orgdata import formats
from orgdata.edits import Edit
from orgdata.edits.answers import ANSWERS
from orgdata.edits.places import Row, as_written, is_answer
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES

Said = Mapping[Row, Mapping[str, str]]  # the rows that may be answered → their cells in words
_CALLED = {"what": "what is expected"}


def said_of(portfolio: Portfolio, objects: Mapping[str, str]) -> Said:
    """What the links and expectations of some objects say, beside what was answered on them."""
    found: dict[Row, Mapping[str, str]] = {}
    for table, own in ANSWERS.items():
        named = [column for column in TABLES[table].key if column in objects]
        rows = portfolio[table]
        for column in named:
            rows = rows[rows[column] == objects[column]]
        for _, row in rows.iterrows() if named else ():
            key = {column: str(row[column]) for column in TABLES[table].key}
            found[as_written(Edit(table, "set", key, {}))] = {
                column: _words(row[column]) for column in TABLES[table].by_name
                if column not in own}
    return found


def changed(edits: Sequence[Edit], before: Said, now: Said) -> list[str]:
    """What rows that are answered by edits say otherwise now than before, in words."""
    return [sentence for edit in edits if is_answer(edit)
            for sentence in _otherwise(before.get(as_written(edit)), now.get(as_written(edit)))]


def _otherwise(was: Mapping[str, str] | None, says: Mapping[str, str] | None) -> list[str]:
    """What one row says otherwise; None where it is not there."""
    if was is None or says is None:
        once, by_now = ("was not", "is") if was is None else ("was", "is not")
        return [] if was is says else [f"What you answer {once} in your files when this form was "
                                       f"opened, and {by_now} now"]
    return [f"{formats.sentence_case(_CALLED.get(column) or labels.column(column))} was "
            f"{_quoted(was[column])} when this form was opened, and is {_quoted(text)} now"
            for column, text in says.items() if text != was[column]]


def _words(value: object) -> str:
    if pd.isna(value):
        return ""
    return formats.day(value) if isinstance(value, pd.Timestamp) else str(value)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "blank"
