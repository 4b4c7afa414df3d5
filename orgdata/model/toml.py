"""Read TOML that anybody may have written: refused before parsing where that would take long."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from orgdata import formats

LONGEST = 64 * 1024  # bytes; settings of a thousand lines are half of it
OWN_LONGEST = 16 << 20  # of what we wrote ourselves: a line for each of many answers
_INTEGERS = range(-2**63, 2**63)  # as TOML has them
KEY_PARTS = 8  # as in a.b.c; ours have three, and the work of a key grows with their square
_TEXTS = re.compile(  # texts and comments: a dot in them parts no key
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*+', re.DOTALL)
_KEY_ENDS = re.compile(r"[=,{}\[\]\n]")


def parse(written: bytes, longest: int = LONGEST) -> dict[str, Any]:
    """The content of a TOML file. Raises ValueError with one line that says what is wrong."""
    if len(written) > longest:
        raise ValueError(f"it has {len(written):,} bytes; at most {longest:,} are read")
    text = written.decode("utf-8-sig")
    for number, line in enumerate(_without_texts(text).split("\n"), 1):
        if max(part.count(".") for part in _KEY_ENDS.split(line)) >= KEY_PARTS:
            raise ValueError(f"line {number}: a key of more than {KEY_PARTS} parts")
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise ValueError("lists or sections stand too deep in one another") from None
    if any(isinstance(value, int) and value not in _INTEGERS for value in _values(content)):
        raise ValueError("a whole number of more than 64 bits")
    return content


def shown(value: object) -> str:
    """A value as it stands in a message, a long one clipped; of what may be a URL with a password,
    written where it does not belong, nothing is shown."""
    text = repr(value)
    return "a URL" if "://" in text and "@" in text else formats.clipped(text, 60)


def _values(content: dict[str, Any]) -> Iterator[Any]:
    """Every value in a content, however deep."""
    waiting: list[Any] = [content]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _without_texts(text: str) -> str:
    """The same lines with nothing where texts and comments were."""
    return _TEXTS.sub(lambda found: "\n" * found[0].count("\n"), text)
