"""Viva Goals: objectives, key results and deliverables in one list, each naming its parent.

A deliverable is a key result of kind milestone, its progress measured against 100. Older exports
have no `Id`: a record is then identified by title, owner and period, and a parent by its title.
Still older ones are of Ally.io, as it was called before: an objective is an OKR there, and whose it
is stands in `OKR type` (Team, Company …) and `Type name`. Our tables have no place for periods and
for check-ins of objectives.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from orgdata.sources.vendors.goals import OUTCOMES, as_tables, translate_status
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, first_of_each, joined_key, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor, dispositions
from orgdata.sources.vendors.viva_check_ins import check_ins
from orgdata.sources.vendors.work import exact_repeats
from orgdata.tabular import cells
from orgdata.tabular.numbers import number, numbers

ALIGNED = "Aligned To (weight, Objective ID)"
_PARENTS = ("Aligned To", "Parent", "Parent OKR", "Parent objective")  # of other exports
_KINDS = {"objective": "objective", "okr": "objective", "key result": "result", "kr": "result",
          "kpi": "result", "deliverable": "deliverable", "project": "deliverable",
          "initiative": "deliverable"}
_COMPANY = ("company", "organization", "organisation", "org")  # of Ally's OKR types
_AMBITION = {"aspirational_goal": "aspirational", "committed_goal": "committed"}
# Viva's colours are green, yellow (Behind) and red (At Risk), while our “at risk” is yellow. A
# postponed goal is not worked on in its period.
_STATUS = {"at_risk": "off track", "postponed": "dropped"}
_SAID = {"at_risk": "“At Risk” is the worst word of Viva Goals, worse than “Behind”: it is read as "
         "off track", "postponed": "“Postponed” takes a goal out of its period: it is read as "
         "dropped"}
_LINK = re.compile(r"\(\s*weight:\s*+(?P<weight>[\d.,]*)\s*+(?:%\s*+)?"
                   r"(?:[,;]\s*Id:\s*+(?P<id>[^()\s]*)\s*+)?\)(?=[^\S\n]*(?:[,;\n]|$))",
                   re.IGNORECASE)


class Link(NamedTuple):
    """A parent of a goal as named in an `Aligned To` cell."""

    title: str
    id: str
    weight: float


def links(cell: str) -> list[Link]:
    """The parents in a cell, each as `Title(weight: 50%, Id: 2503050)` or only a title. A title may
    contain parentheses and commas itself; the group with the weight ends a parent."""
    parents, start = [], 0
    for group in _LINK.finditer(cell):
        weight = number(group["weight"])
        parents.append(Link(cell[start:group.start()].strip(" ,;\n"), group["id"] or "",
                            -1.0 if np.isnan(weight) else weight))
        start = group.end()
    last_title = cell[start:].strip(" ,;\n")
    return [*parents, Link(last_title, "", -1.0)] if last_title else parents


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert goals to objectives and key results, with teams, owners and check-ins."""
    people = People()
    kind = _kinds(records)
    unknown = records["Object Type"][kind == ""]
    expected = "expected Objective, Key result or Deliverable"
    records.remark("Object Type", unknown, "bad_value", f"{expected}; the record was skipped",
                   "error")
    goals = _goals(records, kind, people, chosen["products"])
    again = exact_repeats(records, goals["id"])
    read = goals[~again & (kind != "")]
    tables = as_tables(records, read, chosen["outcomes"], "Team")
    if chosen["products"] == "team":
        tables = _of_teams(records, tables)
    tables["check_ins"] = check_ins(records, read, _STATUS)
    table = (kind == "objective").map({True: "objectives", False: "key_results"})
    return Converted({**tables, "people": people.table()}, dispositions(
        records, table, merged=again,
        aside=dict.fromkeys(unknown.index, f"Object Type: {expected}")))


def _teams(cell: str) -> Iterator[str]:
    """The teams in a cell, in order, each once."""
    return iter(dict.fromkeys(team for part in cell.split(";") if (team := part.strip())))


def _of_teams(records: Records, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with the further products of objectives: those of other teams, and of their key
    results. A key result of several teams names no product, and so counts for each product of its
    objective. A company outcome has none."""
    objectives, results = tables["objectives"], tables["key_results"]
    pursued = objectives[objectives["product_id"] != ""]
    others = map_distinct(records["Team"], lambda cell: ";".join([*_teams(cell)][1:]))
    more = pd.DataFrame({"objective_id": pursued["objective_id"],
                         "product_id": others[pursued.index].str.split(";")}).explode("product_id")
    of_results = map_distinct(records["Team"], lambda cell: ";".join(_teams(cell)))[
        results.index].where(results["objective_id"].isin(pursued["objective_id"]), "")
    measured = pd.DataFrame({"objective_id": results["objective_id"],
                             "product_id": of_results.str.split(";")}).explode("product_id")
    first = dict(zip(pursued["objective_id"], pursued["product_id"], strict=True))
    further = pd.concat([more, measured]).astype("str")
    further = further[(further["product_id"] != "") & (
        further["product_id"] != further["objective_id"].map(first))].drop_duplicates()
    listed = first_of_each(pd.concat([tables["products"]["product_id"], more["product_id"]]))
    return {**tables, "objective_products": further,
            "products": pd.DataFrame({"product_id": listed, "name": listed}),
            "key_results": results.assign(
                product_id=of_results.mask(of_results.str.contains(";", regex=False), ""))}


def _kinds(records: Records) -> pd.Series:
    """What each record is; by its OKR type, which says whose it is, where no other column tells."""
    if "Object Type" in records:
        return map_distinct(records["Object Type"], lambda word: _KINDS.get(word.casefold(), ""))
    return map_distinct(records["OKR type"], lambda word: _KINDS.get(
        word.casefold(), "objective" if word else ""))


def _goals(records: Records, kind: pd.Series, people: People, products: str) -> pd.DataFrame:
    """Every record with our column names; see goals.py."""
    owner = records.first_value("Owner", ",", "a goal of ours has one owner: the first named is "
                                "read, the others are kept with the record")
    goals = pd.DataFrame({
        "id": records["Id"].where(records["Id"] != "", joined_key(
            records["Title"], records["Owner"], records["Period"])),
        "title": records["Title"], "result": kind != "objective",
        "owner_id": people.ids(owner), "team": "",
        "start_date": records.days("Start Date", "End Date"),
        "due_date": records.days("End Date", "Start Date"), "status": _status(records),
        "ambition": translate_status(records["Goal Type"], _AMBITION), "grade": records["Score"],
        "company": records["OKR type"].str.casefold().isin(_COMPANY),
        "description": records["Description"], **_measures(records, kind)})
    if products == "team" and "Team" in records:
        goals["team"] = map_distinct(records["Team"], lambda cell: next(_teams(cell), ""))
    elif products == "team":
        of_team = records["OKR type"].str.casefold() == "team"
        goals["team"] = records["Type name"].where(of_team, "")
    return goals.assign(parent=_parents(records, goals))


def _measures(records: Records, kind: pd.Series) -> dict[str, pd.Series]:
    """How each goal is measured. The metric “Progress” of an objective is ignored: Viva shows it if
    there is no other."""
    deliverable = kind == "deliverable"
    own = (kind != "objective") | ~records["Metric Name"].str.casefold().isin(("", "progress"))
    current = records["Actual Progress"]
    if "Actual Progress" not in records:
        current = _values_from_percent(records)
    measures = {"metric": records["Metric Name"], "unit": records["Unit"].mask(deliverable, "%"),
                "baseline": records["Start"].mask(deliverable, "0"),
                "target": records["Target"].mask(deliverable, "100"),
                "current": current.mask(deliverable, records.percents("Progress %"))}
    blank = pd.Series("", index=records.index, dtype="str")
    return {**{name: values.where(own, "") for name, values in measures.items()},
            "kr_type": blank.mask(deliverable, "milestone"),
            "result_kind": blank.mask(deliverable, "output")}


def _values_from_percent(records: Records) -> pd.Series:
    """The value between Start and Target for each percentage, if an export has only these."""
    start, target, done = (numbers(cells.text(values)).values for values in (
        records["Start"], records["Target"], records.percents("Progress %")))
    value = start + done / 100 * (target - start)
    if (~np.isnan(value)).any():
        records.note("Progress %", "scale", "the export has no Actual Progress; the value is "
                     "reckoned from the percentage, Start and Target")
    return pd.Series(["" if np.isnan(one) else f"{one:.12g}" for one in value],
                     index=records.index, dtype="str")


def _status(records: Records) -> pd.Series:
    """Status words, where those that mean another thing to us are replaced."""
    written = records["Status"].str.casefold().str.replace(" ", "_", regex=False)
    for word in _STATUS:
        if (written == word).any():
            records.note("Status", "bad_value", _SAID[word])
    return translate_status(records["Status"], _STATUS)


def _parents(records: Records, goals: pd.DataFrame) -> pd.Series:
    """The id of each goal's parent; of several the one with the largest weight. A parent that is
    not in the file stays as written."""
    written = records.first_filled(ALIGNED, *_PARENTS)
    links_by_cell = {cell: links(cell) for cell in written.unique()}
    largest = {cell: max(parents, key=lambda link: link.weight, default=Link("", "", -1.0))
               for cell, parents in links_by_cell.items()}
    several = written.isin([cell for cell, parents in links_by_cell.items() if len(parents) > 1])
    records.remark(ALIGNED, written[several], "bad_value", "a goal of ours has one parent: the one "
                   "with the largest weight is read (the first of equals), the others are kept "
                   "with the record")
    title = map_distinct(written, lambda cell: largest[cell].title)
    parent_id = map_distinct(written, lambda cell: largest[cell].id)
    parent = parent_id.where(parent_id.isin(goals["id"]), "")
    without_id = goals.assign(period=records["Period"], owner=records["Owner"])[
        (records["Id"] == "") & ~goals["id"].duplicated()]
    for candidates in (without_id[~without_id["result"]], without_id):
        for columns in ((), ("period",), ("period", "owner")):
            keys = joined_key(candidates["title"], *(candidates[name] for name in columns))
            unique = ~keys.duplicated(keep=False)
            known = pd.Series(candidates["id"][unique].array, index=keys[unique].array, dtype="str")
            wanted = joined_key(title, *(records[name] for name in columns))
            by_title = wanted.map(known.to_dict()).astype("str").fillna("")
            parent = parent.mask((parent == "") & (title != ""), by_title)
    return parent.where(parent != "", parent_id.where(parent_id != "", title))


def _is_viva(names: frozenset[str]) -> bool:
    return "aligned_to_(weight,_objective_id)" in names or (
        bool(names & {"object_type", "okr_type"}) and len(names & {
            "title", "type_name", "goal_type", "metric_name", "progress_%", "actual_progress",
            "last_check_in", "last_check_in_note"}) > 2) or (
        {"okr_type", "type_name", "title"} <= names)


VENDOR = Vendor(
    "viva", "Viva Goals", _is_viva, convert,
    (OUTCOMES, Choice("products", "What is a product?", {
        "team": "Each team that has objectives", "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"extra_cells"}))
