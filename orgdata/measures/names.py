"""Add names to ids, so that messages, pages and exports can name people and things."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from orgdata.formats import listed
from orgdata.measures.alignment import Alignment
from orgdata.measures.column import Columns, text
from orgdata.measures.people import people_left
from orgdata.tabular.lookup import first_text, indexed, is_in, look_up_any
from orgdata.tabular.select import case_when, iter_rows, join_by, these

_NAME_SOURCES = {  # id column → (the column added, table, its id column, its name column)
    "product_id": ("product_name", "products", "product_id", "name"),
    "outcome_id": ("outcome_name", "outcomes", "outcome_id", "name"),
    "objective_id": ("objective_title", "objectives", "objective_id", "title"),
    "owner_id": ("owner_name", "people", "person_id", "name"),
    "person_id": ("person_name", "people", "person_id", "name"),
}
_Names = Mapping[str, tuple[str, pd.Series]]  # id column → (the column added, names by id)

_WHO_ACTS = "who acts on a gap of it: its owner, else {}the head of product"
_ACTING = text("the names in it; missing where it is the head of product")
_PRODUCT = text("the name of the product, else its id")
_PRODUCTS = text("the names of its products, else their ids; missing where it has none")
_SIGHTS = text("the names of the active outcomes that it leads to; missing where there is none")
_OWNER = text("the name of the owner, else the id")
COLUMNS: Columns = {
    "outcomes": {"name": text("its name; outcomes of one name are told apart in brackets"),
                 "owner_name": _OWNER,
                 "actor": text(_WHO_ACTS.format("")), "actor_names": _ACTING},
    "products": {
        "name": text("its name; products of one name are told apart in brackets"),
        "pm_names": text("the names of its managers"),
        "pm_here": text("the names of those who are active today"),
        "actor": text("who acts on a gap of it: these, else the head of product"),
        "actor_names": _ACTING},
    "links": {"product_name": _PRODUCT,
              "outcome_name": text("the name of the outcome, else its id")},
    "all_objectives": {"product_name": _PRODUCTS, "sight_names": _SIGHTS, "owner_name": _OWNER,
                       "actor": text(_WHO_ACTS.format("its products' managers, else ")),
                       "actor_names": _ACTING},
    "key_results": {
        "product_name": _PRODUCTS, "sight_names": _SIGHTS, "owner_name": _OWNER,
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
    get their business area in brackets, or their id if that is the same too; outcomes their id.
    """
    written, outcomes = alignment.portfolio["products"], alignment.portfolio["outcomes"]
    area = written["business_area"].fillna(written["product_id"])
    tables = {**alignment.portfolio.tables,
              "products": _with_unique_names(written, area, written["product_id"]),
              "outcomes": _with_unique_names(outcomes, outcomes["outcome_id"])}
    names = {column: (added, indexed(tables[table], key, name))
             for column, (added, table, key, name) in _NAME_SOURCES.items()}
    managers = _add_names(alignment.managers, ("product_id", "person_id"), names)
    ids, active_managers = alignment.products["product_id"], managers[managers["person_active"]]
    active_names = look_up_any(ids, _in_one_text(
        active_managers["product_id"], active_managers["person_name"]))
    products = alignment.products.assign(
        name=look_up_any(ids, names["product_id"][1]),
        pm_names=look_up_any(ids, _in_one_text(
            managers["product_id"], managers["person_name"], most=9)), pm_here=active_names,
        actor=_managers_act(ids, active_names, active_managers), actor_names=active_names)
    outcomes = _add_names(alignment.outcomes, ("owner_id",), names)
    outcomes = outcomes.assign(name=look_up_any(outcomes["outcome_id"], names["outcome_id"][1]))
    sights = _add_names(alignment.sights, ("outcome_id",), names)
    people_gone = people_left(alignment.portfolio, alignment.as_of)
    pursuing = _add_names(alignment.pursued, ("product_id",), names)
    goal_names = partial(_goal_names, names=names, sights=_in_one_text(
        sights["objective_id"], sights["outcome_name"]),
        products=_in_one_text(pursuing["objective_id"], pursuing["product_name"]))
    every_objective = _with_actors(
        goal_names(alignment.all_objectives), "Objective owner: ", people_gone,
        _managers_of_objectives(alignment.pursued, products, active_managers), "objective_id")
    results = _add_names(goal_names(alignment.key_results), ("objective_id",), names)
    results = _with_actors(results, "Key result owner: ", people_gone, every_objective,
                           "objective_id")
    named = these(every_objective, *COLUMNS["all_objectives"])[every_objective["in_cycle"]]
    return replace(
        alignment, managers=managers, products=products, all_objectives=every_objective,
        objectives=alignment.objectives.assign(**{
            name: named[name].array for name in named}),
        outcomes=_with_actors(outcomes, "Outcome owner: ", people_gone), sights=sights,
        links=_add_names(alignment.links, ("product_id", "outcome_id"), names),
        expectations=_add_names(alignment.expectations, ("product_id",), names),
        ideas=_add_names(alignment.ideas, ("outcome_id", "product_id", "owner_id"), names),
        key_results=results)


def _goal_names(rows: pd.DataFrame, names: _Names, products: pd.Series,
                sights: pd.Series) -> pd.DataFrame:
    """Objectives or key results with the names of their owner, products and outcomes, given the
    names of the products and outcomes of each objective in one text; a key result may name its
    product itself."""
    ids = rows["objective_id"]
    of_products = look_up_any(ids, products)
    if "own_product_id" in rows:
        of_products = first_text(_named(rows["own_product_id"], names["product_id"][1]),
                                 of_products)
    return rows.assign(owner_name=_named(rows["owner_id"], names["owner_id"][1]),
                       product_name=of_products, sight_names=look_up_any(ids, sights))


def _in_one_text(ids: pd.Series, names: pd.Series, most: int = 3) -> pd.Series:
    """The names of each id in one text, in alphabetical order, indexed by id; most ids have only
    one."""
    several = ids.duplicated(keep=False)
    alone = pd.Series(names[~several].array, pd.Index(ids[~several].array))
    return pd.concat([alone, join_by(ids[several], names[several], partial(listed, most=most))]
                     ) if several.any() else alone


def _managers_of_objectives(pursued: pd.DataFrame, products: pd.DataFrame,
                            managers: pd.DataFrame) -> pd.DataFrame:
    """Who acts on each objective: the managers of all managed products that pursue it."""
    pairs = these(pursued, "objective_id", "product_id")[pursued["managed"]]
    several = pairs["objective_id"].duplicated(keep=False)
    alone = pairs[~several]
    alone = pd.DataFrame({"objective_id": alone["objective_id"], **{
        name: look_up_any(alone["product_id"], indexed(products, "product_id", name))
        for name in ("actor", "actor_names")}})
    if not several.any():
        return alone
    people = pairs[several].merge(managers, on="product_id").drop_duplicates(
        ["objective_id", "person_id"])
    names = join_by(people["objective_id"], people["person_name"], partial(listed, most=3))
    ids = pd.Series(names.index)
    return pd.concat([alone, pd.DataFrame({
        "objective_id": ids, "actor_names": names.array,
        "actor": _managers_act(ids, names.set_axis(ids.index), people, "objective_id")})])


def _with_unique_names(rows: pd.DataFrame, *told_by: pd.Series) -> pd.DataFrame:
    """Rows with unique names: repeated ones get in brackets the first of `told_by` that is
    enough."""
    name = rows["name"]
    if not name.duplicated().any():
        return rows
    for label in told_by:
        repeated = name.duplicated(keep=False)
        name = name.mask(repeated, rows["name"] + " (" + label + ")")
    return rows.assign(name=name)


def _managers_act(ids: pd.Series, names: pd.Series, managers: pd.DataFrame,
                  of: str = "product_id") -> pd.Series:
    """Who acts on a product or objective: its managers, else the head of product."""
    several = managers.loc[managers[of].duplicated(), of]
    role = case_when(ids.index, (is_in(ids, several), "Product managers: "),
                     otherwise="Product manager: ")
    return first_text(role + names, "Head of product")


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
    names = rows["owner_name"]
    if len(people_gone):
        names = names.mask(is_in(rows["owner_id"], people_gone))
    actor = role + names
    if otherwise is not None:
        actor, names = (
            first_text(of_owner, look_up_any(rows[by], indexed(otherwise, by, column)))
            for of_owner, column in ((actor, "actor"), (names, "actor_names")))
    return rows.assign(actor=first_text(actor, "Head of product"), actor_names=names)


def _add_names(rows: pd.DataFrame, ids: tuple[str, ...], names: _Names) -> pd.DataFrame:
    return rows.assign(**{added: _named(rows[column], by_id) for column, (added, by_id) in (
        (column, names[column]) for column in ids)})


def _named(ids: pd.Series, names: pd.Series) -> pd.Series:
    """The name of each id, else the id."""
    return first_text(look_up_any(ids, names), ids)
