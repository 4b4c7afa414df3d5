"""Products on a map: how much of their money is proven, and how their goals keep pace."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgdata.charts import INK, label, with_common_look
from orgdata.formats import count, money, points, share
from orgdata.tabular.select import iter_rows
from orgdata.views.palette import BLUE, GREEN, GREY, ORANGE, OUTLINE, PURPLE, SKY, VERMILION

_ROLES = {  # shape and colour; the shape alone is enough
    "invest": ("circle", BLUE), "maintain": ("square", SKY), "explore": ("diamond", GREEN),
    "harvest": ("triangle-up", ORANGE), "sunset": ("triangle-down", VERMILION),
    "enable": ("cross", PURPLE)}
LARGEST, SMALLEST = 46.0, 11.0  # pixels across
MOST_FULL_SIZE = 20  # more products get smaller bubbles, so that together they cover the same area
# The hover text of a bubble; its fixed words are sent once, not with each of a thousand products
HOVER_TEMPLATE = (
    "<b>%{customdata[1]}</b><br>bet: %{fullData.name}<br>%{customdata[2]}<br>%{customdata[3]} "
    "of MEASURE is backed by OKRs<br>%{customdata[4]} on average of "
    "%{customdata[5]}<extra></extra>")
_OF = {False: "its spend", True: "what it supports"}  # by whether products are counted instead
MOST_NAMED = 4  # how many of the largest are labelled with their name


def bubbles(rows: pd.DataFrame, unit: str, currency: str | None,
            dark: bool = False) -> go.Figure:
    """A map of products with the columns name, role, spend, proven (0–1), ahead (points),
    product_id and judged (number of key results)."""
    figure = go.Figure()
    top = max(float(rows["spend"].max()), 1e-9)
    largest = LARGEST * min(1.0, np.sqrt(MOST_FULL_SIZE / max(len(rows), 1)))
    size = np.maximum(SMALLEST, largest * np.sqrt(rows["spend"].clip(lower=0) / top))
    named = rows["spend"].rank(method="first", ascending=False) <= MOST_NAMED
    named |= (rows["ahead"] < -5) & (rows["ahead"].rank(method="first") <= MOST_NAMED)
    for role, group in rows.groupby("role", sort=True):
        symbol, colour = _ROLES.get(str(role), ("hexagon", GREY))
        figure.add_scatter(
            x=group["proven"], y=group["ahead"], mode="markers+text", name=label(role),
            text=[label(name, 22, 1) if shown else ""
                  for name, shown in zip(group["name"], named[group.index], strict=True)],
            textposition="top center", textfont={"color": INK[dark]}, cliponaxis=False,
            marker={"symbol": symbol, "color": colour, "size": size[group.index], "opacity": 0.9,
                    "line": {"color": OUTLINE, "width": 1.5}},
            customdata=np.column_stack([group["product_id"], _hover_values(group, unit, currency)]),
            hovertemplate=HOVER_TEMPLATE.replace("MEASURE", _OF[unit == "count"]))
    figure.add_hline(y=0, line={"color": OUTLINE, "width": 1, "dash": "dot"})
    reach = float(rows["ahead"].abs().max()) * 1.25 + 5
    return with_common_look(figure, height=480, dark=dark).update_layout(
        margin={"l": 8, "r": 24, "t": 30, "b": 8},
        xaxis={"title": f"share of {_OF[unit == 'count']} that is backed by OKRs",
               "range": [-0.06, 1.08], "tickvals": [0, 0.25, 0.5, 0.75, 1],
               "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"], "zeroline": False},
        yaxis={"title": "points ahead (+) or behind (−)", "range": [-reach, reach],
               "zeroline": False})


def _hover_values(rows: pd.DataFrame, unit: str, currency: str | None) -> list[list[str]]:
    """The values in the hover text `HOVER_TEMPLATE`, after the product's id."""
    return [[label(name), label(money(spend, unit, currency)), share(proven),
             f"{points(ahead)} {'ahead' if ahead >= 0 else 'behind'}",
             count(int(judged), "key result")]
            for name, spend, proven, ahead, judged in iter_rows(*(rows[column] for column in (
                "name", "spend", "proven", "ahead", "judged")))]
