"""What Office files share: text from data that is inert in them, and archives that are the same
bytes for the same content."""

import io
import re
import zipfile

from orgdata import formats

MOST = 32_767  # characters of a cell
_UNPAIRED = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip archive can name


def plain(value: object) -> str:
    """Text from data on one line: white space is one space, control characters and signs that
    turn the reading order are left out, and half a character is �."""
    return _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", " ".join(formats.plain(value).split()))


def cell(value: object) -> str:
    """The same, no longer than a cell of a workbook can be; what is cut says so with a …"""
    text = plain(value)
    return text if len(text) <= MOST else f"{text[:MOST - 1]}…"


def repacked(archive: bytes) -> bytes:
    """A zip archive with the same entries, and nothing in it of when it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, \
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
