"""Aha! reports: a row per feature, epic or whatever was chosen, with the records above it beside
it in columns "<Record> <field>". Which columns there are, and how often, each report decides.

A goal is a company outcome, an initiative an objective that serves it, a workspace a product. Epics
and features are work: they count with their initiative, else with their workspace. Who a feature is
assigned to is a person; no role on the product follows from it.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.model.schema import CLOSED_WORDS, normalise_name, normalise_word
from orgdata.sources.vendors.goals import life
from orgdata.sources.vendors.records import People, Records, mapped
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import folded, with_work

_WORK = ("Requirement", "Feature", "Activity", "Epic", "Master feature")  # the lowest level first
_DONE = CLOSED_WORDS | {"shipped", "released", "will_not_implement", "will_not_do"}
_DROPPED = frozenset({"will_not_implement", "will_not_do", "cancelled", "canceled", "dropped"})


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Goals as outcomes, initiatives as objectives, workspaces as products."""
    people = People()
    goal = _named(records, "Goal") if chosen["outcomes"] == "goal" else _nothing(records)
    initiative = _named(records, "Initiative")
    product = (_any(records, "Workspace name", "Product name") if chosen["products"] == "workspace"
               else _any(records))
    objectives = _rows(records, people, "Initiative", initiative, "objective_id").rename(
        columns={"name": "title", "due_date": "end_date"}).assign(
        outcome_id=_of(initiative["id"], goal["id"]), product_id=_of(initiative["id"], product))
    for column, which, what in (("Goal name", goal["id"], "outcome"),
                                ("Workspace name", product, "product")):
        _others(records, column, initiative["id"], which, what)
    work, done = _work(records)
    made = {
        "objectives": with_work(objectives, "objective_id", initiative["id"].where(work, ""), done),
        "outcomes": _outcomes(records, people, goal),
        "products": with_work(_products(product), "product_id", product.where(
            work & (initiative["id"] == ""), ""), done)}
    into = pd.Series("", index=records.index).mask(product != "", "products").mask(
        goal["id"] != "", "outcomes").mask(initiative["id"] != "", "objectives")
    for column in ("Feature assigned to", "Epic assigned to"):
        people.ids(_any(records, column).where(into != "", ""))
    return Converted({**made, "people": people.table()}, folded(
        records, made, into, (_reference(records), into == "", "the record names no goal, no "
                              "initiative and no workspace")))


def _reference(records: Records) -> str:
    """The column that says which record a row is about."""
    return str(next(name for name in records.sheet.frame.columns if _is_reference(name)))


def _is_reference(column: str) -> bool:
    return normalise_name(column).endswith("_reference_#")


def _any(records: Records, *columns: str) -> pd.Series:
    """The first cell that is not blank under one of these headers; each may stand repeatedly."""
    found = pd.Series("", index=records.index, dtype="str")
    for name in (name for column in columns for name in records.repeated(column)):
        found = found.where(found != "", records[name])
    return found


def _named(records: Records, kind: str) -> pd.DataFrame:
    """The id and name of the goal or initiative of each record: its reference, else its name. A
    record that gives only the name of one whose reference stands elsewhere means that one."""
    ref, name = _any(records, f"{kind} reference #"), _any(records, f"{kind} name")
    told = (ref != "") & (name != "")
    known = dict(zip(reversed(name[told].tolist()), reversed(ref[told].tolist()), strict=True))
    return pd.DataFrame({"id": ref.where(ref != "", mapped(
        name, lambda one: known.get(one, one))), "name": name})


def _nothing(records: Records) -> pd.DataFrame:
    return pd.DataFrame("", index=records.index, columns=["id", "name"], dtype="str")


def _first(ids: pd.Series) -> pd.Series:
    """Which record names each id for the first time."""
    return (ids != "") & ~ids.duplicated()


def _of(ids: pd.Series, values: pd.Series) -> pd.Series:
    """For each id the first value that is not blank of the records that name it."""
    pairs = pd.DataFrame({"id": ids, "value": values})[(ids != "") & (values != "")]
    known = pairs.drop_duplicates("id").set_index("id")["value"].to_dict()
    return mapped(ids, lambda one: str(known.get(one, "")))


def _rows(records: Records, people: People, kind: str, named: pd.DataFrame,
          key: str) -> pd.DataFrame:
    """One row per goal or initiative, at the record that names it first; a cell that is blank
    there is read from the next record that has it."""
    ids = named["id"]
    held = {"name": named["name"], "status": _any(records, f"{kind} status"),
            "start_date": _days(records, f"{kind} start date", f"{kind} end date"),
            "due_date": _days(records, f"{kind} end date", f"{kind} start date"),
            "owner_id": people.ids(_any(records, f"{kind} assigned to", f"{kind} owner"))}
    return pd.DataFrame({key: ids, **{
        column: _of(ids, values) for column, values in held.items()}})[_first(ids)]


def _days(records: Records, column: str, alike: str) -> pd.Series:
    found = pd.Series("", index=records.index, dtype="str")
    for name in records.repeated(column):
        found = found.where(found != "", records.days(name, alike))
    return found


def _outcomes(records: Records, people: People, goal: pd.DataFrame) -> pd.DataFrame:
    """Goals of the company, the word of each as its life."""
    rows = _rows(records, people, "Goal", goal, "outcome_id")
    return rows.assign(
        description=_of(goal["id"], _any(records, "Goal description"))[rows.index],
        status=life(rows["status"]))


def _products(product: pd.Series) -> pd.DataFrame:
    named = product[_first(product)]
    return pd.DataFrame({"product_id": named, "name": named})


def _others(records: Records, column: str, ids: pd.Series, which: pd.Series, what: str) -> None:
    """Say where an initiative is named with another goal or workspace than the one read."""
    other = (ids != "") & (which != "") & (which != _of(ids, which))
    again = pd.DataFrame({"id": ids, "which": which}).duplicated()
    records.remark(column, which[other & ~again], "bad_value", f"an objective of ours has one "
                   f"{what}: the first that its initiative is named with is read, this one is kept "
                   "with the record")


def _work(records: Records) -> tuple[pd.Series, pd.Series]:
    """Which records are work, each piece of it once, and which of it is done; what was dropped
    never is."""
    what, status = (pd.Series("", index=records.index, dtype="str") for _ in range(2))
    for kind in _WORK:
        named = _any(records, f"{kind} reference #", f"{kind} name")
        here = (named != "") & (what == "")
        status = status.mask(here, _any(records, f"{kind} status"))
        what = what.mask(here, f"{kind} " + named)
    return _first(what), mapped(status, normalise_word).isin(_DONE - _DROPPED)


VENDOR = Vendor(
    "aha", "Aha!",
    lambda names: any(map(_is_reference, names)), convert,
    (Choice("outcomes", "What is a company outcome?", {
        "goal": "Each goal", "none": "Nothing: outcomes come from elsewhere"}),
     Choice("products", "What is a product?", {
         "workspace": "Each workspace", "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"duplicate_header"}))
