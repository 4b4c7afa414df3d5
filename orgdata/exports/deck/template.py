"""A new deck from a template: our own, or the one that the settings name.

What a template needs is written down in orgdata/docs/FORMATS.md.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PptxPresentation
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from orgdata.exports.deck.layouts import (
    LEAST_TALL,
    LEAST_WIDE,
    TALL,
    Opening,
    Page,
    find_opening,
    find_page,
    footer_box,
    holders,
    kind,
    unit_of,
)
from orgdata.exports.deck.text_fit import fitted
from orgdata.exports.edition import Edition
from orgdata.exports.office import plain
from orgdata.model.settings import SettingsError

OWN = Path(__file__).with_name("template.pptx")  # made by make_template.py
_AT_THE_FOOT = ("As of", "Source", "Filters", "Method", "Data fingerprint")
_SOMEBODY_ELSES = ("printerSettings", "thumbnail")


@dataclass(frozen=True)
class Deck:
    """A deck that is being made, the layouts of its template, and what stands at the foot."""

    file: PptxPresentation
    opening: Opening
    page: Page
    foot: str

    def add(self, layout: SlideLayout, keep: frozenset[int | None]) -> Slide:
        """A new slide with its title, the placeholders whose numbers are to be kept, and what the
        layout has at its foot."""
        slide: Slide = self.file.slides.add_slide(layout)
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx not in keep | {0}:
                holder.element.getparent().remove(holder.element)
        for holder in holders(layout):
            if kind(holder) in ("ftr", "sldNum"):
                self._copy_foot(slide, layout, holder)
        return slide

    def _copy_foot(self, slide: Slide, layout: SlideLayout, holder: Any) -> None:
        """PowerPoint shows what stands at the foot of a layout on slides that have it as well."""
        tree, ours = slide.shapes._spTree, deepcopy(holder.element)
        ours.nvSpPr.cNvPr.id = max(int(one) for one in tree.xpath("//@id") if one.isdigit()) + 1
        tree.append(ours)
        if kind(holder) == "ftr":
            box, unit = footer_box(layout), unit_of(self.file)
            room = (box.w if box else Pt(TALL) / Pt(1)) / unit
            said, size = fitted(self.foot, room - 2, (box.h / unit) if box else 12, (9, 8, 7))
            frame: Any = slide.shapes[-1]
            frame.text_frame.text = said
            frame.text_frame.paragraphs[0].runs[0].font.size = Pt(size * unit)


def new_deck(edition: Edition) -> Deck:
    """An empty deck. Raises SettingsError where the template of the settings cannot be used."""
    file, opening, page = open_template(edition.alignment.portfolio.settings.template)
    about, day = file.core_properties, datetime.combine(edition.day, time())
    about.title, about.subject = "Weekly portfolio review", plain(edition.source)[:255]
    about.author = about.last_modified_by = "Portfolio alignment"
    about.keywords, about.comments = "", f"Data fingerprint {edition.fingerprint}"
    about.created, about.modified, about.revision = day, day, 1
    return Deck(file, opening, page, " · ".join(
        f"{label}: {words}" for label, words in edition.origin() if label in _AT_THE_FOOT))


def open_template(path: Path | None) -> tuple[PptxPresentation, Opening, Page]:
    """A template without slides, and its layouts; None is our own. Raises SettingsError where the
    file is none, or lacks what slides need."""
    file = _read(path or OWN, f"settings: documents.template: {path}")
    opening, page = find_opening(file), find_page(file)
    if not opening or not page:
        raise SettingsError(
            f"settings: documents.template: {path} has no layout with a title and room for "
            f"content below it, at least {LEAST_WIDE:.0f} × {LEAST_TALL:.0f} points of a slide "
            f"{TALL:.0f} high")
    return file, opening, page


def _read(path: Path, named: str) -> PptxPresentation:
    try:
        if not path.is_file():
            raise SettingsError(f"{named} does not exist")
        file = Presentation(str(path))
        empty(file)
        return file
    except SettingsError:
        raise
    except Exception as error:  # a file can be broken in any way, and each breaks another part
        raise SettingsError(f"{named} is no PowerPoint presentation (.pptx) that can be read"
                            ) from error


def empty(file: PptxPresentation) -> None:
    """Leave out the slides of a template, what refers to them, and what was somebody else's."""
    ids = file.slides._sldIdLst
    for one in list(ids):
        file.part.drop_rel(one.rId)
        ids.remove(one)
    for tag in ("p:custShowLst", "p:extLst"):  # sections of slides are in the latter
        for element in file.element.findall(qn(tag)):
            file.element.remove(element)
    for part in (file.part, file.part.package):
        rels = part._rels
        for rid in [rid for rid, rel in rels.items() if rel.reltype.endswith(_SOMEBODY_ELSES)]:
            rels.pop(rid)
