"""What changed in plain words, the answer first: a line per topic, none for what stayed."""

from collections.abc import Callable, Iterable, Mapping

from orgdata import formats
from orgdata.changes import Change, Changes, HeadlineChange
from orgdata.changes.change import Of
from orgdata.changes.gaps import WORDS
from orgdata.changes.split import Step
from orgdata.gaps import SEVERITIES

_NAMED = {"outcomes": "outcome", "products": "product", "contributions": "link",
          "objectives": "objective", "key_results": "key result"}
_PERCENT = {"outcome_coverage_pct": "Outcome coverage", "aligned_spend_pct": "Aligned spend",
            "linked_spend_pct": "Linked spend", "strategy_spend_fit_pct": "Strategy–spend fit"}
_TROUBLE = ("needs_attention", "off_track", "missed")
_GOOD = ("on_track", "achieved")


def sentences(changes: Changes) -> list[str]:
    """The answer, then a line each for headlines, things, links, goals and gaps that changed."""
    if changes.nothing and not changes.not_compared:
        return [f"Nothing changed between {_days(changes)}."]
    lines = [answer(changes)]
    lines += [headline(changes, key) for key in tuple(_PERCENT)[1:]]
    lines += [topic(changes) for topic in _TOPICS]
    lines.append(_line("Not compared", [f"{what}, because {reason}" for what, reason in
                                        changes.not_compared.items()]))
    return [line for line in lines if line]


def answer(changes: Changes) -> str:
    """Which products are in or out of alignment now, and what became of coverage."""
    rows = changes.of("product", "aligned")
    out = [row.name for row in rows if row.before is True]
    new = [row.name for row in rows if row.after is True]
    parts = [f"{formats.count(len(out), 'product')} fell out of alignment "
             f"({formats.listed(out)})" if out else "",
             f"{formats.count(len(new), 'product')} newly aligned ({formats.listed(new)})"
             if new else ""]
    said = _joined(parts) or "No product changed its alignment"
    was, now = changes.before.headlines, changes.after.headlines
    count = f"{now.aligned_products:,} of {now.assessed_products:,} aligned"
    if (was.aligned_products, was.assessed_products) != (
            now.aligned_products, now.assessed_products):
        count += f", before {was.aligned_products:,} of {was.assessed_products:,}"
    coverage = headline(changes, "outcome_coverage_pct") or (
        f"Outcome coverage stays at {formats.percent(now.outcome_coverage_pct)}."
        if now.outcome_coverage_pct is not None else "")
    return f"{said}: {count}. {coverage}".strip()


def headline(changes: Changes, key: str) -> str:
    """A percentage before and after, and what of it comes from what; "" where it stayed."""
    one = changes.split[key]
    if one.before == one.after:
        return ""
    said = f"{_PERCENT[key]} {formats.percent(one.before)} → {formats.percent(one.after)}"
    parts = _parts(one, changes, full=key == "outcome_coverage_pct")
    return f"{said}: {', '.join(parts)}." if parts else f"{said}."


def _parts(one: HeadlineChange, changes: Changes, full: bool) -> list[str]:
    """"+5 points from removing 1 objective": the parts that can be seen in one decimal.

    What was removed and added is listed once, in the answer.
    """
    why: dict[Step, str] = {
        "time": "the days that passed", "removals": "removals", "additions": "additions",
        "weights": "new weights", "edits": "edits"}
    if full and changes.split.removed:
        why["removals"] = f"removing {_counted(changes.split.removed)}"
    if full and changes.split.added:
        why["additions"] = f"adding {_counted(changes.split.added)}"
    seen = {step: part for step, part in one.parts.items()
            if part is not None and not formats.points(part).startswith("0 ")}
    return [f"{'+' if part > 0 else '−'}{formats.points(part)} from {why[step]}"
            for step, part in seen.items()]


def _counted(rows: Mapping[str, int]) -> str:
    said = [formats.count(n, _NAMED[table]) for table, n in rows.items()]
    return formats.listed(said, most=len(said))


def _outcomes(changes: Changes) -> str:
    weights = [f"weight of “{row.name}” {formats.share(_number(row.before))} → "
               f"{formats.share(_number(row.after))}" for row in changes.of("outcome", "weight")]
    coverage = [f"“{row.name}” {row.before} → {row.after}"
                for row in changes.of("outcome", "coverage")]
    return _line("Outcomes", [*_simple(changes, "outcome", quoted=True), *_some(coverage),
                              *_some(weights)])


def _products(changes: Changes) -> str:
    unit, currency = changes.after.money.unit, changes.after.portfolio.settings.currency
    roles = [f"{row.name} {row.before or 'no role'} → {row.after or 'no role'}"
             for row in changes.of("product", "role")]
    spend = [f"{row.name} {formats.money(_number(row.before), unit, currency)} → "
             f"{formats.money(_number(row.after), unit, currency)}"
             for row in changes.of("product", "spend")]
    return _line("Products", [*_simple(changes, "product"), *_some(roles), *_some(spend)])


def _managers(changes: Changes) -> str:
    """Who joined or left which product; those who came or went with it are not news."""
    said = [f"{row.after} joined {row.name}" if row.what == "joined"
            else f"{row.before} left {row.name}"
            for row in sorted((row for row in changes.of("manager") if not row.note),
                              key=lambda row: (row.ids[0], row.what))]
    return _line("Product managers", _some(said))


def _links(changes: Changes) -> str:
    words = {"declared": "declared", "withdrawn": "withdrawn", "proven": "proven now",
             "lost_proof": "lost proof", "confirmed": "confirmed",
             "unconfirmed": "not confirmed any more", "goal": "seen only in a goal",
             "goal_ended": "seen only in a goal that ended", "strength": "of another strength",
             "share": "with another share"}
    return _line("Links", _tallied(changes.of("link"), words))


def _goals(changes: Changes) -> str:
    words = {"added": "added", "removed": "removed", "closed": "closed", "reopened": "reopened",
             "started": "started", "ended": "ended", "outcome": "for another outcome now"}
    own = [row for row in changes.of("key_result", "added", "removed")
           if row.note != "with its objective"]
    return " ".join(line for line in (
        _line("Objectives", _tallied(changes.of("objective"), words)),
        _line("Key results", [*_tallied(own, {"added": "added", "removed": "removed or closed"}),
                              *_statuses(changes)])) if line)


def _statuses(changes: Changes) -> list[str]:
    rows = changes.of("key_result", "status")
    grave = [row for row in rows if row.after in _TROUBLE and row.before not in _TROUBLE]
    well = [row for row in rows if row.after in _GOOD and row.before in _TROUBLE]
    achieved = [row for row in rows if row.after == "achieved" and row not in well]
    unknown = [row for row in rows if row.after == "unknown"]
    return [f"{len(some):,} {word}" for some, word in (
        (grave, "newly need attention" if len(grave) > 1 else "newly needs attention"),
        (well, "back on track"), (achieved, "achieved"), (unknown, "unknown now")) if some]


def _goalposts(changes: Changes) -> str:
    rows = changes.of("goalpost")
    eased = [f"{row.what} of “{row.name}” {_said(row.before)} → {_said(row.after)}"
             for row in rows if row.note == "eased"]
    others = {word: sum(row.note == word for row in rows)
              for word in ("tightened", "set", "dropped", "moved")}
    return _line("Goalposts", [*(f"eased: {one}" for one in _some(eased)),
                               *(f"{n:,} {word}" for word, n in others.items() if n)])


def _gaps(changes: Changes) -> str:
    said = [f"{len(some):,} {word}{_of_them(some, what)}"
            for what, word in WORDS.items() if (some := changes.of("gap", what))]
    patterns = [f"pattern {row.ids[0]} {row.name} {_said(row.before)} → {_said(row.after)}"
                for row in changes.of("pattern")]
    first = next((row for row in changes.of("gap", "new")
                  if row.after in SEVERITIES[:2]), None)
    line = _line("Gaps", [*said, *_some(patterns)])
    return f"{line} New and {first.after}: {first.name}" if first else line


def _of_them(rows: list[Change], what: str) -> str:
    """How many of the new ones are grave; how many of the resolved ones went with what they were
    about, or with a goalpost that was eased: nobody mended those."""
    if what == "new":
        said = [f"{n:,} {severity}" for severity in SEVERITIES[:2]
                if (n := sum(row.after == severity for row in rows))]
    elif what == "resolved":
        said = [f"{n:,} {words}" for start, words in (
            ("with its", "with what they were about"), ("after", "after a goalpost was eased"))
            if (n := sum(row.note.startswith(start) for row in rows))]
    else:
        said = []
    return f" ({', '.join(said)})" if said else ""


_TOPICS: tuple[Callable[[Changes], str], ...] = (
    _outcomes, _products, _managers, _links, _goals, _goalposts, _gaps)


def _simple(changes: Changes, of: Of, quoted: bool = False) -> list[str]:
    """Added, removed and renamed, by name."""
    def name(one: object) -> str:
        return f"“{one}”" if quoted else str(one)

    added = [name(row.name) for row in changes.of(of, "added")]
    removed = [name(row.name) for row in changes.of(of, "removed")]
    renamed = [f"{name(row.before)} is now {name(row.after)}" for row in changes.of(of, "renamed")]
    return [*([f"{formats.listed(added)} added"] if added else []),
            *([f"{formats.listed(removed)} removed"] if removed else []), *_some(renamed)]


def _tallied(rows: Iterable[Change], words: dict[str, str]) -> list[str]:
    whats = [row.what for row in rows]
    return [f"{whats.count(what):,} {word}" for what, word in words.items() if what in whats]


def _line(topic: str, parts: list[str]) -> str:
    return f"{topic}: {'; '.join(parts)}." if parts else ""


def _some(said: list[str], most: int = 3) -> list[str]:
    """The first few, and how many more."""
    return [*said[:most], f"{len(said) - most:,} more"] if len(said) > most else said


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _said(value: object) -> str:
    return formats.said_one(value) if isinstance(value, str | int | float) else formats.day(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _days(changes: Changes) -> str:
    return f"{formats.day(changes.before.as_of)} and {formats.day(changes.after.as_of)}"
