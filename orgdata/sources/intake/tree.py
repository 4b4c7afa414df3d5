"""Rows of a list that are of another kind than what it tells of: areas above their products, work
below goals (FORMATS section 3)."""

from dataclasses import replace

import numpy as np

from orgdata.sources.intake.header_words import words_of
from orgdata.sources.intake.levels import levels_in
from orgdata.sources.intake.part import Part, looked_up
from orgdata.sources.intake.shape import is_indented

AREA = " area"  # the column for the areas that stand in rows of their own
_NAME, _WHOLE = " name", " part of"  # columns for modules and what they are part of
_PARTS = frozenset(map(words_of, (
    "module", "component", "submodule", "sub product", "Modul", "Komponente", "composant",
    "sous-produit", "módulo", "componente", "submódulo", "modulo", "onderdeel", "モジュール")))
_MOST_LEVELS = 5  # of products below one another
_OWN = ("product_manager", "stage", "strategic_role", "outcome", "id")  # no area has these


def with_modules(part: Part) -> tuple[Part, dict[int, str]]:
    """A list of products that names their modules in a column of its own, these as products that
    are part of the ones beside them: each of which must have a row without a module."""
    title = part.column("product")
    column = next((name for name in part.headers if words_of(name) in _PARTS
                   and name in part.frame and name != title), None)
    if part.main != "product" or column is None or title is None or "parent" in part:
        return part, {}
    whole, modules = part.cells("product"), part.cells_of(column)
    if not (modules != "").any() or not set(whole[modules != ""]) <= set(whole[modules == ""]):
        return part, {}
    frame = part.frame.assign(**{_NAME: modules.where(modules != "", whole),
                                 _WHOLE: whole.where(modules != "", "")})
    return replace(part, frame=frame, meanings={
        **part.meanings, "product": (_NAME,), "parent": (_WHOLE,)}), {}


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


def without_areas(part: Part) -> tuple[Part, dict[int, str]]:
    """A list of products and their parts without its rows of areas, which a column of kinds tells;
    the area of what is below one is its name."""
    is_area = levels_in(part.cells("type")).isin(["area", "team"])
    if part.main != "product" or not is_area.any() or is_area.all() or "area" in part:
        return part, {}
    names, parents = part.cells("product"), part.cells("parent")
    ids = part.cells("id")
    above = dict(zip(names, parents, strict=True)) | dict(zip(ids, parents, strict=True))
    called = {name: name for name in names[is_area]} | dict(
        zip(ids[is_area], names[is_area], strict=True))
    area = parents
    for _ in range(_MOST_LEVELS):
        area = area.where(area.isin(list(called)), looked_up(area, above, ""))
    frame = part.frame.assign(**{AREA: looked_up(area, called, "")})[~is_area]
    return replace(part, frame=frame, meanings={**part.meanings, "area": (AREA,)}), dict.fromkeys(
        map(int, part.frame.index[is_area]), "the name of a group, kept with its rows")


def without_work(part: Part) -> tuple[Part, dict[int, str]]:
    """A list of objectives and key results without the initiatives, projects and tasks among them,
    which a column of kinds tells."""
    levels = levels_in(part.cells("type"))
    is_work = levels == "item"
    if part.main != "key_result" or not is_work.any() or not (levels == "objective").any():
        return part, {}
    return replace(part, frame=part.frame[~is_work]), dict.fromkeys(
        map(int, part.frame.index[is_work]), "work for a goal, no goal")
