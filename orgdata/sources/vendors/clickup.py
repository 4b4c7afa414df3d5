"""ClickUp tasks. A task of a type such as Epic or Goal is an objective, other tasks are work under
it, and a space is a product.

Where no task has such a type, each at the top that has subtasks is an objective; on demand each
list is. ClickUp writes `null` for what is blank, `hidden` for the folder of a list without one,
several people in brackets, and each day twice: in milliseconds, and as text, which is read.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.issues import Terms
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.periods import english_day
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.sources.vendors.trackers import OUTCOMES, Layout, converted, objectives_choice, read
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, told_by

_PLACES = {"space": ("Space Name",), "folder": ("Folder Name", "Project Name", "Space Name"),
           "list": ("List Name",)}
_TERMS = Terms("Task ID", "Parent ID", "Date Done", "task", product="space")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert tasks to objectives and work, spaces to products."""
    people = People()
    layout = Layout(
        "Task ID", "Task Name", "Status", "Assignees", ("Task Type", "Tags"), "Parent ID",
        _without_null, _written(records, "Start Date"), _written(records, "Due Date"),
        (_written(records, "Date Done"), _written(records, "Date Closed")),
        ("Sprint Points", "Points"), ("List Name", "Tags"))
    issues, parents = read(records, people, layout, chosen)
    product = _places(records, chosen["products"])
    issues = issues.assign(product_id=product, product=product)
    return converted(records, people, issues, parents, _TERMS, chosen,
                     {"list": records["List Name"]})


def plain_day(cell: str) -> str:
    """A day as we read it: milliseconds since 1970, as ClickUp counts them, are one too."""
    if cell.isascii() and cell.isdecimal() and len(cell) in (12, 13):
        return str(np.datetime64(int(cell), "ms").astype("datetime64[D]"))
    return english_day(_without_null(cell))


def _written(records: Records, column: str) -> str:
    """The column with a day as text; that in milliseconds where there is no other."""
    return f"{column} Text" if f"{column} Text" in records else column


def _without_null(cell: str) -> str:
    return "" if cell == "null" else cell


def _places(records: Records, chosen: str) -> pd.Series:
    place = pd.Series("", index=records.index, dtype="str")
    for column in _PLACES.get(chosen, ()):
        place = place.where(place != "", map_distinct(
            records[column], lambda name: "" if name in ("hidden", "null") else name))
    return place


VENDOR = Vendor(
    "clickup", "ClickUp", told_by(
        "task_id task_custom_id", "task_name task_content list_name space_name folder_name "
        "parent_id task_type date_created_text due_date_text"), convert,
    (objectives_choice(list="Each list"), OUTCOMES,
     Choice("products", "What is a product?", {
         "space": "Each space", "folder": "Each folder; each space where a list has none",
         "list": "Each list", "none": "Nothing: products come from elsewhere"})),
    plain_day=plain_day)
