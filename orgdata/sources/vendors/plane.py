"""Plane work items. An item at the top that has others under it is an objective, other items are
work, and a project is a product.

Plane exports no kinds of items. On demand each module is an objective instead. Several people, and
several modules, stand in one cell as a list in JSON.
"""

from collections.abc import Mapping

from orgdata.sources.vendors.issues import Terms
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, map_distinct, several
from orgdata.sources.vendors.trackers import OUTCOMES, Layout, converted, objectives_choice, read
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, told_by

_TERMS = Terms("ID", "Parent", "Completed At", "item")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert items to objectives and work, projects to products."""
    people = People()
    layout = Layout(
        "ID", "Name", "State Name" if "State Name" in records else "State",
        "Assignees" if "Assignees" in records else "Assignee", ("Type", "Labels"),
        start="Start Date", end="Target Date", done_on=("Completed At",), size=("Estimate",),
        periods=("Cycle Name", "Labels"))
    issues, parents = read(records, people, layout, chosen)
    if chosen["products"] == "project":
        issues = issues.assign(
            product_id=records.first_filled("Project", "Project Identifier"),
            product=records.first_filled("Project", "Project Identifier"))
    module = map_distinct(records["Module Name"], lambda cell: next(iter(several(cell)), ""))
    return converted(records, people, issues, parents, _TERMS, chosen, {"module": module})


def _is_plane(names: frozenset[str]) -> bool:
    """Whether items with an id, a name and a state have a project, or what only Plane has."""
    of_plane = names & {"module_name", "cycle_name", "sequence_id", "project_identifier"}
    usual = {"project", "state"} <= names and names & {"assignees", "target_date"}
    return "name" in names and bool(of_plane or usual) and told_by(
        "id", "project state state_name target_date assignees assignee cycle_name "
        "module_name sequence_id completed_at")(names)


VENDOR = Vendor(
    "plane", "Plane", _is_plane, convert,
    (objectives_choice(module="Each module"), OUTCOMES,
     Choice("products", "What is a product?", {
         "project": "Each project", "none": "Nothing: products come from elsewhere"})))
