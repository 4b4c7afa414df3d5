"""A page as one HTML file: no script, nothing from elsewhere, readable on screen and on paper.

Every word passes `_text`, the one place where it is escaped.
"""

import re
from functools import singledispatch
from html import escape

from orgdata.exports.document.blocks import (
    Bar,
    Block,
    Column,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Paragraph,
    Paths,
    Step,
    Table,
    Tiles,
)
from orgdata.exports.document.html_style import STYLE
from orgdata.formats import plain, share

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_UNIT = re.compile(r"(?<=\d) (?=%)")  # a number and its sign stay on one line
_TAGS = {"strong": "strong", "quiet": "small"}


def html(page: Page) -> bytes:
    """The same page gives the same bytes."""
    title = _text(f"{page.title} · {page.subtitle}" if page.subtitle else page.title)
    origin = "".join(f"<div><dt>{_text(label)}</dt> <dd dir=\"auto\">{_text(words)}</dd></div>"
                     for label, words in page.origin)
    body = "\n".join(_block(block) for block in page.blocks)
    whole = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style></head>\n<body><main>\n"
        f'<header><h1 dir="auto">{_text(page.title)}</h1>'
        + (f'<p class="subtitle" dir="auto">{_text(page.subtitle)}</p>' if page.subtitle else "")
        + f"<dl>{origin}</dl></header>\n{body}\n</main></body></html>\n")
    return whole.encode("utf-8", "replace")


def _text(words: str) -> str:
    return _UNIT.sub("\u00a0", escape(plain(words)))


def _line(line: Line) -> str:
    return " ".join(
        f'<{tag} dir="auto">{_text(text.words)}</{tag}>' if (tag := _TAGS.get(text.weight))
        else _text(text.words) for text in line)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> str:
    return f"<h2>{_text(block.words)}</h2>"


@_block.register
def _(block: Paragraph) -> str:
    return f'<p{" class=lead" if block.lead else ""}>{_line(block.line)}</p>'


@_block.register
def _(block: Items) -> str:
    return f"<ul>{''.join(map(_item, block.items))}</ul>"


def _item(item: Item) -> str:
    below = "".join(f"<div>{_line(line)}</div>" for line in item.below)
    return f"<li>{_line(item.line)}{below}</li>\n"


@_block.register
def _(block: Table) -> str:
    heads = "".join(f'<th scope="col" class="{column.kind}">{_text(column.label)}</th>'
                    for column in block.columns)
    rows = "\n".join(
        "<tr>" + "".join(_cell(cell, column)
                         for cell, column in zip(row, block.columns, strict=True)) + "</tr>"
        for row in block.rows)
    return (f'<div class="table"><table><caption>{_text(block.about)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>")


def _cell(cell: str | Bar, column: Column) -> str:
    """A cell; on a narrow screen, where rows are blocks, its column's label stands before it."""
    if isinstance(cell, str):
        return (f'<td class="{column.kind}" data-label="{_text(column.label)}" dir="auto">'
                f"{_text(cell)}</td>")
    return f'<td class="bar">{_bar(cell)}</td>'


def _bar(bar: Bar) -> str:
    """Filled as far as the share goes, with a mark; empty and dashed where it is unknown."""
    if bar.share is None:
        return ('<svg viewBox="0 0 100 12" role="img" aria-label="unknown">'
                '<rect class="unknown" x="0.5" y="2.5" width="99" height="7"/></svg>')
    told = share(bar.share) + (f", mark at {share(bar.mark)}" if bar.mark is not None else "")
    mark = "" if bar.mark is None else (
        f'<rect class="mark" x="{98 * _within(bar.mark):.2f}" y="0" width="2" height="12"/>')
    return (f'<svg viewBox="0 0 100 12" role="img" aria-label="{_text(told)}">'
            '<rect class="all" x="0" y="2" width="100" height="8"/>'
            f'<rect class="part" x="0" y="2" width="{100 * _within(bar.share):.2f}" height="8"/>'
            f"{mark}</svg>")


def _within(part: float) -> float:
    return min(max(part, 0.0), 1.0)


@_block.register
def _(block: Tiles) -> str:
    tiles = "".join(f"<div><dt>{_text(tile.label)}</dt><dd>{_text(tile.value)}"
                    + (f"<small>{_text(tile.note)}</small>" if tile.note else "") + "</dd></div>"
                    for tile in block.tiles)
    return f'<dl class="tiles">{tiles}</dl>'


@_block.register
def _(block: Paths) -> str:
    return '<ul class="ways">' + "\n".join(
        "<li>" + '<span class="to"> → </span>'.join(map(_step, way)) + "</li>"
        for way in block.ways) + "</ul>"


def _step(step: Step) -> str:
    note = f"<small>{_text(step.note)}</small>" if step.note else ""
    kind = "step missing" if step.missing else "step"
    return f'<span class="{kind}" dir="auto">{_text(step.words)}{note}</span>'
