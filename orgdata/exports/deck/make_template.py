"""Make template.pptx: `python -m orgdata.exports.deck.make_template`. The same bytes every time.

It is made from the default template of python-pptx: two layouts, 16:9, the colours of the pages.
For another design, change a copy of the file in PowerPoint, and name the copy in the settings.
"""

import io
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
from orgdata.exports.deck.layouts import SLIDE_HEIGHT, placeholders, type_of
from orgdata.exports.deck.template import DEFAULT_TEMPLATE, remove_content
from orgdata.exports.office import repacked
from orgdata.views import palette
from orgdata.views.palette import OFFICE

WIDTH, MARGIN = 960, 40  # points
CONTENT_WIDTH = WIDTH - 2 * MARGIN
_ACCENTS = (OFFICE.part, palette.SKY, palette.GREEN, palette.AMBER, palette.VERMILION,
            palette.GREY)
_THEME = {"dk1": OFFICE.ink, "lt1": OFFICE.ground, "dk2": OFFICE.quiet, "lt2": OFFICE.fill,
          **{f"accent{number}": colour for number, colour in enumerate(_ACCENTS, 1)},
          "hlink": OFFICE.part, "folHlink": OFFICE.quiet}
_FONT = "Arial"  # which text is measured for; every Office program has it or one as wide
_FOOTER = {"ftr": (MARGIN, 512, 760, 14), "sldNum": (WIDTH - MARGIN - 60, 512, 60, 14)}
_MASTER = {"title": (MARGIN, 38, CONTENT_WIDTH, 62), "body": (MARGIN, 112, CONTENT_WIDTH, 384),
           **_FOOTER}
_LAYOUTS: dict[str, tuple[str, dict[int, tuple[str, tuple[float, ...]]]]] = {
    # name: (layout of python-pptx that it is made from, placeholders by number: (name, box))
    "Opening": ("Title Slide", {0: ("Title", (MARGIN, 110, CONTENT_WIDTH, 80)),
                                1: ("Subtitle", (MARGIN, 196, CONTENT_WIDTH, 60))}),
    "Page": ("Content with Caption", {0: ("Title", _MASTER["title"]),
                                      1: ("Content", _MASTER["body"]),
                                      2: ("Kicker", (MARGIN, 20, CONTENT_WIDTH, 15))})}


def template() -> bytes:
    """The template of the package as a .pptx file."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(SLIDE_HEIGHT)
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    _set_theme(deck.slide_master)
    _set_master(deck)
    for name, (base, boxes) in _LAYOUTS.items():
        _set_layout(layouts[base], name, boxes)
    for layout in list(deck.slide_layouts):
        if layout.name not in _LAYOUTS:
            deck.slide_layouts.remove(layout)
    remove_content(deck)
    properties = deck.core_properties
    properties.title = properties.author = properties.last_modified_by = "Portfolio alignment"
    properties.created = properties.modified = datetime(2026, 1, 1)
    saved = io.BytesIO()
    deck.save(saved)
    return repacked(saved.getvalue())


def _set_theme(master: Any) -> None:
    """Set the colours and fonts of the theme."""
    [part] = [rel.target_part for rel in master.part.rels.values()
              if rel.reltype.endswith("/theme")]
    theme = etree.fromstring(part.blob)
    theme.set("name", "Portfolio alignment")
    for name, colour in _THEME.items():
        [element] = theme.iter(qn(f"a:{name}"))
        element.clear()
        etree.SubElement(element, qn("a:srgbClr"), val=colour.removeprefix("#"))
    for font in ("majorFont", "minorFont"):
        [latin] = theme.iterfind(f".//{qn(f'a:{font}')}/{qn('a:latin')}")
        latin.set("typeface", _FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_master(deck: Any) -> None:
    """Set titles in bold to the left, and draw a line above the footer."""
    master = deck.slide_master
    for placeholder in placeholders(master):
        _move(placeholder, _MASTER.get(type_of(placeholder)))
    styles = master.element.find(qn("p:txStyles"))
    for level in styles.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}").set("b", "1")
    slide = deck.slides.add_slide(deck.slide_layouts[0])  # only slides can be drawn on
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Pt(MARGIN), Pt(506), Pt(WIDTH - MARGIN), Pt(506))
    line.name = "Foot line"
    line.line.width = Pt(0.5)
    paint(line.line.color, HAIR)
    line._element.nvCxnSpPr.cNvPr.id = 90
    master.shapes._spTree.append(line._element)


def _set_layout(layout: Any, name: str, boxes: dict[int, tuple[str, tuple[float, ...]]]) -> None:
    layout.name = name
    for placeholder in placeholders(layout):
        new_name, box = boxes.get(
            placeholder.placeholder_format.idx, ("", _FOOTER.get(type_of(placeholder), ())))
        placeholder.name = new_name or placeholder.name
        _move(placeholder, box)
        for level in placeholder.element.iter(qn("a:lvl1pPr")):
            level.set("algn", "r" if type_of(placeholder) == "sldNum" else "l")
        if new_name == "Kicker":
            _set_look(placeholder, 11, MSO_THEME_COLOR.ACCENT_1, bold=True)


def _set_look(placeholder: Any, size: float, colour: MSO_THEME_COLOR, bold: bool = False) -> None:
    """Set how the text of a placeholder looks on slides by default."""
    [style] = placeholder.element.txBody.iterfind(f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}")
    for default in style.findall(qn("a:defRPr")):
        style.remove(default)
    look = etree.SubElement(style, qn("a:defRPr"), sz=str(round(100 * size)), b=str(int(bold)))
    fill = etree.SubElement(look, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr"), val=MSO_THEME_COLOR.to_xml(colour))


def _move(placeholder: Any, box: tuple[float, ...] | None) -> None:
    """Move a placeholder into its box, without margins; remove it where there is no box."""
    if not box:
        placeholder.element.getparent().remove(placeholder.element)
        return
    placeholder.left, placeholder.top, placeholder.width, placeholder.height = map(Pt, box)
    frame = placeholder.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    if type_of(placeholder) in _FOOTER:
        for style in placeholder.element.txBody.iterfind(f"{qn('a:lstStyle')}/{qn('a:lvl1pPr')}"):
            style.set("algn", "r" if type_of(placeholder) == "sldNum" else "l")
            _set_look(placeholder, 9, MSO_THEME_COLOR.TEXT_2)


if __name__ == "__main__":
    DEFAULT_TEMPLATE.write_bytes(template())
