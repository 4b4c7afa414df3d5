"""Every headline opens to rows that add up to it; the map to its evidence."""

import re
from datetime import date

import pandas as pd
import pytest

from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import day_of, load
from orgdata.measures import align
from orgdata.ui.shell import server, source
from orgdata.ui.shell.escape import md
from orgdata.views.headlines import headlines
from tests.pages.conftest import map_of, text_of

KEYS = ("aligned", "coverage", "aligned_spend", "gaps", "linked_spend", "fit", "evidence")
ADDS = {"aligned": "aligned", "coverage": "adds %", "aligned_spend": "adds %",
        "linked_spend": "adds %", "fit": "to move %", "gaps": "gaps", "evidence": "evaluated"}


def _rows(app, key):
    """The table behind a headline as it is sent to the browser once it is opened."""
    assert not app.dataframe
    app.session_state[f"open_{key}"] = True
    app.run()
    return app.dataframe[0].value


@pytest.mark.parametrize("key", KEYS)
def test_rows_behind_a_headline_add_up_to_it(opened, key):
    app = opened("overview")
    shown = {one.label: one.value for one in app.metric}
    found = source.evaluated(source.current(), source.current().default_day)
    one = next(one for one in headlines(found.alignment, found.gaps) if one.key == key)
    if key == "evidence":  # a line at the foot
        assert md(f"{one.label}: {one.value}; {one.note}") in text_of(app)
    else:
        assert shown[md(one.label)] == one.value
    total = float(pd.to_numeric(_rows(app, key)[ADDS[key]]).sum())
    assert total == pytest.approx(one.total, abs=1e-9)
    number = {"aligned": f"{total:.0f} of", "gaps": f"{total:.0f}", "evidence": f"{total:.0f} of",
              "fit": f"{int(100 - total + 1e-9)} %"}.get(key)
    if key == "coverage":
        assert f"{int(total + 1e-9)} % by weight" in one.note
    else:
        assert one.value.startswith(number or f"{int(total + 1e-9)} %")


@pytest.mark.parametrize("name", ["sourcegraph", "canada", "canada_full", "nyc"])
def test_real_headlines_add_up(real_data, name):
    portfolio = load(str(real_data / name))
    alignment = align(portfolio, day_of(portfolio, None, date.max))
    for one in headlines(alignment, find_gaps(alignment)):
        if one.total is not None:
            assert one.rows[one.adds].sum() == pytest.approx(one.total, abs=1e-6), one.key
        else:
            assert re.match("Unknown, because " if one.value == "unknown" else
                            r".*(Whether they are \w+ is unknown, because|, so none is aligned: )",
                            one.formula), one.key


def test_what_the_address_says_is_picked_is_explained_beside_the_map(opened):
    for cell, told in (("P01:O1", "Stated as primary"), ("P01:", "Checkout is aligned"),
                       (":O2", "Expand to Japan")):
        app = opened("overview", cell=cell)
        assert not app.exception
        assert told in text_of(app), cell
    app.button(key="close_cell").click().run()
    assert "cell" not in app.query_params


@pytest.mark.parametrize("cell", ["", ":", "P01", "P99:O1", "P01:O99", "::", "P01:O1:"])
def test_a_cell_that_is_not_there_is_no_error(opened, cell):
    app = opened("overview", cell=cell)
    assert not app.exception
    assert "close_cell" not in {one.key for one in app.button}


def test_filters_of_the_sidebar_narrow_the_map(opened):
    whole, narrow = (map_of(opened("overview", **query)) for query in ({}, {"area": "Payments"}))
    assert len(whole["products"]["id"]) == 40
    assert len(narrow["products"]["id"]) == 9
    assert whole["outcomes"] == narrow["outcomes"]


def test_filters_narrow_lists_and_never_formulas(opened):
    whole, narrow = opened("overview"), opened("overview", area="Payments")
    assert [one.value for one in whole.metric] == [one.value for one in narrow.metric]
    assert "In Payments" in narrow.info[0].value
    assert not whole.info


def test_the_default_source_is_the_demo(opened, monkeypatch):
    monkeypatch.delenv("ORGDATA_SOURCE", raising=False)
    assert server.source_name() == str(DEMO)
