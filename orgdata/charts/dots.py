"""Products as dots, a line for each area: how far they are ahead of what is expected by now.

Dots that would cover each other stand above one another; the one farthest behind in each area
carries its name, as nothing stands to its left.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgdata.charts import INK, label, with_common_look
from orgdata.formats import count, money, points, share
from orgdata.tabular.select import iter_rows
from orgdata.views.palette import BLUE, ORANGE, OUTLINE

DOT, APART = 12.0, 14.0  # pixels: across a dot, and from one to the next
NARROWEST = 330.0  # pixels: the picture on a phone, on which no dots cover each other
NAME_LINE, GAP = 24.0, 12.0  # pixels: for an area's name, and below its dots
CHARACTER = 6.5  # pixels
ROOM = 0.45  # left of all dots, as a part of their reach: for a name
HALF = 0.5  # of the spend
# The hover text of a dot; its fixed words are sent once, not with each of a thousand products
HOVER_TEMPLATE = (
    "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]} of MEASURE is backed by OKRs"
    "<br>%{customdata[4]} on average of %{customdata[5]}<extra></extra>")
_OF = {False: "its spend", True: "what it supports"}  # by whether products are counted instead


def dots(rows: pd.DataFrame, unit: str, currency: str | None, dark: bool = False) -> go.Figure:
    """Products with the columns product_id, name, area, spend, proven (0–1), ahead (points) and
    judged (number of key results); areas in the order of their first product."""
    low, high = min(rows["ahead"].min(), 0.0), max(rows["ahead"].max(), 0.0)
    reach = max(high - low, 10.0)
    wide = (1 + ROOM + 0.1) * reach / NARROWEST * APART  # points that one dot takes
    figure, top, names, parts = go.Figure(), 0.0, [], []
    for area, group in rows.groupby("area", sort=False):
        placed = group.sort_values(["ahead", "name"]).reset_index(drop=True)
        levels = stacked(placed["ahead"].tolist(), wide)
        ground = top + NAME_LINE + APART * max(levels)
        first = (placed.index == 0) & (placed["ahead"] < 0)
        room = (placed["ahead"] - low + ROOM * reach) / wide * APART - DOT  # pixels to its left
        parts.append(placed.assign(y=ground - APART * np.array(levels),
                                   characters=(room / CHARACTER).astype(int).where(first, 0)))
        names.append((f"{label(area, 40, 1)} · {count(len(group), 'product')}", top + GAP / 2))
        top = ground + DOT / 2 + GAP
    ink = {"color": INK[dark]}
    figure.add_scatter(
        x=[low - ROOM * reach] * len(names), y=[y for _, y in names],
        text=[text for text, _ in names], mode="text", textposition="middle right", textfont=ink,
        hoverinfo="skip", showlegend=False, cliponaxis=False)
    _add_dots(figure, pd.concat(parts), unit, currency, dark)
    figure.add_vline(x=0, line={"color": OUTLINE, "width": 1, "dash": "dot"})
    ticks = _ticks(low, high)
    return with_common_look(figure, height=int(top) + 90, dark=dark).update_layout(
        margin={"l": 4, "r": 12, "t": 34, "b": 8},
        xaxis={"range": [low - ROOM * reach, high + 0.1 * reach], "tickvals": ticks,
               "ticktext": ["as expected" if tick == 0 else f"{tick:+g}".replace("-", "−")
                            for tick in ticks], "tickangle": 0, "zeroline": False,
               "fixedrange": True, "title": "points ahead (+) or behind (−) on average"},
        yaxis={"range": [top, 0], "visible": False, "fixedrange": True})


def stacked(places: Sequence[float], wide: float) -> list[int]:
    """For each place, in rising order, the lowest level on which a dot covers no other."""
    ends: list[float] = []
    levels = []
    for place in places:
        level = next((at for at, end in enumerate(ends) if place >= end), len(ends))
        ends[level:level + 1] = [place + wide]
        levels.append(level)
    return levels


def _add_dots(figure: go.Figure, rows: pd.DataFrame, unit: str, currency: str | None,
              dark: bool) -> None:
    backed = rows["proven"] >= HALF
    for mask, name, symbol, colour in (
            (backed, f"at least half of {_OF[unit == 'count']} backed by OKRs", "circle", BLUE),
            (~backed, "less than half", "diamond", ORANGE)):
        some = rows[mask]
        if not len(some):
            continue
        figure.add_scatter(
            x=some["ahead"], y=some["y"], mode="markers+text", name=name, cliponaxis=False,
            text=[label(product, most, 1) if most else ""
                  for product, most in iter_rows(some["name"], some["characters"])],
            textposition="middle left", textfont={"color": INK[dark]},
            marker={"symbol": symbol, "color": colour, "size": DOT,
                    "line": {"color": OUTLINE, "width": 1}},
            customdata=np.column_stack([some["product_id"], _hover_values(some, unit, currency)]),
            hovertemplate=HOVER_TEMPLATE.replace("MEASURE", _OF[unit == "count"]))


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers of points on the axis, at most four besides 0."""
    step = next((step for step in (5, 10, 20, 25, 50) if (high - low) / step <= 4), 100)
    return [float(tick) for tick in range(step * int(np.ceil(low / step)), int(high) + 1, step)]


def _hover_values(rows: pd.DataFrame, unit: str, currency: str | None) -> list[list[str]]:
    """The values in the hover text `HOVER_TEMPLATE`, after the product's id."""
    return [[label(name), label(money(spend, unit, currency)), share(proven),
             f"{points(ahead)} {'ahead' if ahead >= 0 else 'behind'}",
             count(int(judged), "key result")]
            for name, spend, proven, ahead, judged in iter_rows(*(rows[column] for column in (
                "name", "spend", "proven", "ahead", "judged")))]
