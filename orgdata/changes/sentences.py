"""A comparison in plain sentences: the answer first, then a line for each topic that changed."""

from collections.abc import Mapping

from orgdata import METHOD_VERSION, formats
from orgdata.changes import Changes, HeadlineChange
from orgdata.changes.milder import CAUSES
from orgdata.changes.split import Step
from orgdata.changes.topics import TOPICS, line
from orgdata.measures.alignment import Headlines
from orgdata.model import labels

_NOUNS = {"outcomes": "outcome", "products": "product", "contributions": "link",
          "objectives": "objective", "key_results": "key result",
          "objective_products": "product of an objective",
          "objective_outcomes": "outcome of an objective"}
_PLURALS = {"objective_products": "products of objectives",
            "objective_outcomes": "outcomes of objectives"}
_PERCENT = ("aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct")


def sentences(changes: Changes) -> list[str]:
    """The sentences of a comparison: the answer, then headlines and topics that changed."""
    if changes.nothing and not changes.not_compared:
        return [f"Nothing changed between {_days(changes)}.", *earlier_methods(changes)]
    lines = [answer(changes), *earlier_methods(changes)]
    lines += [headline(changes, key) for key in _PERCENT]
    lines += [topic(changes) for topic in TOPICS]
    lines.append(line("Not compared", [f"{part}, because {reason}" for part, reason in
                                        changes.not_compared.items()]))
    return [text for text in lines if text]


def earlier_methods(changes: Changes) -> list[str]:
    """A sentence for each side that was seen under an earlier method than it is measured by."""
    return [f"What was seen on {formats.day(side.as_of)} was found under method {method}, and is "
            f"measured by method {METHOD_VERSION} here: figures may differ from those seen then."
            for side, method in zip((changes.before, changes.after), changes.methods, strict=True)
            if method != METHOD_VERSION]


def answer(changes: Changes) -> str:
    """Which products are newly aligned or not aligned any more, and the change of coverage."""
    rows = changes.of("product", "aligned")
    fell_out = [row.name for row in rows if row.before is True]
    newly_aligned = [row.name for row in rows if row.after is True]
    parts = [f"{formats.count(len(fell_out), 'product')} fell out of alignment "
             f"({formats.listed(fell_out)})" if fell_out else "",
             f"{formats.count(len(newly_aligned), 'product')} newly aligned "
             f"({formats.listed(newly_aligned)})" if newly_aligned else ""]
    text = ", ".join(filter(None, parts)) or "No product changed its alignment"
    after = changes.after.headlines
    comparable = None not in (changes.before.headlines.aligned_products, after.aligned_products)
    if not comparable:
        text = "Which products changed their alignment cannot be told"
    count, as_what = _aligned(after)
    was, was_what = _aligned(changes.before.headlines)
    text += f": {count} {as_what}"
    if (was, was_what) != (count, as_what):
        text += f", before {was}" if was_what == as_what else f", before {was} {was_what}"
    if comparable and (left := sum(row.after is None for row in rows)):
        text += f"; {left:,} no longer assessed"
    coverage = headline(changes, "outcome_coverage_pct") or (
        f"Outcome coverage stays at {formats.percent(after.outcome_coverage_pct)}."
        if after.outcome_coverage_pct is not None else "")
    return f"{text}. {coverage}".strip()


def _aligned(headlines: Headlines) -> tuple[str, str]:
    """“27 of 38” and “aligned”, or, where that needs proof: “12 of 15”, “pass owned and linked”."""
    if headlines.aligned_products is not None:
        return f"{headlines.aligned_products:,} of {headlines.assessed_products:,}", "aligned"
    return (f"{headlines.passing_products:,} of {headlines.checkable_products:,}",
            f"pass {formats.listed(headlines.checks_made) or 'no check'}")


def headline(changes: Changes, key: str) -> str:
    """A percentage before and after with the causes of its change; "" if it is the same."""
    change = changes.split[key]
    before, after = (formats.percent(value, decimals=1) for value in (change.before, change.after))
    if before == after:
        return ""
    text = f"{formats.sentence_case(labels.FIGURE[key])} {before} → {after}"
    parts = _parts(change, changes, full=key == "outcome_coverage_pct")
    return f"{text}: {', '.join(parts)}." if parts else f"{text}."


def _parts(change: HeadlineChange, changes: Changes, full: bool) -> list[str]:
    """The causes of a change, as "+5 points from removing 1 objective", if not zero in one decimal.

    They add up to the change as its two ends show it. What was removed and added is only listed if
    `full`: once, in the answer.
    """
    why: dict[Step, str] = {
        "time": "the days that passed", "removals": "removals", "additions": "additions",
        "weights": "new weights", "edits": "edits",
        "easier": formats.listed(list(dict.fromkeys(
            CAUSES[row.kind] for row in changes.of("milder", *CAUSES) if row.ids[0] == "products")),
            most=len(CAUSES))}
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
    counts = [formats.count(n, _NOUNS[table], _PLURALS.get(table)) for table, n in rows.items()]
    return formats.listed(counts, most=len(counts))


def _days(changes: Changes) -> str:
    return f"{formats.day(changes.before.as_of)} and {formats.day(changes.after.as_of)}"
