"""What a gap rule is, the registry of rules, and how a rule's rows become gaps.

A rule is a documented function from the rows it looks at to the rows that offend, with their
severity. Its docstring says when it fires and how grave that is, and is the documentation
everywhere; what follows from the rows it looks at is said once, by their population.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

import pandas as pd
import pyarrow as pa

from orgdata.formats import cell_texts
from orgdata.gaps.needs import NO_STORE, missing
from orgdata.gaps.offending import NothingFound, Severity
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.tabular.cells import as_text

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
IDS = ("outcome_id", "product_id", "other_product_id", "objective_id", "kr_id", "person_id",
       "dependency_id", "roadblock_id", "expectation_id", "dimension", "bucket")
COLUMNS = ("key", "code", "severity", "at_stake", "message", "next_step", "who", "actor_names",
           "table", "row", "evidence", *IDS)

NOT_JUDGED_COLUMNS = ("key", "code", *IDS, "because")

Part = tuple[str, str | None, str | None, str | None]  # of a template: text, name, format …
Found = Mapping[str, list[Any]]  # gaps of a rule: their cells by COLUMNS
NO_GAPS: Found = {name: [] for name in COLUMNS}
NotJudged = tuple[Any, ...]  # one value per column of NOT_JUDGED_COLUMNS


@dataclass(frozen=True)
class WithHistory:
    """What a rule that needs a store looks at: measures, history, and the gaps found so far."""

    alignment: Alignment
    history: History
    gaps: list[Found]


Rows = Callable[[Any], pd.DataFrame]  # from an Alignment or a WithHistory


@dataclass(frozen=True)
class Population:
    """The rows that rules look at, and what is the same for every finding about them."""

    rows: Rows
    noun: str  # as in "788 of 1,139 key results in scope"
    ids: tuple[str, ...]  # the columns that name what a finding is about: its key
    objects: tuple[str, ...]  # the columns that name the objects of a finding
    table: str  # where the rows stand
    who: str  # who can resolve a finding; braces are filled from the row
    needs: tuple[str, ...]  # without these there is nothing to look at
    recalls: bool  # whether its rows say more where there is a store


def population(noun: str, *, ids: str = "", objects: str = "", table: str, who: str = "{actor}",
               needs: str = "", recalls: bool = False) -> Callable[[Rows], Population]:
    """Turn a function that returns rows into a population. Without `objects` these are the ids; one
    that `recalls` takes a WithHistory where there is a store, else an Alignment."""
    return lambda rows: Population(rows, noun, tuple(ids.split()), tuple((objects or ids).split()),
                                   table, who, tuple(needs.split()), recalls)


@dataclass(frozen=True)
class Rule:
    """One gap rule; `finds` takes the rows it looks at, and its threshold where it has one."""

    code: str
    name: str
    question: str
    looks_at: Population
    needs: tuple[str, ...]
    message: str
    next_step: str
    systemic_step: str | None  # None: it forms no pattern
    kept_in: tuple[str, ...]  # table.column[=word] of our tables: where what settles it is kept
    evidence: tuple[str, ...]
    fires_when: str
    severity: str  # in words
    threshold: float | None
    finds: Callable[..., pd.DataFrame]
    unjudged: str | None  # what is left open where a finding is not judged, in words
    columns: frozenset[str]  # that the rows it finds must have, for keys, texts and evidence

    @property
    def needs_store(self) -> bool:
        """Whether it can be evaluated only with a store."""
        return "store" in self.needs

    @property
    def reads_history(self) -> bool:
        """Whether what it finds may be another thing with another history."""
        return self.needs_store or self.looks_at.recalls

    @property
    def family(self) -> str:
        """The letters of the code: OUT, PRD, KR, …"""
        return self.code.rstrip("0123456789")


RULES: dict[str, Rule] = {}


def rule(code: str, name: str, *, looks_at: Population, question: str, needs: str = "",
         message: str, next_step: str, systemic_step: str | None, evidence: str,
         kept_in: str = "", unjudged: str | None = None,
         ) -> Callable[[Callable[..., pd.DataFrame]], Callable[..., pd.DataFrame]]:
    """Register a function as a gap rule.

    Its docstring says when the rule fires and, in a paragraph of its own, "Severity: …". A default
    of its argument `threshold` is the rule's threshold. Texts in braces are filled from the row's
    columns. `needs` adds to those of the population. Findings of a rule without a systemic step
    (None) are never gathered into a pattern. `kept_in` names our columns for those who keep the
    data; no other text does. Rows that it finds may be `doubtful`, with rows to mend in `because`:
    these are not judged, and `unjudged` says what is left open.
    """
    def register(finds: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        if code in RULES:
            raise ValueError(f"two rules with the code {code}")
        fires_when, _, severity = inspect.cleandoc(finds.__doc__ or "").partition("\n\nSeverity: ")
        if not severity:
            raise ValueError(f"the docstring of {code} lacks its paragraph “Severity: …”")
        threshold = inspect.signature(finds).parameters.get("threshold")
        placeholders = {name for text in (message, next_step, looks_at.who)
                        for _, name, _, _ in Formatter().parse(text) if name}
        if "actor" in placeholders:
            placeholders.add("actor_names")
        RULES[code] = Rule(code, name, question, looks_at, (*looks_at.needs, *needs.split()),
                           message, next_step, systemic_step, tuple(kept_in.split()),
                           tuple(evidence.split()),
                           " ".join(fires_when.split()),
                           " ".join(severity.split()).removesuffix("."),
                           threshold.default if threshold else None, finds, unjudged, frozenset(
                               ("row", "severity", *looks_at.ids, *looks_at.objects,
                                *evidence.split(), *placeholders)))
        return finds
    return register


def evaluate(rule: Rule, alignment: Alignment, cache: dict[Rows, pd.DataFrame],
             past: WithHistory | None = None) -> tuple[Found, list[NotJudged], int] | str:
    """The gaps of one rule, what it did not judge, and how many objects it looked at, or why it was
    not evaluated.

    `cache` holds the rows of each population, so that they are made once for all rules. Raises
    LookupError when the rule needs a column that it does not get.
    """
    if rule.needs_store and past is None:
        return NO_STORE
    settings = alignment.portfolio.settings.rule(rule.code)
    if not settings.enabled:
        return "switched off"
    if reason := missing(rule.needs, alignment):
        return reason
    rows_of = rule.looks_at.rows
    if rows_of not in cache:
        # a copy stores columns of a type side by side: every filter of it takes half the time
        recalls = rule.needs_store or (rule.looks_at.recalls and past is not None)
        cache[rows_of] = rows_of(past if recalls else alignment).copy()
    rows = cache[rows_of]
    limits = () if rule.threshold is None else (
        rule.threshold if settings.threshold is None else settings.threshold,)
    try:
        offending = _offending(rule, rows, alignment, *limits)
    except NothingFound:
        return NO_GAPS, [], len(rows)
    doubtful = offending.get("doubtful")
    if doubtful is None or not doubtful.any():
        return _gaps(rule, offending), [], len(rows)
    return (_gaps(rule, offending[~doubtful]), _not_judged(rule, offending[doubtful]), len(rows))


def _offending(rule: Rule, rows: pd.DataFrame, alignment: Alignment,
               *limits: float) -> pd.DataFrame:
    """The rows that offend, with every column that the rule's texts and evidence are made of."""
    try:
        offending = rule.finds(rows, alignment, *limits)
    except KeyError as error:
        raise _missing_column(rule, str(error.args[0])) from error
    if absent := sorted(name for name in rule.columns if name not in offending.columns):
        raise _missing_column(rule, ", ".join(absent))
    return offending


def _missing_column(rule: Rule, column: str) -> LookupError:
    return LookupError(f"rule {rule.code} ({rule.name}) needs the column {column}, which is "
                       f"neither a column of the {rule.looks_at.noun} it looks at nor made by the "
                       "rule")


def _gaps(rule: Rule, rows: pd.DataFrame) -> Found:
    """What is found of the offending rows. Plain lists: a frame per rule costs more than all the
    rules together."""
    nothing = [None] * len(rows)
    ids = _objects(rule, rows)
    message, next_step, who = filled((rule.message, rule.next_step, rule.looks_at.who), rows)
    columns: dict[str, list[Any]] = {
        "key": _keys(rule, rows, [ids[name] for name in rule.looks_at.ids]),
        "code": [rule.code] * len(rows), "severity": rows["severity"].tolist(),
        "at_stake": rows["at_stake"].tolist() if "at_stake" in rows else nothing,
        "message": message, "next_step": next_step, "who": who,
        "actor_names": rows["actor_names"].tolist() if "actor_names" in rule.columns else nothing,
        "table": rows["table"].tolist() if "table" in rows else [rule.looks_at.table] * len(rows),
        "row": rows["row"].tolist(),
        "evidence": [dict(zip(rule.evidence, cells, strict=True)) for cells in
                     zip(*(_cells(rows[name]) for name in rule.evidence), strict=True)]}
    return {name: columns.get(name) or ids.get(name) or nothing for name in COLUMNS}


def _not_judged(rule: Rule, rows: pd.DataFrame) -> list[NotJudged]:
    """One tuple per row in doubt, in the order of NOT_JUDGED_COLUMNS."""
    nothing = [None] * len(rows)
    ids = _objects(rule, rows)
    keys = _keys(rule, rows, [ids[name] for name in rule.looks_at.ids])
    return list(zip(keys, [rule.code] * len(rows), *(ids.get(name, nothing) for name in IDS),
                    rows["because"].tolist(), strict=True))


def _objects(rule: Rule, rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The ids of what rows are about, by their column."""
    return {name: rows[name].to_numpy(object, na_value=None).tolist()
            for name in dict.fromkeys((*rule.looks_at.ids, *rule.looks_at.objects))}


def _cells(values: pd.Series) -> list[Any]:
    """The cells of a column; a text that stands in many of them, as a product's name, is one."""
    cells: list[Any] = values.tolist()
    if values.dtype != "str":
        return cells
    shared: dict[Any, Any] = {}
    return [shared.setdefault(cell, cell) for cell in cells]


def _keys(rule: Rule, rows: pd.DataFrame, ids: list[list[str]]) -> list[str]:
    """CODE:id or CODE:id:id; CODE:portfolio for what concerns no single object."""
    if "about" in rows:  # GOV rules are about a gap or a decision, named by its key
        return [f"{rule.code}:{about}" for about in rows["about"]]
    if not ids:
        return [f"{rule.code}:portfolio"] * len(rows)
    if "kind_of_object" in rows:  # OBJ04 counts goals of products and key results of objectives
        return [f"{rule.code}:{kind}:{next(filter(None, values))}" for kind, *values in
                zip(rows["kind_of_object"], *ids, strict=True)]
    return [":".join((rule.code, *values)) for values in zip(*ids, strict=True)]


def as_frame(gaps: Sequence[Found]) -> pd.DataFrame:
    """What several rules found as one typed frame with COLUMNS."""
    return _typed({name: [cell for found in gaps for cell in found[name]] for name in COLUMNS})


def as_not_judged(rows: list[NotJudged]) -> pd.DataFrame:
    """What was not judged as a typed frame with NOT_JUDGED_COLUMNS, by code and ids."""
    columns = zip(*sorted(rows, key=_order), strict=True) if rows else [()] * len(
        NOT_JUDGED_COLUMNS)
    return _typed(dict(zip(NOT_JUDGED_COLUMNS, columns, strict=True)))


def _typed(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    dtypes = {"at_stake": "float64", "row": "Int64", "evidence": "object", "because": "object"}
    return pd.DataFrame({
        name: pd.Series(values, dtype=dtypes[name]) if name in dtypes else as_text(
            pa.array(values, pa.large_string(), from_pandas=True))  # others are text
        for name, values in columns.items()})


def _order(row: NotJudged) -> tuple[str, ...]:
    _, code, *ids, _ = row
    return (code, *(value or "" for value in ids))


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
