"""What the reader may see and change, worked out once for each run of a page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import streamlit as st
from streamlit.runtime.state import SessionState

from orgdata.access import (
    NOBODY,
    OPEN,
    Identity,
    Refused,
    Rights,
    Theirs,
    rights_of,
    rights_of_token,
    shown,
    theirs_of,
)
from orgdata.access.rights import NOTHING, theirs_of_person
from orgdata.access.shown import TEXTS, portfolio_shown
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Token
from orgdata.ui.shell import server, sign_in, source, store
from orgdata.ui.shell.cache import Results, Versioned, cached
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.size import size_of
from orgdata.ui.shell.view import Evaluated

_RIGHTS = "rights"  # session state
_IN = "rights_in"  # session state: the source in which they were worked out
_MOST_SEEN, _SEEN = 128, 64 << 20  # evaluated portfolios as somebody sees them, and bytes of these


@dataclass(frozen=True)
class Shown:
    """A source that is shown: its name in the menu, and how it is read."""

    name: str
    load: Callable[[], Loaded]
    in_tab: bool = False  # its files live in a browser tab: they give nobody anything


SERVERS = Shown("", lambda: source.current())


def admit(asked: str) -> None:
    """Let somebody in who has a role in the source of the server: another one, which is only shown,
    lets nobody in. Raises Refused. Where what they may do has changed, or a source of another name
    is asked for now, what was drawn before does nothing any more."""
    before, shown_before = worked_out(), _shown()
    _now(SERVERS)
    if before is not None and (
            asked != shown_before.name or before.key != _now(shown_before).key):
        sign_in.forget_buttons()


def work_out(shown: Shown) -> Rights:
    """The rights of the reader in the source that is shown, as it has them today. Products and
    outcomes are theirs in the source that says so and in no other; what is tried gives nobody any,
    nor do files of a browser tab. Raises Refused where they have no role there."""
    now = _now(shown)
    st.session_state[_RIGHTS], st.session_state[_IN] = now, shown
    return now


def _shown() -> Shown:
    """The source that the page was drawn for."""
    found = st.session_state.get(_IN)
    return found if isinstance(found, Shown) else SERVERS


def _now(shown: Shown) -> Rights:
    return _of(sign_in.identity(), shown)


def _of(who: Identity | None, shown: Shown) -> Rights:
    return OPEN if who is None else rights_of(who, server.access(), _theirs(who.address, shown))


def confirm() -> None:
    """Raises Refused where the reader may not see and change any more what they might when the page
    was drawn, or may more."""
    _confirm(worked_out(), sign_in.identity(), _shown())


def lasting() -> Callable[[], None]:
    """The same check for where the session of who asks now is not known any more: it raises Refused
    also once their sign-in has grown too old."""
    drawn, who, shown, still_counts = worked_out(), sign_in.identity(), _shown(), sign_in.lasting()

    def check() -> None:
        still_counts()
        _confirm(drawn, who, shown)

    return check


def _confirm(drawn: Rights | None, who: Identity | None, shown: Shown) -> None:
    if drawn is not None and drawn.key != _of(who, shown).key:
        raise Refused("What you may see and change here is not the same any more. Load the page "
                      "again.")


store.CHECKS.append(confirm)


def hold(drawn: Rights) -> None:
    """Go on with a part of a page that is run by itself only where its reader may see and change
    what they might when the page was drawn; else the page is drawn anew, or says why not."""
    try:
        now = work_out(_shown())
    except Refused as refused:
        sign_in.turn_away(refused)
    if now.key != drawn.key:
        sign_in.forget_buttons()
        st.rerun()


def current() -> Rights:
    """The rights that were worked out when this page was run; none before."""
    return worked_out() or NOBODY


def worked_out() -> Rights | None:
    """The rights that were worked out in this session; None before."""
    rights = st.session_state.get(_RIGHTS)
    return rights if isinstance(rights, Rights) else None


def of(session: SessionState) -> Rights:
    """The rights that were worked out in a session, by its state; none before."""
    try:
        found = session[_RIGHTS]
    except KeyError:
        return NOBODY
    return found if isinstance(found, Rights) else NOBODY


def seen(whole: Evaluated, rights: Rights) -> Evaluated:
    """What of an evaluated portfolio is shown by these rights."""
    if rights.all:
        return whole

    def take_out() -> Evaluated:
        evaluation, measured = shown(whole.evaluation, rights), whole.measured
        common = None if rights.common.key == rights.key else seen(whole, rights.common).measured
        portfolio = evaluation.alignment.portfolio
        if measured.portfolio is not measured.alignment.portfolio:
            portfolio = portfolio_shown(measured.portfolio, whole.evaluation, rights)
        return Evaluated(
            replace(measured, alignment=evaluation.alignment, portfolio=portfolio, rights=rights,
                    less=common, version=f"{measured.version}\n{seen_by}"),
            evaluation, version)

    # with the roles: others may be shown the same, and may do something else with it
    seen_by = f"seen by {rights.key} {' '.join(sorted(rights.roles))}"
    version = f"{whole.version}\n{seen_by}"
    return cast(Evaluated, _seen().get(version, take_out))


@dataclass(frozen=True)
class _Corrected(Versioned):
    """A source with its corrections on a day."""

    portfolio: Portfolio
    version: str


def of_token(token: Token) -> Rights:
    """The rights of a token's bearer, as the source of the server has them today. Raises Refused
    where its person is product manager of nothing any more."""
    theirs = NOTHING if token.person is None else _theirs(token.person, SERVERS, by_id=True)
    return rights_of_token(token.role, theirs, token.function)


def _theirs(who: str, shown: Shown, by_id: bool = False) -> Theirs:
    """What is somebody's in a source, by their address or by their id."""
    if shown.in_tab:
        return NOTHING
    try:
        loaded = shown.load()
    except (SourceError, SettingsError):
        return NOTHING
    day = loaded.default_day
    portfolio, made = source.edited(loaded, day)
    return _theirs_in(_Corrected(
        portfolio, f"{loaded.key}\n{loaded.read_at.isoformat()}\n{made}"), who, by_id, day,
        server.access().grace_days)


@cached
def _theirs_in(corrected: _Corrected, who: str, by_id: bool, day: date,
               grace_days: int) -> Theirs:
    find = theirs_of_person if by_id else theirs_of
    return find(who, corrected.portfolio, day, grace_days)


@st.cache_resource(show_spinner=False)
def _seen() -> Results:
    return Results(_MOST_SEEN, _SEEN, _size)


def _size(seen: object) -> int:
    """The bytes of what is not shared with others: the gaps, and the columns of texts."""
    evaluated = cast(Evaluated, seen)
    return size_of(evaluated.gaps) + sum(
        size_of(evaluated.measured.portfolio[table][list(texts)]) for table, texts in TEXTS.items())
