"""Where the money goes: against the stated weights, and by role, stage or area."""

import math

import pandas as pd
import plotly.graph_objects as go

from orgdata.charts import label
from orgdata.charts.bars import add_bars, add_ticks, named_rows
from orgdata.formats import money, percent, share
from orgdata.views.palette import BLUE, GREY


def money_against_weight(rows: pd.DataFrame, unit: str, currency: str | None,
                         dark: bool = False) -> go.Figure:
    """Bars for shares of the money, and markers for stated weights (none if not stated).

    Rows as `views.outcomes.money_rows`; the last is money that reaches no outcome, and hatched.
    """
    colours = [BLUE] * (len(rows) - 1) + [GREY]
    patterns = [""] * (len(rows) - 1) + ["/"]
    labels = [f"{percent(part)} · {money(value, unit, currency)}"
              for part, value in zip(rows["share_pct"], rows["money"], strict=True)]
    figure = _shares(rows["name"], rows["share"], rows["weight"], labels, colours, patterns, dark)
    has_weights = rows["weight"].notna().any()
    return add_ticks(figure, rows["weight"].tolist(), "stated weight") if has_weights else figure


def mix(rows: pd.DataFrame, unit: str, currency: str | None, dark: bool = False) -> go.Figure:
    """Bars for spend by role, stage or area, with a marker for each target."""
    labels = [("unknown" if value != value else
               f"{percent(part)} · {money(value, unit, currency)}")
              + ("" if unit == "count" else f" · {count:,} product{'' if count == 1 else 's'}")
              for part, value, count in zip(rows["share_pct"], rows["spend"], rows["count"],
                                            strict=True)]
    blank = ~rows["stated"]
    figure = _shares(rows["bucket"], rows["share"], rows["target"], labels,
                     [GREY if is_blank else BLUE for is_blank in blank],
                     ["/" if is_blank else "" for is_blank in blank], dark)
    has_targets = rows["target"].notna().any()
    return add_ticks(figure, rows["target"].tolist(), "target") if has_targets else figure


def _shares(names: pd.Series, shares: pd.Series, markers: pd.Series, labels: list[str],
            colours: list[str], patterns: list[str], dark: bool) -> go.Figure:
    top = max(0.05, *(value for value in (*shares, *markers) if value == value), 0.0)
    end = min(1.0, math.ceil(top * 10 + 0.5) / 10)
    ticks = [tick / 10 for tick in range(0, round(end * 10) + 1, 1 if end <= 0.5 else 2)]
    figure = named_rows([label(name, 42, 1) for name in names], [label(text) for text in labels],
                        end, ticks, [f"{round(100 * tick)} %" for tick in ticks], dark)
    hover = [f"<b>{label(name, 60)}</b><br>{label(text)}"
             + (f"<br>marker: {share(marker)}" if marker == marker else "")
             for name, text, marker in zip(names, labels, markers, strict=True)]
    return add_bars(figure, shares.tolist(), colours, name="share of the spend",
                    hover=hover, patterns=patterns)
