"""What is said of a decision or a to-do: whose it is, by when, and which gap it is about."""

from datetime import date
from typing import TYPE_CHECKING

from orgdata import formats
from orgdata.gaps import RULES, Gaps, reminders

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import Decision


def parts(decision: "Decision", day: date) -> list[str]:
    """Who does a decision and by when, what it is, and from which dates it was moved."""
    kind = "to-do" if decision.kind == "todo" else "decision"
    moved = [formats.day(due) if due else "no date" for due in decision.moved_from]
    return [decision.owner or "nobody yet",
            f"by {formats.day(decision.due)}" if decision.due else "no date",
            *([f"moved from {formats.listed(moved, most=5)}"] if moved else []),
            f"{kind} of {formats.day(decision.made_on)}",
            *(["past its date"] if decision.late_on(day) else [])]


def about(decision: "Decision", gaps: Gaps) -> str:
    """The gap that a decision is about, or that it is no longer found; "" where it is of none."""
    if decision.gap_key is None:
        return ""
    key = reminders.about(decision.gap_key)
    messages = gaps.rows.loc[gaps.rows["key"] == key, "message"]
    if len(messages):
        return f"About: {messages.iloc[0]}"
    if (gaps.not_judged["key"] == key).any():
        return f"About: {_rule_name(key)}, which cannot be judged now"
    return f"About: {_rule_name(key)}, which is no longer found"


def _rule_name(key: str) -> str:
    """The name of a gap's rule; of a rule that is not known any more, the key."""
    rule = RULES.get(key.partition(":")[0])
    return rule.name if rule else key
