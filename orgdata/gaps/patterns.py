"""Patterns: a rule that fires for one cause on many objects is one finding (METHOD section 6)."""

from dataclasses import dataclass
from string import Formatter

import pandas as pd

from orgdata.formats import count, listed
from orgdata.gaps.rule import COLUMNS, SEVERITIES, Gap, Rule
from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, look_up_any

LEAST = 10  # objects …
SHARE = 0.5  # … and the share of what the rule looked at
MOST = 0.5  # a part that holds this share of a pattern is where it concentrates
SOURCES = ("source", "source_ref")  # columns of no meaning to us that say where a row comes from


@dataclass(frozen=True)
class Pattern:
    """One line instead of hundreds: how often, of what, where, and what would mend it."""

    code: str
    count: int
    of: int
    objects: str
    severity: str  # the gravest of its gaps
    where: str  # "most in Payments (61 of 78)", "spread over 12 business areas, …", or ""
    systemic_step: str


def pattern(one: Rule, gaps: list[Gap], of: int, alignment: Alignment) -> Pattern | None:
    """The pattern that a rule's gaps form, if they do: on ten objects and half of those seen."""
    if one.systemic_step is None or len(gaps) < max(LEAST, SHARE * of):
        return None
    rows = pd.DataFrame(gaps, columns=list(COLUMNS))
    gravest = min(rows["severity"], key=SEVERITIES.index)
    return Pattern(one.code, len(gaps), of, one.looks_at.noun, gravest,
                   _where(one, rows, alignment), _step(one.systemic_step, rows))


def _step(template: str, gaps: pd.DataFrame) -> str:
    """The systemic step, its braces filled with what most of the gaps have as evidence."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    usual = {name: pd.Series([evidence[name] for evidence in gaps["evidence"]]).mode().iloc[0]
             for name in names}
    return template.format(**usual)


def areas(gaps: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """The business area of each gap, through its product, objective or key result; missing where
    it has none."""
    def product_of(column: str, rows: pd.DataFrame) -> pd.Series:
        return look_up_any(gaps[column].astype("str"), indexed(rows, column, "product_id"))

    product = gaps["product_id"].astype("str").fillna(
        product_of("objective_id", alignment.all_objectives)).fillna(
        product_of("kr_id", alignment.key_results))
    return look_up_any(product, indexed(
        alignment.portfolio["products"], "product_id", "business_area"))


def _where(one: Rule, gaps: pd.DataFrame, alignment: Alignment) -> str:
    """Where a pattern concentrates: a business area, an owner, a source, else the largest areas.

    An owner is named as the one who can mend it, without a count: people are not compared.
    """
    areas_of = areas(gaps, alignment).value_counts()
    if (area := _largest(areas_of, len(gaps))) is not None:
        return f"{_most(areas_of[area], len(gaps))} in {area}"
    owners = gaps["actor_names"].value_counts()
    if (owner := _largest(owners, len(gaps))) is not None:
        return f"most for {owner} to mend"
    sources = _sources(one, gaps, alignment).value_counts()
    if (source := _largest(sources, len(gaps))) is not None:
        return f"{_most(sources[source], len(gaps))} from {source}"
    if not len(areas_of):
        return ""
    parts = listed([f"{area} {n:,}" for area, n in _in_order(areas_of).items()])
    return f"spread over {count(len(areas_of), 'business area')}: {parts}"


def _largest(counts: pd.Series, of: int) -> str | None:
    """The part that holds most, if it holds enough."""
    return None if not len(counts) or counts.max() < MOST * of else str(_in_order(counts).index[0])


def _in_order(counts: pd.Series) -> pd.Series:
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def _most(part: int, of: int) -> str:
    return f"all {of:,}" if part == of else f"most ({part:,} of {of:,})"


def _sources(one: Rule, gaps: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """Where the rows behind the gaps come from, if a column says so and not always the same."""
    unknown = alignment.portfolio.unknown_columns.get(one.looks_at.table, pd.DataFrame())
    for column in SOURCES:
        if column in unknown and unknown[column].nunique() > 1:
            found = unknown[column].reindex(gaps["row"])
            return found[found != ""]
    return pd.Series(dtype="str")
