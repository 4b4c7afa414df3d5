"""Company goals at the top of somebody's list of objectives and key results (FORMATS section 3)."""

from dataclasses import replace

from orgdata.sources.intake.build import Build
from orgdata.sources.intake.entities import add_outcomes
from orgdata.sources.intake.levels import levels_in
from orgdata.sources.intake.part import Part

_SERVED = " company goal"  # the column for what the parents of goals name


def with_company_goals(build: Build, part: Part) -> Part:
    """The list without its rows of company goals, which become outcomes; goals whose parent is one,
    there or in another list, serve it."""
    at = levels_in(part.cells("type")) == "outcome"
    title = part.column("key_result") or part.column("objective")
    if at.any() and not at.all() and title is not None:
        meanings = {name: columns for name, columns in part.meanings.items()
                    if name not in ("key_result", "objective")}
        add_outcomes(build, replace(part, frame=part.frame[at], meanings={
            **meanings, "outcome": (title,)}))
        part = replace(part, frame=part.frame[~at])
    return part if "outcome" in part else _serving(build, part)


def _serving(build: Build, part: Part) -> Part:
    """The list with a column of the company goals that are parents of its goals."""
    rest, parents = part, part.cells("parent")
    if not (parents != "").any():
        return part
    own = {*part.cells("id"), *(part.cells_of(title) if (
        title := part.column("key_result") or part.column("objective")) else ())}
    known = [parent for parent in parents.unique()
             if parent and parent not in own and build.outcomes.id_of(parent) is not None]
    top = parents.isin(known)
    if not known:
        return part
    column = str(part.column("parent"))
    frame = rest.frame.assign(**{_SERVED: parents.where(top, ""), column: parents.where(~top, "")})
    return replace(rest, frame=frame, meanings={**part.meanings, "outcome": (_SERVED,)})
