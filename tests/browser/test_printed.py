"""The packs in a real browser: how many pages they print to, and that nothing hangs over."""

import io

import pytest
from pypdf import PdfReader

from orgdata.exports.brief import brief_html
from orgdata.exports.offsite import offsite_html
from orgdata.exports.weekly_pack import pack_html
from tests.exports.editions import demo, hostile

pytestmark = pytest.mark.browser
DEMO = (("weekly", lambda: pack_html(demo()), 2), ("brief", lambda: brief_html(demo(), "P01"), 1),
        ("offsite", lambda: offsite_html(demo()), 5))  # with room to write below each question
HOSTILE = (("weekly", lambda: pack_html(hostile()), 4),
           ("brief", lambda: brief_html(hostile(), "P24"), 2),
           ("offsite", lambda: offsite_html(hostile()), 6))


@pytest.mark.parametrize(("write", "most"), [
    pytest.param(write, most, id=f"{what} of {whose}")
    for whose, several in (("the demo", DEMO), ("hostile names", HOSTILE))
    for what, write, most in several])
def test_it_prints_and_fits_the_screen(window, write, most):
    for width in (1280, 400):
        page = window.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        said = []
        page.on("console", lambda message: said.append(message.text))  # noqa: B023
        page.on("request", lambda one: said.append(one.url))  # noqa: B023
        page.on("dialog", lambda dialog: said.append(dialog.message))  # noqa: B023
        page.set_content(write().decode())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == [], "no script ran, nothing was asked of anybody"
        if width == 1280:
            printed = page.pdf(prefer_css_page_size=True)
            assert len(PdfReader(io.BytesIO(printed)).pages) <= most
        page.close()
