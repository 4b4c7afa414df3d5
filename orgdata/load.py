"""From a source string to a typed portfolio: the front door of the package."""

from datetime import date

import pandas as pd

from orgdata.measures.check_ins import mondays, weekly
from orgdata.model.portfolio import Portfolio
from orgdata.sources import CheckInsWanted, find_settings, read_source
from orgdata.tabular.lookup import is_in
from orgdata.validate import accepted_key_results, validate


def load(source: str, settings_file: str | None = None) -> Portfolio:
    """Read and validate a source, all of it.

    Raises SourceError (cannot be read at all) or SettingsError (settings cannot be used), both
    with one clear line.
    """
    return validate(read_source(source, settings_file))


def load_for(source: str, settings_file: str | None, asked: date | None,
             today: date) -> tuple[Portfolio, date]:
    """A source as far as it counts on the as-of date or later, and that date.

    Of a database, check-ins that nothing looks at from that day on may stay where they are:
    `Portfolio.not_fetched` says how many. An earlier day, which `Portfolio.covers` denies, needs
    the source to be read again. Raises as `load` does.
    """
    day = asked or find_settings(source, settings_file).as_of or today
    history = CheckInsWanted(day, accepted_key_results)
    portfolio = validate(read_source(source, settings_file, history))
    return portfolio, day_of(portfolio, asked, today)  # a zip has settings within


def weeks_of(source: str, portfolio: Portfolio, kr_ids: pd.Series, day: date) -> pd.Series:
    """The values of some key results week by week (see `weekly`). Check-ins that stayed in the
    database are asked for, of these key results only. Raises SourceError."""
    here = portfolio["check_ins"]
    rows = here.loc[is_in(here["kr_id"], kr_ids), ["kr_id", "date", "value"]]
    if portfolio.not_fetched and portfolio.not_fetched.rows:
        from orgdata.sources.sql.database import read_weekly_values  # SQLAlchemy is slow to import

        there = read_weekly_values(source, portfolio.settings, kr_ids.tolist(), mondays(day), day)
        rows = pd.concat([there, rows]).drop_duplicates(["kr_id", "date"], keep="last")
    return weekly(rows, day)


def day_of(portfolio: Portfolio, asked: date | None, today: date) -> date:
    """The as-of date: the one asked for, else the setting, else today."""
    return asked or portfolio.settings.as_of or today
