"""The workbook: every table of the report as a sheet with filters, real dates and numbers, and a
sheet that explains each column. The same edition gives the same bytes."""

from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.exports.workbook import findings, portfolio
from orgdata.exports.workbook.columns import MOST_CELLS, Col, Sheet
from orgdata.exports.workbook.write import written
from orgdata.model.problems import most_of_each
from orgdata.views import answers, vocabulary

SHEETS = (portfolio.headlines, portfolio.outcomes, portfolio.products,
          portfolio.managers, portfolio.links,
          portfolio.key_results, findings.gaps,
          findings.patterns, findings.not_judged, findings.not_evaluated, findings.problems,
          findings.changes, findings.decisions, findings.roadblocks)


def workbook(edition: Edition) -> bytes:
    """The workbook of one edition."""
    tables = _fitted([table for sheet in SHEETS if (table := sheet(edition)) is not None])
    explained = [_columns(tables), _words()]
    return written(edition, _about(edition, [*explained, *tables]), [*explained, *tables])


def _fitted(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with at most `MOST_CELLS` in all; the largest ones are cut, to one size."""
    most = most_of_each([len(sheet.rows) * len(sheet.columns) for sheet in sheets], MOST_CELLS)
    return [_cut(sheet, most // len(sheet.columns)) for sheet in sheets]


def _cut(sheet: Sheet, most: int) -> Sheet:
    return replace(sheet, rows=sheet.rows.head(most),
                   left=sheet.left + max(len(sheet.rows) - most, 0))


def _about(edition: Edition, sheets: list[Sheet]) -> list[tuple[str, str]]:
    """The lines of the first sheet: the origin of the workbook, and what each sheet holds."""
    notice = edition.filter_notice()
    return [("In one sentence", answers.overview(edition.alignment)), ("", ""),
            *zip(("What if", *["It changes"] * len(edition.band)), edition.band, strict=False),
            *edition.origin(), *([("Lists", notice)] if notice else []), ("", ""),
            ("How to read it", "Each state is a symbol and a word; colours only repeat it. Blank "
             "cells are unknown or do not apply. Percentages are rounded to hundredths, but "
             "100 % is all, and 0 % nothing at all. Text that looks like a formula is text."),
            ("", ""),
            *((sheet.name, f"{sheet.about} {formats.count(len(sheet.rows), 'row')}. "
                           f"{sheet.left_out}".rstrip())
              for sheet in sheets)]


def _columns(sheets: list[Sheet]) -> Sheet:
    rows = [(sheet.name, column.header, column.about)
            for sheet in sheets for column in sheet.columns]
    return Sheet("Columns", "What each column of each sheet means.", (
        Col("sheet", "Sheet", "Where the column is."), Col("column", "Column", "Its header."),
        Col("about", "What it means", "In the words of the method.", "long")),
        pd.DataFrame(rows, columns=["sheet", "column", "about"]))


def _words() -> Sheet:
    """Every word of state with its symbol and its meaning."""
    kinds = (("Coverage", vocabulary.COVERAGE), ("State of a link", vocabulary.LINK),
             ("Status", vocabulary.STATUS), ("Freshness", vocabulary.FRESHNESS))
    rows = [(kind, str(word), word.meaning) for kind, words in kinds for word in words.values()]
    rows += [("Check", f"{vocabulary.CHECKED['passes'].symbol} {check}", word.meaning)
             for check, word in vocabulary.CHECK.items()]
    return Sheet("Words", "What each word of state means.", (
        Col("kind", "Of what", "What the word applies to."),
        Col("word", "Word", "Symbol and word, as in the sheets."),
        Col("about", "What it means", "In the words of the method.", "long")),
        pd.DataFrame(rows, columns=["kind", "word", "about"]))
