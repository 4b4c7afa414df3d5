import numpy as np
import pandas as pd
import pytest

from orgdata.charts.money import mix, money_against_weight
from orgdata.views.outcomes import money_rows
from orgdata.views.palette import BLUE, GREY
from orgdata.views.portfolio import mix_rows

MONEY = pd.DataFrame({"name": ["Growth <b>", "Trust", "Not linked to an outcome"],
                      "weight": [0.5, 0.5, 0.0], "share": [0.666, 0.0, 0.334],
                      "money": [666.0, 0.0, 334.0], "share_pct": [67.0, 0.0, 33.0]})
MIX = pd.DataFrame({"bucket": ["invest", "not stated"], "stated": [True, False], "spend": [900_000.0, 100_000.0],
                    "share": [0.9, 0.1], "count": [1, 12], "target": [0.55, np.nan],
                    "share_pct": [90.0, 10.0]})


def figures(company, dark):
    """What is shown of a company, for the test of contrast."""
    roles = mix_rows(company, company.products, "strategic_role")
    return {mix: mix(roles, "annual_spend", "USD", dark),
            money_against_weight: money_against_weight(
                money_rows(company), "annual_spend", "USD", dark)}


def test_bars_of_money_and_markers_of_weight():
    names, figures, bars, ticks = money_against_weight(MONEY, "annual_spend", "USD").data
    assert names.text == ("Growth &lt;b&gt;", "Trust", "Not linked to an outcome")
    assert figures.text == ("67 % · $666", "0 % · $0", "33 % · $334")
    assert bars.x == (0.666, 0, 0.334)
    assert ticks.x == (0.5, 0.5, 0)
    assert ticks.name == "stated weight"
    assert bars.customdata[0] == "<b>Growth &lt;b&gt;</b><br>67 % · $666<br>marker: 50 %"


def test_money_tied_to_nothing_is_hatched():
    bars = money_against_weight(MONEY, "annual_spend", "USD").data[2]
    assert bars.marker.pattern.shape == ("", "", "/")
    assert bars.marker.color == (BLUE, BLUE, GREY)


def test_no_marker_where_weights_are_not_stated():
    figure = money_against_weight(MONEY.assign(weight=np.nan), "fte", None)
    assert len(figure.data) == 3
    assert "marker" not in figure.data[2].customdata[0]
    assert figure.data[1].text[0] == "67 % · 666 FTE"


def test_the_mix_with_its_targets():
    names, figures, bars, ticks = mix(MIX, "annual_spend", "EUR").data
    assert names.text == ("invest", "not stated")
    assert figures.text == ("90 % · €900k · 1 product", "10 % · €100k · 12 products")
    assert bars.marker.pattern.shape == ("", "/")
    assert (ticks.x[0], ticks.name) == (0.55, "target")
    assert np.isnan(ticks.x[1])
    assert len(mix(MIX.assign(target=np.nan), "annual_spend", "EUR").data) == 3


def test_counted_products_are_not_said_twice():
    assert mix(MIX.assign(spend=[1.0, 12.0]), "count", None).data[1].text == (
        "90 % · 1 product", "10 % · 12 products")


def test_an_unknown_share_has_no_bar():
    figure = mix(MIX.assign(spend=0.0, share=np.nan, share_pct=np.nan,
                            target=np.nan), "annual_spend", "USD")
    assert all(value != value for value in figure.data[2].x)
    assert figure.data[1].text[0] == "unknown · $0 · 1 product"
    unknown = mix(MIX.assign(spend=np.nan, share=np.nan, share_pct=np.nan, target=np.nan),
                  "annual_spend", "USD")
    assert unknown.data[1].text[0] == "unknown · 1 product"


@pytest.mark.parametrize(("top", "end", "ticks"), [
    (0.04, 0.1, ("0 %", "10 %")), (0.11, 0.2, ("0 %", "10 %", "20 %")),
    (0.9, 1.0, ("0 %", "20 %", "40 %", "60 %", "80 %", "100 %")),
    (1.0, 1.0, ("0 %", "20 %", "40 %", "60 %", "80 %", "100 %"))])
def test_the_axis_ends_past_the_longest_bar(top, end, ticks):
    rows = MONEY.assign(share=[top, 0.0, 0.0], weight=np.nan)
    axis = money_against_weight(rows, "annual_spend", None).layout.xaxis
    assert axis.range == (0, end)
    assert axis.ticktext == ticks
