"""KR: money at stake is that of the objective."""

from tests.gaps.cases.case import Cases

KR01 = Cases("KR01", products="P1 annual_spend=100",
             objectives="J1 product_id=P1 end_date=2026-12-31 effort_pct=40"
                        "| J2 product_id=P1 effort_pct=60")
KR01.fires("high if it is the only one", ("KR01:K1", "high", 40.0), key_results="K1 J1",
           evidence={"KR01:K1": {"only_one": True}})
KR01.fires("no target, no range, no due date: medium beside another",
           ("KR01:K3", "medium", 60.0), ("KR01:K4", "medium", 60.0), ("KR01:K1", "medium", 40.0),
           ("KR01:K2", "medium", 40.0),
           key_results="K1 J1 kr_type=increase baseline=0 | K2 J1 kr_type=between lower=3 upper=2"
                       "| K3 J2 target=5 | K4 J2 kr_type=binary | K5 J2 target=5 due_date=2026-12-01")
KR01.silent("a target of 0, a range, a deed, and the objective's end",
            key_results="K1 J1 target=0 | K2 J1 kr_type=between lower=1 upper=1"
                        "| K3 J1 kr_type=binary | K4 J1 kr_type=milestone | K5 J1 status=dropped")
KR01.unknown("half a range is no measure", ("KR01:K2", "medium", 40.0),
             key_results="K1 J1 target=3 | K2 J1 kr_type=between lower=1")
KR01.not_evaluated("objectives are not loaded; key results are not loaded", objectives="")
KR01.not_evaluated("key results are not loaded")

KR02 = Cases("KR02", objectives="J1")
KR02.fires("increase, decrease and unspecified with a target alone", ("KR02:K1", "medium", None),
           ("KR02:K2", "medium", None), ("KR02:K3", "medium", None),
           key_results="K1 J1 kr_type=increase target=5 | K2 J1 kr_type=decrease target=0"
                       "| K3 J1 target=5 | K4 J1 target=5 baseline=0",
           evidence={"KR02:K2": {"target": 0.0, "kind": "decrease"}})
KR02.silent("a baseline of 0, or a kind that needs none",
            key_results="K1 J1 kr_type=increase target=5 baseline=0 | K2 J1 kr_type=at_least target=5"
                        "| K3 J1 kr_type=binary | K4 J1 kr_type=milestone target=5")
KR02.unknown("without a target it is KR01's", key_results="K1 J1 kr_type=increase | K2 J1 baseline=1")
KR02.not_evaluated("nothing is loaded for baseline of key results", key_results="K1 J1 target=5")

KR03 = Cases("KR03", objectives="J1 end_date=2026-12-31")
KR03.fires("each contradiction", *((f"KR03:K{i}", "medium", None) for i in range(1, 9)),
           key_results="K1 J1 kr_type=increase baseline=5 target=5"
                       "| K2 J1 kr_type=increase baseline=5 target=4"
                       "| K3 J1 kr_type=decrease baseline=4 target=5"
                       "| K4 J1 kr_type=between lower=2 upper=1"
                       "| K5 J1 target=1 weight=0 | K6 J1 target=1 weight=-1"
                       "| K7 J1 target=1 start_date=2027-01-01"
                       "| K8 J1 kr_type=binary baseline=1")  # the target defaults to 1
KR03.silent("all in order", key_results="K1 J1 kr_type=decrease baseline=5 target=4 weight=0.1"
            "| K2 J1 kr_type=between lower=1 upper=1 | K3 J1 kr_type=at_least baseline=5 target=5"
            "| K4 J1 kr_type=milestone target=5 start_date=2026-12-31")
KR03.unknown("a blank contradicts nothing",
             key_results="K1 J1 kr_type=increase target=5 | K2 J1 kr_type=decrease baseline=5"
                         "| K3 J1 kr_type=between lower=2 | K4 J1 | K5 J1 kr_type=binary")
KR03.not_evaluated("key results are not loaded")
