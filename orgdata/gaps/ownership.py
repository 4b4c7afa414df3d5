"""OWN: does each product have a PM, who has the time? Never a judgement of people."""

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


@rule("OWN01", "no PM assigned", looks_at=populations.products_to_staff,
      question="Who is the product manager?", needs="assignments",
      message="No PM is assigned to {name}.", next_step="Name a PM for {name}.",
      systemic_step="Most products have no PM: check on Data which of your role names mean "
                    "product manager, and their dates.",
      kept_in="assignments.role=accountable assignments.start_date assignments.end_date",
      evidence="pm_count strategic_role primary_tier1", unjudged="whether it has a PM")
def nobody_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Nobody is the product manager today: no current assignment has that role.

    Severity: critical if invest or a primary link to a tier-1 outcome, else high."""
    rows = those(rows, rows["pm_count"] == 0)
    rows = unjudged(rows, doubt(rows, alignment, "pm", "product_id"))
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"]
    return rows.assign(severity=graded(rows.index, (vital, "critical"), otherwise="high"))


@rule("OWN02", "several PMs", looks_at=populations.products_to_staff,
      question="Which one of them decides?", needs="assignments",
      message="{name} has {pm_count} PMs at the same time: {pm_names}.",
      next_step="Agree on one PM for {name}, and give the others another role.",
      systemic_step="Most products have several PMs: check on Data which of your role names mean "
                    "product manager.",
      kept_in="assignments.role", evidence="pm_count pm_names")
def several_accountable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Two or more people are product manager today.

    Severity: medium."""
    rows = those(rows, rows["pm_count"] >= 2)
    return rows.assign(severity="medium")


@rule("OWN04", "over-allocated", looks_at=populations.people_assigned,
      question="What can be handed over?", needs="assignments.allocation_pct",
      message="{name} is allocated at {allocation_pct} % over all products together.",
      next_step="Agree with {name} on what to hand over or pause.",
      systemic_step="Most people are allocated above the limit: check that allocations are shares "
                    "of one person's time.",
      kept_in="assignments.allocation_pct", evidence="allocation_pct")
def over_allocated(rows: pd.DataFrame, alignment: Alignment,
                   threshold: float = 100) -> pd.DataFrame:
    """The current allocations of a person over all products add up to more than the threshold in
    percent.

    Severity: medium above 120 %, else low."""
    rows = those(rows, rows["allocation_pct"] > threshold + TOLERANCE)
    much = rows["allocation_pct"] > MUCH_ALLOCATED_PCT + TOLERANCE
    return rows.assign(severity=graded(rows.index, (much, "medium"), otherwise="low"))


@rule("OWN03", "PM left, interim or leaving", looks_at=populations.products_to_staff,
      question="Who takes over, and when?", needs="assignments",
      message="{name} needs a lasting PM: {what}.",
      next_step="Agree on the next PM of {name} and the first day.",
      systemic_step="Most products change PMs: check the end dates of people and of their "
                    "assignments.",
      kept_in="assignments.end_date assignments.start_date assignments.is_interim people.active_to",
      evidence="pm_names what", unjudged="whether it has a lasting PM")
def owner_left_interim_or_leaving(rows: pd.DataFrame, alignment: Alignment,
                                  threshold: float = 30) -> pd.DataFrame:
    """A product manager has left; or all are interim; or the assignment or the time here of one
    ends within the threshold in days.

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
        name + " has left", name + " is interim"], name + " is PM until " + until),
        managers.index, dtype="str")
    what = look_up_any(rows["product_id"], join_by(managers["product_id"], sentences))
    gone = is_in(rows["product_id"], managers.loc[left, "product_id"])
    rows = those(rows, what.notna()).assign(what=what, left=gone)
    rows = unjudged(rows, [() if is_certain else because for because, is_certain in zip(
        doubt(rows, alignment, "pm", "product_id"), is_in(rows["product_id"], certain),
        strict=True)])  # of those who stand in only, somebody else may be there for good
    return rows.assign(severity=graded(rows.index, (rows["left"], "high"), otherwise="medium"))


@rule("OWN05", "PM of many products", looks_at=populations.people_assigned,
      question="Which of these products needs this person most?", needs="product assignments",
      message="{name} is PM of {pm_of} products at once: {of_products}.",
      next_step="Agree with {name} on a product that somebody else can take.",
      systemic_step="Most PMs have several products: check on Data which of your role names mean "
                    "product manager, then share the work.",
      kept_in="assignments.role=accountable", evidence="pm_of pm_of_invest")
def attention_fragmented(rows: pd.DataFrame, alignment: Alignment,
                         threshold: float = 3) -> pd.DataFrame:
    """A person is the product manager of as many products as the threshold, or more.

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


@rule("OWN06", "no deputy", looks_at=populations.products,
      question="Who decides when the PM is away?", needs="assignments deputy",
      message="{name} {why} and has no deputy.", next_step="Name a deputy for {name}.",
      systemic_step="Few products that matter most have a deputy: name one for each.",
      kept_in="assignments.role=deputy", evidence="strategic_role primary_tier1 top_quartile",
      unjudged="whether it has a deputy")
def no_cover(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is invest, has a primary link to a tier-1 outcome or is among the quarter
    with the highest spend has no current deputy.

    Severity: medium."""
    vital = (rows["strategic_role"] == "invest") | rows["primary_tier1"] | rows["top_quartile"]
    rows = those(rows, vital & ~rows["has_deputy"])
    why = np.select(
        [rows["strategic_role"] == "invest", rows["primary_tier1"]],
        ["is a product to invest in", "matters most for a tier-1 outcome"],
        "is among the quarter with the highest spend")
    rows = rows.assign(why=why, severity="medium")
    return unjudged(rows, doubt(rows, alignment, "deputy", "product_id"))


@rule("OWN07", "objective owner not on the product", looks_at=populations.objectives_of_products,
      question="Does the owner of this objective work on the product?",
      needs="objectives.owner_id assignments",
      message="“{title}” belongs to {product_name}, but its owner {owner_name} {there}.",
      next_step="Give “{title}” an owner who works on {product_name}{assign}.",
      systemic_step="Most objective owners are not assigned to their product: check that people "
                    "have the same id everywhere.",
      kept_in="objectives.owner_id assignments.person_id", evidence="product_name owner_name")
def goal_owner_is_not_on_the_product(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The owner of an objective is not assigned to a product that pursues it today, while others
    are.

    Severity: low."""
    rows = those(rows, rows["owner_id"].notna() & rows["assigned"] & ~rows["owner_assigned"])
    left = is_in(rows["owner_id"], people_left(alignment.portfolio, alignment.as_of))
    return rows.assign(
        there=np.where(left, "has left", "is not assigned to it"),
        assign=(", or assign " + rows["owner_name"] + " to it").mask(left, ""),
        severity="low")
