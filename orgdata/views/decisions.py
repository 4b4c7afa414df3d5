"""What is said of a decision or a to-do: whose it is, by when, and which gap it is about."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, Gaps, reminders
from orgdata.gaps.rule import IDS
from orgdata.measures import Alignment
from orgdata.views.products import gaps_of

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
    past = ", overdue" if decision.late_on(day) else ""
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
    code = key.partition(":")[0]
    if code not in RULES:
        return f"{key}, which is no longer found"
    rule = RULES[code]
    for column, cell_id in _ids(key).items():
        column = column.removeprefix("other_")
        table, noun = _OBJECTS.get(column, ("", ""))
        if table and alignment.portfolio.tracked(table) and not (
                alignment.portfolio[table][column] == cell_id).any():
            return f"{rule.name}, which is no longer found: its {noun} is gone"
    if code in gaps.not_evaluated or (gaps.not_judged["key"] == key).any():
        return f"{rule.name}, which cannot be judged now"
    return f"{rule.name}, which is no longer found"


def _ids(key: str) -> dict[str, str]:
    """The ids in the key of a gap, by their column; none where it is of no rule."""
    code, *ids = key.split(":")
    if len(ids) > 1 and f"{ids[0]}_id" in IDS:  # one of two kinds of object, as in OBJ04:product:P1
        return {f"{ids[0]}_id": ids[1]}
    return dict(zip(RULES[code].looks_at.ids, ids, strict=False)) if code in RULES else {}


def of_products(decisions: Iterable["Decision"], gaps: Gaps, alignment: Alignment,
                product_ids: pd.Series) -> list["Decision"]:
    """Those about a gap of some products, found or no longer found, and those about no gap."""
    keys = [(decision, reminders.about(decision.gap_key or "")) for decision in decisions]
    ids = {key: {"key": key, **_ids(key)} for _, key in keys}
    found = gaps.rows.loc[gaps.rows["key"].isin(ids), ["key", *IDS]]
    ids |= {row["key"]: row for row in found.to_dict("records")}
    rows = pd.DataFrame(list(ids.values()), columns=["key", *IDS], dtype="str")
    shown = set(gaps_of(alignment, rows, product_ids)["key"])
    return [decision for decision, key in keys
            if key in shown or key.partition(":")[0] not in RULES]


def withdrawn(decisions: Iterable["Decision"], since: date) -> list["Decision"]:
    """Those that were withdrawn after a day."""
    return [decision for decision in decisions
            if decision.withdrawn_at and decision.withdrawn_at.date() > since]


def why_withdrawn(decision: "Decision") -> str:
    """Who withdrew it, when, and why."""
    return (f"withdrawn on {formats.day(decision.withdrawn_at)}, says {decision.withdrawn_by}: "
            f"{decision.withdrawn}")
