"""Add names to ids, so that messages, pages and exports can name people and things."""

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

_NAME_SOURCES = {  # id column → (the column added, table, its id column, its name column)
    "product_id": ("product_name", "products", "product_id", "name"),
    "outcome_id": ("outcome_name", "outcomes", "outcome_id", "name"),
    "sight": ("sight_name", "outcomes", "outcome_id", "name"),
    "objective_id": ("objective_title", "objectives", "objective_id", "title"),
    "owner_id": ("owner_name", "people", "person_id", "name"),
    "person_id": ("person_name", "people", "person_id", "name"),
}

_WHO_ACTS = "who acts on a gap of it: its owner, else {}the head of product"
_ACTING = text("the names in it; missing where it is the head of product")
_PRODUCT, _SIGHT = text("the name of the product, else its id"), text("the name of that outcome")
_OWNER = text("the name of the owner, else the id")
COLUMNS: Columns = {
    "outcomes": {"owner_name": _OWNER,
                 "actor": text(_WHO_ACTS.format("")), "actor_names": _ACTING},
    "products": {
        "name": text("its name; products of one name are told apart in brackets"),
        "pm_names": text("the names of its managers"),
        "pm_here": text("the names of those who are active today"),
        "actor": text("who acts on a gap of it: these, else the head of product"),
        "actor_names": _ACTING},
    "links": {"product_name": _PRODUCT,
              "outcome_name": text("the name of the outcome, else its id")},
    "all_objectives": {"product_name": _PRODUCT, "owner_name": _OWNER,
                       "actor": text(_WHO_ACTS.format("its product's managers, else ")),
                       "actor_names": _ACTING},
    "objectives": {"sight_name": _SIGHT},
    "key_results": {
        "product_name": _PRODUCT, "sight_name": _SIGHT, "owner_name": _OWNER,
        "objective_title": text("the title of its objective"),
        "actor": text(_WHO_ACTS.format("that of its objective, else ")),
        "actor_names": _ACTING},
    "managers": {"product_name": _PRODUCT,
                 "person_name": text("the name of the person, else the id")},
}


def with_names(alignment: Alignment) -> Alignment:
    """The alignment with a name for every id, and with who acts on a gap of each row: only people
    who are active today.

    A missing name is replaced by the id; a missing id stays missing. Products with the same name
    get their business area in brackets, or their id if that is the same too.
    """
    tables = {**alignment.portfolio.tables,
              "products": _with_unique_names(alignment.portfolio["products"])}
    managers = _add_names(alignment.managers, ("product_id", "person_id"), tables)
    ids, active_managers = alignment.products["product_id"], managers[managers["person_active"]]
    active_names = look_up_any(ids, _joined_names(active_managers, 3))
    products = alignment.products.assign(
        name=look_up_any(ids, indexed(tables["products"], "product_id", "name")),
        pm_names=look_up_any(ids, _joined_names(managers)), pm_here=active_names,
        actor=_managers_act(ids, active_names, active_managers), actor_names=active_names)
    outcomes = _add_names(alignment.outcomes, ("owner_id",), tables)
    objectives = _add_names(alignment.objectives, ("product_id", "sight", "owner_id"), tables)
    people_gone = people_left(alignment.portfolio, alignment.as_of)
    objectives = _with_actors(objectives, "Objective owner: ", people_gone, products, "product_id")
    every_objective = _add_names(alignment.all_objectives, ("product_id", "owner_id"), tables)
    every_objective = _with_actors(every_objective, "Objective owner: ", people_gone, products,
                                   "product_id")
    results = _add_names(alignment.key_results, ("product_id", "sight", "objective_id", "owner_id"),
                         tables)
    results = _with_actors(results, "Key result owner: ", people_gone, objectives, "objective_id")
    return replace(
        alignment, managers=managers, products=products, objectives=objectives,
        all_objectives=every_objective,
        outcomes=_with_actors(outcomes, "Outcome owner: ", people_gone),
        links=_add_names(alignment.links, ("product_id", "outcome_id"), tables),
        key_results=results)


def _with_unique_names(products: pd.DataFrame) -> pd.DataFrame:
    """Products with unique names: repeated ones get the business area or the id in brackets."""
    name, area = products["name"], products["business_area"].fillna(products["product_id"])
    for column in (area, products["product_id"]):  # the area if that is enough, else the id
        repeated = name.duplicated(keep=False)
        name = name.mask(repeated, products["name"] + " (" + column + ")")
    return products.assign(name=name)


def _joined_names(managers: pd.DataFrame, most: int = 9) -> pd.Series:
    """The names of each product's managers in one text, in alphabetical order."""
    return join_by(managers["product_id"], managers["person_name"], partial(listed, most=most))


def _managers_act(ids: pd.Series, names: pd.Series, managers: pd.DataFrame) -> pd.Series:
    """Who acts on a product: its managers, else the head of product."""
    several = managers.loc[managers["product_id"].duplicated(), "product_id"]
    role = case_when(ids.index, (is_in(ids, several), "Product managers: "),
                     otherwise="Product manager: ")
    return (role + names).fillna("Head of product")


def managers_of_both(names: pd.Series, managers: pd.Series, other_names: pd.Series,
                     other_managers: pd.Series) -> dict[str, pd.Series]:
    """Who acts if two products have to agree, as `actor` and `actor_names`: the managers of both,
    each with the product."""
    def role_and_names(product: str, who: str, other_product: str,
                       other_who: str) -> tuple[str, str | None]:
        if pd.isna(who) and pd.isna(other_who):
            return "Head of product", None
        if who == other_who:
            return "Product manager of both: ", who
        parts = [f"{people} ({name})" for name, people in ((product, who),
                                                           (other_product, other_who))
                 if not pd.isna(people)]
        return f"Product manager{'s' * (len(parts) > 1)}: ", " and ".join(parts)
    actors = [role_and_names(*cells)
              for cells in iter_rows(names, managers, other_names, other_managers)]
    return {"actor": pd.Series([role + (who or "") for role, who in actors], names.index,
                               dtype="str"),
            "actor_names": pd.Series([who for _, who in actors], names.index, dtype="str")}


def _with_actors(rows: pd.DataFrame, role: str, people_gone: pd.Series,
                 otherwise: pd.DataFrame | None = None, by: str = "") -> pd.DataFrame:
    """Add who acts on a row: its owner, else who acts on the other row that it names in the column
    `by`, else the head of product."""
    names = rows["owner_name"].mask(is_in(rows["owner_id"], people_gone))
    actor = role + names
    if otherwise is not None:
        actor, names = (
            of_owner.fillna(look_up_any(rows[by], indexed(otherwise, by, column)))
            for of_owner, column in ((actor, "actor"), (names, "actor_names")))
    return rows.assign(actor=actor.fillna("Head of product"), actor_names=names)


def _add_names(rows: pd.DataFrame, ids: tuple[str, ...],
               tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    added = {}
    for column in ids:
        name, table, key, text = _NAME_SOURCES[column]
        names = look_up_any(rows[column], indexed(tables[table], key, text))
        added[name] = names.fillna(rows[column])
    return rows.assign(**added)
