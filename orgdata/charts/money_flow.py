"""The flow of money as an ECharts sankey with clickable nodes.

From areas to outcomes, or from product managers through products to outcomes.
"""

import html
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from orgdata import formats
from orgdata.charts import INK
from orgdata.measures.alignment import MoneyUnit
from orgdata.views.palette import BLUE, GREEN, GREY, OUTLINE, SKY, VERMILION

Kind = Literal["person", "product", "area", "outcome"]
_COLOURS = {"person": SKY, "product": BLUE, "area": BLUE, "outcome": GREEN}
AREAS: tuple[Kind, ...] = ("area", "outcome")
PEOPLE: tuple[Kind, ...] = ("person", "product", "outcome")
ROW_HEIGHT = 26
_GAP = 15  # pixels between nodes: the labels of two small ones do not touch
_MARK = 0.02  # of all money: how large the node of an outcome without any is drawn


def nodes(rows: pd.DataFrame, kinds: Sequence[Kind]) -> list[str]:
    """The nodes as `kind:ID`: areas and their outcomes by money, people, products and theirs by
    name; nobody, no area and no outcome last."""
    ordered, by_money = [], kinds[0] == "area"
    for kind in kinds:
        ids = rows[f"{kind}_id"].fillna("")
        named = rows.assign(id=ids).groupby(["id", kind], sort=False)["money"].sum().reset_index()
        named = named.assign(last=named["id"] == "", folded=named[kind].str.casefold()).sort_values(
            ["last", "money" if by_money else "folded"], ascending=[True, not by_money],
            kind="stable")
        ordered += [f"{kind}:{id_}" for id_ in named["id"]]
    return ordered


def height(rows: pd.DataFrame, kinds: Sequence[Kind], without: int = 0) -> int:
    """The height in pixels that fits one line per node of the longest column."""
    most = max((rows[f"{kind}_id"].fillna("").nunique() + without * (kind == "outcome")
                for kind in kinds), default=1)
    return max(320, ROW_HEIGHT * (most + 2))


def sankey(rows: pd.DataFrame, kinds: Sequence[Kind], without: Sequence[str] = (),
           unit: MoneyUnit = "annual_spend", currency: str | None = None,
           dark: bool = False) -> dict[str, Any]:
    """The chart as an option of ECharts. Rows as `views.money_flow.drawn` or `paths`, with picked:
    the part of the money that is highlighted. `without`: names of outcomes that no money reaches.
    Labels say how much there is, in its unit and currency, unless products are counted."""
    said = partial(formats.money, unit=unit, currency=currency)
    names = {f"{kind}:{id_}": name for kind in kinds for id_, name in zip(
        rows[f"{kind}_id"].fillna(""), rows[kind], strict=True)}
    sums = {f"{kind}:{id_}": value for kind in kinds for id_, value in rows.groupby(
        rows[f"{kind}_id"].fillna(""))["money"].sum().items()}
    boxes = [_box(node, names[node], f" · {said(sums[node])}" if unit != "count" else "")
             for node in nodes(rows, kinds)]
    boxes += [_empty(f"without:{at}", name, float(rows["money"].sum()), len(kinds) - 1, dark)
              for at, name in enumerate(without)]
    return {
        "tooltip": {"trigger": "item", "valueFormatter": "compact"},
        "series": [{
            "type": "sankey", "data": boxes, "links": _links(rows, kinds, names, said),
            "selectedMode": "single", "layoutIterations": 0, "nodeGap": _GAP, "nodeWidth": 12,
            "draggable": False, "left": 4, "right": 4, "top": 8, "bottom": 8,
            "label": {"color": INK[dark], "fontSize": 12},
            "emphasis": {"focus": "trajectory"}}]}


def _box(node: str, name: str, amount: str) -> dict[str, Any]:
    kind, _, id_ = node.partition(":")
    return {"id": node, "name": name,
            "itemStyle": {"color": _COLOURS[kind] if id_ else GREY,  # nobody, no area, no outcome
                          "borderColor": OUTLINE, "borderWidth": 1},
            "label": {"formatter": _label(name) + amount,
                      "position": "left" if kind == "outcome" else "right"}}


def _empty(node: str, name: str, total: float, depth: int, dark: bool) -> dict[str, Any]:
    """An outcome that no money reaches: a hollow node among the others."""
    return {"id": node, "name": name, "value": _MARK * total, "depth": depth,
            "itemStyle": {"color": "transparent", "borderColor": VERMILION, "borderWidth": 2,
                          "borderType": "dashed"},
            "tooltip": {"formatter": f"{_escaped(name)}: nothing"},
            "label": {"formatter": f"{_label(name)}: nothing", "position": "left",
                      "color": INK[dark], "fontWeight": "bold"}}


def _links(rows: pd.DataFrame, kinds: Sequence[Kind], names: dict[str, str],
           said: Callable[[float], str]) -> list[dict[str, Any]]:
    """The ways between two kinds; what is picked of one stands beside the rest of it."""
    links = []
    parts = pd.concat([rows.assign(money=rows["money"] * rows["picked"], strong=True),
                       rows.assign(money=rows["money"] * (1 - rows["picked"]), strong=False)])
    for start, end in pairwise(kinds):
        pairs = parts.assign(
            source=f"{start}:" + parts[f"{start}_id"].fillna("").astype("str"),
            target=f"{end}:" + parts[f"{end}_id"].fillna("").astype("str")).groupby(
                ["source", "target", "strong"], sort=False)["money"].sum().reset_index()
        for source, target, strong, money in pairs[pairs["money"] > 0].itertuples(index=False):
            links.append({
                "source": source, "target": target, "value": float(money),
                "tooltip": {"formatter": f"{_escaped(names[source])} → {_escaped(names[target])}: "
                                         f"{said(money)}"},
                "lineStyle": {"color": VERMILION if strong else GREY,
                              "opacity": 0.85 if strong else 0.25}})
    return links


def _escaped(name: str) -> str:
    """A name escaped for the template of a tooltip, which is HTML."""
    return html.escape(_label(name))


def _label(name: str, most: int = 30) -> str:
    """A name shortened for a label template, in which braces would be placeholders."""
    short = name if len(name) <= most else f"{name[:most - 1]}…"
    return short.replace("{", "(").replace("}", ")")
