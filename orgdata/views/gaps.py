"""What the Gaps page says: how many gaps there are, and which rules were not evaluated."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Gaps, reminders
from orgdata.gaps.needs import NO_STORE
from orgdata.measures import Alignment
from orgdata.views import products


@dataclass(frozen=True)
class Selection:
    """What is selected of a list of gaps; an empty field selects everything."""

    severities: tuple[str, ...] = ()
    product_id: str | None = None
    codes: tuple[str, ...] = ()
    who: str | None = None

    def labels(self, product_name: str) -> tuple[str, ...]:
        """A few words for each field that is set."""
        labels = (product_name if self.product_id is not None else "", " or ".join(self.severities),
                  f"rule {' or '.join(self.codes)}" if self.codes else "",
                  "" if self.who is None else f"to be acted on by {self.who}")
        return tuple(filter(None, labels))


def of_product(rows: pd.DataFrame, selection: Selection, alignment: Alignment) -> pd.DataFrame:
    """The gaps of the selected product, if any, and of everything that belongs to it."""
    return rows if selection.product_id is None else products.gaps_of(
        alignment, rows, pd.Series([selection.product_id]))


def selected(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The gaps of the selected severities, rules and people."""
    if selection.severities:
        rows = rows[rows["severity"].isin(selection.severities)]
    rows = of_codes(rows, selection)
    return rows if selection.who is None else rows[rows["who"] == selection.who]


def of_codes(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The gaps of the selected rules, judged or not."""
    return rows[rows["code"].isin(selection.codes)] if selection.codes else rows


def severities(rows: pd.DataFrame) -> list[str]:
    """The severities of some gaps, the gravest first."""
    present = set(rows["severity"])
    return [severity for severity in SEVERITIES if severity in present]


def count_sentence(rows: pd.DataFrame, gaps: Gaps, unjudged: int) -> str:
    """How many gaps are listed, by severity, how many of them share a pattern, and how many such
    could not be judged; reminders apart, which are no findings. Those that are not shown to who
    reads it are in the whole number."""
    if len(rows) != (reminding := int(reminders.are_reminders(rows["key"]).sum())):
        rows = rows[~reminders.are_reminders(rows["key"])]
        total = int((~reminders.are_reminders(gaps.rows["key"])).sum())
    else:  # only reminders are listed: they stand as any other
        reminding, total = 0, len(gaps.rows)
    hidden = sum(gaps.not_shown.values())
    total += hidden
    counts = rows["severity"].value_counts()
    of_total = "" if len(rows) == total else f" of {total:,}"
    count = f"{len(rows):,}{of_total} {'gap' if total == 1 else 'gaps'}"
    by_severity = ", ".join(f"{counts[severity]:,} {severity}" for severity in SEVERITIES
                            if severity in counts)
    shared = _of_patterns(rows, [pattern.code for pattern in gaps.patterns])
    beside = f" {formats.count(reminding, 'reminder')} beside them." if reminding else ""
    more = f" {unjudged:,} more could not be judged." if unjudged else ""
    others = f" {hidden:,} are shown only to those whom they concern." if hidden else ""
    return (f"{count}: {by_severity}{shared}." if by_severity else f"{count}.") + (
        beside + others + more)


def _of_patterns(rows: pd.DataFrame, codes: Collection[str]) -> str:
    patterned = rows["code"].isin(codes) & (rows["severity"] != "critical")
    if not patterned.any():
        return ""
    patterns = formats.count(rows.loc[patterned, "code"].nunique(), "pattern")
    return f"; {int(patterned.sum()):,} of them are {patterns}"


def not_evaluated(gaps: Gaps, tried: bool = False) -> pd.DataFrame:
    """A row for each rule that was not evaluated: code, name, question, and the reason why. Of what
    is tried there is no history."""
    reasons = {code: "a scenario has no history" if tried and reason == NO_STORE else reason
               for code, reason in gaps.not_evaluated.items()}
    return pd.DataFrame({
        "code": list(reasons),
        "name": [formats.sentence_case(RULES[code].name) for code in reasons],
        "question": [RULES[code].question for code in reasons],
        "because": list(reasons.values())})


def first(gaps: Gaps, most: int) -> list[tuple[str, str]]:
    """The gravest gaps in words, each with its severity: single ones first, then patterns."""
    single = reminders.without(gaps.single())
    severe = single[single["severity"].isin(SEVERITIES[:2])].head(max(1, most - len(gaps.patterns)))
    patterns = [(one.severity, f"{formats.sentence_case(RULES[one.code].name)}: {one.count:,} of "
                 f"{one.looked_at:,} {one.objects}") for one in gaps.patterns]
    return [*zip(severe["severity"], severe["message"], strict=True), *patterns][:most]
