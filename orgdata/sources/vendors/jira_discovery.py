"""Jira Product Discovery: the ideas of a view. What an idea is for is what the field Goals says.

Impact, effort and confidence are ratings there, and scores are made of them: they stay with the
record, since nothing can be counted by them.
"""

from collections.abc import Mapping

from orgdata.sources.vendors.idea_headers import english_of_jira
from orgdata.sources.vendors.ideas import Terms, of_ideas
from orgdata.sources.vendors.periods import english_day
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.vendor import Converted, Vendor

_FIELDS = ("goals", "insights", "idea_short_description", "delivery_progress", "delivery_status",
           "votes", "roadmap", "theme")
_OWN = frozenset(_FIELDS) | frozenset(f"custom_field_({name})" for name in _FIELDS)
_TERMS = Terms(
    ("Key", "Issue key"), ("Summary",), ("Goals", "Goal", "Custom field (Goals)", "Outcome"),
    ("Description", "Idea short description", "Custom field (Idea short description)"),
    ("Product", "Products", "Custom field (Product)"), ("Type", "Category"), ("Status",),
    ("Assignee",), ("Requested by", "Source", "Department"), ("Created",))


def convert(records: Records, _: Mapping[str, str]) -> Converted:
    """Convert ideas."""
    return of_ideas(records, _TERMS)


VENDOR = Vendor(
    "jira_discovery", "Jira Product Discovery",
    lambda names: bool({"key", "issue_key"} & names) and "summary" in names
    and len(names & _OWN) >= 2, convert, english=english_of_jira, plain_day=english_day)
