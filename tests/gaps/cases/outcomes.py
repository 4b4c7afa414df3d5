"""OUT: one product of 100 carries the money unless a case says otherwise, so w · T = weight."""

from tests.gaps.cases.case import Cases

OUT01 = Cases("OUT01", outcomes="O1 tier=1 weight=50 | O2 tier=2 weight=30 | O3 weight=20 tier=2",
              products="P1 annual_spend=100", contributions="P1 O3 primary")
OUT01.fires("critical for tier 1, else high",
            ("OUT01:O1", "critical", 50.0), ("OUT01:O2", "high", 30.0),
            evidence={"OUT01:O1": {"coverage": "uncovered", "weight": 0.5, "tier1": True}})
OUT01.fires("weight 0.20 stated is tier 1 where tier is blank; 0.19 is not",
            ("OUT01:O1", "critical", 20.0), ("OUT01:O2", "high", 19.0),
            outcomes="O1 weight=20 | O2 weight=19 | O3 weight=61")
OUT01.fires("links of products outside the managed level do not count",
            ("OUT01:O1", "critical", 50.0), ("OUT01:O2", "high", 30.0),
            products="P1 annual_spend=100 | P2 status=retired",
            contributions="P1 O3 primary | P2 O1 primary | P2 O2 primary")
OUT01.silent("an undeclared goal or an unconfirmed link serves",
             objectives="J1 product_id=P1 outcome_id=O1",
             contributions="P1 O2 confirmed_on=2026-12-01 | P1 O3 confirmed_on=2026-10-01")
OUT01.unknown("neither tier nor weight: equal weights, and not tier 1",
              ("OUT01:O1", "high", None), outcomes="O1 | O3")
OUT01.not_evaluated("neither links nor objectives are loaded", contributions="")
OUT01.not_evaluated("products are not loaded", products="")
OUT01.not_evaluated("no active outcome is loaded", outcomes="O1 status=done | O3 status=retired")

# Objectives and key results are tracked, so a claim alone does not cover
OUT02 = Cases("OUT02", outcomes="O1 tier=1 weight=60 | O2 tier=2 weight=40",
              products="P1 annual_spend=100", objectives="J1 product_id=P1 outcome_id=O2",
              key_results="K1 J1 target=1", contributions="P1 O1 primary | P1 O2 supporting")
OUT02.fires("high for tier 1, else medium", ("OUT02:O1", "high", 60.0),
            ("OUT02:O2", "medium", 40.0),
            evidence={"OUT02:O1": {"coverage": "thin", "lacks": "an objective"},
                      "OUT02:O2": {"coverage": "thin", "lacks": "a primary link"}})
OUT02.fires("without a measure", ("OUT02:O2", "medium", 40.0), key_results="K1 J2 target=1",
            objectives="J1 product_id=P1 outcome_id=O2 | J2",
            contributions="P1 O2 primary", evidence={"OUT02:O2": {"lacks": "a measure"}})
OUT02.fires("without its confirmation", ("OUT02:O2", "medium", 40.0),
            contributions="P1 O2 primary confirmed_on=2026-12-01",
            evidence={"OUT02:O2": {"lacks": "its confirmation"}})
OUT02.fires("without a product manager", ("OUT02:O2", "medium", 40.0),
            contributions="P1 O2 primary", people="H1", assignments="P1 H1 designer",
            evidence={"OUT02:O2": {"lacks": "a product manager"}})
OUT02.silent("proven and primary is covered; nothing at all is uncovered",
             contributions="P1 O2 primary")
OUT02.silent("claimed is enough where proof is not available", key_results="",
             contributions="P1 O2 primary", objectives="")
OUT02.unknown("a blank strength is never primary", ("OUT02:O2", "medium", 40.0),
              contributions="P1 O2 | P2 O2 supporting", products="P1 annual_spend=100 | P2")
OUT02.not_evaluated("neither links nor objectives are loaded",
                    contributions="", objectives="", key_results="")

# P1 has nobody accountable, so it is not aligned; P2 is
OUT03 = Cases("OUT03", outcomes="O1 tier=1 weight=40 | O2 tier=1 weight=30 | O3 tier=2 weight=20"
                                "| O4 tier=2 weight=10",
              products="P1 annual_spend=50 | P2 annual_spend=50", people="H1",
              assignments="P2 H1 pm")
OUT03.fires("high where tier 1 rests on a product that fails a check",
            ("OUT03:O1", "high", 40.0), ("OUT03:O2", "medium", 30.0), ("OUT03:O3", "low", 20.0),
            contributions="P1 O1 primary | P2 O2 primary | P2 O3 primary"
                          "| P1 O4 primary | P2 O4 primary",
            evidence={"OUT03:O1": {"product_name": "P1", "coverage": "thin"},
                      "OUT03:O2": {"product_name": "P2"}})
OUT03.silent("on two products, on a supporting one only, or on none",
             contributions="P1 O1 primary | P2 O1 primary | P2 O2 supporting")
OUT03.unknown("a blank strength and a link not confirmed are not primary",
              ("OUT03:O3", "low", 20.0),
              contributions="P1 O1 | P2 O3 primary confirmed_on=2026-01-01"
                            "| P1 O3 primary | P1 O4 confirmed_on=2026-01-01")
OUT03.unknown("a product that is not assessed is not called unaligned",
              ("OUT03:O1", "medium", 40.0), products="P1 strategic_role=enable annual_spend=100",
              contributions="P1 O1 primary", assignments="", people="")
OUT03.not_evaluated("links are not loaded", objectives="J1 product_id=P1 outcome_id=O1")

OUT04 = Cases("OUT04", products="P1 annual_spend=100")
OUT04.fires("each of the four counts; high for tier 1", ("OUT04:O1", "high", None),
            ("OUT04:O2", "medium", None), ("OUT04:O3", "medium", None),
            ("OUT04:O4", "medium", None),
            outcomes="O1 tier=1 metric=NRR target=1 due_date=2026-12-31"
                     "| O2 tier=2 metric=NRR target=1 owner_id=H1"
                     "| O3 tier=2 metric=NRR due_date=2026-12-31 owner_id=H1"
                     "| O4 tier=2 target=1 due_date=2026-12-31 owner_id=H1"
                     "| O5 tier=2 metric=NRR target=0 due_date=2026-12-31 owner_id=H1")
OUT04.silent("everything is there",
             outcomes="O1 metric=NRR target=0 due_date=2026-12-31 owner_id=H1")
OUT04.unknown("what is not tracked at all counts as lacking; an unreadable target too",
              ("OUT04:O1", "medium", None), ("OUT04:O2", "medium", None),
              outcomes="O1 metric=NRR | O2 metric=NRR target=many")
OUT04.not_evaluated("nothing is loaded for metric of outcomes, target of outcomes, due date of outcomes or owner of outcomes", outcomes="O1 | O2 weight=3")

OUT05 = Cases("OUT05", contributions="P1 O1 | P2 O2")
OUT05.fires("exactly 10 points apart: excess low, shortfall medium",
            ("OUT05:O2", "medium", 40.0), ("OUT05:O1", "low", 60.0),
            outcomes="O1 weight=60 tier=2 | O2 weight=40 tier=2",
            products="P1 annual_spend=70 | P2 annual_spend=30",
            evidence={"OUT05:O1": {"weight": 0.6, "spend_share": 0.7}})
OUT05.fires("a shortfall of tier 1 is high", ("OUT05:O2", "high", 40.0), ("OUT05:O1", "low", 60.0),
            outcomes="O1 weight=60 tier=2 | O2 weight=40 tier=1",
            products="P1 annual_spend=70 | P2 annual_spend=30")
OUT05.fires("exactly 20 points apart: excess medium, shortfall high",
            ("OUT05:O2", "high", 40.0), ("OUT05:O1", "medium", 60.0),
            outcomes="O1 weight=60 tier=1 | O2 weight=40 tier=2",
            products="P1 annual_spend=80 | P2 annual_spend=20")
OUT05.silent("9.9 points apart", outcomes="O1 weight=60 | O2 weight=40",
             products="P1 annual_spend=699 | P2 annual_spend=301")
OUT05.unknown("all money keeps things running, so nothing can be off",
              outcomes="O1 weight=60 | O2 weight=40",
              products="P1 annual_spend=70 bau_pct=100 | P2 annual_spend=30 bau_pct=100")
OUT05.unknown("a blank spend counts 0: all of the money goes to O1",
              ("OUT05:O2", "high", 40.0), ("OUT05:O1", "medium", 60.0),
              outcomes="O1 weight=60 tier=2 | O2 weight=40 tier=2",
              products="P1 annual_spend=100 | P2")
OUT05.threshold(0.11, "10 points apart are fine then",
                outcomes="O1 weight=60 tier=2 | O2 weight=40 tier=2",
                products="P1 annual_spend=70 | P2 annual_spend=30")
OUT05.not_evaluated("no active outcome has a stated weight", outcomes="O1 weight=0 | O2",
                    products="P1 annual_spend=70 | P2")
OUT05.not_evaluated("fewer than half of the products have a known spend or FTE", products="P1 | P2",
                    outcomes="O1 weight=60 | O2 weight=40")

OUT06 = Cases("OUT06")
OUT06.fires("six are many", ("OUT06:portfolio", "low", None), outcomes="1 | 2 | 3 | 4 | 5 | 6",
            evidence={"OUT06:portfolio": {"outcomes": 6}})
OUT06.fires("seven are low", ("OUT06:portfolio", "low", None), outcomes="1|2|3|4|5|6|7")
OUT06.fires("eight are medium", ("OUT06:portfolio", "medium", None), outcomes="1|2|3|4|5|6|7|8")
OUT06.silent("five are fine; planned ones do not count",
             outcomes="1 | 2 | 3 | 4 | 5 | 6 status=planned")
OUT06.unknown("an unreadable status counts as active", ("OUT06:portfolio", "low", None),
              outcomes="1 | 2 | 3 | 4 | 5 | 6 status=???")
OUT06.threshold(6, "six are fine then", outcomes="1 | 2 | 3 | 4 | 5 | 6")
OUT06.not_evaluated("outcomes are not loaded", products="P1")
