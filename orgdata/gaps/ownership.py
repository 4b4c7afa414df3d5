"""OWN: is somebody accountable, and do they have the time? Never a judgement of people."""

import numpy as np
import pandas as pd

from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.keys import among, look_up
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


@rule("OWN03", "owner left, interim or leaving", looks_at=looked_at.products,
      objects="managed products", question="Who takes over, and when?", threshold=30,
      severity="high if left, else medium", ids="product_id", needs="product assignments",
      message="{name}: {what}.",
      next_step="Agree on who answers for {name} from when on: end_date of the old row and a new "
                "one in assignments.",
      systemic_step="Most products are in transition: check active_to in people and end_date in "
                    "assignments.",
      who="Head of product", table="products", evidence="pm_names what")
def owner_left_interim_or_leaving(rows: pd.DataFrame, alignment: Alignment,
                                  threshold: float) -> pd.DataFrame:
    """A person accountable is not active any more; or all are interim; or one's assignment or
    time here ends within the threshold in days."""
    soon = alignment.as_of + pd.Timedelta(days=threshold)
    managers = alignment.managers
    leaving = pd.Series(False, managers.index)
    for column in ("end_date", "active_to"):
        leaving |= (managers[column] >= alignment.as_of) & (managers[column] <= soon)
    of = managers.assign(left=~managers["person_active"], leaving=leaving).groupby(
        "product_id")[["left", "leaving", "interim"]].agg(
        {"left": "any", "leaving": "any", "interim": "all"})
    left, going, interim = (look_up(rows["product_id"], of[name], False)
                            for name in ("left", "leaving", "interim"))
    what = np.select([left, interim], [
        "the person accountable is not active any more", "accountability is only interim"],
        "the accountability ends soon")
    rows = rows.assign(left=left, what=pd.Series(what, rows.index, dtype="str"))
    rows = rows[left | going | interim]
    return rows.assign(severity=graded(rows.index, (rows["left"], "high"), otherwise="medium"))


@rule("OWN05", "attention fragmented", looks_at=looked_at.people_assigned,
      objects="persons assigned", question="Which of these products needs this person most?",
      threshold=3, severity="medium if one of them is invest, else low", ids="person_id",
      needs="product assignments",
      message="{name} is accountable for {pm_of} products at once.",
      next_step="See with {name} whether one of the products can get another accountable person in "
                "assignments.",
      systemic_step="Most people are accountable for several products: check that assignments.role "
                    "says accountable only where it is meant.",
      who="Head of product", table="people", evidence="pm_of pm_of_invest")
def attention_fragmented(rows: pd.DataFrame, alignment: Alignment,
                         threshold: float) -> pd.DataFrame:
    """A person is accountable for as many managed products as the threshold, or more."""
    rows = rows[rows["pm_of"] >= threshold]
    return rows.assign(severity=graded(rows.index, (rows["pm_of_invest"] > 0, "medium"),
                                       otherwise="low"))


@rule("OWN06", "no cover", looks_at=looked_at.products, objects="managed products",
      question="Who decides when the person accountable is away?", severity="medium",
      ids="product_id", needs="product assignments deputy",
      message="{name} matters much and has no deputy.",
      next_step="Name a deputy for {name}: a row in assignments with role deputy.",
      systemic_step="Few products have a deputy: check the words of assignments.role in the "
                    "settings.",
      who="{actor}", table="products", evidence="strategic_role primary_tier1 top_quartile")
def no_cover(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is invest, has a primary link to a tier-1 outcome or is among the quarter
    with the highest spend has no current deputy."""
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"] | rows["top_quartile"]
    return rows[vital & ~rows["has_deputy"]].assign(severity="medium")


@rule("OWN07", "goal owner is not on the product", looks_at=looked_at.objectives_of_products,
      objects="objectives in cycle", question="Does the owner of this goal work on the product?",
      severity="low", ids="objective_id",
      needs="product objectives.product_id objectives.owner_id assignments",
      message="“{title}” belongs to {product_name}, but its owner {owner_name} is not assigned "
              "there.",
      next_step="Assign {owner_name} to {product_name} in assignments, or give “{title}” another "
                "owner_id in objectives.",
      systemic_step="Most goal owners are not assigned to their product: check that "
                    "objectives.owner_id and assignments.person_id use the same ids.",
      who="Head of product", table="objectives", evidence="product_name owner_name")
def goal_owner_is_not_on_the_product(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The owner of an objective has no current assignment to its product, which has others."""
    rows = rows[rows["owner_id"].notna() & rows["has_assignments"]]
    pairs = alignment.assignments["product_id"] + "\0" + alignment.assignments["person_id"]
    rows = rows[~among(rows["product_id"] + "\0" + rows["owner_id"], pairs)]
    return rows.assign(severity="low")
