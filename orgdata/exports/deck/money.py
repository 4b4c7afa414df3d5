"""The slide on money beside stated weights, with a bar chart that can be edited."""

from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.util import Pt

from orgdata import formats
from orgdata.exports.deck.chart import look, rows_behind
from orgdata.exports.deck.colours import ACCENT, HAIR, SOFT, Colour, paint
from orgdata.exports.deck.slide import add_notes, lengths, page, row_lines, slide_scale
from orgdata.exports.deck.template import Deck
from orgdata.exports.deck.text_fit import cut
from orgdata.exports.edition import Edition
from orgdata.exports.office import cell
from orgdata.views import outcomes as outcome_view
from orgdata.views.rewording import said
from orgdata.views.vocabulary import COVERAGE, LINK, marked

MOST_BARS = 10
PERCENT = '[=0]0" "%;[<0.01]"<1 %";0" "%'
_WORDS = {"annual_spend": "spend", "fte": "people (FTE)", "count": "products"}


def money(deck: Deck, edition: Edition) -> None:
    """Add a slide with the share of the money of each outcome beside its stated weight."""
    alignment = edition.alignment
    rows = outcome_view.money_rows(alignment, MOST_BARS)
    if not len(rows):
        return
    slide = page(deck, "Spend vs. strategy", outcome_view.money_sentence(alignment))
    area = deck.page.area
    names = [cut(said(name), 11, min(250, 0.3 * area.w), 2) for name in _labels(rows)]
    series = {said(f"Share of the {_WORDS[alignment.money.unit]}"): (rows["share_pct"], ACCENT)}
    if rows["weight"].notna().any():
        series["Stated weight"] = (rows["weight_pct"], SOFT)
    data: Any = CategoryChartData(number_format=escape(PERCENT))  # which python-pptx does not
    data.categories = names
    for label, (values, _) in series.items():
        data.add_series(label, [None if formats.is_unknown(percent) else percent / 100
                                for percent in values])
    x, y, w, h = lengths(slide, area.x, area.y, area.w, area.h)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, x, y, w, h, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", cell(
        f"Bars: {'; '.join(_line(row, edition) for row in rows.itertuples())}"))
    _look(frame.chart, [colour for _, colour in series.values()], 11 * slide_scale(slide))
    frame.chart.part.chart_workbook.update_from_xlsx_blob(
        rows_behind(names, {label: [percent if formats.is_unknown(percent) else percent / 100
                                    for percent in values]
                            for label, (values, _) in series.items()}, edition.day, PERCENT))
    add_notes(slide, ["Rows behind the chart, most spend first:",
                      *("  " + _line(row, edition) for row in rows.itertuples())])
    links = alignment.links.sort_values("flow", ascending=False)
    add_notes(slide, ["Spend by product and outcome:", *row_lines(pd.DataFrame({
        "outcome": links["outcome_name"], "product": links["product_name"],
        "link": [LINK[state].label for state in links["state"]], "flow": [formats.money(
            flow, alignment.money.unit, alignment.portfolio.settings.currency)
            for flow in links["flow"]]}))])


def _labels(rows: pd.DataFrame) -> list[str]:
    """Names of outcomes with their coverage, so that both are read beside the money."""
    marks = marked(rows["coverage"], COVERAGE, "")
    return [f"{name} ({mark})" if mark else name
            for name, mark in zip(rows["name"], marks, strict=True)]


def _line(row: Any, edition: Edition) -> str:
    unit, currency = edition.alignment.money.unit, edition.alignment.portfolio.settings.currency
    stated = "not stated" if formats.is_unknown(row.weight) else formats.percent(row.weight_pct)
    return (f"{row.name}: {formats.percent(row.share_pct)} = "
            f"{formats.money(row.money, unit, currency)}; stated weight {stated}")


def _look(chart: Any, colours: list[Colour], size: float) -> None:
    look(chart, size)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True  # the first row on top
    names.major_tick_mark = XL_TICK_MARK.NONE
    paint(names.format.line.color, HAIR)
    values.visible, values.has_major_gridlines = False, False
    values.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = PERCENT, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.font.size = Pt(size)
    for series, colour in zip(plot.series, colours, strict=True):
        series.format.fill.solid()
        paint(series.format.fill.fore_color, colour)
        series.invert_if_negative = False
