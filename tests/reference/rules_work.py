"""METHOD section 6, the rules about objectives, key results and progress."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from tests.reference import gap as seen
from tests.reference.gap import Because, Gap, because_lost, gap, if_else, objective_stake, rule
from tests.reference.layout import BETWEEN, OFF_TRACK, ON_TRACK
from tests.reference.links import Links
from tests.reference.loading import Row
from tests.reference.reading import normalised
from tests.reference.results import Result, cadence_of, check_ins
from tests.reference.scope import TINY


def _objective(links: Links, code: str, j: Row, severity: str,
               because: Because = frozenset()) -> Gap:
    return gap(code, j["objective_id"], severity=severity, at_stake=objective_stake(links, j),
               objective_id=j["objective_id"], because=because)


def _of(links: Links, j: Row, *facts: str) -> Because:
    """The rows that may hold one of these facts of an objective."""
    return {row for fact in facts
            for row in links.doubt.because(fact, "objective_id", j["objective_id"])}


def _committed(j: Row) -> bool:
    return j["ambition"] == "committed"


@rule(f"outcome objectives {seen.A_PRODUCT} outcomes", of=seen.objectives)
def obj01(links: Links, _: None) -> Iterator[Gap]:
    for j in links.w.in_cycle:
        over = j["exempt_until"] is not None and j["exempt_until"] < links.w.as_of
        if (links.w.products_of[j["objective_id"]] and not links.w.sight[j["objective_id"]]
                and (j["exempt_reason"] is None or over)):
            large = j["effort_pct"] is not None and j["effort_pct"] >= 30
            yield _objective(links, "OBJ01", j, if_else(large, "high", "medium"),
                             _of(links, j, "sight"))


@rule("objectives.outcome_id|objectives.parent_objective_id|objective_outcomes",
      of=seen.objectives)
def obj02(links: Links, _: None) -> Iterator[Gap]:
    w = links.w
    for j in w.in_cycle:
        known = w.named_outcomes(j) & {o["outcome_id"] for o in w.rows["outcomes"]}
        past = known and not known & set(w.weight)
        parent = w.objectives.get(j["parent_objective_id"])
        if past or (parent is not None and not w.is_in_cycle(parent)):
            undated = not past and w.is_undated(parent)
            yield _objective(links, "OBJ02", j, "medium",
                             {("objectives", parent["row"])} if undated else set())


@rule("objectives key_results", of=seen.objectives)
def obj03(links: Links, _: None) -> Iterator[Gap]:
    parents = {j["parent_objective_id"] for j in links.w.rows["objectives"]}
    for j in links.w.in_cycle:
        if j["objective_id"] not in links.results_of and j["objective_id"] not in parents:
            yield _objective(links, "OBJ03", j, if_else(_committed(j), "high", "medium"),
                             _of(links, j, "key_result", "child"))


@rule("objectives", threshold=3, of=lambda links: seen.managed(links) + seen.objectives(links))
def obj04(links: Links, threshold: float) -> Iterator[Gap]:
    for p, objectives in links.w.of_product.items():
        if len(objectives) > threshold:
            yield gap("OBJ04", "product", p, at_stake=links.stake[p], product_id=p,
                      severity=if_else(len(objectives) > 5, "medium", "low"))
    for j in links.w.in_cycle:
        if len(links.results_of.get(j["objective_id"], ())) > 5:
            yield gap("OBJ04", "objective", j["objective_id"], severity="low",
                      at_stake=objective_stake(links, j), objective_id=j["objective_id"])


@rule("objectives key_results", of=seen.objectives)
def obj05(links: Links, _: None) -> Iterator[Gap]:
    tagged = links.w.tracked("key_results", "result_kind")
    for j in links.w.in_cycle:
        ours = links.results_of.get(j["objective_id"], [])
        if ours and all(k["result_kind"] == "output" if tagged
                        else k["kr_type"] in ("binary", "milestone") for k in ours):
            yield _objective(links, "OBJ05", j, if_else(tagged, "medium", "low"),
                             _of(links, j, "key_result"))


@rule("objectives objective_outcomes", threshold=4, of=seen.objectives)
def obj06(links: Links, threshold: float) -> Iterator[Gap]:
    for j in links.w.in_cycle:
        if len(links.w.named_outcomes(j) & set(links.w.weight)) >= threshold:
            yield _objective(links, "OBJ06", j, "low")


@rule("objectives.cycle_id cycles", of=seen.objectives)
def obj07(links: Links, _: None) -> Iterator[Gap]:
    cycles = {c["cycle_id"]: c for c in links.w.rows["cycles"]}
    for j in links.w.in_cycle:
        cycle = cycles.get(j["cycle_id"])
        if cycle is not None and (
                (j["start_date"] is not None and j["start_date"] < cycle["start_date"])
                or (j["end_date"] is not None and j["end_date"] > cycle["end_date"])):
            yield _objective(links, "OBJ07", j, "low")


def _result(links: Links, code: str, r: Result, severity: str,
            because: Because = frozenset()) -> Gap:
    return gap(code, r.row["kr_id"], severity=severity, kr_id=r.row["kr_id"],
               at_stake=objective_stake(links, r.objective), because=because)


@rule("objectives key_results", of=seen.results)
def kr01(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        if not r.measurable or r.due is None:
            only = len(links.results_of[r.row["objective_id"]]) == 1
            yield _result(links, "KR01", r, if_else(only, "high", "medium"),
                          because_lost("key_results", r.row, *_lacking(r)))


def _lacking(r: Result) -> list[str]:
    """The cells that a key result lacks to be measured; bounds in the wrong order are both wrong."""
    lacking = ["due_date"] if r.due is None else []
    if r.measurable:
        return lacking
    if r.kind != "between":
        return [*lacking, "target"]
    blank = [name for name in ("lower", "upper") if r.row[name] is None]
    return [*lacking, *(blank or ("lower", "upper"))]


@rule("objectives key_results key_results.baseline", of=seen.results)
def kr02(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        if (r.kind in ("increase", "decrease", "unspecified") and r.target is not None
                and r.baseline is None):
            yield _result(links, "KR02", r, "medium",
                          because_lost("key_results", r.row, "baseline"))


@rule("objectives key_results", of=seen.results)
def kr03(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        k = r.row
        both = r.target is not None and r.baseline is not None
        if any((
            both and r.target == r.baseline and r.kind not in ("at_least", "at_most", "between"),
            both and r.kind == "increase" and r.target < r.baseline,
            both and r.kind == "decrease" and r.target > r.baseline,
            k["lower"] is not None and k["upper"] is not None and k["lower"] > k["upper"],
            k["weight"] is not None and k["weight"] <= 0,
            r.start is not None and r.due is not None and r.due < r.start,
        )):
            yield _result(links, "KR03", r, "medium")


def _sees_tier1(links: Links, j: Row) -> bool:
    return bool(links.w.sight[j["objective_id"]] & links.w.tier1)


@rule("objectives key_results", of=seen.results)
def prg01(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        if r.status not in ("needs_attention", "off_track"):
            continue
        off, committed = r.status == "off_track", _committed(r.objective)
        late = r.tau is not None and r.tau >= 0.75 - TINY
        if committed and off:
            severity = if_else(_sees_tier1(links, r.objective) and late, "critical", "high")
        else:
            severity = if_else(off or committed, "medium", "low")
        yield _result(links, "PRG01", r, severity)


@rule("objectives key_results check_ins", of=seen.results)
def prg02(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        if r.freshness in ("stale", "never"):
            long_ago = r.age is None or r.age > 4 * cadence_of(links.w, r)
            serious = long_ago and _sees_tier1(links, r.objective)
            yield _result(links, "PRG02", r, if_else(serious, "high", "medium"),
                          links.doubt.because("check_in", "kr_id", r.row["kr_id"]))


@rule("objectives key_results check_ins.status|check_ins.confidence|key_results.status|key_results.confidence",
      of=seen.results)
def prg03(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        latest = (check_ins(links.w, r.row, "value", "confidence", "status") or [{}])[-1]
        unclear = links.w.loaded.unclear  # of such a column nobody knows what it says
        said = _said((latest.get("status"), r.row["status"]), (
            None if "check_ins.confidence" in unclear else latest.get("confidence"),
            None if "key_results.confidence" in unclear else r.row["confidence"]))
        if said == "on" and r.status in ("off_track", "missed"):
            yield _result(links, "PRG03", r, if_else(_committed(r.objective), "high", "medium"))
        elif said == "off" and r.status in ("on_track", "achieved"):
            yield _result(links, "PRG03", r, "low")


def _said(words: tuple, confidences: tuple) -> str | None:
    """on, off, between or nothing: the first known word, else the first confidence."""
    for word in words:
        for meaning, known in (("on", ON_TRACK), ("off", OFF_TRACK), ("between", BETWEEN)):
            if word is not None and normalised(word) in known:
                return meaning
    for confidence in confidences:
        if confidence is not None:
            return "on" if confidence >= 7 else "off" if confidence <= 3 else None
    return None


@rule("objectives key_results check_ins.value", threshold=0.01, of=seen.results)
def prg04(links: Links, threshold: float) -> Iterator[Gap]:
    for r in links.in_scope:
        last = [c["value"] for c in check_ins(links.w, r.row, "value")][-3:]
        if (r.kind not in ("increase", "decrease") or r.met or len(last) < 3 or r.target is None
                or r.baseline is None or r.target == r.baseline):
            continue
        steps = [abs((two - one) / (r.target - r.baseline))
                 for one, two in pairwise(last)]
        if max(steps) < threshold - TINY:
            yield _result(links, "PRG04", r, if_else(_committed(r.objective), "medium", "low"))


@rule("objectives key_results check_ins.confidence", threshold=2, of=seen.results)
def prg05(links: Links, threshold: float) -> Iterator[Gap]:
    for r in links.in_scope:
        last = [c["confidence"] for c in check_ins(links.w, r.row, "confidence")][-3:]
        steep = len(last) >= 2 and last[-2] - last[-1] >= threshold - TINY
        if steep or (len(last) == 3 and last[0] > last[1] > last[2]):
            yield _result(links, "PRG05", r, if_else(_committed(r.objective), "medium", "low"))


@rule("objectives key_results key_results.is_guardrail", of=seen.results)
def prg06(links: Links, _: None) -> Iterator[Gap]:
    for r in links.in_scope:
        if (r.row["is_guardrail"] and r.measurable and r.value is not None and not r.met
                and r.kind != "unspecified"):
            fine = any(other.objective is r.objective and other is not r
                       and other.status in ("on_track", "achieved") for other in links.in_scope)
            yield _result(links, "PRG06", r, if_else(fine, "high", "medium"))


def _ungraded(links: Links) -> list[Row]:
    return [j for j in links.w.rows["objectives"]
            if links.w.is_open(j["status"]) and links.w.of_active_product(j)]


@rule("ends", threshold=7, of=lambda links: len(_ungraded(links)))
def prg07(links: Links, threshold: float) -> Iterator[Gap]:
    for j in _ungraded(links):
        _, end = links.w.dates(j)
        if (end is not None and j["grade"] is None
                and end < links.w.as_of - timedelta(threshold)):
            yield _objective(links, "PRG07", j, if_else(_committed(j), "high", "medium"))
