"""Horizontal bars with their names above them: readable on a phone and with long names.

Each row is one unit high: the name above the bar, the figure at the end of the name's line.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from orgdata.charts import INK, TEXT, with_common_look
from orgdata.views.palette import OUTLINE, TICK

ROW_HEIGHT = 46  # pixels
TRACK = "rgba(128, 138, 152, 0.18)"
BAR_WIDTH = 0.34


def named_rows(names: Sequence[str], figures: Sequence[str], end: float,
               ticks: Sequence[float], tick_labels: Sequence[str], dark: bool) -> go.Figure:
    """An empty chart of rows from the top down, from 0 to `end`; the caller escapes names and
    figures with `label`."""
    rows, ink = list(range(len(names))), {"color": INK[dark], "size": TEXT}
    figure = go.Figure(go.Scatter(
        x=[0.0] * len(rows), y=[row - 0.42 for row in rows], text=list(names), mode="text",
        textposition="middle right", textfont=ink, hoverinfo="skip", showlegend=False,
        cliponaxis=False))
    figure.add_scatter(
        x=[end] * len(rows), y=[row - 0.42 for row in rows], text=list(figures), mode="text",
        textposition="middle left", textfont=ink, hoverinfo="skip", showlegend=False,
        cliponaxis=False)
    figure = with_common_look(figure, height=70 + ROW_HEIGHT * len(rows), dark=dark)
    return figure.update_layout(
        barmode="overlay", margin={"l": 4, "r": 4, "t": 26, "b": 24},
        xaxis={"range": [0, end], "tickvals": list(ticks), "ticktext": list(tick_labels),
               "fixedrange": True, "zeroline": False, "gridcolor": TRACK},
        yaxis={"range": [len(rows) - 0.6, -0.75], "visible": False, "fixedrange": True})


def add_bars(figure: go.Figure, values: Sequence[float | None], colours: Sequence[str], *,
             name: str, hover: Sequence[str], patterns: Sequence[str] | None = None) -> go.Figure:
    """Add one bar per row; a pattern ("/") marks what is unknown."""
    rows = list(range(len(values)))
    return figure.add_bar(
        x=list(values), y=rows, orientation="h", width=BAR_WIDTH, name=name, showlegend=False,
        marker={"color": list(colours), "line": {"color": OUTLINE, "width": 1},
                "pattern": {"shape": list(patterns or [""] * len(rows)), "size": 6,
                            "fgcolor": OUTLINE}},
        customdata=list(hover), hovertemplate="%{customdata}<extra></extra>")


def add_ticks(figure: go.Figure, values: Sequence[float | None], name: str) -> go.Figure:
    """Add a marker across each bar, for what is expected, targeted or stated."""
    return figure.add_scatter(
        x=list(values), y=list(range(len(values))), mode="markers", name=name, showlegend=True,
        hoverinfo="skip", cliponaxis=False,
        marker={"symbol": "line-ns", "size": 15, "line": {"color": TICK, "width": 4}})
