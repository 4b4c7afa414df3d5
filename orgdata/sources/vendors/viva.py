"""Viva Goals: objectives, key results and deliverables in one list, each naming its parent.

A deliverable is a key result of kind milestone, its progress against 100. Older exports have no
`Id`: a record is then known by title, owner and period, and a parent by the title in its cell.
A period has no place in our tables, and neither have the check-ins of objectives.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from orgdata.sources.vendors.goals import OUTCOMES, as_tables, translated
from orgdata.sources.vendors.records import People, Records, key, mapped
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, dispositions
from orgdata.sources.vendors.viva_check_ins import check_ins
from orgdata.sources.vendors.work import repeats
from orgdata.tabular import cells

ALIGNED = "Aligned To (weight, Objective ID)"
_KINDS = {"objective": "objective", "key result": "result", "kr": "result", "kpi": "result",
          "deliverable": "deliverable", "project": "deliverable", "initiative": "deliverable"}
_AMBITION = {"aspirational_goal": "aspirational", "committed_goal": "committed"}
# Viva's colours are green, yellow (Behind) and red (At Risk); our “at risk” is yellow. What is
# postponed is not worked on in its period.
_STATUS = {"at_risk": "off track", "postponed": "dropped"}
_SAID = {"at_risk": "“At Risk” is the worst word of Viva Goals, worse than “Behind”: it is read as "
         "off track", "postponed": "“Postponed” takes a goal out of its period: it is read as "
         "dropped"}
_LINK = re.compile(r"\(\s*weight:\s*(?P<weight>[\d.,]*)\s*%?\s*"
                   r"(?:[,;]\s*Id:\s*(?P<id>[^()\s]*)\s*)?\)(?=\s*(?:[,;\n]|$))", re.IGNORECASE)


class Link(NamedTuple):
    """A parent as an `Aligned To` cell names it."""

    title: str
    id: str
    weight: float


def links(cell: str) -> list[Link]:
    """The parents in a cell: `Title(weight: 50%, Id: 2503050)` each, or only a title. A title
    may hold parentheses and commas itself; what ends a parent is the group with its weight."""
    found, start = [], 0
    for group in _LINK.finditer(cell):
        weight = cells.number(group["weight"])
        found.append(Link(cell[start:group.start()].strip(" ,;\n"), group["id"] or "",
                          -1.0 if np.isnan(weight) else weight))
        start = group.end()
    rest = cell[start:].strip(" ,;\n")
    return [*found, Link(rest, "", -1.0)] if rest else found


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Objectives, what measures them, their teams and owners, and the check-ins of key results."""
    people = People()
    kind = mapped(records["Object Type"], lambda word: _KINDS.get(word.casefold(), ""))
    odd = records["Object Type"][kind == ""]
    said = "expected Objective, Key result or Deliverable"
    records.remark("Object Type", odd, "bad_value", f"{said}; the record was set aside", "error")
    goals = _goals(records, kind, people, chosen["products"])
    again = repeats(records, goals["id"])
    read = goals[~again & (kind != "")]
    tables = as_tables(records, read, chosen["outcomes"], "Team")
    tables["check_ins"] = check_ins(records, read, _STATUS)
    table = (kind == "objective").map({True: "objectives", False: "key_results"})
    return Converted({**tables, "people": people.table()}, dispositions(
        records, table, merged=again, aside=dict.fromkeys(odd.index, f"Object Type: {said}")))


def _goals(records: Records, kind: pd.Series, people: People, products: str) -> pd.DataFrame:
    """Every record under our names; see goals.py."""
    owner = records.leading("Owner", ",", "a goal of ours has one owner: the first named is read, "
                            "the others are kept with the record")
    goals = pd.DataFrame({
        "id": records["Id"].where(records["Id"] != "", key(
            records["Title"], records["Owner"], records["Period"])),
        "title": records["Title"], "result": kind != "objective",
        "owner_id": people.ids(owner), "team": "",
        "start_date": records.days("Start Date", "End Date"),
        "due_date": records.days("End Date", "Start Date"), "status": _status(records),
        "ambition": translated(records["Goal Type"], _AMBITION), "grade": records["Score"],
        "description": records["Description"], **_measures(records, kind)})
    if products == "team":
        goals["team"] = records.leading("Team", ";", "an objective of ours has one product: the "
                                        "first team is read, the others are kept with the record",
                                        kind == "objective")
    return goals.assign(parent=_parents(records, goals))


def _measures(records: Records, kind: pd.Series) -> dict[str, pd.Series]:
    """How each goal is measured. “Progress” of an objective is what Viva shows where nobody gave
    it a metric of its own, so it is none."""
    done = kind == "deliverable"
    own = (kind != "objective") | ~records["Metric Name"].str.casefold().isin(("", "progress"))
    current = records["Actual Progress"]
    if "Actual Progress" not in records:
        current = _reckoned(records)
    found = {"metric": records["Metric Name"], "unit": records["Unit"].mask(done, "%"),
             "baseline": records["Start"].mask(done, "0"),
             "target": records["Target"].mask(done, "100"),
             "current": current.mask(done, records.percents("Progress %"))}
    blank = pd.Series("", index=records.index, dtype="str")
    return {**{name: values.where(own, "") for name, values in found.items()},
            "kr_type": blank.mask(done, "milestone"), "result_kind": blank.mask(done, "output")}


def _reckoned(records: Records) -> pd.Series:
    """The value that a percentage stands for between Start and Target, in exports without it."""
    start, target, done = (cells.numbers(cells.text(values))[0] for values in (
        records["Start"], records["Target"], records.percents("Progress %")))
    value = start + done / 100 * (target - start)
    if (~np.isnan(value)).any():
        records.note("Progress %", "scale", "the export has no Actual Progress; the value is "
                     "reckoned from the percentage, Start and Target")
    return pd.Series(["" if np.isnan(one) else f"{one:.12g}" for one in value],
                     index=records.index, dtype="str")


def _status(records: Records) -> pd.Series:
    """Status words as they are, but for those that mean another thing to us."""
    written = records["Status"].str.casefold().str.replace(" ", "_", regex=False)
    for word in _STATUS:
        if (written == word).any():
            records.note("Status", "bad_value", _SAID[word])
    return translated(records["Status"], _STATUS)


def _parents(records: Records, goals: pd.DataFrame) -> pd.Series:
    """The id of each goal's parent: the one with the largest weight where there are several. One
    that is not in the file stays as written."""
    written = records[ALIGNED]
    named = {cell: links(cell) for cell in written.unique()}
    first = {cell: max(found, key=lambda link: link.weight, default=Link("", "", -1.0))
             for cell, found in named.items()}
    several = written.isin([cell for cell, found in named.items() if len(found) > 1])
    records.remark(ALIGNED, written[several], "bad_value", "a goal of ours has one parent: the one "
                   "with the largest weight is read (the first of equals), the others are kept "
                   "with the record")
    title = mapped(written, lambda cell: first[cell].title)
    given = mapped(written, lambda cell: first[cell].id)
    found = given.where(given.isin(goals["id"]), "")
    nameless = goals.assign(period=records["Period"], owner=records["Owner"])[
        (records["Id"] == "") & ~goals["id"].duplicated()]
    for pool in (nameless[~nameless["result"]], nameless):
        for more in ((), ("period",), ("period", "owner")):
            keys = key(pool["title"], *(pool[name] for name in more))
            once = ~keys.duplicated(keep=False)
            known = pd.Series(pool["id"][once].array, index=keys[once].array, dtype="str")
            wanted = key(title, *(records[name] for name in more))
            by_title = wanted.map(known.to_dict()).astype("str").fillna("")
            found = found.mask((found == "") & (title != ""), by_title)
    return found.where(found != "", given.where(given != "", title))


VENDOR = Vendor(
    "viva", "Viva Goals",
    lambda names: "aligned_to_(weight,_objective_id)" in names, convert,
    (OUTCOMES, Choice("products", "What is a product?", {
        "team": "Each team that has objectives", "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"extra_cells"}))
