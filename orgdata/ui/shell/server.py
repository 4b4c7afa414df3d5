"""What the environment of the server names: its source, and who may come in."""

import os

import streamlit as st

from orgdata.demo import DEMO
from orgdata.model.access import Access
from orgdata.sources import find_access


def source_name() -> str:
    """The source from the environment; without one, the demo company."""
    return os.environ.get("ORGDATA_SOURCE") or str(DEMO)


def settings_name() -> str | None:
    """The settings file that the environment names."""
    return os.environ.get("ORGDATA_SETTINGS")


def link_secret() -> str:
    """The secret with which the links of letters are signed; "" where there is none."""
    return os.environ.get("ORGDATA_LINK_SECRET", "").strip()


def access() -> Access:
    """Who may come in, as the settings of the server's source said when it was first asked: what a
    file says later counts from the next start. Raises SettingsError."""
    return _access(source_name(), settings_name())


@st.cache_resource(show_spinner=False)
def _access(source: str, settings: str | None) -> Access:
    return find_access(source, settings)
