"""What people said and what changed, as lists for other programs; and one gap with its reasons."""

from datetime import date, datetime
from typing import Any, TypedDict, cast

from orgdata import formats
from orgdata.api.lists import BadFilter, ListedGap, listed_gaps
from orgdata.api.reading import Reading
from orgdata.docs import catalogue
from orgdata.gaps import RULES
from orgdata.model.history import StoreError
from orgdata.store import Decision, GapChange, KeptScenario, Snapshot
from orgdata.views.explain import explain


class NotThere(Exception):
    """Nothing of that name is there, or not for who asks: which of both is not said."""


class Change(TypedDict):
    """The change of one object since an earlier snapshot. `of`: what it is (product, link, gap …);
    `id`: its ids, with a space between."""

    of: str
    what: str
    id: str
    name: str
    before: str | float | bool | None
    after: str | float | bool | None
    note: str


class SaidOfGap(TypedDict):
    """A state that somebody gave a gap."""

    state: str
    by: str
    at: str
    owner: str | None
    due: str | None
    until: str | None
    reason: str | None


class ExplainedGap(TypedDict):
    """A gap with the question it answers, what made its rule fire, and all that was said of it."""

    gap: ListedGap
    question: str
    evidence: list[str]
    formula: str
    threshold: float | None
    history: list[SaidOfGap]


class DecisionRow(TypedDict):
    """A decision or a to-do."""

    id: int | None
    kind: str
    text: str
    owner: str | None
    due: str | None
    made_on: str
    by: str
    gap_key: str | None
    done_on: str | None
    withdrawn: str | None


class SnapshotRow(TypedDict):
    """A portfolio as it was kept on a day. `closed_at`: when its review was closed."""

    id: int
    day: str
    taken_at: str
    method: str
    label: str | None
    closed_at: str | None
    withdrawn: str | None
    fingerprint: str


class ScenarioRow(TypedDict):
    """Changes that are tried. `scenario`: by which it is asked for."""

    scenario: str
    name: str
    changes: int
    by: str
    at: str


class RuleRow(TypedDict):
    """A rule, and how it is set here. `not_evaluated_because`: None where it was evaluated."""

    code: str
    name: str
    question: str
    fires_when: str
    severity: str
    needs: list[str]
    next_step: str
    kept_in: list[str]
    looks_at: str
    threshold: float | None
    enabled: bool
    not_evaluated_because: str | None


def change_list(reading: Reading, since: str = "") -> list[Change]:
    """What changed since a snapshot (its number, or the last one up to a day), else since the last
    closed review. Raises BadFilter, and NotThere where there is none."""
    try:
        earlier = reading.earlier(_since(since))
    except StoreError as error:
        raise NotThere(str(error)) from None
    if earlier is None:
        raise NotThere("there is no earlier snapshot of this source")
    changes = reading.compared_with(earlier)
    return [{"of": row.object_type, "what": row.kind, "id": " ".join(row.ids), "name": row.name,
             "before": _plain(row.before), "after": _plain(row.after), "note": row.note}
            for row in changes.rows]


def explained_gap(reading: Reading, key: str) -> ExplainedGap:
    """One gap with its evidence, the formula, and all that was said of it. Raises NotThere."""
    rows = reading.gaps.rows[reading.gaps.rows["key"] == key]
    if not len(rows):
        raise NotThere("there is no such gap on this day, or it is not for you")
    (one,) = listed_gaps(reading, rows)
    rule = RULES[one["code"]]
    set_to = reading.alignment.portfolio.settings.rule(rule.code).threshold
    explanation = explain(key, reading.alignment, reading.gaps)
    return {"gap": one, "question": rule.question, "evidence": explanation.lines[1:-1],
            "formula": rule.fires_when, "threshold": rule.threshold if set_to is None else set_to,
            "history": [_said(entry) for entry in reading.log_of(key)]}


def decision_list(reading: Reading) -> list[DecisionRow]:
    """Decisions and to-dos, oldest first."""
    return [_decision(one) for one in reading.evaluation.decisions]


def snapshot_list(reading: Reading) -> list[SnapshotRow]:
    """The snapshots up to the day, oldest first."""
    return [_snapshot(one) for one in reading.evaluation.known.snapshots]


def scenario_list(reading: Reading) -> list[ScenarioRow]:
    """The scenarios of the source, oldest change first."""
    return [_scenario(one) for one in reading.scenarios()]


def rule_list(reading: Reading) -> list[RuleRow]:
    """All rules, as they are set here, and why one was not evaluated."""
    settings, skipped = reading.alignment.portfolio.settings, reading.gaps.not_evaluated
    rows = []
    for rule in catalogue.rules():
        code, here = rule["code"], settings.rule(rule["code"])
        standard = rule.pop("thresholds").get("threshold")
        rows.append(rule | {"threshold": standard if here.threshold is None else here.threshold,
                            "enabled": here.enabled, "not_evaluated_because": skipped.get(code)})
    return cast(list[RuleRow], rows)


def _since(written: str) -> int | date | None:
    text = written.removeprefix("snapshot:")
    if text.isascii() and text.isdecimal() and len(text) < 8:
        return int(text)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadFilter("since is the number of a snapshot or YYYY-MM-DD") from None


def _said(one: GapChange) -> SaidOfGap:
    return {"state": one.state, "by": one.author, "at": _moment(one.at), "owner": one.owner,
            "due": _day(one.due), "until": _day(one.until), "reason": one.reason}


def _decision(one: Decision) -> DecisionRow:
    return {"id": one.id, "kind": one.kind, "text": one.text, "owner": one.owner,
            "due": _day(one.due), "made_on": one.made_on.isoformat(), "by": one.author,
            "gap_key": one.gap_key, "done_on": _day(one.done_on), "withdrawn": one.withdrawn}


def _snapshot(one: Snapshot) -> SnapshotRow:
    return {"id": one.id, "day": one.day.isoformat(), "taken_at": _moment(one.taken_at),
            "method": one.method, "label": one.label,
            "closed_at": _moment(one.closed_at) if one.closed_at else None,
            "withdrawn": one.withdrawn,
            "fingerprint": one.fingerprint}


def _scenario(one: KeptScenario) -> ScenarioRow:
    return {"scenario": one.token, "name": one.scenario.name, "changes": len(one.scenario.steps),
            "by": one.by, "at": _moment(one.at)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _plain(value: Any) -> str | float | bool | None:
    if formats.is_unknown(value):
        return None
    return value.isoformat() if isinstance(value, date) else value
