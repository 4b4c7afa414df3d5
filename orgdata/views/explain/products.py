"""A product explained: its five checks, each with its own numbers. METHOD section 3."""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.checks import CHECKS


def product(row: pd.Series, alignment: Alignment) -> list[str]:
    """The five checks of a product, each with its own numbers, and whether it is aligned."""
    passed = sum(row[check] is True or row[check] == True for check in CHECKS  # noqa: E712
                 if pd.notna(row[check]))
    applicable = sum(pd.notna(row[check]) for check in CHECKS)
    verdict = "not assessed" if pd.isna(row["aligned"]) else (
        "aligned" if row["aligned"] else "not aligned")
    return [f"{row['name']} is {verdict}: {passed} of {applicable} checks pass.",
            *(check(name, row, alignment) for name in CHECKS)]


def check(name: str, row: pd.Series, alignment: Alignment) -> str:
    """One alignment check of one product in words (METHOD section 3)."""
    explained = {"owned": _owned, "linked": _linked, "planned": _planned, "measured": _measured,
                 "fresh": _fresh}[name]
    value = row[name]
    mark = "does not apply" if pd.isna(value) else "passes" if value else "fails"
    return f"{name} {mark}: {explained(row, alignment)}."


def _owned(row: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.assignments:
        return "assignments are not loaded"
    if not row["pm_count"]:
        return "nobody is accountable today"
    if row["pm_count"] != 1:
        return (f"{formats.count(row['pm_count'], 'person is', 'people are')} accountable today, "
                "one is needed")
    if not row["owned_alone"]:
        return f"{row['pm_names']} is accountable, but not active any more or only interim"
    return f"{row['pm_names']} is accountable, active, and not only interim"


def _linked(row: pd.Series, alignment: Alignment) -> str:
    if row["exempt"]:
        return f"its role is to {row['strategic_role']}, so it need not serve an outcome"
    if not alignment.basis.links:
        return "nothing loaded links products to outcomes"
    links = _links_of(row, alignment)
    confirmed = links[links["confirmed"]]["outcome_name"].tolist()
    if confirmed:
        return f"confirmed link{'s' * (len(confirmed) > 1)} to {_quoted(confirmed)}"
    waiting = links[links["declared"]]["outcome_name"].tolist()
    return (f"the link to {_quoted(waiting)} is not confirmed yet" if waiting
            else "no confirmed link to an active outcome")


def _quoted(names: list[str]) -> str:
    return formats.listed([f"“{name}”" for name in names])


def _planned(row: pd.Series, alignment: Alignment) -> str:
    if row["exempt"]:
        return f"its role is to {row['strategic_role']}, so it need not have a goal"
    if not (alignment.basis.objectives and alignment.basis.links):
        return "objectives or links are not loaded"
    links = _links_of(row, alignment)
    backed = links[links["confirmed"] & links["goal"]]["outcome_name"].tolist()
    goals = formats.count(row["goals"], "objective")
    if not row["goals"]:
        return "no objective in this cycle"
    return (f"{goals} in this cycle, leading to {_quoted(backed)}" if backed
            else f"{goals} in this cycle, none leads to an outcome with a confirmed link")


def _measured(row: pd.Series, alignment: Alignment) -> str:
    objectives = alignment.objectives[alignment.objectives["product_id"] == row["product_id"]]
    if not len(objectives):
        return "no objective in this cycle"
    if not alignment.basis.proof:
        return "key_results are not loaded"
    without = objectives.loc[objectives["measurable_count"] == 0, "title"].tolist()
    if not without:
        which = ("its objective" if len(objectives) == 1 else
                 f"each of {len(objectives):,} objectives")
        return f"{which} has a measurable key result"
    return f"no measurable key result for {_quoted(without)}"


def _fresh(row: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.check_ins:
        return "check_ins are not loaded"
    results = alignment.key_results
    own = results[(results["product_id"] == row["product_id"]) & results["measurable"]]
    due = own[own["freshness"].isin(("fresh", "late", "stale", "never"))]
    if not len(due):
        return "no check-in is due"
    old = due["freshness"].isin(("stale", "never")).sum()
    return (f"{old} of {formats.count(len(due), 'key result')} stale or never checked in" if old
            else f"{formats.count(len(due), 'key result')} with a recent check-in")


def _links_of(row: pd.Series, alignment: Alignment) -> pd.DataFrame:
    return alignment.links[alignment.links["product_id"] == row["product_id"]]
