"""How the benchmark reads companies: by our guesses, by the answers of the truth, or not at all."""

import json

import pytest

from bench import intake
from bench.intake import case_table, company_table, runs, true_answer
from bench.spreadsheets import long_list, workbook
from orgdata.load import load
from orgdata.model.intake import Intake, Question
from orgdata.sources.sheets import sheets_of
from tests.bench.test_facts import RIGHT, TRUTH
from tests.csv_folders import write

GOALS = {"O1": "Grow NRR to 112%", "O2": "Launch Japan", "none": "None of them"}
TRUTHS = [{"question": "NRR, Japan: which company goals?", "answer": "Grow NRR to 112%, Launch Japan"},
          {"question": "'A / B' in PM: two people?", "answer": "yes"},
          {"question": "G, Innovation: which?", "answer": "green, none, or other"}]


@pytest.mark.parametrize(("key", "examples", "guess", "answer"), [
    ("goal: NRR", (), "none", "O1"), ("goal: x", ("japan ",), "none", "O2"), ("goal: NRR", (), "O1", "O1"),
    ("goal: other", (), "O2", "O2"), ("goal: 'A / B' in PM", (), "O1", "O1"), ("goal: G", (), "O1", "O1")])
def test_the_truth_answers_where_it_says_otherwise(key, examples, guess, answer):
    assert true_answer(Question(key, "?", GOALS, guess, examples), TRUTHS) == answer


@pytest.fixture
def company(tmp_path):
    write(tmp_path / "acme", **RIGHT)
    (tmp_path / "acme" / "TRUTH.json").write_text(json.dumps(TRUTH))
    (tmp_path / "acme" / "SOURCE.md").write_text("no table")
    return tmp_path / "acme"


def test_a_company_is_read_twice(company):
    found = runs(company)
    assert [(one.answered, one.questions, one.count("right"), one.count("missing"))
            for one in found] == [("our guesses", 0, 41, 0), ("true answers", 0, 41, 0)]
    said = company_table("acme", found)
    assert "| our guesses | all | 41 | 0 | 0 | 0 | 0 |" in said
    assert "- true answers: 2 people (at most 2 are meant); that must not appear: none; " in said


def test_true_answers_are_given_and_questions_are_counted_once(company, monkeypatch):
    given = []

    def answering(files, answers):
        given.append(dict(answers))
        asked = [Question(f"goal: {term}", "?", GOALS, "none", answered=f"goal: {term}" in answers)
                 for term in (["NRR", "Japan"] if answers else ["NRR"])]
        portfolio = load(files)
        object.__setattr__(portfolio, "intake", Intake(questions=tuple(asked)))
        return portfolio
    monkeypatch.setattr(intake, "_load", answering)
    truth = TRUTH | {"questions": TRUTHS}
    (company / "TRUTH.json").write_text(json.dumps(truth))
    assert [one.questions for one in runs(company)] == [1, 2]
    assert given == [{}, {}, {"goal: NRR": "O1"}, {"goal: NRR": "O1", "goal: Japan": "O2"}]


def test_what_cannot_be_read_is_missing(company):
    for path in company.glob("*.csv"):
        path.unlink()
    write(company, fruit="fruit,price\npear,2\n")
    found = runs(company)
    assert {one.verdict for run in found for one in run.facts} == {"missing"}
    assert "- our guesses: nothing was read: " in company_table("acme", found)


def test_cases_with_their_rows(tmp_path):
    write(tmp_path / "c1", products="product_id,name\nP1,A\nP1,B\n")
    write(tmp_path / "c2", fruit="fruit,price\npear,2\n")
    assert case_table(tmp_path).splitlines()[4:6] == [
        "| c1 | products 1 | 1 | 0 |",
        f"| c2 | nothing: {str(tmp_path / 'c2') + ' holds none of our tables and no export we know':.60} … | – | – |"]


def test_the_large_spreadsheets_are_what_they_say():
    book, _ = sheets_of("book.xlsx", workbook(4, 50), True)
    assert [(sheet.name, len(sheet.table.frame)) for sheet in book] == [
        ("Portfolio", 5), ("Company goals", 7), ("Team 0", 50), ("Team 1", 50)]
    (goals,), _ = sheets_of("goals.csv", long_list(30), True)
    assert goals.table.frame.shape == (30, 10)
