import numpy as np
import pandas as pd
import pytest

from orgdata.charts.bullets import bullets
from orgdata.views import vocabulary
from orgdata.views.key_results import result_rows
from orgdata.views.palette import GREEN, GREY, ORANGE

ROWS = pd.DataFrame({
    "title": ["Grow <b>", "Blank", "Done", "Kept"],
    "status": ["needs_attention", "unknown", "achieved", "on_track"],
    "fresh": ["fresh", "never", "late", None],
    "shown": [0.299, np.nan, 1.0, 0.0], "expected_share": [0.5, 0.5, 0.35, np.nan]})


def figures(company, dark):
    """What is shown of a company, in every status, for the test of contrast."""
    rows = result_rows(company.key_results)
    assert set(rows["status"]) <= set(vocabulary.STATUS)
    every_status = pd.concat([rows.head(5), *(
        rows.head(1).assign(status=word) for word in vocabulary.STATUS)])
    return {bullets: bullets(every_status, dark)}


@pytest.fixture(scope="module")
def traces():
    return dict(zip(["names", "figures", "track", "done", "expected"], bullets(ROWS).data,
                    strict=True))


def numbers(values):
    return [None if value != value else value for value in values]


def test_unknown_is_hatched_and_not_zero(traces):
    assert traces["track"].marker.pattern.shape == ("", "/", "", "")
    assert traces["track"].x == (1, 1, 1, 1)
    assert numbers(traces["done"].x) == [0.299, None, 1, 0]
    assert traces["figures"].text == ("30 %", "?", "100 %", "0 %")


def test_what_is_expected_is_marked_where_progress_is_known(traces):
    assert numbers(traces["expected"].x) == [0.5, None, 0.35, None]
    assert traces["expected"].name == "expected by now"


def test_status_is_said_by_symbol_colour_and_word(traces):
    assert traces["names"].text == ("▽ Grow &lt;b&gt;", "? Blank", "★ Done", "● Kept")
    assert traces["done"].marker.color == (ORANGE, GREY, GREEN, GREEN)
    assert traces["done"].customdata[:2] == (
        "<b>Grow &lt;b&gt;</b><br>▽ needs attention<br>done 30 %<br>expected by now 50 %<br>"
        "evidence: ● up to date",
        "<b>Blank</b><br>? unknown<br>done unknown<br>expected by now 50 %<br>"
        "evidence: ○ never checked in")


def test_no_rows():
    assert len(bullets(ROWS.head(0)).data) == 5
