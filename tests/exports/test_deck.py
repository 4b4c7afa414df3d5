"""The weekly deck, opened with python-pptx, as XML, and with LibreOffice where it is installed."""

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from orgdata.evaluation import evaluate
from orgdata.exports.deck import deck
from orgdata.exports.deck.layouts import SLIDE_HEIGHT, find_page, scale_of
from orgdata.exports.deck.text_fit import LINE, lines
from orgdata.exports.edition import Edition
from orgdata.load import load
from orgdata.views import answers
from orgdata.views.review import change_rows
from tests.exports import editions
from tests.exports.editions import demo, narrowed, tiny
from tests.exports.office import converted, parts, words
from tests.exports.reading import HOSTILE

REAL = ("sourcegraph", "canada", "canada_full", "nyc")


@cache
def demo_deck() -> bytes:
    """The deck of the demo, made once for all tests."""
    return deck(demo())


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(content).slides]


def kickers(content: bytes) -> list[str]:
    return [next((shape.text_frame.text for shape in slide.placeholders
                  if shape.placeholder_format.idx == 2), "") for slide in opened(content).slides]


def cells(slide) -> list[list[str]]:
    return [[cell.text_frame.text for cell in row.cells] for shape in slide.shapes
            if shape.has_table for row in shape.table.rows]


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def about(content: bytes, kicker: str):
    """The first slide that begins with a kicker."""
    return next(slide for slide, said in zip(opened(content).slides, kickers(content), strict=True)
                if said.startswith(kicker))


def assert_fits(content: bytes) -> None:
    """Everything stands on the slide, and no text is taller than its box; tables end above the
    foot."""
    made = opened(content)
    scale = scale_of(made)
    for number, slide in enumerate(made.slides, 1):
        for shape in slide.shapes:
            left, top, w, h = (one.pt for one in (shape.left, shape.top, shape.width, shape.height))
            assert left >= 0, number
            assert left + w <= made.slide_width.pt, number
            assert top + h <= made.slide_height.pt, number
            if shape.has_table:
                assert top + sum(row.height.pt for row in shape.table.rows) <= (
                    find_page(made).area.foot * scale + 0.01), number
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        assert _tall(cell.text_frame, column.width.pt - 10 * scale) <= (
                            row.height.pt + 0.01), (number, cell.text_frame.text)
            elif shape.has_text_frame and shape.text_frame.text not in ("", "‹#›"):
                frame = shape.text_frame
                pad = frame.margin_left.pt if not shape.is_placeholder else 0
                assert _tall(frame, w - 2 * pad) <= h - 2 * pad + 0.1, (number, frame.text)


def _tall(frame, room: float) -> float:
    tall = 0.0
    for paragraph in frame.paragraphs:
        size = next((run.font.size for run in paragraph.runs if run.font.size),
                    paragraph.font.size)
        bold = any(run.font.bold for run in paragraph.runs)
        tall += lines(paragraph.text, size.pt, room, bold) * size.pt * LINE
        tall += paragraph.space_after.pt if paragraph.space_after else 0
    return tall


def test_the_story_is_told_in_order():
    said = kickers(demo_deck())
    assert said[1:7] == ["The answer", "Coverage", "Coverage (2)",
                         "Spend vs. strategy", "New bets · weight 15 %", "What changed since 13 Nov 2026"]
    assert [one[:5] for one in said[7:14]] == ["Gap 1", "Gap 2", "Gap 3",
                                                "Gap 4", "Gap 5", "Gap 6",
                                                "Gap 7"]
    assert said[14:] == ["Decisions and to-dos", "Roadblocks", "What we do not know",
                         "About this deck"]


def test_the_last_slide_says_what_it_is_made_of():
    first, slide = opened(demo_deck()).slides[0], about(demo_deck(), "About this deck")
    assert first.shapes.title.text_frame.text == "Weekly portfolio review"
    assert [tuple(row) for row in cells(slide)[1:]] == demo().origin()
    assert demo().fingerprint in notes(slide)


def test_the_answer_has_every_headline_with_its_change_and_its_rows():
    slide = about(demo_deck(), "The answer")
    assert slide.shapes.title.text_frame.text == answers.overview(demo().alignment)
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "Aligned products\n28 of 36\nno change\n8 not aligned · 4 not assessed · 2 of 28 with outdated check-ins" in said
    assert "Aligned products: 28 of 36. A product is aligned when it has a PM" in notes(slide)
    assert "not yet: supports an outcome, has an OKR for it · aligned: 0" in notes(slide)
    assert "product managers:" not in notes(slide), "numbers of products, never of people"


def test_the_matrix_is_a_table_with_states_in_words():
    pages = [slide for slide, said in zip(opened(demo_deck()).slides, kickers(demo_deck()),
                                          strict=True) if said.startswith("Coverage")]
    rows = [row for slide in pages for row in cells(slide)[2:]]
    assert len(rows) == len(demo().alignment.products)
    header = cells(pages[0])[0]
    loyalty = next(row for row in rows if row[1] == "Loyalty")
    assert loyalty[2] == "Camille Dubois"
    assert dict(zip(header, loyalty, strict=True))["Net revenue retention to 115 %"] == "■ backed by OKRs"
    assert [row[1] for row in rows if row[1].startswith("○")] == ["○ Report Builder"]
    assert "Expand to Japan" in header
    assert "○ not covered" in cells(pages[0])[1]


def test_the_chart_can_be_edited():
    """A native chart with its workbook behind it, and no picture anywhere."""
    content = demo_deck()
    slide = about(content, "Spend vs. strategy")
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    names = list(chart.plots[0].categories)
    assert names[0] == "Net revenue retention to 115 % (● covered)"
    assert [series.name for series in chart.plots[0].series] == ["Share of the spend",
                                                                 "Stated weight"]
    behind = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = behind.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == names
    for at, series in enumerate(chart.plots[0].series, 1):
        assert [row[at] for row in rows[1:]] == list(series.values)
    assert not [name for name in parts(content) if name.startswith("ppt/media")]


def test_what_changed_and_every_exception_has_its_evidence():
    content = demo_deck()
    changed = about(content, "What changed")
    assert changed.shapes.title.text_frame.text.startswith("No product changed its alignment")
    assert f"{len(change_rows(demo().changes))} changes, one by one:" in notes(changed)
    first = about(content, "Gap 1 of 7 (10 are critical or high)")
    said = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    for words_ in ("◆ critical", "No product works on “Expand to Japan”", "Weight 15 %. Linked to it: no product.",
                   "Ask\nChoose a product that works", "Owner: Kenji Watanabe", "Due 30 Nov 2026",
                   "Budget concerned: $6.54M."):
        assert words_ in said
    assert "Why this was flagged" not in said
    for words_ in ("Gap OUT01:O2", "Which product will work on this outcome?", "Why this was flagged: "):
        assert words_ in notes(first)
    assert "3 more are critical or high:" in notes(about(content, "Gap 7"))


def test_a_gap_of_a_key_result_shows_its_values_over_the_weeks():
    slide = about(demo_deck(), "Gap 2 of 7")
    chart, = (shape.chart for shape in slide.shapes if shape.has_chart)
    values, target = chart.plots[0].series
    seen = demo().alignment.portfolio["check_ins"]
    row = demo().gaps.rows.set_index("key").loc["PRG01:K163"]
    seen = seen[(seen["kr_id"] == row["kr_id"]) & (seen["date"] <= "2026-11-20")].sort_values("date")
    assert list(values.values) == seen["value"].tolist()
    assert set(target.values) == {1.2}
    assert len(seen) > 5
    assert chart.value_axis.minimum_scale == 1, "not from 0, where no way could be seen"
    behind = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [row[1:] for row in behind.get_sheet_by_index(0).to_python()[1:]] == [
        [value, 1.2] for value in values.values]
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "2.4 → 2.03 → 1.2 % (start, now, target), due 31 Dec 2026; last check-in 20 Nov 2026." in said


def test_decisions_say_whose_they_are_and_what_is_past_due():
    slide = about(demo_deck(), "Decisions and to-dos")
    assert cells(slide)[1] == [
        "Name a product manager for Returns", "decision", "No PM is assigned to Returns.",
        "Rafael Monteiro", "13 Nov 2026", "▽ overdue"]
    assert cells(slide)[-1][-1] == "✓ done 18 Nov 2026"


def test_lists_are_narrowed_and_say_so():
    content = deck(narrowed("P06", "P07"))
    slide = about(content, "Coverage")
    assert len(cells(slide)) == 4
    assert "Lists show 2 of 40 products: Area: Payments." in [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][-1]
    assert ["Filters", "Area: Payments"] in cells(about(content, "About this deck"))
    assert "28 of 36 products are aligned" in titles(content)[1]
    assert_fits(content)


def test_an_empty_portfolio_makes_a_deck():
    edition = tiny(products="")
    content = deck(edition)
    assert titles(content) == ["Weekly portfolio review", "No product is loaded yet.",
                               "Nothing critical or high is open in what could be judged "
                               f"({edition.gaps.evaluated} of {edition.gaps.evaluable} rules)",
                               f"Not known: {edition.gaps.evaluable - edition.gaps.evaluated} checks for want of data",
                               "Where the numbers come from"]
    assert "There is no earlier snapshot to compare with." in [
        shape.text_frame.text.split("\n")[-1] for shape in opened(content).slides[1].shapes
        if shape.has_text_frame]
    assert_fits(content)


def test_the_same_edition_gives_the_same_bytes():
    content = deck(demo())
    assert content == deck(replace(demo()))
    books = [part for name, part in parts(content).items() if name.endswith(".xlsx")]
    assert len(books) == 4  # money, and the values of three key results
    core = parts(content)["docProps/core.xml"].decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2026-11-20T00:00:00Z"}


def test_it_has_the_looks_of_our_own_template():
    content = demo_deck()
    made = opened(content)
    assert (made.slide_width.pt, made.slide_height.pt) == (960, SLIDE_HEIGHT)
    assert [layout.name for layout in made.slide_layouts] == ["Opening", "Page"]
    assert 'srgbClr val="0B5CAD"' in parts(content)["ppt/theme/theme1.xml"].decode()
    for number in range(1, len(made.slides) + 1):
        said = words(parts(content)[f"ppt/slides/slide{number}.xml"], "}t")
        assert "‹#›" in said
        assert any(f"Data fingerprint: {demo().fingerprint[:12]}" in one for one in said)
    assert not [name for name in parts(content) if "printer" in name or "thumbnail" in name]


def test_nothing_points_to_a_part_that_is_not_there():
    """PowerPoint would offer to repair such a file."""
    found = parts(demo_deck())
    for name, part in found.items():
        if name.endswith(".xml") and name.startswith("ppt/"):
            folder, _, file = name.rpartition("/")
            rels = found.get(f"{folder}/_rels/{file}.rels", b"<none/>")
            known = set(re.findall(r'Id="(\w+)"', rels.decode()))
            assert set(re.findall(r'r:(?:id|embed)="(\w+)"', part.decode())) <= known, name
        if name.startswith(("ppt/slides/slide", "ppt/slideMasters/slide", "ppt/slideLayouts/slide")):
            ids = re.findall(r'<p:cNvPr id="(\d+)"', part.decode())
            assert len(ids) == len(set(ids)), name
    types = found["[Content_Types].xml"].decode()
    for name in found:
        assert f'PartName="/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types


def test_hostile_names_stay_words():
    content = deck(editions.hostile())
    for name, part in parts(content).items():
        if name.endswith(".xlsx"):
            assert b"<f>" not in b"".join(parts(part).values())
    assert_fits(content)
    said = " ".join(notes(slide) for slide in opened(content).slides)
    for one in HOSTILE[:5]:
        assert one in said
    assert "x" * 300 in said, "what is cut on a slide stands whole in the notes"
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e]", said)


@pytest.mark.parametrize("one", ["=1+1", "+1", "-1", "@x", "http://example.com", "_x0041_",
                                 "日本" * 150, "🇯🇵" * 60, "x" * 300, "&amp;", "א" * 300])
def test_a_name_in_the_chart_is_text(one):
    content = deck(tiny(outcomes=[{"outcome_id": "O1", "name": one, "weight": "1"}],
                        products="P1 annual_spend=10", contributions="P1 O1 primary"))
    assert_fits(content)
    [book] = [part for name, part in parts(content).items() if name.endswith(".xlsx")]
    inside = parts(book)
    assert b"<f>" not in inside["xl/worksheets/sheet1.xml"]
    [sheet] = [CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()]
    assert sheet[1][0][:15] == f"{one} (◎ stated, not proven)"[:15]


def test_a_source_named_with_half_a_character_makes_a_deck():
    """As a path can be, where the file system is not in UTF-8."""
    assert "Source: a\ufffdb" in notes(opened(deck(replace(demo(), source="a\udcffb"))).slides[0])


@pytest.mark.parametrize("name", REAL)
def test_it_fits_the_real_portfolios(name, real_data):
    portfolio = load(str(real_data / name))
    content = deck(Edition(evaluate(portfolio, portfolio.settings.as_of), name))
    parts(content)
    assert_fits(content)


def test_it_fits_the_demo():
    parts(demo_deck())
    assert_fits(demo_deck())


@pytest.mark.parametrize("edition", [demo, editions.hostile])
def test_libreoffice_opens_it(edition, tmp_path):
    content = deck(edition())
    made = converted(content, "deck.pptx", "pdf", tmp_path)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == len(opened(content).slides)
