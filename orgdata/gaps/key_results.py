"""KR: can a key result be measured, do its numbers agree, and are they still the same?"""

from typing import Any

import numpy as np
import pandas as pd

from orgdata.formats import day, number
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import lost_cells, unjudged
from orgdata.measures import Alignment
from orgdata.measures.goalposts import Goalpost, direction
from orgdata.measures.key_results import MOVING
from orgdata.tabular.select import case_when


@rule("KR01", "cannot be measured", looks_at=populations.key_results,
      question="What is the target, and by when?",
      message="“{title}” of “{objective_title}” cannot be measured: it has {without}.",
      next_step="Set {fill} for “{title}”.",
      systemic_step="Most key results have {without}: ask the teams for it, or remove what you "
                    "only monitor.",
      kept_in="key_results.target key_results.lower key_results.upper key_results.due_date",
      evidence="kind target lower upper due only_one without",
      unjudged="whether it can be measured")
def cannot_be_measured(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A key result is not measurable (no target, or no proper range), or has no due date of its
    own or its objective's.

    Severity: high if the objective's only key result, else medium."""
    rows = those(rows, ~rows["measurable"] | rows["due"].isna())
    between, undated = rows["kind"] == "between", rows["due"].isna()
    amiss = ~rows["measurable"]
    reversed_ = rows["lower"] > rows["upper"]  # both are known then, and neither was lost
    rows = unjudged(rows, lost_cells(rows, alignment, "key_results", {
        "target": amiss & ~between, "due_date": undated, **{
            name: amiss & between & (rows[name].isna() | reversed_)
            for name in ("lower", "upper")}}))
    value = np.select([rows["measurable"], between], ["", "no proper range"], "no target")
    fill = np.select([rows["measurable"], between], ["", "a lower and an upper bound"],
                     "a target")
    return rows.assign(
        without=_joined(value, undated, "no due date", rows.index),
        fill=_joined(fill, undated, "a due date", rows.index),
        severity=graded(rows.index, (rows["only_one"], "high"), otherwise="medium"))


def _joined(first: np.ndarray, second_holds: pd.Series, second: str,
            index: pd.Index) -> pd.Series:
    texts = [" and ".join(filter(None, (text, second if holds else "")))
             for text, holds in zip(first, second_holds, strict=True)]
    return pd.Series(texts, index, dtype="str")


@rule("KR02", "no starting point", looks_at=populations.key_results,
      question="Where did this key result start?", needs="key_results.baseline",
      message="“{title}” of “{objective_title}” has a target of {target} but no baseline, so its "
              "progress is unknown.",
      next_step="Set the baseline of “{title}”: its value at the start.",
      systemic_step="Most key results have no baseline: ask the teams for the value at the start.",
      kept_in="key_results.baseline", evidence="kind baseline target value",
      unjudged="whether it has a starting point")
def no_starting_point(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An increase, a decrease or a key result of unspecified kind has a target but no
    baseline.

    Severity: medium."""
    rows = those(rows, rows["kind"].isin(("increase", "decrease", "unspecified"))
                 & rows["target"].notna() & rows["baseline"].isna())
    rows = unjudged(rows, lost_cells(rows, alignment, "key_results", {
        "baseline": rows["baseline"].isna()}))
    return rows.assign(severity="medium")


@rule("KR03", "inconsistent numbers", looks_at=populations.key_results,
      question="Are these numbers right?",
      message="The numbers of “{title}” contradict each other: {fault}.",
      next_step="Correct {columns} of “{title}”.",
      systemic_step="Most key results contradict themselves: check on Data which of your columns "
                    "are read as baseline, target, start and due date.",
      kept_in="key_results.baseline key_results.target key_results.kr_type key_results.lower "
              "key_results.upper key_results.weight key_results.start_date key_results.due_date",
      evidence="kind base goal lower upper weight start due fault")
def numbers_do_not_add_up(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A moving key result whose target equals its baseline, an increase with a target below it,
    a decrease with a target above it, a lower bound above the upper, a weight of 0 or less, or
    a due date before the start.

    Severity: medium."""
    faults = [
        (rows["kind"].isin(MOVING) & (rows["goal"] == rows["base"]),
         "the target equals the baseline", "the target or the baseline"),
        ((rows["kind"] == "increase") & (rows["target"] < rows["baseline"]),
         "it should increase, but the target is below the baseline",
         "the target or the direction"),
        ((rows["kind"] == "decrease") & (rows["target"] > rows["baseline"]),
         "it should decrease, but the target is above the baseline",
         "the target or the direction"),
        (rows["lower"] > rows["upper"], "the lower bound is above the upper", "a bound"),
        (rows["weight"] <= 0, "its weight is not above 0", "the weight"),
        (rows["due"] < rows["start"], "it is due before it starts", "the start or the due date"),
    ]
    fault = case_when(rows.index, *((holds, words) for holds, words, _ in faults))
    columns = {words: columns for _, words, columns in faults}
    rows = those(rows, fault.notna()).assign(fault=fault)
    return rows.assign(columns=rows["fault"].map(columns), severity="medium")


# goalpost: (what it is now, its name)
_POSTS: dict[Goalpost, tuple[str, str]] = {
    "target": ("goal", "target"), "baseline": ("base", "baseline"), "due": ("due", "due date")}


@rule("KR04", "target moved mid-cycle", looks_at=populations.goalposts,
      question="Who agreed to this change?",
      message="“{title}” of “{objective_title}” was changed mid-cycle, after {seen_on}: {moves}.",
      next_step="Restore {columns} of “{title}”, or record who agreed to the change and why.",
      systemic_step="Most key results were changed mid-cycle: agree on when a target may change.",
      kept_in="key_results.target key_results.baseline key_results.due_date",
      evidence="was_target goal was_baseline base was_due due seen_on moves")
def target_moved(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Target, baseline or due date differ from the first snapshot in the key result's cycle. It is
    eased where one of them makes it easier, or where its target or due date is gone; a blank
    that was filled in since is no move.

    Severity: high if committed and eased; medium if eased; else low."""
    moved = pd.DataFrame({post: direction(post, rows[f"was_{post}"], rows[now], rows["was_kind"],
                                          rows["kind"]) for post, (now, _) in _POSTS.items()})
    moved = moved.where(moved.isin(("eased", "tightened", "moved", "dropped")))
    eased = (moved == "eased").any(axis=1) | (moved[["target", "due"]] == "dropped").any(axis=1)
    rows = those(rows, moved.notna().any(axis=1)).assign(eased=eased)
    posts = [[post for post in _POSTS if isinstance(row[post], str)]
             for row in moved.loc[rows.index].to_dict("records")]
    return rows.assign(
        columns=["the " + " and the ".join(_POSTS[post][1] for post in moved_posts)
                 for moved_posts in posts],
        moves=["; ".join(_move(post, row) for post in moved_posts)
               for moved_posts, row in zip(posts, rows.to_dict("records"), strict=True)],
        severity=graded(rows.index, (rows["eased"] & rows["committed"], "high"),
                        (rows["eased"], "medium"), otherwise="low"))


def _move(post: Goalpost, row: dict[Any, Any]) -> str:
    """One move in words: target from 120 to 100."""
    written = day if post == "due" else number
    before, after = row[f"was_{post}"], row[_POSTS[post][0]]
    name = _POSTS[post][1]
    return f"{name} {written(before)} removed" if pd.isna(after) else (
        f"{name} from {written(before)} to {written(after)}")
