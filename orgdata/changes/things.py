"""What changed in outcomes, products, and who manages which product (METHOD sections 2, 3, 5)."""

from typing import Literal

import pandas as pd

from orgdata.changes.change import Change, Of, changes_of, differ, matched, named, values
from orgdata.measures import Alignment
from orgdata.measures.alignment import TOLERANCE
from orgdata.measures.checks import ALIGNMENT_CHECKS
from orgdata.tabular.lookup import indexed, is_in, look_up_any

_CHECK_WORDS = {True: "passes", False: "fails", None: "does not apply"}


def outcomes(before: Alignment, after: Alignment) -> list[Change]:
    """Active outcomes added, removed, renamed; stated weight or coverage changed.

    Weights are shares of 1. They count as changed where somebody changed what is stated, not where
    the share moved because another outcome came or went, nor where 0.25 is now written as 25.
    """
    rows = named(matched(before.outcomes, after.outcomes, ["outcome_id"],
                         ["name", "weight", "weight_given", "coverage", "lacks"]))
    moved = (rows["weight_before"] - rows["weight_after"]).abs() > TOLERANCE
    return [*_came_and_went("outcome", "outcomes", rows, before, after),
            *changes_of("outcome", "renamed", rows[differ(rows, "name")], "name_before",
                        "name_after"),
            *changes_of("outcome", "weight", rows[differ(rows, "weight_given") & moved],
                        "weight_before", "weight_after"),
            *changes_of("outcome", "coverage", rows[differ(rows, "coverage")], "coverage_before",
                        "coverage_after", "lacks_after")]


def products(before: Alignment, after: Alignment) -> list[Change]:
    """Managed products added, removed, renamed; role, spend, checks or alignment changed.

    `aligned`: aligned, not, or not assessed (None), with the checks that changed as its note;
    `checks`: the same where the alignment stays. `fresh` is evidence and stands apart.
    Spend is compared where both are counted in the same unit.
    """
    checks = [*ALIGNMENT_CHECKS, "fresh"]
    rows = named(matched(_as_written(before), _as_written(after), ["product_id"],
                         ["name", "written", "strategic_role", "known_spend", "aligned", *checks]))
    spent = differ(rows, "known_spend") & _same_money(before, after)
    aligned = differ(rows, "aligned")
    changed = pd.concat([differ(rows, check) for check in ALIGNMENT_CHECKS], axis=1).any(axis=1)
    rows = rows.assign(note=_checks_said(rows, aligned | changed))
    return [*_came_and_went("product", "products", rows, before, after),
            *changes_of("product", "renamed", rows[differ(rows, "written")], "written_before",
                        "written_after"),
            *changes_of("product", "role", rows[differ(rows, "strategic_role")],
                        "strategic_role_before", "strategic_role_after"),
            *changes_of("product", "spend", rows[spent], "known_spend_before",
                        "known_spend_after"),
            *changes_of("product", "aligned", rows[aligned], "aligned_before", "aligned_after",
                        "note"),
            *changes_of("product", "checks", rows[changed & ~aligned], "aligned_before",
                        "aligned_after", "note"),
            *changes_of("product", "fresh", rows[differ(rows, "fresh")], "fresh_before",
                        "fresh_after")]


def managers(before: Alignment, after: Alignment) -> list[Change]:
    """Product managers who joined or left a managed product, each named beside the product.

    Those who came or went with the product itself are noted as such. No person is counted.
    """
    rows = named(matched(_of_managed(before), _of_managed(after), ["product_id", "person_id"],
                         ["product_name", "person_name"]), "product_name")
    stays = (is_in(rows["product_id"], before.products["product_id"])
             & is_in(rows["product_id"], after.products["product_id"]))
    rows = rows.assign(note=pd.Series("with the product", rows.index).mask(stays, ""))
    return [*changes_of("manager", "joined", rows[rows["new"]], None, "person_name_after", "note"),
            *changes_of("manager", "left", rows[rows["gone"]], "person_name_before", None, "note")]


def _came_and_went(of: Of, table: Literal["outcomes", "products"], rows: pd.DataFrame,
                   before: Alignment, after: Alignment) -> list[Change]:
    """Added and removed; what is still listed but does not count any more says its status."""
    key = f"{of}_id"

    def status(there: Alignment, word: str) -> pd.Series:
        found = look_up_any(rows[key], indexed(there.portfolio[table], key, "status"))
        return word + found.where(found != "active")

    rows = rows.assign(was=status(before, "was "), now=status(after, "now "))
    return [*changes_of(of, "added", rows[rows["new"]], note="was"),
            *changes_of(of, "removed", rows[rows["gone"]], note="now")]


def _as_written(alignment: Alignment) -> pd.DataFrame:
    """Managed products with the name as written (`name` may say more, to tell two apart) and the
    spend where it is known."""
    rows = alignment.products
    return rows.assign(
        written=look_up_any(rows["product_id"],
                            indexed(alignment.portfolio["products"], "product_id", "name")),
        known_spend=rows["spend"].mask(rows["spend_unknown"]))


def _same_money(before: Alignment, after: Alignment) -> bool:
    return (before.money.unit == after.money.unit != "count"
            and before.portfolio.settings.currency == after.portfolio.settings.currency)


def _checks_said(rows: pd.DataFrame, where: pd.Series) -> pd.Series:
    """"planned fails, owned passes": the checks that changed, as they are now."""
    said = pd.Series("", rows.index)
    for check in ALIGNMENT_CHECKS:
        changed = differ(rows, check) & where
        words = [f", {check} {_CHECK_WORDS[bool(value) if value is not None else None]}"
                 for value in values(rows.loc[changed, f"{check}_after"])]
        said = said.mask(changed, said + pd.Series(words, rows.index[changed], dtype="str"))
    return said.str.removeprefix(", ")


def _of_managed(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.managers
    return rows[is_in(rows["product_id"], alignment.products["product_id"])]
