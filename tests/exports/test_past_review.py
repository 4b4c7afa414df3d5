"""Documents made from a past review, or compared with a week of an earlier method, say so."""

from dataclasses import replace
from datetime import date

from orgdata.changes import compare
from orgdata.exports.digest import digest
from orgdata.exports.registry import DOCUMENTS
from orgdata.gaps import find_gaps
from tests.builders import aligned
from tests.exports.editions import tiny
from tests.exports.reading import closed, read_markdown, read_pdf
from tests.exports.test_deck import about, cells, opened
from tests.exports.test_workbook import sheets

TABLES = {"outcomes": "O1", "products": "P1"}
PAST = "The review of 20 Nov 2026 (Board) as it was seen when Ada closed it on 23 Nov 2026."
SINCE = "13 Nov 2026, found under method 0"
WARNS = "What was seen on 13 Nov 2026 was found under method 0, and is measured by method "


def test_every_document_names_both():
    before, now = aligned(as_of=date(2026, 11, 13), **TABLES), tiny(**TABLES)
    changes = compare(before, find_gaps(before), now.alignment, now.gaps, ("0", "2"))
    edition = replace(now, changes=changes, past=PAST)
    made = {name: document.make(max(document.makers), edition, "P1")
            for name, document in DOCUMENTS.items()}
    said = {name: read_markdown(made[name]) for name in ("weekly", "offsite")}
    said["brief"] = read_pdf(made["brief"])[1]
    said["deck"] = str(cells(opened(made["deck"]).slides[-1]))
    said["workbook"] = str(sheets(made["workbook"]))
    for words in said.values():
        assert closed(PAST) in closed(words)
        assert closed(SINCE) in closed(words)
    changed = about(made["deck"], "What changed").shapes
    assert "Seen then under an earlier method: figures may differ." in digest(edition).rest
    for words in (said["weekly"], " ".join(shape.text_frame.text for shape in changed if shape.has_text_frame)):
        assert WARNS in words
    assert "Past review" not in str(now.origin())
