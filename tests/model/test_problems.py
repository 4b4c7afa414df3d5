"""Problems: what is listed, and what is only counted."""

import pytest

from orgdata.model.fields import NAME, PROSE
from orgdata.model.problems import (
    MOST_JOINED,
    MOST_LISTED,
    count_by_level,
    join_problems,
    problems,
)
from orgdata.validate import notes
from tests.builders import loaded


def test_no_more_is_looked_at_than_is_listed():
    looked_at = []
    values = (looked_at.append(number) or number for number in range(100))
    found = problems("warning", "bad_number", "goals", "expected a number", rows=range(2, 102),
                     column="target", values=values, most=3)
    assert found["row"].tolist() == [2, 3, 4, 5]
    assert found["count"].tolist() == [1, 1, 1, 97]
    assert found["message"].iloc[2] == 'goals row 4, target, "2": expected a number'
    assert found["message"].iloc[3] == (
        "goals row 5, target: and 97 more like it, from this row on: expected a number")
    assert len(looked_at) == 4
    assert count_by_level(found) == {"warning": 100}


def test_each_is_listed_up_to_the_most():
    found = problems("warning", "bad_number", "goals", "x", rows=range(3), column="target", most=3)
    assert found["count"].tolist() == [1, 1, 1]


def test_of_a_column_full_of_faults_the_rest_is_counted():
    """What follows from a fault does so for every row, listed or not."""
    rows = [{"kr_id": f"K{i}", "objective_id": "J1", "title": "x", "target": "five"}
            for i in range(MOST_LISTED + 5)]
    portfolio = loaded(objectives="J1", key_results=rows)
    assert portfolio["key_results"]["target"].isna().all()
    assert portfolio.problems["count"].tolist() == [1] * MOST_LISTED + [5]


def test_a_table_of_nothing_but_faults_lists_few_of_each(monkeypatch):
    monkeypatch.setattr(notes, "MANY", 10)
    monkeypatch.setattr(notes, "FEW", 2)
    rows = [{"outcome_id": f"O{i}", "name": "x", **dict.fromkeys(
        ("baseline", "target", "current"), "five")} for i in range(10)]
    assert sorted(loaded(outcomes=rows).problems["count"]) == [1] * 14 + [8, 8]


def test_ids_that_no_row_has_are_kept_once():
    portfolio = loaded(objectives="J1", key_results=[
        {"kr_id": f"K{i}", "objective_id": f"J{i % 3 + 1}", "title": "x"} for i in range(9)])
    assert portfolio.unknown_ids == {("key_results", "objective_id"): ("J2", "J3")}


@pytest.mark.parametrize(("column", "most"), [("name", NAME), ("description", PROSE)])
def test_a_long_text_is_shortened_and_that_is_said(column, most):
    fits, long = "é" * most, "é" * (most + 1)
    portfolio = loaded(products=[{"product_id": "P1", "name": "x", column: fits},
                                 {"product_id": "P2", "name": "x", column: long}])
    assert portfolio["products"][column].tolist() == [fits, "é" * (most - 1) + "…"]
    assert portfolio.problems[["code", "row", "column"]].values.tolist() == [
        ["bad_value", 3, column]]
    assert "it was shortened" in portfolio.problems["message"].iloc[0]


def test_a_long_id_names_nothing():
    """Shortened, two of them might become the same."""
    portfolio = loaded(products=[{"product_id": "P" * (NAME + 1), "name": "x"}],
                       outcomes=[{"outcome_id": "O1", "name": "x", "owner_id": "H" * (NAME + 1)}])
    assert len(portfolio["products"]) == 0
    assert portfolio["outcomes"]["owner_id"].isna().all()
    assert portfolio.problems[["level", "code", "column"]].values.tolist() == [
        ["error", "bad_value", "product_id"], ["warning", "bad_value", "owner_id"]]


def test_of_very_many_files_problems_the_rest_of_each_kind_is_counted():
    short = [problems("warning", "bad_value", "products", "too short", origin=f"{i}.csv",
                      rows=range(1_100)) for i in range(30)]
    few = problems("error", "bad_number", "products", "x", rows=range(5))
    joined = join_problems([*short, few])
    assert len(joined) == MOST_JOINED + 1
    assert count_by_level(joined) == {"error": 5, "warning": 33_000}
    assert joined["count"].max() == 33_000 - (MOST_JOINED - 5)
    assert len(join_problems([joined, few])) == MOST_JOINED + 1
    assert len(join_problems([frame[:1_000] for frame in short])) == MOST_JOINED  # all of them
