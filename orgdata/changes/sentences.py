"""A comparison in plain sentences: the answer first, then a line for each topic that changed."""

from collections.abc import Callable, Iterable, Mapping

from orgdata import formats
from orgdata.changes import Change, Changes, HeadlineChange
from orgdata.changes.change import ObjectType
from orgdata.changes.gaps import AFTER_EASED, LABELS, WITH_SUBJECT
from orgdata.changes.goals import WITH_OBJECTIVE
from orgdata.changes.split import Step
from orgdata.gaps import SEVERITIES
from orgdata.measures.progress import BEHIND, ON_PACE

_NOUNS = {"outcomes": "outcome", "products": "product", "contributions": "link",
          "objectives": "objective", "key_results": "key result"}
_PERCENT = {"outcome_coverage_pct": "Outcome coverage", "aligned_spend_pct": "Aligned spend",
            "linked_spend_pct": "Linked spend", "strategy_spend_fit_pct": "Strategy–spend fit"}


def sentences(changes: Changes) -> list[str]:
    """The sentences of a comparison: the answer, then headlines and topics that changed."""
    if changes.nothing and not changes.not_compared:
        return [f"Nothing changed between {_days(changes)}."]
    lines = [answer(changes)]
    lines += [headline(changes, key) for key in tuple(_PERCENT)[1:]]
    lines += [topic(changes) for topic in _TOPICS]
    lines.append(_line("Not compared", [f"{part}, because {reason}" for part, reason in
                                        changes.not_compared.items()]))
    return [line for line in lines if line]


def answer(changes: Changes) -> str:
    """Which products are newly aligned or not aligned any more, and the change of coverage."""
    rows = changes.of("product", "aligned")
    fell_out = [row.name for row in rows if row.before is True]
    newly_aligned = [row.name for row in rows if row.after is True]
    parts = [f"{formats.count(len(fell_out), 'product')} fell out of alignment "
             f"({formats.listed(fell_out)})" if fell_out else "",
             f"{formats.count(len(newly_aligned), 'product')} newly aligned "
             f"({formats.listed(newly_aligned)})" if newly_aligned else ""]
    text = _join(parts) or "No product changed its alignment"
    before, after = changes.before.headlines, changes.after.headlines
    count = f"{after.aligned_products:,} of {after.assessed_products:,} aligned"
    if (before.aligned_products, before.assessed_products) != (
            after.aligned_products, after.assessed_products):
        count += f", before {before.aligned_products:,} of {before.assessed_products:,}"
    coverage = headline(changes, "outcome_coverage_pct") or (
        f"Outcome coverage stays at {formats.percent(after.outcome_coverage_pct)}."
        if after.outcome_coverage_pct is not None else "")
    return f"{text}: {count}. {coverage}".strip()


def headline(changes: Changes, key: str) -> str:
    """A percentage before and after with the causes of its change; "" if it is the same."""
    change = changes.split[key]
    before, after = (formats.percent(value, decimals=1) for value in (change.before, change.after))
    if before == after:
        return ""
    text = f"{_PERCENT[key]} {before} → {after}"
    parts = _parts(change, changes, full=key == "outcome_coverage_pct")
    return f"{text}: {', '.join(parts)}." if parts else f"{text}."


def _parts(change: HeadlineChange, changes: Changes, full: bool) -> list[str]:
    """The causes of a change, as "+5 points from removing 1 objective", if not zero in one decimal.

    They add up to the change as its two ends show it. What was removed and added is only listed if
    `full`: once, in the answer.
    """
    why: dict[Step, str] = {
        "time": "the days that passed", "removals": "removals", "additions": "additions",
        "weights": "new weights", "edits": "edits"}
    if full and changes.split.removed:
        why["removals"] = f"removing {_counted(changes.split.removed)}"
    if full and changes.split.added:
        why["additions"] = f"adding {_counted(changes.split.added)}"
    parts = {step: part for step, part in change.parts.items() if part}
    if not parts or change.before is None or change.after is None:
        return []  # a part of what is unknown at either end is none
    moved = formats.moved(change.before, change.after)
    tenths = formats.apportioned([10 * part for part in parts.values()], round(10 * moved))
    return [f"{'+' if part > 0 else '−'}{formats.points(part / 10)} from {why[step]}"
            for step, part in zip(parts, tenths, strict=True) if part]


def _counted(rows: Mapping[str, int]) -> str:
    counts = [formats.count(n, _NOUNS[table]) for table, n in rows.items()]
    return formats.listed(counts, most=len(counts))


def _outcomes(changes: Changes) -> str:
    weights = [f"weight of “{row.name}” {formats.share(_number(row.before))} → "
               f"{formats.share(_number(row.after))}" for row in changes.of("outcome", "weight")]
    coverage = [f"“{row.name}” {row.before} → {row.after}"
                for row in changes.of("outcome", "coverage")]
    return _line("Outcomes", [*_came_and_went(changes, "outcome", quoted=True), *_few(coverage),
                              *_few(weights)])


def _products(changes: Changes) -> str:
    unit, currency = changes.after.money.unit, changes.after.portfolio.settings.currency
    roles = [f"{row.name} {row.before or 'no role'} → {row.after or 'no role'}"
             for row in changes.of("product", "role")]
    spend = [f"{row.name} {formats.money(_number(row.before), unit, currency)} → "
             f"{formats.money(_number(row.after), unit, currency)}"
             for row in changes.of("product", "spend")]
    return _line("Products", [*_came_and_went(changes, "product"), *_few(roles), *_few(spend)])


def _managers(changes: Changes) -> str:
    """Who joined or left which product, without those who came or went with the product."""
    moves = [f"{row.after} joined {row.name}" if row.kind == "joined"
             else f"{row.before} left {row.name}"
             for row in sorted((row for row in changes.of("manager") if not row.note),
                               key=lambda row: (row.ids[0], row.kind))]
    return _line("Product managers", _few(moves))


def _links(changes: Changes) -> str:
    labels = {"declared": "declared", "withdrawn": "withdrawn", "proven": "proven now",
              "lost_proof": "lost proof", "confirmed": "confirmed",
              "unconfirmed": "not confirmed any more", "goal": "seen only in a goal",
              "goal_ended": "seen only in a goal that ended", "strength": "of another strength",
              "share": "with another share"}
    return _line("Links", _counts(changes.of("link"), labels))


def _goals(changes: Changes) -> str:
    labels = {"added": "added", "removed": "removed", "closed": "closed", "reopened": "reopened",
              "started": "started", "ended": "ended", "outcome": "for another outcome now"}
    of_kept_objectives = [row for row in changes.of("key_result", "added", "removed")
                          if row.note != WITH_OBJECTIVE]
    return " ".join(line for line in (
        _line("Objectives", _counts(changes.of("objective"), labels)),
        _line("Key results", [
            *_counts(of_kept_objectives, {"added": "added", "removed": "removed or closed"}),
            *_statuses(changes)])) if line)


def _statuses(changes: Changes) -> list[str]:
    rows = changes.of("key_result", "status")
    worsened = [row for row in rows if row.after in BEHIND and row.before not in BEHIND]
    recovered = [row for row in rows if row.after in ON_PACE and row.before in BEHIND]
    achieved = [row for row in rows if row.after == "achieved" and row not in recovered]
    unknown = [row for row in rows if row.after == "unknown"]
    return [f"{len(group):,} {word}" for group, word in (
        (worsened, "newly need attention" if len(worsened) > 1 else "newly needs attention"),
        (recovered, "back on track"), (achieved, "achieved"), (unknown, "unknown now")) if group]


def _goalposts(changes: Changes) -> str:
    rows = changes.of("goalpost")
    eased = [f"{row.kind} of “{row.name}” {_text(row.before)} → {_text(row.after)}"
             for row in rows if row.note == "eased"]
    counts = {word: sum(row.note == word for row in rows)
              for word in ("tightened", "set", "dropped", "moved")}
    return _line("Goalposts", [*(f"eased: {text}" for text in _few(eased)),
                               *(f"{n:,} {word}" for word, n in counts.items() if n)])


def _gaps(changes: Changes) -> str:
    counts = [f"{len(gaps):,} {label}{_details(gaps, kind)}"
              for kind, label in LABELS.items() if (gaps := changes.of("gap", kind))]
    patterns = [f"pattern {row.ids[0]} {row.name} {_text(row.before)} → {_text(row.after)}"
                for row in changes.of("pattern")]
    first = next((row for row in changes.of("gap", "new")
                  if row.after in SEVERITIES[:2]), None)
    line = _line("Gaps", [*counts, *_few(patterns)])
    return f"{line} New and {first.after}: {first.name}" if first else line


def _details(rows: list[Change], kind: str) -> str:
    """How many new gaps are grave, or how many resolved ones went with their object or a goalpost
    that was eased, so that nobody fixed them."""
    if kind == "new":
        details = [f"{n:,} {severity}" for severity in SEVERITIES[:2]
                   if (n := sum(row.after == severity for row in rows))]
    elif kind == "resolved":
        details = [f"{n:,} {label}" for notes, label in (
            (WITH_SUBJECT.values(), "with what they were about"), ((AFTER_EASED,), AFTER_EASED))
            if (n := sum(row.note in notes for row in rows))]
    else:
        details = []
    return f" ({', '.join(details)})" if details else ""


_TOPICS: tuple[Callable[[Changes], str], ...] = (
    _outcomes, _products, _managers, _links, _goals, _goalposts, _gaps)


def _came_and_went(changes: Changes, object_type: ObjectType, quoted: bool = False) -> list[str]:
    """Phrases for what was added, removed and renamed, by name."""
    def name(value: object) -> str:
        return f"“{value}”" if quoted else str(value)

    added = [name(row.name) for row in changes.of(object_type, "added")]
    removed = [name(row.name) for row in changes.of(object_type, "removed")]
    renamed = [f"{name(row.before)} is now {name(row.after)}"
               for row in changes.of(object_type, "renamed")]
    return [*([f"{formats.listed(added)} added"] if added else []),
            *([f"{formats.listed(removed)} removed"] if removed else []), *_few(renamed)]


def _counts(rows: Iterable[Change], labels: dict[str, str]) -> list[str]:
    """How many changes there are of each kind, in words."""
    kinds = [row.kind for row in rows]
    return [f"{kinds.count(kind):,} {label}" for kind, label in labels.items() if kind in kinds]


def _line(topic: str, parts: list[str]) -> str:
    return f"{topic}: {'; '.join(parts)}." if parts else ""


def _few(items: list[str], most: int = 3) -> list[str]:
    """The first few items, and how many more there are."""
    return [*items[:most], f"{len(items) - most:,} more"] if len(items) > most else items


def _join(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _text(value: object) -> str:
    return formats.cell_text(value) if isinstance(value, str | int | float) else formats.day(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _days(changes: Changes) -> str:
    return f"{formats.day(changes.before.as_of)} and {formats.day(changes.after.as_of)}"
