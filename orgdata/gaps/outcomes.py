"""OUT: is every outcome covered, and can it be measured?"""

import numpy as np
import pandas as pd

from orgdata.formats import apart_from, count, listed
from orgdata.gaps import populations
from orgdata.gaps.cover import may_be_covered
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, is_in, look_up, look_up_any
from orgdata.tabular.select import TOLERANCE

FAR_OFF = 0.20  # share of the money
MANY_OUTCOMES = 7
_REMEDIES = {  # what an outcome lacks → how a sentence names it, and what to do about it
    "a primary link": ("primary link to it", "Make “{outcome}” the primary outcome of {of}"),
    "its confirmation": ("confirmed link to it", "Confirm the link of {of} to “{outcome}”"),
    "an objective": ("objective for it", "Write an objective of {of} for “{outcome}”"),
    "a measure": ("measurable key result for it", "Give the objective of {of} for “{outcome}” a "
                  "key result with a target and a due date"),
    "a product manager": ("product manager", "Name a PM for {of}, so that “{outcome}” is covered"),
}
_REQUIRED = {  # column → how a sentence names it, and asks for it
    "metric": ("metric", "a metric"), "target": ("target", "a target"),
    "due_date": ("due date", "a due date"), "owner_id": ("owner", "an owner")}


@rule("OUT01", "outcome not covered", looks_at=populations.outcomes,
      question="Which product will work on this outcome?", needs="product contributions|objectives",
      message="No product works on “{name}”: {why}.", next_step="{choice}.",
      systemic_step="Most outcomes have no product: check on Data whether links were skipped, "
                    "then choose a product for each.",
      kept_in="contributions.product_id contributions.outcome_id objectives.outcome_id "
              "outcomes.status",
      evidence="coverage weight tier1", unjudged="whether a product works on it")
def outcome_unserved(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """No product has a link or an objective for the outcome: it is not covered.

    Severity: critical if tier 1, else high."""
    rows = those(rows, rows["coverage"].isin(("uncovered", "unknown")))
    rows = unjudged(rows, *(doubt(rows, alignment, fact, "outcome_id")
                            for fact in ("link", "objective")))
    sights = alignment.sights
    nobodys = sights[is_in(sights["objective_id"], alignment.objectives["objective_id"])
                     & ~is_in(sights["objective_id"], alignment.pursued["objective_id"])]
    goals = look_up(rows["outcome_id"], nobodys["outcome_id"].value_counts(), 0).astype(int)
    why = [f"{count(of_it, 'objective')} for it {'names' if of_it == 1 else 'name'} no product"
           if of_it else "none names it and none has an objective for it" for of_it in goals]
    choice = [f"Say which product pursues the {'objective' if of_it == 1 else 'objectives'} for "
              f"“{name}”, or choose another product for it" if of_it else
              f"Choose a product that works on “{name}”, or retire the outcome"
              for name, of_it in zip(rows["name"], goals, strict=True)]
    return rows.assign(
        why=pd.Series(why, rows.index, dtype="str"),
        choice=pd.Series(choice, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"], "critical"), otherwise="high"))


@rule("OUT02", "outcome weakly covered", looks_at=populations.outcomes,
      question="What is missing before this outcome is covered?",
      needs="product contributions|objectives",
      message="“{name}” is only weakly covered: {closest_text} {missing}.", next_step="{step}.",
      systemic_step="Most outcomes are only weakly covered, most often for want of {lacks}: find "
                    "out why, and fix the cause once.",
      kept_in="contributions.strength contributions.confirmed_on objectives.outcome_id "
              "key_results.target key_results.due_date assignments.role=accountable",
      evidence="coverage lacks weight tier1", unjudged="whether it is covered")
def outcome_thinly_served(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome has links or objectives, but no product with a PM has a primary link to it that
    is backed by OKRs (a stated one is enough where no OKRs are loaded): its coverage is weak.

    Severity: high if tier 1, else medium."""
    rows = those(rows, rows["coverage"] == "thin")
    rows = unjudged(rows, may_be_covered(rows["outcome_id"], alignment))
    names = look_up_any(rows["closest"], indexed(alignment.products, "product_id", "name"))
    closest = [f"the {count(number, 'product')} that come closest have no" if pd.isna(name) else
               f"{name} comes closest, but has no"
               for name, number in zip(names, rows["closest_count"], strict=True)]
    step = [_REMEDIES[lacks][1].format(of=name, outcome=outcome) for lacks, name, outcome in zip(
        rows["lacks"], names.fillna("one of these products"), rows["name"], strict=True)]
    return rows.assign(
        closest_text=pd.Series(closest, rows.index, dtype="str"),
        missing=rows["lacks"].map({lacks: text for lacks, (text, _) in _REMEDIES.items()}),
        step=pd.Series(step, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("OUT03", "outcome on one product", looks_at=populations.outcomes,
      question="What happens to this outcome if that product fails?", needs="product contributions",
      message="“{name}” has a single primary product, {product_name}{shaky}.",
      next_step="Choose a second product for “{name}”, or accept the risk.",
      systemic_step="Most outcomes depend on one product: accept it once if that is meant, or "
                    "choose a second product for those that matter most.",
      kept_in="contributions.strength=primary", evidence="product_name aligned coverage tier1",
      unjudged="whether a second product works on it")
def outcome_on_one_product(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome is covered at least weakly, and exactly one product has a confirmed primary link
    to it.

    Severity: high if tier 1 and that product fails a check of alignment; medium if tier 1; else
    low."""
    primary = alignment.links["confirmed"] & (alignment.links["strength"] == "primary")
    links = alignment.links.loc[primary, ["outcome_id", "product_id", "product_name"]]
    alone = links[~links["outcome_id"].duplicated(keep=False)]
    rows = those(rows, rows["coverage"].isin(("covered", "stated", "thin"))
                 & is_in(rows["outcome_id"], alone["outcome_id"]))
    product = look_up_any(rows["outcome_id"], indexed(alone, "outcome_id", "product_id"))
    aligned = look_up_any(product, indexed(alignment.products, "product_id", "aligned"))
    failing = alignment.products.loc[alignment.products["failing"], "product_id"]
    shaky = is_in(product, failing)  # not assessed is not shaky
    return unjudged(rows, doubt(rows, alignment, "link", "outcome_id")).assign(
        product_name=look_up_any(rows["outcome_id"], indexed(alone, "outcome_id", "product_name")),
        aligned=aligned, shaky=np.where(shaky, ", which is not aligned itself", ""),
        severity=graded(rows.index, (rows["tier1"] & shaky, "high"), (rows["tier1"], "medium"),
                        otherwise="low"))


@rule("OUT04", "outcome cannot be measured", looks_at=populations.outcomes,
      question="How would we know that this outcome was reached?",
      needs="outcomes.metric|outcomes.target|outcomes.due_date|outcomes.owner_id",
      message="“{name}” cannot be called reached or missed: it has no {without}.",
      next_step="Agree on {fill} for “{name}”.",
      systemic_step="Most outcomes cannot be measured: agree on metric, target, due date and "
                    "owner for all of them at once.",
      kept_in="outcomes.metric outcomes.target outcomes.due_date outcomes.owner_id",
      evidence="metric target due_date owner_name", unjudged="whether it can be measured")
def outcome_unmeasurable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome has no metric, no target, no due date or no owner.

    Severity: high if tier 1, else medium."""
    columns = list(_REQUIRED)
    rows = those(rows, rows[columns].isna().any(axis=1))
    lacking = rows[columns].isna()
    rows = unjudged(rows, lost_cells(rows, alignment, "outcomes", dict(lacking.items())))
    blank = lacking.to_numpy()
    fill = [[name for name, lacks in zip(columns, row, strict=True) if lacks] for row in blank]
    without = [listed([_REQUIRED[names[0]][0], *(f"no {_REQUIRED[name][0]}" for name in names[1:])],
                      most=4) for names in fill]
    return rows.assign(
        fill=pd.Series([listed([_REQUIRED[name][1] for name in names], most=4) for names in fill],
                       rows.index, dtype="str"),
        without=pd.Series(without, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("OUT05", "spend off strategy", looks_at=populations.outcomes,
      question="Does the spend follow the strategy?",
      needs="product weights money contributions|objectives flows",
      message="“{name}” is {weight_pct} of the strategy but gets {spend_pct} of the spend.",
      next_step="Move spend {way} “{name}”, or {restate} its weight.",
      systemic_step="Spend and weights differ almost everywhere: check both for errors before "
                    "moving anything.",
      kept_in="outcomes.weight contributions.share_pct products.annual_spend products.fte",
      evidence="weight spend_share apart tier1", unjudged="whether it gets too little of the spend")
def money_off_strategy(rows: pd.DataFrame, alignment: Alignment,
                       threshold: float = 0.10) -> pd.DataFrame:
    """The outcome's weight and its share of the spend differ by the threshold or more.

    Severity: a shortfall is high if tier 1 or 20 points and more, else medium; an excess is medium
    from 20 points, else low."""
    apart = rows["spend_share"] - rows["weight"]
    rows = those(rows, apart.abs() >= threshold - TOLERANCE)  # unknown is silent
    rows = rows.assign(apart=apart)
    far, short = rows["apart"].abs() >= FAR_OFF - TOLERANCE, rows["apart"] < 0
    weight, spend = apart_from(rows["weight"], rows["spend_share"], threshold)
    links = doubt(rows, alignment, "link", "outcome_id")  # an excess is there, whatever was lost
    return unjudged(rows, [because if lacks else () for because, lacks in zip(
            links, short, strict=True)]).assign(
        weight_pct=weight, spend_pct=spend.where(rows["spend_share"] > 0, "none"),
        way=np.where(short, "to", "away from"), restate=np.where(short, "lower", "raise"),
        severity=graded(rows.index, (short & (rows["tier1"] | far), "high"),
                        (short | far, "medium"), otherwise="low"))


@rule("OUT06", "too many outcomes", looks_at=populations.all_outcomes,
      question="Which of these outcomes are truly critical?", needs="outcomes",
      message="{outcomes} outcomes are active at the same time.",
      next_step="Choose the critical few outcomes, and defer the others.", systemic_step=None,
      kept_in="outcomes.status=deferred", evidence="outcomes")
def too_many_outcomes(rows: pd.DataFrame, alignment: Alignment,
                      threshold: float = 5) -> pd.DataFrame:
    """More active outcomes than the threshold.

    Severity: medium above 7, else low."""
    count = len(alignment.outcomes)
    return those(rows, np.array([count > threshold])).assign(
        outcomes=count, severity="medium" if count > MANY_OUTCOMES else "low")
