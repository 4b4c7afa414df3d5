"""Compare two evaluated portfolios: what changed, down to single links.

`compare(before, gaps_before, after, gaps_after)` is a pure function of four values, such as two
snapshots or two sources. A table that is loaded on one side only is not compared but reported: a
missing table is not the same as one that was emptied by decision.
"""

from collections.abc import Callable
from dataclasses import dataclass

from orgdata import METHOD_VERSION
from orgdata.changes.agreements import dependencies, purposes, roadblocks
from orgdata.changes.change import IDS, Change, ObjectType, Value
from orgdata.changes.effects import (
    reach,
    touched_gaps,
    with_effects,
    with_reasons,
    with_status_reasons,
)
from orgdata.changes.gaps import changed_gaps, gaps, reminders
from orgdata.changes.goals import goalposts, key_results, objectives
from orgdata.changes.links import links
from orgdata.changes.milder import milder
from orgdata.changes.split import HEADLINES, STEPS, HeadlineChange, Split, split
from orgdata.changes.things import managers, outcomes, products
from orgdata.gaps import Gaps
from orgdata.measures import Alignment

__all__ = ["HEADLINES", "IDS", "STEPS", "Change", "Changes", "HeadlineChange", "ObjectType",
           "Split", "Value", "compare"]

Compare = Callable[[Alignment, Alignment], list[Change]]
# What is compared, how, and the tables of which at least one must be loaded on both sides or none
_PARTS: tuple[tuple[str, Compare, tuple[str, ...]], ...] = (
    ("outcomes", outcomes, ("outcomes",)), ("products", products, ("products",)),
    ("products", purposes, ("products",)),
    ("product managers", managers, ("assignments",)),
    ("links", links, ("contributions", "objectives")),
    ("objectives", objectives, ("objectives",)), ("key results", key_results, ("key_results",)),
    ("goalposts", goalposts, ("key_results",)),
    ("dependencies", dependencies, ("dependencies",)), ("roadblocks", roadblocks, ("roadblocks",)))


@dataclass(frozen=True)
class Changes:
    """The result of a comparison: both sides, all changes in the order of the portfolio (outcomes,
    products, purposes, managers, links, objectives, key results, goalposts, dependencies,
    roadblocks, gaps, patterns, and what was quietly made milder), the headlines split by cause,
    and the parts that could not be compared, each with its reason."""

    before: Alignment
    after: Alignment
    gaps_before: Gaps
    gaps_after: Gaps
    rows: tuple[Change, ...]
    split: Split
    not_compared: dict[str, str]
    methods: tuple[str, str] = (METHOD_VERSION, METHOD_VERSION)  # each side was seen under

    def of(self, object_type: ObjectType, *kinds: str) -> list[Change]:
        """The changes of one type of object, all or only those of some kinds."""
        return [row for row in self.rows
                if row.object_type == object_type and (not kinds or row.kind in kinds)]

    @property
    def nothing(self) -> bool:
        """Whether neither an object nor a headline changed."""
        return not self.rows and not any(headline.change or headline.before != headline.after
                                         for headline in self.split.headlines)


def compare(before: Alignment, gaps_before: Gaps, after: Alignment, gaps_after: Gaps,
            methods: tuple[str, str] = (METHOD_VERSION, METHOD_VERSION)) -> Changes:
    """All changes from one evaluated portfolio to another, and the methods they were seen
    under."""
    rows: list[Change] = []
    not_compared = {}
    for part, changes_between, tables in _PARTS:
        if reason := _one_sided(before, after, tables):
            not_compared[part] = reason
        else:
            rows += changes_between(before, after)
    easier = milder(before, after)
    reached = reach(easier, before)
    changed = changed_gaps(gaps_before, gaps_after, before, after)
    touched = touched_gaps(changed, reached)
    rows = with_status_reasons(rows, reached, easier)
    rows += gaps(with_reasons(changed, touched, easier), gaps_before, gaps_after)
    rows += reminders(gaps_before, gaps_after)
    rows += with_effects(easier, changed, touched)
    return Changes(before, after, gaps_before, gaps_after, tuple(rows),
                   split(before, after, easier), not_compared, methods)


def _one_sided(before: Alignment, after: Alignment, tables: tuple[str, ...]) -> str:
    """Why two sides cannot be compared: the tables are loaded on one of them only; else ""."""
    loaded_before, loaded_after = (any(side.portfolio.tracked(table) for table in tables)
                                   for side in (before, after))
    if loaded_before == loaded_after:
        return ""
    names = " and ".join(tables)
    return f"{names} are {'not loaded any more' if loaded_before else 'loaded for the first time'}"
