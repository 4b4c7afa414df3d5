import json

import numpy as np
import pandas as pd
import pytest
from plotly.io import to_json

from orgdata.charts import Finished
from orgdata.charts.bubbles import LARGEST, SMALLEST, bubbles
from orgdata.views.portfolio import bubble_rows

ROWS = pd.DataFrame({
    "product_id": ["P1", "P2", "P3", "P4", "P5", "P6"],
    "name": ["Zebra <i>", "Ant", "Bee", "Cat", "Dog", "Eel"],
    "role": ["invest", "invest", "sunset", "not stated", "maintain", "enable"],
    "spend": [100.0, 25.0, 0.0, 16.0, 9.0, 4.0], "proven": [1.0, 0.0, 0.5, 0.996, 0.0, 0.0],
    "ahead": [10.0, -40.0, -6.0, 0.0, 1.0, 1.0], "judged": [1, 2, 1, 1, 1, 1]})


def figures(company, dark):
    """What is shown of a company, for the test of contrast."""
    return {bubbles: bubbles(bubble_rows(company, company.products), "annual_spend", "USD", dark)}


@pytest.fixture(scope="module")
def figure():
    return bubbles(ROWS, "annual_spend", "USD")


def by_product(figure, read):
    return {row[0]: read(trace, i) for trace in figure.data
            for i, row in enumerate(trace.customdata)}


def test_products_stand_where_they_are(figure):
    assert by_product(figure, lambda trace, i: (trace.x[i], trace.y[i])) == {
        "P1": (1, 10), "P2": (0, -40), "P3": (0.5, -6), "P4": (0.996, 0), "P5": (0, 1),
        "P6": (0, 1)}


def test_area_stands_for_money_and_none_is_too_small_to_see(figure):
    assert by_product(figure, lambda trace, i: trace.marker.size[i]) == pytest.approx({
        "P1": LARGEST, "P2": LARGEST / 2, "P3": SMALLEST, "P4": LARGEST * 0.4,
        "P5": LARGEST * 0.3, "P6": SMALLEST})


def test_each_role_has_a_shape_of_its_own(figure):
    shapes = {trace.name: trace.marker.symbol for trace in figure.data}
    assert shapes == {"invest": "circle", "sunset": "triangle-down", "maintain": "square",
                      "enable": "cross", "not stated": "hexagon"}


def test_the_largest_and_those_behind_carry_their_name(figure):
    names = by_product(figure, lambda trace, i: trace.text[i])
    assert names == {"P1": "Zebra &lt;i&gt;", "P2": "Ant", "P3": "Bee", "P4": "Cat", "P5": "Dog",
                     "P6": ""}


def shown(trace, i):
    """What the browser shows of a mark: its template, filled in."""
    said = trace.hovertemplate.removesuffix("<extra></extra>").replace(
        "%{fullData.name}", trace.name)
    for at, value in enumerate(trace.customdata[i]):
        said = said.replace(f"%{{customdata[{at}]}}", value)
    return said


def test_what_a_bubble_says(figure):
    said = by_product(figure, shown)
    assert said["P1"] == ("<b>Zebra &lt;i&gt;</b><br>bet: invest<br>$100<br>"
                          "100 % of its spend is backed by OKRs<br>"
                          "10 points ahead on average of 1 key result")
    assert said["P2"].endswith("40 points behind on average of 2 key results")
    assert "99 % of its spend is backed by OKRs" in said["P4"]


def test_everything_is_inside_the_axes(figure):
    low, high = figure.layout.yaxis.range
    assert low < ROWS["ahead"].min()
    assert high > ROWS["ahead"].max()
    left, right = figure.layout.xaxis.range
    assert left < 0
    assert right > 1


def test_no_money_at_all():
    none = bubbles(ROWS.assign(spend=0.0), "count", None)
    assert {size for trace in none.data for size in np.ravel(trace.marker.size)} == {SMALLEST}


def test_a_finished_figure_is_sent_as_it_was(figure):
    finished = Finished(figure)
    sent = to_json(finished.to_dict(), validate=False)
    assert json.loads(sent) == json.loads(figure.to_json())
    assert finished.to_dict() is finished.to_dict()
