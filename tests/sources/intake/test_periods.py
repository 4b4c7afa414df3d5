"""The period that stands in a title, in the name of a tab or file, in a header."""

import pytest

from orgdata.sources.intake.headers import Period, period_of
from orgdata.sources.intake.periods import day_of, fiscal_start
from tests.growth import cpu

CERTAIN = {
    "OKRs Q4 FY26 (Oct–Dec 2026)": ("2026-10-01", "2026-12-31"), "Q4 2026": ("2026-10-01", "2026-12-31"),
    "2026-Q4": ("2026-10-01", "2026-12-31"), "Q4/26": ("2026-10-01", "2026-12-31"),
    "Q4'26": ("2026-10-01", "2026-12-31"), "4Q26": ("2026-10-01", "2026-12-31"),
    "OKRs_2026_Q4": ("2026-10-01", "2026-12-31"), "Team 2026 OKRs Q4 (v2)": ("2026-10-01", "2026-12-31"),
    "H2 2026": ("2026-07-01", "2026-12-31"), "S2 2026": ("2026-07-01", "2026-12-31"),
    "1. Halbjahr 2026": ("2026-01-01", "2026-06-30"), "T4 2026": ("2026-10-01", "2026-12-31"),
    "4. Quartal 2026": ("2026-10-01", "2026-12-31"), "2026年第4四半期": ("2026-10-01", "2026-12-31"),
    "Q3–Q4 2026": ("2026-07-01", "2026-12-31"), "Oct-Dec 2026": ("2026-10-01", "2026-12-31"),
    "Octobre–décembre 2026": ("2026-10-01", "2026-12-31"), "octubre a diciembre de 2026": ("2026-10-01", "2026-12-31"),
    "Oktober bis Dezember 2026": ("2026-10-01", "2026-12-31"), "Oct–Mar 2027": ("2026-10-01", "2027-03-31"),
    "Oct 2026 – Mar 2027": ("2026-10-01", "2027-03-31"), "October 2026": ("2026-10-01", "2026-10-31"),
    "Oct-26": ("2026-10-01", "2026-10-31"), "2026-10": ("2026-10-01", "2026-10-31"),
    "2026年10月": ("2026-10-01", "2026-10-31"), "Feb 2028": ("2028-02-01", "2028-02-29"),
    "1 Oct – 31 Dec 2026": ("2026-10-01", "2026-12-31"), "Oct 1 – Dec 31, 2026": ("2026-10-01", "2026-12-31"),
    "2026-10-01 to 2026-12-31": ("2026-10-01", "2026-12-31"), "01.10.2026 - 31.12.2026": ("2026-10-01", "2026-12-31"),
    "2026-W41": ("2026-10-05", "2026-10-11"), "KW 41 2026": ("2026-10-05", "2026-10-11"),
    "2025–2027 strategy": ("2025-01-01", "2027-12-31"), "Archive 2025": ("2025-01-01", "2025-12-31"),
    "Product portfolio 2026 — WORKING COPY (Dana, last touched 20 Nov)": ("2026-01-01", "2026-12-31"),
}
ASSUMED = {  # the calendar, or a year that is hinted at
    ("Q4 FY26", None): ("2026-10-01", "2026-12-31"), ("FY2026", None): ("2026-01-01", "2026-12-31"),
    ("Q4 FY26 (Oct–Dec)", None): ("2026-10-01", "2026-12-31"), ("Q1 FY27 (Oct–Dec)", None): ("2026-10-01", "2026-12-31"),
    ("Q4", 2026): ("2026-10-01", "2026-12-31"), ("Oct", 2026): ("2026-10-01", "2026-10-31"),
    ("OKRs October", 2026): ("2026-10-01", "2026-10-31"), ("Oct–Dec", 2026): ("2026-10-01", "2026-12-31"),
    ("W41", 2026): ("2026-10-05", "2026-10-11"), ("May", 2026): ("2026-05-01", "2026-05-31"),
    ("2025/26", None): ("2026-01-01", "2026-12-31"),
}
FISCAL = {  # by the month in which the year begins
    ("Q4 FY26", 4): ("2026-01-01", "2026-03-31"), ("FY26 Q4", 2): ("2025-11-01", "2026-01-31"),
    ("FY2026", 4): ("2025-04-01", "2026-03-31"), ("FY25/26", 7): ("2025-07-01", "2026-06-30"),
    ("Q1FY27", 4): ("2026-04-01", "2026-06-30"), ("FY26 H1", 4): ("2025-04-01", "2025-09-30"),
    ("Q4 FY26", 1): ("2026-10-01", "2026-12-31"), ("Q4 2026", 4): ("2026-10-01", "2026-12-31"),
}


@pytest.mark.parametrize("text", CERTAIN)
def test_a_period_in_a_text(text):
    period = period_of(text)
    assert period
    assert (period.start, period.end, period.assumed) == (*CERTAIN[text], False)


@pytest.mark.parametrize(("text", "hint"), ASSUMED)
def test_a_period_that_is_assumed(text, hint):
    period = period_of(text, None, hint)
    assert period
    assert (period.start, period.end, period.assumed) == (*ASSUMED[text, hint], True)


@pytest.mark.parametrize(("text", "first_month"), FISCAL)
def test_a_period_of_a_fiscal_year(text, first_month):
    period = period_of(text, first_month)
    assert period
    assert (period.start, period.end, period.assumed) == (*FISCAL[text, first_month], False)


@pytest.mark.parametrize(("text", "hint"), [
    ("Q4", None), ("Oct", None), ("Lists", 2026), ("What we may do", 2026), ("export_2026-11-20.csv", 2026),
    ("Q3 vs Q4 2026", None), ("Horizon H1", None), ("", 2026), ("Week 60", 2026), ("READ ME", 2026),
    ("Team T1", 2026), ("version 2.0", 2026)])
def test_no_period_or_more_than_one(text, hint):
    assert period_of(text, None, hint) is None


def test_it_is_told_as_written():
    assert period_of("OKRs Q4 FY26 (Oct–Dec 2026)") == Period("2026-10-01", "2026-12-31", "Oct–Dec 2026", False)
    assert period_of("OKRs Q4 FY26.xlsx").written == "Q4 FY26"


@pytest.mark.parametrize("letters", [
    "Q4 ", "2026", "FY", "1 jan ", "jan", "2026-", "(", " - ", "月", "第1", "é", "  ", "Oct–", "W1 ", "q"])
@pytest.mark.parametrize("count", [10_000, 100_000])
def test_a_text_of_any_length_takes_no_time(letters, count):
    assert cpu(lambda: period_of(letters * count, None, 2026)) < 0.05


@pytest.mark.parametrize(("text", "month"), [
    ("FY27 runs Feb 2026 – Jan 2027", 2), ("FY27: Feb–Jan", 2), ("Fiscal year starts in April", 4), ("FY27 OKRs", None),
    ("Geschäftsjahr 2027 (Okt 2026 – Sep 2027)", 10), ("OKRs Oct 2026 – Dec 2026", None), ("FY27 Q4 (Nov–Jan)", None),
    ("Our year runs Feb – Jan", None), ("FY27, status of March", None), ("L'exercice commence en juillet", 7)])
def test_the_first_month_of_the_fiscal_year_in_a_title(text, month):
    assert fiscal_start(text) == month


@pytest.mark.parametrize(("written", "first", "last"), [
    ("T4 2026", "2026-10-01", "2026-12-31"), ("4º trimestre 2026", "2026-10-01", "2026-12-31"), ("Q4 2026", "Q4 2026", "Q4 2026"),
    ("FY27 Q3", "FY27 Q3", "FY27 Q3"), ("2026-11-02", "2026-11-02", "2026-11-02"), ("soon", "soon", "soon"), ("", "", "")])
def test_the_days_of_a_period_as_one_language_writes_it(written, first, last):
    assert (day_of("first", written), day_of("last", written)) == (first, last)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("S45 2026", "2026-11-02", "2026-11-08"), ("S2 2026", "2026-07-01", "2026-12-31"), ("S12 2026", "2026-03-16", "2026-03-22")])
def test_a_week_in_spanish_and_french_beside_a_half(text, first, last):
    found = period_of(text)
    assert (found.start, found.end) == (first, last)


def test_a_letter_and_a_number_alone_are_no_week():
    assert period_of("Ship the S50 and the S60", year_hint=2026) is None
