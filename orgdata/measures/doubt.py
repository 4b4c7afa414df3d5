"""Facts that cannot be found absent, since a lost row or cell may hold them (METHOD section 2)."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Literal

import pandas as pd
import pyarrow as pa

from orgdata.measures.column import Columns, empty_frame, row_number, text
from orgdata.measures.lost_goals import goals_in_doubt
from orgdata.measures.people import has_lost_date, is_current
from orgdata.model.portfolio import NO_SPOKEN, Portfolio
from orgdata.tabular.cells import as_written
from orgdata.tabular.lookup import indexed, look_up_any

Fact = Literal["pm", "deputy", "link", "objective", "sight", "key_result", "check_in", "child"]
Facts = tuple[str, pd.DataFrame]  # and the rows that may hold it, by `kind` and `id`
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
_ENDS = (("product_id", "outcome_id"), ("outcome_id", "product_id"))  # of a link, and the other
_GOALS = {  # table → what its rows are a goal of
    "objectives": ("product_id", "outcome_id"), "objective_products": ("product_id",),
    "objective_outcomes": ("outcome_id",), "key_results": ("product_id",)}


def doubts(portfolio: Portfolio, objectives: pd.DataFrame, pursued: pd.DataFrame,
           sights: pd.DataFrame, key_results: pd.DataFrame, as_of: pd.Timestamp,
           goals_are_links: bool) -> pd.DataFrame:
    """Which facts may be there though they are not found, each with the row to mend. METHOD §2.

    `objectives` of any date, with what they are on the day; `key_results` measured.
    """
    found = [(fact, rows) for fact, rows in chain(
        _of_lost_cells(portfolio, as_of), _of_set_aside(portfolio, key_results, as_of),
        goals_in_doubt(portfolio, objectives, pursued, sights, as_of)) if len(rows)]
    if goals_are_links:  # the goals of a product and of an outcome are their links
        found += [("link", rows) for fact, rows in found if fact == "objective"]
    return _in_order(found) if found else NO_DOUBT


def _in_order(found: list[Facts]) -> pd.DataFrame:
    """All of them in the columns of NO_DOUBT, each once; by arrow, in a tenth of the time."""
    def texts(rows: pd.DataFrame, name: str) -> pa.Array:
        return (as_written(rows[name]) if name in rows else pa.nulls(len(rows), pa.large_string()))

    columns = {"fact": pa.array([fact for fact, rows in found for _ in range(len(rows))],
                                pa.large_string())}
    columns |= {name: pa.concat_arrays([texts(rows, name) for _, rows in found])
                for name in ("kind", "id", "other", "table")}
    columns["row"] = pa.concat_arrays([pa.array(rows["row"].array, pa.int64(), from_pandas=True)
                                       for _, rows in found])
    each = pa.table(columns).group_by(list(columns), use_threads=False).aggregate([])
    ordered = each.sort_by([(name, "ascending") for name in columns]).combine_chunks()
    return pd.DataFrame({name: NO_DOUBT[name].dtype.__from_arrow__(values)
                         for name, values in zip(columns, ordered.columns, strict=True)})


def _of_lost_cells(portfolio: Portfolio, as_of: pd.Timestamp) -> Iterator[Facts]:
    """Undated assignments by their role, and contributions whose confirmation was unreadable."""
    if portfolio.lost_in("assignments", "start_date", "end_date"):
        rows = portfolio["assignments"]
        rows = rows[is_current(rows["start_date"], rows["end_date"], as_of)
                    & has_lost_date(portfolio, rows)]
        yield from _by_role(rows[["role", "row"]].assign(
            table="assignments", kind="product_id", id=rows["product_id"]))
    if portfolio.lost_in("contributions", "confirmed_on"):
        rows = portfolio["contributions"]
        rows = rows[portfolio.is_lost_cell("contributions", "confirmed_on", rows["row"])]
        for kind, other in _ENDS:
            yield "link", rows[["row"]].assign(
                table="contributions", kind=kind, id=rows[kind], other=rows[other])


def _by_role(assignments: pd.DataFrame) -> Iterator[Facts]:
    """Assignments by their role, if they have one."""
    role = assignments["role"]
    for fact, word in (("pm", "accountable"), ("deputy", "deputy")):
        yield fact, assignments[role.isna() | (role == word)]


def _of_set_aside(portfolio: Portfolio, key_results: pd.DataFrame,
                  as_of: pd.Timestamp) -> Iterator[Facts]:
    """What set-aside rows that are of today speak of. Check-ins: without a readable date, or later
    than the last. Objectives below another: of any date, as accepted ones."""
    if not len(portfolio.spoken):
        return
    aside = portfolio.spoken[portfolio.spoken["cause"] != "lost_cell"]
    speaks = aside[is_current(aside["start"], aside["end"], as_of) & ~aside["closed"]]
    of = dict(iter(speaks.groupby(["table", "kind"])))
    if ("assignments", "product_id") in of:
        yield from _by_role(of["assignments", "product_id"])
    for kind, other in _ENDS:
        if ("contributions", kind) in of:
            ids = of.get(("contributions", other), NO_SPOKEN)[["row", "id"]]
            yield "link", of["contributions", kind][["table", "row", "kind", "id"]].merge(
                ids.set_axis(["row", "other"], axis="columns"), on="row", how="left")
    for table, kind in of:
        if table in _GOALS and kind in _GOALS[table]:
            yield "objective", of[table, kind]
    if ("key_results", "objective_id") in of:
        yield "key_result", of["key_results", "objective_id"]
    if ("check_ins", "kr_id") in of:
        rows = of["check_ins", "kr_id"]
        last = look_up_any(rows["id"], indexed(key_results, "kr_id", "checked_on"))
        yield "check_in", rows[~(rows["date"] > as_of) & ~(rows["date"] <= last)]
    yield "child", aside[(aside["table"] == "objectives")
                         & (aside["column"] == "parent_objective_id")]
