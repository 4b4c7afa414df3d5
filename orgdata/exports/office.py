"""Text from data for Office files, in which nothing is active, and zip archives that are the same
bytes for the same content."""

import io
import re
import zipfile

from orgdata import formats

MOST_CHARACTERS = 32_767  # of a cell in a workbook
_UNPAIRED = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip archive can name


def plain(value: object) -> str:
    """Text from data on one line: white space is one space, control characters and signs that
    turn the reading order are left out, and half a character is �."""
    return _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", " ".join(formats.plain(value).split()))


def cell(value: object) -> str:
    """Text from data on one line for a cell of a workbook, cut where it is too long for a cell."""
    text = plain(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS - 1]}…"


def repacked(archive: bytes) -> bytes:
    """A zip archive with the same entries, but without the time at which it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, \
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
