"""Betterworks goals: a row per goal or milestone, told apart by `type`; no ids, no parents.

A goal is an objective. A milestone belongs to the goal above it in the file, as Betterworks lists
them; it is a key result of kind milestone, its progress measured against 100.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.records import People, Records, key
from orgdata.sources.vendors.vendor import Converted, Vendor, fates


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Goals as objectives, milestones as key results of the goal above them."""
    people = People()
    owner = people.ids(pd.Series("", index=records.index, dtype="str"), records["owner_email"])
    rows = pd.DataFrame({
        "title": records["name"], "owner_id": owner, "start_date": records.days("start_date"),
        "due_date": records.days("end_date"), "current": records.percents("progress"),
        "id": key(records["name"], owner, records["end_date"])})
    milestone = records["type"].str.casefold() == "milestone"
    goal = rows["id"].where(~milestone).ffill().fillna("")
    again = pd.concat([rows, records["type"]], axis="columns").duplicated()
    goals = rows[~milestone & ~again].rename(columns={"id": "objective_id", "due_date": "end_date"})
    results = rows[milestone & ~again].rename(columns={"id": "kr_id"}).assign(
        objective_id=goal, kr_type="milestone", result_kind="output", baseline="0", target="100")
    table = milestone.map({True: "key_results", False: "objectives"})
    return Converted({"people": people.table(), "objectives": goals.drop(columns="current"),
                      "key_results": results}, fates(records, table, merged=again))


VENDOR = Vendor(
    "betterworks", "Betterworks",
    lambda names: {"owner_email", "type", "name", "progress"} <= names, convert)
