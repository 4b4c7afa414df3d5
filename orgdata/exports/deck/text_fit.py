"""The size of text on a slide, from the widths of Arial, which every Office program has or matches.

Estimates are a little too wide rather than too narrow, so that text never covers what is below it.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from orgdata import formats
from orgdata.exports.office import plain

LINE = 1.22  # height of a line in font sizes
_SAFETY = 1.04  # other programs set text a little wider
_BOLD = 1.08
_WIDTHS = {**dict.fromkeys(" !,./:;I[\\]ft|'ijl", 0.28), **dict.fromkeys("()-`r\"", 0.36),
           **dict.fromkeys("Jcksvxyz", 0.5), **dict.fromkeys("*^", 0.47),
           **dict.fromkeys("&ABEKPSVXYTFZL+<=>~", 0.667), **dict.fromkeys("CDHNRUw", 0.722),
           **dict.fromkeys("GOQ", 0.778), **dict.fromkeys("mM%", 0.86),
           **dict.fromkeys("W@", 1.0), **dict.fromkeys("–“”", 0.556), "—": 1.0, "…": 1.0}


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    """The width of one character in font sizes."""
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character.isascii():
        return 0.556
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    first = unicodedata.normalize("NFD", character)[0]
    if first != character:
        return _width(first)
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return 1.35 if ord(character) > 0xFFFF else 1.0
    return 0.6 if character.isalpha() and unicodedata.bidirectional(character) != "L" else 0.85


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of text on one line, in points."""
    return sum(map(_width, text)) * size * _SAFETY * (_BOLD if bold else 1)


@lru_cache(maxsize=16_384)  # many rows have the same question and next step
def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """The number of lines that text takes in `room` points of width."""
    if not text:
        return 1
    space, used, count = width(" ", size, bold), 0.0, 1
    for word in text.split(" "):
        needed = width(word, size, bold)
        if used and used + space + needed > room:
            count, used = count + 1, 0.0
        if needed > room:  # the word is broken; room is lost where a character does not fit
            more = int(needed / max(room - size, size))
            count, used = count + more, room if more else 0.0
        else:
            used += needed + (space if used else 0.0)
    return count


def height(text: str, size: float, room: float, bold: bool = False) -> float:
    """The height of wrapped text, in points."""
    return lines(text, size, room, bold) * size * LINE


def cut(text: object, size: float, room: float, most: int, bold: bool = False) -> str:
    """Text that takes at most `most` lines: whole, or its beginning with a … ."""
    whole = plain(text)
    if lines(whole, size, room, bold) <= most:
        return whole
    low, high = 1, len(whole)
    while low < high:  # the most characters that fit
        middle = (low + high + 1) // 2
        fits = lines(formats.clipped(whole, middle), size, room, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return formats.clipped(whole, low)


def fitted(text: object, room: float, most_height: float, sizes: Sequence[float],
           bold: bool = False) -> tuple[str, float]:
    """Text and the largest size at which it fits a box, cut where it does not fit at any."""
    whole = plain(text)
    for size in sizes:
        if height(whole, size, room, bold) <= most_height:
            return whole, size
    least = sizes[-1]
    return cut(whole, least, room, max(1, int(most_height / (least * LINE))), bold), least
