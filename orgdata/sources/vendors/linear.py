"""Linear issues. A project is an objective, an initiative the outcome it serves, a team a product;
the issues themselves are work.

Linear writes the initiatives of a project in one cell, separated by commas, yet names may contain
commas: a comma separates unless the settings say that it is part of the name.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.kinds import work_kind
from orgdata.sources.vendors.records import Records, first_of_each
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import (
    inherited,
    lost_parents,
    most_common,
    names_in_cells,
    parent_positions,
    with_work,
    work_dispositions,
    work_rows,
)
from orgdata.tabular.lookup import Positions, indexed, is_in, look_up_any


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert projects to objectives, initiatives to outcomes, teams to products; count issues."""
    issues, parents, unknown = _issues(records, chosen["products"] == "team")
    initiatives = _initiatives(records, issues, chosen)
    holder = inherited(issues["project"], parents)
    work = issues["known"] & ~issues["id"].duplicated()
    without_project = issues["team"].where(work & (holder == ""), "")
    made = {"objectives": with_work(_projects(records, issues, initiatives, chosen["outcomes"]),
                                    "objective_id", holder.where(work, ""), issues["done"]),
            "products": with_work(_teams(issues), "product_id", without_project, issues["done"]),
            "outcomes": _named(initiatives if chosen["outcomes"] == "initiatives" else
                               initiatives[:0], "outcome_id", "name")}
    made["work"] = work_rows(records, _items(records, issues, parents, work, holder, made),
                             parents, "Completed")
    unknown[made["work"].index] = False  # of these validation reports it
    records.remark("Parent issue", records["Parent issue"][unknown], "unknown_reference",
                   "no such issue in the file; the work counts with no project")
    into = (issues["team"] != "").map({True: "products", False: ""}).mask(
        holder != "", "objectives")
    return Converted(made, work_dispositions(
        records, made, into, ("ID", ~issues["known"], "a value is required"),
        ("Project", into == "", "it names no project, and no team that is read")))


def _issues(records: Records, teams: bool) -> tuple[pd.DataFrame, Positions, pd.Series]:
    """What is read of every issue, the position of its parent, and which parents are unknown."""
    key, parent = records["ID"], records["Parent issue"]
    known, title = key != "", records["Project"]
    project = records["Project ID"].mask(lambda ids: ids == "", title).where(known, "")
    parents = parent_positions(parent, key)
    unknown = (parent != "") & (parents < 0) & (project == "")
    return pd.DataFrame({
        "id": key, "known": known, "project": project, "title": title.mask(title == "", project),
        "team": records["Team"].where(known, "") if teams else "",
        "done": records["Completed"] != ""}), parents, unknown


def _items(records: Records, issues: pd.DataFrame, parents: Positions, work: pd.Series,
           holder: pd.Series, made: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every issue as work; see `work_rows`."""
    product = look_up_any(holder, indexed(made["objectives"], "objective_id", "product_id"))
    return pd.DataFrame({
        "work": work, "done": issues["done"], "work_id": issues["id"],
        "done_on": records.days("Completed"), "kind": work_kind(records["Labels"]),
        "size": records["Estimate"], "objective_id": holder,
        "product_id": issues["team"].mask(issues["team"] == "", product.fillna("")),
        "parent_id": lost_parents(records["Parent issue"], parents, holder)})


def _initiatives(records: Records, issues: pd.DataFrame, chosen: Mapping[str, str]) -> pd.Series:
    """The initiatives of all records in one column, at their rows."""
    if chosen["outcomes"] == "none":
        return pd.Series("", index=records.index, dtype="str")[:0]
    return names_in_cells(records["Initiatives"].where(issues["known"], ""),
                          chosen["comma"] == "separates")


def _projects(records: Records, issues: pd.DataFrame, initiatives: pd.Series,
              read_as: str) -> pd.DataFrame:
    """One row per project, with the outcome or goal it is part of, and its team."""
    first = first_of_each(issues["project"])
    served = pd.DataFrame({"project": issues["project"][initiatives.index],
                           "initiative": initiatives}).drop_duplicates()
    several = served[served.duplicated("project", keep=False) & (served["project"] != "")]
    records.remark("Initiatives", records["Initiatives"][several.drop_duplicates("project").index],
                   "bad_value", "a project serves one here: the first named; the others stand "
                   "without it")
    serves = look_up_any(first, indexed(served, "project", "initiative"))
    shared = issues[["project", "team"]].drop_duplicates().loc[lambda rows: rows["team"] != ""]
    shared = first[is_in(first, shared["project"][shared["project"].duplicated()])]
    records.remark("Project", issues["title"][shared.index], "bad_value", "several teams work on "
                   "it; it counts for the one with most of its issues")
    projects = pd.DataFrame({
        "objective_id": first, "title": issues["title"][first.index],
        "product_id": look_up_any(first, most_common(issues["project"], issues["team"])),
        {"initiatives": "outcome_id"}.get(read_as, "parent_objective_id"): serves})
    goals = _named(initiatives if read_as == "goals" else initiatives[:0], "objective_id", "title")
    return pd.concat([goals, projects]).fillna("").astype("str")


def _teams(issues: pd.DataFrame) -> pd.DataFrame:
    return _named(issues["team"], "product_id", "name")


def _named(values: pd.Series, key: str, name: str) -> pd.DataFrame:
    """One row per distinct value: its name is all that Linear exports of it."""
    first = first_of_each(values)
    return pd.DataFrame({key: first, name: first})


def _is_linear(names: frozenset[str]) -> bool:
    return {"cycle_number", "team", "title"} <= names or ({"id", "title"} <= names and len(
        names & {"cycle_number", "cycle_name", "initiatives", "project_milestone", "sla_status",
                 "triaged", "parent_issue", "roadmaps"}) > 1)


VENDOR = Vendor(
    "linear", "Linear", _is_linear, convert,
    (Choice("outcomes", "What are initiatives?", {
        "initiatives": "Company outcomes, which their projects serve",
        "goals": "Goals above their projects", "none": "They are not read"}),
     Choice("products", "What is a product?", {
         "team": "Each team", "none": "Nothing: products come from elsewhere"}),
     Choice("comma", "What is a comma among initiatives?", {
         "separates": "It stands between two of them",
         "part": "It is part of the name of one"})))
