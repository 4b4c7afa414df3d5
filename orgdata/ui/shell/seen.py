"""What somebody is shown of an evaluated portfolio, cut out once as long as nothing of it changes.

Each correction makes another portfolio. What of it is numbers and names, and what somebody sees of
it, has a version that names its content: what is worked out of it stays until that changes.
"""

from dataclasses import replace
from typing import cast

import streamlit as st

from orgdata.access import NOBODY, Rights
from orgdata.access.shown import (
    TEXTS,
    Own,
    alignment_shown,
    gaps_shown,
    hidden_reminders,
    known_shown,
    own_texts,
    portfolio_shown,
    unseen,
)
from orgdata.evaluation import Known
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.ui.shell.cache import Results, content
from orgdata.ui.shell.size import size_of
from orgdata.ui.shell.view import Evaluated, Judged, Measured

_MOST = 128  # of each kind: as many people look at the same time
_MOST_COMMON = 12
_COMMON, _MEASURED, _GAPS, _OWN = 18 << 20, 40 << 20, 14 << 20, 8 << 20  # bytes of all of them
_TEXTS, _KNOWN = 1 << 20, 4 << 20


def seen(whole: Evaluated, rights: Rights, before: Evaluated | None = None) -> Evaluated:
    """What of an evaluated portfolio is shown by these rights. What is tried shows nobody more than
    the whole portfolio `before` it."""
    common = _common(whole.measured)
    if rights.all:
        return replace(whole, judged=Judged.of(
            replace(whole.measured, less=common), whole.gaps, whole.judged.found))
    # with the roles: others may be shown the same, and may do something else with it
    by = f"seen by {rights.key} {' '.join(sorted(rights.roles))}"
    if before is not None:
        by = f"{by} after {_common(before.measured).version}"
    own = _own(whole, common, rights, before, by)
    measured = _measured(whole.measured, common, own, by)
    gaps, found = _gaps(whole, common, own, before, by)
    alignment = replace(measured.alignment, portfolio=replace(
        measured.alignment.portfolio, corrected=whole.evaluation.alignment.portfolio.corrected))
    judged, known = Judged.of(measured, gaps, found), whole.evaluation.known
    known_to_them = cast(Known, _known().get(
        f"{known.fingerprint}\n{found}\n{by}", lambda: known_shown(known, gaps, rights)))
    return Evaluated(
        judged, replace(whole.evaluation, alignment=alignment, gaps=gaps, known=known_to_them),
        f"{judged.version}\n{known.fingerprint}")


def _common(measured: Measured) -> Measured:
    """A measured portfolio without the texts that not everybody sees, and without what was not
    read; its version is its content."""
    def cut() -> Measured:
        own = Own.of(NOBODY, measured.alignment)
        alignment, portfolio = _without(measured, own)
        version = content(alignment, None if portfolio is alignment.portfolio else portfolio)
        return Measured(alignment, portfolio, version, NOBODY)

    return cast(Measured, _commons().get(measured.version, cut))


def _own(whole: Evaluated, common: Measured, rights: Rights, before: Evaluated | None,
         by: str) -> Own:
    """What in a portfolio is somebody's; of what is only tried, what was so before, too."""
    return cast(Own, _owns().get(f"{common.version}\n{by}", lambda: Own.of(
        rights, whole.alignment, None if before is None else before.alignment)))


def _measured(measured: Measured, common: Measured, own: Own, by: str) -> Measured:
    """What was measured without what is not shown to somebody: beside what is common it holds the
    texts that are theirs. Who sees every product sees whatever is corrected."""
    version = f"{measured.version}\n{by}"
    if not own.rights.whole:
        texts = cast(str, _texts().get(version, lambda: content(
            own_texts(measured.portfolio, own))))
        version = f"{common.version}\n{texts}\n{by}"

    def cut() -> Measured:
        return Measured(*_without(measured, own), version, own.rights, common)

    return cast(Measured, _measures().get(version, cut))


def _without(measured: Measured, own: Own) -> tuple[Alignment, Portfolio]:
    """What was measured, and its portfolio as the source has it, without what is not theirs."""
    alignment = alignment_shown(measured.alignment, own)
    if measured.portfolio is measured.alignment.portfolio:
        return alignment, alignment.portfolio
    return alignment, portfolio_shown(measured.portfolio, own)


def _gaps(whole: Evaluated, common: Measured, own: Own, before: Evaluated | None,
          by: str) -> tuple[Gaps, str]:
    """The gaps that are shown to somebody, and a text that identifies them by their content."""
    hidden = hidden_reminders(whole.evaluation, own.rights)
    earlier = None if before is None else before.judged.found

    def cut() -> tuple[Gaps, str]:
        gaps = gaps_shown(whole.gaps, hidden, own, frozenset() if before is None else unseen(
            before.evaluation, own.rights))
        if before is not None:  # how many more are not shown would tell of them
            gaps = replace(gaps, not_shown=seen(before, own.rights).gaps.not_shown)
        return gaps, content(gaps)

    return cast(tuple[Gaps, str], _shown_gaps().get(
        f"{whole.judged.found}\n{earlier}\n{sorted(hidden)}\n{common.version}\n{by}", cut))


@st.cache_resource(show_spinner=False)
def _commons() -> Results:
    """By portfolio, what of it is not shared with the whole: the columns of texts."""
    return Results(_MOST_COMMON, _COMMON, _size_of_texts)


@st.cache_resource(show_spinner=False)
def _measures() -> Results:
    """By rights, the same."""
    return Results(_MOST, _MEASURED, _size_of_texts)


@st.cache_resource(show_spinner=False)
def _texts() -> Results:
    """By rights, what the texts of a portfolio that are theirs hold."""
    return Results(_MOST, _TEXTS)


@st.cache_resource(show_spinner=False)
def _shown_gaps() -> Results:
    return Results(_MOST, _GAPS)


@st.cache_resource(show_spinner=False)
def _known() -> Results:
    """By rights, what a store knows."""
    return Results(_MOST, _KNOWN)


@st.cache_resource(show_spinner=False)
def _owns() -> Results:
    return Results(_MOST, _OWN, lambda own: sum(
        size_of(ids) for ids in (cast(Own, own).goals, cast(Own, own).above,
                                 cast(Own, own).results, *cast(Own, own).others.values())))


def _size_of_texts(measured: object) -> int:
    return sum(size_of(cast(Measured, measured).portfolio[table][list(texts)])
               for table, texts in TEXTS.items())
