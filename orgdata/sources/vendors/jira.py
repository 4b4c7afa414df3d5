"""Jira issues. An epic is an objective, other issues are work under it, a project is a product.

Every issue above an epic is an objective too, whatever a company calls that level; so is an
Initiative, Objective or Goal, unless it is below an epic. Jira has no company outcomes; on demand
the goals at the top that have others under them are read as such.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.words import CLOSED_WORDS
from orgdata.sources.vendors.records import People, Records, first_of_each
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import (
    exact_repeats,
    inherited,
    parent_positions,
    values_at,
    with_work,
    without_cycles,
    work_dispositions,
)
from orgdata.tabular.lookup import Positions, nearest_ancestor

_PARENTS = ("Parent", "Parent key", "Parent id", "Custom field (Epic Link)",
            "Custom field (Parent Link)")
_GOALS = ("initiative", "objective", "goal")
_DONE = ("done", "closed", "complete", "completed", "finished", "resolved")
_LIFE = dict.fromkeys(_DONE, "done") | {"in progress": "active"}  # other words stay as written


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert epics and what is above them to objectives, projects to products, issues to work."""
    people = People()
    issues, parents = _issues(records, people, chosen["products"] == "project")
    goal, done = issues["goal"], issues["done"]
    top = _tops(issues, parents) & (chosen["outcomes"] == "top")
    work = ~goal & (issues["id"] != "") & ~issues["id"].duplicated()
    holder = inherited(issues["id"].where(goal, ""), parents)
    goals = with_work(issues[goal & ~exact_repeats(records, issues["id"])], "id",
                      holder.where(work, ""), done)
    without_goal = issues["product_id"].where(work & (holder == ""), "")
    made = {"outcomes": _outcomes(goals[top[goals.index]]),
            "objectives": _objectives(goals[~top[goals.index]], issues["id"][top]),
            "products": with_work(_products(records, issues), "product_id", without_goal, done)}
    into = (issues["product_id"] != "").map({True: "products", False: ""}).mask(
        holder != "", "objectives").mask(holder.isin(issues["id"][top]), "outcomes")
    unknown = ~goal & (issues["parent"] != "") & (parents < 0)  # validation reports it of goals
    records.remark("Parent", issues["parent"][unknown], "unknown_reference",
                   "no such issue in the file; the work counts with no epic")
    leads = _leads(records, issues, people)
    return Converted({**made, "people": people.table(), "assignments": leads},
                     work_dispositions(
                         records, made, into,
                         ("Issue key", ~goal & (issues["id"] == ""), "a value is required"),
                         ("Parent", into == "", "it belongs to no epic, and to no project that is "
                          "read")))


def _issues(records: Records, people: People, projects: bool) -> tuple[pd.DataFrame, Positions]:
    """What is read of every issue, and the position of its parent."""
    key, named = records["Issue key"], records.first_filled(*_PARENTS)
    parents = np.full(len(key), -1)
    for column in _PARENTS:  # the first that names an issue of the file
        if column in records:
            parents = np.where(parents < 0, parent_positions(
                records[column], key, records["Issue id"]), parents)
    goal = _goals(records["Issue Type"].str.casefold(), parents)
    status, done = _status(records)
    issues = pd.DataFrame({
        "id": key, "name": records["Summary"], "goal": goal, "status": status, "done": done,
        "day": records.days("Due date"), "owner_id": people.ids(records["Assignee"]),
        "parent": named.mask(parents >= 0, values_at(key, parents)), "product_id": ""})
    if projects:
        issues["product_id"] = records.first_filled("Project key", "Project name").where(
            goal | (key != ""), "")
    return issues, parents


def _goals(kind: pd.Series, parents: Positions) -> pd.Series:
    """Which issues are objectives: see the head of this module."""
    epic = (kind == "epic").to_numpy()
    nearest = np.append(nearest_ancestor(epic, without_cycles(parents)), -1)
    goal = epic | (kind.isin(_GOALS).to_numpy() & (nearest[parents] < 0))
    front = parents[goal]
    while len(front := front[(front >= 0) & ~goal[front]]):  # each issue is reached once
        goal[front] = True
        front = parents[front]
    return pd.Series(goal, index=kind.index)


def _status(records: Records) -> tuple[pd.Series, pd.Series]:
    """The status as written, and whether it closes an issue: by Jira's category of the status, else
    by its word. A company's own word that closes an epic is read as Done."""
    status, category = records["Status"], records["Status Category"].str.casefold()
    done = (category == "done").where(category != "", status.str.casefold().isin(_DONE))
    own = done & ~status.str.casefold().isin(CLOSED_WORDS) & (status != "")
    if own.any():
        words = ", ".join(status[own].drop_duplicates()[:5])
        records.note("Status", "bad_value", f"{words}: read as Done, which is what it means here")
    return status.mask(own, "Done"), done


def _tops(issues: pd.DataFrame, parents: Positions) -> pd.Series:
    """Goals without a parent that have other goals under them."""
    goal = issues["goal"]
    has = np.zeros(len(goal) + 1, dtype=bool)  # the last is for “no parent”
    has[parents[goal.to_numpy()]] = True
    return goal & (issues["parent"] == "") & has[:-1]


def _outcomes(goals: pd.DataFrame) -> pd.DataFrame:
    return goals[["name", "owner_id", "work_items", "work_done"]].assign(
        outcome_id=goals["id"], due_date=goals["day"],
        status=goals["status"].str.casefold().map(_LIFE).fillna(goals["status"]))


def _objectives(goals: pd.DataFrame, outcomes: pd.Series) -> pd.DataFrame:
    """Goals directly below an outcome serve it; the others have their parent as an objective."""
    served = goals["parent"].isin(outcomes)
    return goals[["status", "owner_id", "product_id", "work_items", "work_done"]].assign(
        objective_id=goals["id"], title=goals["name"], end_date=goals["day"],
        outcome_id=goals["parent"].where(served, ""),
        parent_objective_id=goals["parent"].mask(served, ""))


def _products(records: Records, issues: pd.DataFrame) -> pd.DataFrame:
    """One row per project, at its first goal, else at its first issue."""
    goal = issues["goal"]
    goals_first = pd.concat([issues["product_id"][goal], issues["product_id"][~goal]])
    first = first_of_each(goals_first).sort_index()
    name = records.first_filled("Project name", "Project key")[first.index]
    return pd.DataFrame({"product_id": first, "name": name})


def _leads(records: Records, issues: pd.DataFrame, people: People) -> pd.DataFrame:
    """The leads of projects as assignments, without repetitions."""
    led = pd.DataFrame({"product_id": issues["product_id"],
                        "person_id": people.ids(records["Project lead"])})
    return led[(led != "").all(axis="columns")].drop_duplicates().assign(role="lead")


VENDOR = Vendor(
    "jira", "Jira", lambda names: {"issue_key", "issue_id"} <= names, convert,
    (Choice("outcomes", "Which goals are company outcomes?", {
        "none": "None: Jira holds no company outcomes",
        "top": "Goals at the top that have other goals under them"}),
     Choice("products", "What is a product?", {
         "project": "Each Jira project", "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"duplicate_header"}))
