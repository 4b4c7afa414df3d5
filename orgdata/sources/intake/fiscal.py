"""When the fiscal year begins, where only a title or a cover says it (FORMATS section 3)."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orgdata.model.settings import Settings
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.periods import fiscal_start
from orgdata.sources.sheets import Sheet

_TITLES = 5  # rows above a header, or of a cover, that are looked at


def with_fiscal_year(sheets: Sequence[Sheet], settings: Settings, asked: Asked) -> Settings:
    """The settings with the first month of the fiscal year, where only a title says it."""
    if settings.fiscal_year_start:
        return settings
    for sheet in sheets:
        for text in _titles(sheet):
            if month := fiscal_start(text):
                asked.say(f"“{text.strip()[:60]}”: the fiscal year begins in "
                          f"{calendar.month_name[month]}.")
                return replace(settings, fiscal_year_start=month)
    return settings


def _titles(sheet: Sheet) -> Iterator[str]:
    """The texts above the header of a sheet, and those of a cover: a sheet of one column."""
    for row in sheet.table.above[:_TITLES]:
        yield from row
    frame = sheet.table.frame
    if len(frame.columns) == 1:
        yield from map(str, (*frame.columns, *frame.iloc[:_TITLES, 0]))
