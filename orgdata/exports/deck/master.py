"""The deck's own master: 16:9, two layouts, the colours of the pages, what it is at the foot.

Built from what python-pptx starts with, so that no binary template has to be kept.
"""

import re
from datetime import datetime, time

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from orgdata.exports.deck.text_fit import cut
from orgdata.exports.edition import Edition
from orgdata.exports.office import plain
from orgdata.views import palette
from orgdata.views.palette import OFFICE

WIDE, TALL, SIDE = 960, 540, 40  # points: the slide, and its margin left and right
INK, QUIET, ACCENT, PALE, HAIR = (colour.removeprefix("#") for colour in (
    OFFICE.ink, OFFICE.quiet, OFFICE.part, OFFICE.fill, OFFICE.line))
_ACCENTS = {f"accent{number}": colour.removeprefix("#") for number, colour in enumerate(
    (palette.SKY, palette.GREEN, palette.AMBER, palette.VERMILION, palette.GREY), 2)}
_THEME = {"dk1": INK, "lt1": OFFICE.ground.removeprefix("#"), "dk2": QUIET, "lt2": PALE,
          "accent1": ACCENT, **_ACCENTS, "hlink": ACCENT, "folHlink": QUIET}
_FONT = "Arial"
_LAYOUTS = {"Title Slide": "Opening", "Title Only": "Page"}
_KEPT = ("title", "ctrTitle", "subTitle", "body")
OPENING, PAGE = 0, 1


def new_deck(edition: Edition) -> Deck:
    """An empty deck with its master."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(TALL)
    _only_our_layouts(deck)
    _coloured(deck)
    _placed(deck, edition)
    _properties(deck, edition)
    return deck


def _only_our_layouts(deck: Deck) -> None:
    for layout in list(deck.slide_layouts):
        if layout.name not in _LAYOUTS:
            deck.slide_layouts.remove(layout)
        else:
            layout.name = _LAYOUTS[layout.name]
    package = deck.part.package
    for part, kind in ((deck.part, "printerSettings"), (package, "thumbnail")):
        rels = part._rels
        for rid in [rid for rid, rel in rels.items() if rel.reltype.endswith(kind)]:
            rels.pop(rid)  # a picture and the printer of somebody else's deck


def _coloured(deck: Deck) -> None:
    """Colours and fonts of the theme."""
    [theme] = [rel.target_part for rel in deck.slide_master.part.rels.values()
               if rel.reltype.endswith("/theme")]
    xml = theme.blob.decode()
    for name, colour in _THEME.items():
        xml = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
                     xml, flags=re.S)
    xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", xml)
    theme._blob = re.sub(r'(<a:theme [^>]*name=")[^"]*', r"\g<1>Portfolio alignment", xml).encode()


def _placed(deck: Deck, edition: Edition) -> None:
    """Where titles stand, and what stands on every slide."""
    master = deck.slide_master
    for place in (master, *deck.slide_layouts):
        for shape in list(place.placeholders):
            if shape.element.ph.get("type", "body") not in _KEPT:
                shape.element.getparent().remove(shape.element)
    boxes = {"title": (SIDE, 38, WIDE - 2 * SIDE, 62), "body": (SIDE, 110, WIDE - 2 * SIDE, 380),
             "ctrTitle": (SIDE, 110, WIDE - 2 * SIDE, 80),
             "subTitle": (SIDE, 196, WIDE - 2 * SIDE, 60)}
    for place in (master, *deck.slide_layouts):
        for shape in place.placeholders:
            x, y, w, h = boxes[shape.element.ph.get("type", "body")]
            shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(w), Pt(h)
            body = shape.element.txBody.bodyPr
            for side in ("lIns", "rIns", "tIns", "bIns"):
                body.set(side, "0")
            body.set("anchor", "t")
    styles = master.element.find(qn("p:txStyles"))
    for level in styles.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr")).find(qn("a:defRPr")).set("b", "1")
    for layout in deck.slide_layouts:
        for level in layout.element.iter(qn("a:lvl1pPr")):
            level.set("algn", "l")
    foot = " · ".join(f"{label}: {words}" for label, words in edition.origin()
                      if label in ("As of", "Source", "Filters", "Method", "Data fingerprint"))
    tree = master.shapes._spTree
    tree.append(_line(len(tree) + 10))
    tree.append(_said(len(tree) + 10, "Origin", SIDE, 760,
                      f"<a:r><a:rPr lang=\"en-GB\" sz=\"900\"/><a:t>{_xml(cut(foot, 9, 750, 1))}"
                      "</a:t></a:r>", "l"))
    tree.append(_said(len(tree) + 10, "Slide number", WIDE - SIDE - 60, 60,
                      '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
                      '<a:rPr lang="en-GB" sz="900"/><a:t>‹#›</a:t></a:fld>', "r"))


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _line(number: int) -> object:
    return parse_xml(
        f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="{number}" name="Foot line"/>'
        '<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{Pt(SIDE)}" y="{Pt(506)}"/><a:ext cx="{Pt(WIDE - 2 * SIDE)}" cy="0"/>'
        '</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="{HAIR}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>')


def _said(number: int, name: str, x: float, w: float, run: str, side: str) -> object:
    """A line of small text at the foot."""
    coloured = run.replace("/><a:t>", '><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
                           "</a:rPr><a:t>")
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{Pt(x)}" y="{Pt(512)}"/><a:ext cx="{Pt(w)}" cy="{Pt(14)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{side}"/>{coloured}</a:p></p:txBody></p:sp>')


def _properties(deck: Deck, edition: Edition) -> None:
    about, day = deck.core_properties, datetime.combine(edition.day, time())
    about.title, about.subject = "Weekly portfolio review", plain(edition.source)[:255]
    about.author = about.last_modified_by = "Portfolio alignment"
    about.keywords, about.comments = "", f"Data fingerprint {edition.fingerprint}"
    about.created, about.modified, about.revision = day, day, 1
