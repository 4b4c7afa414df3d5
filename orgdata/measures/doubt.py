"""Facts that cannot be found absent, since a lost row or cell may hold them (METHOD section 2)."""

from collections.abc import Iterator, Mapping
from typing import Literal

import pandas as pd

from orgdata.measures.column import Columns, empty_frame, row_number, text
from orgdata.measures.lost_goals import goals_in_doubt
from orgdata.measures.people import has_lost_date, is_current
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import indexed, look_up_any

Fact = Literal["pm", "deputy", "link", "objective", "sight", "key_result", "check_in", "child"]
Because = tuple[tuple[str, int | None], ...]  # rows to mend: table, row number or None for all
HELD_BY: Mapping[Fact, tuple[str, ...]] = {  # fact → the tables of which none may be lost
    "pm": ("assignments",), "deputy": ("assignments",), "link": ("contributions",),
    "objective": ("objectives", "objective_products", "objective_outcomes"),
    "sight": ("objective_outcomes",), "key_result": ("key_results",),
    "check_in": ("check_ins",), "child": ("objectives",)}
COLUMNS: Columns = {"doubt": {
    "fact": text("pm, deputy, link, objective, sight, key_result, check_in or child"),
    "kind": text("the column that names such objects: product_id, outcome_id, …"),
    "id": text("the object that the row may speak of"),
    "other": text("of a link: the known object at its other end; missing where there is none"),
    "table": text("where the row stands"),
    "row": row_number("its number as a person counts; missing for the whole table"),
}}
NO_DOUBT = empty_frame(COLUMNS["doubt"])
_GOALS = ("objectives", "objective_products", "objective_outcomes", "key_results")


def doubts(portfolio: Portfolio, objectives: pd.DataFrame, pursued: pd.DataFrame,
           sights: pd.DataFrame, key_results: pd.DataFrame, as_of: pd.Timestamp,
           goals_are_links: bool) -> pd.DataFrame:
    """Which facts may be there though they are not found, each with the row to mend. METHOD §2.

    `objectives` of any date, with what they are on the day; `key_results` measured.
    """
    if not len(portfolio.spoken) and not len(portfolio.lost_cells):
        return NO_DOUBT
    spoken = portfolio.spoken
    aside = spoken[(spoken["cause"] != "lost_cell")]
    speaks = aside[is_current(aside["start"], aside["end"], as_of) & ~aside["closed"]]
    found = [*_of_people(portfolio, speaks, as_of), *_of_links(portfolio, speaks),
             *_of_results(aside, speaks, key_results, as_of)]
    goals = [_facts("objective", speaks[
        speaks["table"].isin(_GOALS) & speaks["kind"].isin(("product_id", "outcome_id"))
        & ~((speaks["table"] == "key_results") & (speaks["kind"] != "product_id"))])]
    goals += [_facts(fact, rows) for fact, rows in goals_in_doubt(
        portfolio, objectives, pursued, sights, as_of)]
    if goals_are_links:  # the goals of a product and of an outcome are their links
        found += [rows[rows["fact"] == "objective"].assign(fact="link") for rows in goals]
    rows = pd.concat([NO_DOUBT, *found, *goals], ignore_index=True).astype(NO_DOUBT.dtypes)
    return rows.drop_duplicates().sort_values(list(NO_DOUBT), ignore_index=True)


def _facts(fact: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What these rows, by `kind` and `id`, may hold."""
    return rows.assign(fact=fact).reindex(columns=list(NO_DOUBT))


def _of_people(portfolio: Portfolio, speaks: pd.DataFrame,
               as_of: pd.Timestamp) -> Iterator[pd.DataFrame]:
    """Set-aside assignments by their role, if they have one, and undated ones."""
    rows = portfolio["assignments"]
    undated = rows[is_current(rows["start_date"], rows["end_date"], as_of)
                   & has_lost_date(portfolio, rows)]
    rows = pd.concat([
        speaks[(speaks["table"] == "assignments") & (speaks["kind"] == "product_id")],
        undated[["role", "row"]].assign(
            table="assignments", kind="product_id", id=undated["product_id"])])
    for fact, role in (("pm", "accountable"), ("deputy", "deputy")):
        yield _facts(fact, rows[rows["role"].isna() | (rows["role"] == role)])


def _of_links(portfolio: Portfolio, speaks: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Set-aside contributions, and those whose confirmation was unreadable: of each end, with what
    stands at the other."""
    rows = portfolio["contributions"]
    rows = rows[portfolio.is_lost_cell("contributions", "confirmed_on", rows["row"])]
    speaks = speaks[speaks["table"] == "contributions"]
    for kind, other in (("product_id", "outcome_id"), ("outcome_id", "product_id")):
        yield _facts("link", rows[["row"]].assign(
            table="contributions", kind=kind, id=rows[kind], other=rows[other]))
        named, at_other_end = (speaks.loc[speaks["kind"] == end, ["table", "row", "kind", "id"]]
                               for end in (kind, other))
        yield _facts("link", named.merge(at_other_end.rename(columns={"id": "other"})[
            ["row", "other"]], on="row", how="left"))


def _of_results(aside: pd.DataFrame, speaks: pd.DataFrame, key_results: pd.DataFrame,
                as_of: pd.Timestamp) -> Iterator[pd.DataFrame]:
    """Set-aside key results of an objective; set-aside check-ins without a readable date, or later
    than the last; set-aside objectives below another, of any date as accepted ones."""
    yield _facts("key_result", speaks[(speaks["table"] == "key_results")
                                      & (speaks["kind"] == "objective_id")])
    check_ins = speaks[(speaks["table"] == "check_ins") & (speaks["kind"] == "kr_id")]
    last = look_up_any(check_ins["id"], indexed(key_results, "kr_id", "checked_on"))
    yield _facts("check_in", check_ins[~(check_ins["date"] > as_of)
                                       & ~(check_ins["date"] <= last)])
    yield _facts("child", aside[(aside["table"] == "objectives")
                                & (aside["column"] == "parent_objective_id")])
