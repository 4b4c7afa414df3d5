"""OWN: is somebody accountable, and do they have the time? Never a judgement of people."""

import numpy as np
import pandas as pd

from orgdata.formats import day
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, unjudged
from orgdata.measures import Alignment
from orgdata.measures.people import people_left
from orgdata.tabular.lookup import is_in, look_up_any
from orgdata.tabular.select import TOLERANCE, join_by

MUCH_ALLOCATED_PCT = 120


@rule("OWN01", "nobody accountable", looks_at=populations.products_to_staff,
      question="Who answers for this product?", needs="assignments",
      message="Nobody is accountable for {name} today.",
      next_step="Name one person for {name}: a row in assignments with role accountable, current "
                "today.",
      systemic_step="Most products have nobody accountable: check which words of assignments.role "
                    "the settings map to accountable ([values.assignments.role]), and the dates.",
      evidence="pm_count strategic_role primary_tier1", unjudged="who is accountable")
def nobody_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """No current assignment of the product has the role accountable.

    Severity: critical if invest or a primary link to a tier-1 outcome, else high."""
    rows = those(rows, rows["pm_count"] == 0)
    rows = unjudged(rows, doubt(rows, alignment, "pm", "product_id"))
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"]
    return rows.assign(severity=graded(rows.index, (vital, "critical"), otherwise="high"))


@rule("OWN02", "several accountable", looks_at=populations.products_to_staff,
      question="Which one of them decides?", needs="assignments",
      message="{pm_count} people are accountable for {name} at the same time: {pm_names}.",
      next_step="Agree which one answers for {name} and give everybody else another role in "
                "assignments.",
      systemic_step="Most products have several accountable people: check which words of "
                    "assignments.role the settings map to accountable.",
      evidence="pm_count pm_names")
def several_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Two or more persons are currently accountable for the product.

    Severity: medium."""
    rows = those(rows, rows["pm_count"] >= 2)
    return rows.assign(severity="medium")


@rule("OWN04", "over-allocated", looks_at=populations.people_assigned,
      question="What could be handed over?", needs="assignments.allocation_pct",
      message="{allocation_pct} % of the time of {name} is planned, over all products together.",
      next_step="Agree with {name} what can be handed over or paused, and mend allocation_pct in "
                "assignments.",
      systemic_step="Most people are allocated above the limit: check that "
                    "assignments.allocation_pct is a share of one person's time.",
      evidence="allocation_pct")
def over_allocated(rows: pd.DataFrame, alignment: Alignment,
                   threshold: float = 100) -> pd.DataFrame:
    """The current allocation_pct of a person over all products adds up to more than the
    threshold.

    Severity: medium above 120 %, else low."""
    rows = those(rows, rows["allocation_pct"] > threshold + TOLERANCE)
    much = rows["allocation_pct"] > MUCH_ALLOCATED_PCT + TOLERANCE
    return rows.assign(severity=graded(rows.index, (much, "medium"), otherwise="low"))


@rule("OWN03", "owner left, interim or leaving", looks_at=populations.products_to_staff,
      question="Who takes over, and when?", needs="assignments",
      message="Accountability for {name} is not settled: {what}.",
      next_step="Agree on who answers for {name} and from when on: end_date of the old row and "
                "start_date of a new one in assignments.",
      systemic_step="Most products are in transition: check active_to in people and end_date in "
                    "assignments.",
      evidence="pm_names what", unjudged="whether somebody is accountable for good")
def owner_left_interim_or_leaving(rows: pd.DataFrame, alignment: Alignment,
                                  threshold: float = 30) -> pd.DataFrame:
    """A person accountable is not active any more; or all are interim; or one's assignment or
    time here ends within the threshold in days.

    Severity: high if left, else medium."""
    soon = alignment.as_of + pd.Timedelta(days=threshold)
    managers = alignment.managers
    leaving = pd.Series(False, managers.index)
    for column in ("end_date", "active_to"):
        leaving |= (managers[column] >= alignment.as_of) & (managers[column] <= soon)
    settled = managers.loc[~managers["interim"], "product_id"]
    only_interim = ~is_in(managers["product_id"], settled)
    certain = managers.loc[~managers["person_active"] | leaving, "product_id"]
    managers = those(managers, ~managers["person_active"] | only_interim | leaving).assign(
        only_interim=only_interim)
    until = pd.Series([day(date) for date in managers[["end_date", "active_to"]].min(axis=1)],
                      managers.index, dtype="str")
    name, left = managers["person_name"], ~managers["person_active"]
    sentences = pd.Series(np.select([left, managers["only_interim"]], [
        name + " is not active any more", name + " stands in for the time being"],
        name + " is accountable until " + until), managers.index, dtype="str")
    what = look_up_any(rows["product_id"], join_by(managers["product_id"], sentences))
    gone = is_in(rows["product_id"], managers.loc[left, "product_id"])
    rows = those(rows, what.notna()).assign(what=what, left=gone)
    rows = unjudged(rows, [() if is_certain else because for because, is_certain in zip(
        doubt(rows, alignment, "pm", "product_id"), is_in(rows["product_id"], certain),
        strict=True)])  # of those who stand in only, somebody else may be there for good
    return rows.assign(severity=graded(rows.index, (rows["left"], "high"), otherwise="medium"))


@rule("OWN05", "attention fragmented", looks_at=populations.people_assigned,
      question="Which of these products needs this person most?", needs="product assignments",
      message="{name} is accountable for {pm_of} products at once: {of_products}.",
      next_step="See with {name} whether one of the products can get somebody else with role "
                "accountable in assignments.",
      systemic_step="Most people are accountable for several products: check that only roles that "
                    "are meant so are mapped to accountable ([values.assignments.role] in the "
                    "settings).",
      evidence="pm_of pm_of_invest")
def attention_fragmented(rows: pd.DataFrame, alignment: Alignment,
                         threshold: float = 3) -> pd.DataFrame:
    """A person is accountable for as many managed products as the threshold, or more.

    Severity: medium if one of them is invest, else low."""
    rows = those(rows, rows["pm_of"] >= threshold)
    managers = alignment.managers
    managers = managers[is_in(managers["person_id"], rows["person_id"])
                        & is_in(managers["product_id"], alignment.products["product_id"])]
    names = join_by(managers["person_id"], managers["product_name"])
    return rows.assign(
        of_products=look_up_any(rows["person_id"], names),
        severity=graded(rows.index, (rows["pm_of_invest"] > 0, "medium"),
                        otherwise="low"))


@rule("OWN06", "no cover", looks_at=populations.products,
      question="Who decides when the person accountable is away?", needs="assignments deputy",
      message="{name} {why} and has no deputy.",
      next_step="Name a deputy for {name}: a row in assignments with role deputy.",
      systemic_step="Few products that matter most have a deputy: name one each, with role deputy "
                    "in assignments.",
      evidence="strategic_role primary_tier1 top_quartile", unjudged="whether it has a deputy")
def no_cover(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is invest, has a primary link to a tier-1 outcome or is among the quarter
    with the highest spend has no current deputy.

    Severity: medium."""
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"] | rows["top_quartile"]
    rows = those(rows, vital & ~rows["has_deputy"])
    why = np.select(
        [rows["strategic_role"] == "invest", rows["primary_tier1"]],
        ["is a product to invest in", "is primary for a tier-1 outcome"],
        "is among the quarter with the highest spend")
    rows = rows.assign(why=why, severity="medium")
    return unjudged(rows, doubt(rows, alignment, "deputy", "product_id"))


@rule("OWN07", "goal owner is not on the product", looks_at=populations.objectives_of_products,
      question="Does the owner of this goal work on the product?",
      needs="objectives.owner_id assignments",
      message="“{title}” belongs to {product_name}, but its owner {owner_name} is not {there}.",
      next_step="Give “{title}” an owner_id in objectives who works on {product_name}{assign}.",
      systemic_step="Most goal owners are not assigned to their product: check that "
                    "objectives.owner_id and assignments.person_id use the same ids.",
      evidence="product_name owner_name")
def goal_owner_is_not_on_the_product(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The owner of an objective has no current assignment to a managed product that pursues it,
    while others have.

    Severity: low."""
    rows = those(rows, rows["owner_id"].notna() & rows["assigned"] & ~rows["owner_assigned"])
    left = is_in(rows["owner_id"], people_left(alignment.portfolio, alignment.as_of))
    return rows.assign(
        there=np.where(left, "active any more", "assigned there"),
        assign=(", or assign " + rows["owner_name"] + " to it in assignments").mask(left, ""),
        severity="low")
