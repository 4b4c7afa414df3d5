"""Text from data, made inert for everything Streamlit renders as Markdown."""

import re

from orgdata.formats import plain

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
# What Streamlit still makes of text whose signs were escaped: addresses become links, :streamlit:
# a picture, and signs that stand alone arrows or dashes. An invisible sign in between stops it.
_LIVE = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|"
                   r"(?<=:)(?=streamlit:)", re.IGNORECASE)
_ARROW = re.compile(r"(?<!\S)([-<>~])(->|[-=>])(?!\S)")
_JOINER = "\u2060"


def md(text: object) -> str:
    """Text that appears literally: every sign that Markdown, its directives, emoji, links and math
    read is escaped, line breaks become spaces, control and direction signs go."""
    flat = _ARROW.sub(rf"\1{_JOINER}\2", _LIVE.sub(_JOINER, plain(text)))
    return _SPECIAL.sub(r"\\\1", flat)
