"""A document as one HTML file: without scripts and external files, for screen and paper.

The templates beside this file hold the markup; every text is escaped as it is inserted.
"""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from orgdata.exports.document.blocks import Block, Page, in_words
from orgdata.formats import plain, share
from orgdata.views.palette import BAND, DARK, LIGHT

_UNIT = re.compile(r"(?<=\d) (?=%)")  # a number and its sign stay on one line


def html(page: Page) -> bytes:
    """A document as HTML; the same page gives the same bytes."""
    return _template().render(page=in_words(page)).encode("utf-8", "replace")


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True,
                              undefined=StrictUndefined, finalize=_shown, trim_blocks=True,
                              lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["kind"] = _kind
    environment.globals |= {"share": share, "along": _along, "pairs": _pairs, "light": LIGHT,
                            "dark": DARK, "band": BAND}
    return environment.get_template("page.html.j2")


def _shown(value: object) -> object:
    """The text to insert for a value, before it is escaped; our own markup is left as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNIT.sub("\u00a0", plain(value))
    return value


def _kind(block: Block) -> str:
    """The name of the macro that writes a block."""
    return type(block).__name__


def _pairs(row: tuple[object, ...], columns: tuple[object, ...]) -> list[tuple[object, object]]:
    return list(zip(row, columns, strict=True))


def _along(width: int, part: float) -> str:
    """The position of a share on a bar of this width, never beyond its ends."""
    return f"{width * min(max(part, 0.0), 1.0):.2f}"
