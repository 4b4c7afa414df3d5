"""Read the XML in a workbook: which file holds which sheet, how styles show numbers, and how long
the shared texts are. A document type is refused, so that no entity can be expanded."""

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from xml.parsers import expat

from orgdata.sources.limits import TooLarge
from orgdata.sources.zipped import BadZip

PERCENT = "%"
_BUILT_IN = {"9": PERCENT, "10": PERCENT}  # number formats a workbook need not define
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^][]*\]|_.|\*.')  # parts of a format that only decorate
_SHEET = re.compile(r"(?:/?xl/)?(\w+sheets/[^/]+\.xml)", re.IGNORECASE)


def sheet_files(book: bytes, relations: bytes) -> dict[str, str]:
    """The file of each sheet in the workbook, in lower case, by sheet name."""
    targets = {attrs.get("Id", ""): attrs.get("Target", "") for name, attrs in
               _elements([relations]) if name == "Relationship"}
    files: dict[str, str] = {}
    for name, attrs in _elements([book]):
        if name == "sheet":
            link = next((value for key, value in attrs.items() if key.endswith(":id")), "")
            if match := _SHEET.fullmatch(targets.get(link, "")):
                files.setdefault(attrs.get("name", ""), posixpath.join("xl", match[1]).lower())
    return files


def number_formats(styles: bytes) -> dict[str, str]:
    """Styles that show numbers as percentages ("%") or with leading zeros ("000")."""
    codes = dict(_BUILT_IN)
    formats: dict[str, str] = {}
    inside, style = False, 0
    for name, attrs in _elements([styles]):
        if name == "numFmt":
            codes[attrs.get("numFmtId", "")] = _shown_as(attrs.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyles"):
            inside, style = name == "cellXfs", 0
        elif name == "xf" and inside:
            if shown := codes.get(attrs.get("numFmtId", "")):
                formats[str(style)] = shown
            style += 1
    return formats


def _shown_as(code: str) -> str:
    plain = _LITERAL.sub("", code.split(";")[0])
    return PERCENT if PERCENT in plain else plain if re.fullmatch("00+", plain) else ""


def text_lengths(strings: Iterable[bytes]) -> list[int]:
    """The length of each shared text of a workbook."""
    lengths: list[int] = []
    reader = new_reader()

    def start(name: str, attrs: dict[str, str]) -> None:
        if local_name(name) == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    reader.StartElementHandler, reader.CharacterDataHandler = start, text
    parse(reader, strings)
    return lengths


@lru_cache(1_000)  # asked for at every cell
def local_name(name: str) -> str:
    """The name of an XML tag without its prefix."""
    return name.rpartition(":")[2]


def _elements(pieces: Iterable[bytes]) -> list[tuple[str, dict[str, str]]]:
    elements: list[tuple[str, dict[str, str]]] = []
    reader = new_reader()
    reader.StartElementHandler = lambda name, attrs: elements.append((local_name(name), attrs))
    parse(reader, pieces)
    return elements


def new_reader() -> expat.XMLParserType:
    """An XML parser that refuses a document type."""
    reader = expat.ParserCreate()
    reader.buffer_text = True
    reader.StartDoctypeDeclHandler = _refuse
    return reader


def _refuse(*_: object) -> None:
    raise BadZip("it declares a document type, as no workbook does")


def parse(reader: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Feed pieces of XML to a parser. Raises BadZip if they are not XML."""
    try:
        for piece in pieces:
            reader.Parse(piece, False)
        reader.Parse(b"", True)
    except (BadZip, TooLarge):
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadZip(f"it is damaged ({error})") from None
