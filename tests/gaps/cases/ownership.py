"""OWN: findings about links and plans; never above medium where they concern people."""

from tests.gaps.cases.case import Cases

OWN01 = Cases("OWN01", people="H1", assignments="P0 H1 pm", outcomes="O1 tier=1 | O2 tier=2")
OWN01.fires("critical if invest or a primary link to tier 1, else high",
            ("OWN01:P2", "critical", 20.0), ("OWN01:P1", "critical", 10.0),
            ("OWN01:P3", "high", 30.0),
            products="P0 | P1 annual_spend=10 strategic_role=invest | P2 annual_spend=20"
                     "| P3 annual_spend=30 strategic_role=maintain",
            contributions="P2 O1 primary | P3 O1 supporting | P3 O2 primary",
            evidence={"OWN01:P2": {"pm_count": 0, "primary_tier1": True}})
OWN01.fires("a goal stands for a primary link where contributions are not loaded",
            ("OWN01:P2", "critical", None), products="P0 | P2",
            objectives="J1 product_id=P2 outcome_id=O1")
OWN01.fires("a role that starts tomorrow or ended yesterday, or another role",
            ("OWN01:P1", "high", None), products="P0 | P1",
            assignments="P0 H1 pm | P1 H1 pm start_date=2026-11-21"
                        "| P1 H1 owner end_date=2026-11-19 | P1 H1 designer")
OWN01.silent("accountable today, on the first and the last day", products="P0 | P1",
             assignments="P0 H1 lead start_date=2026-11-20 | P1 H1 DRI end_date=2026-11-20")
OWN01.unknown("role and strength blank: high", ("OWN01:P1", "high", None), products="P0 | P1",
              contributions="P1 O1 | P0 O1 primary")
OWN01.not_evaluated("assignments are not loaded", assignments="", products="P0")

OWN02 = Cases("OWN02", people="H1 | H2", products="P1 annual_spend=5 | P2")
OWN02.fires("two people", ("OWN02:P1", "medium", 5.0), assignments="P1 H1 pm | P1 H2 owner",
            evidence={"OWN02:P1": {"pm_count": 2, "pm_names": "H1 and H2"}})
OWN02.silent("one person under two words, or one after the other",
             assignments="P1 H1 pm | P1 H1 owner | P2 H1 pm end_date=2026-11-19 | P2 H2 pm")
OWN02.unknown("blank dates are open on both sides", ("OWN02:P2", "medium", None),
              assignments="P2 H1 pm start_date= | P2 H2 pm end_date=")
OWN02.silent("an unreadable date leaves open whether it is current",
             assignments="P2 H1 pm start_date=soon | P2 H2 pm")
OWN02.not_evaluated("assignments are not loaded")

OWN03 = Cases("OWN03", products="P1 annual_spend=10 | P2 annual_spend=5 | P3 annual_spend=1",
              people="H1 | H2 active_to=2026-11-19 | H3 active_to=2026-12-20"
                     "| H4 active_to=2026-12-21 | H5 active_from=2026-11-21")
OWN03.fires("left is high; interim is medium; 30 days from now is leaving",
            ("OWN03:P2", "high", 5.0), ("OWN03:P1", "medium", 10.0), ("OWN03:P3", "medium", 1.0),
            assignments="P2 H2 pm | P1 H1 pm is_interim=yes | P3 H1 pm end_date=2026-12-20")
OWN03.fires("the person's own last day counts too; one not here yet is not active",
            ("OWN03:P2", "high", 5.0), ("OWN03:P1", "medium", 10.0),
            assignments="P1 H3 pm | P2 H5 pm")
OWN03.silent("31 days from now, interim beside one who is not, nobody",
             assignments="P1 H1 pm end_date=2026-12-21 | P2 H4 pm | P3 H1 pm is_interim=yes"
                         "| P3 H4 pm")
OWN03.unknown("without people everyone is active; a blank is not interim", people="",
              assignments="P1 H2 pm | P2 H1 pm is_interim=no")
OWN03.threshold(31, "31 days from now is leaving then", ("OWN03:P1", "medium", 10.0),
                assignments="P1 H1 pm end_date=2026-12-21")
OWN03.not_evaluated("assignments are not loaded")

OWN04 = Cases("OWN04", products="P1 | P2")
OWN04.fires("100 is fine, 100.1 low, 120 low, 120.1 medium", ("OWN04:H4", "medium", None),
            ("OWN04:H2", "low", None), ("OWN04:H3", "low", None),
            assignments="P1 H1 pm allocation_pct=60 | P2 H1 dev allocation_pct=40"
                        "| P1 H2 dev allocation_pct=60 | P2 H2 dev allocation_pct=40.1"
                        "| P1 H3 dev allocation_pct=120 | P1 H4 dev allocation_pct=120.1",
            evidence={"OWN04:H2": {"allocation_pct": 100.1}})
OWN04.silent("what has ended does not count",
             assignments="P1 H1 pm allocation_pct=100 | P2 H1 pm allocation_pct=90 end_date=2026-11-19")
OWN04.unknown("a blank adds nothing", assignments="P1 H1 pm allocation_pct=100 | P2 H1 pm | P1 H2 pm")
OWN04.threshold(99, "100 is over then", ("OWN04:H1", "low", None),
                assignments="P1 H1 pm allocation_pct=100")
OWN04.not_evaluated("nothing is loaded for allocation of assignments", assignments="P1 H1 pm")

OWN05 = Cases("OWN05", assignments="P1 H1 pm | P2 H1 pm | P3 H1 pm | P1 H2 pm | P2 H2 pm | P4 H2 dev")
OWN05.fires("three are low", ("OWN05:H1", "low", None), products="P1 | P2 | P3 | P4",
            evidence={"OWN05:H1": {"pm_of": 3, "pm_of_invest": 0}})
OWN05.fires("medium with one to invest in", ("OWN05:H1", "medium", None),
            products="P1 | P2 strategic_role=invest | P3 | P4")
OWN05.silent("two products and one that is not", products="P1 | P2 | P3 status=done | P4")
OWN05.unknown("a blank role is not invest; an unknown status is active", ("OWN05:H1", "low", None),
              products="P1 | P2 | P3 status=??? | P4")
OWN05.threshold(4, "three are fine then", products="P1 | P2 | P3 | P4")
OWN05.not_evaluated("products are not loaded", products="")

SPENDS = "P1 annual_spend=9 | P2 annual_spend=1 | P3 annual_spend=1 | P4 annual_spend=1"
OWN06 = Cases("OWN06", outcomes="O1 tier=1", people="H1", assignments="P9 H1 deputy")
OWN06.fires("invest, primary to tier 1, or top quartile", ("OWN06:P1", "medium", 9.0),
            ("OWN06:P2", "medium", 1.0), ("OWN06:P3", "medium", 1.0),
            products=f"{SPENDS} strategic_role=maintain | P9 annual_spend=0".replace(
                "P2 annual_spend=1", "P2 annual_spend=1 strategic_role=invest"),
            contributions="P3 O1 primary")
OWN06.fires("a deputy of yesterday is none", ("OWN06:P1", "medium", None),
            products="P1 strategic_role=invest | P9",
            assignments="P1 H1 backup end_date=2026-11-19 | P9 H1 deputy")
OWN06.silent("a deputy, or a product that is none of the three",
             products="P1 strategic_role=invest | P2 strategic_role=maintain | P9",
             assignments="P1 H1 backup | P9 H1 deputy")
OWN06.unknown("role, strength and spend blank are none of the three",
              products="P1 | P2 | P3 | P9", contributions="P1 O1 | P2 O1 weak")
OWN06.not_evaluated("nobody is named as deputy", products="P1 strategic_role=invest",
                    assignments="P1 H1 pm")

OWN07 = Cases("OWN07", products="P1 annual_spend=12 | P2", people="H1 | H2",
              assignments="P1 H1 designer")
OWN07.fires("the owner works elsewhere", ("OWN07:J1", "low", 12.0),
            objectives="J1 product_id=P1 owner_id=H2")
OWN07.silent("any role counts; a product without assignments is OWN01's",
             objectives="J1 product_id=P1 owner_id=H1 | J2 product_id=P2 owner_id=H2")
OWN07.unknown("no owner, or one nobody knows", ("OWN07:J3", "low", 4.0),
              objectives="J1 product_id=P1 | J2 product_id=P1 owner_id=H9"
                         "| J3 product_id=P1 owner_id=H2")
OWN07.fires("on none of several products", ("OWN07:J1", "low", 12.0),
            objectives="J1 product_id=P1 owner_id=H2", objective_products="J1 P2",
            assignments="P1 H1 designer | P2 H1 designer")
OWN07.silent("on one of several products is enough",
             objectives="J1 product_id=P1 owner_id=H2", objective_products="J1 P2",
             assignments="P1 H1 designer | P2 H2 designer")
OWN07.not_evaluated("nothing is loaded for owner of objectives", objectives="J1 product_id=P1")
