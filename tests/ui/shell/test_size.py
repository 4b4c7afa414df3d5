"""The size of a result: roughly what it takes, and it grows with its rows."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import pytest

from orgdata.ui.shell.size import size_of
from orgdata.ui.widgets import tables


@dataclass(frozen=True)
class Held:
    rows: pd.DataFrame


def frame(rows):
    return pd.DataFrame({"name": [f"Product {i:09}" for i in range(rows)], "money": 1.0}).astype(
        {"name": "str"})


KINDS = {
    "a frame": frame, "a column": lambda rows: frame(rows)["name"], "text": lambda rows: "x" * 20 * rows,
    "an Arrow table": lambda rows: tables.to_arrow(frame(rows), {"name": "Name", "money": "Money"}),
    "records": lambda rows: frame(rows).to_dict("records"), "a list": lambda rows: [["x" * 20]] * rows,
    "names by id": lambda rows: dict.fromkeys(map(str, range(rows)), "name"),
    "a dataclass": lambda rows: Held(frame(rows)), "objects": lambda rows: frame(rows).assign(
        values=[{"a": 1}] * rows)["values"],
    "a figure": lambda rows: go.Figure(go.Scatter(x=frame(rows)["name"].tolist()))}


@pytest.mark.parametrize("kind", KINDS)
def test_ten_times_the_rows_are_about_ten_times_the_size(kind):
    few, many = size_of(KINDS[kind](1_000)), size_of(KINDS[kind](10_000))
    assert 7 * few < many < 13 * few
    assert 20 * 10_000 <= many < 1_000 * 10_000


def test_values_without_rows_are_small():
    assert all(size_of(one) < 200 for one in (None, 1, True, "", [], {}, frame(0)))
