from datetime import date

import pytest

from orgdata.model.rhythm import WEEKLY, Rhythm, read_rhythm
from orgdata.model.settings import SettingsError, parse_settings


def test_letters_are_written_on_the_days_that_the_settings_name():
    assert read_rhythm({}) == WEEKLY == Rhythm(0, None, frozenset())
    assert read_rhythm({"asked": "Friday", "review": "tuesday", "quiet": ["2026-12-24", date(2026, 12, 31)]}) == (
        Rhythm(4, 1, frozenset({date(2026, 12, 24), date(2026, 12, 31)})))


def test_functions_have_an_address_each():
    assert read_rhythm({"partners": {"Customer Support": " help@x.example ", "sales": "s@x.example"}}).partners == (
        ("customer_support", "help@x.example"), ("sales", "s@x.example"))


def test_a_quiet_day_makes_its_week_quiet():
    rhythm = Rhythm(quiet=frozenset({date(2026, 12, 31)}))
    assert rhythm.is_quiet(date(2026, 12, 28))
    assert rhythm.is_quiet(date(2027, 1, 3))
    assert not rhythm.is_quiet(date(2027, 1, 4))


@pytest.mark.parametrize(("section", "why"), [
    ({"asked": "someday"}, "rhythm.asked should be a weekday such as monday, found 'someday'"),
    ({"review": 3}, "rhythm.review should be a weekday"),
    ({"quiet": "2026-12-24"}, "rhythm.quiet should be a list of days"),
    ({"quiet": ["Christmas"]}, "like 2026-12-24"),
    ({"partners": ["sales@x.example"]}, "rhythm.partners should be like"),
    ({"partners": {"sales": "nobody"}}, "rhythm.partners.sales should be an address, found 'nobody'"),
    ({"hour": 8}, "should have asked, review, quiet and partners, found 'hour'")])
def test_what_cannot_be_read_is_said(section, why, tmp_path):
    with pytest.raises(SettingsError) as error:
        parse_settings({"rhythm": section}, None, tmp_path)
    assert why in str(error.value)


def test_nobody_who_hands_over_a_file_decides_who_is_written_to():
    settings = parse_settings({"rhythm": {"review": "tuesday"}})
    assert (settings.rhythm, settings.unknown_keys) == (WEEKLY, ("rhythm",))
