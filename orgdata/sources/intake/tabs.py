"""A tab per team: the name of a tab as the product of its goals, or the area of its products
(FORMATS section 3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from orgdata.sources.intake.headers import Header, read_header
from orgdata.sources.intake.marks import without_period
from orgdata.sources.intake.part import Part

_LISTS = re.compile(r"\b(?:okrs?|goals?|objectives?|key results?|krs?|ziele?|objectifs?|objetivos?|"
                    r"obiettivi|doelen|sheet ?\d*|tabelle ?\d*|feuil ?\d*|hoja ?\d*|team|export|"
                    r"final|v\d+)\b|目標", re.IGNORECASE)
_TAB = " tab"  # the column for the names of tabs; no header begins with a space
ABOVE = " above"  # that for the product which stands above a list
_TAB_MEANS = {"objective": "product", "key_result": "product", "product": "area"}


def product_above(above: Sequence[Sequence[str]], headers: Mapping[str, Header]) -> str:
    """The product of a whole list of goals where a row above its header says it, "Product: | App",
    and no column does."""
    firsts = {header.meanings[0] for header in headers.values() if header.meanings}
    if "product" in firsts or not firsts & {"objective", "key_result", "goal"}:
        return ""
    for row in above:
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) == 1:
            filled = [part.strip() for part in filled[0].split(":")]
        if len(filled) == 2 and all(filled) and read_header(
                filled[0].rstrip(": ")).meanings[:1] == ("product",):
            return filled[1]
    return ""


def with_tabs(parts: list[Part]) -> list[Part]:
    """Sheets of one layout, a tab per team or area: the tab is the product of goals, or the area
    of products, where no column says it."""
    result = []
    layouts = [(part.main, frozenset(part.frame.columns)) for part in parts]
    tabs: dict[tuple[str, frozenset[str]], list[str]] = {}
    for part, layout in zip(parts, layouts, strict=True):
        tabs.setdefault(layout, []).append(_named(part))
    for part, layout in zip(parts, layouts, strict=True):
        meaning = _TAB_MEANS.get(part.main)
        names = tabs[layout]
        if len(names) > 1 and meaning and meaning not in part and all(names) and len(
                set(names)) > 1:
            frame = part.frame.assign(**{_TAB: _named(part)})
            part = replace(part, frame=frame[[_TAB, *part.frame.columns]],
                           meanings={**part.meanings, meaning: (_TAB,)})
        result.append(part)
    return result


def _named(part: Part) -> str:
    """What the name of a tab or file says besides its period and that it lists goals: "Payments" of
    "OKRs Payments Q4 2026"; "" where it says nothing."""
    rest = _LISTS.sub(" ", without_period(PurePosixPath(part.sheet).stem)[1].replace("_", " "))
    return " ".join(rest.split()).strip(" -–—·:,;()&")
