"""Grouped looks: groups in rows of their own, and labels that are written once for several rows
(FORMATS section 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.shape import (
    GROUP,
    Shaped,
    filled_down,
    groups_are_objectives,
    without_word,
)
from orgdata.sources.sheets import Sheet

_SHARED = " product of the objective"  # no header begins with a space


def with_groups(shaped: Shaped, headers: Mapping[str, Header]) -> tuple[
        Shaped, Header]:
    """The records with their groups, and what these are: objectives if they say so, or where the
    rows are measured and name their product beside a title, else teams."""
    labels = shaped.frame[GROUP]
    if not groups_are_objectives(labels):
        return shaped, Header(GROUP, ("objective",) if _are_measured(headers) else ("team",))
    frame = shaped.frame.assign(**{GROUP: without_word(labels)})
    return replace(shaped, frame=frame), Header(GROUP, ("objective",))


def _are_measured(headers: Mapping[str, Header]) -> bool:
    """Whether rows have a title, values and a product, but no objective."""
    has = {meaning for header in headers.values() for meaning in header.meanings[:1]}
    values = {meaning for header in headers.values() for meaning in header.meanings} & {
        "baseline", "target", "current"}
    return {"title", "product"} <= has and len(values) > 1 and not has & {"goal", "objective"}


def first_group(sheet: Sheet) -> str:
    """The name of the first group of a sheet whose header is repeated for each: it stands above."""
    last = sheet.table.above[-1] if sheet.table.header_again and sheet.table.above else ()
    filled = [cell.strip() for cell in last if cell.strip()]
    return filled[0] if len(filled) == 1 else ""


def with_labels_filled_down(part: Part, asked: Asked) -> Part:
    """A grouped look: labels left of what the rows tell of count for the blanks below them."""
    deepest = part.column(part.main)
    if deepest is None:
        return part
    place = part.position(part.main)
    levels = ("outcome", "area", "team", "product", "objective.product", "objective") if (
        part.main == "key_result") else (
        ("outcome", "area", "team", "product") if part.main == "objective" else ("area",))
    labels = sorted((part.position(level), part.column(level)) for level in levels
                    if level in part and level != part.main)
    columns = [str(name) for at, name in labels if at < place or part.main == "product"]
    if not columns:
        return part
    frame, changed = filled_down(part.frame, columns, part.cells(part.main))
    for name in changed:
        asked.say(f"{part.origin}: “{name}” is written once for several rows; it counts for the "
                  "blank ones below it.")
    return _of_shared_objectives(part, replace(part, frame=frame), changed)


def _of_shared_objectives(written: Part, filled: Part, changed: Sequence[str]) -> Part:
    """A list with the product of each objective in a column of its own, where several products
    stand beside an objective that is written once: they are those of its key results."""
    if written.column("objective") not in changed or "product" not in written or (
            "objective.product" in written):
        return filled
    goals = (written.cells("objective") != "").cumsum()
    products = filled.cells("product")
    first = products.groupby(goals).transform("first")
    if not ((written.cells("product") != "") & (products != first)).any() or (
            not written.position("objective") < written.position("product") < written.position(
                "key_result")):
        return filled
    return replace(filled, frame=filled.frame.assign(**{_SHARED: first.astype("str")}),
                   meanings={**filled.meanings, "objective.product": (_SHARED,)})
