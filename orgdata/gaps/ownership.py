"""OWN: is somebody accountable, and do they have the time? Never a judgement of people."""

import pandas as pd

from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.measures import Alignment
from orgdata.measures.alignment import TOLERANCE

MUCH_ALLOCATED_PCT = 120


@rule("OWN01", "nobody accountable", looks_at=looked_at.products, objects="managed products",
      question="Who answers for this product?",
      severity="critical if invest or a primary link to a tier-1 outcome, else high",
      ids="product_id", needs="product assignments",
      message="Nobody is accountable for {name} today.",
      next_step="Name one person for {name}: a row in assignments with role accountable, current "
                "today.",
      systemic_step="Most products have nobody accountable: check the words of assignments.role "
                    "([values.assignments.role] in the settings) and the dates.",
      who="Head of product", table="products", evidence="pm_count strategic_role primary_tier1")
def nobody_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """No current assignment of the product has the role accountable."""
    rows = rows[rows["pm_count"] == 0]
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"]
    return rows.assign(severity=graded(rows.index, (vital, "critical"), otherwise="high"))


@rule("OWN02", "several accountable", looks_at=looked_at.products, objects="managed products",
      question="Which one of them decides?", severity="medium", ids="product_id",
      needs="product assignments",
      message="{pm_count} people are accountable for {name}: {pm_names}.",
      next_step="Agree which one answers for {name} and give the others another role in "
                "assignments.",
      systemic_step="Most products have several accountable people: check which words of "
                    "assignments.role the settings map to accountable.",
      who="Head of product", table="products", evidence="pm_count pm_names")
def several_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Two or more persons are currently accountable for the product."""
    rows = rows[rows["pm_count"] >= 2]
    return rows.assign(severity="medium")


@rule("OWN04", "over-allocated", looks_at=looked_at.people_assigned, objects="persons assigned",
      question="What could be handed over?", severity="medium above 120 %, else low",
      ids="person_id", needs="assignments.allocation_pct", threshold=100,
      message="More than the whole time of {name} is given out: {allocation_pct} % over all "
              "products.",
      next_step="Agree with {name} what to hand over or pause, then mend allocation_pct in "
                "assignments.",
      systemic_step="Most people are allocated above the limit: check that "
                    "assignments.allocation_pct is a share of one person's time.",
      who="Head of product", table="people", evidence="allocation_pct")
def over_allocated(rows: pd.DataFrame, alignment: Alignment, threshold: float) -> pd.DataFrame:
    """The current allocation_pct of a person over all products adds up to more than the
    threshold."""
    rows = rows[rows["allocation_pct"] > threshold + TOLERANCE]
    much = rows["allocation_pct"] > MUCH_ALLOCATED_PCT + TOLERANCE
    return rows.assign(severity=graded(rows.index, (much, "medium"), otherwise="low"))
