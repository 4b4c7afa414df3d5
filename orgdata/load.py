"""From a source string to a typed portfolio: the front door of the package."""

from datetime import date

from orgdata.portfolio import Portfolio
from orgdata.sources import read_source
from orgdata.validate import validate


def load(source: str, settings_file: str | None = None) -> Portfolio:
    """Read and validate a source.

    Raises SourceError (cannot be read at all) or SettingsError (settings cannot be used), both
    with one clear line.
    """
    return validate(read_source(source, settings_file))


def day_of(portfolio: Portfolio, asked: date | None, today: date) -> date:
    """The as-of date: the one asked for, else the setting, else today."""
    return asked or portfolio.settings.as_of or today
