"""Add PowerPoint tables to slides, at the largest size at which all rows fit.

Text that is cut is whole in the speaker notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from orgdata.exports.deck.colours import ACCENT, HAIR, INK, ON_FILL, QUIET, line_below, paint
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, lengths, slide_scale, write
from orgdata.exports.deck.text_fit import LINE, cut, height, lines
from orgdata.exports.office import plain
from orgdata.views.palette import BEHIND
from orgdata.views.rewording import said, said_in_cell
from orgdata.views.vocabulary import Tone, Word

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the id of Office for a table without a style
_PAD_X = 5.0


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its relative width, whether it is set to the right, and the
    most lines of a cell where they are others than the table's."""

    header: str
    width: float
    right: bool = False
    lines: int | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a table with a background in the colour of its tone."""

    text: str
    tone: Tone = "plain"


Cells: TypeAlias = Sequence[str | Cell]


def state(word: Word) -> Cell:
    """A cell that shows a state: its symbol and word, on its colour."""
    return Cell(str(word), word.tone)


def texts(row: Cells) -> list[str]:
    """The texts of the cells of a row."""
    return [cell.text if isinstance(cell, Cell) else cell for cell in row]


def table(slide: Slide, box: Box, columns: Sequence[Column], rows: Sequence[Cells],
          sizes: Sequence[float] = (14, 13, 12, 11), most_lines: int = 2,
          pad: float = 2.5) -> int:
    """Add a table as wide as its box, at the largest size at which all rows fit; returns the number
    of its rows.

    Rows that do not fit at the smallest size are left out. Cells of more than `most_lines` lines
    are cut, and whole in the notes.
    """
    stretch = box.w / sum(column.width for column in columns)
    columns = [replace(column, header=said(column.header), width=column.width * stretch)
               for column in columns]
    whole = [[plain(said_in_cell(text)) for text in texts(row)] for row in rows]
    for size in sizes:
        cells = [[cut(cell, size, column.width - 2 * _PAD_X, column.lines or most_lines)
                  for cell, column in zip(row, columns, strict=True)] for row in whole]
        heights = [_row_height(row, columns, size, pad) for row in cells]
        header = max(height(column.header, size, column.width - 2 * _PAD_X, True)
                     for column in columns) + 2 * pad + 1
        if header + sum(heights) <= box.h:
            break
    placed, used = 0, header
    while placed < len(rows) and used + heights[placed] <= box.h:
        used, placed = used + heights[placed], placed + 1
    frame = slide.shapes.add_table(placed + 1, len(columns),
                                   *lengths(slide, box.x, box.y, box.w, used))
    scale = slide_scale(slide)
    grid: Any = frame.table
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    grid.horz_banding = False
    for at, column in enumerate(columns):
        grid.columns[at].width = Pt(column.width * scale)
        _cell(grid.cell(0, at), Para(plain(column.header), True, QUIET), size, column.right, pad,
              scale)
    grid.rows[0].height = Pt(header * scale)
    for number, row in enumerate(cells[:placed], 1):
        grid.rows[number].height = Pt(heights[number - 1] * scale)
        for at, (text, column) in enumerate(zip(row, columns, strict=True)):
            behind = _behind(rows[number - 1][at])
            _cell(grid.cell(number, at), Para(text, colour=ON_FILL if behind else INK), size,
                  column.right, pad, scale, behind)
    add_notes(slide, [" · ".join(texts(rows[number])) for number in range(placed)
                      if whole[number] != cells[number]])
    return placed


def _behind(cell: str | Cell) -> str | None:
    """The background colour of a cell, if it has one."""
    if not isinstance(cell, Cell) or cell.tone not in BEHIND:
        return None
    return BEHIND[cell.tone].removeprefix("#")


def _row_height(row: Sequence[str], columns: Sequence[Column], size: float,
                pad: float) -> float:
    most = max(lines(text, size, column.width - 2 * _PAD_X)
               for text, column in zip(row, columns, strict=True))
    return most * size * LINE + 2 * pad + 1


def _cell(cell: Any, para: Para, size: float, right: bool, pad: float, scale: float,
          behind: str | None = None) -> None:
    cell.margin_left = cell.margin_right = Pt(_PAD_X * scale)
    cell.margin_top = cell.margin_bottom = Pt(pad * scale)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if para.text:
        write(paragraph, para, size * scale)
    else:
        paragraph.font.size = Pt(size * scale)
    if behind:
        cell.fill.solid()
        paint(cell.fill.fore_color, behind)
    cell._tc.get_or_add_tcPr().insert(0, line_below(*(
        (ACCENT, 12_700) if para.bold else (HAIR, 6_350))))
