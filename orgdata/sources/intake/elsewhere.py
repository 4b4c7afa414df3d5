"""Lists of values and check-ins of key results that another list tells with their objectives
(FORMATS section 2)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from orgdata.sources.intake.build import Build, frame_of
from orgdata.sources.intake.names import key
from orgdata.sources.intake.part import Part
from orgdata.sources.raw import RawTable

_KNOWN = 0.5  # share of the titles that another list must tell


class _Result(NamedTuple):
    kr_id: str
    objective_id: str
    title: str
    product_id: str


def known_results(build: Build, part: Part) -> pd.DataFrame | None:
    """The key results of which each record of a list tells that names no objectives, blank where
    none or several are called so; None for a list of its own."""
    if part.main != "key_result" or "objective" in part or "type" in part or not build.results:
        return None
    titles, known = part.cells("key_result"), _by_name(build.results)
    found = [_only(build, known, *names) for names in zip(
        part.cells("id"), titles, part.cells("product"), strict=True)]
    filled = int((titles != "").sum())
    if not filled or sum(result is not None for result in found) < _KNOWN * filled:
        return None
    return frame_of(titles.index, **{
        name: pd.Series([result[at] if result else "" for result in found], titles.index,
                        dtype="str") for at, name in enumerate(_Result._fields)})


def binary_results(pieces: Sequence[tuple[str, RawTable]]) -> set[str]:
    """The ids of key results that are reached or not, as lists told so far."""
    return {id_ for table, piece in pieces if table == "key_results" and "kr_type" in piece.frame
            for id_ in piece.frame["kr_id"][piece.frame["kr_type"] == "binary"]}


def _by_name(lists: Sequence[pd.DataFrame]) -> dict[str, dict[_Result, None]]:
    """Key results by their titles and ids."""
    known: dict[str, dict[_Result, None]] = {}
    for frame in lists:
        for row in zip(*(frame[name] for name in _Result._fields), strict=True):
            result = _Result(*row)
            names = {key(result.title), key(result.kr_id)} - {""}  # "" of an objective's own row
            for name in names if result.objective_id else ():
                known.setdefault(name, {})[result] = None
    return known


def _only(build: Build, known: Mapping[str, Mapping[_Result, None]], id_: str, title: str,
          product: str) -> _Result | None:
    """The key result with this id or title, of several that of the product."""
    named = [*known.get(key(id_) if id_ else "", known.get(key(title), {}))]
    if len(named) > 1 and product:
        own = build.products.id_of(product)
        named = [result for result in named if result.product_id == own]
    return named[0] if len(named) == 1 else None
