"""Betterworks goals: a row per goal or milestone, by its `type`; without ids and parents.

A goal is an objective. A milestone belongs to the goal above it in the file, as Betterworks lists
them; it is a key result of kind milestone, its progress measured against 100. Deadlines move and
titles repeat from year to year, so a goal is identified by name, owner and first day.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, joined_key
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import exact_repeats


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert goals to objectives, and milestones to key results of the goal above them."""
    people = People()
    owner = people.ids(pd.Series("", index=records.index, dtype="str"), records["owner_email"])
    kind = records["type"].str.casefold()
    milestone = kind == "milestone"
    expected = "expected goal or milestone"
    unknown = records["type"][~kind.isin(("goal", "milestone"))]
    records.remark("type", unknown, "bad_value", f"{expected}; the record was skipped", "error")
    own = joined_key(records["name"], owner, records["start_date"])
    goal = own.where(kind == "goal").ffill().fillna("")
    rows = pd.DataFrame({
        "title": records["name"], "owner_id": owner, "objective_id": goal,
        "start_date": records.days("start_date", "end_date"),
        "due_date": records.days("end_date", "start_date"),
        "current": records.percents("progress").where(milestone, ""),
        "kr_id": joined_key(goal, own), "kr_type": "milestone", "result_kind": "output",
        "baseline": "0", "target": "100"})
    again = exact_repeats(records, rows["objective_id"].mask(milestone, rows["kr_id"]))
    goals = rows.rename(columns={"due_date": "end_date"})[
        ["objective_id", "title", "owner_id", "start_date", "end_date"]]
    table = milestone.map({True: "key_results", False: "objectives"})
    return Converted({"people": people.table(), "objectives": goals[(kind == "goal") & ~again],
                      "key_results": rows[milestone & ~again]},
                     dispositions(records, table, merged=again, aside=dict.fromkeys(
                         unknown.index[~again[unknown.index]], f"type: {expected}")))


VENDOR = Vendor(
    "betterworks", "Betterworks",
    lambda names: {"owner_email", "type"} <= names and bool(names & {"progress", "categories"}),
    convert)
