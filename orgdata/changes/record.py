"""The comparison as one JSON-ready object (`diff --format json`)."""

from datetime import date
from typing import Any

from orgdata import METHOD_VERSION
from orgdata.changes import IDS, Change, Changes
from orgdata.changes.change import ObjectType
from orgdata.changes.sentences import sentences
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.measures import Alignment

LISTS: dict[str, ObjectType] = {
    "outcomes": "outcome", "products": "product", "purposes": "purpose", "managers": "manager",
    "links": "link", "objectives": "objective", "key_results": "key_result",
    "goalposts": "goalpost", "dependencies": "dependency", "roadblocks": "roadblock",
    "gaps": "gap", "patterns": "pattern", "milder": "milder"}


def record(changes: Changes) -> dict[str, Any]:
    """A comparison as JSON-ready values: both sides, sentences, headlines with parts, all changes.

    Numbers are unrounded, None if unknown, weights shares of 1; dates are YYYY-MM-DD; ids as in
    the sources. Every list is present, empty if nothing changed.
    """
    return {
        "method": METHOD_VERSION, "before": _side(changes.before, changes.gaps_before),
        "after": _side(changes.after, changes.gaps_after), "summary": sentences(changes),
        "headlines": {headline.key: {
            "before": headline.before, "after": headline.after, "change": headline.change,
            "parts": dict(headline.parts)} for headline in changes.split.headlines},
        "removed": dict(changes.split.removed), "added": dict(changes.split.added),
        "changes": {name: [_row(row) for row in changes.of(object_type)]
                    for name, object_type in LISTS.items()},
        "not_compared": [{"what": part, "reason": reason}
                         for part, reason in changes.not_compared.items()]}


def _side(alignment: Alignment, gaps: Gaps) -> dict[str, Any]:
    return {"source": alignment.portfolio.source, "as_of": f"{alignment.as_of:%Y-%m-%d}",
            "gaps": {severity: gaps.count(severity) for severity in SEVERITIES}}


def _row(change: Change) -> dict[str, Any]:
    return {"what": change.kind, **dict(zip(IDS[change.object_type], change.ids, strict=True)),
            "name": change.name, "before": _plain(change.before), "after": _plain(change.after),
            "note": change.note}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
