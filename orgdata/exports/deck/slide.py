"""Slides and what stands on them: titles, text that fits its box, notes.

What had to be cut stands whole in the speaker notes.
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
from orgdata.exports.deck.layouts import TALL, Box
from orgdata.exports.deck.template import Deck
from orgdata.exports.deck.text_fit import LINE, cut, fitted, height
from orgdata.exports.office import plain

MOST_NOTES = 40  # rows behind a number; the workbook has all


@dataclass(frozen=True)
class Para:
    """A paragraph: its text and how it looks. `scale` is of the box's font size."""

    text: str
    bold: bool = False
    colour: Colour | str = INK
    bullet: bool = False
    scale: float = 1.0


def page(deck: Deck, kicker: str, title: str, notes: Iterable[str] = ()) -> Slide:
    """A new slide with a short name above its title, which says the answer."""
    layout, slide = deck.page, deck.add(deck.page.layout, frozenset([deck.page.kicker]))
    if layout.kicker is None:
        text(slide, layout.kicker_box, [Para(kicker, bold=True, colour=ACCENT)], (11,))
    else:
        fill(slide, layout.kicker, kicker, layout.kicker_box, (11, 10, 9))
    if fill(slide, 0, title, layout.title, (26, 24, 22, 20, 18, 17, 16)) != plain(title):
        add_notes(slide, [title])
    add_notes(slide, notes)
    return slide


def fill(slide: Slide, holder: int, words: str, box: Box, sizes: Sequence[float],
         bold: bool = True) -> str:
    """Words in a placeholder at the largest size at which they fit, which is returned as shown."""
    frame: Any = next(one for one in slide.placeholders if one.placeholder_format.idx == holder)
    said, size = fitted(words, box.w, box.h, sizes, bold)
    frame.text_frame.text = said
    frame.text_frame.paragraphs[0].font.size = Pt(size * unit(slide))
    return said


def unit(slide: Slide) -> float:
    """How large one of our points is on this slide: all of it is laid out for slides so high."""
    package: Any = slide.part.package
    return float(package.presentation_part.presentation.slide_height / Pt(TALL))


def lengths(slide: Slide, *points: float) -> list[Length]:
    """Our points in the units of a slide."""
    each = unit(slide)
    return [Pt(one * each) for one in points]


def add_notes(slide: Slide, said: Iterable[str]) -> None:
    """Add lines to the speaker notes."""
    more = [plain(line) for line in said]
    frame = slide.notes_slide.notes_text_frame
    if frame is None or not more:
        return
    frame.text = "\n".join([*([frame.text] if frame.text else []), *more])


def text(slide: Slide, box: Box, paragraphs: Sequence[Para], sizes: Sequence[float],
         gap: float = 0.35, ground: Colour | None = None, pad: float = 0.0) -> float:
    """Paragraphs in a box, at the largest size at which all fit; returns the height they take. At
    the smallest, those that do not fit are cut or left out, and all of them stand in the notes."""
    room, tall = box.w - 2 * pad, box.h - 2 * pad
    clean = [replace(one, text=plain(one.text)) for one in paragraphs]
    size = next((size for size in sizes if _tall(clean, size, room, gap) <= tall), sizes[-1])
    shown = _cut_to(clean, size, room, tall, gap)
    shape = slide.shapes.add_textbox(*lengths(slide, box.x, box.y, box.w, box.h))
    if ground:
        shape.fill.solid()
        paint(shape.fill.fore_color, ground)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(
        pad * unit(slide))
    for number, one in enumerate(shown):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        write(paragraph, one, size * one.scale * unit(slide))
        if number < len(shown) - 1:
            paragraph.space_after = Pt(round(gap * size * unit(slide), 1))
    if shown != clean:
        add_notes(slide, [one.text for one in clean])
    return _tall(shown, size, room, gap) + 2 * pad


def _inner(one: Para, size: float, room: float) -> float:
    return room - (1.2 * size if one.bullet else 0)


def _tall(paragraphs: Sequence[Para], size: float, room: float, gap: float) -> float:
    return sum(height(one.text, size * one.scale, _inner(one, size, room), one.bold)
               for one in paragraphs) + gap * size * max(0, len(paragraphs) - 1)


def _cut_to(paragraphs: list[Para], size: float, room: float, tall: float,
            gap: float) -> list[Para]:
    """The paragraphs that fit; the one that does not is cut to the lines left."""
    shown: list[Para] = []
    for one in paragraphs:
        if _tall([*shown, one], size, room, gap) <= tall + 0.01:
            shown.append(one)
            continue
        left = tall - _tall(shown, size, room, gap) - (gap * size if shown else 0)
        most = int((left + 0.01) / (size * one.scale * LINE))
        if most >= 1:
            shown.append(replace(one, text=cut(one.text, size * one.scale,
                                               _inner(one, size, room), most, one.bold)))
        elif shown:
            shown[-1] = replace(shown[-1], text=shown[-1].text.rstrip(".… ") + " …")
        break
    return shown


def write(paragraph: Any, one: Para, size: float) -> None:
    """Write a paragraph at a size in points of the slide."""
    run = paragraph.add_run()
    run.text = one.text
    run.font.size, run.font.bold = Pt(size), one.bold
    paint(run.font.color, one.colour)
    if one.bullet:
        ours = paragraph._p.get_or_add_pPr()
        ours.set("marL", str(Pt(1.1 * size)))
        ours.set("indent", str(-Pt(1.1 * size)))
        ours.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def row_lines(rows: pd.DataFrame, most: int = MOST_NOTES) -> list[str]:
    """Rows as lines for the notes; how many more there are, where there are more."""
    shown = rows.head(most)
    said = ["  " + " · ".join(
        f"{name}: {_said(value)}" for name, value in zip(rows.columns, row, strict=True)
        if not formats.is_unknown(value) and value != "")
        for row in shown.itertuples(index=False, name=None)]
    more = len(rows) - len(shown)
    return [*said, f"  … and {more:,} more rows; the workbook has them all."] if more else said


def _said(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1000 else (
        formats.cell_text(value))
