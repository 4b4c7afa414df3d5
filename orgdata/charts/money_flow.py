"""The money flow from manager to product to outcome as an ECharts sankey with clickable nodes."""

import html
from typing import Any

import pandas as pd

from orgdata.charts import INK
from orgdata.formats import compact
from orgdata.views.palette import BLUE, GREEN, GREY, OUTLINE, SKY, VERMILION

_KINDS = (("person", SKY), ("product", BLUE), ("outcome", GREEN))
ROW_HEIGHT = 24


def nodes(rows: pd.DataFrame) -> list[str]:
    """The nodes as `person:ID`, `product:ID`, `outcome:ID`, each kind sorted by name."""
    ordered = []
    for kind, _ in _KINDS:
        named = rows[[f"{kind}_id", kind]].drop_duplicates().sort_values(
            kind, key=lambda names: names.str.casefold())
        ordered += [f"{kind}:{id_}" for id_ in named[f"{kind}_id"].fillna("")]
    return ordered


def height(rows: pd.DataFrame) -> int:
    """The height in pixels that fits one line per node of the longest column."""
    most = max((rows[f"{kind}_id"].nunique() for kind, _ in _KINDS), default=1)
    return max(320, ROW_HEIGHT * (most + 2))


def sankey(rows: pd.DataFrame, picked: pd.Series, dark: bool = False) -> dict[str, Any]:
    """The chart as an option of ECharts. Rows as `views.money_flow.paths`; `picked` marks paths to
    highlight."""
    names = {f"{kind}:{id_}": name for kind, _ in _KINDS for id_, name in zip(
        rows[f"{kind}_id"].fillna(""), rows[kind], strict=True)}
    colours = dict(_KINDS)
    boxes = [{"id": node, "name": names[node],
              "itemStyle": {"color": _colour(node, colours), "borderColor": OUTLINE,
                            "borderWidth": 1},
              "label": {"formatter": _label(names[node]),
                        "position": "left" if node.startswith("outcome") else "right"}}
             for node in nodes(rows)]
    return {
        "tooltip": {"trigger": "item", "valueFormatter": "compact"},
        "series": [{
            "type": "sankey", "data": boxes, "links": _links(rows, picked, names),
            "selectedMode": "single", "layoutIterations": 0, "nodeGap": 6, "nodeWidth": 12,
            "draggable": False, "left": 4, "right": 4, "top": 8, "bottom": 8,
            "label": {"color": INK[dark], "fontSize": 11},
            "emphasis": {"focus": "trajectory"}}]}


def _links(rows: pd.DataFrame, picked: pd.Series, names: dict[str, str]) -> list[dict[str, Any]]:
    steps = []
    for start, end in (("person", "product"), ("product", "outcome")):
        pairs = pd.DataFrame({"from": f"{start}:" + rows[f"{start}_id"].fillna("").astype("str"),
                              "to": f"{end}:" + rows[f"{end}_id"].fillna("").astype("str"),
                              "money": rows["money"], "picked": picked})
        steps += pairs.groupby(["from", "to"], sort=False).agg(
            {"money": "sum", "picked": "any"}).reset_index().to_dict("records")
    return [{"source": step["from"], "target": step["to"], "value": float(step["money"]),
             "tooltip": {"formatter": f"{_escaped(names[step['from']])} → "
                                      f"{_escaped(names[step['to']])}: {compact(step['money'])}"},
             "lineStyle": {"color": VERMILION if step["picked"] else GREY,
                           "opacity": 0.85 if step["picked"] else 0.25}} for step in steps]


def _colour(node: str, colours: dict[str, str]) -> str:
    kind, _, id_ = node.partition(":")
    return colours[kind] if id_ else GREY  # nobody, no outcome


def _escaped(name: str) -> str:
    """A name escaped for the template of a tooltip, which is HTML."""
    return html.escape(_label(name))


def _label(name: str, most: int = 30) -> str:
    """A name shortened for a label template, in which braces would be placeholders."""
    short = name if len(name) <= most else f"{name[:most - 1]}…"
    return short.replace("{", "(").replace("}", ")")
