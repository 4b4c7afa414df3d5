"""Which products pursue which objectives, with what share of effort (METHOD section 2)."""

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, flag, number, text, whole
from orgdata.measures.weights import rescaled
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import (
    codes,
    count_by,
    indexed,
    is_duplicate,
    is_in,
    look_up,
    look_up_any,
    matches,
)
from orgdata.tabular.select import these

COLUMNS: Columns = {
    "pursued": {
        "objective_id": text("an objective, of any date"),
        "product_id": text("a product that pursues it"),
        "in_cycle": flag("whether the objective is in cycle"),
        "managed": flag("whether the product is managed"),
        "effort": number("share of 1 among the product's in-cycle objectives; missing outside"),
        "effort_given": number("its share of the product's effort as stated"),
        "measurable_count": whole("measurable key results of the product in it; 0 out of cycle"),
        "kr_count": whole("key results of the product in it; 0 out of cycle"),
    },
    "key_results": {
        "own_product_id": text("the product it names itself"),
        "product_id": text("that, else the product of its objective if there is only one"),
    },
}
_PAIR = ["objective_id", "product_id"]


def pursuits(portfolio: Portfolio) -> pd.DataFrame:
    """P(j): each objective with each product that pursues it, and the effort as stated: for the
    product in objective_products, else for the objective. METHOD §2, §5."""
    objectives, further = portfolio["objectives"], portfolio["objective_products"]
    rows = pd.concat([these(further, *_PAIR, "effort_pct"), *(
        these(portfolio[table], *_PAIR)[portfolio[table]["product_id"].notna()]
        for table in ("objectives", "key_results") if portfolio.tracked(table, "product_id"))],
        ignore_index=True)
    repeats = is_duplicate([codes(rows[name]) for name in _PAIR], "first")
    rows = rows[~repeats & is_in(rows["objective_id"], objectives["objective_id"])]
    of_objective = look_up(rows["objective_id"],
                           indexed(objectives, "objective_id", "effort_pct"), np.nan)
    return these(rows, *_PAIR).assign(
        effort_given=rows["effort_pct"].fillna(of_objective)).reset_index(drop=True)


def with_products(key_results: pd.DataFrame, pursued: pd.DataFrame) -> pd.DataFrame:
    """Key results with `product_id`: their own, else that of their objective if it has only one."""
    alone = pursued[~pursued["objective_id"].duplicated(keep=False)]
    only = look_up_any(key_results["objective_id"], indexed(alone, "objective_id", "product_id"))
    return key_results.assign(product_id=key_results["own_product_id"].fillna(only))


def with_effort(pursued: pd.DataFrame, objectives: pd.DataFrame, key_results: pd.DataFrame,
                products: pd.DataFrame) -> pd.DataFrame:
    """Add to pairs of objective and product their share of effort, and the key results of the
    product in it: those that name it or none. `key_results` are all of in-cycle `objectives`."""
    ids = pursued["objective_id"]
    in_cycle = is_in(ids, objectives["objective_id"])
    sharing = pursued[in_cycle]
    effort = rescaled(sharing["effort_given"], sharing["product_id"])

    def count(rows: pd.DataFrame) -> pd.Series:
        named = rows["own_product_id"].notna()
        of_all = count_by(objectives["objective_id"], rows.loc[~named, "objective_id"])
        counted = look_up(ids, of_all.set_axis(objectives["objective_id"]), 0)
        if named.any():
            own = rows["objective_id"] + "\0" + rows["own_product_id"]
            counted += count_by(ids + "\0" + pursued["product_id"], own[named])
        return counted

    return pursued.assign(
        in_cycle=in_cycle, managed=is_in(pursued["product_id"], products["product_id"]),
        effort=effort.reindex(pursued.index),
        measurable_count=count(these(key_results, "objective_id", "own_product_id")[
            key_results["measurable"]]),
        kr_count=count(key_results))


def products_of(rows: pd.DataFrame, key: str, pursued: pd.DataFrame) -> pd.DataFrame:
    """The products of objectives, or of key results (their own, else all of their objective): a row
    (id, product_id) for each."""
    own = rows["own_product_id"].notna() if key == "kr_id" else pd.Series(False, rows.index)
    of_goal = these(rows, *dict.fromkeys((key, "objective_id")))
    of_goal = of_goal[~own] if own.any() else of_goal
    at, of = matches(of_goal["objective_id"], pursued["objective_id"])
    pairs = pd.DataFrame({"id": of_goal[key].array.take(at),
                          "product_id": pursued["product_id"].array.take(of)})
    return pd.concat([pairs, rows.loc[own, [key, "own_product_id"]].set_axis(
        ["id", "product_id"], axis="columns")]) if own.any() else pairs
