"""Targets that say more than a value: where from, how many times as much, how many points more
(FORMATS section 4)."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.numbers import numbers

_LONGEST = 200  # characters of a cell that are looked at
FROM_TO = re.compile(
    r"(?:(?:from|von|de|da|van)\s+(?P<start>\S.{0,40}?)\s+(?:to|auf|bis|zu|naar|à|a|para|al)\s+"
    r"(?P<end>\S.{0,40})|(?P<left>[^→>]{1,40}?)\s?(?:→|->|=>|➔|⇒)\s?(?P<right>\S.{0,40}))",
    re.IGNORECASE)
_NOW = re.compile(r"\((?:now|currently|today|is|aktuell|derzeit|actuellement|actual|actualmente|"
                  r"atual|attuale|nu)\s?:?\s+(?P<value>[^()]{0,3}\d[^()]{0,20})\)", re.IGNORECASE)
# Others are not looked at
_MAY_SAY_NOW = r"(?i)\((?:now|currently|today|is|aktuell|derzeit|actuel|atual|attual|nu)"
_MAY_SAY_MORE = r"(?i)\(|\+$|^(?:from|von|de|da|van)\s|→|->|=>|➔|⇒"
_AND_MORE = re.compile(r"(?<=\d)(?P<unit>\s?[%kKmM]?)\+$")
_TIMES = re.compile(r"(?P<times>\d{1,3}(?:[.,]\d{1,2})?)\s?[x×]|[x×]\s?(?P<behind>\d{1,3})",
                    re.IGNORECASE)
_POINTS = re.compile(r"[+−–-]\s?\d[\d.,]{0,8}\s?(?:p\.?p\.?|%-?p(?:un)?kte?|prozentpunkte?|pts?\.?|"
                     r"points?|punkte?|puntos|pontos|punti|punten|points de %)", re.IGNORECASE)
Read = dict[str, pd.Series]


def with_plain_targets(read: Read, titles: "pd.Series | None") -> tuple[str, ...]:
    """Make targets plain in place, and return what is said of it: "from 12% to 15%" fills a blank
    baseline, "15% (now 14%)", or such a title, a blank current value; "30+" is 30, and "2x" of a
    baseline twice as much."""
    for written in (read["target"], *([] if titles is None else [titles])):
        if not cells.any_matches(written, _MAY_SAY_NOW):
            continue
        read["current"] = cells.either(read["current"], map_distinct(
            written, lambda cell: found["value"] if (
                found := _NOW.search(cell[:_LONGEST])) else ""))
    if cells.any_matches(read["target"], _MAY_SAY_MORE):
        ends = {cell: _ends(cell) for cell in read["target"].unique()}
        read["baseline"] = cells.either(read["baseline"], map_distinct(
            read["target"], lambda cell: ends[cell][0]))
        read["target"] = map_distinct(read["target"], lambda cell: _AND_MORE.sub(
            r"\g<unit>", _NOW.sub("", ends[cell][1]).strip()))
    return _with_multiples(read) if cells.any_matches(read["target"], "[xX×]") else ()


def are_points_more(read: Mapping[str, pd.Series]) -> Mask:
    """Rows whose target is a number of points more or less, "+8 pts": of what nobody says."""
    target = read["target"]
    if not cells.any_matches(target, r"^[+−–-].*[A-Za-z]"):
        return np.zeros(len(target), dtype=np.bool_)
    return np.asarray(target.str.fullmatch(_POINTS), dtype=np.bool_)


def _ends(cell: str) -> tuple[str, str]:
    """Where a cell says that a value starts, and where it ends: "" and the cell where it is no such
    pair of amounts."""
    found = FROM_TO.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
    if not found:
        return "", cell
    start, end = found["start"] or found["left"], found["end"] or found["right"]
    both = all(any(map(str.isdecimal, one)) for one in (start, end))
    return (start.strip(), end.strip()) if both else ("", cell)


def _with_multiples(read: Read) -> tuple[str, ...]:
    """Targets of "2x" as twice the baseline where that is a plain amount; where the values are
    such multiples themselves, they stay."""
    target = read["target"]
    times = target.str.fullmatch(_TIMES)
    if not times.any():
        return ()
    plain = ~read["baseline"].str.fullmatch(_TIMES) & ~read["current"].str.fullmatch(_TIMES)
    amounts = numbers(cells.text(read["baseline"]))
    said = []
    for row in target.index[times & plain & (amounts.values > 0)]:
        found = _TIMES.fullmatch(target[row])
        factor = float((found["times"] or found["behind"]).replace(",", ".")) if found else 1
        start = amounts.values[target.index.get_loc(row)]
        value = f"{factor * start:.12g}{'%' if read['baseline'][row].endswith('%') else ''}"
        said.append(f"“{target[row]}” of {read['baseline'][row]} is taken for a target of {value}.")
        read["target"] = read["target"].where(read["target"].index != row, value).astype("str")
    return tuple(dict.fromkeys(said))
