"""KR: can a key result be measured at all, do its numbers add up, and are they still the same?"""

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
      question="What would this key result have to show, and by when?",
      message="“{title}” of “{objective_title}” cannot be measured: it has {without}.",
      next_step="Fill {fill} of “{title}” in key_results.",
      systemic_step="Most key results have {without}: ask for target (lower and upper for a "
                    "range) and due_date where key_results come from, or leave out of them what "
                    "is only watched.",
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
    fill = np.select([rows["measurable"], between], ["", "lower and upper"], "target")
    return rows.assign(
        without=_joined(value, undated, "no due date", rows.index),
        fill=_joined(fill, undated, "due_date", rows.index),
        severity=graded(rows.index, (rows["only_one"], "high"), otherwise="medium"))


def _joined(first: np.ndarray, second_holds: pd.Series, second: str,
            index: pd.Index) -> pd.Series:
    texts = [" and ".join(filter(None, (text, second if holds else "")))
             for text, holds in zip(first, second_holds, strict=True)]
    return pd.Series(texts, index, dtype="str")


@rule("KR02", "no starting point", looks_at=populations.key_results,
      question="Where did this key result start?", needs="key_results.baseline",
      message="“{title}” of “{objective_title}” has a target of {target} but no baseline, so "
              "nobody can say how far it is.",
      next_step="Fill baseline of “{title}” in key_results with the value at its start.",
      systemic_step="Most key results have no baseline: ask for it where key_results come from.",
      evidence="kind baseline target value", unjudged="whether it has a starting point")
def no_starting_point(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """An increase, a decrease or a key result of unspecified kind has a target but no
    baseline.

    Severity: medium."""
    rows = those(rows, rows["kind"].isin(("increase", "decrease", "unspecified"))
                 & rows["target"].notna() & rows["baseline"].isna())
    rows = unjudged(rows, lost_cells(rows, alignment, "key_results", {
        "baseline": rows["baseline"].isna()}))
    return rows.assign(severity="medium")


@rule("KR03", "numbers do not add up", looks_at=populations.key_results,
      question="Are these the numbers that were meant?",
      message="The numbers of “{title}” do not add up: {fault}.",
      next_step="Correct {columns} of “{title}” in key_results.",
      systemic_step="Most key results contradict themselves: check which columns the settings "
                    "read as baseline, target, start_date and due_date of key_results.",
      evidence="kind base goal lower upper weight start due fault")
def numbers_do_not_add_up(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A moving key result whose target equals its baseline, an increase with a target below it,
    a decrease with a target above it, a lower bound above the upper, a weight of 0 or less, or
    a due date before the start.

    Severity: medium."""
    faults = [
        (rows["kind"].isin(MOVING) & (rows["goal"] == rows["base"]),
         "the target equals the baseline", "target or baseline"),
        ((rows["kind"] == "increase") & (rows["target"] < rows["baseline"]),
         "it should increase, but the target is below the baseline", "target or kr_type"),
        ((rows["kind"] == "decrease") & (rows["target"] > rows["baseline"]),
         "it should decrease, but the target is above the baseline", "target or kr_type"),
        (rows["lower"] > rows["upper"], "the lower bound is above the upper", "lower or upper"),
        (rows["weight"] <= 0, "its weight is not above 0", "weight"),
        (rows["due"] < rows["start"], "it is due before it starts", "start_date or due_date"),
    ]
    fault = case_when(rows.index, *((holds, words) for holds, words, _ in faults))
    columns = {words: columns for _, words, columns in faults}
    rows = those(rows, fault.notna()).assign(fault=fault)
    return rows.assign(columns=rows["fault"].map(columns), severity="medium")


# goalpost: (what it is now, its column in key_results)
_POSTS: dict[Goalpost, tuple[str, str]] = {
    "target": ("goal", "target"), "baseline": ("base", "baseline"), "due": ("due", "due_date")}


@rule("KR04", "target moved mid-cycle", looks_at=populations.goalposts,
      question="Who agreed that this goal is another one now?",
      message="“{title}” of “{objective_title}” was moved after it was first seen in its cycle "
              "on {seen_on}: {moves}.",
      next_step="Put {columns} of “{title}” in key_results back, or record in the weekly review "
                "who agreed to the change and why.",
      systemic_step="Most key results were moved: agree when a target may change, and leave "
                    "target, baseline and due_date in key_results as they are till then.",
      evidence="was_target goal was_baseline base was_due due seen_on moves")
def target_moved(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Target, baseline or due date differ from the first snapshot in the key result's cycle. It is
    eased where one of them makes the goal easier, or where its target or due date is gone; a blank
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
        columns=[" and ".join(_POSTS[post][1] for post in moved_posts) for moved_posts in posts],
        moves=["; ".join(_move(post, row) for post in moved_posts)
               for moved_posts, row in zip(posts, rows.to_dict("records"), strict=True)],
        severity=graded(rows.index, (rows["eased"] & rows["committed"], "high"),
                        (rows["eased"], "medium"), otherwise="low"))


def _move(post: Goalpost, row: dict[Any, Any]) -> str:
    """One move in words: target from 120 to 100."""
    written = day if post == "due" else number
    before, after = row[f"was_{post}"], row[_POSTS[post][0]]
    name = "due date" if post == "due" else post
    return f"{name} {written(before)} taken away" if pd.isna(after) else (
        f"{name} from {written(before)} to {written(after)}")
