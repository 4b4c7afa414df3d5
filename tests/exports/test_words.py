"""Every document and message of the demo speaks people's words: no column of ours, no snake_case,
none of the words that a better one has replaced. So does the command line, but for JSON."""

import io

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from orgdata.demo import DEMO
from orgdata.exports.digest import digest
from orgdata.exports.registry import DOCUMENTS
from orgdata.views.explain.explanation import KEPT_IN
from tests import said
from tests.demo_company import alignment
from tests.exports.editions import demo
from tests.exports.reading import read_html
from tests.pages.test_words import names

PRODUCTS = ("P01", "P21", "P35")
MADE = [(name, suffix, product) for name, document in DOCUMENTS.items()
        for suffix in document.makers if suffix != ".pdf"
        for product in (PRODUCTS if document.per_product else (None,))]


def of_deck(content):
    """Every line of every slide and its notes."""
    for slide in Presentation(io.BytesIO(content)).slides:
        shapes = list(slide.shapes)
        for shape in shapes:
            if shape.has_text_frame:
                yield from shape.text_frame.text.split("\n")
            if getattr(shape, "has_table", False):
                yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
            if getattr(shape, "has_chart", False):
                yield from (series.name for plot in shape.chart.plots for series in plot.series)
        yield from slide.notes_slide.notes_text_frame.text.split("\n")


def of_workbook(content):
    """Every text in every sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).to_python():
            yield from (cell for cell in row if isinstance(cell, str))


READ = {".pptx": of_deck, ".xlsx": of_workbook, ".html": lambda content: [read_html(content)],
        ".md": lambda content: content.decode().replace("\\_", "_").split("\n")}


@pytest.mark.parametrize(("name", "suffix", "product"), MADE)
def test_a_document_speaks_peoples_words(name, suffix, product):
    content = DOCUMENTS[name].make(suffix, demo(), product)
    assert said.faults(READ[suffix](content), names()) == []


def test_the_digest_speaks_peoples_words():
    assert said.faults(str(digest(demo())).split("\n"), names()) == []


@pytest.mark.parametrize("options", [(), ("--explain", "OWN01:P21"), ("--explain", "P21"),
                                     ("--explain", "O1"), ("--only", "KR01")])
def test_a_report_speaks_peoples_words(capsys, options):
    from orgdata.cli import main
    assert main(["report", str(DEMO), "--as-of", f"{alignment().as_of:%Y-%m-%d}", *options]) == 0
    lines = [line for line in capsys.readouterr().out.split("\n")
             if not line.startswith(KEPT_IN)]
    assert said.faults(lines, names()) == []
