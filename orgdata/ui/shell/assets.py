"""Components of our own: HTML, CSS and JavaScript from files beside the module that shows them."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_TOKENS, _ELEMENTS = (Path(__file__).with_name(name).read_text("utf-8")
                      for name in ("tokens.css", "elements.js"))


def component(name: str, files: Path) -> ComponentRenderer:
    """The component made of `files` with the endings html, css and js; its colours are the
    theme's. They hold no text from data: that goes in as a value and is placed as text."""
    html, css, js = (files.with_suffix(f".{kind}").read_text("utf-8")
                     for kind in ("html", "css", "js"))
    return st.components.v2.component(name, html=html, css=_TOKENS + css, js=_ELEMENTS + js)


def sent(key: str, event: str) -> Any:
    """What the component with a key has just sent with an event; None where it sent nothing."""
    return (st.session_state.get(key) or {}).get(event)
