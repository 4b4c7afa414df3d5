"""What was quietly made milder, and what left while behind, in words."""

from orgdata import formats
from orgdata.changes import Change, Changes
from orgdata.model import labels

MOST = 7  # names, and phrases, in a line
_LABELS = {
    "strategic_role": "strategic bet", "bau_pct": "running cost", "annual_spend": "spend",
    "fte": "staffing",
    "exempt_reason": "reason for no outcome", "exempt_until": "end of that reason",
    "start_date": "start",
    "end_date": "end", "kr_type": "kind", "is_guardrail": "guardrail", "due": "due date",
    "cadence_days": "days between check-ins", "result_kind": "kind of result",
    "share_pct": "share", "effort_pct": "effort", "mode": "part",
    "lower": "lower limit", "upper": "upper limit"}


def quietly_easier(changes: Changes) -> str:
    """One line with every field that was made milder: whose, before, after, and what it did."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for change in changes.of("milder"):
        if change.kind != "removed":
            groups.setdefault((*_what(change, changes), change.note), []).append(_name(change))
    items = [f"{field}{formats.listed(names, most=MOST)} {moved}" + (f" ({note})" if note else "")
             for (field, moved, note), names in groups.items()]
    return f"Quietly easier: {'; '.join(_first(items))}." if items else ""


def removed_while_behind(changes: Changes) -> str:
    """One line with the key results that were behind and are gone, by name."""
    items = [f"“{change.name}” ({str(change.before).replace('_', ' ')}, {change.after})"
             for change in changes.of("milder", "removed")]
    return f"Removed while behind: {'; '.join(_first(items))}." if items else ""


def _what(change: Change, changes: Changes) -> tuple[str, str]:
    """What became of the field, before and after the names: `role of`, `maintain → platform`."""
    if change.kind == "enabled":
        return "", "switched off"
    before, after = (_value(change, value, changes) for value in (change.before, change.after))
    return f"{_LABELS.get(change.kind, change.kind)} of ", f"{before} → {after}"


def _value(change: Change, value: object, changes: Changes) -> str:
    if value is None:
        return "unknown" if change.kind in ("annual_spend", "fte") else "not stated"
    if change.kind == "strategic_role":
        return labels.role(str(value))
    if isinstance(value, float) and change.kind in ("annual_spend", "fte"):
        return formats.money(value, change.kind, changes.after.portfolio.settings.currency)
    if isinstance(value, float) and change.kind.endswith("_pct"):
        return formats.percent(value)
    if isinstance(value, float) and change.ids[0] == "outcomes" and change.kind == "weight":
        return formats.share(value)
    if isinstance(value, str | bool | int | float):
        return formats.cell_text(value).replace("_", " ")
    return formats.day(value)


def _name(change: Change) -> str:
    return change.name if change.ids[0] == "products" or change.ids[1] == change.kind else (
        f"“{change.name}”")


def _first(items: list[str]) -> list[str]:
    more = len(items) - MOST
    return [*items[:MOST], f"{more:,} more"] if more > 0 else items
