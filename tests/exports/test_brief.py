"""The brief of a product: one page, the same in three formats, and inert."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from orgdata.exports.brief import brief_html, brief_markdown, brief_pdf
from orgdata.exports.document.blocks import Page, Paragraph, line
from orgdata.exports.document.pdf import pdf
from orgdata.formats import plain
from orgdata.views import purpose
from tests.builders import HALFWAY
from tests.demo_company import alignment
from tests.exports.editions import demo, hostile, narrowed, tiny
from tests.exports.reading import HOSTILE, closed, headings, read_html, read_markdown, read_pdf

SECTIONS = ["Checkout", "How it reaches a company outcome", "Key results against pace",
            "Dependencies", "What it and other functions expect of each other", "Roadblocks", "Gaps"]
WRITERS = [(brief_html, read_html), (brief_markdown, read_markdown),
           (brief_pdf, lambda content: read_pdf(content)[1])]


@pytest.mark.parametrize(("write", "read"), WRITERS)
def test_it_says_what_the_product_is_for_and_how_it_stands(write, read):
    edition = demo()
    said = closed(read(write(edition, "P01")))
    for words in (
            "Checkout exists to turn full carts into paid orders in as few seconds as possible.",
            "Purpose, confirmed by Priya Raman on 6 Oct 2026.",
            "PM Nadia Haddad", "5 of 5 checks pass.", "9 of 9 key results on pace.",
            "Make paying the shortest part of an order", "Net revenue retention to 115 %",
            "■ backed by OKRs", "51 → 54.7 → 58 %", "● on track", "Payments Gateway:", "✓ delivered",
            "Release freeze for peak season, 16 November to 1 December",
            "What matters most here?", *(words for _, words in edition.origin())):
        assert closed(words) in said, words


def test_its_sections():
    assert headings(brief_markdown(demo(), "P01")) == SECTIONS


def test_what_fails_and_what_others_need_is_said():
    said = read_html(brief_html(demo(), "P21"))
    assert "No PM assigned" in said
    assert "Has a PM: no – no PM is assigned today." in said
    assert "Who is the product manager?" in said
    taking = demo().alignment.portfolio["dependencies"]["needs_product_id"].iloc[0]
    assert "Needed of it by" in read_html(brief_html(demo(), taking))


@pytest.mark.parametrize("product", alignment().products["product_id"])
def test_it_fits_one_page(product):
    pages, said = read_pdf(brief_pdf(demo(), product))
    assert pages == 1
    assert closed(purpose.basis(demo().alignment, product)) in said


def test_unknown_says_why():
    said = read_html(brief_html(tiny(products="P1"), "P1"))
    for words in ("Unknown, because assignments are not loaded",
                  "Unknown, because objectives are not loaded.",
                  "Unknown, because dependencies are not loaded.",
                  "Unknown, because outcomes are not loaded"):
        assert words in said
    said = read_html(brief_html(tiny(
        products="P1", outcomes="O1", key_results="K1 J1 target=5",
        objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY}"), "P1"))
    assert "? unknown: there is no value yet" in said


def test_there_is_no_brief_of_what_is_no_managed_product():
    with pytest.raises(KeyError):
        brief_html(demo(), "P999")


@pytest.mark.parametrize("write", [brief_html, brief_markdown, brief_pdf])
def test_the_same_edition_gives_the_same_bytes(write):
    assert write(demo(), "P01") == write(replace(demo()), "P01")
    assert write(demo(), "P01") != write(narrowed("P01"), "P01"), "the filters are printed"


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_names_that_would_do_harm_stay_names(number):
    product = f"P{number}"
    found = hostile().alignment.products
    if product not in set(found["product_id"]):  # a name of nothing but control signs is blank
        return
    read_html(brief_html(hostile(), product))
    read_markdown(brief_markdown(hostile(), product))
    pages, said = read_pdf(brief_pdf(hostile(), product))
    assert pages <= 2
    words = closed(plain(HOSTILE[number]))
    if words.isascii():
        assert words[:60] in said


def fonts_of(text: str) -> str:
    """The names of the fonts of a page with a text."""
    made = pdf(Page("Brief", "", date(2026, 11, 20), (), (Paragraph(line(text)),)))
    found = PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    return " ".join(str(font.get_object().get("/BaseFont")) for font in found.values())


def test_a_pdf_is_set_in_a_sans():
    assert "SourceSansPro-Regular" in fonts_of("Zażółć Жизнь Ελλάδα")
    assert "Serif" not in fonts_of("Zażółć Жизнь Ελλάδα ■ → ✓")


def test_other_scripts_are_set_in_a_font_of_the_machine():
    installed = [path for path in map(Path, (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")) if path.exists()]
    if not installed:
        pytest.skip("no font with Chinese is installed (fonts-noto-cjk, fonts-droid-fallback)")
    assert re.search("NotoSansCJK|DroidSansFallback", fonts_of("漢字"))
