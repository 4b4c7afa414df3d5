"""Text from data, made inert for everything Streamlit renders as Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
_AWAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]")


def md(text: object) -> str:
    """Text that appears literally: every sign that Markdown, its directives, emoji and math read
    is escaped, line breaks become spaces, control and direction signs go."""
    flat = re.sub(r"\s*[\r\n\u2028\u2029]+\s*", " ", str(text))
    return _SPECIAL.sub(r"\\\1", _AWAY.sub("", flat))
