"""What people call our tables and columns: the one mapping that pages, documents and messages use.

Names with underscores are for those who keep the data; see `place`.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType

HIDDEN = "(not shown to you)"  # in place of a title that somebody may not see
_TABLES: Mapping[str, str] = MappingProxyType({
    "check_ins": "check-ins", "contributions": "links",
    "objective_products": "products of objectives", "objective_outcomes": "outcomes of objectives"})
_COLUMNS: Mapping[str, str] = MappingProxyType({
    "active_from": "first day here", "active_to": "last day here", "agreed": "agreement",
    "asked_by": "origin", "bau_pct": "share of running cost", "by_when": "due date",
    "cadence_days": "days between check-ins", "closed_on": "day of clearing", "deputy": "deputy",
    "done_on": "day it was done", "confidence_pct": "chance in percent that it works",
    "effect_low": "least effect", "effect_likely": "likely effect",
    "effect_high": "greatest effect", "effort_low": "least effort in person-weeks",
    "effort_likely": "likely effort in person-weeks",
    "effort_high": "greatest effort in person-weeks",
    "exempt_reason": "reason why it needs no outcome",
    "exempt_until": "until when that holds", "fte": "FTE", "is_guardrail": "guardrail mark",
    "is_interim": "interim", "kr_id": "key result", "kr_type": "direction", "mode": "kind of link",
    "needs_product_id": "needed product", "opened_on": "day of opening",
    "parent_id": "parent work", "result_kind": "outcome or output",
    "role_confirmed_by": "who confirmed the purpose", "role_confirmed_on": "confirmation of the "
    "purpose", "role_statement": "purpose", "confirmed_on": "confirmation",
    "confirmed_by": "who confirmed it", "strategic_role": "strategic bet",
    "unblocker_id": "who can clear it"})
COVERAGE: Mapping[str, str] = MappingProxyType({  # of an outcome
    "covered": "covered", "stated": "stated, not proven", "thin": "weak",
    "uncovered": "not covered", "unknown": "unknown"})
ROLE: Mapping[str, str] = MappingProxyType({"enable": "platform"})  # others are called as they are
FIGURE: Mapping[str, str] = MappingProxyType({  # by its field of the headlines
    "aligned_products": "aligned products", "outcome_coverage_pct": "outcome coverage",
    "aligned_spend_pct": "spend backed by OKRs", "linked_spend_pct": "spend mapped to outcomes",
    "strategy_spend_fit_pct": "spend vs. priorities"})
DISPOSITION: Mapping[str, str] = MappingProxyType({  # what became of the records of an export
    "used": "used", "merged": "merged", "left_out": "left out", "set_aside": "skipped"})


def table(name: str) -> str:
    """What a table is called in a sentence: check-ins, key results."""
    return _TABLES.get(name, name.replace("_", " "))


def column(name: str) -> str:
    """What a column is called in a sentence: annual revenue, purpose, owner."""
    return _COLUMNS.get(name, name.removesuffix("_id").removesuffix("_pct").replace("_", " "))


def of_table(name: str) -> str:
    """A need in words, `table` or `table.column`: “objectives”, “baseline of key results”."""
    of, _, what = name.partition(".")
    return f"{column(what)} of {table(of)}" if what else table(of)


def place(names: Iterable[str]) -> str:
    """Our own names, for those who keep the data: “contributions (strength primary); products
    (annual_spend, fte)” of `table.column` or `table.column=word`."""
    pairs = [(table, column.replace("=", " ")) for table, _, column in
             (name.partition(".") for name in names)]
    return "; ".join(f"{table} ({', '.join(column for _, column in columns)})"
                     for table, columns in groupby(pairs, key=lambda pair: pair[0]))


def role(bet: str) -> str:
    """A strategic bet as people call it."""
    return ROLE.get(bet, bet)
