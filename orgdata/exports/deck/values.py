"""The values of a key result over the weeks, as a line chart that can be edited."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Pt

from orgdata import formats
from orgdata.exports.deck.chart import look, rows_behind
from orgdata.exports.deck.colours import ACCENT, HAIR, QUIET, paint
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import lengths, slide_scale
from orgdata.exports.office import cell
from orgdata.views.gap_context import Values

_DAY = "d mmm"


def values_over_time(slide: Slide, box: Box, values: Values, day: date) -> None:
    """Add a line of the values with a mark for each check-in, and a dashed one where to get."""
    unit = f", {values.unit}" if values.unit else ""
    days = [one.date() for one in values.days]
    series = {f"Value{unit}": values.numbers}
    if not formats.is_unknown(values.goal):
        series["Target"] = [values.goal] * len(days)
    data: Any = CategoryChartData(number_format="General")
    data.categories = days
    data.categories.number_format = _DAY
    for name, numbers in series.items():
        data.add_series(cell(name), numbers)
    x, y, w, h = lengths(slide, box.x, box.y, box.w, box.h)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, x, y, w, h, data)
    ends = f"{formats.number(values.numbers[0])} to {formats.number(values.numbers[-1])}"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cell(
        f"Line of {formats.count(len(days), 'value')}{unit}, from {formats.day(days[0])} to "
        f"{formats.day(days[-1])}: {ends}; target {formats.number(values.goal)}"))
    _lines(frame.chart, 11 * slide_scale(slide))
    frame.chart.value_axis.minimum_scale = _from(series)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(rows_behind(days, series, day))


def _from(series: Mapping[str, Sequence[float]]) -> float:
    """Where the axis begins: a round number below all values, so that their way can be seen."""
    numbers = [number for values in series.values() for number in values]
    spread = max(numbers) - min(numbers) or abs(max(numbers)) or 1.0
    step: float = 10.0 ** math.floor(math.log10(spread))
    return math.floor(min(numbers) / step) * step


def _lines(chart: Any, size: float) -> None:
    look(chart, size)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    days, numbers = chart.category_axis, chart.value_axis
    days.major_tick_mark = numbers.major_tick_mark = XL_TICK_MARK.NONE
    days.tick_labels.number_format, days.tick_labels.number_format_is_linked = _DAY, False
    for axis in (days, numbers):
        paint(axis.format.line.color, HAIR)
    paint(numbers.major_gridlines.format.line.color, HAIR)
    for series, colour in zip(chart.plots[0].series, (ACCENT, QUIET), strict=False):
        series.smooth = False
        series.format.line.width = Pt(2.25)
        paint(series.format.line.color, colour)
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 6
        series.marker.format.fill.solid()
        paint(series.marker.format.fill.fore_color, colour)
    for target in list(chart.plots[0].series)[1:]:
        target.format.line.dash_style = MSO_LINE.DASH
        target.marker.style = XL_MARKER_STYLE.NONE
