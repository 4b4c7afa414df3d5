"""Key results that stand side by side in one row: KR1, KR1 target, KR2, KR2 target (FORMATS section
3)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.lines import by_lines
from orgdata.sources.intake.part import Part
from orgdata.sources.limits import TooLarge

_MOST = 20  # columns of key results: each is read like a list of its own
_NUMBER = re.compile(r"\d{1,2}")
_OF_BOTH = ("objective", "product", "area", "team", "outcome", "period", "objective.id", "id")


def side_by_side(part: Part) -> Iterator[Part]:
    """A list of goals as it is; of one with several columns of key results first what it tells of
    objectives, then its key results, a column after the other. Raises TooLarge for more columns
    than are read."""
    columns = part.meanings.get("key_result", ())
    if len(columns) < 2 or "objective" not in part:
        yield from by_lines(part)
        return
    if len(columns) > _MOST:
        raise TooLarge(f"{part.origin} has {len(columns)} columns of key results side by side; at "
                       f"most {_MOST} are read: put them below one another")
    numbers = {str(column): _number(str(column)) for column in part.frame.columns}
    of_results = [column for column, number in numbers.items() if number and (
        column in columns or read_header(column).of == "key_result")]
    rest = {meaning: kept for meaning, names in part.meanings.items()
            if (kept := tuple(name for name in names if name not in of_results))}
    yield replace(part, main="objective", meanings=rest)
    shared = {meaning: names for meaning, names in rest.items() if meaning in _OF_BOTH}
    for column in columns:
        own = {read_header(name).meanings[0]: (name,) for name in of_results
               if numbers[name] == numbers[column] and read_header(name).meanings}
        yield replace(part, meanings={**shared, **own, "key_result": (column,)})


def _number(column: str) -> str:
    found = _NUMBER.search(column)
    return found[0] if found else ""
