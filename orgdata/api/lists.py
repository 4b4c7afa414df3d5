"""What is measured as lists for other programs: the rows of the report, with their names.

Each function takes a `Reading` and returns rows of plain values: numbers unrounded, None where
unknown, ids as in the source. What is not for who asks is not in a `Reading`.
"""

from collections.abc import Iterable
from typing import Any, TypedDict, cast

import pandas as pd

from orgdata.api import answers as read_model
from orgdata.api.answers import Gap, Headlines, KeyResult, Link, Money, Outcome, Product, records
from orgdata.api.reading import Reading
from orgdata.gaps import SEVERITIES
from orgdata.gaps.patterns import Pattern
from orgdata.model.labels import HIDDEN
from orgdata.views import answers, managers, outcomes, products


class Figures(TypedDict):
    """The figures at the top of the Overview, what money is counted in, and the answer in words."""

    headlines: Headlines
    money: Money
    in_words: str


class NamedOutcome(Outcome):
    """An active outcome; heaviest first, of equal ones the least covered."""

    name: str
    tier: float | None
    owner: str
    served_by: str
    lacks: str


class NamedProduct(Product):
    """A managed product; those that fail a check first."""

    name: str
    area: str | None
    strategic_role: str | None
    lifecycle_stage: str | None
    spend: float | None
    product_manager: str


class NamedLink(Link):
    """A product and an outcome it serves, or says it does: a cell of the map."""

    product_name: str
    outcome_name: str


class NamedKeyResult(KeyResult):
    """A key result in scope."""

    title: str
    objective_id: str
    objective: str | None
    unit: str | None
    due: str | None


class ListedGap(Gap):
    """A finding of a rule, gravest first. `since`: of the first snapshot from which on it was in
    every one; `state`: what people said of it last."""

    who: str
    since: str | None
    state: str | None
    page: str


class PatternRow(TypedDict):
    """A rule that fires for one cause on many objects."""

    code: str
    count: int
    of: int
    objects: str
    severity: str
    where: str
    systemic_step: str


class BadFilter(ValueError):
    """A filter says nothing that is there to be filtered by; the text is one line."""


def figures(reading: Reading) -> Figures:
    """The figures at the top of the Overview, and the answer in words."""
    alignment = reading.alignment
    return {"headlines": read_model.headlines(alignment, reading.gaps),
            "money": read_model.money(alignment), "in_words": answers.overview(alignment)}


def outcome_list(reading: Reading) -> list[NamedOutcome]:
    """All active outcomes, with what each lacks."""
    rows = outcomes.outcome_rows(reading.alignment)
    named = records(rows, ("name", "tier", "owner", "served_by", "lacks"))
    return cast(list[NamedOutcome], _joined(
        read_model.outcomes(reading.alignment), "outcome_id", rows["outcome_id"], named))


def product_list(reading: Reading) -> list[NamedProduct]:
    """All managed products, with their checks."""
    alignment = reading.alignment
    order = products.product_rows(alignment, alignment.products, reading.gaps.rows)["product_id"]
    rows = alignment.products.set_index("product_id", drop=False).loc[order]
    named = records(rows.assign(
        spend=rows["spend"].mask(rows["spend_unknown"]),
        product_manager=managers.shown(alignment, rows["product_id"]).to_numpy()), (
        "name", "business_area", "strategic_role", "lifecycle_stage", "spend",
        "product_manager"), business_area="area")
    return cast(list[NamedProduct], _joined(
        read_model.products(alignment), "product_id", order, named))


def link_list(reading: Reading) -> list[NamedLink]:
    """All links between products and outcomes: the cells of the map."""
    return cast(list[NamedLink], _beside(
        read_model.links(reading.alignment),
        records(reading.alignment.links, ("product_name", "outcome_name"))))


def key_result_list(reading: Reading) -> list[NamedKeyResult]:
    """The key results in scope, of those whose titles are shown to the role."""
    rows = reading.alignment.key_results
    named = records(rows.assign(due=rows["due"].dt.strftime("%Y-%m-%d")), (
        "title", "objective_id", "objective_title", "unit", "due"), objective_title="objective")
    return [one for one in cast(list[NamedKeyResult], _beside(
        read_model.key_results(reading.alignment), named)) if one["title"] != HIDDEN]


def gap_list(reading: Reading, severity: str = "", code: str = "", product: str = "",
             outcome: str = "") -> list[ListedGap]:
    """The gaps, or those of a severity, a rule, a product (with all that belongs to it) or an
    outcome, by their ids. Raises BadFilter."""
    rows = reading.gaps.rows
    if severity and severity not in SEVERITIES:
        raise BadFilter(f"severity is one of {', '.join(SEVERITIES)}")
    if severity:
        rows = rows[rows["severity"] == severity]
    if code:
        rows = rows[rows["code"] == code.upper()]
    if product:
        rows = products.gaps_of(reading.alignment, rows, pd.Series([product], dtype="str"))
    if outcome:
        rows = rows[rows["outcome_id"] == outcome]
    return listed_gaps(reading, rows)


def listed_gaps(reading: Reading, rows: pd.DataFrame) -> list[ListedGap]:
    """Some gaps with since when they are open and what people said of them."""
    history = reading.evaluation.history
    since = {} if history is None else history.open_since
    states = {} if history is None else dict(zip(
        history.states["key"], history.states["state"], strict=True))
    return cast(list[ListedGap], _beside(read_model.gap_records(rows), [{
        "who": who, "since": since[key].isoformat() if key in since else None,
        "state": states.get(key), "page": reading.page("gaps", gap=key)}
        for key, who in zip(rows["key"], rows["who"], strict=True)]))


def pattern_list(reading: Reading) -> list[PatternRow]:
    """Rules that fire for one cause on many objects, each as one finding."""
    return [_pattern(one) for one in reading.gaps.patterns]


def _pattern(one: Pattern) -> PatternRow:
    return {"code": one.code, "count": one.count, "of": one.looked_at, "objects": one.objects,
            "severity": one.severity, "where": one.where, "systemic_step": one.systemic_step}


def _beside(of_report: Iterable[Any], named: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of the report with what is said of each besides."""
    return [{**row, **more} for row, more in zip(of_report, named, strict=True)]


def _joined(of_report: Iterable[Any], key: str, ids: Iterable[str],
            named: Iterable[Any]) -> list[dict[str, Any]]:
    """The same in another order, by their ids."""
    rows = {row[key]: row for row in of_report}
    return _beside([rows[one] for one in ids], named)
