"""What lost dates and cells of objectives leave open: of which product, towards which outcome.

METHOD section 2.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from orgdata.measures.people import is_current
from orgdata.measures.sight import outcomes_named
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in, is_word, matches, nearest_ancestor, positions
from orgdata.tabular.select import is_closed, these

_CELL = ["objective_id", "table", "row"]  # a lost cell: of which objective, and the row to mend
_NO_CELLS = pd.DataFrame({name: pd.Series(dtype="int64" if name == "row" else "str")
                          for name in _CELL})


def goals_in_doubt(portfolio: Portfolio, objectives: pd.DataFrame, pursued: pd.DataFrame,
                   sights: pd.DataFrame, as_of: pd.Timestamp) -> Iterator[tuple[str, pd.DataFrame]]:
    """Pairs of a fact and rows (kind, id, table, row): objectives that a product or outcome may
    have, and sights that an objective may have."""
    def of_products(rows: pd.DataFrame) -> tuple[str, pd.DataFrame]:
        return "objective", _of_each(rows, pursued, "product_id")

    def of_outcomes(rows: pd.DataFrame) -> tuple[str, pd.DataFrame]:
        return "objective", _of_each(rows, sights, "outcome_id")

    if objectives["undated"].any():
        undated = these(objectives, "objective_id", "row")[objectives["undated"]].assign(
            table="objectives")
        yield of_products(undated)
        yield of_outcomes(undated)
    products, ways = lost_products(portfolio), lost_ways(portfolio)
    if not len(products) and not len(ways):
        return
    counts = _may_be_in_cycle(objectives, products["objective_id"], as_of)
    products = products[is_in(products["objective_id"], counts)]
    yield of_outcomes(products)
    lost = _on_the_way_up(portfolio, ways, counts)
    yield of_products(lost)
    yield "sight", lost.assign(kind="objective_id", id=lost["objective_id"])
    yield "objective", _what_they_may_name(portfolio, pd.concat([products, lost]))


def _of_each(rows: pd.DataFrame, pairs: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Rows that name an objective, for each product or outcome of it."""
    at, of = matches(rows["objective_id"], pairs["objective_id"])
    return pd.DataFrame({"kind": pd.Series(kind, range(len(at)), dtype="str"),
                         "id": pairs[kind].array.take(of),
                         **{name: rows[name].array.take(at) for name in ("table", "row")}})


def _may_be_in_cycle(objectives: pd.DataFrame, without_product: pd.Series,
                     as_of: pd.Timestamp) -> pd.Series:
    """The ids of objectives that are in cycle, or would be if their lost cells were read."""
    fits = ~is_closed(objectives["status"]) & is_current(
        objectives["start"], objectives["end"], as_of)
    ids = objectives["objective_id"]
    return ids[fits & (objectives["live"] | is_in(ids, without_product))]


def _lost_cells(portfolio: Portfolio, table: str, *columns: str) -> pd.DataFrame:
    """The rows of a table in which one of these cells was lost, with their objective."""
    lost = portfolio.lost_in(table, *columns)
    if not lost:
        return _NO_CELLS
    rows = portfolio[table]
    return these(rows, "objective_id", "row")[rows["row"].isin(lost)].assign(table=table)


def _set_aside(portfolio: Portfolio, table: str) -> pd.DataFrame:
    """The set-aside rows of a table that name an objective, with it."""
    spoken = portfolio.spoken
    if not len(spoken):
        return _NO_CELLS
    of_table = is_word(spoken["table"], table) & is_word(spoken["kind"], "objective_id")
    return these(spoken, "id", "table", "row")[of_table].set_axis(_CELL, axis="columns")


def lost_products(portfolio: Portfolio) -> pd.DataFrame:
    """Lost cells, with their objective, that would name a product of it."""
    return pd.concat([_lost_cells(portfolio, "objectives", "product_id"),
                      _lost_cells(portfolio, "key_results", "product_id"),
                      _set_aside(portfolio, "objective_products")], ignore_index=True)


def lost_ways(portfolio: Portfolio) -> pd.DataFrame:
    """Lost cells by which an objective would lead to an outcome: its own or by a parent."""
    return pd.concat([_lost_cells(portfolio, "objectives", "outcome_id", "parent_objective_id"),
                      _set_aside(portfolio, "objective_outcomes")], ignore_index=True)


def _on_the_way_up(portfolio: Portfolio, ways: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """The lost cells that count for each of these objectives: its own, and while no outcome is
    named those of its ancestors."""
    all_ids = portfolio["objectives"]["objective_id"]
    loses = is_in(all_ids, ways["objective_id"]).to_numpy()
    names = is_in(all_ids, outcomes_named(portfolio)["objective_id"]).to_numpy()
    parents = positions(portfolio["objectives"]["parent_objective_id"], all_ids)
    next_stop = np.append(nearest_ancestor(loses | names, parents), -1)  # only there anything is
    found, own = [ways.head(0)], positions(ids, all_ids)
    at = next_stop[own]
    while len(at := at[stops := at >= 0]):
        own = own[stops]
        here = pd.DataFrame({"of": all_ids.array.take(own), "objective_id": all_ids.array.take(at)})
        found.append(here.merge(ways).drop(columns="objective_id").rename(
            columns={"of": "objective_id"}))
        own, at = own[~names[at]], next_stop[parents[at[~names[at]]]]
    return pd.concat(found, ignore_index=True)


def _what_they_may_name(portfolio: Portfolio, lost: pd.DataFrame) -> pd.DataFrame:
    """The products and outcomes that lost cells may name."""
    spoken = portfolio.spoken
    names = spoken[(spoken["cause"] == "lost_cell")
                   & spoken["kind"].isin(("product_id", "outcome_id"))]
    return names.merge(lost[["table", "row"]].drop_duplicates())[["kind", "id", "table", "row"]]
