"""KR04, GOV01 and GOV02: what a store remembers."""

from datetime import date

from tests.gaps.cases.case import Cases


def day(number: int) -> date:
    return date(2026, 11, number)


def seen(kr_id: str, first: date = date(2026, 10, 5), **posts: object) -> dict[str, object]:
    """What snapshots saw of a key result from a day on, in its cycle until the day before."""
    return {"kr_id": kr_id, "first_day": first, "last_day": day(13), "kind": "increase",
            "baseline": 0, "target": 100, "due": date(2026, 12, 31), "start": date(2026, 10, 1)
            } | posts


DATES = "start_date=2026-10-01 end_date=2026-12-31"
UP = "kr_type=increase baseline=0 target=100"
KR04 = Cases("KR04", products="P1 annual_spend=100",
             objectives=f"J1 product_id=P1 ambition=committed effort_pct=60 {DATES}"
                        f"| J2 product_id=P1 effort_pct=40 {DATES}")
KR04.not_evaluated("no store is named", key_results=f"K1 J1 {UP}")
KR04.remembering(goalposts=[seen(f"K{n}") for n in range(1, 6)])
KR04.fires("eased: high if committed, else medium; tightened: low",
           ("KR04:K1", "high", 60.0), ("KR04:K2", "high", 60.0), ("KR04:K3", "medium", 40.0),
           ("KR04:K4", "low", 60.0),
           key_results="K1 J1 kr_type=increase baseline=0 target=90"
                       f"| K2 J1 {UP} due_date=2027-01-31"
                       "| K3 J2 kr_type=increase baseline=-10 target=100"
                       f"| K4 J1 kr_type=increase baseline=10 target=110 | K5 J1 {UP}",
           evidence={"KR04:K1": {"was_target": 100.0, "goal": 90.0,
                                 "moves": "target from 100 to 90"},
                     "KR04:K2": {"moves": "due date from 31 Dec 2026 to 31 Jan 2027"},
                     "KR04:K4": {"moves": "target from 100 to 110; baseline from 0 to 10"}})
KR04.fires("one that is easier makes up for none that is harder", ("KR04:K1", "high", 60.0),
           key_results="K1 J1 kr_type=increase baseline=0 target=200 due_date=2027-01-01")
KR04.fires("a target or a due date that is gone is easier, a baseline that is gone is not",
           ("KR04:K1", "high", 60.0), ("KR04:K2", "low", 60.0),
           key_results="K1 J1 kr_type=increase baseline=0 | K2 J1 kr_type=increase target=100")
KR04.silent("as it was, or only its objective's dates put in its own cell",
            key_results=f"K1 J1 {UP} | K2 J1 {UP} due_date=2026-12-31 weight=3 current=7")
KR04.silent("a finished one is out of scope",
            key_results="K1 J1 kr_type=increase baseline=0 target=90 status=done")
KR04.remembering(goalposts=[seen("K1", kind="decrease", baseline=9, target=5),
                            seen("K2", kind="at_most", baseline=None, target=5),
                            seen("K3", kind="at_least", baseline=None, target=5),
                            seen("K4", kind="binary", baseline=0, target=1),
                            seen("K5", kind="decrease", baseline=9, target=5)])
KR04.fires("each kind knows which way is easier",
           ("KR04:K1", "medium", 40.0), ("KR04:K2", "medium", 40.0), ("KR04:K3", "medium", 40.0),
           ("KR04:K5", "low", 40.0),
           key_results="K1 J2 kr_type=decrease baseline=10 target=5"
                       "| K2 J2 kr_type=at_most target=6 | K3 J2 kr_type=at_least target=4"
                       "| K4 J2 kr_type=binary target=1 | K5 J2 kr_type=decrease baseline=9 target=4")
KR04.remembering(goalposts=[
    seen("K1", date(2026, 9, 1), target=50, last_day=date(2026, 9, 30)), seen("K1"),
    seen("K2", date(2026, 9, 1), target=50, last_day=date(2026, 9, 30)), seen("K3"),
    seen("K4", date(2026, 9, 1), target=50), seen("K4", day(6), target=100)])
KR04.fires("the first snapshot of this cycle counts, not those before",
           ("KR04:K4", "low", 60.0), key_results=f"K1 J1 {UP} | K2 J1 {UP} | K4 J1 {UP}",
           evidence={"KR04:K4": {"was_target": 50.0}})
KR04.fires("without a start any snapshot does", ("KR04:K1", "low", None),
           objectives="J1", key_results=f"K1 J1 {UP} due_date=2026-12-31")
KR04.remembering(goalposts=[seen("K1", target=None, baseline=None, kind="unspecified", due=None)])
KR04.unknown("what was filled in since has not moved",
             key_results=f"K1 J1 {UP} | K9 J1 {UP}")  # K9 was never seen
KR04.remembering(goalposts=[seen("K1", kind="unspecified", baseline=None)])
KR04.unknown("where the kind was not known nobody can say which way is easier",
             ("KR04:K1", "low", 60.0), key_results="K1 J1 kr_type=increase baseline=0 target=90")
KR04.remembering()
KR04.not_evaluated("objectives are not loaded; key results are not loaded", objectives="")

OWNERLESS = "P1 strategic_role=invest annual_spend=5 | Q | P2"
GOV01 = Cases("GOV01", products=OWNERLESS, people="H1", assignments="Q H1 pm")
GOV01.not_evaluated("no store is named")
GOV01.remembering(
    open_since={"OWN01:P1": day(12), "OWN01:P2": day(13)},
    decisions=[{"decision_id": 3, "text": "Name a PM for P1.", "due": day(19),
                "made_on": day(6), "gap_key": "OWN01:P1"},
               {"decision_id": 4, "text": "Ask legal", "due": day(19), "made_on": day(6),
                "owner": "Bo"},
               {"decision_id": 5, "text": "In time", "due": day(20), "made_on": day(6)}])
GOV01.fires("more than 7 days with no owner; a decision past its due date",
            ("GOV01:OWN01:P1", "critical", None), ("GOV01:decision:3", "critical", None),
            ("GOV01:decision:4", "medium", None),
            evidence={"GOV01:OWN01:P1": {"about": "OWN01:P1", "days": 8.0},
                      "GOV01:decision:4": {"owner": "Bo"}})
GOV01.threshold(6, "7 days are long then", ("GOV01:OWN01:P1", "critical", None),
                ("GOV01:decision:3", "critical", None), ("GOV01:OWN01:P2", "high", None),
                ("GOV01:decision:4", "medium", None))
GOV01.remembering(
    open_since=dict.fromkeys(("OWN01:P1", "OWN01:P2", "PRD05:P1"), day(1)),
    states=[{"key": "OWN01:P1", "state": "planned", "owner": "Bo"},
            {"key": "OWN01:P2", "state": "accepted", "until": day(20), "reason": "It ends"}])
GOV01.silent("owned, accepted until today, or not grave",
             products="P1 strategic_role=invest role_statement=x role_confirmed_on=2026-01-01 | Q | P2",
             outcomes="O1 target=1")
GOV01.remembering(
    open_since=dict.fromkeys(("OWN01:P1", "OWN01:P2"), day(1)),
    states=[{"key": "OWN01:P1", "state": "resolved"},
            {"key": "OWN01:P2", "state": "accepted", "until": day(19), "reason": "It ends"}])
GOV01.fires("resolved in words only, or accepted until yesterday",
            ("GOV01:OWN01:P1", "critical", None), ("GOV01:OWN01:P2", "high", None))
GOV01.remembering(open_since={}, decisions=[{"decision_id": 3, "text": "Some day",
                                             "made_on": day(1)}])
GOV01.unknown("since when is not known; a decision without a date is never late")

GOV02 = Cases("GOV02", products=OWNERLESS, people="H1", assignments="Q H1 pm")
GOV02.not_evaluated("no store is named")
GOV02.remembering(states=[
    {"key": "OWN01:P1", "state": "accepted", "until": day(19), "reason": "It ends"},
    {"key": "OWN01:P2", "state": "accepted", "until": day(20), "reason": "It ends"},
    {"key": "OWN01:Q", "state": "accepted", "until": day(1), "reason": "It ends"}])
GOV02.fires("accepted until a day that is past, and still found", ("GOV02:OWN01:P1", "medium", None),
            evidence={"GOV02:OWN01:P1": {"reason": "It ends", "about": "OWN01:P1"}})
GOV02.remembering(states=[
    {"key": "OWN01:P1", "state": "planned", "until": day(1)},
    {"key": "OWN01:P2", "state": "accepted", "until": day(30), "reason": "It ends"}])
GOV02.silent("planned, or accepted for some time yet")
GOV02.remembering(states=[{"key": "OWN01:P1", "state": "accepted"}])
GOV02.unknown("until when is not known")
