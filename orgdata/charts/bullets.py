"""One bullet per key result: its progress, what is expected by now, how fresh its data are."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from orgdata.charts import label
from orgdata.charts.bars import TRACK, add_bars, add_ticks, named_rows
from orgdata.formats import share
from orgdata.views.palette import BLUE, GREEN, GREY, ORANGE, VERMILION
from orgdata.views.vocabulary import FRESHNESS, NOT_ASKED, STATUS, Tone, marked

_COLOURS: Mapping[Tone, str] = MappingProxyType({
    "good": GREEN, "watch": ORANGE, "bad": VERMILION, "early": BLUE, "plain": GREY})


def bullets(rows: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Key results with title, status, fresh (states), shown and expected_share (0–1, missing
    where unknown). A hatched track is unknown progress."""
    unknown = rows["shown"].isna()
    words = [STATUS[status] for status in rows["status"]]
    names = [f"{word.symbol} {label(title, 52, 1)}" for word, title in zip(
        words, rows["title"], strict=True)]
    figures = [share(value) if value == value else "?" for value in rows["shown"]]
    figure = named_rows(names, figures, 1.0, [0, 0.5, 1], ["0 %", "50 %", "100 %"], dark)
    hover = [_hover(*cells) for cells in zip(
        rows["title"], map(str, words), rows["shown"], rows["expected_share"],
        marked(rows["fresh"], FRESHNESS, NOT_ASKED), strict=True)]
    add_bars(figure, [1.0] * len(rows), [TRACK] * len(rows), name="all of it", hover=hover,
             patterns=["/" if is_unknown else "" for is_unknown in unknown])
    add_bars(figure, rows["shown"].tolist(),
             [_COLOURS[word.tone] for word in words], name="done", hover=hover)
    return add_ticks(figure, rows["expected_share"].where(~unknown).tolist(), "expected by now")


def _hover(title: str, status: str, shown: float, expected: float, fresh: str) -> str:
    return "<br>".join((f"<b>{label(title, 60)}</b>", label(status), f"done {share(shown)}",
                        f"expected by now {share(expected)}", f"evidence: {label(fresh)}"))
