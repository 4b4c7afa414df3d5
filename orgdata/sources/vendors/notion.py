"""Key results from a Notion database. Objectives are identified by their titles, as in Notion.

A relation is written as `Title (address)`, several are separated by commas. An address ends a
title, so titles may contain commas and parentheses; a cell without any address is one title.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, first_of_each, joined_key, split
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import exact_repeats

_ADDRESS = re.compile(r"\((?:https?://[^\s()]+|[^()]+\.(?:md|html))\)\s*(?:,|$)")
_LEFT = frozenset(  # what is read here of no list, but of somebody's own: facts would be lost
    "quarter cycle period timeline product products team area objective_owner key_result_owner "
    "owner_email baseline baseline_value last_updated last_update updated confidence".split())
_BASELINE = ("Start Value", "Starting Value", "Initial Value", "Start", "Initial", "From")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert the records to key results and the objectives they name."""
    people = People()
    objective = "Objective" if "Objective" in records else "Objectives"
    goals = _split_cells(records[objective], titles)
    goal = _first_parts(records, objective, goals, "a key result measures one objective here: the "
                        "first named; the others stand without it")
    owner = "Owner" if "Owner" in records else "DRI"
    owners = _split_cells(records[owner], _people)
    ids = joined_key(records["Key Result"], goal)
    again = exact_repeats(records, ids)
    results = pd.DataFrame({
        "kr_id": ids, "objective_id": goal, "title": records["Key Result"],
        "owner_id": people.ids_of_names_or_emails(_first_parts(
            records, owner, owners, "one owner is kept here: the first named")),
        "baseline": records.first_filled(*_BASELINE), "current": records["Current Value"],
        "target": records["Target Value"], "unit": records["Unit"], "metric": records["Metric"],
        "status": records["Status"], "start_date": records.days("Start Date"),
        "due_date": records.days("Due Date" if "Due Date" in records else "End Date")})
    named = first_of_each(goals.explode().dropna().astype("str"))
    objectives = pd.DataFrame({"objective_id": named, "title": named})
    return Converted({"people": people.table(), "objectives": objectives,
                      "key_results": results[~again]},
                     dispositions(records, "key_results", merged=again))


def titles(cell: str) -> list[str]:
    """The titles in a relation cell, without their addresses."""
    titles_before, start = [], 0
    for address in _ADDRESS.finditer(cell):
        titles_before.append(cell[start:address.start()].strip())
        start = address.end()
    return [title for title in [*titles_before, cell[start:].strip()] if title]


def _people(cell: str) -> Sequence[str]:
    """The people in a cell: names separated by commas, or a relation like any other."""
    return titles(cell) if _ADDRESS.search(cell) else split(cell)


def _split_cells(cells: pd.Series, parts: Callable[[str], Sequence[str]]) -> pd.Series:
    """The parts of each cell; equal cells are split only once."""
    parts_by_cell = {cell: parts(cell) for cell in cells.unique()}
    return pd.Series([parts_by_cell[cell] for cell in cells], index=cells.index, dtype="object")


def _first_parts(records: Records, column: str, values: pd.Series, message: str) -> pd.Series:
    """The first of the values of each record; records with several are reported."""
    several = pd.Series([len(parts) > 1 for parts in values], index=values.index, dtype="bool")
    records.remark(column, records[column][several], "bad_value", message)
    return pd.Series([parts[0] if parts else "" for parts in values], index=values.index,
                     dtype="str")


VENDOR = Vendor(
    "notion", "Notion",
    lambda names: {"key_result", "current_value", "target_value"} <= names
    and names.isdisjoint(_LEFT), convert)
