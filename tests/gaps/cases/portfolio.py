"""PRT and RBK: nothing is at stake that could be added up."""

from tests.builders import HALFWAY
from tests.gaps.cases.case import Cases

PRT01 = Cases("PRT01", products="P1 annual_spend=50 strategic_role=invest business_area=A"
                                "| P2 annual_spend=50 strategic_role=maintain business_area=B")
PRT01.fires("10 points are medium, 20 high, either way",
            ("PRT01:business_area:A", "high", None), ("PRT01:strategic_role:harvest", "high", None),
            ("PRT01:strategic_role:Invest", "medium", None),
            mix_targets="strategic_role Invest 40 | strategic_role maintain 59.9"
                        "| business_area A 70 | strategic_role harvest 20")
PRT01.silent("9.9 points", mix_targets="strategic_role invest 40.1 | business_area A 59.9")
PRT01.unknown("a dimension whose column is not tracked; a blank is in no bucket",
              ("PRT01:business_area:A", "high", None),
              products="P1 annual_spend=50 business_area=A | P2 annual_spend=50",
              mix_targets="strategic_role invest 90 | business_area A 80")
PRT01.unknown("nothing is spent at all", products="P1 annual_spend=0 business_area=A",
              mix_targets="business_area A 80")
PRT01.threshold(0.11, "10 points are fine then", mix_targets="strategic_role invest 40")
PRT01.not_evaluated("mix targets are not loaded")
PRT01.not_evaluated("fewer than half of the products have a known spend or FTE", products="P1 business_area=A",
                    mix_targets="business_area A 80")


def _revenues(first: float, others: float, count: int = 4) -> str:
    each = others / count
    return f"P1 annual_revenue={first}" + "".join(
        f"| Q{i} annual_revenue={each}" for i in range(count))


PRT02 = Cases("PRT02")
PRT02.fires("50.1 % is low", ("PRT02:portfolio", "low", None), products=_revenues(501, 499),
            evidence={"PRT02:portfolio": {"name": "P1", "revenue_pct": 50.1}})
PRT02.fires("70 % is low", ("PRT02:portfolio", "low", None), products=_revenues(700, 300))
PRT02.fires("70.1 % is medium", ("PRT02:portfolio", "medium", None), products=_revenues(701, 299))
PRT02.silent("50 % exactly", products=_revenues(500, 500))
PRT02.silent("four products with revenue are too few", products=_revenues(900, 100, 3))
PRT02.unknown("a blank revenue is none, zero is one", ("PRT02:portfolio", "medium", None),
              products="P1 annual_revenue=9 | P2 annual_revenue=0 | P3 annual_revenue=0"
                       "| P4 annual_revenue=0 | P5 annual_revenue=1 | P6")
PRT02.unknown("five products, one of them blank, are four", products=_revenues(900, 100, 3) + "| P9")
PRT02.threshold(60, "60 % exactly is fine then", products=_revenues(600, 400))
PRT02.not_evaluated("nothing is loaded for annual revenue of products", products="P1")

PRT03 = Cases("PRT03", outcomes="O1", contributions="P1 O1")
PRT03.fires("15 % is medium", ("PRT03:portfolio", "medium", None),
            products="P1 annual_spend=85 | P2 annual_spend=15",
            evidence={"PRT03:portfolio": {"unlinked_share": 0.15}})
PRT03.fires("30 % is high", ("PRT03:portfolio", "high", None),
            products="P1 annual_spend=70 | P2 annual_spend=30")
PRT03.fires("29.9 % is medium, and what keeps things running is left out of both",
            ("PRT03:portfolio", "medium", None),
            products="P1 annual_spend=701 | P2 annual_spend=598 bau_pct=50"
                     "| P3 annual_spend=5000 strategic_role=enable")
PRT03.silent("14.9 %", products="P1 annual_spend=851 | P2 annual_spend=149")
PRT03.unknown("nothing is left for outcomes", products="P1 annual_spend=85 bau_pct=100")
PRT03.threshold(0.16, "15 % is fine then", products="P1 annual_spend=85 | P2 annual_spend=15")
PRT03.not_evaluated("fewer than half of the products have a known spend or FTE", products="P1")

PRT04 = Cases("PRT04", products="P1 | P2")
PRT04.fires("needed within 30 days is high, in 31 medium", ("PRT04:D1", "high", None),
            ("PRT04:D2", "medium", None), ("PRT04:D3", "medium", None),
            dependencies="D1 P1 P2 needed_by=2026-12-20 agreed=no | D2 P1 P2 needed_by=2026-12-21"
                         "| D3 P2 P1 agreed=no done_on=2026-11-21",
            evidence={"PRT04:D1": {"agreed": False}})
PRT04.silent("agreed, or delivered today", dependencies="D1 P1 P2 agreed=yes"
                                                        "| D2 P1 P2 done_on=2026-11-20")
PRT04.unknown("agreed or the date blank: not agreed, not soon", ("PRT04:D1", "medium", None),
              dependencies="D1 P1 P2")
PRT04.threshold(31, "31 days are soon then", ("PRT04:D2", "high", None),
                dependencies="D2 P1 P2 needed_by=2026-12-21")
PRT04.not_evaluated("dependencies are not loaded")

RBK01 = Cases("RBK01", outcomes="O1 tier=1", key_results="K1 J1 | K2 J2",
              objectives=f"J1 outcome_id=O1 ambition=committed {HALFWAY} | J2 outcome_id=O1")
RBK01.fires("15 days are old; high if committed and for tier 1", ("RBK01:R1", "high", None),
            ("RBK01:R2", "medium", None), ("RBK01:R3", "medium", None),
            roadblocks="R1 2026-11-05 kr_id=K1 | R2 2026-11-05 kr_id=K2"
                       "| R3 2026-11-05 closed_on=2026-11-21")
RBK01.silent("14 days, or cleared today",
             roadblocks="R1 2026-11-06 | R2 2026-01-01 closed_on=2026-11-20")
RBK01.unknown("a key result that is not known", ("RBK01:R1", "medium", None),
              roadblocks="R1 2026-11-05 kr_id=K9")
RBK01.threshold(13, "14 days are old then", ("RBK01:R1", "medium", None),
                roadblocks="R1 2026-11-06")
RBK01.not_evaluated("roadblocks are not loaded")
