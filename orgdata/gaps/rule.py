"""What a gap rule is, the registry of rules, and how a rule's rows become gaps.

A rule is a documented function from the rows it looks at to the rows that offend, with their
severity. Its docstring says when it fires and how grave that is, and is the documentation
everywhere; what follows from the rows it looks at is said once, by their population.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from orgdata.formats import cell_texts
from orgdata.gaps.needs import NO_STORE, missing
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.tabular.cells import as_text
from orgdata.tabular.select import case_when, iter_rows

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
IDS = ("outcome_id", "product_id", "other_product_id", "objective_id", "kr_id", "person_id",
       "dependency_id", "roadblock_id", "dimension", "bucket")
COLUMNS = ("key", "code", "severity", "at_stake", "message", "next_step", "who", "actor_names",
           "table", "row", "evidence", *IDS)

Part = tuple[str, str | None, str | None, str | None]  # of a template: text, name, format …
Gap = tuple[Any, ...]  # one value per column of COLUMNS


@dataclass(frozen=True)
class WithHistory:
    """What a rule looks at that needs a store: measures, history, and what others found so far."""

    alignment: Alignment
    history: History
    found: list[Gap]


Rows = Callable[[Any], pd.DataFrame]  # of an Alignment, or of one WithHistory


@dataclass(frozen=True)
class Population:
    """What a rule looks at, and what holds for every finding about it."""

    rows: Rows
    noun: str  # as in "788 of 1,139 key results in scope"
    ids: tuple[str, ...]  # the columns that name what a finding is about
    table: str  # where the rows stand
    who: str  # who can mend a finding; braces are filled from the row
    needs: tuple[str, ...]  # without these there is nothing to look at


def population(noun: str, *, ids: str = "", table: str, who: str = "{actor}",
               needs: str = "") -> Callable[[Rows], Population]:
    """Make a population of the function that gives its rows."""
    return lambda rows: Population(rows, noun, tuple(ids.split()), table, who,
                                   tuple(needs.split()))


@dataclass(frozen=True)
class Rule:
    """One gap rule; `finds` gets the rows it looks at, and its threshold where it has one."""

    code: str
    name: str
    question: str
    looks_at: Population
    needs: tuple[str, ...]
    message: str
    next_step: str
    systemic_step: str | None  # None: it forms no pattern
    evidence: tuple[str, ...]
    fires_when: str
    severity: str  # in words
    threshold: float | None
    finds: Callable[..., pd.DataFrame]
    columns: frozenset[str]  # that what it finds must have, for keys, texts and evidence

    @property
    def remembers(self) -> bool:
        """Whether it can be evaluated only where a store is named."""
        return "store" in self.needs

    @property
    def family(self) -> str:
        """The letters of the code: OUT, PRD, KR, …"""
        return self.code.rstrip("0123456789")


RULES: dict[str, Rule] = {}


def rule(code: str, name: str, *, looks_at: Population, question: str, needs: str = "",
         message: str, next_step: str, systemic_step: str | None, evidence: str,
         ) -> Callable[[Callable[..., pd.DataFrame]], Callable[..., pd.DataFrame]]:
    """Register a function as a gap rule.

    Its docstring says when the rule fires and, in a paragraph of its own, "Severity: …". A default
    of its argument `threshold` is the rule's threshold. Texts in braces are filled from the row's
    columns. `needs` adds to those of the population. Findings of a rule without a systemic step
    (None) are never gathered into a pattern.
    """
    def register(finds: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        if code in RULES:
            raise ValueError(f"two rules with the code {code}")
        fires_when, _, severity = inspect.cleandoc(finds.__doc__ or "").partition("\n\nSeverity: ")
        if not severity:
            raise ValueError(f"the docstring of {code} lacks its paragraph “Severity: …”")
        asked = inspect.signature(finds).parameters.get("threshold")
        named = {name for text in (message, next_step, looks_at.who)
                 for _, name, _, _ in Formatter().parse(text) if name}
        if "actor" in named:
            named.add("actor_names")
        RULES[code] = Rule(code, name, question, looks_at, (*looks_at.needs, *needs.split()),
                           message, next_step, systemic_step, tuple(evidence.split()),
                           " ".join(fires_when.split()),
                           " ".join(severity.split()).removesuffix("."),
                           asked.default if asked else None, finds, frozenset(
                               ("row", "severity", *looks_at.ids, *evidence.split(), *named)))
        return finds
    return register


def evaluate(one: Rule, alignment: Alignment, made: dict[Rows, pd.DataFrame],
             past: WithHistory | None = None) -> tuple[list[Gap], int] | str:
    """The gaps of one rule and how many objects it looked at, or why it was not evaluated.

    `made` keeps the rows that rules look at, so that each are made once for all of them. Raises
    LookupError when the rule needs a column that it does not get.
    """
    if one.remembers and past is None:
        return NO_STORE
    settings = alignment.portfolio.settings.rule(one.code)
    if not settings.enabled:
        return "switched off"
    if reason := missing(one.needs, alignment):
        return reason
    make = one.looks_at.rows
    if make not in made:
        # a copy lays columns of a type side by side: every filter of it takes half the time
        made[make] = make(past if one.remembers else alignment).copy()
    rows = made[make]
    limits = () if one.threshold is None else (
        one.threshold if settings.threshold is None else settings.threshold,)
    found = _found(one, rows, alignment, *limits)
    return _gaps(one, found) if len(found) else [], len(rows)


def _found(one: Rule, rows: pd.DataFrame, alignment: Alignment, *limits: float) -> pd.DataFrame:
    """The rows that offend, with every column that the rule's texts and evidence are made of."""
    try:
        found = one.finds(rows, alignment, *limits)
    except KeyError as error:
        raise _lacks(one, str(error.args[0])) from error
    if absent := sorted(name for name in one.columns if name not in found.columns):
        raise _lacks(one, ", ".join(absent))
    return found


def _lacks(one: Rule, column: str) -> LookupError:
    return LookupError(f"rule {one.code} ({one.name}) needs the column {column}, which is neither "
                       f"a column of the {one.looks_at.noun} it looks at nor made by the rule")


def _gaps(one: Rule, found: pd.DataFrame) -> list[Gap]:
    """One tuple per offending row, in the order of COLUMNS. Plain lists: a frame per rule costs
    more than all the rules together."""
    nothing = [None] * len(found)
    ids = {name: found[name].to_numpy(object, na_value=None).tolist() for name in one.looks_at.ids}
    message, next_step, who = filled((one.message, one.next_step, one.looks_at.who), found)
    columns: dict[str, list[Any]] = {
        "key": _keys(one, found, list(ids.values())),
        "code": [one.code] * len(found), "severity": found["severity"].tolist(),
        "at_stake": found["at_stake"].tolist() if "at_stake" in found else nothing,
        "message": message, "next_step": next_step, "who": who,
        "actor_names": found["actor_names"].tolist() if "actor_names" in one.columns else nothing,
        "table": found["table"].tolist() if "table" in found else [one.looks_at.table] * len(found),
        "row": found["row"].tolist(),
        "evidence": [dict(zip(one.evidence, cells, strict=True)) for cells in
                     iter_rows(*(found[name] for name in one.evidence))]}
    return list(zip(*(columns.get(name) or ids.get(name) or nothing for name in COLUMNS),
                    strict=True))


def _keys(one: Rule, found: pd.DataFrame, ids: list[list[str]]) -> list[str]:
    """CODE:id or CODE:id:id; CODE:portfolio for what concerns no single object."""
    if "about" in found:  # GOV rules are about a gap or a decision, named by its key
        return [f"{one.code}:{about}" for about in found["about"]]
    if not ids:
        return [f"{one.code}:portfolio"] * len(found)
    if "kind_of_object" in found:  # OBJ04 counts goals of products and key results of objectives
        return [f"{one.code}:{kind}:{next(filter(None, values))}" for kind, *values in
                zip(found["kind_of_object"], *ids, strict=True)]
    return [":".join((one.code, *values)) for values in zip(*ids, strict=True)]


def as_frame(gaps: list[Gap]) -> pd.DataFrame:
    """Gaps as a typed frame with COLUMNS."""
    dtypes = {"at_stake": "float64", "row": "Int64", "evidence": "object"}  # others are text
    columns = zip(*gaps, strict=True) if gaps else ((),) * len(COLUMNS)
    return pd.DataFrame({
        name: pd.array(values, dtype=dtypes[name]) if name in dtypes else as_text(
            pa.array(values, pa.large_string(), from_pandas=True))
        for name, values in zip(COLUMNS, columns, strict=True)})


def filled(templates: Sequence[str], rows: pd.DataFrame) -> list[list[str]]:
    """For each template a sentence per row, its braces filled from the row's columns."""
    parsed = [list(Formatter().parse(template)) for template in templates]
    words = {name: cell_texts(rows[name]) for name in dict.fromkeys(
        name for parts in parsed for _, name, _, _ in parts if name)}
    return [_sentences(parts, words, len(rows)) for parts in parsed]


def _sentences(parts: Sequence[Part], words: Mapping[str, list[str]], count: int) -> list[str]:
    fill = "".join(text + ("{}" if name else "") for text, name, _, _ in parts).format
    cells = [words[name] for _, name, _, _ in parts if name]
    return [fill(*row) for row in zip(*cells, strict=True)] if cells else [fill()] * count


def graded(index: pd.Index, *steps: tuple[pd.Series | bool, Severity],
           otherwise: Severity) -> pd.Series:
    """Severity per row: that of the first condition that holds, else `otherwise`.

    A condition must be decided: unknown counts as not holding, so decide it before.
    """
    return case_when(index, *steps, otherwise=otherwise)
