"""A new deck from a template: the default one, or the one that the settings name.

What a template needs is described in orgdata/docs/FORMATS.md.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PptxPresentation
from pptx.slide import Slide, SlideLayout
from pptx.util import Length, Pt

from orgdata.exports.deck.colours import paint
from orgdata.exports.deck.layouts import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    SLIDE_HEIGHT,
    Opening,
    Page,
    find_opening,
    find_page,
    footer_box,
    placeholders,
    scale_of,
    type_of,
)
from orgdata.exports.deck.text_fit import fitted
from orgdata.exports.edition import Edition
from orgdata.exports.office import plain
from orgdata.model.settings import SettingsError
from orgdata.sources.limits import Allowance, TooLarge
from orgdata.sources.zipped import BadZip, Entries
from orgdata.views.palette import BAND
from orgdata.views.rewording import said

DEFAULT_TEMPLATE = Path(__file__).with_name("template.pptx")  # made by make_template.py
_FOOTER_LABELS = ("As of", "Source", "Filters", "Method", "Data fingerprint")
_BAND = 16.0  # points of a slide of SLIDE_HEIGHT that the band takes
_ENTRIES, _TAGS = 20_000, 100_000  # files in a template; tags of its layouts: each has hundreds
_NOT_COPIED = ("printerSettings", "thumbnail")  # parts that belong to the template alone


@dataclass(frozen=True)
class Deck:
    """A deck in the making, the layouts of its template, and the text of its footer."""

    file: PptxPresentation
    opening: Opening
    page: Page
    footer: str
    band: str = ""  # in colour at the top of every slide: that a scenario is shown

    def add(self, layout: SlideLayout, numbers: frozenset[int | None]) -> Slide:
        """Add a slide with its title, the placeholders of the given numbers, and the footer."""
        slide: Slide = self.file.slides.add_slide(layout)
        for placeholder in list(slide.placeholders):
            if placeholder.placeholder_format.idx not in numbers | {0}:
                placeholder.element.getparent().remove(placeholder.element)
        for placeholder in placeholders(layout):
            if type_of(placeholder) in ("ftr", "sldNum"):
                self._copy_footer(slide, layout, placeholder)
        if self.band:
            self._add_band(slide)
        return slide

    def _add_band(self, slide: Slide) -> None:
        scale, corner = scale_of(self.file), Pt(0)
        shape: Any = slide.shapes.add_textbox(corner, corner, self.file.slide_width,
                                              Pt(_BAND * scale))
        shape.name = "Scenario"
        shape.fill.solid()
        paint(shape.fill.fore_color, BAND["ground"].removeprefix("#"))
        frame = shape.text_frame
        frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        width = Length(self.file.slide_width or 0).pt / scale
        text, size = fitted(self.band, width - 2 * _BAND, _BAND, (9, 8, 7))
        frame.text = text
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(size * scale), True
        paint(font.color, BAND["ink"].removeprefix("#"))

    def _copy_footer(self, slide: Slide, layout: SlideLayout, placeholder: Any) -> None:
        """Copy a placeholder of the footer: PowerPoint does not show the layout's on slides."""
        tree, copy = slide.shapes._spTree, deepcopy(placeholder.element)
        copy.nvSpPr.cNvPr.id = max(int(id_) for id_ in tree.xpath("//@id") if id_.isdigit()) + 1
        tree.append(copy)
        if type_of(placeholder) == "ftr":
            box, scale = footer_box(layout), scale_of(self.file)
            width = (box.w if box else Pt(SLIDE_HEIGHT) / Pt(1)) / scale
            text, size = fitted(self.footer, width - 2, (box.h / scale) if box else 12, (9, 8, 7))
            frame: Any = slide.shapes[-1]
            frame.text_frame.text = text
            frame.text_frame.paragraphs[0].runs[0].font.size = Pt(size * scale)


def new_deck(edition: Edition) -> Deck:
    """An empty deck. Raises SettingsError where the template of the settings cannot be used."""
    file, opening, page = open_template(edition.alignment.portfolio.settings.template)
    properties, day = file.core_properties, datetime.combine(edition.day, time())
    properties.title, properties.subject = "Weekly portfolio review", plain(edition.source)[:255]
    properties.author = properties.last_modified_by = "Portfolio alignment"
    properties.keywords, properties.comments = "", f"Data fingerprint {edition.fingerprint}"
    properties.created, properties.modified, properties.revision = day, day, 1
    return Deck(file, opening, page, " · ".join(
        f"{label}: {value}" for label, value in edition.origin() if label in _FOOTER_LABELS),
        said(edition.tried.sentence) if edition.tried else "")


def open_template(path: Path | None) -> tuple[PptxPresentation, Opening, Page]:
    """A template without its slides, and its layouts; None is the default one. Raises SettingsError
    where the file is no template, or lacks what slides need."""
    file, opening, page = _read(path or DEFAULT_TEMPLATE, f"settings: documents.template: {path}")
    if not opening or not page:
        raise SettingsError(
            f"settings: documents.template: {path} has no layout with a title and room for "
            f"content below it, at least {LEAST_WIDTH:.0f} × {LEAST_HEIGHT:.0f} points of a slide "
            f"{SLIDE_HEIGHT:.0f} high")
    return file, opening, page


def _read(path: Path, label: str) -> tuple[PptxPresentation, Opening | None, Page | None]:
    try:
        if not path.is_file():
            raise SettingsError(f"{label} does not exist")
        _check_size(path, label)
        file = Presentation(str(path))
        remove_content(file)
        return file, find_opening(file), find_page(file)
    except SettingsError:
        raise
    except Exception as error:  # a file can be broken in any way, and each breaks another part
        raise SettingsError(f"{label} is no PowerPoint presentation (.pptx) that can be read"
                            ) from error


def _check_size(path: Path, label: str) -> None:
    """Raises SettingsError for a file that unpacks to far more than it is, or whose layouts are
    made of more than layouts are."""
    try:
        entries = Entries(path.read_bytes(), Allowance(), _ENTRIES)
        tags = sum(entries.read(name).count(b"<") for name in entries.names
                   if name.startswith(("ppt/slideMasters/", "ppt/slideLayouts/")))
    except (BadZip, TooLarge) as error:
        raise SettingsError(f"{label} is no PowerPoint presentation (.pptx) that can be read: "
                            f"{error}") from None
    if tags > _TAGS:
        raise SettingsError(f"{label}: its layouts are made of {tags:,} tags; at most {_TAGS:,} "
                            "are read")


def remove_content(file: PptxPresentation) -> None:
    """Remove a template's slides, all that refers to them, its thumbnail and printer settings."""
    slide_ids = file.slides._sldIdLst
    for slide_id in list(slide_ids):
        file.part.drop_rel(slide_id.rId)
        slide_ids.remove(slide_id)
    for tag in ("p:custShowLst", "p:extLst"):  # sections of slides are in the latter
        for element in file.element.findall(qn(tag)):
            file.element.remove(element)
    for part in (file.part, file.part.package):
        relations = part._rels
        for id_ in [id_ for id_, relation in relations.items()
                    if relation.reltype.endswith(_NOT_COPIED)]:
            relations.pop(id_)
