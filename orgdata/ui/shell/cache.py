"""What was worked out for a view, kept for the next rerun and for every session.

A view is the same for everybody who looks at the same source, day and filters; whatever is
derived from it alone is computed once. What is kept is shared, so nobody may change it.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from orgdata.ui.shell.view import View

T = TypeVar("T")


def kept(view: View, name: str, compute: Callable[[], T]) -> T:
    """The result of `compute`, which depends on nothing but the view and what `name` names."""
    return cast(T, _kept(f"{view.version}\n{view.filters}\n{name}", compute))


@st.cache_resource(max_entries=2_000, show_spinner=False)
def _kept(key: str, _compute: Callable[[], object]) -> object:
    return _compute()
