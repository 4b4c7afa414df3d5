"""OUT: is every outcome served, and can it be measured?"""

import numpy as np
import pandas as pd

from orgdata.formats import apart_from, count, listed
from orgdata.gaps import populations
from orgdata.gaps.cover import may_be_covered
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import TOLERANCE

FAR_OFF = 0.20  # share of the money
MANY_OUTCOMES = 7
_REMEDIES = {  # what an outcome lacks → how a sentence names it, and what to do about it
    "a primary link": ("a primary link",
                       "give {of} a row with strength primary in contributions"),
    "its confirmation": ("the confirmation of its link",
                         "agree on the link of {of} and fill confirmed_on in contributions"),
    "a goal": ("a goal for it",
               "write an objective for {of} and fill its outcome_id in objectives"),
    "a measure": ("a measurable key result for it",
                  "give an objective of {of} a key result with target and due_date in "
                  "key_results"),
    "a product manager": ("a product manager",
                          "name one person accountable for {of}: role in assignments"),
}
_REQUIRED = {  # column → how a sentence names it
    "metric": "metric", "target": "target", "due_date": "due date", "owner_id": "owner"}


@rule("OUT01", "outcome unserved", looks_at=populations.outcomes,
      question="Who serves this outcome?", needs="product contributions|objectives",
      message="No product serves “{name}”: none declares it and none has a goal for it.",
      next_step="Decide which product takes “{name}” on: a row in contributions (product_id, "
                "outcome_id) and its first objective. Or set its status in outcomes to retired.",
      systemic_step="Most outcomes have no product: look on Data for rows of contributions and "
                    "objectives whose outcome_id is unknown, then agree on a product for each.",
      evidence="coverage weight tier1", unjudged="whether anything serves it")
def outcome_unserved(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """No managed product has a link or a goal for the outcome: its coverage is uncovered.

    Severity: critical if tier 1, else high."""
    rows = those(rows, rows["coverage"].isin(("uncovered", "unknown")))
    rows = unjudged(rows, *(doubt(rows, alignment, fact, "outcome_id")
                            for fact in ("link", "objective")))
    return rows.assign(severity=graded(rows.index, (rows["tier1"], "critical"), otherwise="high"))


@rule("OUT02", "outcome thinly served", looks_at=populations.outcomes,
      question="What does this outcome lack to be covered?",
      needs="product contributions|objectives",
      message="“{name}” is only thinly served: {closest_text} {missing}.",
      next_step="To cover “{name}”, {mend}.",
      systemic_step="Most outcomes are only thinly served, most often for want of {lacks}: find "
                    "out why it is missing in so many rows, and mend it at the source.",
      evidence="coverage lacks weight tier1", unjudged="whether it is covered")
def outcome_thinly_served(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome has links or goals, but no managed product with a PM has a proven primary
    link to it (a claimed one is enough where proof is not available): its coverage is thin.

    Severity: high if tier 1, else medium."""
    rows = those(rows, rows["coverage"] == "thin")
    rows = unjudged(rows, may_be_covered(rows["outcome_id"], alignment))
    names = look_up_any(rows["closest"], indexed(alignment.products, "product_id", "name"))
    closest = [f"the {count(number, 'product')} closest to covering it lack" if pd.isna(name) else
               f"{name}, the product closest to covering it, lacks"
               for name, number in zip(names, rows["closest_count"], strict=True)]
    mend = [_REMEDIES[lacks][1].format(of=name)
            for lacks, name in zip(rows["lacks"], names.fillna("one of them"), strict=True)]
    return rows.assign(
        closest_text=pd.Series(closest, rows.index, dtype="str"),
        missing=rows["lacks"].map({lacks: text for lacks, (text, _) in _REMEDIES.items()}),
        mend=pd.Series(mend, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("OUT03", "outcome on one product", looks_at=populations.outcomes,
      question="What happens to this outcome if that product fails?", needs="product contributions",
      message="“{name}” rests on {product_name} alone{shaky}.",
      next_step="Decide whether a second product should carry “{name}” too (strength primary in "
                "contributions), or accept the risk openly.",
      systemic_step="Most outcomes rest on one product: that may be the design. Accept it once, "
                    "or look at contributions.strength for links that are primary in truth.",
      evidence="product_name aligned coverage tier1",
      unjudged="whether a second product carries it")
def outcome_on_one_product(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome is not uncovered, and exactly one product has a confirmed primary link to it.

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
        aligned=aligned, shaky=np.where(shaky, ", which does not pass its checks itself", ""),
        severity=graded(rows.index, (rows["tier1"] & shaky, "high"), (rows["tier1"], "medium"),
                        otherwise="low"))


@rule("OUT04", "outcome unmeasurable", looks_at=populations.outcomes,
      question="How would we know that this outcome was reached?",
      needs="outcomes.metric|outcomes.target|outcomes.due_date|outcomes.owner_id",
      message="“{name}” cannot be called reached or missed: it has no {without}.",
      next_step="Fill {fill} for “{name}” in outcomes.",
      systemic_step="Most outcomes cannot be measured: add metric, target, due_date and owner_id "
                    "to the outcomes table once.",
      evidence="metric target due_date owner_name", unjudged="whether it can be measured")
def outcome_unmeasurable(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The outcome lacks any of metric, target, due_date or owner_id.

    Severity: high if tier 1, else medium."""
    columns = list(_REQUIRED)
    rows = those(rows, rows[columns].isna().any(axis=1))
    lacking = rows[columns].isna()
    rows = unjudged(rows, lost_cells(rows, alignment, "outcomes", dict(lacking.items())))
    blank = lacking.to_numpy()
    fill = [[name for name, lacks in zip(columns, row, strict=True) if lacks] for row in blank]
    without = [listed([_REQUIRED[names[0]], *(f"no {_REQUIRED[name]}" for name in names[1:])],
                      most=4) for names in fill]
    return rows.assign(
        fill=pd.Series([listed(names, most=4) for names in fill], rows.index, dtype="str"),
        without=pd.Series(without, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("OUT05", "money off strategy", looks_at=populations.outcomes,
      question="Does the money follow the stated strategy?",
      needs="product weights money contributions|objectives flows",
      message="“{name}” weighs {weight_pct} in the strategy, but {spend_pct} of the money goes "
              "there.",
      next_step="Move spend {way} “{name}” (share_pct in contributions, annual_spend in products), "
                "or {restate} its weight in outcomes.",
      systemic_step="Money and weights differ almost everywhere: check the unit of "
                    "outcomes.weight and the spend in products before moving anything.",
      evidence="weight spend_share apart tier1", unjudged="whether too little money goes there")
def money_off_strategy(rows: pd.DataFrame, alignment: Alignment,
                       threshold: float = 0.10) -> pd.DataFrame:
    """The outcome's weight and its share of the money differ by the threshold or more.

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
      next_step="Choose the critical few and set the status of the others in outcomes to deferred.",
      systemic_step=None, evidence="outcomes")
def too_many_outcomes(rows: pd.DataFrame, alignment: Alignment,
                      threshold: float = 5) -> pd.DataFrame:
    """More active outcomes than the threshold.

    Severity: medium above 7, else low."""
    count = len(alignment.outcomes)
    return those(rows, np.array([count > threshold])).assign(
        outcomes=count, severity="medium" if count > MANY_OUTCOMES else "low")
