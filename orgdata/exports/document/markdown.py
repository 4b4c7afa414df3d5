"""A document as Markdown for a chat, a pull request or a wiki. Texts from the data stay text: none
becomes an emphasis, a link, a mention, a picture, a formula or HTML, whatever renders it."""

import re
from functools import singledispatch

from orgdata.exports.document.blocks import (
    Blanks,
    Block,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Paragraph,
    Paths,
    Room,
    Step,
    Table,
    Tiles,
    in_words,
)
from orgdata.formats import plain

_JOINER = "\u2060"  # invisible; it breaks up what would become a link, a mention or a picture
# Addresses, mentions, :pictures:, #1 for issues, and bare domains
_LIVE = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=#)(?=\d)|"
                   r"(?<=:)(?=[\w+-]+(?::|$))|(?<=mailto:)|(?<=[^\W\d_]\.)(?=[^\W\d_]{2})",
                   re.IGNORECASE)
_ALWAYS = re.compile(r"([\\`*_{}\[\]|~]|\$(?!\d))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# The start of a line that would make it a heading or a list
_FIRST = re.compile(r"^([-+=#]|\d{1,9}(?=[.)](?:\s|$)))")


def markdown(page: Page) -> bytes:
    """A document as Markdown; the same page gives the same bytes."""
    page = in_words(page)
    origin = " · ".join(f"{text_of(label)}: {text_of(words)}" for label, words in page.origin)
    band = [f"- {text_of(words)}" if place else f"**{text_of(words)}**\n"
            for place, words in enumerate(page.band)]
    parts = [f"# {text_of(page.title)}", text_of(page.subtitle), origin, "\n".join(band).rstrip(),
             *(_block(block) for block in page.blocks)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def text_of(words: str) -> str:
    """Words as Markdown in which they stay what they are."""
    flat = _LIVE.sub(_JOINER, " ".join(plain(words).split()))
    flat = _ENTITY.sub("&amp;", flat).replace("<", "&lt;").replace(">", "&gt;")
    return _FIRST.sub(_first, _ALWAYS.sub(r"\\\1", flat))


def _first(match: re.Match[str]) -> str:
    sign = match[1]
    return f"{sign}{_JOINER}" if sign.isdigit() else f"\\{sign}"


def _line(line: Line) -> str:
    """A line as Markdown, which has no small print: that follows a dot."""
    texts = [(text.weight, words) for text in line if (words := text_of(text.words))]
    return " ".join(f"**{words}**" if weight == "strong" else
                    f"· {words}" if weight == "quiet" and place else words
                    for place, (weight, words) in enumerate(texts))


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> str:
    return f"## {text_of(block.words)}"


@_block.register
def _(block: Paragraph) -> str:
    words = _line(block.line)
    return f"**{words}**" if block.lead and words else words


@_block.register
def _(block: Items) -> str:
    return "\n".join(map(_item, block.items))


def _item(item: Item) -> str:
    return "\n".join([f"- {_line(item.line)}", *(f"  - {_line(line)}" for line in item.below)])


@_block.register
def _(block: Table) -> str:
    """A table without its bars, whose numbers stand beside them."""
    shown = [number for number, column in enumerate(block.columns) if column.kind != "bar"]
    heads = [block.columns[number] for number in shown]
    rows = [[text_of(str(row[number])) for number in shown] for row in block.rows]
    lines = [[text_of(head.label) for head in heads],
             ["---:" if head.kind == "number" else "---" for head in heads], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@_block.register
def _(block: Tiles) -> str:
    return "\n".join(f"- {text_of(tile.label)}: **{text_of(tile.value)}**"
                     + (f" ({text_of(tile.note)})" if tile.note else "") for tile in block.tiles)


@_block.register
def _(block: Paths) -> str:
    return "\n".join("- " + " → ".join(map(_step, way)) for way in block.ways)


@_block.register
def _(block: Room) -> str:
    return ""  # a text has room wherever somebody writes


@_block.register
def _(block: Blanks) -> str:
    return "\n".join(f"- {text_of(label)}: …" for label in block.labels)


def _step(step: Step) -> str:
    return text_of(step.words) + (f" ({text_of(step.note)})" if step.note else "")
