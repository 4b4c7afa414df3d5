"""Figures over the weeks: a line for each, its usual range, and what happened meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from orgdata.charts import INK, TEXT, label, with_common_look
from orgdata.charts.bars import TRACK
from orgdata.views.palette import BLUE, OUTLINE, TICK

_ROW = 118  # pixels
_FOOT = 34


def lines(names: Mapping[str, str], rows: Mapping[str, pd.DataFrame],
          usual: Mapping[str, tuple[float, float]], texts: Mapping[str, Sequence[str]],
          starts: Mapping[str, date], decisions: Mapping[date, str], percents: Collection[str],
          dark: bool = False) -> go.Figure:
    """A row for each figure, of which `names` says what it is called: a line through comparable
    points as `views.history.line` returns them, never across a break. `usual` has the ends of the
    range that is usual now, `texts` each value for people; `percents` run from 0 to 100."""
    figure = make_subplots(len(names), 1, shared_xaxes=True, vertical_spacing=0.34 / len(names),
                           subplot_titles=[label(name) for name in names.values()])
    for at, key in enumerate(names, 1):
        _add_line(figure, at, rows[key], usual.get(key), texts[key], key in percents)
    figure = with_common_look(figure, _ROW * len(names) + _FOOT, dark)
    ink = {"color": INK[dark], "size": TEXT}
    figure.update_annotations(font=ink, x=0, xanchor="left")
    figure.update_xaxes(showgrid=False, fixedrange=True, tickfont=ink, tickformat="%-d %b")
    figure.update_yaxes(gridcolor=TRACK, fixedrange=True, nticks=4, tickfont=ink, zeroline=False)
    for name, day in starts.items():
        figure.add_vline(x=pd.Timestamp(day).timestamp() * 1000, line_color=TICK, line_dash="dot",
                         line_width=1)
        figure.add_annotation(x=pd.Timestamp(day), y=1.0, yref="paper", text=label(name, 20, 1),
                              showarrow=False, xanchor="left", yanchor="bottom", font=ink)
    _add_decisions(figure, len(names), rows[list(names)[-1]], decisions)
    return figure.update_layout(showlegend=False, margin={"l": 8, "r": 8, "t": 30, "b": 8})


def _add_line(figure: go.Figure, at: int, rows: pd.DataFrame,
              usual: tuple[float, float] | None, texts: Sequence[str], percent: bool) -> None:
    hover = [f"{day:%-d %b %Y}: {label(text)}" for day, text in zip(rows["day"], texts,
                                                                   strict=True)]
    for _, several in rows.assign(hover=hover).groupby("stretch"):
        figure.add_scatter(
            x=several["day"], y=several["value"].tolist(), row=at, col=1, mode="lines+markers",
            connectgaps=False, line={"color": BLUE, "width": 2},
            marker={"size": 7, "color": BLUE, "line": {"color": OUTLINE, "width": 1}},
            customdata=several["hover"], hovertemplate="%{customdata}<extra></extra>")
    if usual:
        figure.add_hrect(y0=usual[0], y1=usual[1], row=at, col=1, line_width=0, fillcolor=BLUE,
                         opacity=0.12)
    top = max([*rows["value"].dropna(), *(usual or ()), 0.0])
    figure.update_yaxes(range=[0, 100 if percent else 1.15 * top or 1], row=at, col=1)


def _add_decisions(figure: go.Figure, row: int, rows: pd.DataFrame,
                   decisions: Mapping[date, str]) -> None:
    """Mark the days of decisions along the foot of the last row."""
    if decisions and len(rows):
        figure.add_scatter(
            x=[pd.Timestamp(day) for day in decisions], y=[0.0] * len(decisions), row=row, col=1,
            mode="markers", cliponaxis=False,
            marker={"symbol": "triangle-up", "size": 9, "color": OUTLINE},
            customdata=[label(text, 60) for text in decisions.values()],
            hovertemplate="%{customdata}<extra></extra>")
