"""A document as a PDF, made by typst. It gets texts as data, so none is read as markup, and uses
only the fonts it ships with, so every machine gives the same bytes."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

import typst

from orgdata.exports.document.blocks import Block, Page
from orgdata.exports.document.pdf_template import TEMPLATE
from orgdata.formats import plain

_LONG = re.compile(r"(\S{24})(?=\S)")  # where words without a space may break
_UNIT = re.compile(r"(?<=\d) (?=%)")  # a number and its sign stay on one line


def pdf(page: Page) -> bytes:
    """A document as a PDF of the page's date; the same page gives the same bytes."""
    day = page.day
    content = {"title": page.title, "subtitle": page.subtitle, "origin": page.origin,
               "blocks": [{"kind": type(block).__name__, **_fields(block)}
                          for block in page.blocks]}
    data = json.dumps({**_words(content), "date": [day.year, day.month, day.day]},
                      ensure_ascii=False)
    timestamp = datetime.combine(day, time(), UTC)
    return bytes(typst.compile(TEMPLATE.encode(), ignore_system_fonts=True, timestamp=timestamp,
                               sys_inputs={"page": data}))


def _fields(block: Block) -> dict[str, Any]:
    return asdict(block)


def _words(value: Any) -> Any:
    """A value with each text in it on one line, without control characters, and breakable."""
    if isinstance(value, str):
        flat = plain(value).encode("utf-8", "replace").decode("utf-8")
        return _LONG.sub("\\1\u200b", _UNIT.sub("\u00a0", flat))
    if isinstance(value, dict):
        return {key: item if key in ("kind", "weight") else _words(item)
                for key, item in value.items()}
    return [_words(item) for item in value] if isinstance(value, list | tuple) else value
