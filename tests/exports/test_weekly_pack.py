"""The weekly pack: what it says, that it is inert, and that it prints to two pages."""

from dataclasses import replace

import pytest

from orgdata.edits import Edit
from orgdata.evaluation import Known, evaluate
from orgdata.exports.document.pdf import pdf
from orgdata.exports.edition import Edition
from orgdata.exports.weekly_pack import pack_html, pack_markdown, page
from orgdata.load import portfolio_of
from orgdata.views import answers, review
from tests.builders import DAY, raw_source
from tests.exports.editions import demo, hostile, narrowed, tiny
from tests.exports.reading import headings, read_html, read_markdown, read_pdf

SECTIONS = ["Weekly review", "What changed since 13 Nov 2026", "Gaps",
            "Decisions and to-dos", "Roadblocks, and who can clear them", "Expected of each other, and not settled",
            "What we do not know", "What is fine"]


@pytest.mark.parametrize(("write", "read"), [(pack_html, read_html), (pack_markdown, read_markdown)])
def test_it_says_what_a_meeting_asks(write, read):
    edition = demo()
    said = read(write(edition))
    assert answers.overview(edition.alignment) in said
    for _, words in edition.origin():
        assert words in said
    rows = review.exceptions(edition.gaps, edition.history, edition.day)
    for _, row in rows.head(7).iterrows():
        assert review.question(row) in said
        assert row["message"] in said
        assert row["next_step"] in said
    assert rows.iloc[7]["message"] not in said
    assert f"{len(rows) - 7} more are critical or high" in said
    assert "Get a yes or no on network tokens" in said
    assert "▽ overdue: Name a product manager for Returns" in said
    assert "can clear it: Jonas Lindqvist" in said
    assert review.on_track(edition.alignment) in said


def test_its_sections_are_the_same_every_week():
    assert headings(pack_markdown(demo())) == SECTIONS
    unknown = replace(demo().evaluation, known=Known())
    without = headings(pack_markdown(replace(demo(), changes=None, evaluation=unknown)))
    assert without == ["What changed" if one.startswith("What changed") else one
                       for one in SECTIONS]


def test_without_a_week_before_it_says_that_it_does_not_know():
    said = read_html(pack_html(tiny(products="P1")))
    assert "Unknown, because there is no earlier snapshot to compare with." in said
    assert "Unknown, because roadblocks are not loaded." in said
    assert "None is open, and none was done." in said


def test_lists_show_only_the_products_it_is_narrowed_to_and_say_so():
    said = read_html(pack_html(narrowed("P21")))
    assert "Lists show only 1 of 40 products and their gaps (Area: Payments)" in said
    assert "No PM is assigned to Returns." in said
    assert "Filters Area: Payments" in said
    exceptions = said.split(" Gaps ")[1].split("Decisions and to-dos")[0]
    assert "Warehouse Console" not in exceptions
    assert "None is open." in said.split("Roadblocks")[-1].split("Expected of")[0]


@pytest.mark.parametrize("write", [pack_html, pack_markdown])
def test_the_same_edition_gives_the_same_bytes(write):
    assert write(demo()) == write(replace(demo()))


def test_names_that_would_do_harm_stay_names():
    said = read_html(pack_html(hostile()))
    assert "<script>alert(1)</script>" in said
    assert "</style></title></svg>" in said
    assert "<script>alert(1)</script>" in read_markdown(pack_markdown(hostile()))


def test_it_takes_two_pages():
    assert read_pdf(pdf(page(demo())))[0] <= 2
    assert read_pdf(pdf(page(hostile())))[0] <= 3


def test_it_says_how_much_is_corrected_here_and_how_much_of_that_the_source_says_by_now():
    raw = raw_source(products="P1 fte=2 | P2 fte=1")
    edits = [Edit("products", "set", {"product_id": one}, {"fte": "2"}) for one in ("P1", "P2")]
    corrected = Edition(evaluate(portfolio_of(raw, edits), DAY), "tiny")
    assert "Corrections: 2 cells, of these 1 now in the source." in read_html(pack_html(corrected))
    assert "Corrections" not in read_html(pack_html(tiny(products="P1")))
