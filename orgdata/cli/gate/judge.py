"""What a check found of a source, against what a base has, and whether the gate closes for it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.api.answers import problem_records, records
from orgdata.changes import Changes, compare
from orgdata.changes.gaps import changed_gaps
from orgdata.cli.arguments import Gate
from orgdata.cli.gate.finding import Finding, State
from orgdata.cli.gate.places import Places
from orgdata.evaluation import Evaluation
from orgdata.gaps import RULES
from orgdata.model.accepted import Accepted
from orgdata.model.problems import CODES, join_problems
from orgdata.validate import future_check_ins

_GRAVE: Mapping[str, tuple[str, ...]] = {"critical": ("critical",), "high": ("critical", "high")}
_STATES: Mapping[str, State] = {"new": "new", "worse": "worse", "now_judged": "judged"}


@dataclass(frozen=True)
class Base:
    """The other side: a commit, and what it holds of the source; None where it holds nothing."""

    ref: str
    commit: str
    evaluation: Evaluation | None


@dataclass(frozen=True)
class Checked:
    """Everything that was found, in order: problems, then gaps by severity."""

    gate: Gate | None
    base: Base | None
    evaluation: Evaluation
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]
    changes: Changes | None
    names: bool = True  # whether texts of the data may be printed

    @property
    def day(self) -> date:
        """The day it was measured on."""
        day: date = self.evaluation.alignment.as_of.date()
        return day

    @property
    def counting(self) -> list[Finding]:
        """What the gate closes for."""
        return [finding for finding in self.findings if finding.counts]

    @property
    def shown(self) -> list[Finding]:
        """What is listed one by one."""
        return [finding for finding in self.findings if finding.is_shown]


def problems_of(evaluation: Evaluation) -> pd.DataFrame:
    """Every problem of the data, those that depend on the day among them."""
    alignment = evaluation.alignment
    return join_problems([alignment.portfolio.problems,
                          future_check_ins(alignment.portfolio, alignment.as_of)])


def without_texts(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems without texts and values of the data."""
    return problems.assign(value=None, message=[
        _without_names(problem) for problem in problem_records(problems)])


def judge(evaluation: Evaluation, places: Places, gate: Gate | None, base: Base | None,
          names: bool = True) -> Checked:
    """Lay a base and the accepted gaps beside what was found. Without `names` no text or value of
    the data is in it, and no id of a person."""
    before = base.evaluation if base else None
    changes = None if before is None else compare(
        before.alignment, before.gaps, evaluation.alignment, evaluation.gaps,
        (before.method, evaluation.method))
    key_of = _shown_key if names else _hidden_keys(evaluation)
    problems = _problems(evaluation, places, gate, base, names)
    gaps = _gaps(evaluation, places, gate, base, names, key_of)
    return Checked(gate, base, evaluation, (*problems, *gaps),
                   tuple(_remarks(evaluation, base, key_of)), changes, names)


def _shown_key(key: str, person: bool) -> str:
    return key


def _hidden_keys(evaluation: Evaluation) -> Callable[[str, bool], str]:
    """The keys of gaps without ids of persons: in place of each how many of its rule came before.
    A hash of the id would be the same wherever that is, so that ids could be tried out."""
    rows = evaluation.gaps.rows
    hidden, count = {}, Counter[str]()
    for key in rows["key"][rows["person_id"].notna()]:
        code = key.partition(":")[0]
        count[code] += 1
        hidden[key] = f"{code}:person-{count[code]}"
    return lambda key, person: hidden.get(key, f"{key.partition(':')[0]}:…") if person else key


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:40]


# -- problems --------------------------------------------------------------------------------------

def _kinds(problem: Mapping[str, Any]) -> tuple[object, ...]:
    """What makes two problems the same, whatever the row: rows are moved."""
    return tuple(problem[name] for name in ("level", "table", "column", "value", "code"))


def _problems(evaluation: Evaluation, places: Places, gate: Gate | None, base: Base | None,
              names: bool) -> Iterator[Finding]:
    before = Counter(map(_kinds, problem_records(problems_of(base.evaluation)))
                     ) if base and base.evaluation else Counter()
    seen, listed = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for problem in problem_records(problems_of(evaluation)):
        kind, code, table = _kinds(problem), problem["code"], problem["table"]
        seen[kind] += 1
        state: State = "found" if base is None else (
            "new" if seen[kind] > before[kind] else "known")
        counts = problem["level"] == "error" and gate != "none" and (
            gate != "new" or state == "new")
        place = places.of(table, problem["row"], problem["column"] or "")
        text = problem["message"] if names else _without_names(problem)
        told = kind if names else (problem["level"], table, problem["column"], code)
        listed[told] += 1
        yield Finding(_hash(*told, listed[told]), code, CODES[code], problem["level"], state,
                      counts, text, "", place, False)


def _without_names(problem: Mapping[str, Any]) -> str:
    where = ", ".join(filter(None, (
        problem["table"], f"row {problem['row']}" if problem["row"] else "", problem["column"])))
    return f"{where}: {CODES[problem['code']]}"


# -- gaps ------------------------------------------------------------------------------------------

def _gaps(evaluation: Evaluation, places: Places, gate: Gate | None, base: Base | None,
          names: bool, key_of: Callable[[str, bool], str]) -> Iterator[Finding]:
    states = _states(evaluation, base)
    accepted, day = evaluation.alignment.portfolio.settings.accept, evaluation.alignment.as_of
    for gap in records(evaluation.gaps.rows, (
            "key", "code", "severity", "table", "row", "message", "next_step", "person_id")):
        rule, key = RULES[gap["code"]], gap["key"]
        entry = accepted.get(key)
        state = _state(entry, day.date(), states.get(key, "known" if base else "found"))
        kept_in = next((one.partition("=")[0].partition(".")[2] for one in rule.kept_in
                        if one.startswith(f"{gap['table']}.")), "")
        yield Finding(
            key_of(key, gap["person_id"] is not None), gap["code"], rule.name, gap["severity"],
            state, _counts(gate, state, gap["severity"]),
            gap["message"] if names else f"{rule.name}: {rule.question}",
            gap["next_step"] if names else "",
            places.of(gap["table"], gap["row"], kept_in), True,
            entry if names or entry is None else replace(entry, reason="for a reason"))


def _states(evaluation: Evaluation, base: Base | None) -> Mapping[str, State]:
    """What became of each gap that the base lacks, or has less grave."""
    if base is None:
        return {}
    before = base.evaluation
    if before is None:
        return dict.fromkeys(evaluation.gaps.rows["key"], "new")
    changed = changed_gaps(before.gaps, evaluation.gaps, before.alignment, evaluation.alignment)
    return {key: _STATES[kind] for key, kind in zip(changed["key"], changed["kind"], strict=True)
            if kind in _STATES}


def _state(entry: Accepted | None, day: date, state: State) -> State:
    if entry is None:
        return state
    return "accepted" if entry.holds_on(day) else "lapsed"


def _counts(gate: Gate | None, state: State, severity: str) -> bool:
    if state == "accepted" or gate in (None, "none", "problems"):
        return False
    return state in ("new", "worse", "lapsed") if gate == "new" else severity in _GRAVE[gate]


# -- remarks ---------------------------------------------------------------------------------------

def _remarks(evaluation: Evaluation, base: Base | None,
             key_of: Callable[[str, bool], str]) -> Iterator[str]:
    gaps, settings = evaluation.gaps, evaluation.alignment.portfolio.settings
    day = evaluation.alignment.as_of
    if base and base.evaluation is None:
        yield f"{base.ref} does not hold the source: all of it is new"
    persons = dict(zip(gaps.rows["key"], gaps.rows["person_id"].notna(), strict=True))
    open_ = set(gaps.not_judged["key"])
    for key, entry in settings.accept.items():
        code = key.partition(":")[0]
        said = key_of(key, persons.get(key, True))
        if key in persons:
            if not entry.holds_on(day.date()):
                yield (f"{said} was accepted until {formats.day(entry.until)}, which is past: it "
                       "counts again")
        elif code not in RULES:
            yield f"the settings accept {said}, but no rule is called {formats.clipped(code, 20)}"
        elif code in gaps.not_evaluated or key in open_:
            yield f"the settings accept {said}, which cannot be judged now"
        else:
            yield f"the settings accept {said}, which is no gap on {formats.day(day)}"
