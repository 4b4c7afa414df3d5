"""What the settings answer about a column, and next week's of another date."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.marks import without_dates
from tests.growth import cpu
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows


@pytest.mark.parametrize(("header", "bare"), [
    ("Status 27 Nov", "status"), ("Status_(27.11.)", "status"), ("KW 47", ""), ("2026-11-27", ""), ("W47 – RAG", "rag"),
    ("Target Q4 2026", "target"), ("FY26 Budget ($k)", "budget_($k)"), ("Key-Result ", "key_result"), ("24/7 support", "support"),
    ("Objective", "objective"), ("KR 1.1", "kr"), ("", "")])
def test_a_header_without_dates(header, bare):
    assert without_dates(header) == bare


def test_an_answer_about_a_column_counts_for_next_weeks_of_another_date():
    asked = Asked({"column: Mood 27 Nov": "note", "column: Area": "team", "column: KW 47": "current"})
    assert asked.told_of("column: Mood 4 Dec", ["Goal", "Mood 4 Dec"]) == "note"
    assert asked.told_of("column: mood 27-nov", ["Goal"]) == "note"
    assert asked.told_of("column: Mood", ["Goal", "Mood"]) is None
    assert asked.told_of("column: KW 48", ["KW 48"]) is None  # nothing but a date says not what it is
    assert asked.told_of("column: Area 4 Dec", ["Area 4 Dec"]) is None


def test_last_weeks_column_beside_it_keeps_its_answer_to_itself():
    asked = Asked({"column: Mood 27 Nov": "none"})
    assert asked.told_of("column: Mood 4 Dec", ["Mood 27 Nov", "Mood 4 Dec"]) is None


def test_the_last_answer_about_columns_of_other_dates_counts():
    asked = Asked({"column: Mood 20 Nov": "none", "column: Mood 27 Nov": "note"})
    assert asked.told_of("column: Mood 4 Dec", ["Mood 4 Dec"]) == "note"


def test_next_weeks_file_is_read_as_this_weeks_was_answered():
    goals = "Objective,Key result,Target,Now 4 Dec,Feeling 4 Dec\nPay,Paid in a day,50,20,slow start\n"
    answered = Settings(answers={"column: Feeling 27 Nov": "status"})
    assert rows(read(answered, goals=goals), "key_results", "title status") == [("Paid in a day", "slow start")]
    assert rows(read(goals=goals), "key_results", "title status") == [("Paid in a day", None)]


@pytest.mark.parametrize("letters", ["1.", "1/1 ", "Q4 ", "27 Nov ", "(", " - ", "-"])
def test_a_header_of_any_length_takes_no_time(letters):
    assert cpu(lambda: without_dates(letters * 100_000)) < 0.2
