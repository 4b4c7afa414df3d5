"""Which company goals objectives serve, where a list of objectives does not say it."""

from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.sources.intake.build import Build, frame_of
from orgdata.sources.raw import RawTable

_KEY = "objectives: company goals"


def ask_what_objectives_serve(build: Build) -> None:
    """Where goals of the company are known and no objective names one, ask whether the objectives
    serve those of their products."""
    objectives = [piece for table, piece in build.pieces if table == "objectives"]
    told = any("outcome_id" in piece.frame for piece in objectives) or any(
        table == "objective_outcomes" for table, _ in build.pieces)
    links = [piece.frame for table, piece in build.pieces if table == "contributions"]
    if not objectives or told or not len(build.outcomes) or not links:
        return
    count = sum(len(piece.frame) for piece in objectives)
    answer = build.asked.ask(
        _KEY, f"Which company goals do the {formats.count(count, 'objective')} serve? The files do "
        "not say.",
        {"open": "leave it open", "products": "those that all of their products serve"},
        "open", (), 3 * count)
    if answer == "products":
        served = pd.concat(links)[["product_id", "outcome_id"]]
        build.pieces += [("objective_outcomes", pairs) for piece in objectives
                         if (pairs := _goals_of(build, piece, served)) is not None]


def _goals_of(build: Build, piece: RawTable, served: pd.DataFrame) -> RawTable | None:
    """The company goals that all products of an objective serve, by objective: of a goal that only
    some serve it is not known whether the objective is for it."""
    more = [other.frame[["objective_id", "product_id"]] for table, other in build.pieces
            if table == "objective_products" and other.origin == piece.origin]
    own = piece.frame[["objective_id", "product_id"]] if "product_id" in piece.frame else None
    pursued = pd.concat([*([] if own is None else [own]), *more])
    pursued = pursued[pursued["product_id"] != ""].drop_duplicates()
    rows = pursued.assign(row=pursued.index).merge(
        served.drop_duplicates(), on="product_id")
    products = pursued.groupby("objective_id").size()
    together = rows.groupby(["objective_id", "outcome_id"])["product_id"].transform("size")
    rows = rows[together == rows["objective_id"].map(products)].drop_duplicates(
        ["objective_id", "outcome_id"])
    if not len(rows):
        return None
    rows = rows.set_index("row")
    return replace(piece, frame=frame_of(rows.index, objective_id=rows["objective_id"],
                                         outcome_id=rows["outcome_id"]))
