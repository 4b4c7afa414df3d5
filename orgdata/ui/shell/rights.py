"""What the reader may see and change, worked out once for each run of a page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

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
    theirs_of,
)
from orgdata.access.editing import belongings
from orgdata.access.rights import NOTHING, theirs_of_person
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Token
from orgdata.ui.shell import server, sign_in, source, store
from orgdata.ui.shell.cache import Versioned, cached, content
from orgdata.ui.shell.loaded import Loaded

_IN = "rights_in"  # session state: the source in which they were worked out
_BELONG = "rights_belong"  # session state: what belonged to whom in it


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
    st.session_state[sign_in.RIGHTS], st.session_state[_IN] = now, shown
    st.session_state[_BELONG] = "" if now.all else _belongs(shown)
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
    what they might when the page was drawn, and the same belongs to the same; else the page is
    drawn anew, or says why not."""
    belonged = st.session_state.get(_BELONG)
    try:
        now = work_out(_shown())
    except Refused as refused:
        sign_in.turn_away(refused)
    if now.key != drawn.key:
        sign_in.forget_buttons()
        st.rerun()
    if belonged not in (None, st.session_state[_BELONG]):
        store.note_saved("The page is drawn anew, since what belongs to whom has changed. Look "
                         "whether what you did just now is there; if not, do it again.")
        st.rerun()


def current() -> Rights:
    """The rights that were worked out when this page was run; none before."""
    return worked_out() or NOBODY


def worked_out() -> Rights | None:
    """The rights that were worked out in this session; None before."""
    rights = st.session_state.get(sign_in.RIGHTS)
    return rights if isinstance(rights, Rights) else None


def of(session: SessionState) -> Rights:
    """The rights that were worked out in a session, by its state; none before."""
    try:
        found = session[sign_in.RIGHTS]
    except KeyError:
        return NOBODY
    return found if isinstance(found, Rights) else NOBODY


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
        portfolio, version, day = _as_of_now(shown)
    except (SourceError, SettingsError):
        return NOTHING
    corrected = _Corrected(portfolio, version)
    return _theirs_in(replace(corrected, version=_says_whose(corrected)), who, by_id, day,
                      server.access().grace_days)


def _as_of_now(shown: Shown) -> tuple[Portfolio, str, date]:
    """A source with its corrections on the day it has today, and a text that names both. Raises
    SourceError or SettingsError."""
    loaded = shown.load()
    day = loaded.default_day
    portfolio, made = source.edited(loaded, day)
    return portfolio, f"{loaded.key}\n{loaded.read_at.isoformat()}\n{made}", day


def of_any_day() -> Portfolio:
    """The source that is shown, with its corrections and the answers of all days: what somebody
    answered is theirs also on pages of a day before. Raises SourceError or SettingsError."""
    return source.edited(_shown().load(), None)[0]


def files() -> Portfolio:
    """The same without its corrections."""
    return _shown().load().portfolio


def _belongs(shown: Shown) -> str:
    """A text that identifies what belongs to whom in a source; "" where it cannot be read."""
    try:
        portfolio, version, _ = _as_of_now(shown)
    except (SourceError, SettingsError):
        return ""
    return _says_what_belongs(_Corrected(portfolio, version))


@cached
def _says_what_belongs(corrected: _Corrected) -> str:
    return content(*belongings(corrected.portfolio))


@cached
def _says_whose(corrected: _Corrected) -> str:
    """A text that identifies what says whose something is, which few corrections change."""
    portfolio = corrected.portfolio
    return content(*(portfolio[table] for table in ("people", "assignments", "outcomes")),
                   portfolio.lost_cells)


@cached
def _theirs_in(corrected: _Corrected, who: str, by_id: bool, day: date,
               grace_days: int) -> Theirs:
    find = theirs_of_person if by_id else theirs_of
    return find(who, corrected.portfolio, day, grace_days)
