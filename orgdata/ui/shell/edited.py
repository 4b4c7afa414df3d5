"""The text of a source with its corrections, and what further edits of it would come to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

import streamlit as st

from orgdata.edits import Edit, apply
from orgdata.edits.edit import version_of
from orgdata.edits.now import Now
from orgdata.evaluation import Evaluation, Known, judge, measure
from orgdata.load import portfolio_of
from orgdata.sources import RawSource
from orgdata.store.corrections import latest
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import Results
from orgdata.ui.shell.loaded import Loaded
from orgdata.views.what_if import Figures
from orgdata.views.what_if import figures as figures_of

T = TypeVar("T")
_MOST_FIGURES, _FIGURES = 500, 32 << 20  # of scenarios and their changes, and their bytes


@dataclass(frozen=True)
class Text:
    """The text of a source, its key, the corrections of it that count, and the last one ever made
    and undone."""

    key: str
    raw: RawSource
    edits: tuple[Edit, ...]
    last: int  # its id; 0: none was made
    undone: int = 0  # the number of the last undo of one

    def now(self, day: date) -> Now:
        """The source with its corrections, for what people do on a day: what they add gets ids that
        nothing had here before."""
        given = store.read(lambda open_store: open_store.given_ids(self.key))
        return Now(apply(self.raw, self.edits).raw, day, given)


def text_of(loaded: Loaded | None) -> Text | None:
    """The text of a source with what was corrected of it; None where it cannot be: files that live
    in a tab are corrected by newer ones, and a past review is as it was."""
    if loaded is None or loaded.raw is None:
        return None
    made = store.corrections(loaded.key)
    return Text(loaded.key, loaded.raw, store.edits(loaded.key), *latest(made))


def skipped(text: Text, tried: tuple[Edit, ...]) -> int:
    """How many rows are skipped of a source with its corrections and edits that are tried."""
    portfolio = portfolio_of(text.raw, text.edits, tried)
    return sum(count.set_aside for count in portfolio.counts.values())


def figures(loaded: Loaded, day: date, tried: tuple[Edit, ...]) -> Figures:
    """The figures of a portfolio with edits that are tried, kept without what they come from: of a
    scenario there are many."""
    return once(loaded, day, ("figures", version_of(tried)),
                lambda: figures_of(judged_apart(loaded, day, tried)))


def once(loaded: Loaded, day: date, what: tuple[object, ...], make: Callable[[], T]) -> T:
    """What is made of a source with its corrections on a day, once for each `what`, which is told
    by its repr; it is kept, so it holds none of what it was made from."""
    _, version = store.laid(loaded.key, day)
    return cast(T, _kept().get(
        repr((loaded.key, loaded.read_at.isoformat(), day, version, what)), make))


def judged_apart(loaded: Loaded, day: date, tried: tuple[Edit, ...]) -> Evaluation:
    """A portfolio with its corrections and edits that are tried, without history: rules that need
    it are not evaluated of what is only tried."""
    edits = store.edits(loaded.key, day)
    portfolio = portfolio_of(loaded.raw, edits, tried) if loaded.raw else loaded.portfolio
    return judge(measure(portfolio, day), Known())


@st.cache_resource(show_spinner=False)
def _kept() -> Results:
    return Results(_MOST_FIGURES, _FIGURES)
