"""Key results kept in a Notion database. It tells an objective by its title, and so do we.

A relation is written as `Title (address)`, several with commas between them. An address ends a
title, so titles may hold commas and parentheses; a cell without any address is one title.
"""

import re
from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.records import People, Records, key, once, split
from orgdata.sources.vendors.vendor import Converted, Vendor, fates
from orgdata.sources.vendors.work import repeats

_ADDRESS = re.compile(r"\((?:https?://[^\s()]+|[^()]+\.(?:md|html))\)\s*(?:,|$)")
_BASELINE = ("Start Value", "Starting Value", "Initial Value", "Start", "Initial", "From")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Key results, and the objectives they name."""
    people = People()
    objective = "Objective" if "Objective" in records else "Objectives"
    goals = _titles(records[objective])
    goal = _first(records, objective, goals, "ours measures one objective: the first is read")
    owner = "Owner" if "Owner" in records else "DRI"
    owners = records[owner].map(lambda cell: titles(cell) if _ADDRESS.search(cell) else split(cell))
    ids = key(records["Key Result"], goal)
    again = repeats(records, ids)
    results = pd.DataFrame({
        "kr_id": ids, "objective_id": goal, "title": records["Key Result"],
        "owner_id": people.told(_first(records, owner, owners, "ours has one owner: the first "
                                       "named is read")),
        "baseline": records.first(*_BASELINE), "current": records["Current Value"],
        "target": records["Target Value"], "unit": records["Unit"], "metric": records["Metric"],
        "status": records["Status"], "start_date": records.days("Start Date"),
        "due_date": records.days("Due Date" if "Due Date" in records else "End Date")})
    named = once(goals.explode().fillna("").astype("str"))
    objectives = pd.DataFrame({"objective_id": named, "title": named})
    return Converted({"people": people.table(), "objectives": objectives,
                      "key_results": results[~again]}, fates(records, "key_results", merged=again))


def titles(cell: str) -> list[str]:
    """The titles in a cell of a relation, without their addresses."""
    found, start = [], 0
    for address in _ADDRESS.finditer(cell):
        found.append(cell[start:address.start()].strip())
        start = address.end()
    return [title for title in [*found, cell[start:].strip()] if title]


def _titles(cells: pd.Series) -> pd.Series:
    return cells.map({cell: titles(cell) for cell in cells.unique()})


def _first(records: Records, column: str, values: pd.Series, said: str) -> pd.Series:
    """The first of the values of each record; of those that have several, `said` is said."""
    records.remark(column, records[column][values.str.len() > 1], "bad_value", said)
    return values.str[0].fillna("").astype("str")


VENDOR = Vendor(
    "notion", "Notion",
    lambda names: {"key_result", "current_value", "target_value"} <= names, convert)
