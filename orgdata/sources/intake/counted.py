"""Goals that each sheet counts anew: O1 of one tab is not O1 of another (FORMATS section 2)."""

from collections.abc import Sequence
from dataclasses import replace

from orgdata.sources.intake.part import Part
from orgdata.sources.vendors.records import map_distinct

_GOALS = ("objective", "key_result")
_COUNTED = r"(?i)(?:o|kr|obj)?[ .#-]?\d{1,2}(?:\.\d{1,2}){0,3}"
_REFER = ("id", "objective.id", "parent")


def with_ids_of_their_own(parts: Sequence[Part]) -> list[Part]:
    """The sheets, of which those that give the numbers of others to other goals have the name of
    the sheet behind theirs."""
    titles: dict[tuple[str, str], set[str]] = {}
    for part in filter(_counts, parts):
        for id_, title in _goals(part):
            titles.setdefault((part.main, id_), set()).add(title)
    return [_named(part) if _counts(part) and any(
        len(titles[part.main, id_]) > 1 for id_, _ in _goals(part)) else part for part in parts]


def _counts(part: Part) -> bool:
    ids = part.cells("id")
    return part.main in _GOALS and "id" in part and bool(
        ids[ids != ""].str.fullmatch(_COUNTED).all())


def _goals(part: Part) -> list[tuple[str, str]]:
    """The ids of a sheet, each with the title beside it."""
    title = part.column("key_result") or part.column("objective")
    titles = part.cells_of(title) if title else part.cells("")
    return [(id_, name.casefold()) for id_, name in zip(part.cells("id"), titles, strict=True)
            if id_]


def _named(part: Part) -> Part:
    own = {*part.cells("id"), *part.cells("objective.id")} - {""}
    columns = [column for meaning in _REFER if (column := part.column(meaning))]
    return replace(part, frame=part.frame.assign(**{column: map_distinct(
        part.cells_of(column), lambda cell: f"{cell} · {part.origin}" if cell in own else cell)
        for column in columns}))
