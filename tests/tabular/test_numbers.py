"""Numbers as people write them, and which sign is the decimal (METHOD section 1)."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.docs.generate import ROOT
from orgdata.tabular.numbers import decimal_votes, numbers, undecided
from tests.reference.reading import speaks
from tests.tabular.test_dates import read_days


def read_numbers(*written, decimal=".", column=""):
    read = numbers(pa.array(written, pa.large_string()), decimal, column).values
    return [None if np.isnan(value) else value for value in read]


NUMBERS = {
    "0": 0, "-0": 0, "007": 7, "1200": 1200, "1200.5": 1200.5, "5.": 5, ".5": 0.5, "-.5": -0.5,
    "+5": 5, "1e3": 1000, "1E-2": 0.01, "1.5E+06": 1.5e6, "\u22125": -5,
    "1,200": 1200, "1,200.5": 1200.5, "1.200,5": 1200.5, "1,200,300": 1200300,
    "1.200.300": 1200300, "1.200.300,25": 1200300.25, "1 200 300": 1200300,
    "1\u00a0200": 1200, "1\u202f200,5": 1200.5, "1'200.50": 1200.5, "1’200": 1200,
    "1,5": 1.5, "0,125": 0.125, ",125": 0.125, "1234,125": 1234.125, "012,345": 12345,
    "1.200": 1.2, "12,00": 12, "1,2345": 1.2345, "-1,200": -1200,
    "62%": 62, "62 %": 62, "0.5%": 0.5, "-3%": -3,
    "$4.1M": 4.1e6, "€ 3 bn": 3e9, "3 bn €": 3e9, "1.5k": 1500, "1.5K": 1500, "2m": 2e6, "2BN": 2e9,
    "1e15": 1e15, "-1e15": -1e15, "1e-15": 1e-15, "1e-16": 0, "-5e-324": 0, "1e-999": 0, "1 e-300": 0,
    "£1,200": 1200, "-$5": -5, "$-5": -5, "US$ 5": 5, "CA$1.2m": 1.2e6, "5 €": 5, "1.200,5 €": 1200.5,
    "3 tsd": 3e3, "3 Tsd. €": 3e3, "3 thousand": 3e3, "3 thousands": 3e3, "3 mn": 3e6, "3,5 Mio.": 3.5e6,
    "2 million": 2e6, "2 Millions": 2e6, "2b": 2e9, "2 Mrd. EUR": 2e9, "2 billion": 2e9, "2 billions": 2e9,
    "EUR 5": 5, "EUR5": 5, "5 USD": 5, "5USD": 5, "5MEUR": 5e6, "5 k$": 5000, "$5€": 5, "5 €/month": 5,
    "<5": 5, "≤ 5": 5, "<= 5%": 5, ">5": 5, "≥5": 5, ">= -5": -5, "~ €5": 5, "±0.5": 0.5, "€<-5": -5,
    "2.5s": 2.5, "9 min": 9, "9min": 9, "5/week": 5, "5 / week": 5, "5 apples": 5, "5kg": 5, "21 °C": 21,
    "1.5k users": 1500, "5 m users": 5e6, "12 BUGS": 12, "3 m²": 3, "5 km/h": 5, "0.0 h": 0, "4 pp %": 4,
}
NOT_NUMBERS = [
    "(5)", "five", "nan", "NaN", "inf", "-Infinity", "1e999", "1e308", "-1e308",
    "1000000000000001", "$1e16", "1000001bn", "#N/A", "--5", "+-5", "-$-5", "<<5", "$€5",
    "1,2,3", "1,20,300", "1.2.3", "12 34", "1,200,5", "1.200.5", "5 6", "1e3k", "٣", "1.200,300,400",
    "0x10", "1_000", "$", "%", "k", ".", ",", "5%%", "1/2", "TRUE", "5 per week", "5hours", "5 a1", "5%k",
    "ABCD 5", "5 (est.)", "62% done", "not yet", "n/a?",
]


@pytest.mark.parametrize(("written", "value"), NUMBERS.items())
def test_numbers(written, value):
    assert read_numbers(written) == [value]
    assert read_numbers(written, "1,200", None) == [value, 1200, None]


@pytest.mark.parametrize("written", NOT_NUMBERS)
def test_not_numbers(written):
    read = numbers(pa.array([written, None, "1"], pa.large_string()))
    assert read.unreadable.tolist() == [True, False, False]
    assert np.isnan(read.values[0])


@pytest.mark.parametrize("word", ["n/a", "N/A", "na", "TBD", "-", "–", "—"])
def test_blank_words(word):
    read = numbers(pa.array([word, None, "1", "?"], pa.large_string()))
    assert read.blank.tolist() == [True, True, False, False]
    assert read.unreadable.tolist() == [False, False, False, True]


@pytest.mark.parametrize(("column", "value"), [
    ("current", 3), ("value", 3), ("target", 5), ("baseline", None), ("", None)])
def test_so_many_of_so_many(column, value):
    assert read_numbers("3/5", "3 / 5", "-3/5", column=column) == [value, value, None]


def test_what_is_written_with_a_percent_sign():
    read = numbers(pa.array(["62%", "5", None, "0.5 %", "?%", "1e16%"], pa.large_string()))
    assert read.percent.tolist() == [True, False, False, True, False, False]


@pytest.mark.parametrize(("written", "votes"), {
    "1.200,5": ",", "1,200.5": ".", "1,2": ",", "1,2345": ",", "5,": ",", ",500": ",", "0,500": ",",
    "1234,500": ",", "1.2": ".", ".500": ".", "0.500": ".", "1234.500": ".", "1.200.300": ",",
    "1,200,300": ".", "1 200,500": ",", "€ 1,5 Mio.": ",", "1.5E+06": ".",
    "1,200": "", "1.200": "", "10,200": "", "100.200": "", "00,500": "", "1200": "", "1.2.3": "",
    "soon, maybe": "", "3/5": "", "5 km.": "", "1,2" + " " * 80 + "x": "",
}.items())
def test_which_sign_speaks_for_itself(written, votes):
    assert decimal_votes(pa.array([written, None])) == (votes == ",", votes == ".")
    assert decimal_votes(pa.array(["x", written, "5"])) == (votes == ",", votes == ".")


@given(st.from_regex(r"[€~]?[0-9.,' ]{1,12}( ?[k%])?", fullmatch=True))
def test_no_sign_that_speaks_is_overlooked(written):
    """Which cells are looked at closely is told by a pattern; it must let none go."""
    digits = re.sub(r"[^0-9.,]", "", written)
    if not np.isnan(read_numbers(written)[0] or np.nan):
        assert decimal_votes(pa.array([written])) == tuple(speaks(digits) == sign for sign in ",.")


@pytest.mark.parametrize(("written", "value"), [
    ("1.200", 1200), ("1,200", 1.2), ("1,5", 1.5), ("1.200,5", 1200.5), ("1.200.300", 1200300), ("5", 5),
    ("-1.200 €", -1200), ("1,5 Mio.", 1.5e6), ("62,5%", 62.5), (None, None)])
def test_a_table_of_decimal_commas(written, value):
    assert read_numbers(written, decimal=",") == [value]
    assert read_numbers(written, "7", "x", decimal=",") == [value, 7, None]


@pytest.mark.parametrize(("written", "decimal", "is_undecided"), [
    ("1.200", ".", True), ("-12.200", ".", True), ("$1.200", ".", True), ("1.200 kg", ".", True),
    ("0.200", ".", False), ("1200.200", ".", False), (".200", ".", False), ("1,200.200", ".", False),
    ("1.20", ".", False), ("1.2000", ".", False), ("1,200", ".", False), ("1.200e3", ".", False),
    ("1,200", ",", True), ("1.200", ",", False), ("0,200", ",", False), ("1.200,200", ",", False)])
def test_where_the_decimal_sign_may_be_one_of_thousands(written, decimal, is_undecided):
    column = pa.array([written, None, "1", "10"])
    assert undecided(column, decimal).tolist() == [is_undecided, False, False, False]
    if numbers(column).regular and decimal == ".":
        assert undecided(column, decimal, regular=True).tolist() == [is_undecided, False, False, False]


@given(st.text(max_size=20) | st.from_regex(r"[$€+(-]{0,2}[0-9.,' ]{1,12}[kmbn%€e]{0,3}"),
       st.sampled_from(".,"))
def test_a_number_is_read_the_same_alone_or_among_clean_ones(written, decimal):
    """The fast path of a clean column must not read another number than the patient one."""
    alone = read_numbers(written, decimal=decimal)
    assert read_numbers(written, "1", "2", decimal=decimal)[:1] == alone
    assert read_numbers(written, "1,200", decimal=decimal)[:1] == alone


@given(st.floats(-1e15, 1e15))
def test_numbers_as_programs_write_them_are_read_exactly(value):
    read = value if abs(value) >= 1e-15 else 0
    assert read_numbers(repr(value)) == [read]
    assert read_numbers(repr(value), "1,200")[0] == read


def test_the_examples_of_the_method_are_read_as_it_says():
    text = (ROOT / "orgdata" / "docs" / "METHOD.md").read_text(encoding="utf-8")
    examples = re.findall(r"`([^`]+)` = ([0-9.-]*[0-9])", text)
    assert len(examples) >= 15
    for written, means in examples:
        if means.count("-") == 2:
            assert read_days(written) == [means]
        else:
            assert read_numbers(written) == [float(means)], written
