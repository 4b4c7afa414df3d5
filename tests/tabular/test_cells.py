"""Cells as people write them (METHOD section 1, "Reading cells", and its fine points)."""

import re
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.docs.generate import ROOT
from orgdata.model.words import ASSIGNMENT_ROLE, STRENGTH, Vocabulary, normalise_word
from orgdata.tabular import cells


def read_numbers(*written):
    return [None if np.isnan(value) else value
            for value in cells.numbers(pa.array(written, pa.string()))[0]]


def read_days(*written):
    return [None if np.isnat(day) else str(day.astype("datetime64[D]"))
            for day in cells.dates(pa.array(written, pa.string()))[0]]


NUMBERS = {
    "0": 0, "-0": 0, "007": 7, "1200": 1200, "1200.5": 1200.5, "5.": 5, ".5": 0.5, "-.5": -0.5,
    "+5": 5, "1e3": 1000, "1E-2": 0.01, "\u22125": -5,
    "1,200": 1200, "1,200.5": 1200.5, "1.200,5": 1200.5, "1,200,300": 1200300,
    "1.200.300": 1200300, "1.200.300,25": 1200300.25, "1 200 300": 1200300,
    "1\u00a0200": 1200, "1\u202f200,5": 1200.5, "1'200.50": 1200.5, "1’200": 1200,
    "1,5": 1.5, "0,125": 0.125, "1.200": 1.2, "12,00": 12, "1,2345": 1.2345, "-1,200": -1200,
    "62%": 62, "62 %": 62, "0.5%": 0.5, "-3%": -3,
    "$4.1M": 4.1e6, "€ 3 bn": 3e9, "3 bn €": 3e9, "1.5k": 1500, "1.5K": 1500, "2m": 2e6, "2BN": 2e9,
    "1e15": 1e15, "-1e15": -1e15, "1e-15": 1e-15, "1e-16": 0, "-5e-324": 0, "1e-999": 0, "1 e-300": 0,
    "£1,200": 1200, "-$5": -5, "$-5": -5, "US$ 5": 5, "CA$1.2m": 1.2e6, "5 €": 5, "1.200,5 €": 1200.5,
}
NOT_NUMBERS = [
    "(5)", "five", "nan", "NaN", "inf", "-Infinity", "1e999", "1e308", "-1e308",
    "1000000000000001", "$1e16", "1000001bn", "n/a", "#N/A", "-", "--5", "+-5", "-$-5",
    "1,2,3", "1,20,300", "1.2.3", "12 34", "1,200,5", "1.200.5", "5 6", "$5€", "5 apples", "1e3k", "٣",
    "0x10", "1_000", "$", "%", "k", ".", ",", "5%%", "1/2", "TRUE",
]


@pytest.mark.parametrize(("written", "value"), NUMBERS.items())
def test_numbers(written, value):
    assert read_numbers(written) == [value]
    assert read_numbers(written, "1,200", None) == [value, 1200, None]


@pytest.mark.parametrize("written", NOT_NUMBERS)
def test_not_numbers(written):
    values, unreadable = cells.numbers(pa.array([written, None, "1"], pa.string()))
    assert unreadable.tolist() == [True, False, False]
    assert np.isnan(values[0])


DAYS = {
    "2026-11-20": "2026-11-20", "2026/11/2": "2026-11-02", "2026.11.20": "2026-11-20",
    "20261120": "2026-11-20", "2026-11-20T08:00:00Z": "2026-11-20",
    "2026-11-20 23:59": "2026-11-20", "2026-11-20T23:59:59.123456+02:00": "2026-11-20",
    "2026-11-20 08:00:00 UTC": "2026-11-20", "2026-11-20T00:00:00-0500": "2026-11-20",
    "27/Sep/26 9:00 AM": "2026-09-27", "27-Sep-2026": "2026-09-27", "1 November 2026": "2026-11-01",
    "1 Nov. 2026": "2026-11-01", "Nov 1, 2026": "2026-11-01", "November 1st, 2026": "2026-11-01",
    "Sept 3 2026": "2026-09-03", "27/sep/68": "2068-09-27", "27/SEP/69": "1969-09-27",
    "46346": "2026-11-20", "46346.75": "2026-11-20", "2024-02-29": "2024-02-29",
    "13/02/2026": "2026-02-13", "02/13/2026": "2026-02-13", "13.2.26": "2026-02-13",
    "13/02/2026 10:30 PM": "2026-02-13",
}
NOT_DAYS = [
    "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-11", "Nov 2026", "2026", "Q3 2026",
    "soon", "32/01/2026", "31/Apr/26", "3/Foo/26", "1234", "123456", "-46346", "01/02/2026", "1.2.26",
    "13/13/2026", "0000-01-01", "2026-11-20x", "20 2026 Nov", "nan", "٢٠٢٦-١١-٢٠",
]


@pytest.mark.parametrize(("written", "day"), DAYS.items())
def test_days(written, day):
    assert read_days(written) == [day]
    assert read_days(written, "2026-11-20", None) == [day, "2026-11-20", None]


@pytest.mark.parametrize("written", NOT_DAYS)
def test_not_days(written):
    _, unreadable = cells.dates(pa.array([written, None, "2026-11-20"], pa.string()))
    assert unreadable.tolist() == [True, False, False]


@pytest.mark.parametrize(("column", "days"), [
    (["01/02/2026", "13/02/2026"], ["2026-02-01", "2026-02-13"]),  # a 13 proves the day first
    (["01/02/2026", "02/13/2026"], ["2026-01-02", "2026-02-13"]),
    (["01/02/2026", "03/04/2026"], [None, None]),  # nothing proves anything
    (["13/02/2026", "02/13/2026", "2026-01-01"], [None, None, "2026-01-01"]),  # both are proven
    (["13.02.26", "01/02/2026"], ["2026-02-13", "2026-02-01"]),
    (["05/05/2026", "13/02/2026"], ["2026-05-05", "2026-02-13"]),
    (["05/05/2026"], [None]),
])
def test_day_or_month_first_is_decided_for_the_column(column, days):
    assert read_days(*column) == days


def test_text_is_trimmed_and_blank_is_missing():
    read = cells.text(pd.Series([" a ", "", "  ", "\u00a0b\t", "A b", "nan"], dtype="str"))
    assert read.to_pylist() == ["a", None, None, "b", "A b", "nan"]
    assert cells.missing(read).tolist() == [False, True, True, False, False, False]
    assert cells.as_text(read).isna().tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize("space", [" ", "\t", "\r\n", "\x1c", "\u00a0", "\u3000"])
def test_a_space_in_one_cell_of_a_clean_column_is_trimmed(space):
    assert cells.text(pd.Series(["a", f"b{space}"], dtype="str")).to_pylist() == ["a", "b"]
    assert cells.text(pd.Series(["a", space], dtype="str")).to_pylist() == ["a", None]
    assert cells.text(pd.Series([], dtype="str")).to_pylist() == []


def test_yes_and_no():
    written = ["Yes", "y", "TRUE", "t", "1", "X", "No", "n", "False", "F", "0", "maybe", "2", None]
    read, unreadable = cells.booleans(pa.array(written, pa.string()))
    assert list(read.fillna(False)) == [True] * 6 + [False] * 8
    assert read.isna().tolist() == [False] * 11 + [True] * 3
    assert unreadable.tolist() == [False] * 11 + [True, True, False]


def test_words_are_compared_without_case_spaces_and_hyphens():
    vocabulary = Vocabulary(("at_least", "between"), {"min": "at_least"})
    read, outside = cells.words(pa.array(["At Least", "at-least", "AT_LEAST", "Min", "most", None]),
                                vocabulary)
    assert read.to_pylist() == ["at_least"] * 4 + [None, None]
    assert outside.tolist() == [False] * 4 + [True, False]


def test_any_other_role_is_a_contributor():
    read, outside = cells.words(pa.array(["Poet", "Back-up", "backup", None]), ASSIGNMENT_ROLE)
    assert read.to_pylist() == ["contributor", "contributor", "deputy", None]
    assert not outside.any()


def test_mapped_words_leave_the_others():
    read = cells.mapped(pa.array(["Group Lead", "PM", None]), {"group_lead": "accountable"})
    assert read.to_pylist() == ["accountable", "PM", None]


@given(st.text(max_size=20) | st.from_regex(r"[$€+(-]{0,2}[0-9.,' ]{1,12}[kmbn%€e]{0,3}"))
def test_a_number_is_read_the_same_alone_or_among_clean_ones(written):
    """The fast path of a clean column must not read another number than the patient one."""
    alone = read_numbers(written)
    assert read_numbers(written, "1", "2.5")[:1] == alone
    assert read_numbers(written, "1,200")[:1] == alone


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{2,4}"))
def test_a_day_is_read_the_same_alone_or_among_clean_ones(written):
    assert read_days(written, "2026-11-20", "1 Nov 2026")[:1] == read_days(written)


@given(st.text(max_size=20))
def test_a_word_is_read_the_same_alone_or_among_clean_ones(written):
    alone, _ = cells.words(pa.array([written]), STRENGTH)
    among, _ = cells.words(pa.array(["primary", written, None, written]), STRENGTH)
    assert among.to_pylist()[1::2] == alone.to_pylist() * 2
    assert normalise_word(normalise_word(written)) == normalise_word(written)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_are_read_back_in_every_unambiguous_form(day):
    stamp = datetime(day.year, day.month, day.day, 9, 30)
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    forms = [day.isoformat(), stamp.isoformat(), f"{day:%d %B %Y}", f"{day:%b %d, %Y}",
             f"{day:%d-%b-%Y}", f"{day:%Y/%m/%d}"]
    if 10_000 <= serial <= 99_999:
        forms.append(str(serial))
    assert read_days(*forms) == [day.isoformat()] * len(forms)


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
