"""Make template.pptx: `python -m orgdata.exports.deck.make_template`. The same bytes every time.

From what python-pptx starts with: two layouts, 16:9, the colours of the pages. Whoever wants other
looks opens the file in PowerPoint instead, saves it under another name, and names it in the
settings.
"""

import io
from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from orgdata.exports.deck.colours import HAIR, paint
from orgdata.exports.deck.layouts import holders, kind
from orgdata.exports.deck.template import OWN, empty
from orgdata.exports.office import repacked
from orgdata.views import palette
from orgdata.views.palette import OFFICE

WIDE, SIDE = 960, 40  # points
ROOM = WIDE - 2 * SIDE
_ACCENTS = (OFFICE.part, palette.SKY, palette.GREEN, palette.AMBER, palette.VERMILION,
            palette.GREY)
_THEME = {"dk1": OFFICE.ink, "lt1": OFFICE.ground, "dk2": OFFICE.quiet, "lt2": OFFICE.fill,
          **{f"accent{number}": colour for number, colour in enumerate(_ACCENTS, 1)},
          "hlink": OFFICE.part, "folHlink": OFFICE.quiet}
_FONT = "Arial"  # which text is measured for; every Office program has it or one as wide
_FOOT = {"ftr": (SIDE, 512, 760, 14), "sldNum": (WIDE - SIDE - 60, 512, 60, 14)}
_MASTER = {"title": (SIDE, 38, ROOM, 62), "body": (SIDE, 112, ROOM, 384), **_FOOT}
_LAYOUTS: dict[str, tuple[str, dict[int, tuple[str, tuple[float, ...]]]]] = {
    # our name: (what it is made of, placeholders by number: (name, place))
    "Opening": ("Title Slide", {0: ("Title", (SIDE, 110, ROOM, 80)),
                                1: ("Subtitle", (SIDE, 196, ROOM, 60)),
                                2: ("Origin", (SIDE, 286, ROOM, 200))}),
    "Page": ("Content with Caption", {0: ("Title", _MASTER["title"]),
                                      1: ("Content", _MASTER["body"]),
                                      2: ("Kicker", (SIDE, 20, ROOM, 15))})}


def template() -> bytes:
    """The template as it stands in the package."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(540)
    layouts = {one.name: one for one in deck.slide_layouts}
    origin = deepcopy(holders(layouts["Title and Content"])[1].element)
    origin.ph.set("idx", "2")
    origin.nvSpPr.cNvPr.id = 90  # as no other there
    layouts["Title Slide"].shapes._spTree.append(origin)
    _set_theme(deck.slide_master)
    _set_master(deck)
    for name, (made_of, places) in _LAYOUTS.items():
        _set_layout(layouts[made_of], name, places)
    for layout in list(deck.slide_layouts):
        if layout.name not in _LAYOUTS:
            deck.slide_layouts.remove(layout)
    empty(deck)
    about = deck.core_properties
    about.title = about.author = about.last_modified_by = "Portfolio alignment"
    about.created = about.modified = datetime(2026, 1, 1)
    packed = io.BytesIO()
    deck.save(packed)
    return repacked(packed.getvalue())


def _set_theme(master: Any) -> None:
    """Colours and fonts."""
    [part] = [rel.target_part for rel in master.part.rels.values()
              if rel.reltype.endswith("/theme")]
    theme = etree.fromstring(part.blob)
    theme.set("name", "Portfolio alignment")
    for name, colour in _THEME.items():
        [place] = theme.iter(qn(f"a:{name}"))
        place.clear()
        etree.SubElement(place, qn("a:srgbClr"), val=colour.removeprefix("#"))
    for font in ("majorFont", "minorFont"):
        [latin] = theme.iterfind(f".//{qn(f'a:{font}')}/{qn('a:latin')}")
        latin.set("typeface", _FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_master(deck: Any) -> None:
    """Titles in bold to the left, and a line above the foot."""
    master = deck.slide_master
    for holder in holders(master):
        _place(holder, _MASTER.get(kind(holder)))
    styles = master.element.find(qn("p:txStyles"))
    for level in styles.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}").set("b", "1")
    slide = deck.slides.add_slide(deck.slide_layouts[0])  # only slides can be drawn on
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(SIDE), Pt(506), Pt(WIDE - SIDE),
                                      Pt(506))
    line.name = "Foot line"
    line.line.width = Pt(0.5)
    paint(line.line.color, HAIR)
    line._element.nvCxnSpPr.cNvPr.id = 90
    master.shapes._spTree.append(line._element)


def _set_layout(layout: Any, name: str, places: dict[int, tuple[str, tuple[float, ...]]]) -> None:
    layout.name = name
    for holder in holders(layout):
        ours, box = places.get(holder.placeholder_format.idx, ("", _FOOT.get(kind(holder), ())))
        holder.name = ours or holder.name
        _place(holder, box)
        for level in holder.element.iter(qn("a:lvl1pPr")):
            level.set("algn", "r" if kind(holder) == "sldNum" else "l")
        if ours == "Kicker":
            _look(holder, 11, MSO_THEME_COLOR.ACCENT_1, bold=True)


def _look(holder: Any, size: float, colour: MSO_THEME_COLOR, bold: bool = False) -> None:
    """How the text of a placeholder looks on slides, where nothing else is said."""
    [style] = holder.element.txBody.iterfind(f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}")
    for old in style.findall(qn("a:defRPr")):
        style.remove(old)
    look = etree.SubElement(style, qn("a:defRPr"), sz=str(round(100 * size)), b=str(int(bold)))
    fill = etree.SubElement(look, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr"), val=MSO_THEME_COLOR.to_xml(colour))


def _place(holder: Any, box: tuple[float, ...] | None) -> None:
    """Put a placeholder in its place, without margins; one that has none is left out."""
    if not box:
        holder.element.getparent().remove(holder.element)
        return
    holder.left, holder.top, holder.width, holder.height = map(Pt, box)
    frame = holder.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    if kind(holder) in _FOOT:
        for style in holder.element.txBody.iterfind(f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}"):
            style.set("algn", "r" if kind(holder) == "sldNum" else "l")
            _look(holder, 9, MSO_THEME_COLOR.TEXT_2)


if __name__ == "__main__":
    OWN.write_bytes(template())
