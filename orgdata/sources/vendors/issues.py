"""Turn a list of issues with parents into objectives, products and work.

For tools that keep goals and work in one list. Every issue above a goal is a goal too, whatever a
company calls that level. Issues may also stand in groups that are goals: versions, lists, or what a
column named Objective says.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgdata.sources.vendors.kinds import EPICS, GOALS, is_done, is_dropped, is_known_end, words
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, first_of_each
from orgdata.sources.vendors.vendor import Converted
from orgdata.sources.vendors.work import (
    exact_repeats,
    inherited,
    with_work,
    without_cycles,
    work_dispositions,
    work_rows,
)
from orgdata.tabular.lookup import Positions, indexed, look_up_any, nearest_ancestor

_TEXT = ("id name status done_on start_date end_date owner_id parent product_id product kind size "
         "group group_name outcome").split()


@dataclass(frozen=True)
class Terms:
    """The columns that messages name, and what a tool calls its things."""

    id: str
    parent: str
    done_on: str  # the column of the day on which an item was done
    item: str = "item"
    goal: str = "goal"
    product: str = "project"


def issue_frame(records: Records, **columns: pd.Series) -> pd.DataFrame:
    """What is read of every issue: the given columns, others blank."""
    blank = pd.Series("", index=records.index, dtype="str")
    return pd.DataFrame({name: blank for name in _TEXT if name not in columns} | columns)


def as_tables(records: Records, people: People, issues: pd.DataFrame, parents: Positions,
              terms: Terms, top_is_outcome: bool = False) -> Converted:
    """Our tables made of issues, where `goal` and `done` say which are goals and which are done."""
    goal, done = issues["goal"], issues["done"]
    top = _tops(issues, parents) & top_is_outcome
    work = ~goal & (issues["id"] != "") & ~issues["id"].duplicated()
    holder = inherited(issues["id"].where(goal, ""), parents)
    holder = holder.mask(holder == "", inherited(issues["group"], parents))
    goals = with_work(issues[goal & ~exact_repeats(records, issues["id"])], "id",
                      holder.where(work, ""), done)
    without_goal = issues["product_id"].where(work & (holder == ""), "")
    made = {"outcomes": pd.concat([_outcomes(goals[top[goals.index]]), _named_outcomes(issues)]),
            "objectives": pd.concat([
                _objectives(goals[~top[goals.index]], issues["id"][top]),
                with_work(_groups(issues), "objective_id", holder.where(work, ""), done)]),
            "products": with_work(_products(issues), "product_id", without_goal, done)}
    outcomes = issues["id"][top]
    made["work"] = work_rows(records, _items(issues, parents, work, holder, outcomes), parents,
                             terms.done_on)
    into = (issues["product_id"] != "").map({True: "products", False: ""}).mask(
        holder != "", "objectives").mask(holder.isin(outcomes), "outcomes")
    unknown = ~goal & (issues["parent"] != "") & (parents < 0)
    unknown[made["work"].index] = False  # of these, as of goals, validation reports it
    records.remark(terms.parent, issues["parent"][unknown], "unknown_reference",
                   f"no such {terms.item} in the file; the work counts with no {terms.goal}")
    return Converted({**made, "people": people.table()}, work_dispositions(
        records, made, into,
        (terms.id, ~goal & (issues["id"] == ""), "a value is required"),
        (terms.parent, into == "", f"it belongs to no {terms.goal}, and to no {terms.product} that "
         "is read")))


def goals_among(kinds: pd.Series, parents: Positions,
                levels: Collection[str] = EPICS) -> pd.Series:
    """Which issues are goals by their kind: those of these levels and all above them; objectives,
    initiatives and the like too, unless they are below one."""
    level = kinds.isin(levels).to_numpy()
    nearest = np.append(nearest_ancestor(level, without_cycles(parents)), -1)
    goal = level | (kinds.isin(GOALS).to_numpy() & (nearest[parents] < 0))
    front = parents[goal]
    while len(front := front[(front >= 0) & ~goal[front]]):  # each issue is reached once
        goal[front] = True
        front = parents[front]
    return pd.Series(goal, index=kinds.index)


def tops_with_others(ids: pd.Series, parents: Positions) -> pd.Series:
    """Which issues have no parent, and others under them."""
    has = np.zeros(len(ids) + 1, dtype=bool)  # the last is for “no parent”
    has[parents] = True
    return pd.Series((parents < 0) & has[:-1], index=ids.index) & (ids != "")


def closing_word(records: Records, column: str, status: pd.Series, done: pd.Series) -> pd.Series:
    """The status as written, where a company's own word that closes an item is read as Done, and
    one of those that drop it as dropped."""
    own = done & ~is_known_end(status) & (status != "")
    dropped = is_dropped(status) & ~is_known_end(status)
    for where, meaning in ((own, "Done"), (dropped, "dropped")):
        if where.any():
            words = ", ".join(status[where].drop_duplicates()[:5])
            records.note(column, "bad_value", f"{words}: read as {meaning}, which is what it means "
                         "here")
    return status.mask(own, "Done").mask(dropped, "dropped")


def _tops(issues: pd.DataFrame, parents: Positions) -> pd.Series:
    """Goals without a parent that have other goals under them."""
    goal = issues["goal"]
    has = np.zeros(len(goal) + 1, dtype=bool)
    has[parents[goal.to_numpy()]] = True
    return goal & (issues["parent"] == "") & has[:-1]


def _items(issues: pd.DataFrame, parents: Positions, work: pd.Series, holder: pd.Series,
           outcomes: pd.Series) -> pd.DataFrame:
    """Every issue as work, with what it serves: the goal above it, which may not be in the file."""
    named = issues["parent"].where(parents < 0, "")
    goal = holder.mask(holder == "", inherited(named, parents))
    known = issues[issues["product_id"] != ""].drop_duplicates("id")
    product = look_up_any(holder, indexed(known, "id", "product_id")).fillna("")
    serves = goal.isin(outcomes)
    return issues[["done", "done_on", "kind", "size"]].assign(
        work=work, work_id=issues["id"], objective_id=goal.mask(serves, ""),
        outcome_id=goal.where(serves, "").mask(goal == "", inherited(issues["outcome"], parents)),
        product_id=issues["product_id"].mask(issues["product_id"] == "", product).astype("str"))


def _outcomes(goals: pd.DataFrame) -> pd.DataFrame:
    status = goals["status"].mask(is_done(goals["status"]), "done").mask(
        words(goals["status"]) == "in_progress", "active")  # other words stay as written
    return goals[["name", "owner_id", "work_items", "work_done"]].assign(
        outcome_id=goals["id"], due_date=goals["end_date"], status=status)


def _named_outcomes(issues: pd.DataFrame) -> pd.DataFrame:
    first = first_of_each(issues["outcome"])
    return pd.DataFrame({"outcome_id": first, "name": first})


def _objectives(goals: pd.DataFrame, outcomes: pd.Series) -> pd.DataFrame:
    """Goals directly below an outcome serve it; the others have their parent as an objective, else
    the group they stand in."""
    served = goals["parent"].isin(outcomes)
    parent = goals["parent"].mask(served, "")
    return goals[["status", "owner_id", "product_id", "work_items", "work_done", "start_date",
                  "end_date"]].assign(
        objective_id=goals["id"], title=goals["name"],
        outcome_id=goals["parent"].where(served, goals["outcome"]),
        parent_objective_id=parent.mask((parent == "") & ~served, goals["group"]))


def _groups(issues: pd.DataFrame) -> pd.DataFrame:
    first = first_of_each(issues["group"])
    at = issues.loc[first.index]
    return pd.DataFrame({
        "objective_id": first, "title": at["group_name"].mask(at["group_name"] == "", first),
        "product_id": at["product_id"], "outcome_id": at["outcome"]})


def _products(issues: pd.DataFrame) -> pd.DataFrame:
    """One row per product, at its first goal, else at its first issue."""
    goal = issues["goal"]
    goals_first = pd.concat([issues["product_id"][goal], issues["product_id"][~goal]])
    first = first_of_each(goals_first).sort_index()
    return pd.DataFrame({"product_id": first, "name": issues["product"][first.index].mask(
        lambda names: names == "", first)})
