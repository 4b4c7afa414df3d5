"""OUT: is every outcome served, and can it be measured?"""

import pandas as pd

from orgdata.formats import listed
from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.measures import Alignment


@rule("OUT01", "outcome unserved", looks_at=looked_at.outcomes, objects="active outcomes",
      question="Who serves this outcome?", severity="critical if tier 1, else high",
      ids="outcome_id", needs="outcome product contributions|objectives",
      message="No product serves “{name}”: nothing is declared and no goal leads to it.",
      next_step="Decide which product takes “{name}” on and add a row in contributions "
                "(product_id, outcome_id) with its first objective, or retire the outcome.",
      systemic_step="Most outcomes have no product: check that contributions.outcome_id and "
                    "objectives.outcome_id use the ids of the outcomes table.",
      who="{actor}", table="outcomes",
      evidence="coverage weight tier1")
def outcome_unserved(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """No managed product has a link or a goal for the outcome: its coverage is uncovered."""
    rows = rows[rows["coverage"] == "uncovered"]
    return rows.assign(severity=graded(rows.index, (rows["tier1"], "critical"), otherwise="high"))


@rule("OUT02", "outcome thinly served", looks_at=looked_at.outcomes, objects="active outcomes",
      question="What does this outcome lack to be covered?", severity="high if tier 1, else medium",
      ids="outcome_id", needs="outcome product contributions|objectives",
      message="“{name}” is only thinly served: the product closest to covering it lacks {lacks}.",
      next_step="Agree with the products linked to “{name}” who adds {lacks}: strength or "
                "confirmed_on in contributions, an objective with a measurable key result, or an "
                "accountable person in assignments.",
      systemic_step="Most outcomes are only thinly served: look at what they lack in common and "
                    "mend it once, in contributions, objectives or assignments.",
      who="{actor}", table="outcomes",
      evidence="coverage lacks weight tier1")
def outcome_thinly_served(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome has links or goals, but no managed product with a PM has a proven primary
    link to it (a claimed one is enough where proof is not available): its coverage is thin."""
    rows = rows[rows["coverage"] == "thin"]
    return rows.assign(severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("OUT04", "outcome unmeasurable", looks_at=looked_at.outcomes, objects="active outcomes",
      question="How would we know that this outcome was reached?",
      severity="high if tier 1, else medium", ids="outcome_id",
      needs="outcome outcomes.metric|outcomes.target|outcomes.due_date|outcomes.owner_id",
      message="“{name}” cannot be called reached or missed: it lacks {without}.",
      next_step="Fill {without} for “{name}” in outcomes.",
      systemic_step="Most outcomes cannot be measured: add metric, target, due_date and owner_id "
                    "to the outcomes table once.",
      who="{actor}", table="outcomes",
      evidence="metric target due_date owner_name")
def outcome_unmeasurable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome lacks any of metric, target, due_date or owner_id."""
    wanted = ["metric", "target", "due_date", "owner_id"]
    rows = rows[rows[wanted].isna().any(axis=1)]
    blank = rows[wanted].isna().to_numpy()
    without = [listed([name for name, lacks in zip(wanted, row, strict=True) if lacks], most=4)
               for row in blank]
    return rows.assign(without=pd.Series(without, rows.index, dtype="str"),
                       severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))
