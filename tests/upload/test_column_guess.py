"""What a foreign table may hold: tables, columns, words, and things that are the same."""

import pandas as pd
import pytest

from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.upload import column_guess


@pytest.mark.parametrize(("columns", "tables"), [
    ("Key result,Goal,Team,PM", "people products assignments objectives key_results"),
    ("Product Name,Business Unit,Budget", "products"),
    ("OKR,Owner,Progress,Due", "objectives"),
    ("Team,Outcome,Weight", "outcomes products contributions"),
    ("Date,KR,Value", "check_ins"),
    ("Employee,Mail,Reports to", "people"),
    ("Feature name,Assignee", "objectives"),  # nothing tells: the best fit, for a person to mend
])
def test_likely_tables(columns, tables):
    assert column_guess.likely_tables(columns.split(",")) == tables.split()


def test_columns_are_found_by_name_alias_and_nearness():
    assert column_guess.guess_columns("objectives", [
        "GOAL_ID", "Goal", "Parent OKR", "Owner Emails", "Ambtion", "Due Date", "Sparkle"]) == {
        "objective_id": "GOAL_ID", "title": "Goal", "parent_objective_id": "Parent OKR",
        "owner_id": "Owner Emails", "ambition": "Ambtion", "end_date": "Due Date"}


@pytest.mark.parametrize("name", TABLES)
def test_our_own_columns_are_never_guessed_otherwise(name):
    ours = [field.name for field in TABLES[name].fields]
    assert column_guess.guess_columns(name, ours) == {one: one for one in ours}


def test_what_names_a_thing_identifies_it():
    assert column_guess.guess_columns("products", ["Team", "Budget"]) == {
        "product_id": "Team", "name": "Team", "annual_spend": "Budget"}


def test_a_detail_is_read_once():
    found = column_guess.proposed_mappings(["Objective", "Key Result", "Status", "Due date", "Owner"])
    assert found["objectives"] == {"objective_id": "Objective", "title": "Objective",
                                   "owner_id": "Owner"}
    assert found["key_results"]["status"] == "Status"
    assert found["key_results"]["due_date"] == "Due date"


def test_foreign_words_come_with_the_nearest_of_ours():
    role = TABLES["products"]["strategic_role"]
    values = pd.Series(["Invest", "maintian", "cash cow", "maintian", ""])
    assert column_guess.foreign_words(role, values) == [
        column_guess.Word("maintian", 2, "maintain"), column_guess.Word("cash cow", 1, None)]
    assert column_guess.foreign_words(role, values, {"cash_cow": "harvest", "maintian": "maintain"}) == []
    assert column_guess.foreign_words(TABLES["products"]["name"], values) == []
    strength = TABLES["contributions"]["strength"]
    assert column_guess.foreign_words(strength, pd.Series(["3", "strong"])) == [
        column_guess.Word("strong", 1, None)]


def test_of_many_foreign_words_the_most_frequent_are_compared(monkeypatch):
    monkeypatch.setattr(column_guess, "WORDS_COMPARED", 2)
    values = pd.Series(["rare", "invest", "invest", "often", "often", "often"])
    role = TABLES["products"]["strategic_role"]
    assert [word.written for word in column_guess.foreign_words(role, values)] == ["often"]


def test_settings_of_a_mapping_keep_what_was_there():
    before = Settings(tables={"people": "staff", "outcomes": "okrs"},
                      values={"assignments": {"role": {"boss": "accountable"}}})
    after = column_guess.with_mapping(before, "okrs", {"objectives": {"title": "Goal"}},
                           {("objectives", "ambition"): {"Moon shot": "aspirational"}},
                           {"objectives": {"status": "open"}})
    assert after.tables == {"people": "staff", "objectives": "okrs"}
    assert after.columns == {"objectives": {"title": "Goal"}}
    assert after.values == {"assignments": {"role": {"boss": "accountable"}},
                            "objectives": {"ambition": {"moon_shot": "aspirational"}}}
    assert after.fixed == {"objectives": {"status": "open"}}
