"""Turn a hierarchy of goals into outcomes, objectives and key results.

For tools that keep objectives and key results in one list. Each record is a goal with `id`,
`title`, `parent` (an id, or as written if it is not in the file), `result` (whether it measures
its parent), `team`, and columns with our names.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.sources.vendors.records import Records, first_of_each, map_distinct
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
    """Our tables made of goals. `outcomes` is the answer to OUTCOMES, `teams` the name of the
    column of teams. A column `company` may mark goals of the company, whatever is below them.

    A company outcome stays an objective too, which serves itself, so that its key results have an
    objective. It has no product: otherwise a team whose only goal is the company's would count as
    serving the company. Teams of key results are not read: a product pursues objectives.
    """
    above = objectives_above(goals)
    result = goals["result"].astype(bool)
    top = _top(goals, above, outcomes)
    # rows are selected last: a frame without rows would take those of its new columns
    objectives = _columns(goals, _OBJECTIVES).assign(
        objective_id=goals["id"], product_id=goals["team"].mask(top, ""),
        outcome_id=goals["id"].where(top, ""), parent_objective_id=above,
        end_date=goals["due_date"])[~result]
    team = first_of_each(objectives["product_id"])
    if (goals["team"][top] != "").any():
        records.note(teams, "bad_value", "of a company outcome it is kept with the record: a team "
                     "whose only goal is the company's would count as serving the company")
    return {
        "outcomes": _columns(goals, _OUTCOMES).assign(
            outcome_id=goals["id"], name=goals["title"],
            status=outcome_status(goals["status"]))[top],
        "products": pd.DataFrame({"product_id": team, "name": team}),
        "objectives": objectives,
        "key_results": _columns(goals, _RESULTS).assign(
            kr_id=goals["id"], objective_id=above)[result]}


def objectives_above(goals: pd.DataFrame) -> pd.Series:
    """The nearest objective above each goal, through any key results between them.

    If there is none in the file, the parent that the topmost key result names, or else the goal
    itself, is left as written, so that validation reports what is missing.
    """
    parents = positions(goals["parent"].mask(goals["parent"] == ""), goals["id"])
    own = np.arange(len(goals))
    result = goals["result"].to_numpy(dtype=bool)
    step = np.where(result & (parents >= 0), parents, own)  # an objective stays where it is
    for _ in range(len(goals).bit_length() + 1):  # path doubling; also ends on cycles
        step = step[step]
    end = np.where(parents >= 0, step[parents], own)
    is_objective = ~result[end] & (parents >= 0)
    written = goals["parent"].to_numpy(dtype=object)
    upper = np.where((parents[end] < 0) & (written[end] != ""), written[end], written)
    above = np.where(is_objective, goals["id"].to_numpy(dtype=object)[end], upper)
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


def outcome_status(status: pd.Series) -> pd.Series:
    """The status of an outcome: done if the word closes a goal, else blank (active)."""
    return map_distinct(status, lambda word: "done" if normalise_word(word) in CLOSED_WORDS else "")


def _columns(goals: pd.DataFrame, names: "list[str]") -> pd.DataFrame:
    return goals[[name for name in names if name in goals]]


def translate_status(status: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Status words with a tool's own words replaced by ours of the same meaning."""
    return map_distinct(status, lambda word: words.get(normalise_word(word), word))
