"""An export is dropped in and read as a portfolio; what is saved outlives the tab."""

import pytest

from bench.screenshots import serving, settled
from tests.sources.vendors.test_viva import PORTFOLIO

pytestmark = pytest.mark.browser
BRING = "data?do=Bring%20your%20own%20files"


@pytest.fixture(scope="module")
def address():
    """A dashboard for these tests alone: what is kept here stays here."""
    with serving() as here:
        yield here


def _drop(page, name, content):
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content.encode()}])
    page.get_by_role("button", name="Open it in this tab").wait_for()
    settled(page)


def test_a_viva_export_is_dropped_in_and_read_on_the_overview(address, visit):
    page = visit(f"{address}/{BRING}")
    _drop(page, "viva.csv", PORTFOLIO)
    assert page.get_by_text("viva.csv is a Viva Goals export: 3 people, 1 outcome").is_visible()
    page.get_by_label("Which goals are company outcomes?").click()
    page.get_by_role("option", name="Every goal at the top").click()
    settled(page)
    assert page.get_by_text("viva.csv is a Viva Goals export: 3 people, 2 outcomes").is_visible()
    page.get_by_role("button", name="Open it in this tab").click()
    page.get_by_text("Go to Overview").click()
    page.locator(".map").or_(page.get_by_text("The map needs")).first.wait_for()
    settled(page)
    assert page.get_by_text("live in this browser tab only").is_visible()
    assert page.get_by_text("2 of 3 products are aligned, 1 is not").is_visible()


def test_a_saved_source_is_in_the_menu_and_the_address_for_everybody(address, visit):
    page = visit(f"{address}/{BRING}")
    _drop(page, "viva.csv", PORTFOLIO)
    page.get_by_label("Name of the portfolio").fill("Goals & more")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Save and open").click()
    page.wait_for_url("**source=Goals**")
    settled(page)
    other = visit(f"{address}/products?source=Goals%20%26%20more")
    assert other.get_by_text("of 4 products").first.is_visible()
    gone = visit(f"{address}/products?source=Gone")
    assert gone.get_by_text("There is no source “Gone” here").is_visible()
