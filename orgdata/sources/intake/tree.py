"""Products below their areas in one column, told by indentation (FORMATS section 3)."""

from dataclasses import replace

import numpy as np

from orgdata.sources.intake.part import Part
from orgdata.sources.intake.shape import is_indented

AREA = " area"  # the column for the areas that stand in rows of their own
_OWN = ("product_manager", "stage", "strategic_role", "outcome", "id")  # no area has these


def with_areas(part: Part) -> tuple[Part, dict[int, str]]:
    """A list of products whose rows that are not indented are areas, with these as a column; and
    why these rows are left out, by their number."""
    title = part.column("product")
    if part.main != "product" or title is None or "team" in part or (
            part.column("area") not in (None, title)):
        return part, {}
    filled = (part.cells("product") != "").to_numpy()
    indented = is_indented(part.frame[title]) & filled
    heads = filled & ~indented
    if indented.sum() < 2 or not heads.any() or not heads[np.flatnonzero(filled)[0]] or any(
            (part.cells(meaning)[heads] != "").any() for meaning in _OWN if meaning in part):
        return part, {}
    labels = part.cells("product").where(heads).ffill().fillna("").astype("str")
    frame = part.frame.assign(**{AREA: labels})[~heads]
    left_out = dict.fromkeys((int(row) for row in part.frame.index[heads]),
                             "the name of a group, kept with its rows")
    return replace(part, frame=frame, meanings={**part.meanings, "area": (AREA,)}), left_out
