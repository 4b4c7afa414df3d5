import pandas as pd

from orgdata.charts.history import lines

DAYS = pd.to_datetime(["2026-11-06", "2026-11-13", "2026-11-20"])
ROWS = pd.DataFrame({"day": DAYS, "value": [3.0, float("nan"), 5.0], "stretch": [0, 0, 1]})
NAMES = {"g": "Gaps <b>"}
TEXTS = ["3", "unknown", "5"]


def figures(company, dark):
    """What is shown of a company, for the test of contrast."""
    day = company.as_of
    return {lines: lines(NAMES, {"g": ROWS}, {"g": (1.0, 4.0)}, {"g": TEXTS},
                         {"Q4": day.date()}, {day.date(): "Go"}, (), dark)}


def test_a_line_is_never_drawn_across_a_break():
    drawn = lines(NAMES, {"g": ROWS}, {}, {"g": TEXTS}, {}, {}, ())
    assert [list(one.x) for one in drawn.data] == [list(DAYS[:2]), list(DAYS[2:])]
    assert not any(one.connectgaps for one in drawn.data)
    assert [text for one in drawn.data for text in one.customdata] == [
        "6 Nov 2026: 3", "13 Nov 2026: unknown", "20 Nov 2026: 5"]


def test_what_is_usual_stands_behind_it_and_what_happened_beside_it():
    drawn = lines(NAMES, {"g": ROWS}, {"g": (1.0, 4.0)}, {"g": TEXTS},
                  {"Q4 <i>": DAYS[1].date()}, {DAYS[0].date(): "Go <b>"}, ())
    band, cycle = drawn.layout.shapes[0], drawn.layout.shapes[1]
    assert (band.y0, band.y1) == (1.0, 4.0)
    assert cycle.line.dash == "dot"
    assert [one.text for one in drawn.layout.annotations] == ["Gaps &lt;b&gt;", "Q4 &lt;i&gt;"]
    assert list(drawn.data[-1].customdata) == ["Go &lt;b&gt;"]


def test_percentages_run_to_a_hundred():
    drawn = lines(NAMES, {"g": ROWS}, {}, {"g": TEXTS}, {}, {}, ("g",))
    assert drawn.layout.yaxis.range == (0, 100)
