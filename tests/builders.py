"""Build small portfolios for tests from one line per table, through the real validation.

`loaded(products="P1 annual_spend=100 | P2 name='B C'")`: rows stand between bars; the first words
are the columns of POSITIONAL, the rest is column=value. Names and titles default to the id. Rows
are numbered as in a file: the header is row 1.
"""

import shlex
from datetime import date

import pandas as pd

from orgdata.gaps import Gaps, find_gaps
from orgdata.measures import Alignment, align
from orgdata.model.history import History
from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN, Portfolio
from orgdata.model.settings import parse_settings
from orgdata.sources.raw import RawSource, RawTable
from orgdata.validate import validate

DAY = date(2026, 11, 20)
# Day 50 of 100 on DAY, so that a linear pace expects exactly half of the way
HALFWAY = "start_date=2026-10-01 end_date=2027-01-09"
POSITIONAL = {
    "people": "person_id", "outcomes": "outcome_id", "products": "product_id",
    "assignments": "product_id person_id role", "contributions": "product_id outcome_id strength",
    "objectives": "objective_id", "key_results": "kr_id objective_id",
    "check_ins": "kr_id date value", "dependencies": "dependency_id product_id needs_product_id",
    "roadblocks": "roadblock_id opened_on", "cycles": "cycle_id start_date end_date",
    "objective_products": "objective_id product_id",
    "objective_outcomes": "objective_id outcome_id", "work": "work_id product_id done_on",
    "expectations": "expectation_id product_id partner", "ideas": "idea_id outcome_id",
    "mix_targets": "dimension bucket target_pct",
}
NAMED = {"people": "name", "outcomes": "name", "products": "name", "objectives": "title",
         "key_results": "title", "roadblocks": "what", "cycles": "name", "expectations": "what",
         "ideas": "name"}


def rows(table: str, text: str) -> list[dict[str, str]]:
    """The rows of a table from its short form, as dicts of cells."""
    return [_row(table, line) for line in text.split("|") if line.strip()]


def _row(table: str, line: str) -> dict[str, str]:
    words = shlex.split(line)
    plain = [word for word in words if "=" not in word]
    row = dict(zip(POSITIONAL[table].split(), plain, strict=False))
    row |= dict(word.split("=", 1) for word in words if "=" in word)
    if table in NAMED:
        row.setdefault(NAMED[table], plain[0])
    return row


def loaded(settings: dict[str, object] | None = None,
           **tables: str | list[dict[str, str]]) -> Portfolio:
    """A portfolio from tables in the short form, or as dicts of cells."""
    return validate(raw_source(settings, **tables))


def raw_source(settings: dict[str, object] | None = None,
               **tables: str | list[dict[str, str]]) -> RawSource:
    """The text of such a portfolio."""
    raw = {}
    for name, content in tables.items():
        cells = rows(name, content) if isinstance(content, str) else content
        frame = pd.DataFrame(cells, dtype="str").fillna("")
        frame.index = pd.RangeIndex(2, len(frame) + 2)
        raw[name] = RawTable(f"{name}.csv", frame)
    return RawSource("tiny", "test", raw, parse_settings(settings or {}))


def aligned(settings: dict[str, object] | None = None, as_of: date = DAY,
            **tables: str) -> Alignment:
    """A portfolio from tables in the short form, measured on DAY."""
    return align(loaded(settings, **tables), as_of)


def judged(settings: dict[str, object] | None = None, as_of: date = DAY,
           history: History | None = None, **tables: str) -> Gaps:
    """The gaps of a portfolio from tables in the short form, measured on DAY."""
    return find_gaps(aligned(settings, as_of, **tables), history)


def spoken(*rows: dict[str, object]) -> pd.DataFrame:
    """What rows speak of, as `Portfolio.spoken`: each with its own columns, others as in a row of
    contributions that was skipped."""
    usual = {"table": "contributions", "row": 2, "column": "product_id", "kind": "product_id",
             "cause": "set_aside", "start_lost": False, "end_lost": False, "closed": False,
             "names_other": False}
    return typed(NO_SPOKEN, [usual | row for row in rows])


def lost_cells(*rows: dict[str, object]) -> pd.DataFrame:
    """Cells that became unknown, as `Portfolio.lost_cells`; the value is “?” where none is given."""
    return typed(NO_LOST_CELLS, [{"value": "?"} | row for row in rows])


def typed(empty: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows in the columns and types of an empty frame."""
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=dtype)
                         for name, dtype in empty.dtypes.items()})


def column(rows: pd.DataFrame, key: str, name: str) -> dict[str, object]:
    """The values of a column by the values of a key column, with None for missing ones."""
    cells = rows[name].astype(object)
    return dict(zip(rows[key], cells.where(cells.notna(), None), strict=True))
