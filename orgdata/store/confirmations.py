"""Apply what people confirmed on the pages to a portfolio; the source itself is not changed.

A confirmed or rewritten role replaces role_statement, role_confirmed_by and role_confirmed_on. A
confirmed link gets confirmed_on and confirmed_by; a declined one stays declared, but is not
confirmed. If the source does not track confirmations of links at all, every declared link counts
as confirmed (METHOD section 3), so that only declining one changes anything. An answer takes the
place of a day in the source that could not be read.
"""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.store.entries import Confirmation

ALWAYS, NEVER = pd.Timestamp("1900-01-01"), pd.Timestamp("9999-12-31")


def apply_confirmations(portfolio: Portfolio, answers: Iterable[Confirmation]) -> Portfolio:
    """The portfolio as it would be with these answers on roles and links written to its source."""
    answers = list(answers)
    if not answers:
        return portfolio
    roles, links = ([a for a in answers if a.kind == kind] for kind in ("role", "link"))
    tables, lost = dict(portfolio.tables), portfolio.lost_cells
    days = lost["column"] == "confirmed_on"
    tables["products"] = _roles(tables["products"], roles)
    tables["contributions"] = _links(
        tables["contributions"], links,
        tracked=portfolio.tracked("contributions", "confirmed_on") or bool(days.any()))
    answered = (days & lost["row"].isin(_rows_of_links(tables["contributions"], links))) | (
        (lost["column"] == "role_confirmed_on") & lost["row"].isin(tables["products"].loc[
            tables["products"]["product_id"].isin([a.product_id for a in roles]), "row"]))
    return replace(portfolio, tables=MappingProxyType(tables),
                   lost_cells=lost[~answered].reset_index(drop=True))


def _rows_of_links(contributions: pd.DataFrame, answers: list[Confirmation]) -> pd.Series:
    """The numbers of the rows whose links were answered; of a row that a list made several links,
    only where all of them were."""
    links = {(a.product_id, a.outcome_id) for a in answers}
    answered = pd.Series([link in links for link in zip(
        contributions["product_id"], contributions["outcome_id"], strict=True)],
        contributions.index, dtype=bool)
    return contributions["row"][answered.groupby(contributions["row"]).transform("all")]


def _roles(products: pd.DataFrame, answers: list[Confirmation]) -> pd.DataFrame:
    rows = products.copy()
    for answer in answers:
        of_product = rows["product_id"] == answer.product_id
        rows.loc[of_product, "role_statement"] = answer.text
        rows.loc[of_product, "role_confirmed_by"] = answer.by
        rows.loc[of_product, "role_confirmed_on"] = pd.Timestamp(answer.on)
    return rows


def _links(contributions: pd.DataFrame, answers: list[Confirmation], tracked: bool) -> pd.DataFrame:
    """A declined link is dated as confirmed after every as-of day, so that its row and the column
    stay tracked; if the source does not track confirmations, all others are dated as confirmed."""
    rows = contributions.copy()
    if not tracked and any(answer.answer == "declined" for answer in answers):
        rows["confirmed_on"] = ALWAYS
    for answer in answers:
        of_link = ((rows["product_id"] == answer.product_id)
                   & (rows["outcome_id"] == answer.outcome_id))
        if answer.answer == "declined":
            rows.loc[of_link, "confirmed_on"] = NEVER
        elif tracked:
            rows.loc[of_link, "confirmed_by"] = answer.by
            rows.loc[of_link, "confirmed_on"] = pd.Timestamp(answer.on)
    return rows.astype({"confirmed_on": contributions["confirmed_on"].dtype})


def pending_source_edits(portfolio: Portfolio,
                         answers: Iterable[Confirmation]) -> dict[str, pd.DataFrame]:
    """The rows of products and contributions to change in the source, with their new values; the
    column `declined` marks declined links."""
    answers = list(answers)
    confirmed = apply_confirmations(portfolio, answers)
    roles = {a.product_id for a in answers if a.kind == "role"}
    links = {(a.product_id, a.outcome_id): a.answer for a in answers if a.kind == "link"}
    products = confirmed["products"]
    products = products.loc[products["product_id"].isin(roles), [
        "product_id", "name", "role_statement", "role_confirmed_by", "role_confirmed_on"]]
    before = portfolio["contributions"]
    pairs = pd.Series(list(zip(before["product_id"], before["outcome_id"], strict=True)),
                      before.index, dtype=object)
    edited = before[pairs.isin(list(links))].drop(columns="row")
    by_pair = {(a.product_id, a.outcome_id): a for a in answers if a.kind == "link"}
    edits = [by_pair[pair] for pair in pairs[edited.index]]
    contributions = edited.assign(
        confirmed_by=[a.by for a in edits],
        confirmed_on=pd.Series([None if a.answer == "declined" else a.on for a in edits],
                               edited.index, dtype="datetime64[s]"),
        declined=["yes" if a.answer == "declined" else "no" for a in edits])
    return {name: rows for name, rows in (("products", products),
                                          ("contributions", contributions)) if len(rows)}
