"""A portfolio as those outside the dashboard may read it: without findings about single people."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict
from urllib.parse import urlencode

import pandas as pd

from orgdata import formats
from orgdata.access.rights import SENSITIVE, is_sensitive
from orgdata.api.quoted import NOTE, quoted
from orgdata.changes import Changes, compare
from orgdata.edits import Asked, Edit
from orgdata.evaluation import Evaluation, Known
from orgdata.gaps import RULES, Gaps
from orgdata.load import WhatIf
from orgdata.measures import Alignment
from orgdata.views import answers
from orgdata.views.portfolio import source_name


class Answer(TypedDict):
    """What every answer says beside what was asked."""

    as_of: str
    source: str
    unknown: list[str]
    page: str
    about_texts: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """An evaluated portfolio, how to lay edits over it, and an earlier one to compare with. Made by
    `read`, so that nothing private is in it."""

    evaluation: Evaluation
    what_if: Callable[[Sequence[Edit | Asked]], WhatIf]
    earlier: Callable[[int | date | None], Evaluation | None]  # by number or day, else the last
    has_store: bool = False
    kept_private: int = 0  # findings that are left out

    @property
    def alignment(self) -> Alignment:
        """The measured portfolio."""
        return self.evaluation.alignment

    @property
    def gaps(self) -> Gaps:
        """The gaps that are no private ones."""
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
        if self.kept_private:
            yield (f"{formats.count(self.kept_private, 'finding')} about single people not shown "
                   "here")

    def compared_with(self, earlier: Evaluation) -> Changes:
        """What changed since an earlier evaluation, without what is private."""
        before = without_private(earlier)
        return compare(before.alignment, before.gaps, self.alignment, self.gaps,
                       (before.method, self.evaluation.method))


def read(evaluation: Evaluation, what_if: Callable[[Sequence[Edit | Asked]], WhatIf],
         earlier: Callable[[int | date | None], Evaluation | None],
         has_store: bool = False) -> Reading:
    """An evaluation for those outside the dashboard."""
    shown = without_private(evaluation)
    return Reading(shown, what_if, earlier, has_store,
                   len(evaluation.gaps.rows) - len(shown.gaps.rows))


def without_private(evaluation: Evaluation) -> Evaluation:
    """An evaluation without findings about single people, reminders of them, and decisions on
    them."""
    gaps, known = evaluation.gaps, evaluation.known
    return replace(
        evaluation, gaps=replace(
            gaps, rows=_public(gaps.rows), not_judged=_public(gaps.not_judged),
            patterns=tuple(one for one in gaps.patterns if one.code not in SENSITIVE),
            not_evaluated={code: why for code, why in gaps.not_evaluated.items()
                           if code not in SENSITIVE}),
        known=Known(known.history, tuple(one for one in known.decisions
                                         if not is_sensitive(one.gap_key or "")), known.snapshots))


def _public(rows: pd.DataFrame) -> pd.DataFrame:
    public = [not is_sensitive(key) for key in rows["key"]]
    return rows[pd.Series(public, rows.index, dtype="bool")].reset_index(drop=True)


PUBLIC_RULES = tuple(code for code in RULES if code not in SENSITIVE)
