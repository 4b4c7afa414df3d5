"""Gaps that changed, and what waits for somebody, in words."""

from collections import Counter

from orgdata import formats
from orgdata.changes import Change, Changes
from orgdata.changes.gaps import LABELS, WITH_SUBJECT
from orgdata.gaps import RULES, SEVERITIES

_WEEK = 7


def gaps(changes: Changes) -> str:
    """How many gaps are new, resolved, worse or better, and the gravest new one."""
    counts = [f"{len(rows):,} {label}{_details(rows, kind)}"
              for kind, label in LABELS.items() if (rows := changes.of("gap", kind))]
    patterns = [f"pattern {row.ids[0]} {row.name} {_text(row.before)} → {_text(row.after)}"
                for row in changes.of("pattern")]
    more = [f"{len(patterns) - 3:,} more"] if len(patterns) > 3 else []
    if not (phrases := [*counts, *patterns[:3], *more]):
        return ""
    first = next((row for row in changes.of("gap", "new") if row.after in SEVERITIES[:2]), None)
    gravest = f" New and {first.after}: {first.name}" if first else ""
    return f"Gaps: {'; '.join(phrases)}.{gravest}"


def waiting(changes: Changes) -> str:
    """What waits for somebody now: reminders of gaps and decisions, which are no new findings."""
    keys = [row.ids[0] for row in changes.of("gap", "waiting")]
    late = sum(key.startswith("GOV01:decision:") for key in keys)
    expired = sum(key.startswith("GOV02:") for key in keys)
    unowned = len(keys) - late - expired
    phrases = ([f"{unowned:,} for an owner for more than {_days(changes)}"] if unowned else [])
    phrases += [formats.count(n, what) + after for n, what, after in (
        (late, "decision", " overdue"), (expired, "acceptance", " expired")) if n]
    return f"Waiting: {'; '.join(phrases)}." if phrases else ""


def _days(changes: Changes) -> str:
    limit = changes.after.portfolio.settings.rule("GOV01").threshold
    days = RULES["GOV01"].threshold if limit is None else limit
    return "a week" if days == _WEEK else f"{formats.number(days)} days"


def _details(rows: list[Change], kind: str) -> str:
    """How many new gaps are grave, or how many others went or got better with their object or
    because a field was made milder, so that nobody fixed them."""
    if kind == "new":
        details = [f"{n:,} {severity}" for severity in SEVERITIES[:2]
                   if (n := sum(row.after == severity for row in rows))]
    elif kind in ("resolved", "better"):
        subjects = set(WITH_SUBJECT.values())
        notes = Counter("with what they were about" if row.note in subjects else row.note
                        for row in rows if row.note)
        details = [f"{n:,} {note}" for note, n in sorted(notes.items(), key=lambda pair: -pair[1])]
    else:
        details = []
    return f" ({', '.join(details)})" if details else ""


def _text(value: object) -> str:
    return formats.cell_text(value) if isinstance(value, str | int | float) else "unknown"
