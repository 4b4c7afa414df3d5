"""What the exports of most issue trackers have in common: which columns tell what, which items are
goals, and the questions that only the user can answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from orgdata.sources.vendors.issues import (
    Terms,
    as_tables,
    closing_word,
    goals_among,
    issue_frame,
    tops_with_others,
)
from orgdata.sources.vendors.kinds import goal_kind, is_done, is_dropped, work_kind
from orgdata.sources.vendors.people import People, first_of_several
from orgdata.sources.vendors.periods import with_period
from orgdata.sources.vendors.records import Records, joined_key, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted
from orgdata.sources.vendors.work import parent_positions, values_at
from orgdata.tabular.lookup import Positions

OUTCOMES = Choice("outcomes", "Which goals are company outcomes?", {
    "none": "None: outcomes come from elsewhere",
    "top": "Goals at the top that have other goals under them"})
DONE_ON = Choice("done_on", "When was an item done that has no day of completion?", {
    "unknown": "Nobody knows: it counts as done, but not in where the work goes",
    "due": "On the day it was due"})
PROJECTS = Choice("products", "What is a product?", {
    "project": "Each project", "none": "Nothing: products come from elsewhere"})
_GOAL_COLUMNS = ("Objective", "Objective (drop down)", "Objective (short text)", "OKR")


@dataclass(frozen=True)
class Layout:
    """The columns of a tracker; of several the first that is filled."""

    id: str
    title: str
    status: str
    assignee: str
    kind: tuple[str, ...] = ()
    parent: str = "Parent"
    parent_id: Callable[[str], str] = str  # the id in a cell that names the parent
    start: str = "Start date"
    end: str = "Due date"
    done_on: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()  # columns that may name a quarter


def objectives_choice(**groups: str) -> Choice:
    """The question which items are goals; `groups` are further options that are no items."""
    return Choice("objectives", "What is a goal?", {
        "kind": "Each item of a kind such as epic, objective or goal and what is above it; without "
                "any, each at the top that has others under it",
        "parent": "Each item at the top that has others under it", **groups})


def read(records: Records, people: People, layout: Layout, chosen: Mapping[str, str],
         *names: pd.Series) -> tuple[pd.DataFrame, Positions]:
    """What is read of every item but its product, and the position of its parent, which may be
    named by its id or by `names`."""
    written = records[layout.parent]
    named = map_distinct(written, layout.parent_id)
    key = records[layout.id]
    parents = parent_positions(named, key, *names)
    goal = _goals(key, _known(goal_kind, records, layout), parents, chosen["objectives"])
    done = is_done(records[layout.status]) & ~is_dropped(records[layout.status])
    ends = records.days(layout.end, layout.start)
    issues = issue_frame(
        records, id=key, name=records[layout.title], goal=goal, done=done,
        status=closing_word(records, layout.status, records[layout.status], done), end_date=ends,
        start_date=records.days(layout.start, layout.end),
        kind=_known(work_kind, records, layout),
        done_on=_done_on(records, layout, done, ends, chosen), parent=named.mask(
            parents >= 0, values_at(key, parents)),
        owner_id=people.ids_of_names_or_emails(first_of_several(
            records, layout.assignee, records[layout.assignee], goal)))
    if layout.size:
        issues["size"] = records.first_filled(*layout.size)
    issues.loc[goal, ["start_date", "end_date"]] = with_period(records, issues[goal], [
        name for column in layout.periods for name in records.repeated_columns(column)])[
            ["start_date", "end_date"]]
    return issues, parents


def converted(records: Records, people: People, issues: pd.DataFrame, parents: Positions,
              terms: Terms, chosen: Mapping[str, str],
              groups: Mapping[str, pd.Series]) -> Converted:
    """Our tables made of issues with their products. `groups`: an option of the question what a
    goal is → the name of the goal each issue then belongs to."""
    group = groups.get(chosen["objectives"])
    if group is not None:
        product = issues["product_id"]
        key = joined_key(product, group).where(product != "", group).where(group != "", "")
        issues = issues.assign(goal=False, group=key, group_name=group)
    elif column := next((name for name in _GOAL_COLUMNS if name in records), ""):
        issues = issues.assign(group=records[column], group_name=records[column])
    return as_tables(records, people, issues, parents, terms, chosen.get("outcomes") == "top")


def of_projects(records: Records, layout: Layout, terms: Terms, version: str,
                chosen: Mapping[str, str]) -> Converted:
    """Our tables made of issues that belong to projects and versions: on demand a project is a
    product, and a version a goal."""
    people = People()
    issues, parents = read(records, people, layout, chosen)
    if chosen["products"] == "project":
        issues = issues.assign(product_id=records["Project"], product=records["Project"])
    return converted(records, people, issues, parents, terms, chosen,
                     {"version": records[version]})


def _known(kind_of: Callable[[pd.Series], pd.Series], records: Records,
           layout: Layout) -> pd.Series:
    """The kind of each item by the first column of types or labels that tells of one."""
    kind = pd.Series("", index=records.index, dtype="str")
    for name in layout.kind:
        kind = kind.where(kind != "", kind_of(records[name]))
    return kind


def _goals(key: pd.Series, kinds: pd.Series, parents: Positions, rule: str) -> pd.Series:
    by_kind = goals_among(kinds, parents)
    if rule == "kind" and by_kind.any():
        return by_kind
    return tops_with_others(key, parents)


def _done_on(records: Records, layout: Layout, done: pd.Series, ends: pd.Series,
             chosen: Mapping[str, str]) -> pd.Series:
    """The day on which each item was done; on demand the day it was due."""
    day = pd.Series("", index=records.index, dtype="str")
    for name in layout.done_on:
        day = day.where(day != "", records.days(name, layout.end)) if name in records else day
    if chosen.get("done_on") != "due":
        return day
    if (without := done & (day == "") & (ends != "")).any():
        records.note(layout.end, "bad_value", "of an item that is done it counts as the day on "
                     "which it was done, where there is none")
    return day.mask(without, ends)


def parent_number(cell: str) -> str:
    """The number in a cell that names a parent as `Epic #12: Pay in one step`, `#12` or `12`."""
    _, sign, after = cell.partition("#")
    digits = len(after) - len(after.lstrip("0123456789")) if sign else 0
    return after[:digits] or cell
