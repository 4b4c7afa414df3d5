"""A portfolio as those outside the dashboard read it: what is shown by their rights."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlencode

from orgdata import formats
from orgdata.access import Rights, shown
from orgdata.access.rights import SENSITIVE
from orgdata.api.quoted import NOTE, quoted
from orgdata.changes import Changes, compare
from orgdata.edits import Asked, Edit
from orgdata.evaluation import Evaluation
from orgdata.gaps import RULES, Gaps
from orgdata.measures import Alignment
from orgdata.views import answers
from orgdata.views.portfolio import source_name

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import GapChange, KeptScenario


class Answer(TypedDict):
    """What every answer says beside what was asked."""

    as_of: str
    source: str
    unknown: list[str]
    page: str
    about_texts: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """A whole portfolio before and after edits that nobody keeps, and these."""

    before: Evaluation
    after: Evaluation
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Reading:
    """What of an evaluated portfolio is shown by somebody's rights, how to lay edits over it, an
    earlier one to compare with, and what a store keeps of it. Of the last three, what is not for
    them is taken out here."""

    evaluation: Evaluation  # as it is shown
    rights: Rights
    what_if: Callable[[Sequence[Edit | Asked]], Tried]
    earlier: Callable[[int | date | None], Evaluation | None]  # by number or day, else the last
    has_store: bool = False
    scenarios: Callable[[], Sequence["KeptScenario"]] = tuple
    log_of: Callable[[str], Sequence["GapChange"]] = lambda _: ()  # by the key of a gap

    @property
    def alignment(self) -> Alignment:
        """The measured portfolio."""
        return self.evaluation.alignment

    @property
    def gaps(self) -> Gaps:
        """The gaps that are shown."""
        return self.evaluation.gaps

    def answer(self, content: dict[str, Any], page: str, **query: str) -> Answer:
        """An answer with its day and source, what is unknown, and the page that shows it."""
        return {"as_of": f"{self.alignment.as_of:%Y-%m-%d}",
                "source": quoted(source_name(self.alignment.portfolio.source)),
                "unknown": list(self.unknown()), "page": self.page(page, **query),
                "about_texts": NOTE,
                "answer": json.loads(json.dumps(content, default=float))}  # numpy's numbers

    def page(self, page: str, **query: str) -> str:
        """The address of a page, from the dashboard's on where the settings name that."""
        asked = urlencode({**query, "as_of": f"{self.alignment.as_of:%Y-%m-%d}"})
        return f"{self.alignment.portfolio.settings.address}/{page}?{asked}"

    def unknown(self) -> Iterator[str]:
        """What these figures leave open, in sentences."""
        headlines, gaps = self.alignment.headlines, self.gaps
        if headlines.assessed_products is not None and (
                left := headlines.managed_products - headlines.assessed_products):
            yield f"{formats.count(left, 'product')} not assessed"
        open_ = self.alignment.outcomes["coverage"].isna() | (
            self.alignment.outcomes["coverage"] == "unknown")
        if open_.any():
            yield f"coverage of {formats.count(int(open_.sum()), 'outcome')} unknown"
        if gaps.evaluated < gaps.evaluable:
            yield answers.evidence(gaps)
        if len(gaps.not_judged):
            yield f"{formats.count(len(gaps.not_judged), 'finding')} not judged: rows were skipped"
        skipped = sum(count.set_aside for count in self.alignment.portfolio.counts.values())
        if skipped:
            yield f"{formats.count(skipped, 'row')} of the source skipped"
        if hidden := sum(gaps.not_shown.values()):
            which = "about single people " if self.rights.whole else ""
            yield f"{formats.count(hidden, 'finding')} {which}not shown here"

    def codes(self) -> tuple[str, ...]:
        """The rules that can be asked for: those about single people by heads, and by others where
        one of their findings is shown to them."""
        found = set() if self.rights.all else set(self.gaps.rows["code"])
        return tuple(code for code in RULES
                     if self.rights.all or code not in SENSITIVE or code in found)

    def compared_with(self, earlier: Evaluation) -> Changes:
        """What changed since an earlier evaluation, as far as it is shown."""
        before = shown(earlier, self.rights)
        return compare(before.alignment, before.gaps, self.alignment, self.gaps,
                       (before.method, self.evaluation.method))


def on_own_machine(evaluation: Evaluation,
                   what_if: Callable[[Sequence[Edit | Asked]], Tried],
                   earlier: Callable[[int | date | None], Evaluation | None],
                   has_store: bool = False) -> Reading:
    """An evaluation for the assistant of somebody who has the files: an assistant passes on what it
    is told, so nothing about single people is in it, as on the pages of a leadership team."""
    return Reading(shown(evaluation, _OF_ASSISTANT), _OF_ASSISTANT, what_if, earlier, has_store)


_OF_ASSISTANT = Rights(frozenset({"leadership"}))
