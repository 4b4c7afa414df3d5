"""What people confirmed on the pages, laid over a portfolio; the source stays untouched.

A confirmed or rewritten role replaces role_statement, role_confirmed_by and role_confirmed_on. A
confirmed link gets confirmed_on and confirmed_by; a declined one stays declared, but is not
confirmed. Where confirmations of links are not kept in the source at all, every declared link
counts as confirmed (METHOD section 3), so there only declining changes anything.
"""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.store.entries import Confirmation

ALWAYS, NEVER = pd.Timestamp("1900-01-01"), pd.Timestamp("9999-12-31")


def apply_confirmations(portfolio: Portfolio, answers: Iterable[Confirmation]) -> Portfolio:
    """The portfolio as it would be with the last answer on each role and link carried back."""
    answers = list(answers)
    if not answers:
        return portfolio
    tables = dict(portfolio.tables)
    tables["products"] = _roles(tables["products"], [a for a in answers if a.kind == "role"])
    tables["contributions"] = _links(
        tables["contributions"], [a for a in answers if a.kind == "link"],
        kept=portfolio.tracked("contributions", "confirmed_on"))
    return replace(portfolio, tables=MappingProxyType(tables))


def _roles(products: pd.DataFrame, answers: list[Confirmation]) -> pd.DataFrame:
    rows = products.copy()
    for one in answers:
        here = rows["product_id"] == one.product_id
        rows.loc[here, "role_statement"] = one.text
        rows.loc[here, "role_confirmed_by"] = one.by
        rows.loc[here, "role_confirmed_on"] = pd.Timestamp(one.on)
    return rows


def _links(contributions: pd.DataFrame, answers: list[Confirmation], kept: bool) -> pd.DataFrame:
    """Declining dates the confirmation beyond every as-of day, so that the row and the column stay
    tracked; where confirmations are not kept, all the other links are dated as confirmed."""
    rows = contributions.copy()
    if not kept and any(one.answer == "declined" for one in answers):
        rows["confirmed_on"] = ALWAYS
    for one in answers:
        here = (rows["product_id"] == one.product_id) & (rows["outcome_id"] == one.outcome_id)
        if one.answer == "declined":
            rows.loc[here, "confirmed_on"] = NEVER
        elif kept:
            rows.loc[here, "confirmed_by"] = one.by
            rows.loc[here, "confirmed_on"] = pd.Timestamp(one.on)
    return rows.astype({"confirmed_on": contributions["confirmed_on"].dtype})


def pending_source_edits(portfolio: Portfolio,
                         answers: Iterable[Confirmation]) -> dict[str, pd.DataFrame]:
    """The rows of products and contributions that would change in the source, with what they
    would be; a declined link stands with `declined` yes."""
    answers = list(answers)
    over = apply_confirmations(portfolio, answers)
    roles = {a.product_id for a in answers if a.kind == "role"}
    links = {(a.product_id, a.outcome_id): a.answer for a in answers if a.kind == "link"}
    products = over["products"]
    products = products.loc[products["product_id"].isin(roles), [
        "product_id", "name", "role_statement", "role_confirmed_by", "role_confirmed_on"]]
    before = portfolio["contributions"]
    pairs = pd.Series(list(zip(before["product_id"], before["outcome_id"], strict=True)),
                      before.index, dtype=object)
    asked = before[pairs.isin(list(links))].drop(columns="row")
    by_pair = {(a.product_id, a.outcome_id): a for a in answers if a.kind == "link"}
    found = [by_pair[pair] for pair in pairs[asked.index]]
    contributions = asked.assign(
        confirmed_by=[a.by for a in found],
        confirmed_on=pd.Series([None if a.answer == "declined" else a.on for a in found],
                               asked.index, dtype="datetime64[s]"),
        declined=["yes" if a.answer == "declined" else "no" for a in found])
    return {name: rows for name, rows in (("products", products),
                                          ("contributions", contributions)) if len(rows)}
