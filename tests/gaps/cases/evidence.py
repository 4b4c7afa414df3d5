"""PRG06 and PRG07: guardrails, and goals that ended without a word."""

from tests.builders import HALFWAY
from tests.gaps.cases.case import Cases

RAIL = "is_guardrail=yes kr_type=at_most target=5"
KR = "kr_type=increase baseline=0 target=100"
PRG06 = Cases("PRG06", products="P1 annual_spend=10",
              objectives=f"J1 product_id=P1 {HALFWAY} | J2 product_id=P1 {HALFWAY}")
PRG06.fires("high if a sibling is on track or achieved, else medium",
            ("PRG06:K1", "high", 5.0), ("PRG06:K3", "medium", 5.0),
            key_results=f"K1 J1 {RAIL} current=5.1 | K2 J1 {KR} current=40"
                        f"| K3 J2 {RAIL} current=6 | K4 J2 {KR} current=39",
            evidence={"PRG06:K1": {"value": 5.1, "goal": 5.0}})
PRG06.fires("a moving guardrail holds once it is met", ("PRG06:K1", "medium", 5.0),
            key_results=f"K1 J1 {KR} is_guardrail=yes current=99 | K2 J2 {KR} is_guardrail=yes current=100")
PRG06.silent("exactly at its bound, or not a guardrail",
             key_results=f"K1 J1 {RAIL} current=5 | K2 J1 kr_type=at_most target=5 current=9")
PRG06.unknown("no value, no bound, or a kind that cannot be met", ("PRG06:K4", "medium", 5.0),
              key_results=f"K1 J1 {RAIL} | K2 J1 is_guardrail=yes kr_type=at_most current=9"
                          f"| K3 J1 is_guardrail=yes target=5 current=9 | K4 J2 {RAIL} current=9")
PRG06.not_evaluated("nothing is loaded for guardrail mark of key results", key_results=f"K1 J1 {KR}")

PRG07 = Cases("PRG07", products="P1 annual_spend=10 | P2 status=retired")
PRG07.fires("more than 7 days ago; high if committed, else medium",
            ("PRG07:J1", "high", None), ("PRG07:J2", "medium", None),
            objectives="J1 product_id=P1 end_date=2026-11-12 ambition=committed"
                       "| J2 end_date=2026-11-12")
PRG07.silent("7 days ago exactly, graded, closed, or of a retired product",
             objectives="J1 end_date=2026-11-13 | J2 end_date=2026-01-01 grade=0.7"
                        "| J3 end_date=2026-01-01 status=Closed"
                        "| J4 end_date=2026-01-01 product_id=P2")
PRG07.unknown("an end that is not known has not passed; any other status word is open",
              ("PRG07:J2", "medium", None),
              objectives="J1 | J2 end_date=2026-01-01 status=whatever")
PRG07.threshold(6, "7 days ago is late then", ("PRG07:J1", "medium", None),
                objectives="J1 end_date=2026-11-13")
PRG07.fires("its cycle ended, and it names no end itself", ("PRG07:J1", "medium", None),
            cycles="C1 2026-10-01 2026-11-12 | C2 2026-10-01 2026-11-13",
            objectives="J1 cycle_id=C1 | J2 cycle_id=C1 end_date=2026-11-13 | J3 cycle_id=C2")
PRG07.not_evaluated("no objective has an end date or a cycle", objectives="J1")
PRG07.not_evaluated("no objective has an end date or a cycle", objectives="J1 cycle_id=C1")
