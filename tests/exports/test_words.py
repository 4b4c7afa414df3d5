"""Every document and message of the demo speaks people's words: no column of ours, no snake_case,
none of the words that a better one has replaced. So does the command line, but for JSON."""

import io
import re
from dataclasses import replace

import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from orgdata.demo import DEMO
from orgdata.evaluation import Known, judge
from orgdata.exports.digest import MOST_WORDS, as_text, digest
from orgdata.exports.registry import DOCUMENTS
from orgdata.measures import align
from orgdata.model.own_words import read_words
from orgdata.views.explain.explanation import KEPT_IN
from tests import renamed, said
from tests.builders import DAY
from tests.demo_company import alignment
from tests.exports.editions import demo
from tests.exports.reading import read_html
from tests.pages.test_words import names

PRODUCTS = ("P01", "P21", "P35")
MADE = [(name, suffix, product) for name, document in DOCUMENTS.items()
        for suffix in document.makers
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


def of_pdf(content):
    """The text of each page on one line: a name may stand on several."""
    for page in PdfReader(io.BytesIO(content)).pages:
        yield " ".join(page.extract_text().replace("\u200b", "").split())


READ = {".pptx": of_deck, ".xlsx": of_workbook, ".pdf": of_pdf, ".html": lambda content: [read_html(content)],
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


@pytest.mark.parametrize(("name", "suffix", "product"), MADE)
def test_a_document_says_our_words_as_the_organisation_does(name, suffix, product):
    content = DOCUMENTS[name].make(suffix, renamed.edition(), product)
    texts = list(READ[suffix](content))
    assert list(renamed.left(texts)) == []
    assert any(re.search("initiative", text, re.IGNORECASE) for text in texts)


def test_sheets_keep_apart_where_a_word_is_that_of_another():
    words = read_words({"outcome": "Link", "product": "Decision"})
    then = renamed.edition()
    portfolio = replace(then.alignment.portfolio, settings=replace(
        then.alignment.portfolio.settings, words=words))
    content = DOCUMENTS["workbook"].make(".xlsx", replace(then, evaluation=judge(
        align(portfolio, DAY), Known())))
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert {"Links", "Decisions"} < set(names)
    assert len({name.lower() for name in names}) == len(names)


def test_the_digest_says_our_words_as_the_organisation_does():
    said_so = digest(renamed.edition())
    assert list(renamed.left(str(said_so).split("\n"))) == []
    assert len(as_text(said_so).split()) <= MOST_WORDS


@pytest.mark.parametrize("options", [(), ("--explain", "OWN01:P21"), ("--explain", "P21"),
                                     ("--explain", "O1"), ("--only", "KR01")])
def test_a_report_says_our_words_as_the_organisation_does(capsys, tmp_path, options):
    from orgdata.cli import main
    assert main(["report", str(DEMO), "--settings", renamed.settings(tmp_path), "--as-of",
                 "2026-11-20", *options]) == 0
    lines = [line for line in capsys.readouterr().out.split("\n") if not line.startswith(KEPT_IN)]
    assert list(renamed.left(lines)) == []


def test_json_is_not_reworded(capsys, tmp_path):
    from orgdata.cli import main
    made = []
    for options in ((), ("--settings", renamed.settings(tmp_path))):
        assert main(["report", str(DEMO), "--as-of", "2026-11-20", "--format", "json", *options]) == 0
        made.append(capsys.readouterr().out)
    assert made[0] == made[1]
