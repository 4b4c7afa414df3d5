"""The matrix as a picture: each square knows its cell, and each state has its own shape."""

from dataclasses import replace

import pytest

from orgdata.charts.matrix import MARKS, least_width, matrix_figure
from orgdata.views.matrix import matrix
from tests.builders import HALFWAY, aligned
from tests.growth import outgrown

TABLES = {
    "outcomes": "O1 name='Grow <b>' weight=60 | O2 name=Alone weight=40",
    "products": "P1 name=A<i> business_area=X annual_spend=5k | P2 name=B business_area=X | "
                "P3 name=C business_area=Y annual_spend=0 | P4 name=D annual_spend=0 | P5 name=E business_area=X",
    "people": "H1 name='Ada & Co'", "assignments": "P1 H1 accountable",
    "contributions": "P1 O1 primary confirmed_on=2026-10-01 | P2 O1 primary "
                     "confirmed_on=2026-10-01 | P3 O1 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY} | "
                  f"J4 product_id=P4 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10",
}


def figures(company, dark):
    """What is shown of a company, for the test of contrast."""
    return {matrix_figure: matrix_figure(matrix(company, company.products, "area"), dark)}


@pytest.fixture(scope="module")
def shown():
    measured = aligned({"currency": "<b>"}, **TABLES)
    return matrix(measured, measured.products, "area")


@pytest.fixture(scope="module")
def figure(shown):
    return matrix_figure(shown)


def squares(figure):
    return {trace.name: trace for trace in figure.data if trace.customdata is not None}


def test_each_square_knows_its_product_and_outcome(figure):
    assert {name: trace.customdata.tolist() for name, trace in squares(figure).items()} == {
        "proven": [["P1", "O1"]], "claimed, not proven": [["P2", "O1"]],
        "not confirmed yet": [["P3", "O1"]], "goal only, not declared": [["P4", "O1"]]}


def test_and_stands_in_their_column_and_row(figure):
    columns, rows = figure.layout.xaxis.ticktext, figure.layout.yaxis.ticktext
    assert [text.split(" · ")[0] for text in columns] == ["A&lt;i&gt;", "B", "E", "C", "D"]
    assert rows == ("Grow &lt;b&gt;", "Alone")
    places = {name: (trace.x, trace.y) for name, trace in squares(figure).items()}
    assert places == {"proven": ((0,), (0,)), "claimed, not proven": ((1,), (0,)),
                      "not confirmed yet": ((3,), (0,)), "goal only, not declared": ((4,), (0,))}


def test_every_state_has_a_shape_of_its_own():
    shapes = [shape for shape, _ in MARKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_empty_rows_and_columns_are_outlined(figure):
    row, column = ([one.x0, one.x1, one.y0, one.y1] for one in figure.layout.shapes
                   if one.type == "rect")
    assert row == pytest.approx([-0.5, 4.5, 0.58, 1.42])  # O2
    assert column == pytest.approx([1.55, 2.45, -0.5, 1.5])  # P5


def test_coverage_and_money_stand_at_the_right_and_groups_above(figure):
    texts = [one.text for one in figure.layout.annotations]
    assert texts == ["● covered<br>5k &lt;b&gt;", "○ unserved<br>0 &lt;b&gt;", "<b>X</b>",
                     "<b>Y</b>", "<b>No business area</b>"]
    lines = [one.x0 for one in figure.layout.shapes if one.type == "line"]
    assert lines == [2.5, 3.5]


def test_columns_say_who_and_how_much(figure):
    assert figure.layout.xaxis.ticktext[0] == "A&lt;i&gt; · <i>Ada &amp; Co</i> · 5k &lt;b&gt;"
    assert figure.layout.xaxis.ticktext[1] == "B · <i>nobody</i>"


def test_an_empty_cell_is_a_dot_that_says_nothing(figure):
    dots = figure.data[0]
    assert len(dots.x) == 10
    assert (dots.hoverinfo, dots.showlegend) == ("skip", False)


def test_the_same_table_gives_the_same_figure_and_is_left_as_it_is(shown):
    before = [frame.copy() for frame in (shown.columns, shown.rows, shown.cells)]
    assert matrix_figure(shown).to_json() == matrix_figure(shown).to_json()
    for frame, was in zip((shown.columns, shown.rows, shown.cells), before, strict=True):
        assert frame.equals(was)


def test_it_asks_for_the_room_its_columns_need(shown):
    wide = aligned(outcomes="O1", products=" | ".join(f"P{i}" for i in range(65)),
                   contributions="P1 O1")
    assert least_width(matrix(wide, wide.products, "area")) - least_width(shown) == 60 * 13


def test_ten_times_the_rows_are_about_ten_times_the_work(shown):
    def drawn(size):
        rows = shown.rows.loc[[0] * size].assign(outcome_id=[f"O{n}" for n in range(size)])
        return lambda: matrix_figure(replace(shown, rows=rows.reset_index(drop=True)))
    assert not outgrown(drawn, 20, 200)
