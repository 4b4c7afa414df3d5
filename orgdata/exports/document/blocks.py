"""A document before it has a format: headings, paragraphs, lists, tables, small bars.

Each document is written once, as a `Page`; `html`, `markdown` and `pdf` turn it into bytes. All
texts are plain: whatever they contain is shown, and never read as markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

from orgdata.views.rewording import said, said_in_cell

Weight = Literal["plain", "strong", "quiet"]


@dataclass(frozen=True)
class Text:
    """A piece of a line with one weight."""

    words: str
    weight: Weight = "plain"


Line = tuple[Text, ...]


def line(*parts: str | Text) -> Line:
    """A line of pieces of text, without the empty ones."""
    texts = (part if isinstance(part, Text) else Text(part) for part in parts)
    return tuple(text for text in texts if text.words.strip())


def strong(words: str) -> Text:
    """Text in bold."""
    return Text(words, "strong")


def quiet(words: str) -> Text:
    """Text in small print."""
    return Text(words, "quiet")


@dataclass(frozen=True)
class Heading:
    """The heading of a section."""

    words: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of one line; the lead is the answer that a document opens with."""

    line: Line
    lead: bool = False


@dataclass(frozen=True)
class Item:
    """An entry of a list, with lines below it."""

    line: Line
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Items:
    """A list of entries."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bar:
    """A share (0–1, None where unknown) as a bar, with a mark for the share to compare it with.
    The numbers stand beside it as text."""

    share: float | None
    mark: float | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers are aligned to the right, bars have no heading."""

    label: str
    kind: Literal["text", "number", "bar"] = "text"


@dataclass(frozen=True)
class Table:
    """A table. `about` describes it for readers who do not see it."""

    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Bar, ...], ...]


@dataclass(frozen=True)
class Tile:
    """One number at the top of a document, with a note."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Tiles:
    """The numbers at the top of a document."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Step:
    """One step of a path, as an objective; a missing one does not exist yet."""

    words: str
    note: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Paths:
    """Paths, as from a product to an outcome, each with its steps."""

    ways: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Room:
    """Room to write in, of one to five lines: by hand on paper, or on the screen before it is
    printed."""

    lines: int


@dataclass(frozen=True)
class Blanks:
    """Room to write in by hand, below each of these labels."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | Items | Table | Tiles | Paths | Room | Blanks


@dataclass(frozen=True)
class Page:
    """A whole document: its title, its origin, its blocks, and the band above them."""

    title: str
    subtitle: str
    day: date
    origin: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    band: tuple[str, ...] = ()  # of a scenario: that it is one, and its changes; in colour, first


def items(entries: Iterable[Item], otherwise: str) -> Items | Paragraph:
    """A list of entries, or a sentence where there are none."""
    listed = tuple(entries)
    return Items(listed) if listed else Paragraph(line(otherwise))


def in_words(page: Page) -> Page:
    """A page with every text in the words of the organisation, where they are its own."""
    renamed: Page = _in_words(page)
    return renamed


def _in_words(part: Any) -> Any:
    if isinstance(part, str):
        return said(part)
    if isinstance(part, Table):
        return replace(part, about=said(part.about), columns=_in_words(part.columns), rows=tuple(
            tuple(said_in_cell(cell) if isinstance(cell, str) else cell for cell in row)
            for row in part.rows))
    if isinstance(part, tuple):
        return tuple(map(_in_words, part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    return replace(part, **{field.name: _in_words(getattr(part, field.name)) for field in
                            fields(part) if field.name not in ("weight", "kind")})
