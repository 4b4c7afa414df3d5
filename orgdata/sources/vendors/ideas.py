"""Lists of ideas: a row per idea, with the outcome that it is for, as people keep them in a sheet.

Effect and effort are read where the header says that they are ranges or person-weeks; ratings from
1 to 5 and scores are labels, not quantities, and stay with the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from orgdata.model.words import normalise_word
from orgdata.sources.vendors.idea_headers import STAGES, english
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, joined_key, map_distinct
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import exact_repeats

_WORDS = {
    "idea": "idea new new_idea backlog parking_lot candidate to_do open under_consideration inbox",
    "discovery": "discovery in_discovery exploring exploration investigating research discover",
    "validated": "validated ready ready_for_delivery planned committed prioritised prioritized "
                 "approved define",
    "building": "building in_progress in_delivery delivery in_development implementing develop",
    "shipped": "shipped done released launched live delivered complete completed",
    "dropped": "dropped won't_do won’t_do wont_do rejected archived declined cancelled canceled"}
_STAGES = {word: stage for several in (STAGES, _WORDS) for stage, words in several.items()
           for word in words.split()}
_RANGES = ("effect_low", "effect_likely", "effect_high", "effort_low", "effort_likely",
           "effort_high")


@dataclass(frozen=True)
class Terms:
    """What an export of ideas calls its columns; of several the first that is filled counts."""

    id: tuple[str, ...]
    name: tuple[str, ...]
    outcome: tuple[str, ...]
    description: tuple[str, ...] = ("Description",)
    product: tuple[str, ...] = ("Product",)
    kind: tuple[str, ...] = ("Type",)
    stage: tuple[str, ...] = ("Stage", "Status")
    owner: tuple[str, ...] = ("Owner",)
    asked_by: tuple[str, ...] = ("Asked by", "Requested by", "Source")
    proposed_on: tuple[str, ...] = ("Proposed on", "Created", "Created at", "Date")
    confidence: tuple[str, ...] = ("Confidence %", "Confidence_pct", "Chance", "Probability")
    effect: tuple[str, ...] = ("Effect", "Effect likely")
    weeks: tuple[str, ...] = ("Effort (weeks)", "Effort (person-weeks)", "Person-weeks", "Weeks")


def of_ideas(records: Records, terms: Terms) -> Converted:
    """Ideas of an export, each for the outcome whose id or name it gives."""
    people = People()
    filled = {name: records.first_filled(*columns) for name, columns in vars(terms).items()}
    stages = map_distinct(filled["stage"], lambda word: _STAGES.get(normalise_word(word), word))
    day = next((one for one in terms.proposed_on if one in records), terms.proposed_on[0])
    rows = pd.DataFrame({
        "idea_id": filled["id"].where(filled["id"] != "", joined_key(filled["name"])),
        "name": filled["name"], "outcome_id": filled["outcome"],
        "description": filled["description"], "product_id": filled["product"],
        "kind": filled["kind"], "stage": stages,
        **{name: records[name] for name in _RANGES},
        "confidence_pct": filled["confidence"],
        "owner_id": people.ids_of_names_or_emails(filled["owner"]),
        "proposed_on": records.days(day), "asked_by": filled["asked_by"]})
    for column, name in (("effect_likely", "effect"), ("effort_likely", "weeks")):
        rows[column] = rows[column].where(rows[column] != "", filled[name])
    again = exact_repeats(records, rows["idea_id"])
    return Converted({"people": people.table(), "ideas": rows[~again]},
                     dispositions(records, "ideas", merged=again))


_TERMS = Terms(
    ("Idea ID", "ID"), ("Idea", "Idea name", "Idea title", "New idea", "Opportunity"),
    ("Outcome", "Outcome ID", "Company goal", "Strategic goal", "Goal", "Goals", "Objective",
     "Pillar", "North star"))
_NAMES, _GOALS = (frozenset(one.lower().replace(" ", "_") for one in names)
                  for names in (_TERMS.name, _TERMS.outcome))


def convert(records: Records, _: Mapping[str, str]) -> Converted:
    """Convert a list of ideas."""
    return of_ideas(records, _TERMS)


VENDOR = Vendor("ideas", "list of ideas",
                lambda names: bool(names & _NAMES) and bool(names & _GOALS), convert,
                english=english)
