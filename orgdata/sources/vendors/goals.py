"""Goals that hang under one another → outcomes, objectives and key results.

For the tools that keep objectives and what measures them in one list. Each record is a goal:
`id`, `title`, `parent` (the id it hangs under, as written where the file does not hold it),
`result` (whether it measures the goal above it), `team`, and columns under our names.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.schema import CLOSED_WORDS, normalise_word
from orgdata.sources.vendors.records import Records, mapped, once
from orgdata.sources.vendors.vendor import Choice
from orgdata.tabular.lookup import positions

OUTCOMES = Choice("outcomes", "Which goals are company outcomes?", {
    "top": "Goals at the top that have other goals under them",
    "all": "Every goal at the top",
    "none": "None: outcomes come from elsewhere"})
_OBJECTIVES = ("title owner_id ambition start_date status grade").split()
_RESULTS = ("title kr_type metric unit baseline target current start_date due_date result_kind "
            "status owner_id").split()
_OUTCOMES = ("description metric unit baseline target current start_date due_date "
             "owner_id").split()


def as_tables(records: Records, goals: pd.DataFrame, outcomes: str,
              teams: str) -> dict[str, pd.DataFrame]:
    """Our tables of goals, `outcomes` being the answer to OUTCOMES and `teams` the column that
    names them. A column `company` may say which are the company's, whatever hangs under them.

    A company outcome stays an objective as well, serving itself, so that its key results have
    one. It has no product: a team whose only goal is the company's would else count as serving
    the company. Teams of key results are not read: a product pursues objectives.
    """
    above = objective_above(goals)
    result = goals["result"].astype(bool)
    top = _top(goals, above, outcomes)
    # columns first, rows after: a frame without rows would take on those of its new columns
    objectives = _columns(goals, _OBJECTIVES).assign(
        objective_id=goals["id"], product_id=goals["team"].mask(top, ""),
        outcome_id=goals["id"].where(top, ""), parent_objective_id=above,
        end_date=goals["due_date"])[~result]
    team = once(objectives["product_id"])
    if (goals["team"][top] != "").any():
        records.note(teams, "bad_value", "of a company outcome it is kept with the record: a team "
                     "whose only goal is the company's would count as serving the company")
    return {
        "outcomes": _columns(goals, _OUTCOMES).assign(
            outcome_id=goals["id"], name=goals["title"], status=life(goals["status"]))[top],
        "products": pd.DataFrame({"product_id": team, "name": team}),
        "objectives": objectives,
        "key_results": _columns(goals, _RESULTS).assign(
            kr_id=goals["id"], objective_id=above)[result]}


def objective_above(goals: pd.DataFrame) -> pd.Series:
    """For each goal the nearest objective it hangs under, through any key results between them.

    Where there is none in the file, what the topmost key result, or else the goal itself, names
    as its parent is left as written, so that validation says what is missing.
    """
    at = positions(goals["parent"].mask(goals["parent"] == ""), goals["id"])
    here = np.arange(len(goals))
    result = goals["result"].to_numpy(dtype=bool)
    step = np.where(result & (at >= 0), at, here)  # an objective stays where it is
    for _ in range(len(goals).bit_length() + 1):  # path doubling; ends on circles too
        step = step[step]
    end = np.where(at >= 0, step[at], here)
    found = ~result[end] & (at >= 0)
    written = goals["parent"].to_numpy(dtype=object)
    upper = np.where((at[end] < 0) & (written[end] != ""), written[end], written)
    above = np.where(found, goals["id"].to_numpy(dtype=object)[end], upper)
    return pd.Series(above, index=goals.index, dtype="str")


def _top(goals: pd.DataFrame, above: pd.Series, outcomes: str) -> pd.Series:
    """Which goals are company outcomes."""
    free = ~goals["result"].astype(bool) & (goals["parent"] == "") & (goals["id"] != "")
    if outcomes == "none":
        return free & False
    if outcomes == "all":
        return free
    served = goals["id"].isin(above[~goals["result"].astype(bool)])
    return free & (served | goals["company"] if "company" in goals else served)


def life(status: pd.Series) -> pd.Series:
    """A word that ends a goal ends the outcome; every other word leaves it active."""
    return mapped(status, lambda word: "done" if normalise_word(word) in CLOSED_WORDS else "")


def _columns(goals: pd.DataFrame, names: "list[str]") -> pd.DataFrame:
    return goals[[name for name in names if name in goals]]


def translated(status: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Status words with those put in their place that mean the same to us."""
    return mapped(status, lambda word: words.get(normalise_word(word), word))
