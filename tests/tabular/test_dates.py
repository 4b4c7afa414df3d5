"""Days and periods as people write them (METHOD section 1, *Dates*)."""

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.tabular.dates import dates


def read_days(*written, period=None, fiscal_year_start=None):
    read = dates(pa.array(written, pa.large_string()), period, fiscal_year_start).values
    return [None if np.isnat(day) else str(day.astype("datetime64[D]")) for day in read]


DAYS = {
    "2026-11-20": "2026-11-20", "2026/11/2": "2026-11-02", "2026.11.20": "2026-11-20",
    "20261120": "2026-11-20", "2026-11-20T08:00:00Z": "2026-11-20",
    "2026-11-20 23:59": "2026-11-20", "2026-11-20T23:59:59.123456+02:00": "2026-11-20",
    "2026-11-20 08:00:00 UTC": "2026-11-20", "2026-11-20T00:00:00-0500": "2026-11-20",
    "2026-11-20 00:30:00 +0000 UTC": "2026-11-20", "2026-11-20 9:00 PM PST": "2026-11-20",
    "Fri Nov 20 2026 00:30:00 GMT+0100 (Central European Time)": "2026-11-20",
    "27/Sep/26 9:00 AM": "2026-09-27", "27-Sep-2026": "2026-09-27", "1 November 2026": "2026-11-01",
    "1 Nov. 2026": "2026-11-01", "Nov 1, 2026": "2026-11-01", "November 1st, 2026": "2026-11-01",
    "Sept 3 2026": "2026-09-03", "27/sep/68": "2068-09-27", "27/SEP/69": "1969-09-27",
    "46346": "2026-11-20", "46346.75": "2026-11-20", "2024-02-29": "2024-02-29",
    "13/02/2026": "2026-02-13", "02/13/2026": "2026-02-13", "13.2.26": "2026-02-13",
    "13/02/2026 10:30 PM": "2026-02-13", "Thu, 31 Dec 2026": "2026-12-31",
    "Thursday 2026-12-31": "2026-12-31", "Fri. 13/02/2026": "2026-02-13", "Tues, Dec 1, 2026": "2026-12-01",
}
NOT_DAYS = [
    "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-11", "Nov 2026", "2026", "Q3 2026",
    "soon", "32/01/2026", "31/Apr/26", "3/Foo/26", "1234", "123456", "-46346", "01/02/2026", "1.2.26",
    "13/13/2026", "0000-01-01", "2026-11-20x", "20 2026 Nov", "nan", "٢٠٢٦-١١-٢٠", "3 Octo 2026",
    "3 Augu 2026", "Foo, 31 Dec 2026", "2026-11-20 00:30 nope", "FY2027", "Oct 26", "31 Dec",
]


@pytest.mark.parametrize(("written", "day"), DAYS.items())
def test_days(written, day):
    assert read_days(written) == [day]
    assert read_days(written, "2026-11-20", None) == [day, "2026-11-20", None]
    assert read_days(written, period="last") == [day]


@pytest.mark.parametrize("written", NOT_DAYS)
def test_not_days(written):
    read = dates(pa.array([written, None, "2026-11-20"], pa.large_string()))
    assert read.unreadable.tolist() == [True, False, False]


@pytest.mark.parametrize("word", ["n/a", "NA", "tbd", "-", "–", "—", "Ongoing", "present"])
def test_blank_words(word):
    read = dates(pa.array([word, None, "2026-11-20", "?"], pa.large_string()))
    assert read.blank.tolist() == [True, True, False, False]
    assert read.unreadable.tolist() == [False, False, False, True]


@pytest.mark.parametrize(("written", "first", "last"), [
    ("Q1 2026", "2026-01-01", "2026-03-31"), ("2026-Q4", "2026-10-01", "2026-12-31"),
    ("q4/26", "2026-10-01", "2026-12-31"), ("Q2 2024", "2024-04-01", "2024-06-30"),
    ("H1 2026", "2026-01-01", "2026-06-30"), ("2026 H2", "2026-07-01", "2026-12-31"),
    ("Oct 2026", "2026-10-01", "2026-10-31"), ("February 2024", "2024-02-01", "2024-02-29"),
    ("Sept 2026", "2026-09-01", "2026-09-30"), ("2026-10", "2026-10-01", "2026-10-31"),
    ("2026-2", "2026-02-01", "2026-02-28"), ("2026", "2026-01-01", "2026-12-31"),
])
def test_periods(written, first, last):
    for start in (None, 7):  # a calendar period means the same whenever the fiscal year begins
        assert read_days(written, period="first", fiscal_year_start=start) == [first]
        assert read_days(written, period="last", fiscal_year_start=start) == [last]
    assert read_days(written) == [None]


@pytest.mark.parametrize(("written", "begins", "first", "last"), [
    ("FY2027", 1, "2027-01-01", "2027-12-31"), ("FY2027", 2, "2026-02-01", "2027-01-31"),
    ("FY27", 7, "2026-07-01", "2027-06-30"), ("FY 2027", 12, "2026-12-01", "2027-11-30"),
    ("FY27 Q1", 1, "2027-01-01", "2027-03-31"), ("Q1 FY27", 2, "2026-02-01", "2026-04-30"),
    ("Q4 FY27", 2, "2026-11-01", "2027-01-31"), ("FY27-Q3", 7, "2027-01-01", "2027-03-31"),
    ("FY24 Q1", 12, "2023-12-01", "2024-02-29"), ("Q4 FY2027", 12, "2027-09-01", "2027-11-30"),
    ("FY26 H1", 7, "2025-07-01", "2025-12-31"), ("H2 FY26", 7, "2026-01-01", "2026-06-30"),
])
def test_periods_of_a_fiscal_year(written, begins, first, last):
    assert read_days(written, period="first", fiscal_year_start=begins) == [first]
    assert read_days(written, period="last", fiscal_year_start=begins) == [last]
    assert read_days(written, fiscal_year_start=begins) == [None]
    assert read_days(written, period="first") == [None]


@pytest.mark.parametrize("written", [
    "Q5 2026", "Q0 2026", "H3 2026", "2026-13", "2026-00", "Oct 26", "Octo 2026", "Oct", "10", "Q4", "1026",
    "FY27 Q5", "FY", "Q4 2026 x", "26"])
def test_no_periods(written):
    assert read_days(written, period="last", fiscal_year_start=7) == [None]


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


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{2,4}"))
def test_a_day_is_read_the_same_alone_or_among_clean_ones(written):
    assert read_days(written, "2026-11-20", "1 Nov 2026")[:1] == read_days(written)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_are_read_back_in_every_unambiguous_form(day):
    stamp = datetime(day.year, day.month, day.day, 9, 30)
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    forms = [day.isoformat(), stamp.isoformat(), f"{day:%d %B %Y}", f"{day:%b %d, %Y}",
             f"{day:%d-%b-%Y}", f"{day:%Y/%m/%d}", f"{day:%a, %d %b %Y}"]
    if 10_000 <= serial <= 99_999:
        forms.append(str(serial))
    assert read_days(*forms) == [day.isoformat()] * len(forms)
