"""Text from data, made inert for everything Streamlit renders as Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
_BREAK = re.compile(r"\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+\s*")
_AWAY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
                   r"\u2060-\u2069\ufeff\ufffe\uffff]")
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


def plain(text: object) -> str:
    """Text on one line, without control and direction signs."""
    return _AWAY.sub("", _BREAK.sub(" ", str(text)))
