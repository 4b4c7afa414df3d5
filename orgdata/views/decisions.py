"""What is said of a decision or a to-do: whose it is, by when, and which gap it is about."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from orgdata import formats
from orgdata.gaps import RULES, Gaps, reminders
from orgdata.measures import Alignment

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import Decision

_OBJECTS = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product"),
            "objective_id": ("objectives", "objective"), "kr_id": ("key_results", "key result"),
            "person_id": ("people", "person"), "dependency_id": ("dependencies", "dependency"),
            "roadblock_id": ("roadblocks", "roadblock"),
            "expectation_id": ("expectations", "expectation")}


def parts(decision: "Decision", day: date) -> list[str]:
    """Who does a decision and by when, what it is, and from which dates it was moved."""
    return [decision.owner or "nobody yet", due(decision, day),
            f"{kind(decision)} of {formats.day(decision.made_on)}"]


def kind(decision: "Decision") -> str:
    """Whether it is a decision or a to-do, in words."""
    return "to-do" if decision.kind == "todo" else "decision"


def due(decision: "Decision", day: date) -> str:
    """By when it is due, whether that is past, and from which dates it was moved."""
    when = f"by {formats.day(decision.due)}" if decision.due else "no date"
    past = ", past its date" if decision.late_on(day) else ""
    moved = [formats.day(one) if one else "no date" for one in decision.moved_from]
    return f"{when}{past}" + (f", moved from {formats.listed(moved, most=5)}" if moved else "")


def about(decision: "Decision", gaps: Gaps, alignment: Alignment) -> str:
    """A line with the gap that a decision is about; "" where it is of none."""
    found = finding(decision, gaps, alignment)
    return f"About: {found}" if found else ""


def finding(decision: "Decision", gaps: Gaps, alignment: Alignment) -> str:
    """The gap that a decision is about, or that it is no longer found; "" where it is of none."""
    if decision.gap_key is None:
        return ""
    key = reminders.about(decision.gap_key)
    messages = gaps.rows.loc[gaps.rows["key"] == key, "message"]
    return str(messages.iloc[0]) if len(messages) else not_found(key, gaps, alignment)


def not_found(key: str, gaps: Gaps, alignment: Alignment) -> str:
    """Of a gap that is not found its rule, and that it is gone, by itself or with its object, or
    cannot be judged."""
    code, *ids = key.split(":")
    if code not in RULES:
        return f"{key}, which is no longer found"
    rule = RULES[code]
    for column, cell_id in zip(rule.looks_at.ids, ids, strict=False):
        column = column.removeprefix("other_")
        table, noun = _OBJECTS.get(column, ("", ""))
        if table and alignment.portfolio.tracked(table) and not (
                alignment.portfolio[table][column] == cell_id).any():
            return f"{rule.name}, which is no longer found: its {noun} is gone"
    if code in gaps.not_evaluated or (gaps.not_judged["key"] == key).any():
        return f"{rule.name}, which cannot be judged now"
    return f"{rule.name}, which is no longer found"


def withdrawn(decisions: Iterable["Decision"], since: date) -> list["Decision"]:
    """Those that were withdrawn after a day."""
    return [decision for decision in decisions
            if decision.withdrawn_at and decision.withdrawn_at.date() > since]


def why_withdrawn(decision: "Decision") -> str:
    """Who withdrew it, when, and why."""
    return (f"withdrawn on {formats.day(decision.withdrawn_at)}, says {decision.withdrawn_by}: "
            f"{decision.withdrawn}")
