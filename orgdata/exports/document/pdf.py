"""A document as a PDF, made by typst. It gets texts as data, so none is read as markup. Latin,
Greek and Cyrillic are set in a font that is installed with us, so every machine gives the same
bytes; for Chinese, Japanese, Korean and emoji those that Debian installs are used if there."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import font_source_sans_pro
import typst

from orgdata.exports.document.blocks import Block, Page, in_words
from orgdata.exports.document.pdf_template import TEMPLATE
from orgdata.formats import plain
from orgdata.views.palette import BAND

_OURS = ("SourceSansPro-Regular.otf", "SourceSansPro-Bold.otf")
_DEBIANS = ("opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Bold.ttc",
            "truetype/droid/DroidSansFallbackFull.ttf", "truetype/noto/NotoColorEmoji.ttf")
_LONG = re.compile(r"(\S{24})(?=\S)")  # where words without a space may break
_UNIT = re.compile(r"(?<=\d) (?=%)")  # a number and its sign stay on one line


def pdf(page: Page) -> bytes:
    """A document as a PDF of the page's date; the same page gives the same bytes."""
    page, day = in_words(page), page.day
    content = {"title": page.title, "subtitle": page.subtitle, "origin": page.origin,
               "band": page.band, "tint": dict(BAND),
               "blocks": [{"kind": type(block).__name__, **_fields(block)}
                          for block in page.blocks]}
    data = json.dumps({**_words(content), "date": [day.year, day.month, day.day]},
                      ensure_ascii=False)
    timestamp = datetime.combine(day, time(), UTC)
    with TemporaryDirectory() as folder:
        for path in _font_files():
            Path(folder, path.name).symlink_to(path)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[Path(folder)])
        return bytes(typst.compile(TEMPLATE.encode(), font_paths=fonts, timestamp=timestamp,
                                   sys_inputs={"page": data}))


def _font_files() -> list[Path]:
    ours = Path(font_source_sans_pro.font_directory)
    more = (Path("/usr/share/fonts", name) for name in _DEBIANS)
    return [*(ours / name for name in _OURS), *filter(Path.exists, more)]


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
