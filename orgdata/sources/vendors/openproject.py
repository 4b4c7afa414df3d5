"""OpenProject work packages. One of a type such as Epic is an objective, others are work under it,
and a project is a product.

Where no type is one of goals, each work package at the top that has others under it is an
objective; on demand each version is. The exports have no day of completion: on demand the finish
date of what is closed stands for it.
"""

from collections.abc import Mapping

from orgdata.sources.vendors.issues import Terms
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.trackers import (
    DONE_ON,
    OUTCOMES,
    PROJECTS,
    Layout,
    objectives_choice,
    of_projects,
    parent_number,
)
from orgdata.sources.vendors.vendor import Converted, Vendor, told_by

_LAYOUT = Layout(
    "ID", "Subject", "Status", "Assignee", ("Type",), "Parent", parent_number, end="Finish date",
    done_on=("Closed on", "Completed on"), size=("Story points", "Story Points"),
    periods=("Version",))
_TERMS = Terms("ID", "Parent", "Finish date", "work package")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert work packages to objectives and work, projects to products."""
    return of_projects(records, _LAYOUT, _TERMS, "Version", chosen)


VENDOR = Vendor(
    "openproject", "OpenProject", lambda names: "subject" in names and told_by(
        "id", "type accountable finish_date %_complete remaining_work work version author "
        "created_on updated_on")(names),
    convert,
    (objectives_choice(version="Each version"), OUTCOMES, DONE_ON, PROJECTS))
