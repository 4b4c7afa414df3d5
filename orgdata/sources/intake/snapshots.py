"""Sheets of which another tells better: a tab per week, of which the newest counts, and work for
goals that another one lists (FORMATS section 2)."""

import re
from collections.abc import Sequence

from orgdata import formats
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.letters import plain
from orgdata.sources.intake.marks import marks_of, with_years, without_dates
from orgdata.sources.intake.part import Part

_OLD = re.compile(r"(?<![^\W_])(?:archived?|archiv(?:iert|io|o)?|archief|arquivo|old|alt|backup|"
                  r"previous|obsolete|last.year|vorjahr|copy|kopie|copia|draft|deprecated|retired|"
                  r"discontinued|ausgelaufen|eingestellt|abgekündigt|ancien(?:ne)?s?|historique|abgelöst|altsysteme?|"
                  r"antigu[oa]s?|antig[oa]s?|históric[oa]s?|retirad[oa]s?|descontinuad[oa]s?|oude?|"
                  r"vecchi[oa]?|storico|vervallen)(?![^\W_])|旧|過去|アーカイブ", re.IGNORECASE)
_KINDS = ("day", "week", "month")  # a tab per quarter holds other goals
_OPTIONS = {"left out": "leave it out", "read": "read it"}
_SAME = 0.5  # share of the titles that the newest tab must have too
Order = tuple[int, int, int]


def without_old(parts: list[Part], asked: Asked) -> tuple[list[Part], dict[str, str]]:
    """The sheets without those that are called old, where another tells of the same thing; and why
    these are left out, by their origin."""
    kept, older = [], {}
    for part in parts:
        others = [one for one in parts if one.main == part.main and one is not part
                  and not _OLD.search(f"{one.sheet} {one.origin}")]
        if not _OLD.search(f"{part.sheet} {part.origin}") or not others or asked.decide(
                f"sheet: {part.sheet}", f"“{part.sheet}” looks like an older list: read it too?",
                _OPTIONS, "left out", len(part.frame), [one.sheet for one in parts]) == "read":
            kept.append(part)
        else:
            older[part.origin] = ("the sheet looks like an older one: "
                                  f"{formats.listed([one.origin for one in others])} tells of the "
                                  "same")
    return kept, older


def without_earlier(parts: Sequence[Part], asked: Asked) -> tuple[list[Part], dict[str, str]]:
    """The sheets without those that are earlier states of another, told by a day, week or month in
    their names; and why these are left out, by their origin."""
    kept, earlier = [], {}
    for part in parts:
        later = [one for one in parts if _follows(one, part)]
        newest = max(later, key=lambda one: _when(one) or (0, 0, 0), default=None)
        if newest is None or asked.decide(
                f"sheet: {part.sheet}", f"“{part.sheet}” looks like an earlier state of "
                f"“{newest.sheet}”: read it too?", _OPTIONS, "left out", len(part.frame),
                [one.sheet for one in parts]) == "read":
            kept.append(part)
        else:
            earlier[part.origin] = f"an earlier state of what {newest.origin} tells"
    return kept, earlier


def without_work_for_known(parts: Sequence[Part]) -> tuple[list[Part], dict[str, str]]:
    """The sheets without lists of initiatives whose goals another sheet tells; and why these are
    left out, by their origin."""
    kept, work = [], {}
    for part in parts:
        items = part.main == "objective" and any(
            header.meanings[:1] == ("item",) for header in part.headers.values())
        goals = {cell.casefold() for cell in part.cells("objective").unique() if cell}
        told = [one for one in parts if items and one is not part and one.main != "person"
                and any(len(goals & {cell.casefold() for cell in one.cells(meaning).unique()})
                        >= _SAME * len(goals) for meaning in ("outcome", "objective"))]
        if goals and told:
            work[part.origin] = f"work for goals that {told[0].origin} tells"
        else:
            kept.append(part)
    return kept, work


def _follows(one: Part, other: Part) -> bool:
    """Whether a sheet is a later state of another: they have one name but for the time, the same
    columns, and most of the titles."""
    first, second = _when(other), _when(one)
    if first is None or second is None or first >= second or one.main != other.main or (
            without_dates(_name(one)) != without_dates(_name(other))):
        return False
    mine, theirs = ({*part.cells(part.main).unique()} - {""} for part in (one, other))
    return one.main in ("objective", "key_result", "product") and {*one.meanings} >= {
        *other.meanings} - {"note"} and len(mine & theirs) >= _SAME * max(1, len(theirs))


def _when(part: Part) -> Order | None:
    """The time in the name of a sheet, so that later ones come after it; None where there is none,
    or several. Of lists of products a year is one."""
    name = plain(_name(part))
    marks = [mark for mark in with_years(name, marks_of(name)) if mark.kind != "year"]
    years = [mark.number for mark in marks_of(name) if mark.kind == "year"]
    if not marks and len(years) == 1 and part.main == "product":
        return years[0], 0, 0
    if len(marks) != 1 or marks[0].kind not in _KINDS:
        return None
    mark = marks[0]
    if mark.kind == "day":
        return 0, mark.number, 0
    return mark.year or (years[0] if years else 0), mark.number, mark.day or 0


def _name(part: Part) -> str:
    """The name of a sheet where it tells a time, else with that of its file."""
    return part.sheet if marks_of(plain(part.sheet)) else part.origin
