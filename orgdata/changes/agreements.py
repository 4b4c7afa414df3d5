"""Changes of what people agreed on: dependencies, roadblocks, and what products are for."""

import pandas as pd

from orgdata.changes.change import Change, changes_of, differ, side_by_side, with_names
from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, look_up_any
from orgdata.tabular.select import case_when


def dependencies(before: Alignment, after: Alignment) -> list[Change]:
    """Dependencies that were added or removed, agreed, delivered, or the opposite.

    before, after: open, agreed or delivered on the day of that side.
    """
    rows = with_names(side_by_side(_dependencies(before), _dependencies(after), ["dependency_id"],
                                   ["name", "state"]))
    was, now = rows["state_before"], rows["state_after"]
    rows = rows.assign(kind=case_when(
        rows.index, (rows["new"], "added"), (rows["gone"], "removed"), (now == "delivered",
                                                                       "delivered"),
        (was == "delivered", "open_again"), (now == "agreed", "agreed"), otherwise="not_agreed"))
    changed = rows["new"] | rows["gone"] | differ(rows, "state")
    return changes_of("dependency", None, rows[changed], "state_before", "state_after")


def roadblocks(before: Alignment, after: Alignment) -> list[Change]:
    """Roadblocks that were opened, cleared, removed, or are there again.

    before, after: open or cleared on the day of that side.
    """
    rows = with_names(side_by_side(_roadblocks(before), _roadblocks(after), ["roadblock_id"],
                                   ["what", "state"]), "what")
    rows = rows.assign(kind=case_when(
        rows.index, (rows["new"], "added"), (rows["gone"], "removed"),
        ((rows["state_after"] == "cleared").fillna(False), "cleared"), otherwise="returned"))
    changed = rows["new"] | rows["gone"] | differ(rows, "state")
    return changes_of("roadblock", None, rows[changed], "state_before", "state_after")


def purposes(before: Alignment, after: Alignment) -> list[Change]:
    """What managed products are for: statements that were rewritten, confirmed, or are not
    confirmed any more.

    before, after: of `rewritten` the statements, else the days of their confirmation. note: who
    confirmed it since.
    """
    rows = with_names(side_by_side(_purposes(before), _purposes(after), ["product_id"],
                                   ["name", "role_statement", "confirmed", "by"]))
    rewritten, moved = differ(rows, "role_statement"), differ(rows, "confirmed")
    newly = moved & rows["confirmed_after"].notna()
    rows = rows.assign(
        kind=case_when(rows.index, (newly, "confirmed"), otherwise="unconfirmed"),
        note=("confirmed by " + rows["by_after"]).where(newly))
    return [*changes_of("purpose", "rewritten", rows[rewritten], "role_statement_before",
                        "role_statement_after", "note"),
            *changes_of("purpose", None, rows[moved & ~rewritten], "confirmed_before",
                        "confirmed_after", "note")]


def _dependencies(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.portfolio["dependencies"]
    names = indexed(alignment.portfolio["products"], "product_id", "name")
    product, other = (look_up_any(rows[key], names).fillna(rows[key])
                      for key in ("product_id", "needs_product_id"))
    return rows.assign(
        name=product + " needs " + other + (": " + rows["what"]).fillna(""),
        state=case_when(rows.index, (rows["done_on"] <= alignment.as_of, "delivered"),
                        (rows["agreed"].eq(True).fillna(False), "agreed"), otherwise="open"))


def _roadblocks(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.portfolio["roadblocks"]
    return rows.assign(state=case_when(
        rows.index, (rows["closed_on"] <= alignment.as_of, "cleared"), otherwise="open"))


def _purposes(alignment: Alignment) -> pd.DataFrame:
    """Managed products with the day their statement was confirmed, if it was by now."""
    rows = alignment.products
    confirmed, by = rows["role_confirmed_on"], rows["role_confirmed_by"]
    names = indexed(alignment.portfolio["people"], "person_id", "name")
    return rows.assign(confirmed=confirmed.where(confirmed <= alignment.as_of),
                       by=look_up_any(by, names).fillna(by))
