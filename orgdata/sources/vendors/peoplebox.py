"""Peoplebox goals: one list in which each goal names its parents, by row of the file or by goal.

`Goal Type` is how a goal is measured (Binary, Number, Dollar …), or in some files whether it is an
objective or a key result. If it is not the latter, a goal under another one, with a target and
nothing under it, is a key result. A goal without an id has its row as its id.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.model.words import normalise_word
from orgdata.sources.vendors.goals import OUTCOMES, as_tables
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, dispositions, told_by
from orgdata.sources.vendors.work import exact_repeats

_KINDS = {"objective": "objective", "okr": "objective", "key_result": "result", "kr": "result",
          "kpi": "result"}
_UNITS = {"custom_percent": "%", "percent": "%", "percentage": "%", "default_progress": "%",
          "euro": "€", "dollar": "$", "pound": "£", "rupee": "₹"}
_DELETED = "Action: the file asks Peoplebox to delete this goal"


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert goals to objectives and key results, and departments to products."""
    people = People()
    goals = _goals(records, people, chosen)
    again = exact_repeats(records, goals["id"])
    deleted = records["Action"].str.casefold() == "delete"
    goals = goals.assign(result=_results(records, goals, again | deleted, chosen["key_results"]))
    tables = as_tables(records, goals[~again & ~deleted], chosen["outcomes"], "Departments")
    records.remark("Action", records["Action"][deleted], "bad_value", "the file asks Peoplebox to "
                   "delete this goal; the record was skipped", "error")
    table = goals["result"].map({True: "key_results", False: "objectives"})
    aside = dict.fromkeys(goals.index[deleted & ~again], _DELETED)
    return Converted({**tables, "people": people.table()},
                     dispositions(records, table, merged=again, aside=aside))


def _goals(records: Records, people: People, chosen: Mapping[str, str]) -> pd.DataFrame:
    """Every record with our column names, all as objectives; see goals.py."""
    kind = map_distinct(records["Goal Type"], normalise_word)
    email = records.first_value("Owner Emails", ",", "a goal of ours has one owner: the first "
                                "named is read, the others are kept with the record")
    goals = pd.DataFrame({
        "id": _ids(records), "title": records["Goal Title"], "team": "",
        "owner_id": people.ids(pd.Series("", index=records.index, dtype="str"), email),
        "start_date": records.days("Start Date", "End Date"),
        "due_date": records.days("End Date", "Start Date"),
        "status": records["Progress Status"], "description": records["Description"],
        "baseline": records["Starting Value"], "target": records["Target Value"],
        "current": records["Current Value"],
        "company": records["Scope"].str.casefold() == "company",
        "unit": map_distinct(kind, lambda word: _UNITS.get(word, "")),
        "kr_type": (kind == "binary").map({True: "binary", False: ""})})
    if chosen["products"] == "departments":
        goals["team"] = _departments(records)
    return goals.assign(parent=_parents(records, goals["id"]))


def _ids(records: Records) -> pd.Series:
    """The goal's own id, else its row: "row 7" if another goal has the id 7."""
    goal, row = records["Goal ID"], records["Row ID"]
    row = row.where(~row.isin(goal[goal != ""]), "row " + row)
    return goal.where(goal != "", row)


def _departments(records: Records) -> pd.Series:
    """The department of each goal, ignoring case; the first spelling is its name."""
    team = records.first_value("Departments", ",", "an objective of ours has one product: the "
                               "first department is read, the others are kept with the record")
    folded = team.str.casefold()
    spelt = pd.Series(team.array, index=folded.array, dtype="str")
    first = spelt[~spelt.index.duplicated()].to_dict()
    return map_distinct(folded, lambda name: str(first[name]))


def _parents(records: Records, ids: pd.Series) -> pd.Series:
    """The first parent of each goal, rows of the file before goals; other parents are reported."""
    row, goal = (records.first_value(
        column, ",", "a goal of ours has one parent: the first is read, the others are kept with "
        "the record") for column in ("Parent Row IDs", "Parent Goal IDs"))
    goal_by_row = dict(zip(reversed(records["Row ID"].tolist()), reversed(ids.tolist()),
                           strict=True))
    of_row = map_distinct(row, lambda row_id: goal_by_row.get(row_id, row_id))
    both = (row != "") & (goal != "") & (of_row != goal)
    records.remark("Parent Goal IDs", goal[both], "bad_value", "a goal of ours has one parent: "
                   "that of Parent Row IDs is read, this one is kept with the record")
    return of_row.where(row != "", goal)


def _results(records: Records, goals: pd.DataFrame, not_read: pd.Series,
             measured: str) -> pd.Series:
    """Which goals are key results. `not_read` marks records that are ignored."""
    type_ = map_distinct(records["Goal Type"], lambda word: _KINDS.get(normalise_word(word), ""))
    if measured != "measured":
        return type_ == "result"
    leaf = (goals["parent"] != "") & ~goals["id"].isin(goals["parent"][~not_read])
    return (type_ == "result") | ((type_ == "") & leaf & (
        (goals["target"] != "") | (goals["kr_type"] == "binary")))


VENDOR = Vendor(
    "peoplebox", "Peoplebox", lambda names: "parent_row_ids" in names or told_by(
        "row_id goal_id", "goal_title owner_emails goal_cycle progress_status check_in_type "
        "parent_goal_ids")(names), convert,
    (Choice("outcomes", OUTCOMES.question, {
        "top": "Goals at the top that are the company's or have other goals under them",
        **{name: said for name, said in OUTCOMES.options.items() if name != "top"}}),
     Choice("key_results", "Which goals are key results?", {
         "measured": "Those under another goal, with a target and nothing under them",
         "typed": "Only those whose Goal Type says so"}),
     Choice("products", "What is a product?", {
         "departments": "Each department that has objectives",
         "none": "Nothing: products come from elsewhere"})))
