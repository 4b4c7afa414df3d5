"""PRD: does every product support an outcome, with an OKR to back it?"""

import numpy as np
import pandas as pd

from orgdata.formats import count, day, listed, share_against
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.measures.mix import comparable, overlaps
from orgdata.measures.names import managers_of_both
from orgdata.tabular.lookup import count_by, is_in, look_up_any
from orgdata.tabular.select import TOLERANCE, iter_rows, join_by

LEAST_WITH_SPEND = 6
LOWEST_THIRD = 0.3333
MUCH_SPEND_PCT = 10
_MEANT = {"sunset": "being retired", "harvest": "to be harvested", "invest": "to be invested in"}


def _outcomes_of(rows: pd.DataFrame, links: pd.DataFrame, kind: str) -> pd.Series:
    """The names of the outcomes that each product has declared or confirmed links to, for a
    sentence."""
    of_rows = links[kind] & is_in(links["product_id"], rows["product_id"])
    names = join_by(links.loc[of_rows, "product_id"], links.loc[of_rows, "outcome_name"],
                    lambda several: listed([f"“{name}”" for name in several], most=2))
    return look_up_any(rows["product_id"], names)


@rule("PRD01", "product supports no outcome", looks_at=populations.products_to_serve,
      question="What is this product for?", needs="contributions|objectives",
      message="{name} supports no company outcome yet: {why}.", next_step="{decision}.",
      systemic_step="Most products support no outcome: ask each product manager which outcome "
                    "theirs is for.{look_first}",
      kept_in="contributions.product_id contributions.outcome_id contributions.confirmed_on "
              "products.strategic_role",
      evidence="strategic_role spend has_declared", unjudged="whether it supports an outcome")
def product_serves_no_outcome(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is asked to support an outcome has no confirmed link to an active one and no
    objective for one.

    Severity: medium if a link waits for confirmation; else high if invest or among the quarter
    with the highest spend; else medium."""
    rows = those(rows, ~rows["has_confirmed"] & ~rows["has_goal_link"])
    big = (rows["strategic_role"] == "invest") | rows["top_quartile"]
    waiting = _outcomes_of(rows, alignment.links, "declared")
    basis = alignment.basis  # what is not loaded is not said to be missing
    none = " and ".join(["it has no link to one"] * basis.contributions
                        + ["no objective for one" if basis.contributions else
                           "it has no objective for one"] * basis.objectives)
    leads = ", and no objective leads there" if basis.objectives else ""
    return unjudged(rows, *(doubt(rows, alignment, fact, "product_id")
                            for fact in ("link", "objective"))).assign(
        why=("its link to " + waiting + f" is not confirmed{leads}").fillna(none),
        decision=("Confirm or decline the link of " + rows["name"] + " to " + waiting).fillna(
            "Choose the outcome that " + rows["name"] + " supports, or make it a platform or "
            "sunset product"),
        severity=graded(rows.index, (rows["has_declared"], "medium"), (big, "high"),
                        otherwise="medium"))


@rule("PRD02", "product without an objective", looks_at=populations.products_to_have_a_goal,
      question="What will this product achieve this cycle?", needs="contributions objectives",
      message="{name} is linked to {to}, but has no objective in this cycle.",
      next_step="Write one objective for {name} this cycle, with a key result.",
      systemic_step="Most linked products have no objective in this cycle: load the objectives of "
                    "this cycle, and check that each has a product and dates around today.",
      kept_in="objectives.product_id objectives.outcome_id objectives.start_date "
              "objectives.end_date",
      evidence="goals has_primary primary_tier1 spend", unjudged="whether it has an objective")
def product_without_a_goal(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product that is asked to support an outcome has a confirmed link to one, but no objective
    in this cycle.

    Severity: high if a primary link to a tier-1 outcome, else medium."""
    rows = those(rows, rows["has_confirmed"] & (rows["goals"] == 0))
    return unjudged(rows, doubt(rows, alignment, "objective", "product_id")).assign(
        to=_outcomes_of(rows, alignment.links, "confirmed"),
        severity=graded(rows.index, (rows["primary_tier1"], "high"), otherwise="medium"))


@rule("PRD03", "no OKR behind the link", looks_at=populations.primary_links,
      question="Does anything in this cycle back this link?",
      needs="objectives contributions.strength",
      message="{product_name} names “{outcome_name}” as its primary outcome but has no objective "
              "for it in this cycle.",
      next_step="Point one objective of {product_name} at “{outcome_name}”, or make it a "
                "supporting link.",
      systemic_step="Most primary links have no OKR behind them: check that objectives lead to "
                    "the outcomes their products name.",
      kept_in="objectives.outcome_id contributions.strength", evidence="strength goals state",
      unjudged="whether an objective backs this link")
def paper_link(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A product with objectives in this cycle has a confirmed primary link to an outcome to which
    none of them is linked.

    Severity: high if the outcome is tier 1, else medium."""
    rows = those(rows, (rows["goals"] > 0) & ~rows["goal"])
    rows = unjudged(rows, doubt(rows, alignment, "objective", "product_id"))
    return rows.assign(severity=graded(rows.index, (rows["tier1"], "high"), otherwise="medium"))


@rule("PRD04", "product on many outcomes", looks_at=populations.products,
      question="Which of these outcomes is this product really for?", needs="outcome contributions",
      message="{name} is linked to {served} outcomes at once: {to}.",
      next_step="Keep the few outcomes that matter for {name}, and remove the other links.",
      systemic_step="Most products are linked to many outcomes: agree on one primary outcome per "
                    "product.",
      kept_in="contributions.product_id contributions.outcome_id contributions.confirmed_on",
      evidence="served strategic_role effective_outcomes")
def product_spread_thin(rows: pd.DataFrame, alignment: Alignment,
                        threshold: float = 3) -> pd.DataFrame:
    """The product has confirmed links to more outcomes than the threshold.

    Severity: medium if invest, else low."""
    links = alignment.links
    served = count_by(rows["product_id"], links.loc[links["confirmed"], "product_id"])
    rows = those(rows, served > threshold).assign(served=served)
    return rows.assign(
        to=_outcomes_of(rows, links, "confirmed"),
        severity=graded(rows.index, (rows["strategic_role"] == "invest", "medium"),
                        otherwise="low"))


@rule("PRD05", "purpose not confirmed", looks_at=populations.products,
      question="Do we still agree on what this product is for?", needs="products.role_statement",
      message="The purpose of {name} {state}.", next_step="{ask}.",
      systemic_step="Most purposes are not confirmed: ask every product manager for one sentence "
                    "this week.",
      kept_in="products.role_statement products.role_confirmed_on",
      evidence="role_statement role_confirmed_on", unjudged="whether its purpose is confirmed")
def role_not_confirmed(rows: pd.DataFrame, alignment: Alignment,
                       threshold: float = 90) -> pd.DataFrame:
    """The product has no written purpose, or (where confirmations are kept) it was not confirmed
    within the threshold in days.

    Severity: low if sunset, else medium."""
    age = (alignment.as_of - rows["role_confirmed_on"]).dt.days
    tracked = alignment.portfolio.tracked("products", "role_confirmed_on")
    old = ~((age >= 0) & (age <= threshold)) & tracked  # never confirmed counts as not confirmed
    rows = those(rows, rows["role_statement"].isna() | old).assign(age=age)
    blank = rows["role_statement"].isna()
    rows = unjudged(rows, lost_cells(rows, alignment, "products", {
        "role_statement": blank, "role_confirmed_on": ~blank}))
    ago = [f"was last confirmed on {day(when)} ({count(int(past), 'day')} ago)" if past >= 0
           else "is not confirmed yet"
           for when, past in iter_rows(rows["role_confirmed_on"], rows["age"])]
    rows = rows.assign(
        state=np.where(blank, "is not written down yet", ago),
        ask=("Write one sentence on what " + rows["name"] + " is for, and confirm it").where(
            blank, "Confirm what " + rows["name"] + " is for, or rewrite it"))
    return rows.assign(severity=graded(rows.index, (rows["strategic_role"] == "sunset", "low"),
                                       otherwise="medium"))


@rule("PRD07", "spend contradicts the strategic bet", looks_at=populations.products,
      question="Does the spend match the strategic bet?", needs="spend products.strategic_role",
      message="Possible contradiction: {name} is {meant}, yet takes {spend_text} of all "
              "spend{low}.",
      next_step="Change the spend of {name}, or its strategic bet.",
      systemic_step="Spend and strategic bet contradict each other for most products: check both "
                    "for errors first.",
      kept_in="products.annual_spend products.strategic_role",
      evidence="strategic_role annual_spend spend_pct")
def spend_contradicts_role(rows: pd.DataFrame, alignment: Alignment,
                           threshold: float = 5) -> pd.DataFrame:
    """A product to sunset or harvest takes more of all spend than the threshold in percent, or
    one to invest in is in the lowest third of spend (of six or more products with spend).

    Severity: high if sunset or harvest with 10 % of all spend or more, else medium."""
    spend = rows["annual_spend"]
    part = 100 * spend / (spend.sum() or np.nan)
    ending = rows["strategic_role"].isin(("sunset", "harvest"))
    lowest = (rows["strategic_role"] == "invest") & (spend.notna().sum() >= LEAST_WITH_SPEND) & (
        spend <= spend.quantile(LOWEST_THIRD) + TOLERANCE)
    fires = (ending & (part > threshold + TOLERANCE)) | lowest
    rows = those(rows, fires).assign(spend_pct=part, ending=ending)
    big = rows["ending"] & (rows["spend_pct"] >= MUCH_SPEND_PCT - TOLERANCE)
    return rows.assign(
        meant=rows["strategic_role"].map(_MEANT),
        spend_text=[share_against(value / 100, threshold / 100) for value in rows["spend_pct"]],
        low=["" if ends else ", among the lowest third" for ends in rows["ending"]],
        severity=graded(rows.index, (big, "high"), otherwise="medium"))


@rule("PRD08", "possible overlap", looks_at=populations.pairs_of_products,
      question="Would a customer see two products here, or one?",
      needs="products.segments products.jobs distinct",
      message="Possible overlap: {name} and {other_name} serve the same segments "
              "({shared_segments}) with the same jobs ({shared_jobs}).",
      next_step="Decide what sets {name} and {other_name} apart, or plan to merge them.",
      systemic_step=None, kept_in="products.segments products.jobs",
      evidence="segments_alike jobs_alike")
def possible_overlap(rows: pd.DataFrame, alignment: Alignment,
                     threshold: float = 0.5) -> pd.DataFrame:
    """Two products, neither to sunset, to harvest nor to enable, are alike in segments and in
    jobs: each Jaccard index is at the threshold or above.

    Severity: medium if both are invest, else low."""
    pairs = overlaps(comparable(rows))
    pairs = those(pairs, (pairs["segments_alike"] >= threshold - TOLERANCE)
                  & (pairs["jobs_alike"] >= threshold - TOLERANCE))
    both = (pairs["strategic_role"] == "invest") & (pairs["other_role"] == "invest")
    return pairs.assign(
        **managers_of_both(pairs["name"], pairs["pm_here"], pairs["other_name"],
                           pairs["other_pm_here"]),
        severity=graded(pairs.index, (both, "medium"), otherwise="low"))
