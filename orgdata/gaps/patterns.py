"""Patterns: a rule that fires for one cause on many objects is one finding (METHOD section 6)."""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

import pandas as pd

from orgdata.formats import count, listed
from orgdata.gaps.needs import tables_of
from orgdata.gaps.rule import SEVERITIES, Found, Rule
from orgdata.measures import Alignment
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.tabular.lookup import indexed, is_in, look_up_any

LEAST = 10  # objects …
SHARE = 0.5  # … and the share of those the rule looked at
CONCENTRATED = 0.5  # a pattern concentrates in an area, owner or source that has this share of it
LOOK_FIRST = "look_first"  # in braces of a systemic step: which rows were skipped, if any
_TOLD_BY = ("severity", "evidence", "actor_names", "row", "product_id", "objective_id", "kr_id")
SOURCES = ("source", "source_ref")  # columns we do not read, except for where a row comes from


@dataclass(frozen=True)
class Pattern:
    """The gaps of a rule as one line: how many, of which objects, where, and what would help."""

    code: str
    count: int
    looked_at: int
    objects: str
    severity: str  # the gravest of its gaps
    where: str  # "most in Payments (61 of 78)", "spread over 12 business areas, …", or ""
    systemic_step: str


def pattern(rule: Rule, gaps: Found, looked_at: int, alignment: Alignment) -> Pattern | None:
    """The pattern that a rule's gaps form, if any: ten gaps, and half of what it looked at."""
    if rule.systemic_step is None or (found := len(gaps["key"])) < max(
            LEAST, SHARE * looked_at):
        return None
    rows = pd.DataFrame({name: gaps[name] for name in _TOLD_BY})
    gravest = min(rows["severity"].unique(), key=SEVERITIES.index)
    return Pattern(rule.code, found, looked_at, rule.looks_at.noun, gravest,
                   _where(rule, rows, alignment), _step(rule, rows, alignment))


def _step(rule: Rule, gaps: pd.DataFrame, alignment: Alignment) -> str:
    """The systemic step, its braces filled with the most frequent evidence of the gaps, and with
    which rows to look at first."""
    template = rule.systemic_step or ""
    names = {name for _, name, _, _ in Formatter().parse(template) if name} - {LOOK_FIRST}
    most_frequent = {
        name: pd.Series([evidence[name] for evidence in gaps["evidence"]]).mode().iloc[0]
        for name in names}
    return template.format(**most_frequent, **{LOOK_FIRST: _look_first(rule, alignment)})


def _look_first(rule: Rule, alignment: Alignment) -> str:
    """That rows which may hold what is missing were skipped; "" where none were."""
    counts = alignment.portfolio.counts
    tables = [table for table in TABLES if table in tables_of(rule.needs) and table in counts
              and counts[table].set_aside]
    where = f" Check the skipped rows of {listed(list(map(labels.table, tables)))} on Data first."
    return where if tables else ""


def areas(gaps: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """The business area of each gap, through its product, objective or key result; missing where
    it has none, or several products that share none."""
    area_of = indexed(alignment.portfolio["products"], "product_id", "business_area")
    found = look_up_any(gaps["product_id"].astype("str"), area_of)
    of_goals: tuple[tuple[Literal["objective_id", "kr_id"], pd.DataFrame], ...] = (
        ("objective_id", alignment.all_objectives[["objective_id"]]),
        ("kr_id", alignment.key_results[["kr_id", "objective_id", "own_product_id"]]))
    for column, rows in of_goals:
        ids = gaps[column].astype("str")
        if ids.isna().all():
            continue
        of_products = alignment.products_of(rows[is_in(rows[column], ids)], column)
        shared = of_products.assign(
            area=look_up_any(of_products["product_id"], area_of)).drop_duplicates(["id", "area"])
        alone = shared[~shared["id"].duplicated(keep=False)]
        found = found.fillna(look_up_any(ids, indexed(alone, "id", "area")))
    return found


def _where(rule: Rule, gaps: pd.DataFrame, alignment: Alignment) -> str:
    """Where a pattern concentrates: a business area, an owner, a source, else the largest areas.

    An owner is named as who can resolve it, without a count: people are not compared.
    """
    areas_of = areas(gaps, alignment).value_counts()
    if (area := _largest(areas_of, len(gaps))) is not None:
        return f"{_most(areas_of[area], len(gaps))} in {area}"
    owners = gaps["actor_names"].value_counts()
    if (owner := _largest(owners, len(gaps))) is not None:
        return f"most for {owner} to fix"
    sources = _sources(rule, gaps, alignment).value_counts()
    if (source := _largest(sources, len(gaps))) is not None:
        return f"{_most(sources[source], len(gaps))} from {source}"
    if not len(areas_of):
        return ""
    parts = listed([f"{area} {number:,}" for area, number in _in_order(areas_of).items()])
    return f"spread over {count(len(areas_of), 'business area')}: {parts}"


def _largest(counts: pd.Series, total: int) -> str | None:
    """The area, owner or source with most gaps, if these are enough to speak of concentration."""
    if not len(counts) or counts.max() < CONCENTRATED * total:
        return None
    return str(_in_order(counts).index[0])


def _in_order(counts: pd.Series) -> pd.Series:
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def _most(part: int, total: int) -> str:
    return f"all {total:,}" if part == total else f"most ({part:,} of {total:,})"


def _sources(rule: Rule, gaps: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """Where the rows behind the gaps come from, if a column says so and not always the same."""
    unknown = alignment.portfolio.unknown_columns.get(rule.looks_at.table, pd.DataFrame())
    for column in SOURCES:
        if column in unknown and unknown[column].nunique() > 1:
            sources = unknown[column].reindex(gaps["row"])
            return sources[sources != ""]
    return pd.Series(dtype="str")
