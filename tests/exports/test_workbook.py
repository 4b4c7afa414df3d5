"""The workbook, opened with calamine, as XML, and with LibreOffice where it is installed."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from orgdata import exports, formats
from orgdata.evaluation import evaluate
from orgdata.exports.edition import Edition
from orgdata.exports.workbook import findings, workbook
from orgdata.load import load
from orgdata.views import answers
from orgdata.views.palette import BEHIND
from orgdata.views.vocabulary import LINK
from tests.exports import editions
from tests.exports.editions import demo, narrowed, tiny
from tests.exports.office import converted, parts
from tests.exports.reading import HOSTILE

SHEETS = ["About", "Columns", "Words", "Headlines", "Outcomes", "Products", "Product managers", "Links", "Key results",
          "Gaps", "Patterns", "Not evaluated", "Problems"]
REAL = ("sourcegraph", "canada", "canada_full", "nyc")
FORMULA = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0",
           '=HYPERLINK("http://example.com")', "http://example.com", "mailto:a@example.com",
           "internal:About!A1", "{=1+1}", "_x0041_")


@cache
def demo_workbook() -> bytes:
    """The workbook of the demo, made once for all tests."""
    return workbook(demo())


@cache
def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(content: bytes, sheet: str) -> pd.DataFrame:
    header, *rows = sheets(content)[sheet]
    return pd.DataFrame(rows, columns=header, dtype=object)


def sheet_xml(content: bytes, name: str) -> str:
    number = list(sheets(content)).index(name) + 1
    return parts(content)[f"xl/worksheets/sheet{number}.xml"].decode()


def colours(content: bytes, sheet: str, column: str) -> dict[str, str | None]:
    """The colour behind each word of a column."""
    styles = ElementTree.fromstring(parts(content)["xl/styles.xml"])
    fills = [None if (one := fill.find(".//{*}fgColor")) is None else f"#{one.get('rgb')[2:]}"
             for fill in styles.iterfind("{*}fills/{*}fill")]
    looks = [fills[int(look.get("fillId"))] for look in styles.iterfind("{*}cellXfs/{*}xf")]
    at = sheets(content)[sheet][0].index(column)
    rows = ElementTree.fromstring(sheet_xml(content, sheet)).iterfind("{*}sheetData/{*}row")
    cells = [row[at] for row in list(rows)[1:]]
    return {word: looks[int(cell.get("s"))]
            for word, cell in zip(table(content, sheet)[column], cells, strict=True)}


def test_about_says_what_it_is_made_of():
    said = {row[0]: row[1] for row in sheets(demo_workbook())["About"]}
    assert {label: said[label] for label, _ in demo().origin()} == dict(demo().origin())
    assert said["In one sentence"] == answers.overview(demo().alignment)
    assert said["Products"].endswith("40 rows.")
    assert list(sheets(demo_workbook())) == [*SHEETS, "Changes", "Decisions", "Roadblocks"]


def test_every_column_is_explained():
    content = demo_workbook()
    explained = table(content, "Columns")
    for name, rows in sheets(content).items():
        if name not in ("About", "Columns", "Words"):
            own = explained[explained["Sheet"] == name]
            assert own["Column"].tolist() == rows[0], name
            assert (own["What it means"].str.len() > 5).all()
    words = table(content, "Words")
    assert set(map(str, LINK.values())) <= set(words["Word"])


@pytest.mark.parametrize("name", SHEETS[1:])
def test_every_sheet_has_a_filter_and_a_header_that_stays(name):
    xml = sheet_xml(demo_workbook(), name)
    assert "<autoFilter " in xml
    assert 'state="frozen"' in xml
    assert "<hyperlink" not in xml
    assert "<f>" not in xml


def test_numbers_and_days_are_real():
    content = demo_workbook()
    alignment = demo().alignment
    outcomes = table(content, "Outcomes").set_index("Outcome id")
    assert outcomes.loc["O2", "Weight"] == pytest.approx(0.15)
    assert outcomes.loc["O2", "Due"] == date(2027, 3, 31)
    assert outcomes["Spend (USD per year)"].sum() == pytest.approx(alignment.money.linked)
    products = table(content, "Products")
    assert products["Spend (USD per year)"].sum() == pytest.approx(alignment.money.spend)
    assert products["Product"].tolist() == alignment.products.sort_values(
        ["business_area", "name"])["name"].tolist(), "in order of area and name, never a rank"
    heads = table(content, "Headlines").set_index("Headline")
    assert heads.loc["Spend backed by OKRs", "Number"] == pytest.approx(
        alignment.headlines.aligned_spend_pct)
    assert heads.loc["Outcomes covered", ["Value", "Number", "Of what"]].tolist() == [
        "4 of 6", 4, "outcomes"]
    assert heads.loc["Outcome coverage", ["Value", "Number", "Of what"]].tolist() == [
        "80 %", pytest.approx(80), "percent"]
    assert 'formatCode="&quot;$&quot;#,##0"' in parts(content)["xl/styles.xml"].decode()


def test_states_are_symbol_and_word_with_colours_beside():
    content = demo_workbook()
    assert set(table(content, "Links")["State"]) == set(map(str, LINK.values()))
    assert set(table(content, "Products")["Has a PM"]) == {"✓ yes", "✗ no"}
    behind = colours(content, "Links", "State")
    assert behind == {str(word): BEHIND[word.tone] for word in LINK.values()}
    assert colours(content, "Gaps", "Severity")["▲ high"] == BEHIND["bad"]
    assert colours(content, "Gaps", "Severity")["● low"] is None, "not as what is on track"


def test_every_row_of_the_report_is_there():
    content, edition = demo_workbook(), demo()
    assert table(content, "Gaps")["Key"].tolist() == edition.gaps.rows["key"].tolist()
    assert len(table(content, "Links")) == len(edition.alignment.links)
    assert len(table(content, "Key results")) == len(edition.alignment.key_results)
    planned = table(content, "Gaps").set_index("Key").loc["OUT01:O2"]
    assert planned[["State", "Owner", "Due"]].tolist() == ["planned", "Kenji Watanabe",
                                                          date(2026, 11, 30)]
    decided = table(content, "Decisions")
    assert decided["State"].tolist() == ["▽ overdue", "○ open", *["✓ done"] * 5]
    assert decided.loc[0, "Due"] == date(2026, 11, 13)
    assert len(table(content, "Changes")) == len(edition.changes.rows)


def test_sheets_that_do_not_fit_are_cut_and_say_so(monkeypatch):
    whole = sheets(workbook(demo()))
    lengths = {name: len(rows) - 1 for name, rows in whole.items() if name not in SHEETS[:3]}
    cells = sum(lengths[name] * len(whole[name][0]) for name in lengths)
    monkeypatch.setattr(exports.workbook, "MOST_CELLS", cells - 200)
    content = workbook(demo())
    about, cells_left = dict(row[:2] for row in sheets(content)["About"]), 0
    for name, length in lengths.items():
        header, *rows = sheets(content)[name]
        assert header == whole[name][0]
        if rows != whole[name][1:]:  # cut, with a last line that says so
            left = length + 1 - len(rows)
            said = f"{formats.count(left, 'more row')} of this list did not fit into the workbook"
            assert rows[-1][0].startswith(said)
            assert said in about[name]
            assert f'ref="A1:{"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(header) - 1]}{len(rows)}"' in (
                sheet_xml(content, name).split("<autoFilter", 1)[1])
            rows, cells_left = rows[:-1], cells_left + left * len(header)
        assert rows == whole[name][1:len(rows) + 1]
    assert 200 <= cells_left < 200 + 25 * len(lengths)


def test_of_very_many_gaps_only_those_that_fit_are_made(monkeypatch):
    monkeypatch.setattr(findings, "MOST_CELLS", 40)
    gaps = findings.gaps(demo())
    assert (len(gaps.rows), gaps.left) == (2, len(demo().gaps.rows) - 2)


def test_no_person_is_listed_with_a_status():
    """Key results have an owner, products a manager; whose are off track or not aligned is for
    nobody to list."""
    content = demo_workbook()
    for name in ("Key results", "Products", "Links"):
        assert not {"Owner", "Accountable", "Product manager"} & set(table(content, name)), name
    assert list(table(content, "Product managers")) == ["Product", "Product manager", "Product id"]


def test_lists_are_narrowed_and_say_so():
    content = workbook(narrowed("P06", "P07"))
    assert set(table(content, "Products")["Product id"]) == {"P06", "P07"}
    assert set(table(content, "Links")["Product id"]) <= {"P06", "P07"}
    assert 0 < len(table(content, "Gaps")) < len(demo().gaps.rows)
    said = {row[0]: row[1] for row in sheets(content)["About"]}
    assert said["Filters"] == "Area: Payments"
    assert said["Lists"].startswith("Lists show only 2 of 40 products")
    assert table(content, "Headlines").equals(table(demo_workbook(), "Headlines"))


def test_nothing_loaded_makes_a_workbook():
    content = workbook(tiny(products=""))
    assert list(sheets(content)) == SHEETS
    assert len(table(content, "Products")) == 0
    assert len(table(content, "Not evaluated")) > 0
    parts(content)


def test_the_same_edition_gives_the_same_bytes():
    content = workbook(demo())
    assert content == workbook(replace(demo()))
    core = parts(content)["docProps/core.xml"].decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2026-11-20T00:00:00Z"}


def test_hostile_names_stay_words():
    content = workbook(editions.hostile())
    for name, part in parts(content).items():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in part
            assert b"<f " not in part
    names = table(content, "Products").set_index("Product id")["Product"]
    for number, one in enumerate(HOSTILE):
        if f"P{number}" in names and not re.search("[\x00-\x1f\u202a-\u202e\ufffe]", one):
            assert names[f"P{number}"] == " ".join(one.split())


@pytest.mark.parametrize("text", FORMULA)
def test_what_looks_like_a_formula_is_text(text):
    content = workbook(tiny(products=[{"product_id": "P1", "name": text, "role_statement": text}]))
    parts(content)
    assert "<f>" not in sheet_xml(content, "Products")
    assert table(content, "Products").loc[0, ["Product", "Purpose"]].tolist() == [
        text.strip()] * 2


def test_what_a_cell_cannot_hold_is_cut_or_written_as_text():
    content = workbook(replace(tiny(
        outcomes=[{"outcome_id": "O1", "name": "x", "due_date": "1812-06-24",
                   "target": "1e15"}], products="P1"), filters="x" * 40_000))
    row = table(content, "Outcomes").loc[0]
    longest = max((str(cell) for line in sheets(content)["About"] for cell in line), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("…")
    assert row["Due"] == "1812-06-24"
    assert row["Target"] == 1e15


@pytest.mark.parametrize(("currency", "code"), [
    ("USD", '"$"#,##0'), ("CHF", '#,##0" CHF"'), ('"&<', '#,##0" &<"')])
def test_money_has_the_sign_of_its_currency(currency, code):
    from orgdata.exports.workbook.columns import money_format
    from tests.builders import DAY, loaded

    edition = Edition(evaluate(loaded({"currency": currency}, products="P1 annual_spend=10"), DAY),
                      "tiny")
    assert money_format(edition) == code
    parts(workbook(edition))


@pytest.mark.parametrize("name", REAL)
def test_real_portfolios_are_whole(name, real_data):
    portfolio = load(str(real_data / name))
    edition = Edition(evaluate(portfolio, portfolio.settings.as_of), name)
    content = workbook(edition)
    parts(content)
    assert len(table(content, "Products")) == len(edition.alignment.products)
    assert len(table(content, "Gaps")) == len(edition.gaps.rows)
    assert len(table(content, "Problems")) >= len(portfolio.problems)


@pytest.mark.parametrize("edition", [demo, editions.hostile])
def test_libreoffice_reads_the_same(edition, tmp_path):
    """Written again by LibreOffice, every sheet has the same cells: none was a formula."""
    content = workbook(edition())
    again = sheets(converted(content, "book.xlsx", "ods", tmp_path))
    for name, rows in sheets(content).items():
        assert _as_said(again[name]) == _as_said(rows), name


def _as_said(rows: list[list[object]]) -> list[list[str]]:
    said = [[f"{cell:.9g}" if isinstance(cell, int | float) else str(cell).strip() for cell in row]
            for row in rows]
    return [[cell for cell in row if cell] for row in said if any(row)]
