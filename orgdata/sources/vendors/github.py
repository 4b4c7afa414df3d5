"""GitHub Projects: the items of a view. An item of a type such as Epic is an objective, others are
work under it, and a repository is a product, unless the project has a field Product.

Where no item has such a type or label, each at the top that others name as their parent is an
objective; on demand each milestone is. A field Objective names the objective of an item. Views have
no day of completion: on demand the target date of what is done stands for it.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.sources.vendors.issues import Terms
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.sources.vendors.trackers import (
    DONE_ON,
    OUTCOMES,
    Layout,
    converted,
    objectives_choice,
    read,
)
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor

_ADDRESS = "https://github.com/"
_TERMS = Terms("Title", "Parent issue", "Target date", "item", product="repository")
_OWN = frozenset("linked_pull_requests sub_issues_progress repository reviewers".split())
_OTHERS = _OWN | frozenset("url parent_issue milestone assignees status labels".split())


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert items to objectives and work, repositories to products."""
    people = People()
    has_address = "URL" in records
    layout = Layout(
        "URL" if has_address else "Title", "Title", "Status", "Assignees", ("Type", "Labels"),
        "Parent issue", end="Target date" if "Target date" in records else "End date",
        done_on=("Closed", "Closed at", "Completed", "Done on"), size=("Estimate",),
        periods=("Quarter", "Iteration", "Milestone", "Labels"))
    title = records["Title"]
    once = title.mask(title.duplicated(keep=False), "")
    issues, parents = read(records, people, layout, chosen,
                           map_distinct(records["URL"], short_name), once)
    product = _products(records, chosen["products"])
    issues = issues.assign(product_id=product, product=map_distinct(
        product, lambda name: name.rpartition("/")[2]))
    return converted(records, people, issues, parents, _TERMS, chosen,
                     {"milestone": records["Milestone"]})


def short_name(address: str) -> str:
    """An issue as people name it, owner/repository#12, from its address."""
    place = address.removeprefix(_ADDRESS)
    repository, _, number = place.rpartition("/")
    return f"{repository.removesuffix('/issues').removesuffix('/pull')}#{number}" if (
        place != address) else ""


def _products(records: Records, chosen: str) -> pd.Series:
    """The product of each item: the repository as owner/name."""
    if chosen == "none":
        return pd.Series("", index=records.index, dtype="str")
    repository = map_distinct(records["Repository"], lambda name: name.removeprefix(_ADDRESS))
    if chosen == "repository":
        return repository
    field = records.first_filled("Product", "Team")
    return field.mask(field == "", repository)


VENDOR = Vendor(
    "github", "GitHub Projects",
    lambda names: "title" in names and bool(names & _OWN) and len(names & _OTHERS) > 1, convert,
    (objectives_choice(milestone="Each milestone"), OUTCOMES, DONE_ON,
     Choice("products", "What is a product?", {
         "field": "What the field Product or Team says; without one, each repository",
         "repository": "Each repository", "none": "Nothing: products come from elsewhere"})))
