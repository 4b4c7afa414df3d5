"""Names beside ids, so that messages, pages and exports can say who and what is meant."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from orgdata.formats import listed
from orgdata.keys import look_up_any
from orgdata.measures.alignment import Alignment

_NAMED = {  # id column → (the column added, the table and column it is found in)
    "product_id": ("product_name", "products", "product_id", "name"),
    "outcome_id": ("outcome_name", "outcomes", "outcome_id", "name"),
    "sight": ("sight_name", "outcomes", "outcome_id", "name"),
    "objective_id": ("objective_title", "objectives", "objective_id", "title"),
    "owner_id": ("owner_name", "people", "person_id", "name"),
    "person_id": ("person_name", "people", "person_id", "name"),
}


def with_names(alignment: Alignment) -> Alignment:
    """The alignment with a name beside every id, `pm_names` beside every product, and `actor`:
    who acts on a gap of the row (its owner, else the product's managers, else the head of
    product).

    A name that is not there falls back on the id; a missing id stays missing.
    """
    tables = alignment.portfolio.tables
    managers = _named(alignment.managers, ("product_id", "person_id"), tables)
    products = alignment.products.assign(
        pm_names=look_up_any(alignment.products["product_id"], _together(managers)))
    products = products.assign(actor=_actor("Product manager: ", products["pm_names"]))
    answering = products.set_index("product_id")["actor"]
    outcomes = _named(alignment.outcomes, ("owner_id",), tables)
    objectives = _named(alignment.objectives, ("product_id", "sight", "owner_id"), tables)
    objectives = objectives.assign(actor=_actor(
        "Objective owner: ", objectives["owner_name"],
        look_up_any(objectives["product_id"], answering)))
    every_objective = _named(alignment.all_objectives, ("product_id", "owner_id"), tables)
    every_objective = every_objective.assign(actor=_actor(
        "Objective owner: ", every_objective["owner_name"],
        look_up_any(every_objective["product_id"], answering)))
    results = _named(alignment.key_results, ("product_id", "sight", "objective_id", "owner_id"),
                     tables)
    results = results.assign(actor=_actor(
        "Key result owner: ", results["owner_name"],
        look_up_any(results["objective_id"], objectives.set_index("objective_id")["actor"])))
    return replace(
        alignment, managers=managers, products=products, objectives=objectives,
        all_objectives=every_objective,
        outcomes=outcomes.assign(actor=_actor("Outcome owner: ", outcomes["owner_name"])),
        links=_named(alignment.links, ("product_id", "outcome_id"), tables), key_results=results)


def _together(managers: pd.DataFrame) -> pd.Series:
    """The names of each product's managers in one text, in alphabetical order."""
    names = managers.sort_values("person_name").set_index("product_id")["person_name"]
    several = names[names.index.duplicated(keep=False)]
    joined = several.groupby(level=0).agg(lambda n: listed(list(n), most=9))
    return pd.concat([names[~names.index.duplicated(keep=False)], joined.astype("str")])


def _actor(role: str, name: pd.Series, otherwise: pd.Series | None = None) -> pd.Series:
    actor = role + name
    return (actor if otherwise is None else actor.fillna(otherwise)).fillna("Head of product")


def _named(rows: pd.DataFrame, ids: tuple[str, ...],
           tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    added = {}
    for column in ids:
        name, table, key, text = _NAMED[column]
        found = tables[table].set_index(key)[text]
        added[name] = look_up_any(rows[column], found).fillna(rows[column]).astype("str")
    return rows.assign(**added)
