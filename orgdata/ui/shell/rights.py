"""What the reader may see and change, worked out once for each run of a page."""

from collections.abc import Callable, Sequence
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
from orgdata.access.editing import may_save
from orgdata.access.rights import NOTHING, theirs_of_person
from orgdata.edits import Edit
from orgdata.edits.places import RowOf, by_ids
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Token
from orgdata.ui.shell import server, sign_in, source, store
from orgdata.ui.shell.cache import Versioned, cached, content
from orgdata.ui.shell.loaded import Loaded

_IN = "rights_in"  # session state: the source in which they were worked out


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


def confirm_theirs(edits: Sequence[Edit]) -> None:
    """Raises Refused where not all of these edits are the reader's to make in the source as it has
    come to be since the page was drawn: a goal of theirs may be another product's by now."""
    if (rights := current()).all:
        return
    store.ask_anew()
    if not may_save(rights, edits, _portfolio_now()):
        raise Refused("what you entered is for somebody else to change")


def row_of() -> RowOf:
    """What tells which row of the source an edit is of, as it has come to be by now. Raises
    Refused where that cannot be read."""
    return by_ids(_portfolio_now())


def _portfolio_now() -> Portfolio:
    """The source that is shown, with its corrections, as it is by now. Raises Refused."""
    try:
        return _as_of_now(_shown())[0]
    except (SourceError, SettingsError) as error:
        raise Refused("what this is about cannot be read now: "
                      f"{sign_in.reason(error)}") from error


def files_now() -> Portfolio | None:
    """The source that is shown as it is by now, without its corrections; None where it cannot be
    read, so that nothing is saved either."""
    try:
        return _shown().load().portfolio
    except (SourceError, SettingsError):
        return None


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
