"""Which check-ins of a database count may depend on corrections: then it is read again."""

import streamlit as st

from orgdata.edits import Edit
from orgdata.load import key_results_with
from orgdata.sources import RawSource
from orgdata.ui.shell import store
from orgdata.ui.shell.loaded import Loaded


def deciding(key: str) -> tuple[Edit, ...]:
    """The corrections that may decide which check-ins of a database count."""
    return tuple(edit for edit in store.edits(key) if edit.table in ("objectives", "key_results"))


def counts_otherwise(loaded: Loaded, made: tuple[Edit, ...]) -> bool:
    """Whether with these corrections other key results have check-ins than were read."""
    if loaded.portfolio.not_fetched is None or (raw := loaded.raw) is None:
        return False
    before, now = (_results_with(repr((loaded.key, loaded.read_at, edits)), edits, raw)
                   for edits in (loaded.wanted_by, made))
    return before != now


@st.cache_resource(show_spinner=False, max_entries=8)
def _results_with(version: str, _edits: tuple[Edit, ...],
                  _raw: RawSource) -> frozenset[tuple[str, str]]:
    return key_results_with(_raw, _edits)
