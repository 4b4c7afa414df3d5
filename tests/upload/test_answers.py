"""Which questions are put, and which answers next week's files find."""

import pytest

from orgdata.model.intake import Intake, Question
from orgdata.model.settings import Settings
from orgdata.upload.answers import arrange, layouts, most_alike, with_guesses

YES_NO = {"yes": "Yes", "no": "No"}


def question(key, answered=False):
    return Question(key, f"{key}?", YES_NO, "yes", answered=answered)


def keys(questions):
    return [one.key for one in questions]


def test_a_question_stays_in_its_place_once_it_is_answered():
    intake = Intake(questions=(question("b"), question("new"), question("a", True)))
    asked = arrange(intake, (), ["a", "b"])
    assert keys(asked.now) == ["a", "b", "new"]


def test_what_was_answered_before_is_apart_and_no_more_than_ten_are_put():
    intake = Intake(questions=(*(question(f"q{number}") for number in range(12)),
                               question("old", True)))
    asked = arrange(intake, {"old"}, ())
    assert keys(asked.now) == [f"q{number}" for number in range(10)]
    assert (keys(asked.before), keys(asked.beyond)) == (["old"], ["q10", "q11"])


def test_guesses_that_nobody_changed_are_answers():
    intake = Intake(questions=(question("a"), question("b"), question("c", True)))
    settings = Settings(answers={"a": "no", "c": "no"}, currency="EUR")
    assert with_guesses(settings, intake) == Settings(
        answers={"a": "no", "b": "yes", "c": "no"}, currency="EUR")
    assert with_guesses(settings, Intake()) == settings


def test_a_layout_is_told_by_the_names_of_its_columns():
    assert layouts([["Name", "FY26 Spend"]]) == layouts([["fy26-spend ", "name"]])
    assert len(layouts([["a", "b"], ["b", "a"], ["ab"], ["a\nb"]])) == 2 + 1


@pytest.mark.parametrize(("before", "now"), [
    ("Status 27 Nov", "Status 4 Dec"), ("KW 47", "KW 48"), ("Status (27.11.)", "Status (4.12.2026)"),
    ("Target Q4 FY26", "Target Q1 FY27"), ("11/27 RAG", "12/04 RAG"), ("2026-11-27 note", "2026-12-04 note")])
def test_a_date_in_a_column_changes_no_layout(before, now):
    columns = ["Goal", "Owner"]
    assert {*layouts([[*columns, before]])} & {*layouts([[*columns, now]])}
    assert not {*layouts([[*columns, before]])} & {*layouts([["Product", "Owner", now]])}
    assert {*layouts([[*columns, before]])} & {*layouts([[*columns, before, now]])}


def test_the_very_same_columns_are_more_alike_than_those_of_another_date():
    of_files = layouts([["Goal", "Status 27 Nov"]])
    saved = {"other": Settings(layouts=layouts([["Goal", "Status 4 Dec"]])), "same": Settings(layouts=of_files)}
    assert most_alike(saved, of_files) == "same"


def test_the_saved_source_with_most_layouts_in_common_is_the_most_alike():
    saved = {"late": Settings(layouts=("x",)), "both": Settings(layouts=("x", "y")),
             "none": Settings()}
    assert most_alike(saved, ("x", "y")) == "both"
    assert most_alike(saved, ("x",)) == "late"
    assert most_alike(saved, ("z",)) is None
    assert most_alike({}, ("x",)) is None
