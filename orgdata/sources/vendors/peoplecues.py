"""Peoplecues objectives, each with a metric of its own, as its bulk upload and update hold them.

An objective under another one, with a target and nothing under it, is a key result; the metric of
any other objective becomes a key result of it. An objective is known by its id, else by title,
owner and first day; a parent by id or title. The value of the metric on a day is a check-in.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.goals import OUTCOMES, as_tables, translate_status
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, joined_key, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, dispositions, told_by
from orgdata.sources.vendors.work import exact_repeats, parent_positions, values_at

_PARENTS = ("Parent Objective ID", "Parent Objective Title", "Parent Objective", "Parent")
_UNITS = {"percentage": "%"}
_STATUS = {"not_achieved": "missed"}


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert objectives to objectives and key results, their values to check-ins."""
    people = People()
    goals = _goals(records, people, chosen["products"])
    again = exact_repeats(records, goals["id"])
    under = (goals["parent"] != "") & ~goals["id"].isin(goals["parent"])
    result = under & (goals["target"] != "") & (chosen["key_results"] == "measured")
    goals = goals.assign(result=result)[~again]
    tables = as_tables(records, goals, chosen["outcomes"], "Department")
    measured = goals[(goals["target"] != "") & ~goals["result"] & ~goals["id"].isin(
        tables["outcomes"]["outcome_id"])]
    own = measured.assign(kr_id=joined_key(measured["id"], measured["metric"]),
                          objective_id=measured["id"],
                          title=measured["metric"].mask(measured["metric"] == "",
                                                        measured["title"]))
    tables["key_results"] = pd.concat([tables["key_results"], own[tables["key_results"].columns]])
    tables["check_ins"] = _check_ins(records, tables["key_results"])
    table = result.map({True: "key_results", False: "objectives"})
    return Converted({**tables, "people": people.table()},
                     dispositions(records, table, merged=again))


def _goals(records: Records, people: People, products: str) -> pd.DataFrame:
    """Every record with our column names; see goals.py."""
    owner = people.ids_of_names_or_emails(records["Owner Email ID"])
    title = records["Objective Title"]
    key = records["Objective ID"]
    key = key.where(key != "", joined_key(title, owner, records["Start Date"]))
    written = records.first_filled(*_PARENTS)
    parents = parent_positions(written, key, title.mask(title.duplicated(keep=False), ""))
    return pd.DataFrame({
        "id": key, "title": title, "owner_id": owner,
        "parent": written.mask(parents >= 0, values_at(key, parents)),
        "team": records.first_filled("Department", "Team") if products == "department" else "",
        "start_date": records.days("Start Date", "Due Date"),
        "due_date": records.days("Due Date", "Start Date"),
        "status": translate_status(records["Status"], _STATUS),
        "description": records["Description"], "metric": records["Metric Name"],
        "unit": map_distinct(records["Metric Type"], lambda kind: _UNITS.get(kind.casefold(), "")),
        "baseline": records["Metric Start Value"], "target": records["Metric Target Value"],
        "current": records.first_filled("Metric Value", "Metric Current Value")})


def _check_ins(records: Records, results: pd.DataFrame) -> pd.DataFrame:
    """The value of each key result on the day of its check-in."""
    at = results.index
    rows = pd.DataFrame({
        "kr_id": results["kr_id"], "date": records.days("Check-in Date", "Start Date")[at],
        "value": results["current"], "status": results["status"],
        "note": records["Check-in Comments"][at]})
    return rows[rows["date"] != ""].drop_duplicates(["kr_id", "date"])


VENDOR = Vendor(
    "peoplecues", "Peoplecues", told_by(
        "objective_title objective_id", "owner_email_id metric_name metric_type "
        "metric_start_value metric_target_value metric_value"), convert,
    (OUTCOMES,
     Choice("key_results", "Which objectives are key results?", {
         "measured": "Those under another one, with a target and nothing under them",
         "none": "None: each objective has its metric as its key result"}),
     Choice("products", "What is a product?", {
         "department": "Each department or team that has objectives",
         "none": "Nothing: products come from elsewhere"})))
