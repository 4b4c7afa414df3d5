"""Turn tables into plotly figures by pure functions; the only room that uses plotly.

Colours are Okabe–Ito hues with a dark outline, legible on light and dark; a state is always shown
by shape and word too. The page owns the title. Every mark's fill or outline has a contrast of 3
to both backgrounds.
"""

import html
import json
import textwrap
from typing import Any

import plotly.graph_objects as go

from orgdata.formats import clipped
from orgdata.views import palette

TEXT = 12  # pixels, like small text on the page
INK = {False: palette.INK, True: palette.INK_ON_DARK}  # text, by whether the background is dark


def label(text: object, width: int | None = None, lines: int = 3) -> str:
    """Text from data escaped for plotly, and wrapped to `width` characters a line."""
    flat = " ".join(str(text).split())
    if width is None:
        return html.escape(flat, quote=False)
    wrapped = textwrap.wrap(flat, width) or [""]
    if len(wrapped) > lines:
        wrapped = [*wrapped[:lines - 1], clipped(" ".join(wrapped[lines - 1:]), width)]
    return "<br>".join(html.escape(line, quote=False) for line in wrapped)


class Finished(go.Figure):
    """A finished figure that is shown many times: its JSON for the browser is computed once."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self._json = json.loads(figure.to_json())

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain lists and dictionaries; plotly itself takes parts out of it to print
        it."""
        return {**self._json, "layout": {**self._json["layout"]}}


def with_common_look(figure: go.Figure, height: int, dark: bool) -> go.Figure:
    """Give a figure the common look: no background, little margin, legible text."""
    ink = {"color": INK[dark], "size": TEXT}
    return figure.update_layout(
        height=height, font=ink, xaxis={"tickfont": ink, "title": {"font": ink}},
        yaxis={"tickfont": ink, "title": {"font": ink}}, paper_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8}, plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False, hoverlabel={"align": "left"},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": ink})
