"""Dots: none covers another, each says what it stands for, and a name stands where it is free."""

import json

import pandas as pd
import pytest
from plotly.io import to_json

from orgdata.charts import Finished
from orgdata.charts.dots import APART, NARROWEST, dots, stacked
from orgdata.views.portfolio import drawn, pace_rows
from tests import demo_company

ROWS = pd.DataFrame({
    "product_id": ["P1", "P2", "P3", "P4", "P5", "P6"],
    "name": ["Zebra <i>", "Ant", "Bee", "Cat", "Dog", "Eel"],
    "area": ["Pay", "Pay", "Web", "Web", "Web", "Web"],
    "spend": [100.0, 25.0, 0.0, 16.0, 9.0, 4.0], "proven": [1.0, 0.0, 0.5, 0.996, 0.0, 0.0],
    "ahead": [10.0, -40.0, 6.0, 0.0, 1.0, 1.0], "judged": [1, 2, 1, 1, 1, 1]})


def figures(company, dark):
    """What is shown of a company, for the test of contrast."""
    return {dots: dots(drawn(pace_rows(company, company.products)), "annual_spend", "USD", dark)}


@pytest.fixture(scope="module")
def figure():
    return dots(ROWS, "annual_spend", "USD")


def by_product(figure, read):
    return {row[0]: read(trace, i) for trace in figure.data if trace.customdata is not None
            for i, row in enumerate(trace.customdata)}


def test_each_dot_stands_at_its_pace_and_none_covers_another(company_figure):
    for one in (dots(ROWS, "annual_spend", "USD"), company_figure):
        left, right = one.layout.xaxis.range
        places = [(NARROWEST * (x - left) / (right - left), y) for x, y in by_product(
            one, lambda trace, i: (trace.x[i], trace.y[i])).values()]
        assert len(places) >= 6
        for at, (x, y) in enumerate(places):
            assert all(abs(x - other) >= APART - 1e-6 or abs(y - row) >= APART - 1e-6
                       for other, row in places[at + 1:])
            assert 0 < y < one.layout.yaxis.range[0]


@pytest.fixture(scope="module")
def company_figure():
    return figures(demo_company.alignment(), False)[dots]


def test_dots_stand_on_the_lowest_level_that_is_free():
    assert stacked([0, 1, 2, 3, 9], 2) == [0, 1, 0, 1, 0]
    assert stacked([5, 5, 5], 1) == [0, 1, 2]
    assert stacked([], 1) == []


def test_the_one_farthest_behind_in_each_area_carries_its_name(figure):
    assert by_product(figure, lambda trace, i: trace.text[i]) == {
        "P1": "", "P2": "Ant", "P3": "", "P4": "", "P5": "", "P6": ""}  # Web is nowhere behind
    assert list(figure.data[0].text) == ["Pay · 2 products", "Web · 4 products"]


def test_shape_tells_whether_half_of_the_spend_is_backed(figure):
    assert by_product(figure, lambda trace, i: trace.marker.symbol) == {
        "P1": "circle", "P3": "circle", "P4": "circle", "P2": "diamond", "P5": "diamond",
        "P6": "diamond"}


def shown(trace, i):
    """What the browser shows of a mark: its template, filled in."""
    said = trace.hovertemplate.removesuffix("<extra></extra>")
    for at, value in enumerate(trace.customdata[i]):
        said = said.replace(f"%{{customdata[{at}]}}", value)
    return said


def test_what_a_dot_says(figure):
    said = by_product(figure, shown)
    assert said["P1"] == ("<b>Zebra &lt;i&gt;</b><br>$100<br>100 % of its spend is backed by OKRs"
                          "<br>10 points ahead on average of 1 key result")
    assert said["P2"].endswith("40 points behind on average of 2 key results")
    assert "99 % of its spend is backed by OKRs" in said["P4"]


def test_the_axis_says_what_is_expected_and_has_room_for_a_name(figure):
    assert list(figure.layout.xaxis.ticktext) == ["−40", "−20", "as expected"]
    left, right = figure.layout.xaxis.range
    assert left < -40 - 0.4 * (right - left) * 0.5
    assert right > 10


def test_products_that_are_all_as_expected():
    one = dots(ROWS.assign(ahead=0.0), "count", None)
    assert list(one.layout.xaxis.ticktext) == ["as expected"]
    assert "what it supports" in one.data[1].name


def test_a_finished_figure_is_sent_as_it_was(figure):
    finished = Finished(figure)
    sent = to_json(finished.to_dict(), validate=False)
    assert json.loads(sent) == json.loads(figure.to_json())
    assert "..." in repr(finished)  # for which plotly takes its template out
    assert finished.to_dict()["layout"] == json.loads(sent)["layout"]
    assert finished.to_dict()["data"] is finished.to_dict()["data"]
