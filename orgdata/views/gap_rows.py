"""Gaps as rows, in words: what a list of them shows, the gravest first, patterns in their place."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Gaps, Pattern, reminders
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.tabular.select import iter_rows
from orgdata.views.products import products_of_gaps
from orgdata.views.review import with_states

Plain: TypeAlias = dict[str, object]  # what JSON can hold
MOST_ROWS, MOST_BELOW = 400, 50  # of a list, and below a pattern: the workbook has all
PATTERN = "pattern:"  # before the code of a rule: the key of its pattern's row


class Row(NamedTuple):
    """A row of the list. `of`: the key of the pattern it belongs to, or ""."""

    key: str
    severity: str
    finding: str
    detail: str
    product: str
    who: str
    budget: str
    since: str
    state: str
    of: str

    @property
    def standing(self) -> str:
        """For how long it has been open, and what people said of it."""
        return " · ".join(filter(None, (formats.sentence_case(self.since), self.state)))


def gap_rows(alignment: Alignment, gaps: Gaps, history: History | None, rows: pd.DataFrame,
             questions: bool = False, most: int = MOST_ROWS) -> list[Row]:
    """Some gaps as rows, by severity: patterns with the first of their gaps below them, then single
    gaps in their order, at most so many, reminders last. `questions`: each says its question below
    the finding."""
    patterns = [one.code for one in gaps.patterns]
    held = rows["code"].isin(patterns) & (rows["severity"] != SEVERITIES[0])
    reminds = reminders.are_reminders(rows["key"]) & ~held
    below = {code: rows.index[held & (rows["code"] == code)] for code in patterns}
    single, last = (rows.index[which][:most] for which in (~held & ~reminds, reminds))
    shown = rows.loc[[*single, *last, *(at for some in below.values() for at in some[:MOST_BELOW])]]
    told = dict(zip(shown.index, _told(alignment, history, shown, questions), strict=True))
    listed: list[Row] = []
    for severity in SEVERITIES:
        for one in (one for one in gaps.patterns if one.severity == severity
                    and len(below[one.code])):
            pattern = _pattern(one, rows.loc[below[one.code], "severity"])
            listed += [pattern, *(told[at]._replace(of=pattern.key)
                                  for at in below[one.code][:MOST_BELOW])]
        listed += (told[at] for at in single if told[at].severity == severity)
    return listed + [told[at] for at in last]


def not_listed(rows: pd.DataFrame, listed: Sequence[Row], where: str) -> str:
    """How many of some gaps no row tells of, neither their own nor that of their pattern, because
    they are too many to read; "" where none."""
    keys = {row.key for row in listed}
    beyond = int((~rows["key"].isin(keys) & ~(PATTERN + rows["code"]).isin(keys)).sum())
    return "" if not beyond else (
        f"{formats.count(beyond, 'more gap')}: choose a rule or a product {where} to see them.")


def _pattern(one: Pattern, here: pd.Series) -> Row:
    """The row of a pattern, of whose gaps those with these severities are listed."""
    where = f", {one.where}" if one.where else ""
    fewer = f" · {len(here):,} here" if len(here) < one.count else ""
    counts = here.value_counts()
    if len(counts) > 1:  # the gravest alone would say too much of all
        fewer += " · " + ", ".join(f"{counts[severity]:,} {severity}" for severity in SEVERITIES
                                   if severity in counts)
    return Row(PATTERN + one.code, one.severity,
               f"{formats.sentence_case(RULES[one.code].name)}: {one.count:,} of {one.looked_at:,} "
               f"{one.objects}{where}{fewer}", one.systemic_step, "", "", "", "", "", "")


def _told(alignment: Alignment, history: History | None, rows: pd.DataFrame,
          questions: bool) -> list[Row]:
    names = _product_names(alignment, rows)
    states, day = with_states(rows, history), alignment.as_of.date()
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    return [Row(key, severity, message, RULES[code].question if questions else "",
                names.get(at, ""), who, "" if unit == "count" or formats.is_unknown(money)
                or not money else formats.money(money, unit, currency),
                _age(since, day), _state(state, owner, who, until, due, day), "")
            for at, (key, severity, message, code, who, money, since, state, owner, until, due)
            in zip(rows.index, iter_rows(*(states[name] for name in (
                "key", "severity", "message", "code", "who", "at_stake", "since", "state", "owner",
                "until", "due"))), strict=True)]


def _age(since: date | None, day: date) -> str:
    """For how long a gap has been open; "" where no snapshot tells."""
    return "" if since is None else "new" if since >= day else formats.count(
        (day - since).days, "day")


def _state(state: str, owner: object, who: str, until: object, due: object, day: date) -> str:
    """What people said of a gap, who took it on if somebody else should act, and by when; "" where
    nobody did."""
    says = "" if state == "open" else state
    if state == "accepted" and not formats.is_unknown(until):
        past = until < pd.Timestamp(day)
        says = "acceptance expired" if past else f"accepted until {formats.day(until, day)}"
    other = "" if formats.is_unknown(owner) or str(owner) in who else str(owner)
    late = not formats.is_unknown(due) and pd.Timestamp(due) < pd.Timestamp(day)
    verb = "overdue since" if late else "due"
    by = "" if formats.is_unknown(due) else f"{verb} {formats.day(due, day)}"
    return " · ".join(filter(None, (says[:1].upper() + says[1:], other, by)))


def _product_names(alignment: Alignment, rows: pd.DataFrame) -> dict[int, str]:
    """The product that each gap belongs to, or the first of several; by the gap's index."""
    pairs = products_of_gaps(alignment, rows).merge(
        alignment.products[["product_id", "name"]], on="product_id")
    of_gap = pairs.groupby("gap", sort=False)["name"].agg(["first", "size"])
    return {at: first if size == 1 else f"{first} and {size - 1} more"
            for at, first, size in zip(of_gap.index, of_gap["first"], of_gap["size"], strict=True)}
