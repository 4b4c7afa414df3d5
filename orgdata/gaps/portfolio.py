"""PRT and RBK: the portfolio as a whole, and what stands between products."""

from itertools import chain

import numpy as np
import pandas as pd

from orgdata.formats import apart_from, count, day, listed, money, share_against
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.measures.mix import top_revenue
from orgdata.measures.names import managers_of_both
from orgdata.measures.people import people_left
from orgdata.model import labels
from orgdata.model.fields import NAME
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import TOLERANCE

FAR_OFF = 0.20  # share of spend
MOSTLY_PCT = 70
MUCH_UNLINKED = 0.30
SOON_DAYS = 30


@rule("PRT01", "mix off target", looks_at=populations.mix_targets,
      question="Is the portfolio balanced as we meant it to be?",
      message="“{bucket}” ({dimension_text}) takes {actual_text} of the spend; the target is "
              "{target_text}.",
      next_step="Move spend {way} “{bucket}”, or {restate} its target.", systemic_step=None,
      kept_in="mix_targets.target_pct products.annual_spend products.strategic_role "
              "products.lifecycle_stage products.business_area",
      evidence="target actual apart")
def mix_off_target(rows: pd.DataFrame, alignment: Alignment,
                   threshold: float = 0.10) -> pd.DataFrame:
    """A bucket's share of spend and its target differ by the threshold or more.

    Severity: high from 20 points, else medium."""
    rows = those(rows, rows["apart"].abs() >= threshold - TOLERANCE)  # unknown is silent
    short = rows["apart"] < 0
    actual, target = apart_from(rows["actual"], rows["target"], threshold)
    return rows.assign(
        actual_text=actual.where(rows["actual"] > 0, "none"), target_text=target,
        dimension_text=rows["dimension"].map(labels.column),
        way=np.where(short, "to", "away from"), restate=np.where(short, "lower", "raise"),
        severity=graded(rows.index, (rows["apart"].abs() >= FAR_OFF - TOLERANCE, "high"),
                        otherwise="medium"))


@rule("PRT02", "concentration", looks_at=populations.all_products,
      question="How exposed are we to one product?", needs="products.annual_revenue",
      message="{name} brings {revenue_text} of all revenue.",
      next_step="Choose a product to grow beside {name}.", systemic_step=None,
      kept_in="products.annual_revenue products.strategic_role",
      evidence="name annual_revenue revenue_pct")
def concentration(rows: pd.DataFrame, alignment: Alignment, threshold: float = 50) -> pd.DataFrame:
    """One product brings more of all revenue than the threshold in percent (of five or more
    products with revenue).

    Severity: medium above 70 %, else low."""
    top = top_revenue(alignment.products)
    top = those(top, top["revenue_pct"] > threshold + TOLERANCE).drop(columns="at_stake")
    text = [share_against(value / 100, threshold / 100) for value in top["revenue_pct"]]
    return top.assign(revenue_text=text, severity=graded(
        top.index, (top["revenue_pct"] > MOSTLY_PCT + TOLERANCE, "medium"), otherwise="low"))


@rule("PRT03", "spend not linked to an outcome", looks_at=populations.all_products,
      question="What does this spend support?",
      needs="outcome money contributions|objectives flows",
      message="{unlinked_text} of the spend for outcomes is linked to none of them: {amount}, "
              "most of it in {most}.",
      next_step="Choose the outcomes for the rest of the spend of {most}, or make them platform "
                "or sunset products.",
      systemic_step=None,
      kept_in="contributions.outcome_id contributions.share_pct products.strategic_role",
      evidence="unlinked_share in_doubt_share", unjudged="how much spend is linked to no outcome")
def money_without_line_of_sight(rows: pd.DataFrame, alignment: Alignment,
                                threshold: float = 0.15) -> pd.DataFrame:
    """The share of the spend for outcomes that is linked to none is at the threshold or above.
    Spend of products whose links may stand in a skipped row does not count.

    Severity: high from 30 %, else medium."""
    total, unlinked = alignment.money.total or np.nan, alignment.money.unlinked
    products = alignment.products[["product_id", "name", "unlinked"]]
    products = products[products["unlinked"] / total > TOLERANCE]
    reasons = doubt(products, alignment, "link", "product_id")
    known = products[np.array([not because for because in reasons], dtype=bool)].sort_values(
        ["unlinked", "product_id"], ascending=[False, True])
    amount = unlinked if len(known) == len(products) else float(known["unlinked"].sum())
    part, whole = (np.nan if one is None else one / total for one in (amount, unlinked))
    rows = those(rows, np.array([whole >= threshold - TOLERANCE])).assign(
        unlinked_share=part, in_doubt_share=whole - part,
        unlinked_text=share_against(part, threshold), most=listed(list(known["name"].head(3))),
        amount=money(amount, alignment.money.unit, alignment.portfolio.settings.currency))
    enough = part >= threshold - TOLERANCE
    return unjudged(rows, [() if enough else tuple(chain.from_iterable(reasons))
                           for _ in rows.index]).assign(
        severity="high" if part >= MUCH_UNLINKED - TOLERANCE else "medium")


@rule("PRT04", "dependency not agreed", looks_at=populations.open_dependencies,
      question="Will the other product deliver this in time?",
      message="{needing} needs {what} from {needed}{by}, and that is not agreed yet.",
      next_step="Get a clear yes or no from {needed} on {what}.",
      systemic_step="Most dependencies are not agreed: go through them product by product.",
      kept_in="dependencies.agreed dependencies.needed_by", evidence="needed_by agreed done_on",
      unjudged="whether it is agreed or delivered")
def dependency_nobody_accepted(rows: pd.DataFrame, alignment: Alignment,
                               threshold: float = 30) -> pd.DataFrame:
    """A dependency is neither delivered nor agreed.

    Severity: high if needed within 30 days, else medium."""
    rows = those(rows, ~rows["agreed"].fillna(False).astype(bool))
    rows = unjudged(rows, *(lost_cells(rows, alignment, "dependencies", {
        name: pd.Series(True, rows.index)}) for name in ("agreed", "done_on")))  # one would do
    names = indexed(alignment.portfolio["products"], "product_id", "name")
    managers = indexed(alignment.products, "product_id", "pm_here")
    soon = rows["needed_by"] <= alignment.as_of + pd.Timedelta(days=threshold)
    needing, needed = (look_up_any(rows[column], names).fillna(rows[column])
                       for column in ("product_id", "needs_product_id"))
    return rows.assign(
        needing=needing, needed=needed,
        **managers_of_both(needing, look_up_any(rows["product_id"], managers), needed,
                           look_up_any(rows["needs_product_id"], managers)),
        what=("“" + _in_short(rows["what"]) + "”").fillna("something that is not described"),
        by=["" if pd.isna(when) else f" by {day(when)}" for when in rows["needed_by"]],
        severity=graded(rows.index, (soon, "high"), otherwise="medium"))


@rule("RBK01", "old roadblock", looks_at=populations.open_roadblocks,
      question="Who can clear this, and by when?",
      message="“{what}” has been {of} since {opened_on} ({days}).", next_step="{ask} “{what}”.",
      systemic_step="Most roadblocks are old: close those that no longer matter, and discuss the "
                    "rest.",
      kept_in="roadblocks.unblocker_id roadblocks.closed_on",
      evidence="opened_on product_id kr_id unblocker_id", unjudged="whether it is cleared")
def roadblock_ageing(rows: pd.DataFrame, alignment: Alignment,
                     threshold: float = 14) -> pd.DataFrame:
    """A roadblock opened more than the threshold in days ago is not cleared.

    Severity: high if the objective of its key result is committed and supports a tier-1 outcome,
    else medium."""
    rows = those(rows, rows["opened_on"] < alignment.as_of - pd.Timedelta(days=threshold))
    rows = unjudged(rows, lost_cells(rows, alignment, "roadblocks", {
        "closed_on": pd.Series(True, rows.index)}))
    tables = alignment.portfolio.tables
    objective = look_up_any(rows["kr_id"],
                             indexed(tables["key_results"], "kr_id", "objective_id"))
    objectives = alignment.all_objectives
    grave = is_in(objective, objectives.loc[objectives["committed"] & objectives["tier1"],
                                            "objective_id"])
    unblocker = look_up_any(rows["unblocker_id"], indexed(tables["people"], "person_id", "name"))
    unblocker = unblocker.fillna(rows["unblocker_id"]).mask(
        is_in(rows["unblocker_id"], people_left(alignment.portfolio, alignment.as_of)))
    return rows.assign(
        of=_held_up(rows, alignment), what=_in_short(rows["what"]),
        days=[count(past, "day") for past in (alignment.as_of - rows["opened_on"]).dt.days],
        ask=("Agree with " + unblocker + " on a day to clear").fillna(
            "Find an owner for"),
        actor=("Can clear it: " + unblocker).fillna("Head of product"), actor_names=unblocker,
        severity=graded(rows.index, (grave, "high"), otherwise="medium"))


def _in_short(what: pd.Series) -> pd.Series:
    """What is needed or in the way, short enough for a sentence that is said of each."""
    return what.where(~(what.str.len() > NAME), what.str.slice(0, NAME - 1) + "…")


def _held_up(rows: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """What each roadblock blocks, in words: its key result, else its product, else nothing."""
    tables = alignment.portfolio.tables
    titles = indexed(tables["key_results"], "kr_id", "title")
    result = "“" + look_up_any(rows["kr_id"], titles) + "”"
    product = look_up_any(rows["product_id"], indexed(tables["products"], "product_id", "name"))
    return ("blocking " + result.fillna(product)).fillna("open")
