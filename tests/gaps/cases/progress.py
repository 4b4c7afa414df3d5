"""PRG: day 50 of 100, so a linear pace expects 50 of 0–100. Money at stake is the objective's."""

from tests.builders import HALFWAY
from tests.gaps.cases.case import Cases

KR = "kr_type=increase baseline=0 target=100"
TWO = f"J1 product_id=P1 ambition=committed {HALFWAY} | J2 product_id=P1 ambition=aspirational {HALFWAY}"
PRG01 = Cases("PRG01", products="P1 annual_spend=100", outcomes="O1 tier=1 | O2 tier=2",
              objectives=f"J1 product_id=P1 outcome_id=O1 ambition=committed effort_pct=60 {HALFWAY}"
                         f"| J2 product_id=P1 outcome_id=O1 effort_pct=40 {HALFWAY}")
PRG01.fires("10.1 and 25 points behind need attention, 25.1 is off track",
            ("PRG01:K3", "high", 60.0), ("PRG01:K1", "medium", 60.0), ("PRG01:K2", "medium", 60.0),
            ("PRG01:K6", "medium", 40.0), ("PRG01:K4", "low", 40.0), ("PRG01:K5", "low", 40.0),
            key_results=f"K0 J1 {KR} current=40 | K1 J1 {KR} current=39.9 | K2 J1 {KR} current=25"
                        f"| K3 J1 {KR} current=24.9 | K4 J2 {KR} current=39.9"
                        f"| K5 J2 {KR} current=25 | K6 J2 {KR} current=24.9",
            evidence={"PRG01:K1": {"status": "needs_attention", "value": 39.9, "progress": 0.399,
                                   "expected": 0.5, "bar": 1.0, "tau": 0.5,
                                   "pace_assumed": "linear"}})
# 75 of 100 days: 0.75 expected; 74 of 100: 0.74
PRG01.fires("critical from three quarters of the time, committed, off track and tier 1",
            ("PRG01:K1", "critical", 60.0), ("PRG01:K2", "high", 60.0), ("PRG01:K3", "medium", 40.0),
            key_results=f"K1 J1 {KR} current=49.9 start_date=2026-09-06 due_date=2026-12-15"
                        f"| K2 J1 {KR} current=48.9 start_date=2026-09-07 due_date=2026-12-16"
                        f"| K3 J2 {KR} current=49.9 start_date=2026-09-06 due_date=2026-12-15")
PRG01.fires("not critical without tier 1", ("PRG01:K1", "high", 100.0),
            objectives="J1 product_id=P1 outcome_id=O2 ambition=committed",
            key_results=f"K1 J1 {KR} current=0 start_date=2026-09-06 due_date=2026-12-15")
PRG01.fires("out of its bounds is off track", ("PRG01:K1", "medium", 40.0),
            key_results="K1 J2 kr_type=at_most target=5 current=5.1"
                        "| K2 J2 kr_type=at_most target=5 current=5",
            evidence={"PRG01:K1": {"status": "off_track", "value": 5.1}})
PRG01.silent("exactly 10.0 points behind, met, too early, past due, or not paced",
             key_results=f"K1 J1 {KR} current=40 | K2 J1 {KR} current=100"
                         f"| K3 J1 {KR} current=0 start_date=2026-11-11 due_date=2027-02-19"
                         f"| K4 J1 {KR} current=0 due_date=2026-11-19 | K5 J1 {KR} current=0 pace=none")
PRG01.unknown("no value, no baseline, no target, no window, or stale: not behind",
              check_ins="K5 2026-11-01 0 | K6 2026-11-20 40",
              key_results=f"K1 J1 {KR} | K2 J1 kr_type=increase target=100 current=0"
                          "| K3 J1 kr_type=increase baseline=0 current=0"
                          f"| K4 J3 {KR} current=0 | K5 J1 {KR} | K6 J1 {KR}",
              objectives=f"J1 product_id=P1 {HALFWAY} | J3 start_date=2026-10-01")
PRG01.not_evaluated("key results are not loaded")

PRG02 = Cases("PRG02", outcomes="O1 tier=1", products="P1 annual_spend=100",
              objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY} effort_pct=60"
                         f"| J2 product_id=P1 {HALFWAY} effort_pct=40")
PRG02.fires("15 days are stale with a cadence of 7; more than 28 are high for tier 1",
            ("PRG02:K3", "high", 60.0), ("PRG02:K4", "high", 60.0), ("PRG02:K1", "medium", 60.0),
            ("PRG02:K2", "medium", 60.0), ("PRG02:K5", "medium", 40.0),
            key_results="K1 J1 | K2 J1 | K3 J1 | K4 J1 | K5 J2",
            check_ins="K1 2026-11-05 1 | K2 2026-10-23 1 | K3 2026-10-22 1 | K5 2026-10-22 1",
            evidence={"PRG02:K1": {"freshness": "stale", "age": 15, "cadence": 7},
                      "PRG02:K4": {"freshness": "never"}})
PRG02.silent("14 days are late, 10 are fresh; first check-in not due; past due; done",
             key_results="K1 J1 | K2 J1 | K3 J1 start_date=2026-11-13 | K4 J1 due_date=2026-11-19"
                         "| K5 J1 kr_type=binary current=1 | K6 J1 start_date=2026-11-21",
             check_ins="K1 2026-11-06 1 | K2 2026-11-10 1")
PRG02.unknown("a start that is not known excuses nothing; a blank check-in says nothing",
              ("PRG02:K1", "medium", None), ("PRG02:K2", "medium", None),
              objectives=f"J1 | J2 {HALFWAY}", key_results="K1 J1 | K2 J2 | K3 J2",
              check_ins="K2 2026-11-20 note=hello | K3 2026-11-20 confidence=5")
PRG02.not_evaluated("check-ins are not loaded", key_results="K1 J1")

PRG03 = Cases("PRG03", products="P1 annual_spend=10", objectives=TWO)
OFF, ON = f"{KR} current=0", f"{KR} current=60"
PRG03.fires("optimistic is high if committed, else medium; pessimistic is low",
            ("PRG03:K1", "high", 5.0), ("PRG03:K2", "high", 5.0), ("PRG03:K3", "medium", 5.0),
            ("PRG03:K4", "low", 5.0), ("PRG03:K5", "low", 5.0),
            key_results=f"K1 J1 {OFF} status='On Track' | K2 J1 {OFF} confidence=7"
                        f"| K3 J2 {OFF} status=green | K4 J2 {ON} status=red | K5 J1 {ON} confidence=3",
            evidence={"PRG03:K1": {"reported": "on_track", "status": "off_track"}})
PRG03.fires("the check-in speaks before the key result", ("PRG03:K1", "high", 5.0),
            key_results=f"K1 J1 {KR} status=red", check_ins="K1 2026-11-19 10 status=healthy")
PRG03.fires("missed counts like off track", ("PRG03:K1", "high", 5.0),
            key_results=f"K1 J1 {OFF} status=good due_date=2026-11-19")
PRG03.silent("they agree, or the confidence is between",
             key_results=f"K1 J1 {OFF} status=red | K2 J1 {ON} status=green"
                         f"| K3 J1 {OFF} confidence=6.9 | K4 J1 {ON} confidence=3.1")
PRG03.unknown("no word and no number; an unknown word is none; a between word beats confidence",
              ("PRG03:K3", "high", 5.0),
              key_results=f"K1 J1 {OFF} | K2 J1 {OFF} status='at risk' confidence=9"
                          f"| K3 J1 {OFF} status=purple confidence=9"
                          f"| K4 J1 {KR} status=green")
PRG03.not_evaluated("nothing is loaded for status of check-ins, confidence of check-ins, status of key results or confidence of key results", key_results=f"K1 J1 {OFF}")

PRG04 = Cases("PRG04", objectives=TWO, products="P1 annual_spend=10")
PRG04.fires("less than a hundredth of the way each; medium if committed",
            ("PRG04:K1", "medium", 5.0), ("PRG04:K2", "low", 5.0),
            key_results=f"K1 J1 {KR} | K2 J2 kr_type=decrease baseline=100 target=0",
            check_ins="K1 2026-11-01 40 | K1 2026-11-08 40.99 | K1 2026-11-15 40"
                      "| K2 2026-11-01 40 | K2 2026-11-08 40 | K2 2026-11-15 40",
            evidence={"PRG04:K1": {"step_1": -0.99, "step_2": 0.99}})
PRG04.silent("exactly a hundredth once, met, or of a kind that does not move",
             key_results=f"K1 J1 {KR} | K2 J1 {KR} | K3 J1 kr_type=at_least target=100",
             check_ins="K1 2026-11-01 40 | K1 2026-11-08 41 | K1 2026-11-15 41"
                       "| K2 2026-11-01 100 | K2 2026-11-08 100 | K2 2026-11-15 100"
                       "| K3 2026-11-01 40 | K3 2026-11-08 40 | K3 2026-11-15 40")
PRG04.unknown("two values, or no way to measure against",
              key_results=f"K1 J1 {KR} | K2 J1 kr_type=increase target=100",
              check_ins="K1 2026-11-01 40 | K1 2026-11-08 status=red | K1 2026-11-15 40"
                        "| K2 2026-11-01 40 | K2 2026-11-08 40 | K2 2026-11-15 40")
PRG04.threshold(0.005, "less than half a hundredth only", key_results=f"K1 J1 {KR}",
                check_ins="K1 2026-11-01 40 | K1 2026-11-08 40.5 | K1 2026-11-15 40.5")
PRG04.not_evaluated("check-ins are not loaded", key_results="K1 J1")
PRG04.not_evaluated("nothing is loaded for value of check-ins", key_results="K1 J1",
                    check_ins="K1 2026-11-01 status=red")

PRG05 = Cases("PRG05", objectives=TWO, products="P1 annual_spend=10", key_results="K1 J1 | K2 J2")
PRG05.fires("2 at once, or twice in a row; medium if committed",
            ("PRG05:K1", "medium", 5.0), ("PRG05:K2", "low", 5.0),
            check_ins="K1 2026-11-08 confidence=7 | K1 2026-11-15 confidence=5"
                      "| K2 2026-11-01 confidence=7 | K2 2026-11-08 confidence=6.9"
                      "| K2 2026-11-12 value=4 | K2 2026-11-15 confidence=6.8",
            evidence={"PRG05:K1": {"now": 5.0, "fall_1": 2.0}})
PRG05.silent("1.9 at once, or a rise before",
             check_ins="K1 2026-11-08 confidence=7 | K1 2026-11-15 confidence=5.1"
                       "| K2 2026-11-01 confidence=6 | K2 2026-11-08 confidence=7"
                       "| K2 2026-11-15 confidence=6")
PRG05.unknown("nothing to compare with; a check-in without confidence says none",
              check_ins="K1 2026-11-15 confidence=1 | K1 2026-11-08 status=green"
                        "| K2 2026-11-15 confidence=11 | K2 2026-11-08 confidence=9")
PRG05.threshold(3, "2 at once are fine then",
                check_ins="K1 2026-11-08 confidence=7 | K1 2026-11-15 confidence=5")
PRG05.not_evaluated("nothing is loaded for confidence of check-ins", check_ins="K1 2026-11-08 4")
