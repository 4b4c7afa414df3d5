"""Tables of a slide: native ones, at the largest size at which all rows fit.

What had to be cut stands whole in the speaker notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from orgdata.exports.deck.colours import ACCENT, HAIR, INK, ON_FILL, QUIET, paint, rule_below
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, lengths, unit, write
from orgdata.exports.deck.text_fit import LINE, cut, height, lines
from orgdata.exports.office import plain
from orgdata.views.palette import BEHIND
from orgdata.views.vocabulary import Tone, Word

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own name for a table without one
_PAD_X = 5.0


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width beside the others, and whether it holds
    numbers."""

    header: str
    width: float
    right: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table whose tone colours what is behind it."""

    text: str
    tone: Tone = "plain"


Cells: TypeAlias = Sequence[str | Cell]


def state(word: Word) -> Cell:
    """A state as a cell: symbol and word, with its colour behind it."""
    return Cell(str(word), word.tone)


def texts(row: Cells) -> list[str]:
    """The words of a row."""
    return [one.text if isinstance(one, Cell) else one for one in row]


def table(slide: Slide, box: Box, columns: Sequence[Column], rows: Sequence[Cells],
          sizes: Sequence[float] = (14, 13, 12, 11), most_lines: int = 2,
          pad: float = 2.5) -> int:
    """A native table as wide as its box, at the largest size at which all rows fit; returns how
    many rows the box holds at the smallest, where the others are left out.

    Cells that take more lines are cut, and stand whole in the notes.
    """
    stretch = box.w / sum(one.width for one in columns)
    columns = [replace(one, width=one.width * stretch) for one in columns]
    for size in sizes:
        cells = [[cut(cell, size, column.width - 2 * _PAD_X, most_lines)
                  for cell, column in zip(texts(row), columns, strict=True)] for row in rows]
        talls = [_row_height(row, columns, size, pad) for row in cells]
        header = max(height(one.header, size, one.width - 2 * _PAD_X, True)
                     for one in columns) + 2 * pad + 1
        if header + sum(talls) <= box.h:
            break
    placed, used = 0, header
    while placed < len(rows) and used + talls[placed] <= box.h:
        used, placed = used + talls[placed], placed + 1
    frame = slide.shapes.add_table(placed + 1, len(columns),
                                   *lengths(slide, box.x, box.y, box.w, used))
    each = unit(slide)
    grid: Any = frame.table
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    grid.horz_banding = False
    for at, one in enumerate(columns):
        grid.columns[at].width = Pt(one.width * each)
        _cell(grid.cell(0, at), Para(plain(one.header), True, QUIET), size, one.right, pad, each)
    grid.rows[0].height = Pt(header * each)
    for number, row in enumerate(cells[:placed], 1):
        grid.rows[number].height = Pt(talls[number - 1] * each)
        for at, (said, one) in enumerate(zip(row, columns, strict=True)):
            behind = _behind(rows[number - 1][at])
            _cell(grid.cell(number, at), Para(said, colour=ON_FILL if behind else INK), size,
                  one.right, pad, each, behind)
    whole = [[plain(said) for said in texts(row)] for row in rows[:placed]]
    add_notes(slide, [" · ".join(row) for row, short in zip(whole, cells, strict=False)
                      if row != short])
    return placed


def _behind(cell: str | Cell) -> str | None:
    """The colour behind a cell."""
    if not isinstance(cell, Cell) or cell.tone not in BEHIND:
        return None
    return BEHIND[cell.tone].removeprefix("#")


def _row_height(row: Sequence[str], columns: Sequence[Column], size: float,
                pad: float) -> float:
    most = max(lines(said, size, one.width - 2 * _PAD_X)
               for said, one in zip(row, columns, strict=True))
    return most * size * LINE + 2 * pad + 1


def _cell(cell: Any, said: Para, size: float, right: bool, pad: float, each: float,
          behind: str | None = None) -> None:
    cell.margin_left = cell.margin_right = Pt(_PAD_X * each)
    cell.margin_top = cell.margin_bottom = Pt(pad * each)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if said.text:
        write(paragraph, said, size * each)
    else:
        paragraph.font.size = Pt(size * each)
    if behind:
        cell.fill.solid()
        paint(cell.fill.fore_color, behind)
    cell._tc.get_or_add_tcPr().insert(0, rule_below(*(
        (ACCENT, 12_700) if said.bold else (HAIR, 6_350))))
