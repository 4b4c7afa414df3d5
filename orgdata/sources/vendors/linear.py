"""Linear issues. A project is an objective, an initiative the outcome it serves, a team a product;
the issues themselves are work.

Linear writes the initiatives of a project in one cell, with commas between them, and names may
hold commas: a comma separates unless the settings say that it is part of the name.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.records import People, Records, once
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import above, folded, inherited, most, names, with_work
from orgdata.tabular.lookup import Positions, indexed, is_in, look_up_any


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Projects as objectives, initiatives as outcomes, teams as products, issues as work."""
    people = People()
    people.told(records["Assignee"])
    issues, parents = _issues(records, chosen["products"] == "team")
    initiatives = _initiatives(records, issues, chosen)
    holder = inherited(issues["project"], parents)
    work = issues["known"] & ~issues["id"].duplicated()
    loose = issues["team"].where(work & (holder == ""), "")
    made = {"objectives": with_work(_projects(records, issues, initiatives, chosen["outcomes"]),
                                    "objective_id", holder.where(work, ""), issues["done"]),
            "products": with_work(_teams(issues), "product_id", loose, issues["done"]),
            "outcomes": _named(initiatives if chosen["outcomes"] == "initiatives" else
                               initiatives[:0], "outcome_id", "name")}
    into = (issues["team"] != "").map({True: "products", False: ""}).mask(
        holder != "", "objectives")
    return Converted({**made, "people": people.table()}, folded(
        records, made, into, ("ID", ~issues["known"], "a value is required"),
        ("Project", into == "", "it names no project, and no team that is read")))


def _issues(records: Records, teams: bool) -> tuple[pd.DataFrame, Positions]:
    """What is read of every issue, and the place of the one above it."""
    key, parent = records["ID"], records["Parent issue"]
    known, title = key != "", records["Project"]
    project = records["Project ID"].mask(lambda ids: ids == "", title).where(known, "")
    parents = above(parent, key)
    lost = (parent != "") & (parents < 0) & (project == "")
    records.remark("Parent issue", parent[lost], "unknown_reference",
                   "no such issue in the file; the work counts with no project")
    return pd.DataFrame({
        "id": key, "known": known, "project": project, "title": title.mask(title == "", project),
        "team": records["Team"].where(known, "") if teams else "",
        "done": records["Completed"] != ""}), parents


def _initiatives(records: Records, issues: pd.DataFrame, chosen: Mapping[str, str]) -> pd.Series:
    """The initiatives each record names, one below the other, at its row."""
    if chosen["outcomes"] == "none":
        return pd.Series("", index=records.index, dtype="str")[:0]
    return names(records["Initiatives"].where(issues["known"], ""),
                 chosen["comma"] == "separates")


def _projects(records: Records, issues: pd.DataFrame, initiatives: pd.Series,
              read_as: str) -> pd.DataFrame:
    """Each project once, with the outcome or the goal it is part of, and its team."""
    first = once(issues["project"])
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
        "product_id": look_up_any(first, most(issues["project"], issues["team"])),
        {"initiatives": "outcome_id"}.get(read_as, "parent_objective_id"): serves})
    goals = _named(initiatives if read_as == "goals" else initiatives[:0], "objective_id", "title")
    return pd.concat([goals, projects]).fillna("").astype("str")


def _teams(issues: pd.DataFrame) -> pd.DataFrame:
    return _named(issues["team"], "product_id", "name")


def _named(values: pd.Series, key: str, name: str) -> pd.DataFrame:
    """A row for each value: the name is all that Linear tells of it."""
    first = once(values)
    return pd.DataFrame({key: first, name: first})


VENDOR = Vendor(
    "linear", "Linear", lambda names: {"cycle_number", "team", "title"} <= names, convert,
    (Choice("outcomes", "What are initiatives?", {
        "initiatives": "Company outcomes, which their projects serve",
        "goals": "Goals above their projects", "none": "They are not read"}),
     Choice("products", "What is a product?", {
         "team": "Each team", "none": "Nothing: products come from elsewhere"}),
     Choice("comma", "What is a comma among initiatives?", {
         "separates": "It stands between two of them",
         "part": "It is part of the name of one"})))
