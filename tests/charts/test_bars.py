import pytest

from orgdata.charts import INK
from orgdata.charts.bars import ROW_HEIGHT, add_bars, add_ticks, named_rows


def frame(dark=False):
    return named_rows(["Ada", "Bo"], ["10 %", "?"], 0.5, [0, 0.5], ["0 %", "50 %"], dark)


def test_rows_stand_top_down_with_their_figure_at_the_end():
    names, figures = frame().data
    assert (names.text, names.x, names.textposition) == (("Ada", "Bo"), (0, 0), "middle right")
    assert (figures.text, figures.x, figures.textposition) == (
        ("10 %", "?"), (0.5, 0.5), "middle left")
    assert names.y == figures.y == pytest.approx((-0.42, 0.58))
    layout = frame().layout
    assert layout.yaxis.range == (1.4, -0.75)
    assert layout.xaxis.range == (0, 0.5)
    assert layout.xaxis.ticktext == ("0 %", "50 %")
    assert layout.height == 70 + 2 * ROW_HEIGHT
    assert frame(dark=True).data[0].textfont.color == INK[True]


def test_a_row_without_a_value_has_no_bar():
    bar = add_bars(frame(), [0.1, None], ["#000", "#fff"], name="x", hover=["a", "b"],
                   patterns=["", "/"]).data[-1]
    assert (bar.x, bar.y, bar.orientation) == ((0.1, None), (0, 1), "h")
    assert bar.marker.pattern.shape == ("", "/")
    assert bar.customdata == ("a", "b")
    plain = add_bars(frame(), [0.1, 0.2], ["#000", "#fff"], name="x", hover=["a", "b"]).data[-1]
    assert plain.marker.pattern.shape == ("", "")


def test_ticks_stand_across_their_row():
    tick = add_ticks(frame(), [0.3, None], "expected").data[-1]
    assert (tick.x, tick.y, tick.marker.symbol, tick.name) == (
        (0.3, None), (0, 1), "line-ns", "expected")


def test_no_rows():
    assert named_rows([], [], 1.0, [], [], False).layout.height == 70
