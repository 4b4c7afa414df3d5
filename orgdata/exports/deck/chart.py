"""What native charts share: how they look, and the rows that PowerPoint opens behind them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from pptx.util import Pt

from orgdata import formats
from orgdata.exports.deck.colours import INK, paint
from orgdata.exports.office import cell


def look(chart: Any, size: float) -> None:
    """The font of the theme at a size in points, no title."""
    chart.font.size, chart.font.name = Pt(size), "+mn-lt"
    paint(chart.font.color, INK)
    chart.has_title = False


def rows_behind(names: Sequence[str | date], series: Mapping[str, Sequence[float]], day: date,
                number_format: str = "General") -> bytes:
    """The workbook behind a chart: the names or days and a column per series, nothing where a value
    is unknown. Text stays text; the same rows and day of the document give the same bytes."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(day, time())})
        sheet, number = book.add_worksheet(), book.add_format({"num_format": number_format})
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, 0, 50)
        for at, name in enumerate(names, 1):
            if isinstance(name, date):
                sheet.write_datetime(at, 0, name, dates)
            else:
                sheet.write_string(at, 0, cell(name))
        for column, (label, values) in enumerate(series.items(), 1):
            sheet.write_string(0, column, cell(label))
            for at, value in enumerate(values, 1):
                if not formats.is_unknown(value):
                    sheet.write_number(at, column, value, number)
    return saved.getvalue()
