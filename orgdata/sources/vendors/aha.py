"""Aha! reports: a row per feature, epic or other record, with its parents in further columns
"<Record> <field>". Each report has its own choice of columns, and may repeat them.

A goal is a company outcome, an initiative an objective that serves it, a workspace a product. Epics
and features are work: they count for their initiative, else for their workspace. The assignee of a
feature becomes a person, without a role on the product.
"""

from collections.abc import Mapping

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.sources.vendors.goals import outcome_status
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import with_work, work_dispositions

_WORK = ("Requirement", "Feature", "Activity", "Epic", "Master feature")  # the lowest level first
_DONE = CLOSED_WORDS | {"shipped", "released", "will_not_implement", "will_not_do"}
_DROPPED = frozenset({"will_not_implement", "will_not_do", "cancelled", "canceled", "dropped"})


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Goals as outcomes, initiatives as objectives, workspaces as products."""
    people = People()
    goal = _goals_named(records, "Goal") if chosen["outcomes"] == "goal" else _nothing(records)
    initiative = _goals_named(records, "Initiative")
    product = (_first_filled(records, "Workspace name", "Product name")
               if chosen["products"] == "workspace" else _first_filled(records))
    objectives = _rows(records, people, "Initiative", initiative, "objective_id").rename(
        columns={"name": "title", "due_date": "end_date"}).assign(
        outcome_id=_value_of(initiative["id"], goal["id"]),
        product_id=_value_of(initiative["id"], product))
    for column, which, what in (("Goal name", goal["id"], "outcome"),
                                ("Workspace name", product, "product")):
        _report_others(records, column, initiative["id"], which, what)
    work, done = _work(records)
    made = {
        "objectives": with_work(objectives, "objective_id", initiative["id"].where(work, ""), done),
        "outcomes": _outcomes(records, people, goal),
        "products": with_work(_products(product), "product_id", product.where(
            work & (initiative["id"] == ""), ""), done)}
    into = pd.Series("", index=records.index).mask(product != "", "products").mask(
        goal["id"] != "", "outcomes").mask(initiative["id"] != "", "objectives")
    for column in ("Feature assigned to", "Epic assigned to"):
        people.ids(_first_filled(records, column).where(into != "", ""))
    return Converted({**made, "people": people.table()}, work_dispositions(
        records, made, into, (_reference(records), into == "", "the record names no goal, no "
                              "initiative and no workspace")))


def _reference(records: Records) -> str:
    """The column that identifies the record of each row."""
    return str(next(name for name in records.sheet.frame.columns if _is_reference(name)))


def _is_reference(column: str) -> bool:
    return normalise_name(column).endswith("_reference_#")


def _first_filled(records: Records, *columns: str) -> pd.Series:
    """The first cell that is not blank under these headers, each of which may be repeated."""
    first = pd.Series("", index=records.index, dtype="str")
    for name in (name for column in columns for name in records.repeated_columns(column)):
        first = first.where(first != "", records[name])
    return first


def _goals_named(records: Records, kind: str) -> pd.DataFrame:
    """The id and name of each record's goal or initiative. The id is its reference, if need be from
    another record with the same name, else its name."""
    ref = _first_filled(records, f"{kind} reference #")
    name = _first_filled(records, f"{kind} name")
    with_both = (ref != "") & (name != "")
    known = dict(zip(reversed(name[with_both].tolist()), reversed(ref[with_both].tolist()),
                     strict=True))
    return pd.DataFrame({"id": ref.where(ref != "", map_distinct(
        name, lambda title: known.get(title, title))), "name": name})


def _nothing(records: Records) -> pd.DataFrame:
    return pd.DataFrame("", index=records.index, columns=["id", "name"], dtype="str")


def _is_first(ids: pd.Series) -> pd.Series:
    """Which records are the first to name their id."""
    return (ids != "") & ~ids.duplicated()


def _value_of(ids: pd.Series, values: pd.Series) -> pd.Series:
    """For each id the first value that is not blank in any record with that id."""
    pairs = pd.DataFrame({"id": ids, "value": values})[(ids != "") & (values != "")]
    known = pairs.drop_duplicates("id").set_index("id")["value"].to_dict()
    return map_distinct(ids, lambda id_: str(known.get(id_, "")))


def _rows(records: Records, people: People, kind: str, goals: pd.DataFrame,
          key: str) -> pd.DataFrame:
    """One row per goal or initiative, at the first record that names it; cells that are blank there
    are taken from the next record that has them."""
    ids = goals["id"]
    columns = {"name": goals["name"], "status": _first_filled(records, f"{kind} status"),
               "start_date": _days(records, f"{kind} start date", f"{kind} end date"),
               "due_date": _days(records, f"{kind} end date", f"{kind} start date"),
               "owner_id": people.ids(
                   _first_filled(records, f"{kind} assigned to", f"{kind} owner"))}
    return pd.DataFrame({key: ids, **{
        column: _value_of(ids, cells) for column, cells in columns.items()}})[_is_first(ids)]


def _days(records: Records, column: str, alike: str) -> pd.Series:
    days = pd.Series("", index=records.index, dtype="str")
    for name in records.repeated_columns(column):
        days = days.where(days != "", records.days(name, alike))
    return days


def _outcomes(records: Records, people: People, goal: pd.DataFrame) -> pd.DataFrame:
    """Goals as company outcomes, with the status that follows from their own."""
    rows = _rows(records, people, "Goal", goal, "outcome_id")
    return rows.assign(
        description=_value_of(
            goal["id"], _first_filled(records, "Goal description"))[rows.index],
        status=outcome_status(rows["status"]))


def _products(product: pd.Series) -> pd.DataFrame:
    named = product[_is_first(product)]
    return pd.DataFrame({"product_id": named, "name": named})


def _report_others(records: Records, column: str, ids: pd.Series, which: pd.Series,
                   what: str) -> None:
    """Report initiatives that are named with another goal or workspace than the one read."""
    other = (ids != "") & (which != "") & (which != _value_of(ids, which))
    again = pd.DataFrame({"id": ids, "which": which}).duplicated()
    records.remark(column, which[other & ~again], "bad_value", f"an objective of ours has one "
                   f"{what}: the first that its initiative is named with is read, this one is kept "
                   "with the record")


def _work(records: Records) -> tuple[pd.Series, pd.Series]:
    """Which records are work, each item once, and which items are done; dropped ones never are."""
    item, status = (pd.Series("", index=records.index, dtype="str") for _ in range(2))
    for kind in _WORK:
        named = _first_filled(records, f"{kind} reference #", f"{kind} name")
        of_kind = (named != "") & (item == "")
        status = status.mask(of_kind, _first_filled(records, f"{kind} status"))
        item = item.mask(of_kind, f"{kind} " + named)
    return _is_first(item), map_distinct(status, normalise_word).isin(_DONE - _DROPPED)


VENDOR = Vendor(
    "aha", "Aha!",
    lambda names: any(map(_is_reference, names)), convert,
    (Choice("outcomes", "What is a company outcome?", {
        "goal": "Each goal", "none": "Nothing: outcomes come from elsewhere"}),
     Choice("products", "What is a product?", {
         "workspace": "Each workspace", "none": "Nothing: products come from elsewhere"})),
    usual=frozenset({"duplicate_header"}))
