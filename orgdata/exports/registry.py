"""The documents that can be exported, and their formats: one list for pages and command line."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from orgdata.views.rewording import saying

if TYPE_CHECKING:  # it imports the store, which is slow, and the command line only lists names
    from orgdata.exports.edition import Edition

    Maker = Callable[[Edition, str], bytes]  # from an edition and what it is of: see Document.make

MIMES = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html", ".md": "text/markdown", ".pdf": "application/pdf"}
FORMATS = {".pptx": "PowerPoint", ".xlsx": "Excel", ".html": "HTML", ".md": "Markdown",
           ".pdf": "PDF"}


@dataclass(frozen=True)
class Document:
    """A document that can be exported: its name, what it is for, and the function that makes it in
    each format, by suffix."""

    name: str
    title: str
    about: str
    makers: Mapping[str, "Maker"]
    per_product: bool = False

    @property
    def formats(self) -> list[str]:
        """The formats it can be made in, as in html."""
        return [suffix[1:] for suffix in self.makers]

    def make(self, suffix: str, edition: "Edition", of: str | None = None) -> bytes:
        """Make the document of an edition. One `per_product` needs the id of its product; partner
        sheets may be of one function."""
        with saying(edition.rewording):
            return self.makers[suffix](edition, of or "")

    def file_name(self, suffix: str, day: date, product: str = "") -> str:
        """The name of its file, as in weekly-2026-11-20.html; `product` as in `as_file_name`."""
        return f"{self.name}-{product}{product and '-'}{day:%Y-%m-%d}{suffix}"


# Each function imports its document only when it is called: whoever makes a workbook does not wait
# for the libraries of slides.


def _deck(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.deck import deck
    return deck(edition)


def _weekly_html(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.weekly_pack import pack_html
    return pack_html(edition)


def _weekly_markdown(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.weekly_pack import pack_markdown
    return pack_markdown(edition)


def _workbook(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.workbook import workbook
    return workbook(edition)


def _brief_html(edition: "Edition", product_id: str) -> bytes:
    from orgdata.exports.brief import brief_html
    return brief_html(edition, product_id)


def _brief_pdf(edition: "Edition", product_id: str) -> bytes:
    from orgdata.exports.brief import brief_pdf
    return brief_pdf(edition, product_id)


def _brief_markdown(edition: "Edition", product_id: str) -> bytes:
    from orgdata.exports.brief import brief_markdown
    return brief_markdown(edition, product_id)


def _partners_html(edition: "Edition", function: str) -> bytes:
    from orgdata.exports.partner_sheet import partners_html
    return partners_html(edition, function)


def _partners_pdf(edition: "Edition", function: str) -> bytes:
    from orgdata.exports.partner_sheet import partners_pdf
    return partners_pdf(edition, function)


def _partners_markdown(edition: "Edition", function: str) -> bytes:
    from orgdata.exports.partner_sheet import partners_markdown
    return partners_markdown(edition, function)


def _offsite_html(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.offsite import offsite_html
    return offsite_html(edition)


def _offsite_markdown(edition: "Edition", _: str) -> bytes:
    from orgdata.exports.offsite import offsite_markdown
    return offsite_markdown(edition)


DOCUMENTS = {document.name: document for document in (
    Document("deck", "Weekly deck", "PowerPoint with charts you can edit", {".pptx": _deck}),
    Document("weekly", "Weekly pack", "two pages to print, or text to paste",
             {".html": _weekly_html, ".md": _weekly_markdown}),
    Document("workbook", "Workbook", "all data with filters, and a glossary",
             {".xlsx": _workbook}),
    Document("brief", "Product brief", "one page for the product manager",
             {".html": _brief_html, ".pdf": _brief_pdf, ".md": _brief_markdown},
             per_product=True),
    Document("partners", "Partner sheets", "a page for each function: what is expected both ways",
             {".html": _partners_html, ".pdf": _partners_pdf, ".md": _partners_markdown}),
    Document("offsite", "Off-site pack", "the questions of a quarter with their evidence",
             {".html": _offsite_html, ".md": _offsite_markdown}))}


def as_file_name(text: str) -> str:
    """An id as part of a file name that is valid on any system: letters, digits and - _ only."""
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:50] or "product"


def distinct_names(ids: Iterable[str]) -> dict[str, str]:
    """A different file name for each id, also where case does not count."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        name, number = as_file_name(id_), 1
        while name.casefold() in taken:
            number += 1
            name = f"{as_file_name(id_)}-{number}"
        taken.add(name.casefold())
        names[id_] = name
    return names
