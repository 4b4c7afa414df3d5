"""A gap explained: what it asks, when its rule fires, the values that made it fire, what to do."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES
from orgdata.gaps.rule import Rule
from orgdata.measures import Alignment
from orgdata.model import labels
from orgdata.model.schema import COLUMN_NAMES as COLUMNS
from orgdata.model.schema import TABLES
from orgdata.views.explain import corrected
from orgdata.views.explain.evidence import STATES, is_share, threshold, words
from orgdata.views.explain.explanation import Fact, GapExplanation, fact
from orgdata.views.explain.key_results import key_result
from orgdata.views.explain.outcomes import outcome
from orgdata.views.vocabulary import COVERAGE, FRESHNESS, LINK, STATUS, part


def gap(row: pd.Series, alignment: Alignment) -> GapExplanation:
    """What a gap asks, when its rule fires, the values that made it fire, and what to do."""
    rule = RULES[row["code"]]
    return GapExplanation(rule.question, row["message"], (
        fact("evidence", row["key"], "{evidence}.",
             evidence=formats.sentence_case(evidence(row, alignment))),
        *_object(rule, row, alignment), _severity(rule, row), _fires_when(rule, alignment),
        *corrected.of_gap(alignment, row)),
        row["who"], row["next_step"], _kept_in(rule, row))


def _kept_in(rule: Rule, row: pd.Series) -> str:
    """Where what settles a gap is kept, and the row it is about; "" where nowhere in the data."""
    if rule.family == "GOV":  # it is about another gap, or about a decision
        about_code = str(row["evidence"]["about"]).partition(":")[0]
        rule = RULES.get(about_code, rule)
    if not rule.kept_in:
        return ""
    about = f"; this gap is about {row['table']}, row {row['row']:,}" if pd.notna(
        row["row"]) else ""
    return f"{labels.place(rule.kept_in)}{about}"


def _fires_when(rule: Rule, alignment: Alignment) -> Fact:
    setting = alignment.portfolio.settings.rule(rule.code).threshold
    limit = rule.threshold if setting is None else setting
    if limit is None:
        return fact("rule", rule.code, "Why this was flagged: {when}", when=rule.fires_when)
    return fact("rule", rule.code, "Why this was flagged: {when} The threshold is {limit}.",
                when=rule.fires_when, limit=threshold(rule.code, limit))


def _severity(rule: Rule, row: pd.Series) -> Fact:
    if rule.severity == row["severity"]:
        return fact("severity", row["severity"], "Severity {severity}, always.",
                    severity=row["severity"])
    return fact("severity", row["severity"], "Severity {severity}, by the rule: {rule}.",
                severity=row["severity"], rule=rule.severity)


def _object(rule: Rule, row: pd.Series, alignment: Alignment) -> tuple[Fact, ...]:
    """The facts of the key result or the outcome that the gap is about."""
    results, outcomes = alignment.key_results, alignment.outcomes
    if rule.looks_at.ids == ("kr_id",):
        return key_result(results[results["kr_id"] == row["kr_id"]].iloc[0], alignment).facts
    if rule.looks_at.ids == ("outcome_id",):
        return outcome(outcomes[outcomes["outcome_id"] == row["outcome_id"]].iloc[0],
                       alignment).facts
    return ()


def evidence(row: pd.Series | Mapping[str, Any], alignment: Alignment) -> str:
    """The values that made a gap's rule fire."""
    table = RULES[row["code"]].looks_at.table
    found = dict(row["evidence"])
    if table == "outcomes" and not alignment.basis.stated_weights:
        found.pop("weight", None)  # all weigh the same, which nobody said
    found.pop("kind_of_object", None)  # its name says so
    values = " · ".join(_evidence(name, value, table) for name, value in found.items()
                       if (name, value) != ("bar", 1))  # all of what is expected is asked for
    return values


def _evidence(name: str, value: object, table: str) -> str:
    """One value that made a rule fire, in words; a blank cell is called blank."""
    if formats.is_unknown(value):
        columns = [field.name for field in TABLES[table].fields] if table in TABLES else []
        return f"{words(name)}: {'blank' if name in columns else formats.UNKNOWN}"
    if name == "apart":
        apart = 100 * float(str(value))
        return f"{words(name)}: {'−' if apart < 0 else '+'}{formats.points(apart)}"
    if name.endswith("_pct") and name not in COLUMNS:
        return f"{words(name)}: {formats.percent(float(str(value)), decimals=1)}"
    if is_share(name, table):
        return f"{words(name)}: {part(float(str(value)))}"
    if value is True:
        return words(name)
    text = formats.cell_text(value)
    if name in STATES:
        known = {"coverage": COVERAGE, "state": LINK, "freshness": FRESHNESS}.get(name, STATUS)
        text = known[text].label if text in known else text.replace("_", " ")
    return f"{words(name)}: {text}"
