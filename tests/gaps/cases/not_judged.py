"""What is not judged, since a lost row or cell may hold what is not found; and what is all the same."""

from tests.builders import HALFWAY
from tests.gaps.cases.case import Cases

LINK, GOAL = ("contributions", 3), ("objectives", 3)  # the second row of each was skipped

OUT01 = Cases("OUT01", outcomes="O1 tier=1 | O2", products="P1", contributions="P1 O2 | P9 O1")
OUT01.not_judged("a link names the outcome, and a product that is not known",
                 {"OUT01:O1": (LINK,)})
OUT01.not_judged("so does a goal", {"OUT01:O1": (GOAL,)}, contributions="P1 O2",
                 objectives="J2 outcome_id=O2 | J1 outcome_id=O1 end_date=soon product_id=P1")
OUT01.not_judged("every link was skipped", {
    "OUT01:O1": (("contributions", None), ("contributions", 2)),
    "OUT01:O2": (("contributions", None),)}, contributions="P9 O1", objectives="J1")

OUT02 = Cases("OUT02", outcomes="O1", products="P1", contributions="P1 O1 primary", people="H1",
              objectives="J1 product_id=P1 outcome_id=O1", key_results="K1 J1 target=1",
              assignments="P1 H1 pm")
OUT02.not_judged("the manager", {"OUT02:O1": (("assignments", 2), ("assignments", 3))},
                 assignments="P1 H9 pm | P1 H8 owner | P9 H1 pm | P2 H1 pm", products="P1 | P2")
OUT02.not_judged("the goal, of the product", {"OUT02:O1": (GOAL,)}, key_results="K1 J0 target=1",
                 objectives="J0 | '' title=x product_id=P1 outcome_id=O9")
OUT02.not_judged("the goal, for the outcome", {"OUT02:O1": (GOAL,)}, key_results="K1 J0 target=1",
                 objectives="J0 | '' title=x product_id=P9 outcome_id=O1")
OUT02.not_judged("its measure: a key result that was skipped, a target that was lost",
                 {"OUT02:O1": (("key_results", 2), ("key_results", 4))},
                 key_results="K1 J1 target=x | K2 J0 target=1 | '' J1 title=x target=2",
                 objectives="J1 product_id=P1 outcome_id=O1 | J0")
OUT02.not_judged("the primary link, by its confirmation",
                 {"OUT02:O1": (("contributions", 2),)},
                 contributions="P1 O1 primary confirmed_on=soon")
OUT02.fires("what a row says of another outcome, and one lack that is certain",
            ("OUT02:O1", "medium", None), ("OUT02:O2", "medium", None), outcomes="O1 | O2",
            contributions="P1 O1 supporting | P1 O2 primary confirmed_on=soon")
OUT02.fires("the manager may be there, the goal is not", ("OUT02:O1", "medium", None),
            assignments="P1 H9 pm | P2 H1 pm", products="P1 | P2", key_results="K1 J0 target=1",
            objectives="J0")

OUT03 = Cases("OUT03", outcomes="O1", products="P1 | P2", contributions="P1 O1 primary | P9 O1")
OUT03.not_judged("a second product may carry it", {"OUT03:O1": (LINK,)})

OUT04 = Cases("OUT04", outcomes="O1 metric=m target=x due_date=soon owner_id=H9", people="H1")
OUT04.not_judged("all that lacks could not be read or is not known",
                 {"OUT04:O1": (("outcomes", 2),)})
OUT04.fires("one of them is blank", ("OUT04:O1", "medium", None),
            outcomes="O1 target=x due_date=2026-12-31 owner_id=H1")

OUT05 = Cases("OUT05", outcomes="O1 weight=50 | O2 weight=50", products="P1 annual_spend=100",
              contributions="P1 O1 primary | P9 O2")
OUT05.not_judged("a shortfall may be none; an excess is one", {"OUT05:O2": (LINK,)},
                 ("OUT05:O1", "medium", 50.0))
OUT05.not_evaluated("the only row of links was skipped", contributions="P9 O2",
                    objectives="J1 product_id=P1 outcome_id=O1")

PRD01 = Cases("PRD01", outcomes="O1", products="P1 | P2", contributions="P2 O1 | P1 O9")
PRD01.not_judged("a link names the product", {"PRD01:P1": (LINK,)})
PRD01.fires("a row that only names the outcome speaks of that", ("PRD01:P1", "medium", None),
            contributions="P2 O1 | P9 O1")

PRD02 = Cases("PRD02", outcomes="O1", products="P1", contributions="P1 O1", objectives="J0")
PRD02.not_judged("a goal whose end could not be read", {"PRD02:P1": (GOAL,)},
                 objectives="J0 | J1 product_id=P1 end_date=soon")
PRD02.fires("one that had ended, or is closed", ("PRD02:P1", "medium", None),
            objectives="J0 | J1 product_id=P1 end_date=2026-11-19 start_date=soon"
                       "| J2 product_id=P1 end_date=soon status=done")

PRD03 = Cases("PRD03", outcomes="O1", products="P1", contributions="P1 O1 primary")
PRD03.not_judged("the outcome of its goal is not known", {"PRD03:P1:O1": (("objectives", 2),)},
                 objectives="J1 product_id=P1 outcome_id=O9")

PRD05 = Cases("PRD05")
PRD05.not_judged("the day of the confirmation could not be read",
                 {"PRD05:P2": (("products", 3),)},
                 products="P1 role_statement=x role_confirmed_on=2026-11-20"
                          "| P2 role_statement=x role_confirmed_on=soon")
PRD05.fires("nothing is written that could be confirmed", ("PRD05:P2", "medium", None),
            products="P1 role_statement=x role_confirmed_on=2026-11-20"
                     "| P2 role_confirmed_on=soon")

OBJ01 = Cases("OBJ01", outcomes="O1", products="P1")
OBJ01.not_judged("its outcome is not known, or its parent's", {
    "OBJ01:J1": (("objectives", 2),), "OBJ01:J2": (("objectives", 2),)},
    objectives="J1 product_id=P1 outcome_id=O9 | J2 product_id=P1 parent_objective_id=J1")
OBJ01.not_judged("further outcomes were all skipped",
                 {"OBJ01:J1": (("objective_outcomes", None), ("objective_outcomes", 2))},
                 objectives="J1 product_id=P1", objective_outcomes="J1 O9")

OBJ02 = Cases("OBJ02", outcomes="O1 | O2 status=done")
OBJ02.not_judged("the end of the parent could not be read", {"OBJ02:J1": (GOAL,)},
                 objectives="J1 parent_objective_id=J2 | J2 outcome_id=O1 end_date=soon")
OBJ02.fires("an outcome that has ended is the past by itself", ("OBJ02:J1", "medium", None),
            objectives="J1 outcome_id=O2 parent_objective_id=J2"
                       "| J2 outcome_id=O1 end_date=soon")

OBJ03 = Cases("OBJ03", objectives="J1 | J2", key_results="K1 J2 | '' J1 title=x")
OBJ03.not_judged("a key result", {"OBJ03:J1": (("key_results", 3),)})
OBJ03.not_judged("a goal below it", {"OBJ03:J1": (("objectives", 4),)}, key_results="K1 J2",
                 objectives="J1 | J2 | '' title=x parent_objective_id=J1")

OBJ05 = Cases("OBJ05", objectives="J1", key_results="K1 J1 kr_type=binary | '' J1 title=x")
OBJ05.not_judged("a key result for the effect", {"OBJ05:J1": (("key_results", 3),)})

KR01 = Cases("KR01", objectives="J1 end_date=2026-12-31 | J2")
KR01.not_judged("target, bounds or due date could not be read",
                {f"KR01:K{n}": (("key_results", n + 1),) for n in (1, 2, 3)},
                key_results="K1 J1 target=x | K2 J1 kr_type=between lower=x upper=4"
                            "| K3 J2 target=1 due_date=soon")
KR01.fires("one that is blank beside it, or bounds in the wrong order",
           ("KR01:K1", "high", None), ("KR01:K2", "medium", None), ("KR01:K3", "medium", None),
           key_results="K1 J2 target=x | K2 J1 kr_type=between lower=x"
                       "| K3 J1 kr_type=between lower=5 upper=4")

KR02 = Cases("KR02", objectives="J1")
KR02.not_judged("the baseline could not be read", {"KR02:K1": (("key_results", 2),)},
                key_results="K1 J1 target=5 baseline=x | K2 J1 target=5 baseline=1")

PRG02 = Cases("PRG02", objectives=f"J1 {HALFWAY}", key_results="K1 J1 | K2 J1")
PRG02.not_judged("a check-in without a readable date, or later than the last",
                 {"PRG02:K1": (("check_ins", 2),), "PRG02:K2": (("check_ins", 4),)},
                 check_ins="K1 soon 1 | K2 2026-10-22 1 | 'K2; K9' 2026-11-19 2")
PRG02.fires("what was skipped is older than the last, or in the future",
            ("PRG02:K1", "medium", None), ("PRG02:K2", "medium", None),
            check_ins="K1 2026-10-22 1 | 'K1; K9' 2026-10-21 2"
                      "| 'K2; K9' 2026-11-21 2")

OWN01 = Cases("OWN01", people="H1", products="P1 | P2 strategic_role=invest",
              assignments="P1 H1 pm | P2 H2 pm")
OWN01.not_judged("one who is not in people", {"OWN01:P2": (("assignments", 3),)})
OWN01.not_judged("a date that could not be read", {"OWN01:P2": (("assignments", 3),)},
                 assignments="P1 H1 pm | P2 H1 pm end_date=soon")
OWN01.fires("another role, or a row that had ended", ("OWN01:P2", "critical", None),
            assignments="P1 H1 pm | P2 H2 deputy | P2 H3 pm end_date=2026-11-19")

OWN03 = Cases("OWN03", people="H1 | H2 active_to=2026-11-19", products="P1",
              assignments="P1 H1 pm is_interim=yes | P1 H9 pm")
OWN03.not_judged("somebody else for good", {"OWN03:P1": (("assignments", 3),)})
OWN03.fires("who left has left", ("OWN03:P1", "high", None),
            assignments="P1 H2 pm is_interim=yes | P1 H9 pm")

OWN06 = Cases("OWN06", people="H1", products="P1 strategic_role=invest | P2",
              assignments="P2 H1 deputy | P1 H9 backup")
OWN06.not_judged("a deputy who is not in people", {"OWN06:P1": (("assignments", 3),)})

PRT03 = Cases("PRT03", outcomes="O1", contributions="P1 O1 | P2 O9",
              products="P1 annual_spend=85 | P2 annual_spend=15")
PRT03.not_judged("the money of a product whose links are in doubt",
                 {"PRT03:portfolio": (LINK,)})
PRT03.fires("what is certain counts: 20 % of the 60 %", ("PRT03:portfolio", "medium", None),
            products="P1 annual_spend=40 | P2 annual_spend=40 | P3 annual_spend=20",
            evidence={"PRT03:portfolio": {"unlinked_share": 0.2, "in_doubt_share": 0.4}})
PRT03.not_evaluated("the only row of links was skipped", contributions="P2 O9",
                    objectives="J1 product_id=P1 outcome_id=O1")

PRT04 = Cases("PRT04", products="P1 | P2")
PRT04.not_judged("the answer, or the delivery, could not be read",
                 {"PRT04:D1": (("dependencies", 2),), "PRT04:D2": (("dependencies", 3),)},
                 dependencies="D1 P1 P2 agreed=maybe | D2 P1 P2 agreed=no done_on=soon")

RBK01 = Cases("RBK01")
RBK01.not_judged("the end could not be read", {"RBK01:R1": (("roadblocks", 2),)},
                 roadblocks="R1 2026-11-05 closed_on=soon")

XFN01 = Cases("XFN01", products="P1")
XFN01.not_judged("the state could not be read", {"XFN01:X1": (("expectations", 2),)},
                 expectations="X1 P1 sales state=maybe")
