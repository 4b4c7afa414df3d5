"""Numbers, money and days as people read them; nothing unknown passes for zero."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata import formats
from orgdata.tabular.numbers import number as read

UNKNOWNS = [None, np.nan, pd.NaT, pd.NA]


@pytest.mark.parametrize("value", UNKNOWNS)
@pytest.mark.parametrize("write", [
    formats.percent, formats.share, formats.number, formats.exact, formats.compact, formats.day,
    formats.cell_text, lambda value: formats.money(value, "annual_spend", "USD")])
def test_unknown_says_so(write, value):
    assert write(value) == "unknown"


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e308, -1e308, 5e-324])
@pytest.mark.parametrize("write", [
    formats.percent, formats.share, formats.number, formats.exact, formats.compact, formats.points,
    formats.cell_text, lambda value: formats.money(value, "annual_spend", "USD")])
def test_a_number_of_any_size_is_written(write, value):
    assert write(value)


@pytest.mark.parametrize(("value", "written", "with_tenth"), [
    (0, "0 %", "0.0 %"), (1e-9, "0 %", "0.0 %"), (0.04, "<1 %", "<0.1 %"),
    (0.4, "<1 %", "0.4 %"), (0.5, "1 %", "0.5 %"), (5.2, "5 %", "5.2 %"),
    (28.499999999999996, "29 %", "28.5 %"), (28.5, "29 %", "28.5 %"), (99.4, "99 %", "99.4 %"),
    (99.6, "99 %", "99.6 %"), (99.99, "99 %", "99.9 %"), (100, "100 %", "100.0 %"),
    (99.99999999999999, "100 %", "100.0 %"), (100.3, "101 %", "100.3 %"),
    (1234.5, "1,235 %", "1,234.5 %"), (-0.4, "−<1 %", "−0.4 %"), (-12.5, "−13 %", "−12.5 %")])
def test_percent_is_the_nearest_but_all_is_all_and_nothing_nothing(value, written, with_tenth):
    assert formats.percent(value) == formats.share(value / 100) == written
    assert formats.percent(value, decimals=1) == formats.share(value / 100, 1) == with_tenth


@pytest.mark.parametrize(("value", "threshold", "written"), [
    (0.05916, 0.05, "6 %"), (0.052, 0.05, "5.2 %"), (0.0502, 0.05, "5.02 %"), (0.05, 0.05, "5 %"),
    (0.148, 0.15, "14.8 %"), (0.7, 0.5, "70 %")])
def test_a_share_is_told_from_a_threshold_that_it_is_not(value, threshold, written):
    assert formats.share_against(value, threshold) == written


@pytest.mark.parametrize(("share", "other", "written"), [
    (0.25, 0.146, ("25.0 %", "14.6 %")), (0.25, 0.15, ("25 %", "15 %")),
    (0.25, 0.09, ("25 %", "9 %")), (0.146, 0.25, ("14.6 %", "25.0 %"))])
def test_a_difference_that_looks_like_its_threshold_is_told_from_it(share, other, written):
    texts = formats.apart_from(pd.Series([share]), pd.Series([other]), 0.1)
    assert tuple(text.iloc[0] for text in texts) == written


@pytest.mark.parametrize(("shares", "shown"), [
    ([0.446, 0.316, 0.083, 0.079, 0.056, 0.02], [45, 32, 8, 8, 5, 2]),
    ([1 / 3] * 3, [34, 33, 33]), ([0.105, 0.895], [10, 90]), ([0.5, 0.5, 0], [50, 50, 0]),
    ([0.996, 0.004], [99, 0.4]), ([0.003, 0.003, 0.994], [0.3, 0.3, 99]), ([1.0], [100]),
    ([0.333, 0.333], [33, 33]), ([0.25, None], [25, None]), ([], [])])
def test_parts_of_one_whole_add_up(shares, shown):
    parts = formats.parts(pd.Series(shares, dtype=float))
    assert parts.astype(object).where(parts.notna(), None).tolist() == shown


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30).filter(lambda values: sum(values) > 1))
def test_parts_add_up_and_none_is_more_than_a_point_off(values):
    shares = pd.Series(values) / sum(values)
    parts = formats.parts(shares)
    whole = parts.where((parts >= 1) | (parts == 0), 0)
    assert whole.sum() in (100, 99), "99 only beside parts that are less than one percent"
    assert whole.sum() == 100 or ((shares > 0) & (shares < 0.01)).any()
    assert ((parts - 100 * shares).abs() < 1 + 1e-6).all()
    assert (parts[shares > 1e-8] > 0).all(), "0 is nothing at all"


def test_what_is_rounded_adds_up_to_the_total():
    assert formats.apportioned([16.03, 22.74], 39) == [16, 23]
    assert formats.apportioned([-20.4, 10.3, 0.6], -10) == [-21, 10, 1]


def test_a_change_is_that_of_its_two_ends_as_shown():
    assert formats.moved(74.9099, 78.7925) == 3.9
    assert formats.moved(85.04, 85.0585) == 0.1
    assert formats.moved(90, 80) == -10


@pytest.mark.parametrize(("value", "written"), [
    (0, "0"), (7.25, "7.25"), (1200, "1,200"), (1200.4, "1,200"), (-3.14159, "-3.142"),
    (0.125, "0.125"), (123456789, "123,456,789")])
def test_number(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(("value", "written"), [
    (0, "0"), (12, "12"), (999, "999"), (999.9, "1k"), (1000, "1k"), (820_400, "820k"),
    (999_499, "999k"), (999_500, "1M"), (999_999, "1M"), (4_120_000, "4.12M"),
    (999_999_999, "1bn"), (2.5e9, "2.5bn"), (1.2e12, "1,200bn"), (-999_999, "-1M"), (-5, "-5")])
def test_compact(value, written):
    assert formats.compact(value) == written


@pytest.mark.parametrize(("value", "unit", "currency", "written"), [
    (4.1e6, "annual_spend", "USD", "$4.1M"), (-4.1e6, "annual_spend", "USD", "-$4.1M"),
    (820_000, "annual_spend", "EUR", "€820k"), (5, "annual_spend", "CHF", "5 CHF"),
    (5, "annual_spend", None, "5"), (12, "fte", "USD", "12 FTE"), (1, "count", None, "1 product"),
    (3, "count", "USD", "3 products"), (0, "annual_spend", "GBP", "£0")])
def test_money(value, unit, currency, written):
    assert formats.money(value, unit, currency) == written


@pytest.mark.parametrize(("value", "written"), [
    (12, "12 points"), (1, "1 point"), (9.99, "10 points"), (-0.5, "0.5 points"),
    (0, "0 points"), (1.04, "1 point"), (0.04, "<0.1 points")])
def test_points_are_rounded(value, written):
    assert formats.points(value) == written


def test_days_counts_and_lists():
    assert formats.day(pd.Timestamp("2026-11-05")) == "5 Nov 2026"
    assert formats.count(1, "product") == "1 product"
    assert formats.count(1234, "product") == "1,234 products"
    assert formats.count(2, "person", "people") == "2 people"
    assert formats.listed([]) == ""
    assert formats.listed(["A"]) == "A"
    assert formats.listed(["A", "B", "C"]) == "A, B and C"
    assert formats.listed(list("ABCDE")) == "A, B, C and 2 more"


@pytest.mark.parametrize(("text", "most", "shown"), [
    ("Checkout", 8, "Checkout"), ("Checkout", 7, "Checko…"), ("", 5, ""),
    ("Net revenue retention", 12, "Net revenue…"), ("Net revenue retention", 11, "Net revenu…"),
    ("A  b\nc", 5, "A b c"), ("x" * 300, 10, "x" * 9 + "…"), ("製品" * 20, 6, "製品製品製…")])
def test_long_text_is_clipped(text, most, shown):
    assert formats.clipped(text, most) == shown
    assert len(shown) <= most


def test_cells_of_any_type_for_a_sentence():
    assert formats.cell_texts(pd.Series(["a", None], dtype="str")) == ["a", "unknown"]
    assert formats.cell_texts(pd.Series([True, None], dtype="boolean")) == ["yes", "unknown"]
    assert formats.cell_texts(pd.Series([np.bool_(False), 2, pd.Timestamp("2026-01-02"), 1.5],
                                        dtype=object)) == ["no", "2", "2 Jan 2026", "1.5"]


FINITE = st.floats(-1e14, 1e14, allow_nan=False)


@given(FINITE)
def test_numbers_are_read_back(value):
    """What we write, our own reader reads again, to the digits that were written."""
    assert math.isclose(read(formats.exact(value)), value, rel_tol=1e-9)
    assert math.isclose(read(formats.number(value)), value, rel_tol=6e-4, abs_tol=0)
    assert math.isclose(read(formats.compact(value)), value, rel_tol=6e-3, abs_tol=0)


@given(FINITE, st.sampled_from(["USD", "EUR", "GBP", "JPY", "CAD", "AUD", "INR", None]))
def test_money_is_read_back(value, currency):
    written = formats.money(value, "annual_spend", currency)
    assert math.isclose(read(written), value, rel_tol=6e-3)


@given(st.floats(0, 1e6))
def test_percent_is_read_back(value):
    written = formats.percent(value)
    assert abs(float(written.strip("<% ").replace(",", "")) - value) <= 1


@pytest.mark.parametrize(("numbers", "unit", "said"), [
    ([41, 34.9, 32], "%", "41 → 34.9 → 32 %"), ([64, 66.72], "$", "$64 → $66.72"),
    ([0.9, 1.92], "$M", "$0.9M → $1.92M"), ([1], float("nan"), "1"), ([None, 2], "€", "unknown → €2")])
def test_steps_on_a_way_stand_in_their_unit(numbers, unit, said):
    assert formats.steps(numbers, unit) == said
