"""The gate before every page: who is at the other end, and the name that their entries carry."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import NoReturn

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from orgdata.access import Identity, Refused, Rights, of_claims, of_header, person_named
from orgdata.model.access import Access
from orgdata.model.settings import SettingsError
from orgdata.ui.shell import server
from orgdata.ui.shell.escape import md

RIGHTS = "rights"  # session state: what the reader may see and change, once it was worked out
STRANGERS = "-"  # instead of an address: all of whom nobody knows who they are
_LOG = logging.getLogger(__name__)
_CALLED = "signed_in_called"  # session state: an address, and what the data call who has it
_DRAWN_FOR = "signed_in_drawn_for"  # session state: whose page it is


def identity() -> Identity | None:
    """Who it is; None where nobody has to say so. Raises Refused, also where it cannot be read who
    may come in."""
    try:
        access = server.access()
    except SettingsError as error:
        _LOG.error("nobody can come in, because it cannot be read who may: %s", error)
        raise Refused("Nobody can come in, because it cannot be read who may. The log of the "
                      "server says why.") from None
    if access.require == "header":
        return of_header(st.context.headers.get_all(access.header), access,
                         st.context.headers.get_all)
    if access.require == "oidc":
        if not _is_set_up():
            raise Refused("Nobody can come in: the settings ask for a sign-in, and the section "
                          "auth of Streamlit's secrets does not say where.")
        if not st.user.get("is_logged_in"):
            raise Refused("Sign in to see the portfolio.")
        return claimed(dict(st.user), access)
    return None


def reason(error: object) -> str:
    """Why something of the server does not work, in one line, for who may know: it can name a place
    there. Others are told who knows."""
    rights = st.session_state.get(RIGHTS)
    return str(error) if isinstance(rights, Rights) and rights.all else (
        "heads of product are told why.")


def claimed(claims: Mapping[str, object], access: Access) -> Identity:
    """Who signed in, by what the provider said, where that counts now. Raises Refused."""
    return of_claims(claims, access, datetime.now(UTC))


def lasting() -> Callable[[], object]:
    """A check for where nobody is known any more: it raises Refused once the sign-in of who asks
    now has grown too old."""
    access = server.access()
    if access.require != "oidc":
        return lambda: None
    return partial(claimed, dict(st.user), access)


def gate() -> None:
    """Let somebody in, or say why not and stop. Behind a proxy another person may come back to a
    session: nothing is left then of what was in it."""
    try:
        found = identity()
    except Refused as refused:
        turn_away(refused)
    if not _is_drawn_for(found):
        for key in list(st.session_state):
            del st.session_state[key]
        forget_buttons()
    st.session_state[_DRAWN_FOR] = found


def confirm() -> None:
    """Raises Refused where who asks may not come in any more, or is not who the page was drawn
    for."""
    if not _is_drawn_for(identity()):
        raise Refused("Somebody else has signed in since this page was drawn. Load it again.")


def forget_buttons() -> None:
    """Forget what clicks on all that was drawn in this session before would do: Streamlit keeps it,
    and a browser may send a click on what stands on no page any more."""
    if context := get_script_run_ctx():
        context.session_state._state._new_widget_state.widget_metadata.clear()


def _is_drawn_for(found: Identity | None) -> bool:
    before: Identity | None = st.session_state.get(_DRAWN_FOR, found)
    return (before.address if before else "") == (found.address if found else "")


def turn_away(refused: Refused) -> NoReturn:
    """Say why somebody may not come in, offer the sign-in, and stop."""
    st.title("Portfolio alignment", anchor=False)
    st.info(md(str(refused)), icon=":material/lock:")
    if _can_sign_in():
        st.button("Sign in", icon=":material/login:", on_click=st.login)
    st.stop()


def show(people: Callable[[], pd.DataFrame]) -> None:
    """Say in the sidebar who is signed in, by the names of these people, and let them leave."""
    if (found := identity()) is None:
        return
    st.session_state[_CALLED] = found.address, person_named(found, people())
    st.caption(f"Signed in as {md(name())}")
    if found.left_out:
        st.caption("You are in more groups than the sign-in can name, so no role by group was "
                   "found. Ask who runs the dashboard.")
    if _can_sign_in():
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, type="tertiary")


def name() -> str:
    """The name of who is signed in; "" where nobody has to, or is not any more. Where the session
    does not know what the data call them, it is their address: never one they chose."""
    try:
        found = identity()
    except Refused:
        return ""
    if found is None:
        return ""
    address, called = st.session_state.get(_CALLED, ("", ""))
    return str(called) if address == found.address else found.address


def address() -> str:
    """The address of who is signed in, in one spelling; "" where nobody has to, or is not any
    more."""
    try:
        found = identity()
    except Refused:
        return ""
    return found.address if found else ""


def is_asked() -> bool:
    """Whether people have to say who they are."""
    try:
        return server.access().require != "none"
    except SettingsError:
        return True


def _is_set_up() -> bool:
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def _can_sign_in() -> bool:
    try:
        return server.access().require == "oidc" and _is_set_up()
    except SettingsError:
        return False
