"""Read the XML in a workbook: which file holds which sheet, how styles show numbers, and how long
the shared texts are. A document type is refused, so that no entity can be expanded."""

import posixpath
import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from xml.parsers import expat

from orgdata.sources.limits import (
    SHEETS,
    TAG,
    TEXTS,
    Allowance,
    TooLarge,
    check_names,
    format_bytes,
)
from orgdata.sources.zipped import BadZip

PERCENT = "%"
_BUILT_IN = {"9": PERCENT, "10": PERCENT}  # number formats a workbook need not define
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^][]*\]|_.|\*.')  # parts of a format that only decorate
_SHEET = re.compile(r"(?:/?xl/)?(\w+sheets/[^/]+\.xml)", re.IGNORECASE)


def sheet_files(book: bytes, relations: bytes, allowed: Allowance) -> dict[str, str]:
    """The file of each sheet in the workbook, in lower case, by sheet name. Raises BadZip where two
    readers could find another one, and TooLarge."""
    targets: dict[str, str] = {}
    files: dict[str, str] = {}

    def relation(name: str, attrs: dict[str, str]) -> None:
        if name == "Relationship":
            if attrs.get("Id", "") in targets:
                raise BadZip("a part of it is named twice")
            targets[attrs.get("Id", "")] = attrs.get("Target", "")

    def sheet(name: str, attrs: dict[str, str]) -> None:
        if name == "sheet":
            links = [value for key, value in attrs.items() if local_name(key) == "id"]
            if len(links) > 1 or attrs.get("name", "") in files:
                raise BadZip("a sheet of it stands twice")
            if len(files) == SHEETS:
                raise TooLarge(f"it has more than {SHEETS:,} sheets, the most that is read")
            check_names([attrs.get("name", "")])
            match = _SHEET.fullmatch(targets.get("".join(links), ""))
            files[attrs.get("name", "")] = posixpath.join("xl", match[1]).lower() if match else ""

    _each_element(relations, relation, allowed)
    _each_element(book, sheet, allowed)
    return files


def number_formats(styles: bytes, allowed: Allowance) -> dict[str, str]:
    """Styles that show numbers as percentages ("%") or with leading zeros ("000")."""
    codes = dict(_BUILT_IN)
    formats: dict[str, str] = {}
    inside, style = False, 0

    def element(name: str, attrs: dict[str, str]) -> None:
        nonlocal inside, style
        if name == "numFmt":
            codes[attrs.get("numFmtId", "")] = _shown_as(attrs.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyles"):
            inside, style = name == "cellXfs", 0
        elif name == "xf" and inside:
            if shown := codes.get(attrs.get("numFmtId", "")):
                formats[str(style)] = shown
            style += 1

    _each_element(styles, element, allowed)
    return formats


def _shown_as(code: str) -> str:
    plain = _LITERAL.sub("", code.split(";")[0])
    return PERCENT if PERCENT in plain else plain if re.fullmatch("00+", plain) else ""


def text_lengths(strings: Iterable[bytes], allowed: Allowance) -> Sequence[int]:
    """The length of each shared text of a workbook. Raises BadZip or TooLarge."""
    lengths = array("q")
    reader = new_reader()

    def start(name: str, attrs: dict[str, str]) -> None:
        if local_name(name) == "si":
            if len(lengths) == TEXTS:
                raise TooLarge(f"it has more than {TEXTS:,} texts, the most that is read")
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    reader.StartElementHandler, reader.CharacterDataHandler = start, text
    parse(reader, strings, allowed)
    return lengths


@lru_cache(1_000)  # asked for at every cell
def local_name(name: str) -> str:
    """The name of an XML tag without its prefix, which ends at the first colon."""
    prefix, colon, local = name.partition(":")
    return local if colon else prefix


def _each_element(xml: bytes, element: Callable[[str, dict[str, str]], None],
                  allowed: Allowance) -> None:
    reader = new_reader()
    reader.StartElementHandler = lambda name, attrs: element(local_name(name), attrs)
    parse(reader, [xml], allowed)


def new_reader() -> expat.XMLParserType:
    """An XML parser that refuses a document type, and takes any text for UTF-8: read in another
    encoding it could hide tags from us that are there for the reader of cells."""
    reader = expat.ParserCreate("utf-8")
    reader.buffer_text = True
    reader.StartDoctypeDeclHandler = _refuse
    return reader


def _refuse(*_: object) -> None:
    raise BadZip("it declares a document type, as no workbook does")


def parse(reader: expat.XMLParserType, pieces: Iterable[bytes], allowed: Allowance) -> None:
    """Feed pieces of XML to a parser. Raises BadZip if they are not XML, and TooLarge."""
    fed = 0
    try:
        for piece in pieces:
            if b"\0" in piece:
                raise BadZip("it is damaged (its XML is not written in UTF-8)")
            allowed.parse(piece.count(b"<"))
            reader.Parse(piece, False)
            fed += len(piece)
            if fed - reader.CurrentByteIndex > TAG:
                raise TooLarge(f"a tag of it is longer than {format_bytes(TAG)}, as none is")
        reader.Parse(b"", True)
    except (BadZip, TooLarge):
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadZip(f"it is damaged ({error})") from None
