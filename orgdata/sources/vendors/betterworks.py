"""Betterworks goals: a row per goal or milestone, told apart by `type`; no ids, no parents.

A goal is an objective. A milestone belongs to the goal above it in the file, as Betterworks lists
them; it is a key result of kind milestone, its progress measured against 100. Deadlines move and
titles repeat from year to year, so a goal is known by name, owner and first day.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.records import People, Records, key
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import repeats


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Goals as objectives, milestones as key results of the goal above them."""
    people = People()
    owner = people.ids(pd.Series("", index=records.index, dtype="str"), records["owner_email"])
    kind = records["type"].str.casefold()
    milestone = kind == "milestone"
    said = "expected goal or milestone"
    odd = records["type"][~kind.isin(("goal", "milestone"))]
    records.remark("type", odd, "bad_value", f"{said}; the record was set aside", "error")
    own = key(records["name"], owner, records["start_date"])
    goal = own.where(kind == "goal").ffill().fillna("")
    rows = pd.DataFrame({
        "title": records["name"], "owner_id": owner, "objective_id": goal,
        "start_date": records.days("start_date", "end_date"),
        "due_date": records.days("end_date", "start_date"),
        "current": records.percents("progress").where(milestone, ""),
        "kr_id": key(goal, own), "kr_type": "milestone", "result_kind": "output", "baseline": "0",
        "target": "100"})
    again = repeats(records, rows["objective_id"].mask(milestone, rows["kr_id"]))
    goals = rows.rename(columns={"due_date": "end_date"})[
        ["objective_id", "title", "owner_id", "start_date", "end_date"]]
    table = milestone.map({True: "key_results", False: "objectives"})
    return Converted({"people": people.table(), "objectives": goals[(kind == "goal") & ~again],
                      "key_results": rows[milestone & ~again]},
                     dispositions(records, table, merged=again, aside=dict.fromkeys(
                         odd.index[~again[odd.index]], f"type: {said}")))


VENDOR = Vendor(
    "betterworks", "Betterworks",
    lambda names: {"owner_email", "type", "name", "progress"} <= names, convert)
