"""The packs and briefs of real portfolios are whole, inert and short."""

from datetime import date

import pytest

from orgdata.evaluation import evaluate
from orgdata.exports import brief, offsite, weekly_pack
from orgdata.exports.document.pdf import pdf
from orgdata.exports.edition import Edition
from orgdata.load import load
from tests.exports.reading import read_html, read_markdown, read_pdf


@pytest.mark.parametrize("name", ["canada", "canada_full", "nyc", "sourcegraph"])
def test_packs_of_real_portfolios(real_data, name):
    portfolio = load(str(real_data / name))
    edition = Edition(evaluate(portfolio, portfolio.settings.as_of or date(2026, 11, 20)), name)
    for write, read in ((weekly_pack.pack_html, read_html), (weekly_pack.pack_markdown, read_markdown),
                        (offsite.offsite_html, read_html), (offsite.offsite_markdown, read_markdown)):
        assert edition.fingerprint[:12] in read(write(edition))
    assert read_pdf(pdf(weekly_pack.page(edition)))[0] <= 2
    assert read_pdf(pdf(offsite.page(edition)))[0] <= 4  # with room to write below each question
    ids = edition.alignment.products["product_id"]
    busiest = edition.alignment.key_results["product_id"].value_counts().index[:3]
    for one in {*ids.head(3), *(one for one in busiest if one in set(ids))}:
        assert read_pdf(brief.brief_pdf(edition, one))[0] == 1
        read_html(brief.brief_html(edition, one))
        read_markdown(brief.brief_markdown(edition, one))
