"""Ideas: which are open, how far each would take its outcome, and their odds (METHOD section 8)."""

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, empty_frame, flag, maybe, number, text
from orgdata.measures.odds import Bet, Triangle, beats, whole_percent
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import RANGES
from orgdata.tabular.empty import empty_table
from orgdata.tabular.lookup import first_text, indexed, is_in, look_up
from orgdata.tabular.select import TOLERANCE, case_when, iter_rows

CLOSED = ("shipped", "dropped")  # stages; in every other one an idea is open
_EFFECT, _EFFORT = RANGES["ideas"]
_ENDS = ("low", "likely", "high")
_SHARE = "the share of the way from now to target that it would take its outcome: "
COLUMNS: Columns = {"ideas": {
    "open": maybe("neither shipped nor dropped; unknown where its stage was unreadable"),
    "new": maybe("whether it would be a new product; unknown where the product is not known"),
    "outcome_active": flag("whether its outcome is active"),
    "share_low": number(f"{_SHARE}at least"),
    "share_likely": number(f"{_SHARE}most likely"),
    "share_high": number(f"{_SHARE}at most"),
    "share_why": text("why that is missing; missing where it is known"),
    "weeks_low": number("person-weeks it takes, at least"),
    "weeks_likely": number("person-weeks it takes, most likely"),
    "weeks_high": number("person-weeks it takes, at most"),
    "odds_why": text("why it cannot be compared; missing where it can"),
    "outcome_name": text("the name of its outcome"),
    "product_name": text("the name of the product it would change, else the id; missing where it "
                         "names none"),
    "owner_name": text("the name of who looks after it, else the id"),
}}
NO_IDEAS = empty_table("ideas").assign(**empty_frame(COLUMNS["ideas"]))
Why = Literal["lost", "not_given", "part_given", "no_target", "no_data", "met", "not_active",
              "no_effort", "part_effort", "lost_effort", "zero_effort", "no_confidence"]


def ideas(portfolio: Portfolio, outcomes: pd.DataFrame) -> pd.DataFrame:
    """All ideas, in order of their names, with what can be said of each; `outcomes`: the active
    ones."""
    rows = portfolio["ideas"].sort_values(["name", "idea_id"], ignore_index=True)
    if not len(rows):
        return NO_IDEAS
    lost = {name: portfolio.is_lost_cell("ideas", name, rows["row"]).to_numpy()
            for name in ("stage", "product_id", *_EFFECT, *_EFFORT)}
    way, no_way = _way(rows["outcome_id"], outcomes)
    effect = _range(rows, _EFFECT, lost, "not_given", "part_given", "lost")
    weeks = _range(rows, _EFFORT, lost, "no_effort", "part_effort", "lost_effort")
    share_why = first_text(no_way, effect["why"])
    known = share_why.isna()
    zero = weeks["why"].isna() & (weeks["high"] <= 0)
    odds_why = first_text(share_why, first_text(weeks["why"], case_when(
        rows.index, (zero, "zero_effort"), (rows["confidence_pct"].isna(), "no_confidence"))))
    return rows.assign(
        open=(~rows["stage"].isin(CLOSED)).astype("boolean").mask(lost["stage"]),
        new=rows["product_id"].isna().astype("boolean").mask(lost["product_id"]),
        outcome_active=is_in(rows["outcome_id"], outcomes["outcome_id"]),
        **{f"share_{end}": (effect[end] / way).where(known) for end in _ENDS},
        share_why=share_why, **{f"weeks_{end}": weeks[end] for end in _ENDS}, odds_why=odds_why)


def _way(outcome_ids: pd.Series, outcomes: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """How far the outcome of each idea is from its target, in its metric, and why that is not
    known. An outcome that has met or passed its target has no way left, also where the two
    differ."""
    target, current, progress = (look_up(outcome_ids, indexed(outcomes, "outcome_id", name), np.nan)
                                 for name in ("target", "current", "progress"))
    way = (target - current).abs()
    return way, case_when(
        outcome_ids.index, (~is_in(outcome_ids, outcomes["outcome_id"]), "not_active"),
        (target.isna(), "no_target"), (current.isna(), "no_data"),
        ((way == 0) | (progress >= 1 - TOLERANCE), "met"))


def _range(rows: pd.DataFrame, columns: tuple[str, str, str], lost: Mapping[str, np.ndarray],
           none: Why, part: Why, unreadable: Why) -> pd.DataFrame:
    """A range as low, likely and high, and why it is not known. A single value is certain; of two
    the third is not guessed."""
    given = rows[list(columns)]
    count, alone = given.notna().sum(axis=1), given.bfill(axis=1).iloc[:, 0]
    values = {end: given[name].where(count == 3, alone.where(count == 1))
              for end, name in zip(_ENDS, columns, strict=True)}
    was_lost = np.logical_or.reduce([lost[name] for name in columns])
    why = case_when(rows.index, (was_lost, unreadable), (count == 0, none), (count == 2, part))
    return pd.DataFrame({end: one.where(why.isna()) for end, one in values.items()}).assign(why=why)


def odds(rows: pd.DataFrame, of: str | None = None) -> pd.DataFrame:
    """The odds of every pair of ideas that can be compared, or of those with one idea, in the order
    of the rows: `idea_id`, `other_id`, and `percent`, the chance in whole per cent that the first
    brings more of the way per person-week."""
    rows = rows[rows["odds_why"].isna()]
    bets = [(idea_id, Bet(Triangle(*of[:3]), Triangle(*of[3:6]), of[6] / 100))
            for idea_id, *of in iter_rows(rows["idea_id"], *(
                rows[f"{what}_{end}"] for what in ("share", "weeks") for end in _ENDS),
                rows["confidence_pct"])]
    pairs = [(one, other, whole_percent(beats(a, b)))
             for (one, a), (other, b) in combinations(bets, 2) if of in (None, one, other)]
    return pd.DataFrame({"idea_id": pd.Series([pair[0] for pair in pairs], dtype="str"),
                         "other_id": pd.Series([pair[1] for pair in pairs], dtype="str"),
                         "percent": pd.Series([pair[2] for pair in pairs], dtype="int64")})
