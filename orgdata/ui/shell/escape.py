"""Escape text from data, so that Streamlit's Markdown shows it literally."""

import re
from collections.abc import Iterable

from orgdata.formats import plain

_MARKDOWN_SIGN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
# Of text whose signs are escaped Streamlit still turns addresses into links, :streamlit: into a
# picture, and signs that stand alone into arrows or dashes. An invisible sign between prevents it.
_BEFORE_LINK = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|"
                          r"(?<=:)(?=streamlit:)", re.IGNORECASE)
_ARROW_OR_DASH = re.compile(r"(?<!\S)([-<>~])(->|[-=>])(?!\S)")
_WORD_JOINER = "\u2060"


def md(text: object) -> str:
    """The text as Markdown that shows it literally.

    Every sign that Markdown, its directives, emoji, links and math read is escaped, line breaks
    become spaces, control and direction signs are removed.
    """
    inert = _ARROW_OR_DASH.sub(rf"\1{_WORD_JOINER}\2", _BEFORE_LINK.sub(_WORD_JOINER, plain(text)))
    return _MARKDOWN_SIGN.sub(r"\\\1", inert)


def bullets(lines: Iterable[str]) -> str:
    """Lines as one list in Markdown, which takes less room than a list of each."""
    return "\n".join(f"- {md(line)}" for line in lines)
