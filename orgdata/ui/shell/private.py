"""The private database on the pages: asked anew each time, for who is signed in and nobody else.

Nothing of it is cached, noted in the audit or kept in a session.
"""

import os
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from orgdata.access import Refused
from orgdata.private import AreaError, Private, PrivateError
from orgdata.ui.shell import sign_in, store
from orgdata.ui.shell.escape import md

T = TypeVar("T")
_WRITE_ERROR = "private_write_error"  # session state: why the last entry was not kept


def is_there() -> bool:
    """Whether the operator named a private database."""
    return bool(os.environ.get("ORGDATA_PRIVATE"))


def read(query: Callable[[Private, str], T]) -> T:
    """What a query finds for the address of who is signed in. Raises PrivateError."""
    with Private.open(os.environ.get("ORGDATA_PRIVATE", ""),
                      os.environ.get("ORGDATA_PRIVATE_KEY", "")) as private:
        return query(private, _address())


def write(entry: Callable[[Private, str], object]) -> bool:
    """Write an entry of who is signed in now, not when the page was drawn; whether that worked.
    `show_write_error` says why not."""
    try:
        for check in store.CHECKS:
            check()
        read(entry)
    except (PrivateError, AreaError, Refused) as error:
        st.session_state[_WRITE_ERROR] = str(error)
        return False
    st.session_state.pop(_WRITE_ERROR, None)
    return True


def show_write_error() -> None:
    """Show why the last entry was not kept, if it was not."""
    if message := st.session_state.pop(_WRITE_ERROR, None):
        st.error(f"Not kept: {md(message)}.", icon=":material/error:")


def _address() -> str:
    address = sign_in.address()
    if not address:
        raise PrivateError("nobody is signed in")
    return address
