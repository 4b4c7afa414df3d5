"""The read model: a portfolio as plain objects, from which every door answers.

`report` is what `report --format json` prints and what other programs read (INTERFACES). The
classes say its shape; VERSION changes where a name or meaning in it does.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict, cast

import numpy as np
import pandas as pd

from orgdata import METHOD_VERSION
from orgdata.gaps import RULES, SEVERITIES, Gaps, reminders
from orgdata.gaps.rule import IDS
from orgdata.measures import Alignment
from orgdata.measures.checks import CHECKS
from orgdata.measures.work import PURPOSES, WINDOWS
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import join_problems
from orgdata.validate import future_check_ins

VERSION = "1"
Objects = dict[str, str]  # the id columns concerned


class Headlines(TypedDict):
    """The figures at the top of the Overview, percentages 0–100; None where unknown."""

    managed_products: int
    aligned_products: int | None
    assessed_products: int | None
    passing_products: int
    checkable_products: int
    checks_made: list[str]
    outcome_coverage_pct: float | None
    aligned_spend_pct: float | None
    linked_spend_pct: float | None
    strategy_spend_fit_pct: float | None
    gaps: dict[str, int]


class Money(TypedDict):
    """What spend and stakes are counted in."""

    unit: str
    currency: str | None


class Outcome(TypedDict):
    """An active outcome."""

    outcome_id: str
    coverage: str | None
    weight: float | None
    spend_share: float | None


class Product(TypedDict):
    """A managed product."""

    product_id: str
    checks: dict[str, bool | None]
    unknown_checks: list[str]
    aligned: bool | None


class Link(TypedDict):
    """A product and an outcome it serves, or says it does."""

    product_id: str
    outcome_id: str
    state: str
    strength: str | None
    spend: float | None


class KeyResult(TypedDict):
    """A key result in scope."""

    kr_id: str
    value: float | None
    progress: float | None
    expected: float | None
    status: str | None
    reason: str | None
    freshness: str | None


class Gap(TypedDict):
    """A finding of a rule."""

    key: str
    code: str
    severity: str
    objects: Objects
    message: str
    next_step: str
    kept_in: list[str]
    at_stake: float | None


class Row(TypedDict):
    """A row of a table as a person counts it; None for the whole table."""

    table: str
    row: int | None


class NotJudged(TypedDict):
    """A gap that there may be, and the rows to mend before that can be told."""

    code: str
    objects: Objects
    because: list[Row]


class Problem(TypedDict):
    """What is wrong in the data, and where."""

    level: str
    table: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str


class Report(TypedDict):
    """A portfolio on a day."""

    as_of: str
    source: str
    method: str
    headlines: Headlines
    money: Money
    outcomes: list[Outcome]
    products: list[Product]
    links: list[Link]
    key_results: list[KeyResult]
    gaps: list[Gap]
    patterns: list[dict[str, str | int]]
    not_evaluated: list[dict[str, str]]
    not_judged: list[NotJudged]
    work: NotRequired[dict[str, Any]]
    corrections: NotRequired[dict[str, int]]
    problems: list[Problem]


def report(alignment: Alignment, gaps: Gaps) -> Report:
    """Headlines, outcomes, products, links, key results, gaps, patterns and problems.

    Numbers are unrounded, None where unknown; ids as in the source.
    """
    counts = {severity: gaps.count(severity) for severity in SEVERITIES}
    return cast(Report, {
        "as_of": f"{alignment.as_of:%Y-%m-%d}", "source": alignment.portfolio.source,
        "method": METHOD_VERSION, "headlines": headlines(alignment, gaps) | {"gaps": counts},
        "money": money(alignment),
        "outcomes": outcomes(alignment), "products": products(alignment),
        "links": links(alignment), "key_results": key_results(alignment),
        "gaps": gap_records(gaps.rows),
        "patterns": patterns(gaps),
        "not_evaluated": [{"code": code, "reason": reason}
                          for code, reason in gaps.not_evaluated.items()],
        "not_judged": [{"code": row["code"], "objects": _objects(row), "because": [
            {"table": table, "row": number} for table, number in row["because"]]}
            for row in records(gaps.not_judged, ("code", *IDS, "because"))],
        **_work(alignment), **_corrections(alignment.portfolio),
        "problems": problem_records(join_problems([
            alignment.portfolio.problems, future_check_ins(alignment.portfolio,
                                                           alignment.as_of)])),
    })


def headlines(alignment: Alignment, gaps: Gaps) -> Headlines:
    """The figures of the Overview. Gaps are counted as there: without reminders, and with those
    that are not shown to who asks."""
    of, rows = alignment.headlines, gaps.rows[~reminders.are_reminders(gaps.rows["key"])]
    return {
        "managed_products": of.managed_products, "aligned_products": of.aligned_products,
        "assessed_products": of.assessed_products, "passing_products": of.passing_products,
        "checkable_products": of.checkable_products, "checks_made": list(of.checks_made),
        "outcome_coverage_pct": of.outcome_coverage_pct,
        "aligned_spend_pct": of.aligned_spend_pct, "linked_spend_pct": of.linked_spend_pct,
        "strategy_spend_fit_pct": of.strategy_spend_fit_pct,
        "gaps": {severity: int((rows["severity"] == severity).sum())
                 + gaps.not_shown.get(severity, 0) for severity in SEVERITIES}}


def money(alignment: Alignment) -> Money:
    """What spend and stakes are counted in."""
    return {"unit": alignment.money.stated_unit,
            "currency": alignment.portfolio.settings.currency}


def patterns(gaps: Gaps) -> list[dict[str, str | int]]:
    """The rules that fire for one cause on many objects."""
    return [{"code": one.code, "count": one.count, "of": one.looked_at} for one in gaps.patterns]


def outcomes(alignment: Alignment) -> list[Outcome]:
    """The active outcomes."""
    return cast(list[Outcome], records(
        alignment.outcomes, ("outcome_id", "coverage", "weight", "spend_share")))


def products(alignment: Alignment) -> list[Product]:
    """The managed products with their checks."""
    return [{"product_id": row["product_id"], "checks": {check: row[check] for check in CHECKS},
             "unknown_checks": [check for check in CHECKS if row[f"{check}_unknown"]],
             "aligned": row["aligned"]}
            for row in records(alignment.products, (
                "product_id", *CHECKS, *(f"{check}_unknown" for check in CHECKS), "aligned"))]


def links(alignment: Alignment) -> list[Link]:
    """Products and the outcomes they serve, or say they do."""
    return cast(list[Link], records(_with_known_money(alignment), (
        "product_id", "outcome_id", "state", "strength", "flow"), flow="spend"))


def key_results(alignment: Alignment) -> list[KeyResult]:
    """The key results in scope."""
    return cast(list[KeyResult], records(alignment.key_results, (
        "kr_id", "value", "progress", "expected", "status", "reason", "freshness")))


def gap_records(rows: pd.DataFrame) -> list[Gap]:
    """Gaps in their order."""
    return [_gap(row) for row in records(rows, (
        "key", "code", "severity", *IDS, "message", "next_step", "at_stake"))]


def _with_known_money(alignment: Alignment) -> pd.DataFrame:
    """The links; without flows where money, or where it flows, is unknown."""
    known = alignment.money.unit != "count" and not alignment.basis.contributions_lost
    return alignment.links if known else alignment.links.assign(flow=np.nan)


def _work(alignment: Alignment) -> dict[str, Any]:
    """Where the work goes, over the longer window; nothing where no work is tracked."""
    if not alignment.portfolio.tracked("work"):
        return {}
    shares = alignment.work[alignment.work["window"] == max(WINDOWS)]
    together = shares["product_id"].isna()
    return {"work": {
        "window_days": max(WINDOWS),
        "portfolio": next(iter(records(shares[together], PURPOSES)), dict.fromkeys(PURPOSES)),
        "products": records(shares[~together], ("product_id", *PURPOSES, "items"))}}


def _corrections(portfolio: Portfolio) -> dict[str, Any]:
    """What became of the cells that were corrected; nothing where none was."""
    states = portfolio.corrected["state"]
    if states.empty:
        return {}
    pending, done = (int((states == state).sum()) for state in ("pending", "done"))
    return {"corrections": {"cells": len(states), "counting": pending, "in_the_source": done,
                            "waiting": len(states) - pending - done}}


def problem_records(problems: pd.DataFrame) -> list[dict[str, Any]]:
    """Problems as plain objects, in the order of INTERFACES."""
    return records(problems, ("level", "table", "row", "column", "value", "code", "message"))


def records(frame: pd.DataFrame, columns: Iterable[str], **renamed: str) -> list[dict[str, Any]]:
    """The rows of a frame as objects of plain Python values, None where unknown."""
    names = list(columns)
    lists = [_plain(frame[name]) for name in names]
    keys = [renamed.get(name, name) for name in names]
    return [dict(zip(keys, row, strict=True)) for row in zip(*lists, strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    return list(column.astype(object).where(column.notna(), None))


def _objects(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in IDS if row[name] is not None}


def _gap(row: Mapping[str, Any]) -> Gap:
    return {"key": row["key"], "code": row["code"], "severity": row["severity"],
            "objects": _objects(row), "message": row["message"], "next_step": row["next_step"],
            "kept_in": list(RULES[row["code"]].kept_in), "at_stake": row["at_stake"]}
