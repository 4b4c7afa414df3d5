"""Numbers, money and days as people read them; nothing unknown passes for zero."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata import formats
from orgdata.tabular.cells import number as read

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


@pytest.mark.parametrize(("value", "written"), [
    (0, "0 %"), (99.6, "99 %"), (100, "100 %"), (28.999999999999996, "29 %"), (1234.5, "1,234 %")])
def test_percent_is_floored(value, written):
    assert formats.percent(value) == written
    assert formats.share(value / 100) == written


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
    (12, "12 points"), (1, "1 point"), (9.99, "9.9 points"), (-0.5, "0.5 points"),
    (0, "0 points"), (1.05, "1 point")])
def test_points_are_cut(value, written):
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
def test_percent_is_read_back_and_never_rounded_up(value):
    assert value - 1 < read(formats.percent(value)) <= value + 1e-8
