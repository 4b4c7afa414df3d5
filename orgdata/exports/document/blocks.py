"""A document before it has a format: headings, paragraphs, lists, tables, small bars.

Each pack is written once, as a `Page`; `html`, `markdown` and `typeset` turn it into bytes. All
words are plain text: whatever they hold, they are shown and never read as markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Weight = Literal["plain", "strong", "quiet"]


@dataclass(frozen=True)
class Text:
    """A run of words."""

    words: str
    weight: Weight = "plain"


Line = tuple[Text, ...]


def line(*parts: str | Text) -> Line:
    """Runs of words one after the other, the empty ones left out."""
    texts = (part if isinstance(part, Text) else Text(part) for part in parts)
    return tuple(text for text in texts if text.words.strip())


def strong(words: str) -> Text:
    """Words that stand out."""
    return Text(words, "strong")


def quiet(words: str) -> Text:
    """Words in small print."""
    return Text(words, "quiet")


@dataclass(frozen=True)
class Heading:
    """Opens a section."""

    words: str


@dataclass(frozen=True)
class Paragraph:
    """A line of its own; the lead is the answer that a document opens with."""

    line: Line
    lead: bool = False


@dataclass(frozen=True)
class Item:
    """An entry of a list, with what stands below it."""

    line: Line
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bar:
    """A share (0–1, None where unknown) as a bar, and what is to be compared with as a mark. A
    picture of numbers that stand beside it in words."""

    share: float | None
    mark: float | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right, pictures have no heading."""

    label: str
    kind: Literal["text", "number", "bar"] = "text"


@dataclass(frozen=True)
class Table:
    """Rows below columns. `about` says what the table shows to those who do not see it."""

    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Bar, ...], ...]


@dataclass(frozen=True)
class Tile:
    """One number on top of a page, with what else there is to say of it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Tiles:
    """The numbers on top of a page."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Step:
    """One station of a way; a missing one is what is not there yet."""

    words: str
    note: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Paths:
    """Paths from one thing to another, each with its stations."""

    ways: tuple[tuple[Step, ...], ...]


Block = Heading | Paragraph | Items | Table | Tiles | Paths


@dataclass(frozen=True)
class Page:
    """A whole document: what it is called, what it was made from, and its blocks."""

    title: str
    subtitle: str
    day: date
    origin: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def items(entries: Iterable[Item], otherwise: str) -> Items | Paragraph:
    """A list, or a sentence where there is nothing to list."""
    found = tuple(entries)
    return Items(found) if found else Paragraph(line(otherwise))
