"""Redmine issues. An issue of a tracker such as Epic is an objective, other issues are work under
it, and a project is a product.

Where no tracker is one of goals, each issue at the top that has others under it is an objective; on
demand each target version is. A parent is named as `Epic #12: Pay in one step`.
"""

from collections.abc import Mapping

from orgdata.sources.vendors.issues import Terms
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.trackers import (
    OUTCOMES,
    PROJECTS,
    Layout,
    objectives_choice,
    of_projects,
    parent_number,
)
from orgdata.sources.vendors.vendor import Converted, Vendor, told_by

_LAYOUT = Layout(
    "#", "Subject", "Status", "Assignee", ("Tracker",), "Parent task", parent_number,
    done_on=("Closed",), size=("Story points", "Story Points"), periods=("Target version",))
_TERMS = Terms("#", "Parent task", "Closed", "issue")


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert issues to objectives and work, projects to products."""
    return of_projects(records, _LAYOUT, _TERMS, "Target version", chosen)


VENDOR = Vendor(
    "redmine", "Redmine", told_by("#", "tracker subject project target_version parent_task %_done"),
    convert,
    (objectives_choice(version="Each target version"), OUTCOMES, PROJECTS))
