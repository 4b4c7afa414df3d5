"""Names of saved sources: written one way, so that no two of them look the same."""

import re
import unicodedata

MOST_TITLE = 80  # characters of the name of a saved source
_BLANK = re.compile(  # shown as nothing or as a space, though not of a category that says so
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def plain_name(name: str) -> str:
    """A name on one line, in the usual letters and without characters that cannot be seen."""
    return " ".join(visible(unicodedata.normalize("NFKC", name)).split())


def visible(name: str) -> str:
    """A name without characters that cannot be seen or that change the direction of others."""
    return "".join(sign for sign in _BLANK.sub("", name)
                   if sign.isspace() or unicodedata.category(sign)[0] != "C")


def name_key(name: str) -> str:
    """What two names have in common that are taken for the same."""
    return unicodedata.normalize("NFKC", plain_name(name).casefold())
