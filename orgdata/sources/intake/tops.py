"""Company goals at the top of somebody's list of objectives and key results (FORMATS section 3)."""

from dataclasses import replace

from orgdata.model.words import normalise_word
from orgdata.sources.intake.build import Build
from orgdata.sources.intake.entities import add_outcomes
from orgdata.sources.intake.meaning import OUTCOMES
from orgdata.sources.intake.part import Part
from orgdata.sources.vendors.records import map_distinct

_SERVED = "company goal"  # the column for what the parents of goals name


def without_company_goals(build: Build, part: Part) -> Part:
    """The list without the rows of company goals, which become outcomes; goals whose parent is one
    of them serve it."""
    at = map_distinct(part.cells("type"), normalise_word).isin(OUTCOMES)
    title = part.column("key_result") or part.column("objective")
    if not at.any() or at.all() or title is None:
        return part
    meanings = {name: columns for name, columns in part.meanings.items()
                if name not in ("key_result", "objective")}
    add_outcomes(build, replace(part, frame=part.frame[at], meanings={
        **meanings, "outcome": (title,)}))
    rest = replace(part, frame=part.frame[~at])
    parents = rest.cells("parent")
    top = parents.isin([*part.cells("id")[at & (part.cells("id") != "")],
                        *part.cells_of(title)[at]])
    if "outcome" in part or not top.any():
        return rest
    column = str(part.column("parent"))
    frame = rest.frame.assign(**{_SERVED: parents.where(top, ""), column: parents.where(~top, "")})
    return replace(rest, frame=frame, meanings={**part.meanings, "outcome": (_SERVED,)})
