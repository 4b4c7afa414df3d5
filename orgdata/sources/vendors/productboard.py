"""Productboard: the features of a board. Each is an idea for the first of its objectives.

Scores and drivers stay with the record: they are made of ratings.
"""

from collections.abc import Mapping

from orgdata.sources.vendors.idea_headers import english
from orgdata.sources.vendors.ideas import Terms, of_ideas
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.vendor import Converted, Vendor, told_by

_TERMS = Terms(
    ("Feature ID", "ID"), ("Feature name", "Feature", "Name"),
    ("Objectives", "Objective", "Goals", "Goal"), ("Feature description", "Description"),
    ("Product",), ("Type",), ("Status",), ("Owner",),
    ("Source", "Requested by"), ("Created at", "Created"))


def convert(records: Records, _: Mapping[str, str]) -> Converted:
    """Convert features to ideas."""
    return of_ideas(records, _TERMS)


VENDOR = Vendor("productboard", "Productboard", told_by(
    "feature_name feature_id", "objectives goals user_impact_score customer_importance_score "
    "component timeframe"), convert, english=english)
