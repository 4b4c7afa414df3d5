"""Whether confidence was right: of what people were sure of at half time, how much was met.

METHOD section 11. It is told of the whole portfolio only, never of a person or a product.
"""

from dataclasses import dataclass

import pandas as pd

from orgdata.measures.alignment import Alignment
from orgdata.measures.key_results import of_objectives, with_measures
from orgdata.tabular.lookup import indexed, look_up, look_up_any

CONFIDENT = 7.0  # of 10
FEWEST = 20  # key results


@dataclass(frozen=True)
class Calibration:
    """Of the key results whose time is over and whose result is known, those somebody was
    confident of at half time, and how many of these were met."""

    confident: int
    met: int

    @property
    def share(self) -> float | None:
        """The share of them that was met, 0–1; None where they are too few."""
        return self.met / self.confident if self.confident >= FEWEST else None


def calibration(alignment: Alignment) -> Calibration | None:
    """Calibration of confidence over all cycles that are loaded; None where the scale of the
    confidences is unclear, or earlier check-ins stayed in a database. METHOD §11."""
    portfolio, day = alignment.portfolio, alignment.as_of
    if "check_ins.confidence" in portfolio.unclear or (
            portfolio.not_fetched and portfolio.not_fetched.rows):
        return None
    rows = of_objectives(portfolio["key_results"], alignment.all_objectives)
    rows = with_measures(rows, portfolio["check_ins"], day, portfolio.settings, portfolio.unclear)
    over = rows[(rows["due"] <= day) & rows["met"].notna() & (rows["start"] < rows["due"])]
    sure = look_up(over["kr_id"], _at_half_time(over, portfolio["check_ins"]), float("nan"))
    confident = over[(sure >= CONFIDENT).to_numpy()]
    return Calibration(len(confident), int(confident["met"].sum()))


def _at_half_time(results: pd.DataFrame, check_ins: pd.DataFrame) -> pd.Series:
    """By key result the last confidence that was stated in the first half of its time."""
    half = results["start"] + (results["due"] - results["start"]) / 2
    stated = check_ins[check_ins["confidence"].notna()]
    until = look_up_any(stated["kr_id"], pd.Series(half.array, pd.Index(results["kr_id"])))
    stated = stated[(stated["date"] <= until).to_numpy()]
    last = stated.sort_values(["date", "row"], kind="stable").drop_duplicates("kr_id", keep="last")
    return indexed(last, "kr_id", "confidence")
