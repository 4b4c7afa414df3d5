"""Changes of outcomes, products, and who manages which product (METHOD sections 2, 3, 5)."""

from typing import Literal

import pandas as pd

from orgdata.changes.change import (
    Change,
    ObjectType,
    changes_of,
    differ,
    side_by_side,
    with_names,
)
from orgdata.measures import Alignment
from orgdata.measures.checks import ALIGNMENT_CHECKS, RESULT_LABELS, check_result
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import TOLERANCE, iter_rows

# Notes of products that exist on both sides, but are managed on one only
MOVED_IN, MOVED_OUT = "counted as a product from now on", "not counted as a product any more"


def outcomes(before: Alignment, after: Alignment) -> list[Change]:
    """Active outcomes that were added, removed or renamed, or have another weight or coverage.

    Weights are shares of 1. They count as changed if somebody changed the stated weight, but not if
    the share moved because another outcome came or went, or if 0.25 is now written as 25.
    """
    was, now = (side.outcomes.assign(written=_written(side, "outcomes", "outcome_id"))
                for side in (before, after))
    rows = with_names(side_by_side(was, now, ["outcome_id"], [
        "name", "written", "weight", "weight_given", "coverage", "lacks"]))
    moved = (rows["weight_before"] - rows["weight_after"]).abs() > TOLERANCE
    return [*_added_and_removed("outcome", "outcomes", rows, before, after),
            *changes_of("outcome", "renamed", rows[differ(rows, "written")], "written_before",
                        "written_after"),
            *changes_of("outcome", "weight", rows[differ(rows, "weight_given") & moved],
                        "weight_before", "weight_after"),
            *changes_of("outcome", "coverage", rows[differ(rows, "coverage")], "coverage_before",
                        "coverage_after", "lacks_after")]


def products(before: Alignment, after: Alignment) -> list[Change]:
    """Managed products that were added, removed or renamed, or have another role, spend, checks or
    alignment.

    `aligned`: aligned, not, or not assessed (None), with the checks that changed as its note;
    `checks`: checks that changed without changing the alignment. `fresh` is evidence, so it is a
    change of its own. Spend is compared if both sides have the same unit.
    """
    checks = [*ALIGNMENT_CHECKS, "fresh"]
    rows = with_names(side_by_side(_as_written(before), _as_written(after), ["product_id"],
                                   ["name", "written", "strategic_role", "known_spend", "aligned",
                                    *checks, *(f"{check}_unknown" for check in ALIGNMENT_CHECKS)]))
    spend = differ(rows, "known_spend") & _same_money(before, after)
    aligned = differ(rows, "aligned")
    changed = pd.concat([_check_differs(rows, check) for check in ALIGNMENT_CHECKS], axis=1).any(
        axis=1)
    rows = rows.assign(note=_changed_checks(rows, aligned | changed))
    return [*_added_and_removed("product", "products", rows, before, after),
            *changes_of("product", "renamed", rows[differ(rows, "written")], "written_before",
                        "written_after"),
            *changes_of("product", "role", rows[differ(rows, "strategic_role")],
                        "strategic_role_before", "strategic_role_after"),
            *changes_of("product", "spend", rows[spend], "known_spend_before",
                        "known_spend_after"),
            *changes_of("product", "aligned", rows[aligned], "aligned_before", "aligned_after",
                        "note"),
            *changes_of("product", "checks", rows[changed & ~aligned], "aligned_before",
                        "aligned_after", "note"),
            *changes_of("product", "fresh", rows[differ(rows, "fresh")], "fresh_before",
                        "fresh_after")]


def managers(before: Alignment, after: Alignment) -> list[Change]:
    """Product managers who joined or left a managed product, by name.

    note: “with the product” for those who came or went with it. People are not counted.
    """
    rows = with_names(side_by_side(_managers(before), _managers(after), ["product_id", "person_id"],
                                   ["product_name", "person_name"]), "product_name")
    stays = (is_in(rows["product_id"], before.products["product_id"])
             & is_in(rows["product_id"], after.products["product_id"]))
    rows = rows.assign(note=pd.Series("with the product", rows.index).mask(stays, ""))
    return [*changes_of("manager", "joined", rows[rows["new"]], None, "person_name_after", "note"),
            *changes_of("manager", "left", rows[rows["gone"]], "person_name_before", None, "note")]


def _added_and_removed(object_type: ObjectType, table: Literal["outcomes", "products"],
                       rows: pd.DataFrame, before: Alignment, after: Alignment) -> list[Change]:
    """Objects added or removed; if listed on the other side without counting, with their status
    there or that another level is managed."""
    key = f"{object_type}_id"

    def status(alignment: Alignment, verb: str, otherwise: str) -> pd.Series:
        statuses = look_up_any(rows[key], indexed(alignment.portfolio[table], key, "status"))
        listed = is_in(rows[key], alignment.portfolio[table][key])
        return (verb + statuses.where(statuses != "active")).mask(
            listed & (statuses.isna() | (statuses == "active")), otherwise)

    rows = rows.assign(was=status(before, "was ", MOVED_IN), now=status(after, "now ", MOVED_OUT))
    return [*changes_of(object_type, "added", rows[rows["new"]], note="was"),
            *changes_of(object_type, "removed", rows[rows["gone"]], note="now")]


def _as_written(alignment: Alignment) -> pd.DataFrame:
    """Managed products with the name as written and the spend where it is known."""
    rows = alignment.products
    return rows.assign(written=_written(alignment, "products", "product_id"),
                       known_spend=rows["spend"].mask(rows["spend_unknown"]))


def _written(alignment: Alignment, table: Literal["products", "outcomes"], key: str) -> pd.Series:
    """The names of managed products or active outcomes as written; `name` may be longer, to be
    unique."""
    return look_up_any(getattr(alignment, table)[key],
                       indexed(alignment.portfolio[table], key, "name"))


def _same_money(before: Alignment, after: Alignment) -> bool:
    return (before.money.unit == after.money.unit != "count"
            and before.portfolio.settings.currency == after.portfolio.settings.currency)


def _check_differs(rows: pd.DataFrame, check: str) -> pd.Series:
    return differ(rows, check) | differ(rows, f"{check}_unknown")


def _changed_checks(rows: pd.DataFrame, of_rows: pd.Series) -> pd.Series:
    """The checks that changed, with their results after: "planned fails, owned passes"."""
    texts = pd.Series("", rows.index)
    for check in ALIGNMENT_CHECKS:
        changed = _check_differs(rows, check) & of_rows
        results = [f"{check} {RESULT_LABELS[check_result(value, unknown)]}"
                   for value, unknown in iter_rows(rows.loc[changed, f"{check}_after"],
                                                   rows.loc[changed, f"{check}_unknown_after"])]
        earlier = texts.where(texts == "", texts + ", ")
        texts = texts.mask(changed, earlier + pd.Series(results, rows.index[changed], dtype="str"))
    return texts


def _managers(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.managers
    return rows[is_in(rows["product_id"], alignment.products["product_id"])]
