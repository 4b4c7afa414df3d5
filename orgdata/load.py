"""Load a portfolio from a source: the entry point of the package."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pyarrow as pa

from orgdata.edits import Asked, Edit, EditedCell, apply, made
from orgdata.edits.answers import declined_again, others_confirmed
from orgdata.measures.check_ins import mondays, weekly
from orgdata.measures.pairs import count_pairs
from orgdata.model.portfolio import NAMED, NO_CORRECTED, Portfolio
from orgdata.sources import CheckInsWanted, RawSource, Source, find_settings, read_source
from orgdata.sources.limits import check_pairs, refused
from orgdata.tabular.cells import as_text
from orgdata.tabular.lookup import is_in
from orgdata.validate import accepted_key_results, validate


@dataclass(frozen=True)
class WhatIf:
    """A portfolio before and after edits, the day, the edits, and what became of their cells."""

    before: Portfolio
    after: Portfolio
    day: date
    edits: tuple[Edit, ...]
    cells: tuple[EditedCell, ...]


def load(source: Source, settings_file: str | None = None) -> Portfolio:
    """Read and validate a whole source.

    Raises SourceError (it cannot be read at all) or SettingsError (its settings cannot be used),
    both with one clear line.
    """
    return portfolio_of(read_source(source, settings_file))


def portfolio_of(raw: RawSource, edits: Sequence[Edit] = (),
                 tried: Sequence[Edit] = ()) -> Portfolio:
    """The portfolio that a source as read is, with corrections laid over it, and what is tried over
    both; files may not tie more to each other than can be measured. Raises SourceError."""
    made, every = apply(raw, edits), [*edits, *tried]
    laid = apply(made.raw, [*tried, *declined_again(every)]).raw
    portfolio = validate(others_confirmed(raw, laid, every))
    if raw.size is not None:
        with refused(raw.name):
            check_pairs(count_pairs(portfolio), raw.size)
    return replace(portfolio, corrected=_corrected(edits, made.cells)) if edits else portfolio


def _corrected(edits: Sequence[Edit], cells: Sequence[EditedCell]) -> pd.DataFrame:
    edited, columns, _, states, rows = zip(*cells, strict=True) if cells else ((),) * 5
    of = [edits[number] for number in edited]
    cells_of = [edit.row for edit in of]
    texts = {"table": [edit.table for edit in of], "column": columns, "state": states,
             **{name: [row.get(name) for row in cells_of] for name in NAMED}}
    return pd.DataFrame({name: pd.array(rows, "Int64") if name == "row" else as_text(
        pa.array(texts[name], pa.large_string())) for name in NO_CORRECTED})


def load_both(source: Source, settings_file: str | None, asked: Sequence[Edit | Asked],
              as_of: date | None, today: date) -> WhatIf:
    """Load a source as it is and with edits laid over it. Raises EditError, else as `load` does."""
    raw = read_source(source, settings_file)
    before = portfolio_of(raw)
    day = day_of(before, as_of, today)
    edits = made(raw, asked, day)
    applied = apply(raw, edits)
    return WhatIf(before, portfolio_of(raw, tried=edits), day, tuple(edits), applied.cells)


def load_for(source: Source, settings_file: str | None, as_of: date | None,
             today: date, edits: Sequence[Edit] = ()) -> tuple[Portfolio, date]:
    """Load what counts on the as-of date or later, with corrections laid over it, and return the
    portfolio and that date.

    Check-ins in a database that no measure uses from that day on may not be fetched;
    `Portfolio.not_fetched` says how many. For an earlier day, which `Portfolio.covers` denies,
    the source has to be read again. Raises as `load` does.
    """
    portfolio = portfolio_of(read_for(source, settings_file, as_of, today, edits), edits)
    return portfolio, day_of(portfolio, as_of, today)  # a zip may contain settings


def read_for(source: Source, settings_file: str | None, as_of: date | None, today: date,
             edits: Sequence[Edit] = ()) -> RawSource:
    """Read what counts on the as-of date or later; which check-ins do, corrections may decide."""
    day = as_of or find_settings(source, settings_file).as_of or today
    return read_source(source, settings_file, CheckInsWanted(
        day, lambda raw: accepted_key_results(apply(raw, edits).raw)))


def key_results_with(raw: RawSource, edits: Sequence[Edit]) -> frozenset[tuple[str, str]]:
    """Id and title of the key results whose check-ins count, with corrections laid over a
    source."""
    laid = apply(raw, edits).raw
    tables = {name: table for name, table in laid.tables.items()
              if name in ("objectives", "key_results")}
    rows = validate(replace(laid, tables=tables))["key_results"]
    return frozenset(zip(rows["kr_id"], rows["title"], strict=True))


def weekly_values(source: str, portfolio: Portfolio, kr_ids: pd.Series, day: date) -> pd.Series:
    """The values of some key results week by week (see `weekly`). Those of their check-ins that
    were not fetched are read from the database. Raises SourceError."""
    check_ins = portfolio["check_ins"]
    rows = check_ins.loc[is_in(check_ins["kr_id"], kr_ids), ["kr_id", "date", "value"]]
    if portfolio.not_fetched and portfolio.not_fetched.rows:
        from orgdata.sources.sql.database import read_weekly_values  # SQLAlchemy is slow to import

        in_database = read_weekly_values(
            source, portfolio.settings, kr_ids.tolist(), mondays(day), day)
        rows = pd.concat([in_database, rows]).drop_duplicates(["kr_id", "date"], keep="last")
    return weekly(rows, day)


def day_of(portfolio: Portfolio, as_of: date | None, today: date) -> date:
    """The as-of date: the one given, else the setting, else today."""
    return as_of or portfolio.settings.as_of or today
