"""Cells that hold several of known names: "NRR, AI dispatch" (FORMATS section 3)."""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from orgdata.sources.intake.names import LONGEST, Match, Names, key
from orgdata.sources.vendors.records import map_distinct

MOST = 50  # parts of a cell
_NOTHING = frozenset("na tbd tbc none nil".split())
_SIGNS = tuple(map(re.compile, (r"[;\n；|•]", "[,，、]", r"[/&+＆／]|\s(?i:and|und|et|y|e|en)\s")))
_BULLET = re.compile(r"(?:[-–•*·]|\d{1,2}[.)]) ")


def names_in(cell: str, known: Names) -> list[tuple[str, Match]]:
    """The names in a cell, each with what it means: the whole cell if it is known, else its parts.

    It is split at line breaks and semicolons, else at commas, else at slashes and the like, outside
    parentheses; parts that are known together stay together.
    """
    text = " ".join(part for part in cell[:10 * LONGEST].split(" ") if part).strip()
    if not key(text) or (key(text) in _NOTHING and not known.same(text)):
        return []  # but a product called NA is NA
    return [(part, match) for part, match in _parts(text, known, 0)
            if key(part) not in _NOTHING or (match.name is not None and match.how == "same")]


def one_spelling(names: pd.Series) -> pd.Series:
    """Names that differ in case, hyphens or spaces only, all as the first of them: of CI/CD and
    CI / CD the first."""
    first: dict[str, str] = {}
    for name in names.unique():
        first.setdefault(key(name) or name, name)
    return map_distinct(names, lambda name: first[key(name) or name])


def _parts(text: str, known: Names, level: int) -> Iterator[tuple[str, Match]]:
    same = known.same(text)
    if level == len(_SIGNS) or (same and same.name):
        yield text, known.match(text)
        return
    ends = _split(text, _SIGNS[level])
    if len(ends) < 2 or len(ends) > MOST:
        yield from _parts(text, known, level + 1)
        return
    if level == len(_SIGNS) - 1:
        parts = list(_joined(text, ends, known))
        whole = known.surely(text)
        if (whole and whole.name) or not any(known.match(part).name for part in parts):
            parts = [text]  # "Research & development" is one name though nobody knows it
        yield from ((part, known.match(part)) for part in parts)
        return
    for part in _joined(text, ends, known):
        yield from _parts(part, known, level + 1)


def _split(text: str, sign: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end, split at signs outside parentheses."""
    closed = text.count("(") == text.count(")")
    parts, begin, depth, at = [], 0, 0, 0
    for found in sign.finditer(text):
        depth += text.count("(", at, found.start()) - text.count(")", at, found.start())
        at = found.start()
        if not (closed and depth > 0):
            parts.append((begin, found.start()))
            begin = found.end()
    parts.append((begin, len(text)))
    return [(start, end) for start, end in parts if text[start:end].strip()]


def _joined(text: str, ends: Sequence[tuple[int, int]], known: Names) -> Iterator[str]:
    """The parts of a text, up to four of them as one where that is a known name."""
    at = 0
    while at < len(ends):
        for last in range(min(at + 4, len(ends)) - 1, at - 1, -1):
            part = text[ends[at][0]:ends[last][1]].strip()
            same = known.same(part) if last > at else None
            if last == at or (same and same.name):
                yield _BULLET.sub("", part, count=1) if _BULLET.match(part) else part
                at = last + 1
                break
