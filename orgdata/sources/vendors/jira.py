"""Jira issues. An epic is an objective, other issues are work under it, and a product is what the
field Product says, else a project.

Every issue above an epic is an objective too, whatever a company calls that level; so is an
Initiative, Objective or Goal, unless it is below an epic. Jira has no company outcomes; on demand
the goals at the top that have others under them are read as such. A label or version such as
`26-Q4` gives an epic without days its first and last. Headers may be in Jira's other languages.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.issues import (
    Terms,
    as_tables,
    closing_word,
    goals_among,
    issue_frame,
)
from orgdata.sources.vendors.jira_headers import english
from orgdata.sources.vendors.kinds import goal_kind, is_done, is_dropped, work_kind
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.periods import english_day, with_period
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import inherited, parent_positions, values_at
from orgdata.tabular.lookup import Positions

_PARENTS = ("Parent", "Parent key", "Parent id", "Custom field (Epic Link)",
            "Custom field (Parent Link)")
_SIZES = ("Custom field (Story Points)", "Custom field (Story point estimate)", "Story Points")
_FIELDS = {"field": ("Custom field (Product)", "Product"), "team": ("Custom field (Team)", "Team")}
_PROJECTS = ("Project key", "Project name", "Project")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert epics and what is above them to objectives, projects to products, issues to work."""
    people = People()
    key = _keys(records)
    issues, parents = _issues(records, key, people)
    product, name = _products(records, issues, parents, chosen["products"])
    issues = issues.assign(product_id=product, product=name)
    made = as_tables(records, people, issues, parents, Terms(
        "Issue key", "Parent", "Resolved", "issue", "epic"), chosen["outcomes"] == "top")
    leads = _leads(records, issues, people)
    return Converted({**made.tables, "people": people.table(), "assignments": leads},
                     made.dispositions)


def _keys(records: Records) -> pd.Series:
    """The key of each issue; its summary in a file without keys."""
    named = next((name for name in ("Issue key", "Key") if name in records), "Summary")
    return records[named]


def _issues(records: Records, key: pd.Series, people: People) -> tuple[pd.DataFrame, Positions]:
    """What is read of every issue but its product, and the position of its parent."""
    named = records.first_filled(*_PARENTS)
    parents = np.full(len(key), -1)
    for column in _PARENTS:  # the first that names an issue of the file
        if column in records:
            parents = np.where(parents < 0, parent_positions(
                records[column], key, records["Issue id"]), parents)
    goal = goals_among(goal_kind(records["Issue Type"]), parents)
    done = _done(records)
    issues = issue_frame(
        records, id=key, name=records["Summary"], goal=goal, done=done,
        status=closing_word(records, "Status", records["Status"], done),
        done_on=records.days("Resolved", "Due date"), end_date=records.days("Due date"),
        owner_id=people.ids(records["Assignee"]), kind=work_kind(records["Issue Type"]),
        size=records.first_filled(*_SIZES),
        parent=named.mask(parents >= 0, values_at(key, parents)))
    labels = [name for column in ("Labels", "Fix versions")
              for name in records.repeated_columns(column)]
    issues.loc[goal, ["start_date", "end_date"]] = with_period(
        records, issues[goal], labels)[["start_date", "end_date"]]
    return issues, parents


def _done(records: Records) -> pd.Series:
    """Whether an issue is done: by Jira's category of its status, else by the word, or by the day
    on which it was resolved; not if the resolution drops it."""
    status, category = records["Status"], records["Status Category"]
    done = is_done(category).where(category != "", is_done(status) | (records["Resolved"] != ""))
    return done & ~is_dropped(records["Resolution"]) & ~is_dropped(status)


def _products(records: Records, issues: pd.DataFrame, parents: Positions,
              chosen: str) -> tuple[pd.Series, pd.Series]:
    """The product of each issue and its name. A field that is blank has the value of the nearest
    issue above that has one."""
    nothing = pd.Series("", index=records.index, dtype="str")
    field = next((name for name in _FIELDS.get(chosen, ()) if name in records), "")
    if field:
        product = inherited(records[field], parents)
        return product, product
    if chosen == "none":
        return nothing, nothing
    project = records.first_filled(*_PROJECTS)
    return (project.where(issues["goal"] | (issues["id"] != ""), ""),
            records.first_filled("Project name", "Project", "Project key"))


def _leads(records: Records, issues: pd.DataFrame, people: People) -> pd.DataFrame:
    """The leads of projects as assignments, without repetitions."""
    led = pd.DataFrame({"product_id": issues["product_id"],
                        "person_id": people.ids(records["Project lead"])})
    led = led[issues["product_id"] == records.first_filled(*_PROJECTS)]
    return led[(led != "").all(axis="columns")].drop_duplicates().assign(role="lead")


def _is_jira(names: frozenset[str]) -> bool:
    return {"summary", "issue_type"} <= names or ("issue_key" in names and bool(
        names & {"issue_id", "summary", "issue_type", "project_key"}))


VENDOR = Vendor(
    "jira", "Jira", _is_jira, convert,
    (Choice("outcomes", "Which goals are company outcomes?", {
        "none": "None: Jira holds no company outcomes",
        "top": "Goals at the top that have other goals under them"}),
     Choice("products", "What is a product?", {
         "field": "What the field Product says; without one, each Jira project",
         "project": "Each Jira project",
         "team": "What the field Team says; without one, each Jira project",
         "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"duplicate_header"}), english=english, plain_day=english_day)
