"""What people do with ideas: add, change, drop them, and try one as if it existed (METHOD §8)."""

import math
from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.typed import check_typed
from orgdata.measures.ideas import CLOSED
from orgdata.measures.objectives import is_active
from orgdata.model import labels
from orgdata.model.schema import RANGES, TABLES
from orgdata.tabular.numbers import number


def add_idea(now: Now, outcome_id: str, name: str, **cells: str) -> list[Edit]:
    """Add an idea for an outcome, with any of the columns of ideas, proposed on the day unless
    another is given."""
    now.row("outcomes", outcome_id=outcome_id)
    if not name:
        raise EditError("an idea needs a name")
    check_typed(now, "ideas", cells)
    _check_ranges(cells)
    return [now.add("ideas", idea_id=now.free_id("ideas"), name=name, outcome_id=outcome_id,
                    **{"proposed_on": now.day.isoformat(), **cells})]


def change_idea(now: Now, idea_id: str, **cells: str) -> list[Edit]:
    """Set the cells of an idea that were given."""
    idea = now.row("ideas", idea_id=idea_id)
    values = {name: text for name, text in cells.items() if text}
    check_typed(now, "ideas", values)
    _check_ranges({name: now.text("ideas", idea, name)
                   for name in TABLES["ideas"].by_name} | values)
    return [now.set("ideas", idea, **values)]


def drop_idea(now: Now, idea_id: str) -> list[Edit]:
    """Drop an idea: it stays on record, and is open no more."""
    idea = _open(now, idea_id)
    return [now.set("ideas", idea, stage="dropped")]


def _check_ranges(cells: Mapping[str, str]) -> None:
    """Refuse a range the wrong way round. Raises EditError."""
    for columns in RANGES["ideas"]:
        given = [(name, value) for name in columns
                 if not math.isnan(value := number(cells.get(name, "")))]
        for (lower, low), (higher, high) in pairwise(given):
            if low > high:
                raise EditError(f"{labels.column(lower)} ({low:g}) is above "
                                f"{labels.column(higher)} ({high:g})")


def _open(now: Now, idea_id: str) -> pd.Series:
    idea = now.row("ideas", idea_id=idea_id)
    if idea["stage"] in CLOSED:
        raise EditError(f"{now.name('ideas', idea_id)} is {idea['stage']} already")
    return idea


def pursue_idea(now: Now, idea_id: str) -> list[Edit]:
    """Pursue an idea: a new active product of the managed level with its spend, and a confirmed
    primary link to its outcome; of an idea that changes a product only the link.

    What nobody states of any other product or link is not stated of this one either: a first
    strength, confirmation or spend would make those of all others unknown.
    """
    idea = _open(now, idea_id)
    ideas, name = now.portfolio("ideas"), now.name("ideas", idea_id)
    outcomes = now.where("outcomes", outcome_id=idea["outcome_id"])
    if not is_active(outcomes).all() or outcomes.empty:
        raise EditError(f"the outcome of {name} is not active")
    if ideas.is_lost_cell("ideas", "product_id", ideas["ideas"]["row"])[idea.name]:
        raise EditError(f"which product {name} would change cannot be read")
    if not now.portfolio("contributions").tracked("contributions"):
        raise EditError("no links of products to outcomes are stated, so what one more would "
                        "change cannot be told")
    if isinstance(idea["product_id"], str):
        return _linked(now, idea["product_id"], idea["outcome_id"])
    new = _product(now, idea["name"], now.text("ideas", idea, "annual_spend"))
    return [new, *_linked(now, new.key["product_id"], idea["outcome_id"])]


def _product(now: Now, name: str, spend: str) -> Edit:
    portfolio = now.portfolio("products")
    level = portfolio.settings.managed_level or ""
    return now.add(
        "products", product_id=now.free_id("products"), name=name, status="active",
        level=level if portfolio.tracked("products", "level") else "",
        annual_spend=spend if portfolio.tracked("products", "annual_spend") else "")


def _linked(now: Now, product_id: str, outcome_id: str) -> list[Edit]:
    """The edit that makes a primary, confirmed link."""
    portfolio = now.portfolio("contributions")
    wanted = {
        "strength": "primary" if portfolio.tracked("contributions", "strength") else "",
        "confirmed_on": (now.day.isoformat()
                         if portfolio.tracked("contributions", "confirmed_on") else "")}
    has = now.where("contributions", product_id=product_id, outcome_id=outcome_id)
    if has.empty:
        return [now.add("contributions", product_id=product_id, outcome_id=outcome_id, **wanted)]
    row = has.iloc[0]
    if row["strength"] == "primary":
        del wanted["strength"]
    if row["confirmed_on"] <= pd.Timestamp(now.day):
        del wanted["confirmed_on"]
    if not (changed := {name: text for name, text in wanted.items() if text}):
        raise EditError(f"{now.name('products', product_id)} has a confirmed primary link to "
                        f"{now.name('outcomes', outcome_id)} already")
    return [now.set("contributions", row, **changed)]
