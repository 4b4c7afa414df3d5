"""OBJ: does every objective lead to an outcome, and can it be measured?"""

import numpy as np
import pandas as pd

from orgdata.formats import day, listed
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, unjudged
from orgdata.measures import Alignment
from orgdata.measures.sight import outcomes_named
from orgdata.tabular.lookup import count_by, indexed, is_in, look_up_any
from orgdata.tabular.select import case_when, iter_rows, join_by

LARGE_EFFORT_PCT = 30
MOST_KEY_RESULTS = 5
MANY_OBJECTIVES = 5


@rule("OBJ01", "objective not linked to an outcome", looks_at=populations.objectives,
      question="Which company outcome is this objective for?",
      needs="outcome objectives objectives.product_id|objective_products|key_results.product_id "
            "outcomes",
      message="“{title}” ({product_name}) is not linked to an active outcome.",
      next_step="Choose the outcome that “{title}” is for, or note why it needs none.",
      systemic_step="Most objectives are not linked to an outcome: link them in the tool they "
                    "come from.",
      kept_in="objectives.outcome_id objectives.parent_objective_id objectives.exempt_reason",
      evidence="product_name outcome_id parent_objective_id effort_pct exempt_until",
      unjudged="whether it is linked to an outcome")
def objective_without_line_of_sight(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An objective of a product is not linked to an active outcome, and no reason why it needs
    none still holds.

    Severity: high if it takes 30 % of the effort or more, else medium."""
    exempt = rows["exempt_reason"].notna() & ~(rows["exempt_until"] < alignment.as_of)
    rows = those(rows, rows["product_name"].notna() & (rows["sight_count"] == 0) & ~exempt)
    rows = unjudged(rows, doubt(rows, alignment, "sight", "objective_id"))
    return rows.assign(severity=graded(rows.index, (rows["effort_pct"] >= LARGE_EFFORT_PCT,
                                                    "high"), otherwise="medium"))


@rule("OBJ03", "objective without a key result", looks_at=populations.objectives,
      question="How would we know that this objective was reached?", needs="objectives key_results",
      message="“{title}” has no key result and no objective below it.",
      next_step="Add a key result with baseline, target and due date to “{title}”.",
      systemic_step="Most objectives have no key result: check that key results name their "
                    "objective, then ask for one each.",
      kept_in="key_results.objective_id key_results.baseline key_results.target "
              "key_results.due_date",
      evidence="product_name ambition kr_count child_count", unjudged="whether it has a key result")
def objective_without_a_measure(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An objective has neither a key result nor an objective below it.

    Severity: high if committed, else medium."""
    rows = those(rows, (rows["kr_count"] == 0) & (rows["child_count"] == 0))
    rows = unjudged(rows, *(doubt(rows, alignment, fact, "objective_id")
                            for fact in ("key_result", "child")))
    return rows.assign(severity=graded(rows.index, (rows["committed"], "high"),
                                       otherwise="medium"))


@rule("OBJ02", "linked to something inactive", looks_at=populations.objectives,
      question="Is what this objective is linked to still active?",
      needs="objectives.outcome_id|objectives.parent_objective_id|objective_outcomes",
      message="“{title}” is linked to {past}.",
      next_step="Link “{title}” to {living}, or close it.",
      systemic_step="Most objectives are linked to something that has ended: link them to the "
                    "outcomes and objectives of this cycle.",
      kept_in="objectives.outcome_id objectives.parent_objective_id objectives.status",
      evidence="product_name outcome_id parent_objective_id",
      unjudged="whether the objective above it is in this cycle")
def link_to_the_past(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The objective names outcomes itself and none of them is active any more, or the objective
    above it is not in this cycle.

    Severity: medium."""
    named, outcomes = outcomes_named(alignment.portfolio), alignment.portfolio["outcomes"]
    named = named[is_in(named["outcome_id"], outcomes["outcome_id"])]
    active = is_in(named["outcome_id"], alignment.outcomes["outcome_id"])
    ended = is_in(rows["objective_id"], named["objective_id"]) & ~is_in(
        rows["objective_id"], named.loc[active, "objective_id"])
    past = rows["parent_objective_id"].notna() & ~is_in(
        rows["parent_objective_id"], alignment.objectives["objective_id"])
    rows, ended = those(rows, ended | past), ended[ended | past]
    undated = indexed(alignment.all_objectives[alignment.all_objectives["undated"]],
                      "objective_id", "row")
    parent = look_up_any(rows["parent_objective_id"], undated).mask(ended)
    rows = unjudged(rows, [() if pd.isna(row) else (("objectives", int(row)),) for row in parent])
    named = named[is_in(named["objective_id"], rows.loc[ended, "objective_id"])]
    names = "“" + look_up_any(named["outcome_id"], indexed(outcomes, "outcome_id", "name")) + "”"
    several = is_in(rows["objective_id"],
                    named.loc[named["objective_id"].duplicated(), "objective_id"])
    title = look_up_any(rows["parent_objective_id"],
                        indexed(alignment.portfolio["objectives"], "objective_id", "title"))
    past_outcomes = look_up_any(rows["objective_id"], join_by(named["objective_id"], names))
    which = case_when(rows.index, (several, ", outcomes that are not active"),
                      otherwise=", an outcome that is not active")
    return rows.assign(
        past=(past_outcomes + which).where(
            ended, "“" + title + "”, an objective that is not in this cycle"),
        living=np.where(ended, "an active outcome", "an objective of this cycle"),
        severity="medium")


@rule("OBJ04", "too many objectives", looks_at=populations.goals_and_their_results,
      question="What matters most here?", message="{label} has {count_of} {counted}.",
      next_step="Choose {few}, and close the others.",
      systemic_step="Most products carry many objectives: agree on a limit before the next cycle.",
      kept_in="objectives.status key_results.status", evidence="kind_of_object count_of")
def too_many_goals(rows: pd.DataFrame, alignment: Alignment, threshold: float = 3) -> pd.DataFrame:
    """A product has more objectives in this cycle than the threshold, or an objective more than
    five key results.

    Severity: medium for a product with more than 5 objectives, else low."""
    limit = np.where(rows["kind_of_object"] == "product", threshold, MOST_KEY_RESULTS)
    rows = those(rows, rows["count_of"] > limit)
    of_product, label = rows["kind_of_object"] == "product", rows["label"]
    few = ("the few objectives that " + label + " can finish").where(
        of_product, "the few key results that tell whether “" + label + "” is reached")
    return rows.assign(
        label=label.where(of_product, "“" + label + "”"), few=few,
        counted=np.where(of_product, "objectives in this cycle", "key results"),
        severity=graded(rows.index, (of_product & (rows["count_of"] > MANY_OBJECTIVES), "medium"),
                        otherwise="low"))


@rule("OBJ05", "outputs only", looks_at=populations.objectives,
      question="What would be different for customers or the business?",
      needs="objectives key_results",
      message="Every key result of “{title}” is about what is delivered, none about its effect.",
      next_step="Add a key result for the effect of “{title}”.",
      systemic_step="Most objectives measure deliveries only: ask for one effect per objective.",
      kept_in="key_results.result_kind=outcome", evidence="kr_count output_count counted_count",
      unjudged="whether it has a key result for its effect")
def all_output(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Every key result of the objective is tagged as output; where nothing is tagged, every one is
    done or not done, or a milestone.

    Severity: medium where they are tagged, low where it is inferred."""
    tagged = alignment.portfolio.tracked("key_results", "result_kind")
    outputs = rows["output_count" if tagged else "counted_count"]
    rows = those(rows, (rows["kr_count"] > 0) & (outputs == rows["kr_count"]))
    rows = unjudged(rows, doubt(rows, alignment, "key_result", "objective_id"))
    return rows.assign(severity="medium" if tagged else "low")


@rule("OBJ06", "objective for many outcomes", looks_at=populations.objectives,
      question="Which of these outcomes is this objective really for?",
      needs="objectives objective_outcomes",
      message="“{title}” is meant for {served} outcomes at once: {to}.",
      next_step="Decide which outcome “{title}” is for, and mark the others as supported only.",
      systemic_step="Most objectives are meant for many outcomes: agree on one outcome each, and "
                    "mark the others as supported only.",
      kept_in="objective_outcomes.mode=supports", evidence="product_name served")
def objective_serves_everything(rows: pd.DataFrame, alignment: Alignment,
                                threshold: float = 4) -> pd.DataFrame:
    """An objective names as many active outcomes itself as the threshold, or more; those that it
    only supports do not count.

    Severity: low."""
    named = outcomes_named(alignment.portfolio)
    named = named[is_in(named["outcome_id"], alignment.outcomes["outcome_id"])]
    served = count_by(rows["objective_id"], named["objective_id"])
    rows = those(rows, served >= threshold).assign(served=served)
    named = named[is_in(named["objective_id"], rows["objective_id"])]
    names = look_up_any(named["outcome_id"], indexed(alignment.outcomes, "outcome_id", "name"))
    to = join_by(named["objective_id"], names,
                 lambda several: listed([f"“{name}”" for name in several], most=2))
    return rows.assign(to=look_up_any(rows["objective_id"], to), severity="low")


@rule("OBJ07", "objective outside its cycle", looks_at=populations.objectives,
      question="Which cycle is this objective for?", needs="objectives.cycle_id cycles",
      message="“{title}” is planned for {cycle_name}, but {outside}.",
      next_step="Give “{title}” dates within {cycle_name}, or move it to another cycle.",
      systemic_step="Most objectives have dates outside their cycle: check the dates of the "
                    "cycles first.",
      kept_in="objectives.cycle_id objectives.start_date objectives.end_date cycles.start_date "
              "cycles.end_date",
      evidence="start_date end_date cycle_start cycle_end")
def objective_outside_its_cycle(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An objective of a cycle starts before the cycle or ends after it, by its own dates.

    Severity: low."""
    cycles, ids = alignment.portfolio["cycles"], rows["cycle_id"]
    name, first, last = (look_up_any(ids, indexed(cycles, "cycle_id", column))
                         for column in ("name", "start_date", "end_date"))
    early, late = rows["start_date"] < first, rows["end_date"] > last
    rows = those(rows, early | late).assign(cycle_name=name, cycle_start=first, cycle_end=last)
    outside = [" and ".join(filter(None, (
        f"starts on {day(start)}, before {day(begins)}" if start < begins else "",
        f"ends on {day(end)}, after {day(ends)}" if end > ends else "")))
        for start, end, begins, ends in iter_rows(*(rows[column] for column in (
            "start_date", "end_date", "cycle_start", "cycle_end")))]
    return rows.assign(outside=pd.Series(outside, rows.index, dtype="str"), severity="low")
