"""PRD: money at stake is the product's spend."""

from tests.gaps.cases.case import Cases

PRD01 = Cases("PRD01", outcomes="O1", contributions="P9 O1 | P2 O1 confirmed_on=2027-01-01"
                                                    "| P0 O1 confirmed_on=2026-01-01")
PRD01.fires("high if invest or top quartile, medium where a link waits for confirmation",
            ("PRD01:P4", "high", 100.0), ("PRD01:P1", "high", 10.0), ("PRD01:P2", "medium", 10.0),
            ("PRD01:P3", "medium", 10.0),
            products="P0 annual_spend=10 | P1 annual_spend=10 strategic_role=invest"
                     "| P2 annual_spend=10 strategic_role=invest | P3 annual_spend=10"
                     "| P4 annual_spend=100",
            evidence={"PRD01:P2": {"has_declared": True, "strategic_role": "invest"},
                      "PRD01:P4": {"has_declared": False}})
PRD01.fires("fewer than four with spend have no top quartile", ("PRD01:P4", "medium", 100.0),
            products="P0 annual_spend=10 | P4 annual_spend=100")
PRD01.silent("exempt, confirmed, or a goal leads to an outcome",
             products="P0 | P5 strategic_role=enable | P6 strategic_role=sunset | P7",
             objectives="J1 product_id=P7 outcome_id=O1")
PRD01.unknown("role and spend blank: medium, with nothing known at stake",
              ("PRD01:P3", "medium", None), products="P0 annual_spend=5 | P3")
PRD01.not_evaluated("neither links nor objectives are loaded", contributions="",
                    products="P1")

PRD02 = Cases("PRD02", outcomes="O1 tier=1 | O2 tier=2", objectives="J0 product_id=P0")
PRD02.fires("high with a primary link to tier 1, else medium", ("PRD02:P1", "high", 10.0),
            ("PRD02:P2", "medium", 20.0), ("PRD02:P3", "medium", 5.0),
            products="P0 | P1 annual_spend=10 | P2 annual_spend=20 | P3 annual_spend=5",
            contributions="P1 O1 primary | P2 O2 primary | P3 O1 supporting",
            evidence={"PRD02:P1": {"goals": 0, "primary_tier1": True}})
PRD02.fires("a goal that has ended is none", ("PRD02:P1", "high", None), products="P0 | P1",
            contributions="P1 O1 primary",
            objectives="J0 product_id=P0 | J1 product_id=P1 end_date=2026-11-19"
                       "| J2 product_id=P1 start_date=2026-11-21 | J3 product_id=P1 status=Done")
PRD02.silent("with a goal, exempt, or without a confirmed link",
             products="P0 | P1 strategic_role=enable | P2",
             contributions="P0 O1 primary confirmed_on=2026-11-20 | P1 O1 primary "
                           "confirmed_on=2026-11-20 | P2 O1 primary confirmed_on=2026-11-21")
PRD02.unknown("a blank strength is not primary; a goal without dates is in cycle",
              ("PRD02:P1", "medium", None), products="P0 | P1", contributions="P1 O1 | P0 O1 weak")
PRD02.not_evaluated("links are not loaded", products="P1")
PRD02.not_evaluated("objectives are not loaded", products="P1", contributions="P1 O1",
                    objectives="")

PRD03 = Cases("PRD03", outcomes="O1 tier=1 | O2 tier=2",
              products="P1 annual_spend=10 | P2 annual_spend=20",
              objectives="J1 product_id=P1 outcome_id=O2 | J2 product_id=P2 outcome_id=O1")
PRD03.fires("high for tier 1, else medium", ("PRD03:P1:O1", "high", 10.0),
            ("PRD03:P2:O2", "medium", 20.0), contributions="P1 O1 primary | P2 O2 primary",
            evidence={"PRD03:P1:O1": {"strength": "primary", "goals": 1, "state": "claimed"}})
PRD03.fires("an exempt product with links can fire too", ("PRD03:P1:O1", "high", None),
            products="P1 strategic_role=enable", contributions="P1 O1 primary")
PRD03.silent("backed through a parent, only supporting, or no goal at all",
             products="P1 | P2 | P3",
             objectives="J1 product_id=P1 parent_objective_id=J2 | J2 outcome_id=O1"
                        "| J3 product_id=P2 outcome_id=O1",
             contributions="P1 O1 primary | P2 O2 supporting | P3 O1 primary")
PRD03.unknown("a blank strength is never primary", contributions="P1 O1 | P2 O1 primary")
PRD03.not_evaluated("nothing is loaded for strength of links", contributions="P1 O1")
PRD03.not_evaluated("links are not loaded", contributions="")

PRD04 = Cases("PRD04", outcomes="O1 | O2 | O3 | O4 | O5 status=retired")
PRD04.fires("medium if invest, else low", ("PRD04:P1", "medium", 1.0), ("PRD04:P2", "low", 2.0),
            products="P1 annual_spend=1 strategic_role=invest"
                     "| P2 annual_spend=2 strategic_role=maintain",
            contributions="|".join(f"P{p} O{o}" for p in (1, 2) for o in range(1, 6)),
            evidence={"PRD04:P1": {"served": 4}})
PRD04.silent("three are fine; links not confirmed or to retired outcomes do not count",
             products="P1", contributions="P1 O1 confirmed_on=2026-01-01"
             "| P1 O2 confirmed_on=2026-01-01 | P1 O3 confirmed_on=2026-01-01 | P1 O4"
             "| P1 O5 confirmed_on=2026-01-01")
PRD04.unknown("a blank role is not invest", ("PRD04:P1", "low", None), products="P1",
              contributions="P1 O1 | P1 O2 | P1 O3 | P1 O4")
PRD04.threshold(4, "four are fine then", products="P1",
                contributions="P1 O1 | P1 O2 | P1 O3 | P1 O4")
PRD04.not_evaluated("links are not loaded", products="P1", objectives="J1 product_id=P1")

SAID = "role_statement='Turns carts into orders'"
PRD05 = Cases("PRD05")
PRD05.fires("90 days are recent, 91 are not; sunset is low", ("PRD05:P1", "medium", None),
            ("PRD05:P3", "medium", None), ("PRD05:P4", "medium", None), ("PRD05:P5", "low", None),
            products=f"P1 {SAID} role_confirmed_on=2026-08-21"  # 91 days before
                     f"| P2 {SAID} role_confirmed_on=2026-08-22"  # 90
                     "| P3 role_confirmed_on=2026-11-01"
                     f"| P4 {SAID} role_confirmed_on=2026-11-21"  # not yet
                     "| P5 strategic_role=sunset")
PRD05.silent("written, and confirmations are not kept", products=f"P1 {SAID}")
PRD05.unknown("never confirmed, where confirmations are kept, is not confirmed",
              ("PRD05:P1", "medium", None),
              products=f"P1 {SAID} | P2 {SAID} role_confirmed_on=2026-11-20")
PRD05.threshold(91, "91 days are recent then", products=f"P1 {SAID} role_confirmed_on=2026-08-21")
PRD05.not_evaluated("nothing is loaded for purpose of products", products="P1")

PRD07 = Cases("PRD07")
PRD07.fires("5 % is fine, 5.1 % is not, 10 % is high", ("PRD07:P3", "high", 100.0),
            ("PRD07:P2", "medium", 51.0),
            products="P1 strategic_role=sunset annual_spend=50"
                     "| P2 strategic_role=harvest annual_spend=51"
                     "| P3 strategic_role=sunset annual_spend=100"
                     "| P4 strategic_role=maintain annual_spend=799",
            evidence={"PRD07:P2": {"spend_pct": 5.1, "strategic_role": "harvest"}})
# 33.33rd percentile of 10, 20 … 60: at 0.3333 · 5 = 1.6665 steps, so 26.665
PRD07.fires("invest in the lowest third of six", ("PRD07:P2", "medium", 20.0),
            products="P1 annual_spend=10 | P2 annual_spend=20 strategic_role=invest"
                     "| P3 annual_spend=30 strategic_role=invest | P4 annual_spend=40"
                     "| P5 annual_spend=50 | P6 annual_spend=60")
# of ten, the fourth stands at 3 of 9 steps = 33.33…, just above the 33.33rd
PRD07.fires("the third of ten, not the fourth", ("PRD07:P3", "medium", 30.0),
            products="|".join(f"P{i} annual_spend={10 * i}" + (" strategic_role=invest"
                              if i in (3, 4) else "") for i in range(1, 11)))
PRD07.fires("exactly at the percentile", ("PRD07:P1", "medium", 10.0),
            products="P1 annual_spend=10 strategic_role=invest"
                     + "".join(f"| P{i} annual_spend=10" for i in range(2, 7)))
PRD07.silent("five products with spend have no lowest third",
             products="P1 annual_spend=10 strategic_role=invest | P2 annual_spend=20"
                      "| P3 annual_spend=30 | P4 annual_spend=40 | P5 annual_spend=50")
PRD07.unknown("a blank spend is in no third and no share of it",
              products="P1 strategic_role=invest | P2 annual_spend=20 | P3 annual_spend=30"
                       "| P4 annual_spend=40 | P5 annual_spend=50 | P6 annual_spend=60"
                       "| P7 annual_spend=70 | P8 strategic_role=sunset")
PRD07.threshold(10, "10 % is fine then, and 10.1 % high", ("PRD07:P2", "high", 101.0),
                products="P1 strategic_role=sunset annual_spend=100"
                         "| P2 strategic_role=harvest annual_spend=101"
                         "| P3 strategic_role=maintain annual_spend=799")
PRD07.not_evaluated("fewer than half of the products have a known spend",
                    products="P1 strategic_role=invest")
PRD07.not_evaluated("nothing is loaded for strategic bet of products", products="P1 annual_spend=1")

PRD08 = Cases("PRD08")
PRD08.fires("exactly half alike, case and order aside; medium if both invest",
            ("PRD08:P1:P2", "medium", 30.0),
            products="P2 annual_spend=20 segments='C;b;d' jobs='Y' strategic_role=invest"
                     "| P1 annual_spend=10 segments='a;B;c' jobs='x; y' strategic_role=invest",
            evidence={"PRD08:P1:P2": {"segments_alike": 0.5, "jobs_alike": 0.5}})
PRD08.fires("low unless both invest", ("PRD08:P1:P2", "low", None),
            products="P1 segments=a jobs=x strategic_role=invest | P2 segments=a jobs=x")
PRD08.silent("a third alike, or one of them ends or enables",
             products="P1 segments=a;b;c jobs=x | P2 segments=c jobs=x"
                      "| P3 segments=b jobs=y strategic_role=harvest"
                      "| P4 segments=b jobs=y strategic_role=sunset"
                      "| P5 segments=b jobs=y strategic_role=enable | P6 segments=b jobs=z")
PRD08.unknown("blank is no evidence", products="P1 segments=a | P2 segments=a | P3 jobs=x"
                                               "| P4 segments=a jobs=x")
PRD08.threshold(0.6, "half alike is fine then",
                products="P1 segments=a;b jobs=x | P2 segments=a jobs=x")
PRD08.not_evaluated("nothing is loaded for jobs of products", products="P1 segments=a")
