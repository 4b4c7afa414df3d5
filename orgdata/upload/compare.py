"""What newer files change of a saved portfolio, by name: new, changed, the same, gone."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.select import iter_rows, plain_cells

NAMES: Mapping[str, tuple[str, str]] = {  # how people call what stands in these tables
    "products": ("product", "products"), "outcomes": ("company goal", "company goals"),
    "objectives": ("objective", "objectives"), "key_results": ("key result", "key results"),
    "people": ("person", "people")}
# What is said of a thing in other tables: a product with another manager has changed
_SAID_IN: Mapping[str, tuple[str, ...]] = {
    "products": ("assignments", "contributions"),
    "objectives": ("objective_products", "objective_outcomes"), "key_results": ("check_ins",)}


@dataclass(frozen=True)
class Changes:
    """What becomes of the things in one table: their names, and how many stay the same."""

    table: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0


def compare(before: Portfolio, after: Portfolio) -> list[Changes]:
    """What changes from one portfolio to the next; a table that is empty in both is left out."""
    return [_compare(table, before, after) for table in NAMES
            if len(before[table]) or len(after[table])]


def in_words(changes: Changes) -> str:
    """How many are new, changed, gone and the same: “1 new, 2 gone, 3 the same”."""
    counts = {"new": len(changes.new), "changed": len(changes.changed), "gone": len(changes.gone),
              "the same": changes.same}
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)


def key_of(table: str) -> str:
    """The column that holds the ids of a table."""
    return TABLES[table].key[0]


def names_of(portfolio: Portfolio, table: str) -> dict[str, str]:
    """The names or titles in a table by their id."""
    rows = portfolio[table]
    return dict(iter_rows(rows[key_of(table)], rows["name" if "name" in rows else "title"]))


def _compare(table: str, before: Portfolio, after: Portfolio) -> Changes:
    old_names, new_names = names_of(before, table), names_of(after, table)
    old, new = _facts(table, before), _facts(table, after)
    differing = {id_ for id_ in new_names.keys() & old_names.keys() if old[id_] != new[id_]}
    return Changes(
        table, tuple(name for id_, name in new_names.items() if id_ not in old_names),
        tuple(name for id_, name in new_names.items() if id_ in differing),
        tuple(name for id_, name in old_names.items() if id_ not in new_names),
        len(new_names.keys() & old_names.keys()) - len(differing))


def _facts(table: str, portfolio: Portfolio) -> dict[str, set[tuple[object, ...]]]:
    """All that is said of each thing of a table, in its own row and elsewhere, by its id."""
    facts: dict[str, set[tuple[object, ...]]] = {}
    for place in (table, *_SAID_IN.get(table, ())):
        rows = portfolio[place]
        for id_, row in zip(rows[key_of(table)].tolist(), _cells(place, rows), strict=True):
            facts.setdefault(id_, set()).add((place, *row))
    return facts


def _cells(table: str, rows: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(zip(*(plain_cells(rows[field.name]) for field in TABLES[table].fields),
                    strict=True))


def tells_of_the_same(before: Portfolio, after: Portfolio) -> bool:
    """Whether at least half of the products, objectives or key results of the later portfolio were
    in the earlier one: newer files of one portfolio rather than those of another."""
    for table in ("products", "objectives", "key_results"):
        known, told = names_of(before, table).keys(), names_of(after, table).keys()
        if told and 2 * len(known & told) >= len(told):
            return True
    return False
