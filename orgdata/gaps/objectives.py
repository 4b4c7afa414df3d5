"""OBJ: does every goal lead to an outcome, and can it be measured?"""

import pandas as pd

from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.measures import Alignment

LARGE_EFFORT_PCT = 30


@rule("OBJ01", "objective without line of sight", looks_at=looked_at.objectives,
      objects="objectives in cycle", question="Which company outcome is this goal for?",
      severity="high if it takes 30 % of the effort or more, else medium",
      ids="objective_id", needs="outcome objectives.product_id outcomes",
      message="“{title}” ({product_name}) leads to no active outcome.",
      next_step="Set outcome_id or parent_objective_id of “{title}” in objectives, or say in "
                "exempt_reason why it needs none.",
      systemic_step="Fill objectives.outcome_id (or parent_objective_id) in the system the goals "
                    "come from: most of them lead to no outcome.",
      who="{actor}", table="objectives",
      evidence="product_name outcome_id parent_objective_id effort_pct exempt_until")
def objective_without_line_of_sight(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An objective of a product has no line of sight to an active outcome, and no reason for
    exemption that still holds."""
    exempt = rows["exempt_reason"].notna() & ~(rows["exempt_until"] < alignment.as_of)
    rows = rows[rows["product_id"].notna() & rows["sight"].isna() & ~exempt]
    return rows.assign(severity=graded(rows.index, (rows["effort_pct"] >= LARGE_EFFORT_PCT,
                                                    "high"), otherwise="medium"))


@rule("OBJ03", "objective without a measure", looks_at=looked_at.objectives,
      objects="objectives in cycle", question="How would we know that this goal was reached?",
      severity="high if committed, else medium", ids="objective_id",
      needs="objectives key_results",
      message="“{title}” has no key result and no goal below it.",
      next_step="Add a key result with baseline, target and due date for “{title}” in "
                "key_results.",
      systemic_step="Most objectives have no key result: check that key_results.objective_id "
                    "uses the ids of the objectives table.",
      who="{actor}", table="objectives",
      evidence="product_name ambition kr_count child_count")
def objective_without_a_measure(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An objective has neither a key result nor a child objective."""
    rows = rows[(rows["kr_count"] == 0) & (rows["child_count"] == 0)]
    return rows.assign(severity=graded(rows.index, (rows["committed"], "high"),
                                       otherwise="medium"))
