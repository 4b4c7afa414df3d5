"""What can be taken along, in which formats: one list for the pages and the command line."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # the store it knows of is slow to import, and the command line lists kinds
    from orgdata.exports.edition import Edition

MIMES = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html", ".md": "text/markdown", ".pdf": "application/pdf"}
FORMATS = {".pptx": "PowerPoint", ".xlsx": "Excel", ".html": "HTML", ".md": "Markdown",
           ".pdf": "PDF"}


@dataclass(frozen=True)
class Document:
    """One document: what it is called, what it is for, and for each suffix what makes it.

    Makers are named as module:function of this room and imported when first needed: a page or a
    command that makes a workbook has no use for what makes slides.
    """

    name: str
    title: str
    about: str
    makers: dict[str, str]
    of_product: bool = False

    def made(self, suffix: str, edition: "Edition", product_id: str | None = None) -> bytes:
        """The document of an edition; one `of_product` needs to know which."""
        module, function = self.makers[suffix].split(":")
        maker = cast(Callable[..., bytes],
                     getattr(import_module(f"orgdata.exports.{module}"), function))
        return maker(edition, product_id) if self.of_product else maker(edition)

    def file_name(self, suffix: str, day: date, of: str = "") -> str:
        """As in weekly-2026-11-20.html; `of` says of which product (see `as_file_name`)."""
        return f"{self.name}-{of}{of and '-'}{day:%Y-%m-%d}{suffix}"


DOCUMENTS = {one.name: one for one in (
    Document("deck", "Weekly deck", "slides with charts that can be edited",
             {".pptx": "deck:deck"}),
    Document("weekly", "Weekly pack", "two pages to print, or text for a chat or a wiki",
             {".html": "weekly_pack:pack_html", ".md": "weekly_pack:pack_markdown"}),
    Document("workbook", "Workbook", "every table with filters, and what each column means",
             {".xlsx": "workbook:workbook"}),
    Document("brief", "Product brief", "one page about one product for who answers for it",
             {".html": "brief:brief_html", ".pdf": "brief:brief_pdf",
              ".md": "brief:brief_markdown"}, of_product=True),
    Document("offsite", "Off-site pack", "the questions of a quarter with their evidence",
             {".html": "offsite:offsite_html", ".md": "offsite:offsite_markdown"}))}


def as_file_name(text: str) -> str:
    """An id as part of a file's name on any system: letters, digits and - _ only."""
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:50] or "product"


def distinct_names(ids: Iterable[str]) -> dict[str, str]:
    """A different file name for each id, also where case does not count."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in ids:
        name, number = as_file_name(one), 1
        while name.casefold() in taken:
            number += 1
            name = f"{as_file_name(one)}-{number}"
        taken.add(name.casefold())
        found[one] = name
    return found
