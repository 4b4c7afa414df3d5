"""The partner sheets: what is expected both ways, a page for each function."""

import pytest

from orgdata.exports.partner_sheet import partners_html, partners_markdown, partners_pdf
from tests.exports.editions import demo, narrowed, tiny
from tests.exports.reading import HOSTILE, closed, headings, read_html, read_markdown, read_pdf

WRITERS = [(partners_html, read_html), (partners_markdown, read_markdown),
           (partners_pdf, lambda content: read_pdf(content)[1])]


@pytest.mark.parametrize(("write", "read"), WRITERS, ids=["html", "markdown", "pdf"])
def test_the_sheet_of_one_function_says_both_sides(write, read):
    said = closed(read(write(demo(), "SALES")))
    for text in ("Expectations with Sales", "What products need from Sales", "What Sales needs from products",
                 "1 of 2 expectations with Sales is not settled", "No answer is no agreement",
                 "A date for single sign-on", "countered"):
        assert closed(text) in said
    assert closed("year-end close") not in said


def test_all_functions_stand_below_each_other():
    title, *sheets = headings(partners_markdown(demo(), ""))
    assert title == "Expectations between functions"
    assert [name for name in ("Design", "Finance", "Marketing", "Sales", "Support")
            for one in sheets if f"with {name}" in one] == ["Design", "Finance", "Marketing", "Sales", "Support"]


def test_a_filter_narrows_it_and_a_function_of_which_nothing_is_expected_is_said():
    assert "1 of 1 expectation with Sales" not in read_markdown(partners_markdown(narrowed("P12"), "finance"))
    assert "with Finance" in read_markdown(partners_markdown(narrowed("P12"), ""))
    assert "with Design" not in read_markdown(partners_markdown(narrowed("P12"), ""))
    assert "Nothing is written down" in read_markdown(partners_markdown(demo(), "nobody"))


def test_texts_of_the_data_stay_texts():
    rows = [{"expectation_id": f"X{at}", "product_id": "P1", "partner": one, "what": one}
            for at, one in enumerate(HOSTILE) if one.strip()]
    edition = tiny(products="P1", expectations=rows)
    assert HOSTILE[0] in read_html(partners_html(edition, ""))
    assert "<script>" not in partners_html(edition, "").decode()
