"""One line for each topic that changed: outcomes, products, links, goals, gaps …"""

from collections.abc import Callable, Iterable, Sequence

from orgdata import formats
from orgdata.changes import Change, Changes
from orgdata.changes.change import ObjectType, Value
from orgdata.changes.easing_sentences import quietly_easier, removed_while_behind
from orgdata.changes.gap_sentences import gaps, waiting
from orgdata.changes.goals import WITH_OBJECTIVE
from orgdata.changes.links import NO_GOAL, NO_NEW_GOAL
from orgdata.changes.things import MOVED_IN, MOVED_OUT
from orgdata.measures.progress import BEHIND, ON_PACE
from orgdata.model import labels

_CONFIRMED = ("proven", "claimed")
_REMOVED = {MOVED_OUT: MOVED_OUT, "now planned": "now planned", "now retired": "retired",
            "now deferred": "deferred", "now done": "done"}


def _outcomes(changes: Changes) -> str:
    weights = [f"weight of “{row.name}” {formats.share(_number(row.before))} → "
               f"{formats.share(_number(row.after))}" for row in changes.of("outcome", "weight")]
    coverage = [f"“{row.name}” {_covered(row.before)} → {_covered(row.after)}"
                for row in changes.of("outcome", "coverage")]
    return line("Outcomes", [*_came_and_went(changes, "outcome", quoted=True), *_few(coverage),
                             *_few(weights)])


def _products(changes: Changes) -> str:
    """Products that came and went, with another role or spend; what is milder has its own line."""
    unit, currency = changes.after.money.unit, changes.after.portfolio.settings.currency
    milder = {(row.kind, row.ids[1]) for row in changes.of("milder") if row.ids[0] == "products"}
    roles = [f"{row.name} {_bet(row.before)} → {_bet(row.after)}"
             for row in changes.of("product", "role")
             if ("strategic_role", row.ids[0]) not in milder]
    spend = [f"{row.name} {formats.money(_number(row.before), unit, currency)} → "
             f"{formats.money(_number(row.after), unit, currency)}"
             for row in changes.of("product", "spend") if (unit, row.ids[0]) not in milder]
    return line("Products", [*_came_and_went(changes, "product"), *_few(roles), *_few(spend)])


def _bet(value: Value) -> str:
    return labels.role(str(value)) if value else "no strategic bet"


def _purposes(changes: Changes) -> str:
    labels = {"rewritten": "rewritten", "confirmed": "confirmed",
              "unconfirmed": "not confirmed any more"}
    return line("Purposes", [f"{formats.listed(names)} {label}" for kind, label in labels.items()
                             if (names := [row.name for row in changes.of("purpose", kind)])])


def _managers(changes: Changes) -> str:
    """Who joined or left which product, without those who came or went with the product."""
    moves = [f"{row.after} joined {row.name}" if row.kind == "joined"
             else f"{row.before} left {row.name}"
             for row in sorted((row for row in changes.of("manager") if not row.note),
                               key=lambda row: (row.ids[0], row.kind))]
    return line("Product managers", _few(moves))


def _covered(state: Value) -> str:
    return labels.COVERAGE.get(str(state), str(state))


def _links(changes: Changes) -> str:
    rows = changes.of("link")
    declared = [row for row in rows if row.kind == "declared"]
    confirmed = [row for row in rows if row.kind in ("confirmed", "proven")
                 and row.before not in _CONFIRMED]
    backed = sum(NO_GOAL not in row.note for row in declared)
    newly = sum(NO_GOAL not in row.note and NO_NEW_GOAL not in row.note for row in confirmed)
    first = {"withdrawn": "withdrawn", "proven": "backed by OKRs now",
             "lost_proof": "no longer backed"}
    more = {"unconfirmed": "not confirmed any more", "goal": "seen only in an objective",
            "goal_ended": "seen only in an objective that ended", "strength": "of another strength",
            "share": "with another share"}
    return line("Links", [
        *([f"{len(declared):,} stated{_of_these(len(declared), backed, 'backed by OKRs')}"]
          if declared else []), *_counts(rows, first),
        *([f"{len(confirmed):,} newly confirmed"
           f"{_of_these(len(confirmed), newly, 'with a new objective')}"] if confirmed else []),
        *_counts(rows, more)])


def _of_these(count: int, holds: int, what: str) -> str:
    """How many of so many links have something, where not all have it."""
    if holds == count:
        return ""
    return f", {f'{holds:,}' if holds else 'none' if count > 1 else 'not'} {what}"


def _objectives(changes: Changes) -> str:
    named = {"removed": "removed", "closed": "closed"}
    first = {"added": "added", "reopened": "reopened", "started": "started", "ended": "ended",
              "outcome": "for another outcome now"}
    rows = changes.of("objective")
    return line("Objectives", [
        *(f"{formats.listed(names)} {label}" for kind, label in named.items()
          if (names := [f"“{row.name}”" for row in rows if row.kind == kind])),
        *_counts(rows, first)])


def _key_results(changes: Changes) -> str:
    """Key results that came and went by themselves, and those with another status."""
    added, removed = ([row for row in changes.of("key_result", kind)
                       if row.note != WITH_OBJECTIVE] for kind in ("added", "removed"))
    names = [f"“{row.name}”" + (f", {row.note}" if row.note else "") for row in removed]
    return line("Key results", [
        *([f"{len(added):,} added"] if added else []),
        *([f"{len(removed):,} removed or closed ({'; '.join(_few(names))})"] if removed else []),
        *_statuses(changes)])


def _statuses(changes: Changes) -> list[str]:
    rows = changes.of("key_result", "status")
    worsened = [row for row in rows if row.after in BEHIND and row.before not in BEHIND]
    eased = [row for row in rows if row.after in ON_PACE and row.note]
    recovered = [row for row in rows if row.after in ON_PACE and row.before in BEHIND
                 and not row.note]
    achieved = [row for row in rows if row.after == "achieved" and not row.note
                and row not in recovered]
    unknown = [row for row in rows if row.after == "unknown"]
    groups = [(worsened, "newly need attention" if len(worsened) > 1 else "newly needs attention"),
              (recovered, "back on track"), (achieved, "achieved")]
    for note in dict.fromkeys(row.note for row in eased):
        group = [row for row in eased if row.note == note]
        groups.append((group, f"on track again, {'each ' if len(group) > 1 else ''}{note}"))
    groups.append((unknown, "unknown now"))
    return [f"{len(group):,} {word}" for group, word in groups if group]


def _goalposts(changes: Changes) -> str:
    """How many goalposts moved otherwise than what is milder, which has its own line."""
    notes = [row.note for row in changes.of("goalpost")]
    return line("Goalposts", [f"{notes.count(word):,} {word}" for word in (
        "tightened", "set", "dropped", "moved") if word in notes])


def _dependencies(changes: Changes) -> str:
    return _by_kind(changes, "dependency", "Dependencies", {
        "agreed": "agreed", "delivered": "delivered", "not_agreed": "not agreed any more",
        "open_again": "open again", "added": "added", "removed": "removed"})


def _roadblocks(changes: Changes) -> str:
    return _by_kind(changes, "roadblock", "Roadblocks", {
        "cleared": "cleared", "added": "opened", "returned": "there again", "removed": "removed"})


def _by_kind(changes: Changes, object_type: ObjectType, topic: str, labels: dict[str, str]) -> str:
    return line(topic, [f"{formats.listed(names)} {label}" for kind, label in labels.items()
                        if (names := [f"“{row.name}”"
                                      for row in changes.of(object_type, kind)])])


TOPICS: tuple[Callable[[Changes], str], ...] = (
    removed_while_behind, quietly_easier, _outcomes, _products, _purposes, _managers, _links,
    _objectives, _key_results, _goalposts, _dependencies, _roadblocks, gaps, waiting)


def _came_and_went(changes: Changes, object_type: ObjectType, quoted: bool = False) -> list[str]:
    """Phrases for what was added, removed and renamed, by name."""
    def name(value: object) -> str:
        return f"“{value}”" if quoted else str(value)

    groups: dict[str, list[str]] = {}
    for row in changes.of(object_type, "added"):
        groups.setdefault(MOVED_IN if row.note == MOVED_IN else "added", []).append(name(row.name))
    for row in changes.of(object_type, "removed"):
        groups.setdefault(_REMOVED.get(row.note, "removed"), []).append(name(row.name))
    renamed = [f"{name(row.before)} is now {name(row.after)}"
               for row in changes.of(object_type, "renamed")]
    return [*(f"{formats.listed(names)} {what}" for what, names in groups.items()), *_few(renamed)]


def _counts(rows: Iterable[Change], labels: dict[str, str]) -> list[str]:
    """How many changes there are of each kind, in words."""
    kinds = [row.kind for row in rows]
    return [f"{kinds.count(kind):,} {label}" for kind, label in labels.items() if kind in kinds]


def line(topic: str, parts: Sequence[str]) -> str:
    """A topic and its phrases as one sentence; "" without any."""
    return f"{topic}: {'; '.join(parts)}." if parts else ""


def _few(items: list[str], most: int = 3) -> list[str]:
    """The first few items, and how many more there are."""
    return [*items[:most], f"{len(items) - most:,} more"] if len(items) > most else items


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
