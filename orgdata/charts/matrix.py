"""The alignment matrix as a figure of clickable squares (cells of a heatmap would not be)."""

from typing import Any

import plotly.graph_objects as go

from orgdata.charts import label, with_common_look
from orgdata.views.matrix import Matrix
from orgdata.views.palette import AMBER, BLUE, GREY, OUTLINE, SKY, VERMILION
from orgdata.views.vocabulary import COVERAGE, LINK, UNKNOWN

MARKS = {  # state of a link: (marker, fill)
    "proven": ("square", BLUE), "claimed": ("square-dot", SKY),
    "unconfirmed": ("diamond-open", AMBER), "undeclared": ("triangle-up", VERMILION)}
ROW_HEIGHT, TOP = 44, 84
COLUMN_WIDTH, SIDES = 13, 296  # pixels: the least a column needs, and names with coverage

MOST_FULL_SIZE = 30  # more columns than this get smaller squares and names


def matrix_figure(matrix: Matrix, dark: bool = False) -> go.Figure:
    """Outcomes as rows, products as columns; customdata of each square: product_id, outcome_id.

    Rows that nobody serves and columns that serve nothing are outlined; coverage is at the right.
    """
    x = {product: i for i, product in enumerate(matrix.columns["product_id"])}
    y = {outcome: i for i, outcome in enumerate(matrix.rows["outcome_id"])}
    figure = go.Figure(_dots(x, y))
    for state, word in LINK.items():
        figure.add_trace(_squares(matrix, state, word.in_legend, *MARKS[state], x, y))
    # all at once: Plotly copies those that are there whenever one is added
    coverage, outlines = _margin(matrix, y), _outlines(matrix, x, y)
    names, lines = _group_names(matrix)
    figure.update_layout(annotations=coverage + names, shapes=outlines + lines)
    size = 10 if len(x) > MOST_FULL_SIZE else 12
    bottom = _names_height(matrix, size)
    with_common_look(figure, TOP + bottom + ROW_HEIGHT * max(len(y), 2), dark).update_layout(
        margin={"t": TOP, "b": bottom, "l": 8, "r": 90}, clickmode="event+select",
        legend={"y": 1, "yanchor": "top", "yref": "container", "itemclick": False})
    figure.update_xaxes(
        tickvals=list(x.values()), ticktext=[_column(row) for row in matrix.columns.itertuples()],
        tickangle=-60, tickfont={"size": size},
        range=[-0.6, len(x) - 0.4], showgrid=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(
        tickvals=list(y.values()), ticktext=[label(name, 30, 2) for name in matrix.rows["name"]],
        range=[len(y) - 0.5, -0.5], showgrid=False, zeroline=False, fixedrange=True,
        automargin=True)
    return figure


def least_width(matrix: Matrix) -> int:
    """The width in pixels below which the squares of neighbouring columns would touch."""
    return SIDES + COLUMN_WIDTH * len(matrix.columns)


def _names_height(matrix: Matrix, size: int) -> int:
    """The height in pixels of the longest slanted name below the columns."""
    longest = max((len(" · ".join(_short(row))) for row in matrix.columns.itertuples()), default=0)
    return 20 + round(0.45 * size * longest)


def _column(row: object) -> str:
    name, who, spend = _short(row)
    return " · ".join(filter(None, (label(name), who and f"<i>{label(who)}</i>", label(spend))))


def _short(row: object) -> tuple[str, str, str]:
    return (_cut(row.name, 24), _cut(row.who, 17), row.spend_label)  # type: ignore[attr-defined]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most - 1]}…"


def _squares(matrix: Matrix, state: str, word: str, marker: str, fill: str,
             x: dict[str, int], y: dict[str, int]) -> go.Scatter:
    cells = matrix.cells[matrix.cells["state"] == state]
    cells = cells[cells["outcome_id"].isin(list(y))]
    return go.Scatter(
        x=[x[product] for product in cells["product_id"]],
        y=[y[outcome] for outcome in cells["outcome_id"]],
        mode="markers", name=word, customdata=cells[["product_id", "outcome_id"]].to_numpy(),
        marker={"symbol": marker, "size": 11 if len(x) > MOST_FULL_SIZE else 15, "color": fill,
                "line": {"color": fill if marker.endswith("open") else OUTLINE, "width": 1.5}},
        text=[f"<b>{label(p)}</b><br>{label(o, 50)}<br>{word}" for p, o in
              zip(cells["product_name"], cells["outcome_name"], strict=True)],
        hovertemplate="%{text}<extra></extra>", unselected={"marker": {"opacity": 1}})


def _dots(x: dict[str, int], y: dict[str, int]) -> go.Scatter:
    """A small dot in every cell, which shows where nothing links."""
    pairs = [(column, row) for column in x.values() for row in y.values()]
    return go.Scatter(
        x=[column for column, _ in pairs], y=[row for _, row in pairs], mode="markers",
        marker={"size": 3, "color": GREY, "opacity": 0.6}, hoverinfo="skip", showlegend=False)


def _margin(matrix: Matrix, y: dict[str, int]) -> list[dict[str, Any]]:
    """The coverage of each row, and the money it serves, at the right."""
    texts = []
    for row in matrix.rows.itertuples():
        word = COVERAGE.get(row.coverage, UNKNOWN)
        text = f"{word.in_short}<br>{label(row.spend_label)}" if row.spend_label else word.in_short
        texts.append({"x": 1, "xref": "paper", "y": y[row.outcome_id], "text": text,
                      "align": "left", "showarrow": False, "xanchor": "left", "xshift": 6})
    return texts


def _outlines(matrix: Matrix, x: dict[str, int], y: dict[str, int]) -> list[dict[str, Any]]:
    """Boxes around rows that nobody serves and columns that serve nothing."""
    line = {"color": VERMILION, "width": 1.5, "dash": "dot"}
    rows = [y[row] for row in matrix.rows.loc[matrix.rows["coverage"] == "uncovered", "outcome_id"]]
    columns = [x[column] for column in matrix.columns.loc[matrix.columns["empty"], "product_id"]]
    return [*({"type": "rect", "x0": -0.5, "x1": len(x) - 0.5, "y0": at - 0.42, "y1": at + 0.42,
               "line": line} for at in rows),
            *({"type": "rect", "x0": at - 0.45, "x1": at + 0.45, "y0": -0.5, "y1": len(y) - 0.5,
               "line": line} for at in columns)]


def _group_names(matrix: Matrix) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The name of each group above its columns, and a thin line between groups."""
    names, lines = [], []
    for group, columns in matrix.columns.groupby("group", sort=False):
        first, last = columns.index[0], columns.index[-1]
        room = max(6, 100 * (last - first + 1) // len(matrix.columns))
        names.append({"x": (first + last) / 2, "y": 1, "yref": "paper", "yanchor": "bottom",
                      "showarrow": False, "text": f"<b>{label(group, room, 2)}</b>",
                      "font": {"size": 11}})
        if last < len(matrix.columns) - 1:
            lines.append({"type": "line", "xref": "x", "x0": last + 0.5, "x1": last + 0.5,
                          "yref": "y domain", "y0": 0, "y1": 1,
                          "line": {"color": GREY, "width": 0.7}})
    return names, lines
