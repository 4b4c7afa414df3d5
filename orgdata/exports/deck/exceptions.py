"""The exceptions, a slide each: the question, the evidence, the next step, and who owns it."""

import pandas as pd

from orgdata import formats
from orgdata.exports.deck.colours import ACCENT, INK, PALE, QUIET
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, page, text
from orgdata.exports.deck.template import Deck
from orgdata.exports.edition import Edition
from orgdata.gaps import RULES
from orgdata.views import answers, explain, review
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
    alignment, rule = edition.alignment, RULES[row["code"]]
    money, currency = alignment.money, alignment.portfolio.settings.currency
    kicker = f"Gap {number} of {shown}" + (f" ({total:,} are critical or high)"
                                                 if total > shown else "")
    slide = page(deck, f"{kicker} · {SEVERITY[row['severity']]} · {rule.name}", row["message"])
    explained = explain.gap(row, alignment)
    stake = ("" if money.unit == "count" or formats.is_unknown(row["at_stake"])
             or not row["at_stake"]
             else f"Budget concerned: {formats.money(row['at_stake'], money.unit, currency)}.")
    area, gap = deck.page.area, 30.0
    left = round(0.6 * area.w, 1)
    text(slide, Box(area.x, area.y, left, area.h),
         [Para(rule.question, bold=True, scale=1.15),
          Para("Why", bold=True, colour=ACCENT),
          *(Para(line, bullet=True) for line in explained.evidence),
          *([Para(stake, bullet=True)] if stake else [])],
         (16, 15, 14, 13, 12, 11), gap=0.5)
    text(slide, Box(area.x + left + gap, area.y, area.w - left - gap, area.h),
         [Para("Next step", bold=True, colour=ACCENT), Para(row["next_step"], scale=1.1),
          Para("Owner and status", bold=True, colour=ACCENT),
          *(Para(part, colour=QUIET if number else INK)
            for number, part in enumerate(_owner_and_state(row, edition)))],
         (16, 15, 14, 13, 12, 11), gap=0.6, ground=PALE, pad=16)
    add_notes(slide, [f"Gap {row['key']}, rule {rule.code} {rule.name}.", *explained.lines,
                      *([stake] if stake else [])])


def _owner_and_state(row: pd.Series, edition: Edition) -> list[str]:
    """Owner, state and due date, each on a line."""
    parts = review.state_parts(row, edition.day)
    return [parts[0], *(part[:1].upper() + part[1:] for part in parts[1:])]
