"""Jira issues. An epic is an objective, other issues are work under it, a project is a product.

Whatever stands above an epic is an objective too, whatever a company calls that level; so is an
Initiative, Objective or Goal, unless it stands below an epic. Jira holds no company outcomes; on
demand the goals at the top, with others under them, are read as such.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.schema import CLOSED_WORDS
from orgdata.sources.vendors.records import People, Records, once
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import (
    above,
    at,
    folded,
    inherited,
    repeats,
    with_work,
    without_circles,
)
from orgdata.tabular.lookup import Positions, nearest_ancestor

_PARENTS = ("Parent", "Parent key", "Parent id", "Custom field (Epic Link)",
            "Custom field (Parent Link)")
_GOALS = ("initiative", "objective", "goal")
_DONE = ("done", "closed", "complete", "completed", "finished", "resolved")
_LIFE = dict.fromkeys(_DONE, "done") | {"in progress": "active"}  # other words stay as written


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Epics and what stands above them as objectives, projects as products, issues as work."""
    people = People()
    issues, parents = _issues(records, people, chosen["products"] == "project")
    goal, done = issues["goal"], issues["done"]
    top = _tops(issues, parents) & (chosen["outcomes"] == "top")
    work = ~goal & (issues["id"] != "") & ~issues["id"].duplicated()
    holder = inherited(issues["id"].where(goal, ""), parents)
    goals = with_work(issues[goal & ~repeats(records, issues["id"])], "id",
                      holder.where(work, ""), done)
    loose = issues["product_id"].where(work & (holder == ""), "")
    made = {"outcomes": _outcomes(goals[top[goals.index]]),
            "objectives": _objectives(goals[~top[goals.index]], issues["id"][top]),
            "products": with_work(_products(records, issues), "product_id", loose, done)}
    into = (issues["product_id"] != "").map({True: "products", False: ""}).mask(
        holder != "", "objectives").mask(holder.isin(issues["id"][top]), "outcomes")
    lost = ~goal & (issues["parent"] != "") & (parents < 0)  # of goals, validation says so
    records.remark("Parent", issues["parent"][lost], "unknown_reference",
                   "no such issue in the file; the work counts with no epic")
    leads = _leads(records, issues, people)
    return Converted({**made, "people": people.table(), "assignments": leads},
                     folded(records, made, into,
                            ("Issue key", ~goal & (issues["id"] == ""), "a value is required"),
                            ("Parent", into == "", "it belongs to no epic, and to no project that "
                             "is read")))


def _issues(records: Records, people: People, projects: bool) -> tuple[pd.DataFrame, Positions]:
    """What is read of every issue, and the place of the one above it."""
    key, named = records["Issue key"], records.first(*_PARENTS)
    parents = np.full(len(key), -1)
    for column in _PARENTS:  # the first that names an issue of the file
        if column in records:
            parents = np.where(parents < 0, above(records[column], key, records["Issue id"]),
                               parents)
    goal = _goals(records["Issue Type"].str.casefold(), parents)
    status, done = _status(records)
    issues = pd.DataFrame({
        "id": key, "name": records["Summary"], "goal": goal, "status": status, "done": done,
        "day": records.days("Due date"), "owner_id": people.ids(records["Assignee"]),
        "parent": named.mask(parents >= 0, at(key, parents)), "product_id": ""})
    if projects:
        issues["product_id"] = records.first("Project key", "Project name").where(
            goal | (key != ""), "")
    return issues, parents


def _goals(kind: pd.Series, parents: Positions) -> pd.Series:
    """Which issues are objectives: see the head of this module."""
    epic = (kind == "epic").to_numpy()
    nearest = np.append(nearest_ancestor(epic, without_circles(parents)), -1)
    goal = epic | (kind.isin(_GOALS).to_numpy() & (nearest[parents] < 0))
    front = parents[goal]
    while len(front := front[(front >= 0) & ~goal[front]]):  # each issue is reached once
        goal[front] = True
        front = parents[front]
    return pd.Series(goal, index=kind.index)


def _status(records: Records) -> tuple[pd.Series, pd.Series]:
    """The status as written, and whether it ends an issue: as Jira's own category of it says,
    else by its word. A word of a company's own that ends an epic is read as Done."""
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
    has = np.zeros(len(goal) + 1, dtype=bool)  # the last stands for no parent
    has[parents[goal.to_numpy()]] = True
    return goal & (issues["parent"] == "") & has[:-1]


def _outcomes(goals: pd.DataFrame) -> pd.DataFrame:
    return goals[["name", "owner_id", "work_items", "work_done"]].assign(
        outcome_id=goals["id"], due_date=goals["day"],
        status=goals["status"].str.casefold().map(_LIFE).fillna(goals["status"]))


def _objectives(goals: pd.DataFrame, outcomes: pd.Series) -> pd.DataFrame:
    """Goals below a top serve it as their outcome; the others are part of the goal above."""
    served = goals["parent"].isin(outcomes)
    return goals[["status", "owner_id", "product_id", "work_items", "work_done"]].assign(
        objective_id=goals["id"], title=goals["name"], end_date=goals["day"],
        outcome_id=goals["parent"].where(served, ""),
        parent_objective_id=goals["parent"].mask(served, ""))


def _products(records: Records, issues: pd.DataFrame) -> pd.DataFrame:
    """Each project once, at the first goal in it, else at the first issue."""
    goal = issues["goal"]
    first = once(pd.concat([issues["product_id"][goal], issues["product_id"][~goal]])).sort_index()
    name = records.first("Project name", "Project key")[first.index]
    return pd.DataFrame({"product_id": first, "name": name})


def _leads(records: Records, issues: pd.DataFrame, people: People) -> pd.DataFrame:
    """Who leads which project, once each."""
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
