"""XFN: do product and other functions know what they expect of each other?"""

import pandas as pd

from orgdata.formats import count, day
from orgdata.gaps import populations_work as populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.model.fields import NAME
from orgdata.tabular.select import iter_rows

_STANDS = {"offered": "has not been answered", "countered": "was countered and is not settled"}


@rule("XFN01", "expectation not agreed", looks_at=populations.expectations,
      question="Will they do what the other side counts on?",
      message="{asking} expects “{what}” from {asked}{by}; that {stands}.",
      next_step="Agree on “{what}” with {partner}, offer something else, or decline it, so that "
                "both know.",
      systemic_step="Most expectations are open: go through them function by function, and record "
                    "the answers.",
      kept_in="expectations.state expectations.by_when", evidence="partner state by_when",
      unjudged="whether it is agreed")
def expectation_not_agreed(rows: pd.DataFrame, alignment: Alignment,
                           threshold: float = 30) -> pd.DataFrame:
    """What a function and the product of an expectation expect of each other is neither accepted
    nor declined.

    Severity: medium if it is due within 30 days, else low."""
    rows = those(rows, ~rows["state"].isin(("accepted", "declined")))
    soon = rows["by_when"] <= alignment.as_of + pd.Timedelta(days=threshold)
    rows = unjudged(rows, lost_cells(rows, alignment, "expectations", {
        "state": pd.Series(True, rows.index)}))
    return _told(rows).assign(
        by=["" if pd.isna(when) else f" by {day(when)}" for when in rows["by_when"]],
        stands=rows["state"].map(_STANDS),
        severity=graded(rows.index, (soon, "medium"), otherwise="low"))


@rule("XFN02", "agreement out of date", looks_at=populations.expectations,
      question="Does what was agreed still hold?",
      message="{asking} and {asked} agreed on “{what}” {then}.",
      next_step="Ask {partner} whether “{what}” still holds, and record the answer with its day.",
      systemic_step="Most expectations were agreed long ago: go through them function by "
                    "function, and record the day of each answer.",
      kept_in="expectations.state expectations.answered_on", evidence="partner answered_on days")
def agreement_out_of_date(rows: pd.DataFrame, alignment: Alignment,
                          threshold: float = 180) -> pd.DataFrame:
    """An accepted expectation was answered more than the threshold in days ago, or has been
    changed since: what it says, or by when, differs from the snapshot of the day of the answer.

    Severity: low."""
    days = (alignment.as_of - rows["answered"]).dt.days
    changed = rows["changed"]
    rows = rows.assign(days=days, **{
        name: rows[name].where(changed) for name in ("was_what", "was_by_when")})
    rows = those(rows, (rows["state"] == "accepted") & ((days > threshold) | changed))
    return _told(rows).assign(then=[
        f"{count(int(past), 'day')} ago; nobody has confirmed it since" if pd.isna(was) else
        f"as “{_short(was)}”{'' if pd.isna(by) else f' by {day(by)}'}; that has been changed since"
        for past, was, by in iter_rows(rows["days"], rows["was_what"], rows["was_by_when"])],
        severity="low")


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Add who is `asking` and who is `asked`, as the direction has it; long texts in short."""
    from_partner = rows["direction"] == "from_partner"
    partner = rows["partner"].str.slice(0, 1).str.upper() + rows["partner"].str.slice(1)
    product = rows["product_name"]
    return rows.assign(
        asking=partner.where(from_partner, product), asked=product.where(from_partner, partner),
        what=rows["what"].map(_short))


def _short(text: str) -> str:
    return text if len(text) <= NAME else f"{text[:NAME - 1]}…"
