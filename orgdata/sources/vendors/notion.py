"""Key results kept in a Notion database. It tells an objective by its title, and so do we.

A relation is written as `Title (address)`, several with commas between them. An address ends a
title, so titles may hold commas and parentheses; a cell without any address is one title.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from orgdata.sources.vendors.records import People, Records, key, once, split
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import repeats

_ADDRESS = re.compile(r"\((?:https?://[^\s()]+|[^()]+\.(?:md|html))\)\s*(?:,|$)")
_BASELINE = ("Start Value", "Starting Value", "Initial Value", "Start", "Initial", "From")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Key results, and the objectives they name."""
    people = People()
    objective = "Objective" if "Objective" in records else "Objectives"
    goals = _parted(records[objective], titles)
    goal = _first(records, objective, goals, "a key result measures one objective here: the "
                  "first named; the others stand without it")
    owner = "Owner" if "Owner" in records else "DRI"
    owners = _parted(records[owner], _people)
    ids = key(records["Key Result"], goal)
    again = repeats(records, ids)
    results = pd.DataFrame({
        "kr_id": ids, "objective_id": goal, "title": records["Key Result"],
        "owner_id": people.told(_first(records, owner, owners, "one owner is kept here: the "
                                       "first named")),
        "baseline": records.first(*_BASELINE), "current": records["Current Value"],
        "target": records["Target Value"], "unit": records["Unit"], "metric": records["Metric"],
        "status": records["Status"], "start_date": records.days("Start Date"),
        "due_date": records.days("Due Date" if "Due Date" in records else "End Date")})
    named = once(goals.explode().dropna().astype("str"))
    objectives = pd.DataFrame({"objective_id": named, "title": named})
    return Converted({"people": people.table(), "objectives": objectives,
                      "key_results": results[~again]},
                     dispositions(records, "key_results", merged=again))


def titles(cell: str) -> list[str]:
    """The titles in a cell of a relation, without their addresses."""
    found, start = [], 0
    for address in _ADDRESS.finditer(cell):
        found.append(cell[start:address.start()].strip())
        start = address.end()
    return [title for title in [*found, cell[start:].strip()] if title]


def _people(cell: str) -> Sequence[str]:
    """The people in a cell: names with commas between them, or a relation like any other."""
    return titles(cell) if _ADDRESS.search(cell) else split(cell)


def _parted(cells: pd.Series, parts: Callable[[str], Sequence[str]]) -> pd.Series:
    """The parts of each cell; a cell that stands often is taken apart once."""
    found = {cell: parts(cell) for cell in cells.unique()}
    return pd.Series([found[cell] for cell in cells], index=cells.index, dtype="object")


def _first(records: Records, column: str, values: pd.Series, said: str) -> pd.Series:
    """The first of the values of each record; of those that have several, `said` is said."""
    several = pd.Series([len(found) > 1 for found in values], index=values.index, dtype="bool")
    records.remark(column, records[column][several], "bad_value", said)
    return pd.Series([found[0] if found else "" for found in values], index=values.index,
                     dtype="str")


VENDOR = Vendor(
    "notion", "Notion",
    lambda names: {"key_result", "current_value", "target_value"} <= names, convert)
