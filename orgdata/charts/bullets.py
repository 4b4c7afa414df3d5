"""One bullet per key result: how far it is, what is expected by now, how fresh that is."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from orgdata.charts import BLUE, GREEN, GREY, ORANGE, VERMILION, label
from orgdata.charts.bars import TRACK, add_bars, add_ticks, named_rows
from orgdata.formats import share

_COLOURS: Mapping[str, str] = MappingProxyType({  # by the symbol a status begins with
    "★": GREEN, "●": GREEN, "▽": ORANGE, "▼": VERMILION, "✕": VERMILION, "◔": BLUE, "◌": GREY})


def bullets(rows: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Key results with title, status, fresh (words with a symbol), shown and expected_share
    (0–1, missing where unknown). A hatched track is progress not known."""
    unknown = rows["shown"].isna()
    names = [f"{label(symbol)} {label(title, 52, 1)}" for symbol, title in zip(
        rows["status"].str[:1], rows["title"], strict=True)]
    figures = [share(value) if value == value else "?" for value in rows["shown"]]
    figure = named_rows(names, figures, 1.0, [0, 0.5, 1], ["0 %", "50 %", "100 %"], dark)
    hover = [_hover(*cells) for cells in zip(*(rows[name] for name in (
        "title", "status", "shown", "expected_share", "fresh")), strict=True)]
    add_bars(figure, [1.0] * len(rows), [TRACK] * len(rows), name="all of it", hover=hover,
             patterns=["/" if one else "" for one in unknown])
    add_bars(figure, rows["shown"].tolist(),
             [_COLOURS.get(symbol, GREY) for symbol in rows["status"].str[:1]],
             name="done", hover=hover)
    return add_ticks(figure, rows["expected_share"].where(~unknown).tolist(), "expected by now")


def _hover(title: str, status: str, shown: float, expected: float, fresh: str) -> str:
    return "<br>".join((f"<b>{label(title, 60)}</b>", label(status), f"done {share(shown)}",
                        f"expected by now {share(expected)}", f"evidence: {label(fresh)}"))
