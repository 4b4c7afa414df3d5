"""FOC: what a product costs is at stake."""

from tests.gaps.cases.case import Cases


def _items(first: int, count: int, cells: str, product: str = "P1") -> str:
    return "|".join(f"W{first + i} {product} 2026-11-01 {cells}" for i in range(count))


def _twenty(outside: int, goal: int = 0, unknown: int = 0) -> str:
    return "|".join(filter(None, (
        _items(0, outside, "kind=request asked_by=sales"), _items(20, goal, "outcome_id=O1"),
        _items(40, unknown, "kind=goal"))))


INVEST = "P1 strategic_role=invest annual_spend=100"
FOC01 = Cases("FOC01", products="P1 annual_spend=100", outcomes="O1")
FOC01.fires("40 % of 20 items is low", ("FOC01:P1", "low", 100), work=_twenty(8, 12),
            evidence={"FOC01:P1": {"outside": 0.4, "items": 20}})
FOC01.fires("medium where we invest; half may be unknown", ("FOC01:P1", "medium", 100),
            products=INVEST, work=_twenty(8, 2, 10))
FOC01.fires("what runs beyond the agreed part is outside", ("FOC01:P1", "low", 100),
            products="P1 annual_spend=100 bau_pct=60", work=_items(0, 20, "kind=defect"))
FOC01.silent("39 %, by size", work=_twenty(7, 12) + "| W99 P1 2026-11-01 kind=request size=0.67")
FOC01.silent("19 items are too few", work=_twenty(19))
FOC01.silent("an item of 84 days ago is out", work=_twenty(19) + "| W99 P1 2026-08-28 kind=request")
FOC01.silent("11 of 20 are unknown", work=_twenty(9, 0, 11))
FOC01.silent("all running is agreed where nobody says how much", work=_items(0, 20, "kind=run"))
FOC01.unknown("without any size", work=_items(0, 20, "kind=request size=0"))
FOC01.threshold(0.5, "45 % is fine then", work=_twenty(9, 11))
FOC01.not_evaluated("work is not loaded")

FOC02 = Cases("FOC02", products="P1 | P2", outcomes="O1")
FOC02.fires("25 % of 52 items on both products", ("FOC02:portfolio", "low", None),
            evidence={"FOC02:portfolio": {"asked_by": "Key accounts", "outside": 0.25,
                                          "items": 13}},
            work=_items(0, 7, "kind=request asked_by='Key accounts'") + "|"
            + _items(10, 6, "kind=request asked_by=key-accounts", "P2") + "|"
            + _items(20, 39, "outcome_id=O1 asked_by=sales"))
FOC02.silent("24.9 %", work=_items(0, 249, "kind=request asked_by=sales size=0.1") + "|"
             + _items(300, 751, "outcome_id=O1 size=0.1"))
FOC02.silent("49 items are too few", work=_items(0, 49, "kind=request asked_by=sales"))
FOC02.unknown("nobody asked", work=_items(0, 50, "kind=request")
              + "| W99 P1 2026-11-01 outcome_id=O1 asked_by=sales")
FOC02.threshold(0.5, "45 % is fine then", work=_items(0, 45, "kind=request asked_by=sales") + "|"
                + _items(50, 55, "outcome_id=O1"))
FOC02.not_evaluated("nothing is loaded for origin of work", work=_items(0, 2, "kind=request"))
