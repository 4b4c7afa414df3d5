"""Our words for a product, an outcome, an objective, a key result and a product manager as an
organisation says them (`[words]` in the settings), in any text that people read.

What is said is composed in many places; it is reworded where it leaves for a page, a document or a
terminal. Names and texts from the data stay as they are, and so do code, addresses and file names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import pandas as pd

from orgdata import formats
from orgdata.evaluation import Evaluation
from orgdata.model.own_words import OURS, Forms
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.views.kept_texts import KeptTexts
from orgdata.views.portfolio import source_name

_OF = {form: (ours, place) for ours, forms in OURS.items() for place, form in enumerate(forms)} | {
    "pm": ("product_manager", 0), "pms": ("product_manager", 1),
    "company outcome": ("outcome", 0), "company outcomes": ("outcome", 1),
    "company goal": ("outcome", 0), "company goals": ("outcome", 1)}
_HIT = (r"(?<![\w/.=?#&-])(?P<hit>(?i:head\sof\sproduct|product\smanagers?|key\sresults?"
       r"|(?:company\s)?outcomes?|company\sgoals?|objectives?|products?)|PMs?)"
       r"(?!\w|\\?[_=]|\\?[./?]\w)")
_TEXT = re.compile(
    r"`[^`\n]*`|https?://\S+|(?:(?P<article>\b[Aa]n?)(?P<gap>[\s*“\"]{1,4}))?" + _HIT)
_MOST = 50_000  # texts remembered
_NO_NAMES = ("level", "unit", "status", "kind")  # columns of words that say what something is
_COMPANY = "company "
_VOWEL = re.compile(r"(?!uni|use|eu|one)[aeiou]", re.IGNORECASE)
_SPELT_VOWEL = re.compile(r"[AEFHILMNORSX](?=[A-Z]|\b)")  # as in an MVP
_INSIDE = " \u00a0*_“\"'([#"  # what may stand between the end of a sentence and the next


class Rewording:
    """Says texts in the given words; `data` are texts that stay as they are wherever they occur."""

    def __init__(self, words: Mapping[str, Forms], data: Iterable[str] = (),
                 written_as: Callable[[str], Iterable[str]] = lambda _: ()) -> None:
        self._words = {ours: (_small(one), _small(several))
                       for ours, (one, several) in words.items()}
        self._kept = KeptTexts(re.compile(_HIT), data, written_as)
        self.say = lru_cache(_MOST)(self._say)

    def cell(self, text: str) -> str:
        """The text of a cell: one that is nothing but our word, and stands so in the data, is from
        there. In a sentence, or as a heading, that cannot be told, and it is reworded."""
        return text if text in self._kept.bare else self.say(text)

    def _say(self, text: str) -> str:
        return _TEXT.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        ours, place = _OF.get(" ".join((match["hit"] or "").lower().split()), ("", 0))
        if ours not in self._words or self._kept.hold(match):
            return match[0]
        new = self._as_written(match["hit"], self._words[ours][place], match)
        article = match["article"]
        if article is None:
            return new
        if begins_with_vowel(match["hit"]) != begins_with_vowel(new):
            article = article[0] + ("n" if begins_with_vowel(new) else "")
        return f"{article}{match['gap']}{new}"

    def _as_written(self, hit: str, new: str, match: re.Match[str]) -> str:
        if hit in ("PM", "PMs"):
            before = match.string[:match.start("hit")].rstrip(_INSIDE)
            return new if before and (before[-1].isalnum() or before[-1] in ",;)’”%–-/") else (
                formats.sentence_case(new))
        if hit[:len(_COMPANY)].lower().strip() == "company" and not new.startswith(_COMPANY):
            return f"{hit[:len(_COMPANY)]}{new}"
        return new.upper() if hit.isupper() else (
            formats.sentence_case(new) if hit[0].isupper() else new)


def begins_with_vowel(words: str) -> bool:
    """Whether the indefinite article before these words is “an”."""
    return bool(_SPELT_VOWEL.match(words) if words[:2].isupper() else _VOWEL.match(words))


def _small(form: str) -> str:
    """A word as it stands within a sentence: Big bet becomes big bet, OKR stays."""
    return " ".join(word if word[1:] != word[1:].lower() else word.lower()
                    for word in form.split(" "))


def of_evaluation(evaluation: Evaluation, more: Iterable[str] = (),
                  written_as: Callable[[str], Iterable[str]] = lambda _: ()
                  ) -> Rewording | None:
    """What rewords for a portfolio by its settings; None where they rename nothing. `more`: texts
    from elsewhere that stay as they are, as those in its tables and in the store do;
    `written_as`: how else these may be written."""
    portfolio = evaluation.alignment.portfolio
    words = portfolio.settings.words
    if not words:
        return None
    return Rewording(words, [*texts_of(portfolio), *_texts_in_store(evaluation), *more],
                     written_as)


def _texts_in_store(evaluation: Evaluation) -> Iterator[str]:
    """What people wrote on these pages: decisions, reasons, names, labels of reviews."""
    for one in (*evaluation.decisions, *evaluation.known.snapshots):
        yield from (text for text in vars(one).values() if isinstance(text, str))
    if evaluation.history is not None:
        for name in ("owner", "reason"):
            yield from _texts(evaluation.history.states[name])


def texts_of(portfolio: Portfolio) -> Iterator[str]:
    """The texts in the tables of a portfolio, its ids, and what could not be read."""
    for table in TABLES.values():
        for field in table.fields:
            if field.kind in ("text", "id") and field.name not in _NO_NAMES:
                yield from _texts(portfolio[table.name][field.name])
    for rows in portfolio.unknown_columns.values():
        yield from map(str, rows.columns)
    yield from _texts(portfolio.problems["value"])
    yield source_name(portfolio.source)
    yield from (one.place for one in portfolio.intake.found)
    yield from (one.place for one in portfolio.intake.left_out)
    yield from (text for one in portfolio.intake.questions for text in one.examples)


def _texts(values: pd.Series) -> Iterator[str]:
    return (formats.plain(text) for text in values.dropna().unique() if isinstance(text, str))


_NOW: ContextVar[Rewording | None] = ContextVar("rewording", default=None)


@contextmanager
def saying(rewording: Rewording | None) -> Iterator[None]:
    """What is written within, to a document or a terminal, is said in these words."""
    token = _NOW.set(rewording)
    try:
        yield
    finally:
        _NOW.reset(token)


def said(text: str) -> str:
    """A text in the words of what is being written; as it is where nothing is renamed."""
    rewording = _NOW.get()
    return text if rewording is None else rewording.say(text)


def said_in_cell(text: str) -> str:
    """The text of a cell, which may be nothing but a name from the data."""
    rewording = _NOW.get()
    return text if rewording is None else rewording.cell(text)
