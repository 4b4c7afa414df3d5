"""OBJ: money at stake is the product's spend times the objective's share of effort."""

from tests.gaps.cases.case import Cases

OBJ01 = Cases("OBJ01", outcomes="O1 | O2 status=retired", products="P1 annual_spend=100")
OBJ01.fires("30 % of the effort is high, 29.9 % medium", ("OBJ01:J1", "high", 30.0),
            ("OBJ01:J2", "medium", 29.9),
            objectives="J1 product_id=P1 effort_pct=30 | J2 product_id=P1 effort_pct=29.9"
                       "| J3 product_id=P1 outcome_id=O1 effort_pct=40.1",
            evidence={"OBJ01:J1": {"product_name": "P1", "effort_pct": 30.0}})
OBJ01.fires("an inactive outcome is no sight, nor is that of an ancestor",
            ("OBJ01:J1", "medium", 50.0), ("OBJ01:J2", "medium", 50.0),
            objectives="J1 product_id=P1 outcome_id=O2 | J2 product_id=P1 parent_objective_id=J3"
                       "| J3 parent_objective_id=J4 outcome_id=O2 | J4 outcome_id=O1")
OBJ01.fires("the exemption ended yesterday", ("OBJ01:J1", "medium", 100.0),
            objectives="J1 product_id=P1 exempt_reason=law exempt_until=2026-11-19")
OBJ01.silent("exempt, of no product, seen through an ancestor, or not in cycle",
             objectives="J1 product_id=P1 exempt_reason=law exempt_until=2026-11-20"
                        "| J2 product_id=P1 exempt_reason=law | J3"
                        "| J4 product_id=P1 parent_objective_id=J5 | J5 parent_objective_id=J6"
                        "| J6 outcome_id=O1 | J7 product_id=P1 end_date=2026-11-19")
OBJ01.unknown("effort blank: medium, shared equally", ("OBJ01:J1", "medium", 50.0),
              ("OBJ01:J2", "medium", 50.0), objectives="J1 product_id=P1 | J2 product_id=P1")
OBJ01.fires("a product that only objective_products or a key result names; half of each of two",
            ("OBJ01:J1", "medium", 50.0), ("OBJ01:J3", "medium", 50.0),
            objectives="J1 | J2 | J3", objective_products="J1 P1",
            key_results="K1 J3 product_id=P1",
            evidence={"OBJ01:J1": {"product_name": "P1"}})
OBJ01.silent("an outcome that objective_outcomes names, but not one that it only supports",
             objectives="J1 product_id=P1", objective_outcomes="J1 O2 | J1 O1")
OBJ01.fires("what it only supports is no line of sight", ("OBJ01:J1", "medium", 100.0),
            objectives="J1 product_id=P1", objective_outcomes="J1 O1 mode=supports")
OBJ01.not_evaluated("nothing is loaded for product of objectives, products of objectives or product of key results", objectives="J1")
OBJ01.not_evaluated("outcomes are not loaded", outcomes="", objectives="J1 product_id=P1")

OBJ02 = Cases("OBJ02", outcomes="O1 | O2 status=done", products="P1 annual_spend=100")
OBJ02.fires("an outcome that has ended, a parent that is not in cycle",
            ("OBJ02:J2", "medium", 60.0), ("OBJ02:J1", "medium", 40.0),
            objectives="J1 product_id=P1 outcome_id=O2 effort_pct=40"
                       "| J2 product_id=P1 outcome_id=O1 parent_objective_id=J3 effort_pct=60"
                       "| J3 outcome_id=O1 end_date=2026-11-19")
OBJ02.fires("none of the outcomes that it names is active", ("OBJ02:J1", "medium", None),
            outcomes="O1 | O2 status=done | O3 status=done", objectives="J1 outcome_id=O2 | J2",
            objective_outcomes="J1 O3 | J2 O2 mode=supports")
OBJ02.silent("one of the outcomes that it names is active",
             objectives="J1 outcome_id=O2", objective_outcomes="J1 O1")
OBJ02.silent("outcome active, parent in cycle",
             objectives="J1 outcome_id=O1 parent_objective_id=J2 | J2 end_date=2026-11-20")
OBJ02.unknown("blank, or pointing nowhere, is not the past",
              objectives="J1 outcome_id=O9 parent_objective_id=J9 | J2 outcome_id=O1")
OBJ02.not_evaluated("nothing is loaded for outcome of objectives, parent objective of objectives or outcomes of objectives", objectives="J1")

OBJ03 = Cases("OBJ03", key_results="K1 J9")
OBJ03.fires("high if committed, else medium", ("OBJ03:J1", "high", None),
            ("OBJ03:J2", "medium", None),
            objectives="J1 ambition=committed | J2 ambition=aspirational | J9",
            evidence={"OBJ03:J1": {"kr_count": 0, "child_count": 0, "ambition": "committed"}})
OBJ03.silent("a key result, even a dropped one, or a child of any date",
             key_results="K1 J1 status=dropped",
             objectives="J1 | J2 | J3 parent_objective_id=J2 end_date=2020-01-01")
OBJ03.unknown("ambition blank is not committed", ("OBJ03:J1", "medium", None),
              objectives="J1 | J9")
OBJ03.not_evaluated("key results are not loaded", key_results="", objectives="J1")

SIX = "|".join(f"K{i} J1" for i in range(6))
OBJ04 = Cases("OBJ04", products="P1 annual_spend=4")
OBJ04.fires("four objectives are low", ("OBJ04:product:P1", "low", 4.0),
            objectives="|".join(f"J{i} product_id=P1" for i in range(4)),
            evidence={"OBJ04:product:P1": {"kind_of_object": "product", "count_of": 4}})
OBJ04.fires("one that several products pursue is one of each", ("OBJ04:product:P1", "low", 4.0),
            objectives="J0 product_id=P2|" + "|".join(f"J{i} product_id=P1" for i in range(1, 4)),
            objective_products="J0 P1", products="P1 annual_spend=4 | P2")
OBJ04.fires("five are low", ("OBJ04:product:P1", "low", 4.0),
            objectives="|".join(f"J{i} product_id=P1" for i in range(5)))
OBJ04.fires("six are medium", ("OBJ04:product:P1", "medium", 4.0),
            objectives="|".join(f"J{i} product_id=P1" for i in range(6)))
OBJ04.fires("six key results are low, whoever it belongs to",
            ("OBJ04:objective:J1", "low", 4.0), objectives="J1 product_id=P1", key_results=SIX)
OBJ04.silent("three objectives, five key results",
             objectives="J1 product_id=P1 | J2 product_id=P1 | J3 product_id=P1",
             key_results="K1 J1 | K2 J1 | K3 J1 | K4 J1 | K5 J1")
OBJ04.unknown("without dates an objective is in cycle; without a product it counts for none",
              ("OBJ04:product:P1", "low", 4.0),
              objectives="J0 | J1 product_id=P1 | J2 product_id=P1 | J3 product_id=P1"
                         "| J4 product_id=P1")
OBJ04.threshold(4, "four objectives are fine then, six key results stay many",
                ("OBJ04:objective:J1", "low", 1.0), key_results=SIX,
                objectives="|".join(f"J{i} product_id=P1" for i in range(4)))
OBJ04.not_evaluated("objectives are not loaded")

OBJ05 = Cases("OBJ05")
OBJ05.fires("medium where tagged", ("OBJ05:J1", "medium", None), objectives="J1 | J2",
            key_results="K1 J1 result_kind=output | K2 J1 result_kind=output"
                        "| K3 J2 result_kind=output | K4 J2 result_kind=outcome",
            evidence={"OBJ05:J1": {"kr_count": 2, "output_count": 2}})
OBJ05.fires("low where inferred", ("OBJ05:J1", "low", None), objectives="J1 | J2",
            key_results="K1 J1 kr_type=binary | K2 J1 kr_type=milestone | K3 J2 kr_type=binary"
                        "| K4 J2 kr_type=increase")
OBJ05.silent("binary, but tagged as outcome; or no key result at all", objectives="J1 | J2",
             key_results="K1 J1 kr_type=binary result_kind=outcome")
OBJ05.unknown("one without a tag is not known to be output", objectives="J1 | J2",
              key_results="K1 J1 result_kind=output | K2 J1 | K3 J2")
OBJ05.not_evaluated("key results are not loaded", objectives="J1")

FOUR = "O1 | O2 | O3 | O4 | O5 status=done"
OBJ06 = Cases("OBJ06", outcomes=FOUR, products="P1 annual_spend=5",
              objectives="J1 product_id=P1 outcome_id=O1")
OBJ06.fires("four active outcomes, its own among them", ("OBJ06:J1", "low", 5.0),
            objective_outcomes="J1 O1 | J1 O2 | J1 O3 | J1 O4",
            evidence={"OBJ06:J1": {"served": 4}})
OBJ06.silent("three, one that is not active, one that is only supported",
             objective_outcomes="J1 O2 | J1 O3 | J1 O5 | J1 O4 mode=supports")
OBJ06.silent("those of its parent are not its own", objective_outcomes="J0 O2 | J0 O3 | J0 O4",
             objectives="J0 outcome_id=O1 end_date=2026-11-19 | J1 parent_objective_id=J0")
OBJ06.unknown("a blank mode contributes; an outcome that nobody knows does not count",
              ("OBJ06:J1", "low", 5.0),
              objective_outcomes="J1 O2 mode= | J1 O3 mode= | J1 O4 mode= | J1 O9 mode=")
OBJ06.threshold(3, "three are many then", ("OBJ06:J1", "low", 5.0),
                objective_outcomes="J1 O2 | J1 O3")
OBJ06.not_evaluated("outcomes of objectives are not loaded")

OBJ07 = Cases("OBJ07", cycles="Q4 2026-10-01 2026-12-31", products="P1 annual_spend=4")
OBJ07.fires("a day before, a day after", ("OBJ07:J1", "low", 2.0), ("OBJ07:J2", "low", 2.0),
            objectives="J1 product_id=P1 cycle_id=Q4 start_date=2026-09-30"
                       "| J2 product_id=P1 cycle_id=Q4 end_date=2027-01-01")
OBJ07.silent("the first and the last day, another cycle or none",
             objectives="J1 cycle_id=Q4 start_date=2026-10-01 end_date=2026-12-31"
                        "| J2 start_date=2020-01-01 | J3 cycle_id=Q4")
OBJ07.unknown("a blank date is the cycle's; a cycle that nobody knows bounds nothing",
              objectives="J1 cycle_id=Q4 start_date=2026-10-02 | J3 cycle_id=Q9 "
                         "start_date=2020-01-01 end_date=2027-01-01")
OBJ07.not_evaluated("nothing is loaded for cycle of objectives", objectives="J1")
OBJ07.not_evaluated("cycles are not loaded", cycles="", objectives="J1 cycle_id=Q4")
