"""Gaps as entries of a list: question, finding, evidence, next step, and who acts."""

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import Item, line, quiet, strong
from orgdata.gaps import RULES, Pattern
from orgdata.measures import Alignment
from orgdata.views import review
from orgdata.views.explain.gaps import evidence
from orgdata.views.vocabulary import SEVERITY

MOST_CHARACTERS = 280  # of a sentence that holds names from the data


def exception(row: pd.Series, alignment: Alignment) -> Item:
    """A gap as an entry with its owner and state; `row` is a row of `review.exceptions`."""
    owner = review.state_line(row, alignment.as_of.date())
    return _item(row, alignment, f"{owner}{stake(row, alignment)}")


def finding(row: pd.Series, alignment: Alignment) -> Item:
    """A gap as an entry with the people who are to act on it."""
    return _item(row, alignment, f"{row['who']}{stake(row, alignment)}")


def _item(row: pd.Series, alignment: Alignment, owner: str) -> Item:
    return Item(
        line(f"{SEVERITY[row['severity']]} ·", strong(review.question(row)), cut(row["message"])),
        (line(f"Evidence: {cut(evidence(row, alignment))}"),
         line(f"Next step: {cut(row['next_step'])}"), line(cut(owner))))


def open_question(row: pd.Series, more: int) -> Item:
    """A gap as a short entry: question, finding, next step, and how many more of its kind."""
    alike = f" And {more:,} more of this kind." if more else ""
    return Item(line(f"{SEVERITY[row['severity']]} ·", strong(review.question(row)),
                     cut(row["message"]), quiet(f"{cut(row['next_step'])}{alike}")))


def pattern(pattern: Pattern, shown: pd.DataFrame) -> Item:
    """Many gaps of one cause as one entry; `shown` are the gaps that lists show."""
    rule = RULES[pattern.code]
    where = f", {pattern.where}" if pattern.where else ""
    listed = int((shown["code"] == pattern.code).sum())
    only = "" if listed == pattern.count else f" · {listed:,} in these lists"
    return Item(
        line(f"{SEVERITY[pattern.severity]} ·", strong(rule.question),
             cut(f"{formats.sentence_case(rule.name)}: {pattern.count:,} of {pattern.looked_at:,} "
                 f"{pattern.objects}{where}{only}.")),
        (line(f"Next step: {cut(pattern.systemic_step)}"),))


def stake(row: pd.Series, alignment: Alignment) -> str:
    """The money at stake as the end of a line; "" where it is unknown or nothing."""
    money = alignment.money
    if formats.is_unknown(row["at_stake"]) or not row["at_stake"] or money.unit == "count":
        return ""
    currency = alignment.portfolio.settings.currency
    return f" · {formats.money(row['at_stake'], money.unit, currency)} concerned"


def cut(text: object, most: int = MOST_CHARACTERS) -> str:
    """Text on one line, cut to at most `most` characters."""
    return formats.clipped(formats.plain(text), most)
