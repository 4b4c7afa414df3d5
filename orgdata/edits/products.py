"""What people do with products: retire, merge, change their strategic bet (METHOD section 7)."""

from collections.abc import Iterator

import pandas as pd

from orgdata.edits import answers
from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.typed import plain
from orgdata.model.words import STRATEGIC_ROLE, STRENGTH, normalise_word

_ADDED = ("annual_spend", "annual_revenue", "fte")


def retire_product(now: Now, product_id: str, links_to: str = "") -> list[Edit]:
    """Retire a product. Its links end, or pass to the product named by `links_to`."""
    product = _in_use(now, product_id)
    if links_to == product_id:
        raise EditError("its links cannot pass to itself")
    if links_to:
        _in_use(now, links_to)
    return [*_links_of(now, product_id, links_to), now.set("products", product, status="retired")]


def merge_products(now: Now, product_id: str, into_product_id: str) -> list[Edit]:
    """Merge one product into another. Links are united with the stronger strength, objectives and
    key results go over, spend, revenue and FTE are added, and the first is retired. A number that
    only one of them has stays as it is: the other is unknown, not nothing."""
    product, into = _in_use(now, product_id), _in_use(now, into_product_id)
    if product_id == into_product_id:
        raise EditError("a product cannot be merged into itself")
    sums = {column: plain(now, "products", _written(product[column] + into[column]))
            for column in _ADDED
            if pd.notna(product[column]) and pd.notna(into[column])}
    return [*_links_of(now, product_id, into_product_id), *_goals_of(now, product_id,
                                                                    into_product_id),
            *([now.set("products", into, **sums)] if sums else []),
            now.set("products", product, status="retired")]


def change_role(now: Now, product_id: str, strategic_role: str) -> list[Edit]:
    """Change the strategic bet on a product."""
    name = now.in_use("products", product_id)
    product, word = now.row("products", product_id=product_id), normalise_word(strategic_role)
    if word not in STRATEGIC_ROLE.words:
        raise EditError(f"expected {', '.join(STRATEGIC_ROLE.words)}, found {strategic_role!r}")
    if product["strategic_role"] == word:
        raise EditError(f"{name} has that strategic bet already")
    return [now.set("products", product, strategic_role=word)]


def propose_purpose(now: Now, product_id: str, role_statement: str) -> list[Edit]:
    """Say what a product is for in another sentence, which nobody has confirmed yet."""
    if not role_statement.strip():
        raise EditError("a purpose is a sentence")
    return [now.set("products", now.row("products", product_id=product_id),
                    role_statement=role_statement.strip())]


def state_purpose(now: Now, product_id: str, role_statement: str,
                  role_confirmed_by: str) -> list[Edit]:
    """State, confirm or rewrite what a product is for."""
    now.row("products", product_id=product_id)
    if not role_statement.strip():
        raise EditError("a purpose is confirmed or rewritten as a sentence")
    return [answers.made_of(now, answers.on_purpose(product_id, role_statement.strip(),
                                                    role_confirmed_by, now.day))]


def _in_use(now: Now, product_id: str) -> pd.Series:
    now.in_use("products", product_id, "already")
    return now.row("products", product_id=product_id)


def _links_of(now: Now, product_id: str, heir: str) -> Iterator[Edit]:
    """The edits that end the links of a product, or hand them to its heir: of two to the same
    outcome the stronger strength holds. A share is one of the product's own spend, so none goes
    over."""
    for _, link in now.where("contributions", product_id=product_id).iterrows():
        yield now.end("contributions", link)
        if not heir:
            continue
        has = now.where("contributions", product_id=heir, outcome_id=link["outcome_id"])
        if has.empty:
            yield now.add("contributions", product_id=heir, outcome_id=link["outcome_id"], **{
                column: now.text("contributions", link, column) for column in (
                    "strength", "rationale", "confirmed_by", "confirmed_on")})
        elif _rank(link["strength"]) < _rank(has.iloc[0]["strength"]):
            yield now.set("contributions", has.iloc[0],
                          strength=now.text("contributions", link, "strength"))


def _rank(strength: object) -> int:
    words = STRENGTH.words
    return words.index(strength) if isinstance(strength, str) and strength in words else len(words)


def _goals_of(now: Now, product_id: str, into: str) -> Iterator[Edit]:
    """The edits that give objectives and key results of one product to another."""
    for table in ("objectives", "key_results"):
        for _, row in now.where(table, product_id=product_id).iterrows():
            yield now.set(table, row, product_id=into)
    for _, row in now.where("objective_products", product_id=product_id).iterrows():
        yield now.end("objective_products", row)
        has_it = (now.where("objective_products", objective_id=row["objective_id"],
                            product_id=into),
                  now.where("objectives", objective_id=row["objective_id"], product_id=into))
        if all(rows.empty for rows in has_it):
            yield now.add("objective_products", objective_id=row["objective_id"], product_id=into,
                          effort_pct=now.text("objective_products", row, "effort_pct"))


def _written(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else repr(float(value))
