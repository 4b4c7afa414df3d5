"""Editions for tests: the demo with its weeks, a tiny one, and one with hostile names."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from orgdata.changes import compare
from orgdata.demo import DEMO
from orgdata.demo.weeks import DAYS, week
from orgdata.evaluation import Known, judge
from orgdata.exports.edition import Edition
from orgdata.gaps import find_gaps
from orgdata.measures import align
from orgdata.model.history import History
from orgdata.store import Decision, Store, source_key
from tests.builders import DAY, HALFWAY, loaded
from tests.demo_company import alignment, seeded
from tests.exports.reading import HOSTILE


@cache
def demo() -> Edition:
    """The demo on its last day, with what changed in a week and what was said and decided."""
    with tempfile.TemporaryDirectory() as folder, Store.open(seeded(Path(folder))) as store:
        key, day = source_key(str(DEMO)), DAYS[-1]
        history, decisions = store.history(key, day), tuple(store.decisions(key))
    after = alignment()
    before = align(week(after.portfolio, DAYS[-2]), DAYS[-2])
    now = judge(after, Known(history=history, decisions=decisions))
    return Edition(now, "Demo company", compare(before, find_gaps(before), after, now.gaps))


def narrowed(*products: str) -> Edition:
    """The demo, its lists narrowed to some products."""
    return replace(demo(), filters="Area: Payments", products=frozenset(products))


def tiny(history: History | None = None, decisions=(), day: date = DAY, **tables) -> Edition:
    """A portfolio of a few lines."""
    known = Known(history=history, decisions=tuple(decisions))
    return Edition(judge(align(loaded(**tables), day), known), "tiny")


@cache
def hostile() -> Edition:
    """A portfolio in which every name, title and text is one that would do harm elsewhere."""
    names = list(enumerate(HOSTILE))
    start, end = HALFWAY.replace("start_date=", "").replace("end_date=", "").split()
    return replace(tiny(
        history=History.of(states=[{"key": "OUT01:O1", "state": "accepted", "until": DAY,
                                    "owner": HOSTILE[0], "reason": HOSTILE[1]}]),
        decisions=[Decision("tiny", text, DAY, text or "x", datetime(2026, 11, 20, tzinfo=UTC),
                            owner=text, id=number) for number, text in names if text.strip()],
        people=[{"person_id": f"H{i}", "name": one} for i, one in names],
        outcomes=[{"outcome_id": f"O{i}", "name": one, "weight": "10", "unit": one, "metric": one,
                   "baseline": "1", "target": "3", "current": "2"} for i, one in names],
        products=[{"product_id": f"P{i}", "name": one, "annual_spend": "1000",
                   "strategic_role": "harvest" if i == 2 else "invest", "role_statement": one,
                   "role_confirmed_by": f"H{i}", "role_confirmed_on": "2026-11-01",
                   "business_area": one, "segments": "s", "jobs": "j"} for i, one in names],
        assignments=[{"product_id": f"P{i}", "person_id": f"H{i}", "role": "accountable"}
                     for i, _ in names],
        contributions=[{"product_id": f"P{i}", "outcome_id": f"O{i}", "strength": "primary",
                        "confirmed_on": "2026-11-01" if i % 2 else ""} for i, _ in names],
        objectives=[{"objective_id": f"J{i}", "title": one, "product_id": f"P{i}",
                     "outcome_id": f"O{i}", "start_date": start, "end_date": end}
                    for i, one in names],
        key_results=[{"kr_id": f"K{i}", "objective_id": f"J{i}", "title": one, "unit": one,
                      "baseline": "0", "target": "10", "current": str(i % 11)} for i, one in names],
        dependencies=[{"dependency_id": f"D{i}", "product_id": f"P{i}",
                       "needs_product_id": f"P{(i + 1) % len(names)}", "what": one}
                      for i, one in names],
        roadblocks=[{"roadblock_id": f"R{i}", "opened_on": "2026-10-01", "what": one,
                     "product_id": f"P{i}", "unblocker_id": f"H{i}"} for i, one in names]),
        source=HOSTILE[0], filters=HOSTILE[3])
