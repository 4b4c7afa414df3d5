"""PRD: does every product serve an outcome, with a goal to prove it?"""

import pandas as pd

from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.measures import Alignment


@rule("PRD01", "product serves no outcome", looks_at=looked_at.products_not_exempt,
      objects="products that should serve an outcome", question="What is this product for?",
      severity="medium if a link waits for confirmation; else high if invest or among the "
               "quarter with the highest spend; else medium",
      ids="product_id", needs="product outcome contributions|objectives",
      message="{name} serves no company outcome: no confirmed link and no goal leads to one.",
      next_step="Decide what {name} is for: add or confirm its row in contributions, or set its "
                "strategic_role in products to enable or sunset.",
      systemic_step="Most products serve no outcome: check that contributions.product_id and "
                    "objectives.product_id use the ids of the products table.",
      who="{actor}", table="products",
      evidence="strategic_role spend has_declared")
def product_serves_no_outcome(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is not exempt has no confirmed link to an active outcome and no goal for
    one."""
    rows = rows[~rows["has_confirmed"] & ~rows["has_goal_link"]]
    big = (rows["strategic_role"] == "invest") | rows["top_quartile"]
    return rows.assign(severity=graded(rows.index, (rows["has_declared"], "medium"),
                                       (big, "high"), otherwise="medium"))


@rule("PRD02", "product without a goal", looks_at=looked_at.products_not_exempt,
      objects="products that should have a goal",
      question="What will this product achieve this cycle?",
      severity="high if a primary link to a tier-1 outcome, else medium",
      ids="product_id", needs="product outcome contributions objectives",
      message="{name} is linked to an outcome but has no objective in this cycle.",
      next_step="Write one objective for {name} in objectives (product_id, outcome_id, dates) "
                "with a key result that would prove its link.",
      systemic_step="Most linked products have no goal in this cycle: check that "
                    "objectives.product_id is filled in and that the cycle's dates hold.",
      who="{actor}", table="products",
      evidence="goals has_primary primary_tier1 spend")
def product_without_a_goal(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is not exempt has a confirmed link, but no objective in cycle."""
    rows = rows[rows["has_confirmed"] & (rows["goals"] == 0)]
    return rows.assign(severity=graded(rows.index, (rows["primary_tier1"], "high"),
                                       otherwise="medium"))


@rule("PRD03", "paper link", looks_at=looked_at.primary_links, objects="confirmed primary links",
      question="Does anything in this cycle back this link?",
      severity="high if the outcome is tier 1, else medium", ids="product_id outcome_id",
      needs="product outcome contributions objectives contributions.strength",
      message="{product_name} calls “{outcome_name}” its primary outcome, but none of its goals "
              "in this cycle leads there.",
      next_step="Point one objective of {product_name} at “{outcome_name}” "
                "(objectives.outcome_id), or lower contributions.strength of this link.",
      systemic_step="Most primary links are backed by no goal: check that objectives.outcome_id "
                    "or the parents lead to the outcomes named in contributions.",
      who="{actor}", table="contributions",
      evidence="strength goals state")
def paper_link(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product with objectives in cycle has a confirmed primary link to an outcome that none
    of them has in line of sight."""
    rows = rows[(rows["goals"] > 0) & ~rows["goal"]]
    return rows.assign(severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))
