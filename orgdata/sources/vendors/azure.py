"""Azure DevOps work items. An epic or feature is an objective, other items are work under it, an
area is a product.

A query that shows the tree has a column per level (`Title 1`, `Title 2` …): an item is part of the
nearest one above it in the file that stands further left. An area is known by its whole path and
called by its last part; where there is none, the team project is the product.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.sources.vendors.issues import (
    Terms,
    as_tables,
    closing_word,
    goals_among,
    issue_frame,
)
from orgdata.sources.vendors.kinds import EPICS, is_done, words, work_kind
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.periods import with_period
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import parent_positions, values_at
from orgdata.tabular.lookup import Positions

_LEVELS = {"portfolio": EPICS | {"feature"}, "epic": EPICS}
_DONE_ON = ("Closed Date", "Completed Date", "Resolved Date", "State Change Date")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert epics and features to objectives, areas to products, other items to work."""
    people = People()
    title, above = _titles(records)
    parents = parent_positions(records["Parent"], records["ID"])
    parents = np.where((parents < 0) & (records["Parent"] == ""), above, parents)
    key = records["ID"].mask(records["ID"] == "", title)
    kind = records["Work Item Type"]
    done = is_done(records["State"])
    day = next((name for name in _DONE_ON if name in records), _DONE_ON[0])
    product = _areas(records, chosen["products"])
    issues = issue_frame(
        records, id=key, name=title, done=done,
        goal=goals_among(words(kind), parents, _LEVELS[chosen["objectives"]]),
        status=closing_word(records, "State", records["State"], done),
        done_on=records.days(day, "Target Date"),
        start_date=records.days("Start Date", "Target Date"),
        end_date=_first_days(records, "Target Date", "Due Date"),
        owner_id=people.ids_of_names_or_emails(records["Assigned To"]), kind=work_kind(kind),
        size=records.first_filled("Story Points", "Effort", "Size"),
        parent=records["Parent"].mask(parents >= 0, values_at(key, parents)),
        product_id=product, product=map_distinct(product, lambda path: path.rpartition("\\")[2]))
    issues.loc[issues["goal"], ["start_date", "end_date"]] = with_period(
        records, issues[issues["goal"]], ["Iteration Path", "Tags"])[["start_date", "end_date"]]
    return as_tables(records, people, issues, parents, Terms(
        "ID", "Parent", day, goal="epic or feature", product="area"),
        chosen["outcomes"] == "top")


def _titles(records: Records) -> tuple[pd.Series, Positions]:
    """The title of each item, and the position of the one that stands above it by its level: the
    nearest before it that stands further left; −1 without levels."""
    named = [name for name in records.sheet.frame.columns
             if (parts := normalise_name(name).rpartition("title_")) and not parts[0]
             and parts[1] and parts[2].isdecimal()]
    if not named:
        return records["Title"], np.full(len(records.index), -1)
    title = records["Title"]
    level = np.zeros(len(records.index), dtype=np.int64)
    for number, name in enumerate(named, 1):
        filled = (records[name] != "").to_numpy()
        level[filled] = number
        title = title.mask(filled, records[name])
    nearest = np.full(len(level), -1)
    above = np.full(len(level), -1)
    for number in range(1, len(named) + 1):
        above = np.where(level == number, nearest, above)
        last = np.maximum.accumulate(np.where(level == number, np.arange(len(level)), -1))
        nearest = np.maximum(nearest, last)
    return title, above


def _areas(records: Records, chosen: str) -> pd.Series:
    if chosen == "none":
        return pd.Series("", index=records.index, dtype="str")
    return records.first_filled(*{"area": ("Area Path", "Team Project"),
                                  "project": ("Team Project",)}[chosen])


def _first_days(records: Records, *columns: str) -> pd.Series:
    """The first of these days that each item has."""
    first, *others = (records.days(name) for name in columns)
    for days in others:
        first = first.where(first != "", days)
    return first


VENDOR = Vendor(
    "azure", "Azure DevOps",
    lambda names: "work_item_type" in names and bool(names & {
        "id", "title", "title_1", "state", "assigned_to", "area_path", "iteration_path"}), convert,
    (Choice("objectives", "Which items are goals?", {
        "portfolio": "Epics and features", "epic": "Epics"}),
     Choice("outcomes", "Which goals are company outcomes?", {
         "none": "None: Azure DevOps holds no company outcomes",
         "top": "Goals at the top that have other goals under them"}),
     Choice("products", "What is a product?", {
         "area": "Each area; without areas, each team project",
         "project": "Each team project", "none": "Nothing: products come from elsewhere"})))
