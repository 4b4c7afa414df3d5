"""Names beside ids, so that messages, pages and exports can say who and what is meant."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from orgdata.formats import listed
from orgdata.measures.alignment import Alignment
from orgdata.measures.column import Columns, text
from orgdata.measures.people import people_left
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import case_when, iter_rows, join_by

_NAMED = {  # id column → (the column added, the table and column it is found in)
    "product_id": ("product_name", "products", "product_id", "name"),
    "outcome_id": ("outcome_name", "outcomes", "outcome_id", "name"),
    "sight": ("sight_name", "outcomes", "outcome_id", "name"),
    "objective_id": ("objective_title", "objectives", "objective_id", "title"),
    "owner_id": ("owner_name", "people", "person_id", "name"),
    "person_id": ("person_name", "people", "person_id", "name"),
}

_WHO_ACTS = "who acts on a gap of it: its owner, else {}the head of product"
_PRODUCT, _SIGHT = text("the name of the product, else its id"), text("the name of that outcome")
_OWNER = text("the name of the owner, else the id")
COLUMNS: Columns = {
    "outcomes": {"owner_name": _OWNER,
                 "actor": text(_WHO_ACTS.format(""))},
    "products": {
        "name": text("its name; products of one name are told apart in brackets"),
        "pm_names": text("the names of its managers"),
        "pm_here": text("the names of those who are active today"),
        "actor": text("who acts on a gap of it: these, else the head of product")},
    "links": {"product_name": _PRODUCT,
              "outcome_name": text("the name of the outcome, else its id")},
    "all_objectives": {"product_name": _PRODUCT, "owner_name": _OWNER,
                       "actor": text(_WHO_ACTS.format("its product's managers, else "))},
    "objectives": {"sight_name": _SIGHT},
    "key_results": {
        "product_name": _PRODUCT, "sight_name": _SIGHT, "owner_name": _OWNER,
        "objective_title": text("the title of its objective"),
        "actor": text(_WHO_ACTS.format("that of its objective, else "))},
    "managers": {"product_name": _PRODUCT,
                 "person_name": text("the name of the person, else the id")},
}


def with_names(alignment: Alignment) -> Alignment:
    """The alignment with a name beside every id, and who acts on a gap of each row: nobody who is
    not active today.

    A name that is not there falls back on the id; a missing id stays missing. Products of the same
    name are told apart by their business area, else by their id.
    """
    tables = {**alignment.portfolio.tables,
              "products": _told_apart(alignment.portfolio["products"])}
    managers = _named(alignment.managers, ("product_id", "person_id"), tables)
    ids, here = alignment.products["product_id"], managers[managers["person_active"]]
    names_here = look_up_any(ids, _together(here, 3))
    products = alignment.products.assign(
        name=look_up_any(ids, indexed(tables["products"], "product_id", "name")),
        pm_names=look_up_any(ids, _together(managers)), pm_here=names_here,
        actor=_managers_act(ids, names_here, here))
    answering = indexed(products, "product_id", "actor")
    outcomes = _named(alignment.outcomes, ("owner_id",), tables)
    objectives = _named(alignment.objectives, ("product_id", "sight", "owner_id"), tables)
    left = people_left(alignment.portfolio, alignment.as_of)
    objectives = objectives.assign(actor=_owner_acts(
        "Objective owner: ", objectives, left,
        look_up_any(objectives["product_id"], answering)))
    every_objective = _named(alignment.all_objectives, ("product_id", "owner_id"), tables)
    every_objective = every_objective.assign(actor=_owner_acts(
        "Objective owner: ", every_objective, left,
        look_up_any(every_objective["product_id"], answering)))
    results = _named(alignment.key_results, ("product_id", "sight", "objective_id", "owner_id"),
                     tables)
    results = results.assign(actor=_owner_acts(
        "Key result owner: ", results, left,
        look_up_any(results["objective_id"], indexed(objectives, "objective_id", "actor"))))
    return replace(
        alignment, managers=managers, products=products, objectives=objectives,
        all_objectives=every_objective,
        outcomes=outcomes.assign(actor=_owner_acts("Outcome owner: ", outcomes, left)),
        links=_named(alignment.links, ("product_id", "outcome_id"), tables), key_results=results)


def _told_apart(products: pd.DataFrame) -> pd.DataFrame:
    """Products, the names that several have followed by what tells them apart in brackets."""
    name, told = products["name"], products["business_area"].fillna(products["product_id"])
    for column in (told, products["product_id"]):  # the area where it is enough, else the id
        again = name.duplicated(keep=False)
        name = name.mask(again, products["name"] + " (" + column + ")")
    return products.assign(name=name)


def _together(managers: pd.DataFrame, most: int = 9) -> pd.Series:
    """The names of each product's managers in one text, in alphabetical order."""
    return join_by(managers["product_id"], managers["person_name"], partial(listed, most=most))


def _managers_act(ids: pd.Series, names: pd.Series, managers: pd.DataFrame) -> pd.Series:
    """Who acts on a product: its managers, else the head of product."""
    several = managers.loc[managers["product_id"].duplicated(), "product_id"]
    role = case_when(ids.index, (is_in(ids, several), "Product managers: "),
                     otherwise="Product manager: ")
    return (role + names).fillna("Head of product")


def managers_of_both(names: pd.Series, managers: pd.Series, other_names: pd.Series,
                     other_managers: pd.Series) -> pd.Series:
    """Who acts where two products have to agree: the managers of both, each with the product."""
    def one_of(first: str, of: str, second: str, of_other: str) -> str:
        if pd.isna(of) and pd.isna(of_other):
            return "Head of product"
        if of == of_other:
            return f"Product manager of both: {of}"
        parts = [f"{who} ({name})" for name, who in ((first, of), (second, of_other))
                 if not pd.isna(who)]
        return f"Product manager{'s' * (len(parts) > 1)}: {' and '.join(parts)}"
    said = [one_of(*cells) for cells in iter_rows(names, managers, other_names, other_managers)]
    return pd.Series(said, names.index, dtype="str")


def _owner_acts(role: str, rows: pd.DataFrame, left: pd.Series,
                otherwise: pd.Series | None = None) -> pd.Series:
    actor = (role + rows["owner_name"]).mask(is_in(rows["owner_id"], left))
    return (actor if otherwise is None else actor.fillna(otherwise)).fillna("Head of product")


def _named(rows: pd.DataFrame, ids: tuple[str, ...],
           tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    added = {}
    for column in ids:
        name, table, key, text = _NAMED[column]
        found = look_up_any(rows[column], indexed(tables[table], key, text))
        added[name] = found.fillna(rows[column])
    return rows.assign(**added)
