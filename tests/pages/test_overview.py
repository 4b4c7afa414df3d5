"""Every headline opens to rows that add up to it; the matrix opens to its evidence."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from streamlit.typing import PlotlyState

from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import day_of, load
from orgdata.measures import align
from orgdata.ui.shell import source
from orgdata.views.headlines import headlines
from tests.pages.conftest import text_of

KEYS = ("aligned", "coverage", "aligned_spend", "linked_spend", "fit", "gaps", "evidence")
ADDS = {"aligned": "aligned", "coverage": "adds %", "aligned_spend": "adds %",
        "linked_spend": "adds %", "fit": "moves %", "gaps": "gaps", "evidence": "evaluated"}


def _rows(app, key):
    """The table behind a headline as it is sent to the browser once it is opened."""
    assert not app.get("popover")[KEYS.index(key)].dataframe
    app.session_state[f"open_{key}"] = True
    app.run()
    return app.get("popover")[KEYS.index(key)].dataframe[0].value


@pytest.mark.parametrize("key", KEYS)
def test_rows_behind_a_headline_add_up_to_it(opened, key):
    app = opened("overview")
    shown = {one.label: one.value for one in app.metric}
    found = source.evaluated(source.current(), source.current().default_day)
    one = next(one for one in headlines(found.alignment, found.gaps) if one.key == key)
    assert shown[one.label] == one.value
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
                            r"Whether they are \w+ is unknown, because ", one.formula), one.key


def test_a_square_opens_its_evidence_and_the_url_remembers_it(opened):
    app = opened("overview")
    app.session_state["matrix"] = PlotlyState(
        {"selection": {"points": [{"customdata": ["P01", "O1"]}], "point_indices": [0],
                       "box": [], "lasso": []}})
    app.run()
    assert not app.exception
    assert "Declared as primary \\(contributions row 2\\)" in text_of(app)
    assert app.query_params["cell_product"] == "P01"
    assert app.query_params["cell_outcome"] == "O1"
    again = opened("overview", cell_product="P01", cell_outcome="O1")
    assert "Declared as primary \\(contributions row 2\\)" in text_of(again)


def _places(app):
    """The products at the foot of the matrix, and what is said of them."""
    spec = json.loads(next(one.proto.spec for one in app.get("plotly_chart")))
    said = next(one.value for one in app.caption if one.value.startswith("Products "))
    return [text.split(" ")[0] for text in spec["layout"]["xaxis"]["ticktext"]], said


def test_a_big_group_is_shown_in_parts_that_the_url_names(opened, tmp_path):
    names = [f"P{number:03}" for number in range(130)]
    for table, head, row in (("products", "product_id,name,business_area", "{0},{0},Shop"),
                             ("contributions", "product_id,outcome_id", "{0},O1"),
                             ("outcomes", "outcome_id,name", "O1,Trust")):
        rows = dict.fromkeys(row.format(name) for name in names)
        (tmp_path / f"{table}.csv").write_text("\n".join((head, *rows, "P130,P130,Hall" * (
            table == "products"))))
    first, last = (opened("overview", source=tmp_path, group_area="Shop", **query)
                   for query in ({}, {"part": "4"}))
    assert _places(first) == (names[:40], "Products 1 to 40 of 130, by name")
    assert _places(last) == (names[120:], "Products 121 to 130 of 130, by name")
    other = opened("overview", source=tmp_path, part="4", group_area="Hall")
    assert not other.exception
    far = opened("overview", source=tmp_path, group_area="Shop", part="9")
    assert _places(far)[1] == "Products 1 to 40 of 130, by name"
    last.selectbox(key="group_area").select("Hall").run()  # one part only
    assert not last.exception
    last.selectbox(key="group_area").select("Shop").run()
    assert _places(last)[1].startswith("Products ")


def test_filters_narrow_lists_and_never_formulas(opened):
    whole, narrow = opened("overview"), opened("overview", area="Payments")
    assert [one.value for one in whole.metric] == [one.value for one in narrow.metric]
    assert "In Payments" in narrow.info[0].value
    assert not whole.info


def test_the_default_source_is_the_demo(opened, monkeypatch):
    monkeypatch.delenv("ORGDATA_SOURCE", raising=False)
    assert source.source_name() == str(DEMO)
