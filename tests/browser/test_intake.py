"""Somebody's own spreadsheets, from the files to the right Overview: few clicks, few minutes."""

import json
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from bench.screenshots import serving, settled

pytestmark = pytest.mark.browser
BRING = "data?do=Bring%20your%20own%20files"
ANSWERS = {  # what a word of the files means, as a careful person says; else the guess is right
    "NRR": "Grow NRR to 112%", "AI dispatch": "AI-assisted dispatch", "Japan": "Launch Japan",
    "Enterprise ready": "Enterprise-ready", "Cost to serve": "Cut cost to serve",
    "Innovation": "none of the company goals", "Mobile App": "Mobile App (iOS/Android)"}
MOST_SECONDS, MOST_QUESTIONS = 180, 10


@pytest.fixture(scope="module")
def address():
    """A dashboard for these tests alone: what is saved here stays here."""
    with serving() as here:
        yield here


class Mouse:
    """Clicks on a page, counted."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, target):
        """Click once the page has come to rest, and wait until it has again."""
        target.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # a list that is open while the page scrolls is closed
        target.click()
        self.clicks += 1
        settled(self.page)


def _drop(page, folder):
    """Drop the files of a folder into the page."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".xlsx")]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Open it in this tab").wait_for()
    settled(page)
    return files


def _questions(page):
    """The fields that are asked about, as they stand on the page."""
    return page.locator("[class*=st-key-ask_]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_can_be_used_by_everybody(address, visit, real_data, scheme):
    page = visit(f"{address}/{BRING}", scheme)
    _drop(page, real_data / "larkfield")
    for expander in page.locator("[data-testid=stExpander] summary").all():
        expander.click()
    settled(page)
    assert [one["id"] for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")] == []
    page.set_viewport_size({"width": 400, "height": 900})
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_four_files_of_a_head_of_product_become_the_right_overview(address, visit, real_data):
    truth = json.loads((real_data / "larkfield" / "TRUTH.json").read_text("utf-8"))
    began = time.monotonic()
    page = visit(f"{address}/{BRING}")
    mouse = Mouse(page)
    assert len(_drop(page, real_data / "larkfield")) == 4
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert re.search(rf"{len(truth['products'])} products · 5 company goals · 14 objectives · "
                     "60 key results", shown)
    asked = _questions(page).count()
    assert 0 < asked <= MOST_QUESTIONS
    for number in range(asked):  # each answer is given, whatever was guessed
        _answer(mouse, _questions(page).nth(number))
    mouse.click(page.get_by_role("button", name="Open it in this tab"))
    mouse.click(page.get_by_role("link", name="Go to Overview"))
    page.locator(".map").or_(page.get_by_text("The map needs")).first.wait_for()
    settled(page)
    overview = "\n".join(page.locator(one).first.inner_text()
                         for one in ("[data-testid=stMain]", ".map"))
    assert time.monotonic() - began < MOST_SECONDS
    assert mouse.clicks <= 2 * asked + 2  # a list is opened, and an option chosen
    _is_right(overview, truth)


def _is_right(overview, truth):
    """Whether the Overview tells of this company and of nothing else, as TRUTH.json has it."""
    for thing in (*truth["outcomes"], *truth["products"]):
        assert thing["name"][:16] in overview  # a long name may be cut
    assert not [word for word in truth["must_not_appear"] if word != "All"  # a word of the page
                and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", overview)]
    serving_goals = {product for product, _, _ in truth["links"]}
    assert f"{len(serving_goals)} products" in overview
    nobody = [one["name"] for one in truth["products"] if not one["managers"]]
    assert nobody == ["IoT Gateway", "Purchase Orders"]
    for product in truth["products"]:
        assert bool(re.search(rf"{re.escape(product['name'])}\s+No PM assigned", overview)) == (
            product["name"] in nobody)


def _answer(mouse, field):
    """Give the answer that the files mean, with the mouse, also where it is guessed already."""
    question = field.locator("label").first.inner_text()
    wanted = next((answer for word, answer in ANSWERS.items() if f"“{word}”" in question), None)
    if field.locator("[data-testid=stSelectbox]").count():
        mouse.click(field.locator("[data-baseweb=select], [role=combobox]").first)
        options = mouse.page.locator("[role=option]")
        mouse.click(options.filter(has_text=wanted).first if wanted else
                    mouse.page.locator("[role=option][aria-selected=true]").first)
    else:
        mouse.click(field.locator("button").first)
