"""The whole answer, in the shape of INTERFACES.md, `report --format json`."""

from collections import Counter
from datetime import date

from tests.reference.links import UNLINKED, Links
from tests.reference.loading import Text, load
from tests.reference.rules import SEVERITIES, find
from tests.reference.scope import World
from tests.reference.work import Work


def answer(tables: Text, settings: dict, as_of: date) -> dict:
    """What the report must say of these tables on that day; `tables` of `check` beside it."""
    loaded = load(tables, settings)
    w = World(loaded, settings, as_of)
    links = Links(w)
    gaps, patterns, not_evaluated, not_judged = find(links)
    future = [("information", "check_ins", c["row"], "date", "future_date")
              for c in w.rows["check_ins"] if c["date"] > as_of]
    known = links.has_money and "contributions" not in w.lost
    return {
        "headlines": {**_headlines(links), "gaps": {
            severity: Counter(gap["severity"] for gap in gaps)[severity]
            for severity in SEVERITIES}},
        "money": {"unit": links.unit, "currency": settings.get("currency")},
        "outcomes": [{"outcome_id": o, "coverage": links.coverage(o), "weight": weight,
                      "spend_share": links.spend_share(o)} for o, weight in w.weight.items()],
        "products": [{
            "product_id": p["product_id"], "aligned": links.aligned(p),
            "checks": {name: {"passes": True, "fails": False}.get(result)
                       for name, result in links.results(p).items()},
            "unknown_checks": [name for name, result in links.results(p).items()
                               if result in ("doubtful", "lost")]} for p in w.managed],
        "links": [{"product_id": p, "outcome_id": o, "state": state,
                   "strength": links.strength[p, o], "spend": links.flow.get((p, o), 0.0) if known else None}
                  for (p, o), state in links.state.items()],
        "key_results": [{"kr_id": r.row["kr_id"], "value": r.value, "progress": r.raw,
                         "expected": r.expected, "status": r.status, "reason": r.reason,
                         "freshness": r.freshness} for r in links.in_scope],
        **_work(w),
        "gaps": [{name: value for name, value in gap.items() if name != "because"} for gap in gaps],
        "patterns": patterns, "not_evaluated": not_evaluated,
        "not_judged": [{"code": gap["code"], "objects": gap["objects"], "because": gap["because"]}
                       for gap in not_judged],
        "problems": loaded.problems + future,
        "tables": {name: {"read": read, "loaded": kept, "set_aside": read - kept}
                   for name, (read, kept) in loaded.counts.items()},
    }


def _work(w: World) -> dict:
    if not w.tracked("work"):
        return {}
    work = Work(w, 84)
    return {"work": {"window_days": 84, "portfolio": work.shares(), "products": [
        {"product_id": p["product_id"], **work.shares(p["product_id"]),
         "items": work.items(p["product_id"])}
        for p in w.managed if work.items(p["product_id"])]}}


def _headlines(links: Links) -> dict:
    w = links.w
    aligned = [links.aligned(p) for p in w.managed]
    worth = {"covered": 1.0, "thin": 0.5}
    flows = links.on and links.total and "contributions" not in w.lost
    linked = sum(m for (_, o), m in links.flow.items() if o != UNLINKED)
    proven = sum(m for cell, m in links.flow.items() if links.state.get(cell) == "proven")
    apart = [abs(weight - (links.spend_share(o) or 0.0)) for o, weight in w.weight.items()]
    return {
        "managed_products": len(w.managed),
        "aligned_products": aligned.count(True) if links.proof else None,
        "assessed_products": len(aligned) - aligned.count(None),
        "passing_products": sum(map(links.passing, w.managed)),
        "checkable_products": sum(map(links.checkable, w.managed)),
        "checks_made": links.checks_made(),
        "outcome_coverage_pct": 100 * sum(
            weight * worth.get(links.coverage(o), 0.0) for o, weight in w.weight.items())
            if links.on and links.proof else None,
        "aligned_spend_pct": 100 * proven / links.total if flows and links.proof else None,
        "linked_spend_pct": 100 * linked / links.total if flows else None,
        "strategy_spend_fit_pct":
            100 * (1 - (sum(apart) + abs(links.spend_share(UNLINKED))) / 2)
            if flows and w.stated else None,
    }
