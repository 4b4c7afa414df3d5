"""Add slides, and titles, texts and speaker notes to them.

Text that is cut to fit its box is whole in the speaker notes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Length, Pt

from orgdata import formats
from orgdata.exports.deck.colours import (
    ACCENT,
    INK,
    Colour,
    paint,
)
from orgdata.exports.deck.layouts import SLIDE_HEIGHT, Box
from orgdata.exports.deck.template import Deck
from orgdata.exports.deck.text_fit import LINE, cut, fitted, height
from orgdata.exports.office import plain
from orgdata.views.rewording import said

MOST_NOTES = 40  # rows behind a number; the workbook has all


@dataclass(frozen=True)
class Para:
    """A paragraph: its text and how it looks. `scale` multiplies the font size of its box."""

    text: str
    bold: bool = False
    colour: Colour | str = INK
    bullet: bool = False
    scale: float = 1.0


def page(deck: Deck, kicker: str, title: str, notes: Iterable[str] = ()) -> Slide:
    """Add a slide with a kicker, which is a short name, above the title, which says the answer."""
    layout, slide = deck.page, deck.add(deck.page.layout, frozenset([deck.page.kicker]))
    if layout.kicker is None:
        text(slide, layout.kicker_box, [Para(kicker, bold=True, colour=ACCENT)], (11,))
    else:
        fill(slide, layout.kicker, kicker, layout.kicker_box, (11, 10, 9))
    if fill(slide, 0, title, layout.title, (26, 24, 22, 20, 18, 17, 16)) != plain(said(title)):
        add_notes(slide, [title])
    add_notes(slide, notes)
    return slide


def fill(slide: Slide, number: int, text: str, box: Box, sizes: Sequence[float],
         bold: bool = True) -> str:
    """Write text in a placeholder at the largest size at which it fits; returns it as shown."""
    placeholder: Any = next(placeholder for placeholder in slide.placeholders
                            if placeholder.placeholder_format.idx == number)
    shown, size = fitted(said(text), box.w, box.h, sizes, bold)
    placeholder.text_frame.text = shown
    placeholder.text_frame.paragraphs[0].font.size = Pt(size * slide_scale(slide))
    return shown


def slide_scale(slide: Slide) -> float:
    """The real height of a slide as a multiple of SLIDE_HEIGHT, for which all is laid out."""
    package: Any = slide.part.package
    return float(package.presentation_part.presentation.slide_height / Pt(SLIDE_HEIGHT))


def lengths(slide: Slide, *points: float) -> list[Length]:
    """Lengths for a slide of SLIDE_HEIGHT as lengths on this slide."""
    scale = slide_scale(slide)
    return [Pt(length * scale) for length in points]


def add_notes(slide: Slide, lines: Iterable[str]) -> None:
    """Add lines to the speaker notes."""
    more = [plain(said(line)) for line in lines]
    frame = slide.notes_slide.notes_text_frame
    if frame is None or not more:
        return
    frame.text = "\n".join([*([frame.text] if frame.text else []), *more])


def text(slide: Slide, box: Box, paragraphs: Sequence[Para], sizes: Sequence[float],
         gap: float = 0.35, ground: Colour | None = None, pad: float = 0.0) -> float:
    """Add a box of paragraphs, at the largest size at which all fit; returns the height they take.

    Where they fit at none, some are cut or left out, and all of them are in the notes.
    """
    room, most_height = box.w - 2 * pad, box.h - 2 * pad
    clean = [replace(para, text=plain(said(para.text))) for para in paragraphs]
    size = next((size for size in sizes
                 if _height(clean, size, room, gap) <= most_height), sizes[-1])
    shown = _cut_to(clean, size, room, most_height, gap)
    shape = slide.shapes.add_textbox(*lengths(slide, box.x, box.y, box.w, box.h))
    if ground:
        shape.fill.solid()
        paint(shape.fill.fore_color, ground)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(
        pad * slide_scale(slide))
    for number, para in enumerate(shown):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        write(paragraph, para, size * para.scale * slide_scale(slide))
        if number < len(shown) - 1:
            paragraph.space_after = Pt(round(gap * size * slide_scale(slide), 1))
    if shown != clean:
        add_notes(slide, [para.text for para in paragraphs])
    return _height(shown, size, room, gap) + 2 * pad


def _inner(para: Para, size: float, room: float) -> float:
    return room - (1.2 * size if para.bullet else 0)


def _height(paragraphs: Sequence[Para], size: float, room: float, gap: float) -> float:
    return sum(height(para.text, size * para.scale, _inner(para, size, room), para.bold)
               for para in paragraphs) + gap * size * max(0, len(paragraphs) - 1)


def _cut_to(paragraphs: list[Para], size: float, room: float, most_height: float,
            gap: float) -> list[Para]:
    """The paragraphs that fit; the first that does not is cut to the lines left."""
    shown: list[Para] = []
    for para in paragraphs:
        if _height([*shown, para], size, room, gap) <= most_height + 0.01:
            shown.append(para)
            continue
        left = most_height - _height(shown, size, room, gap) - (gap * size if shown else 0)
        most = int((left + 0.01) / (size * para.scale * LINE))
        if most >= 1:
            shown.append(replace(para, text=cut(para.text, size * para.scale,
                                                _inner(para, size, room), most, para.bold)))
        elif shown:
            shown[-1] = replace(shown[-1], text=shown[-1].text.rstrip(".… ") + " …")
        break
    return shown


def write(paragraph: Any, para: Para, size: float) -> None:
    """Write a paragraph at a size in points of the slide."""
    run = paragraph.add_run()
    run.text = para.text
    run.font.size, run.font.bold = Pt(size), para.bold
    paint(run.font.color, para.colour)
    if para.bullet:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Pt(1.1 * size)))
        properties.set("indent", str(-Pt(1.1 * size)))
        properties.append(parse_xml(
            f'<a:buChar {nsdecls("a")} char="•"/>'))


def row_lines(rows: pd.DataFrame, most: int = MOST_NOTES) -> list[str]:
    """Rows as lines for the notes, and a line that counts those left out."""
    shown = rows.head(most)
    lines = ["  " + " · ".join(
        f"{name}: {_as_text(value)}" for name, value in zip(rows.columns, row, strict=True)
        if not formats.is_unknown(value) and value != "")
        for row in shown.itertuples(index=False, name=None)]
    more = len(rows) - len(shown)
    return ([*lines, f"  … and {more:,} more rows; the workbook has them all."] if more
            else lines)


def _as_text(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1000 else (
        formats.cell_text(value))
