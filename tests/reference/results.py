"""METHOD section 4: one key result, from its value to its status."""

from dataclasses import dataclass
from datetime import date

from tests.reference.loading import Row
from tests.reference.scope import TINY, World

MAINTAIN = ("at_least", "at_most", "between")


@dataclass
class Result:
    """A key result of an in-cycle objective, measured."""

    row: Row
    objective: Row
    kind: str
    baseline: float | None
    target: float | None
    value: float | None
    measurable: bool
    raw: float | None
    no_raw: str | None  # why raw is unknown
    met: bool
    start: date | None
    due: date | None
    tau: float | None
    expected: float | None
    freshness: str | None
    age: int | None
    status: str = ""
    reason: str | None = None


def check_ins(w: World, key_result: Row, *columns: str) -> list[Row]:
    """Check-ins up to the day that hold one of the columns, oldest first."""
    return sorted((c for c in w.rows["check_ins"]
                   if c["kr_id"] == key_result["kr_id"] and c["date"] <= w.as_of
                   and any(c[name] is not None for name in columns)), key=lambda c: c["date"])


def is_measurable(k: Row) -> bool:
    """Section 4, "Measurable"."""
    kind = kind_of(k)
    if kind == "between":
        return k["lower"] is not None and k["upper"] is not None and k["lower"] <= k["upper"]
    return kind in ("binary", "milestone") or k["target"] is not None


def kind_of(k: Row) -> str:
    """kr_type; blank: from target and baseline."""
    if k["kr_type"] is not None:
        return k["kr_type"]
    if k["target"] is None or k["baseline"] is None or k["target"] == k["baseline"]:
        return "unspecified"
    return "increase" if k["target"] > k["baseline"] else "decrease"


def measured(w: World, k: Row) -> Result:
    """Everything about a key result of an in-cycle objective."""
    j, kind = w.objectives[k["objective_id"]], kind_of(k)
    baseline, target = k["baseline"], k["target"]
    if kind in ("binary", "milestone"):
        baseline = 0.0 if baseline is None else baseline
        target = 1.0 if target is None else target
    with_value = check_ins(w, k, "value")
    value = with_value[-1]["value"] if with_value else k["current"]
    start = k["start_date"] or w.dates(j)[0]
    due = k["due_date"] or w.dates(j)[1]
    tau = _tau(w, start, due)
    paced = kind not in MAINTAIN and not k["is_guardrail"] and k["pace"] != "none"
    r = Result(k, j, kind, baseline, target, value, is_measurable(k), None, None, False,
               start, due, tau, None, None, None)
    r.raw, r.no_raw = _raw(r)
    r.met = _met(r)
    if paced and tau is not None:
        r.expected = tau ** 2 if k["pace"] == "back_loaded" else tau
    r.freshness, r.age = _freshness(w, r)
    r.status, r.reason = _status(w, r)
    r.reason = r.reason or r.no_raw
    return r


def _raw(r: Result) -> tuple[float | None, str | None]:
    if r.kind in MAINTAIN:
        if not r.measurable:
            return None, "no_target"
        return (None, "no_data") if r.value is None else (float(_inside(r)), None)
    for number, reason in ((r.target, "no_target"), (r.baseline, "no_baseline"),
                           (r.value, "no_data")):
        if number is None:
            return None, reason
    if r.target == r.baseline:
        return None, "zero_range"
    return (r.value - r.baseline) / (r.target - r.baseline), None


def _inside(r: Result) -> bool:
    if r.kind == "between":
        return r.row["lower"] <= r.value <= r.row["upper"]
    return r.value >= r.target if r.kind == "at_least" else r.value <= r.target


def _met(r: Result) -> bool:
    if r.kind == "unspecified" or r.value is None or not r.measurable:
        return False
    if r.kind in MAINTAIN:
        return _inside(r)
    return r.value <= r.target if r.kind == "decrease" else r.value >= r.target


def _tau(w: World, start: date | None, due: date | None) -> float | None:
    if start is None or due is None or due < start:
        return None
    if start == due:
        return 1.0 if w.as_of >= start else 0.0
    return max(0.0, min(1.0, (w.as_of - start).days / (due - start).days))


def _freshness(w: World, r: Result) -> tuple[str | None, int | None]:
    if (not w.tracked("check_ins") or (r.start and w.as_of < r.start)
            or (r.due and w.as_of > r.due) or (r.kind in ("binary", "milestone") and r.met)):
        return None, None
    cadence = cadence_of(w, r)
    latest = check_ins(w, r.row, "value", "confidence", "status")
    if not latest:
        waiting = r.start is not None and (w.as_of - r.start).days <= cadence
        return ("not_due" if waiting else "never"), None
    age = (w.as_of - latest[-1]["date"]).days
    return ("fresh" if age <= cadence + 3 else "late" if age <= 2 * cadence else "stale"), age


def cadence_of(w: World, r: Result) -> float:
    """C: its own, else its objective's cycle's, else the setting."""
    of_cycle = [c["cadence_days"] for c in w.rows["cycles"]
                if c["cycle_id"] == r.objective["cycle_id"]]
    return r.row["cadence_days"] or (of_cycle and of_cycle[0]) or w.settings.get("cadence_days", 7)


def _status(w: World, r: Result) -> tuple[str, str | None]:
    """The eleven steps; the first that applies."""
    if r.start and w.as_of < r.start:
        return "not_started", None
    if r.value is None:
        return "unknown", "no_data"
    if r.freshness in ("stale", "never"):
        return "unknown", "stale"
    if r.met:
        return "achieved", None
    past_due = r.due is not None and w.as_of > r.due
    if r.kind in MAINTAIN:
        if not r.measurable:
            return "unknown", "no_target"
        return ("missed", None) if past_due else ("off_track", "out_of_bounds")
    if r.raw is None:
        return "unknown", r.no_raw
    if r.tau is None:
        return "unknown", "no_window"
    aspirational = r.objective["ambition"] == "aspirational"
    if past_due:
        return ("achieved" if aspirational and r.raw >= 0.7 - TINY else "missed"), None
    if r.tau < 0.10 - TINY:
        return "too_early", None
    if r.expected is None:
        return "unknown", "not_paced"
    lag = (0.7 if aspirational else 1.0) * r.expected - r.raw
    return ("on_track" if lag <= 0.10 + TINY else
            "needs_attention" if lag <= 0.25 + TINY else "off_track"), None
