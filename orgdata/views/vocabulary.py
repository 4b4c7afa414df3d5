"""The vocabulary of states: the symbol, label, meaning, tone and rank of each.

Frames hold the state; pages and documents add the label when they are written. Colours are chosen
by tone, so nothing is shown by colour alone and nothing depends on how a state is written.
METHOD sections 3, 4 and 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import pandas as pd

from orgdata import formats
from orgdata.model import labels

Tone = Literal["good", "some", "watch", "bad", "early", "plain"]


@dataclass(frozen=True)
class Word:
    """A state as people read it.

    `tone` decides the colour, `rank` the order: what needs a look comes first. `short` is the label
    in a narrow column, `legend` beside a picture, where they differ.
    """

    symbol: str
    label: str
    meaning: str
    tone: Tone = "plain"
    rank: int = 0
    short: str = ""
    legend: str = ""

    def __str__(self) -> str:
        """Symbol and label."""
        return f"{self.symbol} {self.label}".lstrip()

    @property
    def in_short(self) -> str:
        """Symbol and label for a narrow column."""
        return f"{self.symbol} {self.short or self.label}".lstrip()

    @property
    def in_legend(self) -> str:
        """The label beside a picture that shows the symbol itself."""
        return self.legend or self.label


Words: TypeAlias = Mapping[str, Word]

UNKNOWN = Word("?", "unknown", "what is loaded does not say", rank=9)
NOT_ASKED = Word("–", "not asked for", "no check-in is due", rank=9)
NOT_STATED = "not stated"
NOBODY = "No PM assigned"
UNLINKED = "not linked to an outcome"

LINK: Words = MappingProxyType({
    "proven": Word(
        "■", "backed by OKRs", "the link is stated and confirmed, and an objective of this cycle "
        "with a measurable key result leads to the outcome", "good", 0),
    "claimed": Word(
        "◪", "stated only", "stated and confirmed, but no measurable objective of this cycle "
        "leads there", "some", 1),
    "unconfirmed": Word(
        "◇", "not confirmed", "stated, but nobody has confirmed it yet", "watch", 2),
    "undeclared": Word(
        "△", "OKR without a stated link", "an objective of this cycle leads there, but the "
        "link is not stated", "bad", 3, short="OKR only"),
})
NO_LINK = Word("", "none", "no link is stated and no objective leads there", rank=9)
COVERAGE: Words = MappingProxyType({
    "covered": Word(
        "●", labels.COVERAGE["covered"],
        "a product with a PM has a primary link to it that is backed by OKRs", "good", 4),
    "stated": Word(
        "◎", labels.COVERAGE["stated"],
        "a product with a PM has a confirmed primary link to it, but no OKRs are loaded that could "
        "back it", "some", 3, short="stated"),
    "thin": Word(
        "◐", labels.COVERAGE["thin"],
        "there is a link or an objective, but something is missing to be covered",
        "watch", 2),
    "uncovered": Word(
        "○", labels.COVERAGE["uncovered"],
        "no product has a link or an objective for it", "bad", 0),
    "unknown": Word(
        "?", labels.COVERAGE["unknown"],
        "no link or objective was found, but rows that may hold one were skipped", "plain", 1),
})
CHECK: Words = MappingProxyType({
    "owned": Word("", "has a PM", "exactly one person is product manager today, has not left and "
                  "is not only interim", rank=0),
    "linked": Word("", "supports an outcome", "at least one confirmed link to an active outcome; "
                   "not asked of platform and sunset products", rank=1),
    "planned": Word("", "has an OKR for it", "an objective of this cycle leads to an outcome to "
                    "which the product's link is confirmed; not asked of platform and sunset "
                    "products", rank=2),
    "measured": Word("", "measurable", "every objective of this cycle has a measurable key result",
                     rank=3),
    "fresh": Word("", "up to date", "no key result is outdated or was never checked in; shown "
                  "beside alignment", rank=4),
})
CHECKED: Words = MappingProxyType({
    "passes": Word("✓", "yes",
                   "the check applies, and what it asks is there", "good", 1),
    "fails": Word("✗", "no",
                  "the check applies, and what it asks is not there", "bad", 0),
    "not_applicable": Word("–", "not applicable",
                           "the check is not asked, or cannot be judged", rank=2),
    "unknown": Word("?", "unknown",
                    "the check may pass, but rows or cells that would tell were lost", rank=3),
})
ALIGNED: Words = MappingProxyType({
    "passes": Word("✓", "aligned", "it has a PM, supports an outcome, has an OKR for it, and is "
                   "measurable", "good", 1),
    "fails": Word("✗", "not aligned", "one of these is missing", "bad", 0),
    "not_applicable": Word("–", "not assessed", "a platform or sunset product, or nothing links it",
                           rank=2),
})
STATUS: Words = MappingProxyType({
    "off_track": Word(
        "▼", "off track", "more than 25 points behind, or outside the bounds it should stay in",
        "bad", 0),
    "missed": Word("✕", "missed", "time is up and the target is not met", "bad", 1),
    "needs_attention": Word(
        "▽", "needs attention", "more than 10 and at most 25 points behind", "watch", 2),
    "on_track": Word(
        "●", "on track", "at most 10 points behind what is expected by now", "good", 3),
    "too_early": Word(
        "◔", "too early to say", "less than a tenth of the time has passed", "early", 4),
    "not_started": Word("◌", "not started", "it has not started yet", "plain", 5),
    "holding": Word(
        "◉", "holding", "a bound or guardrail that is kept so far: until its due date it can still "
        "break", "good", 6),
    "achieved": Word(
        "★", "achieved", "the target is met (or an aspirational one 70 % reached when time was up)",
        "good", 7),
    "unknown": Word(
        "?", "unknown", "no value, an outdated check-in, or no target, baseline or dates; the "
                        "reason is given", "plain", 8),
})
FRESHNESS: Words = MappingProxyType({
    "fresh": Word("●", "up to date", "checked in within the expected interval and three days of "
                                     "grace", "good", 3),
    "late": Word("◐", "late", "up to twice the expected interval ago", "watch", 2),
    "stale": Word("○", "outdated", "longer ago than that", "bad", 1),
    "never": Word("○", "never checked in", "never checked in", "bad", 0),
    "not_due": Word("◌", "not due yet", "started less than one interval ago", "plain", 4),
})
SEVERITY: Words = MappingProxyType({
    "critical": Word("◆", "critical", "discussed in the weekly review, always on its own", "bad",
                     0),
    "high": Word("▲", "high", "discussed in the weekly review, unless it is part of a pattern",
                 "bad", 1),
    "medium": Word("■", "medium", "listed after those that are discussed", "watch", 2),
    "low": Word("●", "low", "worth knowing, listed last", "plain", 3),
})
PROBLEM: Words = MappingProxyType({
    "error": Word("✕", "error", "the row was skipped", "bad", 0),
    "warning": Word("▽", "warning", "something was read as unknown", "watch", 1),
    "information": Word("○", "information", "nothing was lost", "plain", 2),
})
DECISION: Words = MappingProxyType({
    "late": Word("▽", "overdue", "its due date is past, and it is not done", "watch",
                 0),
    "open": Word("○", "open", "not done yet", "watch", 1),
    "done": Word("✓", "done", "somebody said that it is done", "good", 2),
    "withdrawn": Word("✕", "withdrawn", "somebody took it back, for a reason", "plain", 3),
})
DEPENDENCY: Words = MappingProxyType({
    "not_agreed_late": Word("▼", "not agreed, overdue", "nobody has said yes, and it is "
                            "needed already", "bad", 0),
    "agreed_late": Word("▽", "agreed, overdue", "promised, needed already, and not there",
                        "watch", 1),
    "not_agreed": Word("▽", "not agreed", "nobody has said yes", "watch", 2),
    "agreed": Word("●", "agreed", "promised, and not needed yet", "good", 3),
    "delivered": Word("✓", "delivered", "it is there", "good", 4),
})
EXPECTATION: Words = MappingProxyType({
    "changed": Word("▽", "changed since it was agreed", "what is expected, or by when, is not what "
                    "was accepted: that is void until somebody answers again", "watch", 0,
                    short="changed"),
    "countered": Word("◪", "countered", "something else was offered in answer; it is not "
                      "settled", "watch", 1),
    "offered": Word("○", "not answered", "nobody has answered; that is no agreement", "watch", 2),
    "accepted": Word("●", "agreed", "accepted as it stands", "good", 3),
    "declined": Word("✕", "declined", "it will not be done, and both know", "plain", 4),
})
ACCEPTED: Words = MappingProxyType({
    "late": Word("▽", "expired", "it was accepted until a day that is past", "watch", 0),
    "holds": Word("◔", "valid", "it is accepted until a day to come", "early", 1),
})
PURPOSE: Words = MappingProxyType({  # of work, in the order in which its shares stand
    "goal": Word("■", "for objectives", "it names an active outcome, or an objective that leads to "
                 "one; or the item above it does", "good", 0),
    "run": Word("▥", "agreed running", "running, defects and risks, up to the part of the work "
                "that is agreed for the product (all, where none is stated)", "some", 1),
    "outside": Word("◪", "outside", "requests, work for what leads to no outcome, and running "
                    "beyond the agreed part", "watch", 2),
    "unknown": Word("□", "unknown", "it carries no kind and names nothing that it is for, or what "
                    "it names is not loaded", "plain", 3),
})
IDEA_STAGE: Words = MappingProxyType({
    "idea": Word("○", "idea", "somebody had it, and nobody has looked into it yet", rank=0),
    "discovery": Word("◔", "in discovery", "somebody finds out whether it would work", "early", 1),
    "validated": Word("◑", "validated", "there is evidence that it would work", "some", 2),
    "building": Word("◕", "being built", "it is on its way", "some", 3),
    "shipped": Word("●", "shipped", "it is there", "good", 4),
    "dropped": Word("✕", "dropped", "nobody pursues it any more", rank=5),
})
IDEA_REASON: Mapping[str, str] = MappingProxyType({  # why a share or odds are not known
    "lost": "its effect cannot be read", "not_given": "nobody said what it would bring",
    "part_given": "of its effect only a part of the range is given: give all three, or one value",
    "no_target": "its outcome has no target", "no_data": "its outcome has no current value",
    "met": "its outcome has met its target: no way is left",
    "not_active": "its outcome is not active",
    "no_effort": "nobody said how many person-weeks it takes",
    "part_effort": "of its effort only a part of the range is given: give all three, or one value",
    "lost_effort": "its effort cannot be read", "zero_effort": "it is said to take no effort",
    "no_confidence": "nobody said how likely it is to work",
})
REASON: Mapping[str, str] = MappingProxyType({  # why a progress or a status is what it is
    "no_data": "there is no value yet", "stale": "the last check-in is too old",
    "out_of_bounds": "the value is outside its bounds", "no_target": "there is no target",
    "no_baseline": "there is no baseline", "zero_range": "target and baseline are equal",
    "no_window": "the start or the due date is not known, or they contradict each other",
    "not_paced": "it is not measured against a pace",
})


def marked(values: pd.Series, words: Words, missing: Word | str = UNKNOWN) -> pd.Series:
    """Each state as symbol and label; `missing` where there is none."""
    return values.map({state: str(word) for state, word in words.items()}).fillna(
        str(missing)).astype("str")


def rank(values: pd.Series, words: Words) -> pd.Series:
    """The rank of each state, to put rows in order; missing where there is no state."""
    return values.map({state: word.rank for state, word in words.items()})


def in_order(words: Words) -> list[str]:
    """The states, what needs a look first."""
    return sorted(words, key=lambda state: words[state].rank)


def role(value: object) -> str:
    """A strategic bet as people call it; "not stated" where there is none."""
    return NOT_STATED if pd.isna(value) else labels.role(str(value))


def roles(values: pd.Series) -> pd.Series:
    """Strategic bets as people call them."""
    return values.replace(dict(labels.ROLE)).fillna(NOT_STATED).astype("str")


def part(share: float) -> str:
    """A share as a percentage; below one percent with its digits."""
    return f"{100 * share:.2g} %" if 0 < abs(share) < 0.01 else formats.share(share)
