"""The exceptions, a slide each: the finding, why it matters, the ask, and who owns it."""

import pandas as pd

from orgdata.exports.deck.colours import ACCENT, INK, PALE, QUIET
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, page, text
from orgdata.exports.deck.template import Deck
from orgdata.exports.deck.values import values_over_time
from orgdata.exports.edition import Edition
from orgdata.gaps import RULES
from orgdata.views import answers, explain, gap_context, review
from orgdata.views.vocabulary import SEVERITY


def shown_exceptions(edition: Edition) -> pd.DataFrame:
    """The exceptions that concern the products shown, in order of severity and money."""
    return review.exceptions(edition.listed_gaps(), edition.history, edition.day)


def exceptions(deck: Deck, edition: Edition) -> None:
    """Add a slide per exception, at most seven; the notes of the last list all others."""
    rows = shown_exceptions(edition)
    if not len(rows):
        page(deck, "Gaps", answers.nothing_severe(edition.gaps).removesuffix("."),
             [answers.evidence(edition.gaps)])
        return
    shown = rows.head(review.MOST_EXCEPTIONS)
    for number, (_, row) in enumerate(shown.iterrows(), 1):
        _exception(deck, edition, row, number, len(shown), len(rows))
    if len(rows) > len(shown):
        add_notes(deck.file.slides[-1], [
            f"{answers.more_severe(len(rows) - len(shown))}:",
            *(f"  {row.key}: {row.message}"
              for row in rows.iloc[len(shown):].head(40).itertuples()),
            *(["  … the workbook has them all."] if len(rows) > len(shown) + 40 else [])])


def _exception(deck: Deck, edition: Edition, row: pd.Series, number: int, shown: int,
               total: int) -> None:
    """A slide: the finding as title, why it matters, the values over the weeks where it is about a
    key result, and the ask. The rule and its evidence are in the notes."""
    alignment, rule = edition.alignment, RULES[row["code"]]
    apart = ", those of a pattern apart" if edition.gaps.patterns else ""
    kicker = f"Gap {number} of {shown}" + (f" ({total:,} are critical or high{apart})"
                                           if total > shown else "")
    slide = page(deck, f"{kicker} · {SEVERITY[row['severity']]} · {rule.name}", row["message"])
    area, gap = deck.page.area, 30.0
    left = Box(area.x, area.y, round(0.6 * area.w, 1), area.h)
    why = [Para(line) for line in gap_context.context(row, alignment)]
    values = gap_context.values(row, alignment)
    sizes = (18, 17, 16, 15, 14, 13) if values else (24, 22, 20, 18, 16, 14)
    used = text(slide, left, why, sizes, gap=0.5) if why else 0.0
    if values:
        below = Box(left.x, left.y + used + 14, left.w, left.h - used - 14)
        values_over_time(slide, below, values, edition.day)
    text(slide, Box(area.x + left.w + gap, area.y, area.w - left.w - gap, area.h),
         [Para("Ask", bold=True, colour=ACCENT), Para(row["next_step"], scale=1.1),
          Para("Owner and status", bold=True, colour=ACCENT),
          *(Para(part, colour=QUIET if at else INK)
            for at, part in enumerate(_owner_and_state(row, edition)))],
         (16, 15, 14, 13, 12, 11), gap=0.6, ground=PALE, pad=16)
    add_notes(slide, [f"Gap {row['key']}, rule {rule.code} {rule.name}.",
                      *explain.gap(row, alignment).lines, *(para.text for para in why)])


def _owner_and_state(row: pd.Series, edition: Edition) -> list[str]:
    """Owner, state and due date, each on a line."""
    parts = review.state_parts(row, edition.day)
    return [parts[0], *(part[:1].upper() + part[1:] for part in parts[1:])]
