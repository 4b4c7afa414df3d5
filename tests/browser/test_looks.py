"""Nothing is cut: tables of our own wrap to the width there is, and a phone's menu makes way."""

import pytest

from bench.screenshots import DEFAULT, settled

pytestmark = pytest.mark.browser
SIZES = {"laptop": 1280, "desk": 1920, "phone": 400}
DRAWN = {  # at least so many tables, rows and chains stand there
    "": 1, "outcomes": 1, "outcomes?outcome=O1": 3, "products": 2, "products?product=P01": 5,
    "my_product?product=P01": 6, "gaps": 1, "focus": 4, "partners": 3, "weekly_review": 3, "my_product?product=P21": 5}
WIDER = """() => [...document.querySelectorAll('*')].flatMap((one) => [...one.shadowRoot?.querySelectorAll(
    '.table, .rows, .chain') ?? []]).filter((root) => root.scrollWidth > root.clientWidth + 1
    || [...root.querySelectorAll('td, .step')].some((cell) => cell.scrollWidth > cell.clientWidth + 1)).length"""
IPHONE = ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
          "Gecko) Version/17.0 Mobile/15E148 Safari/604.1")
LAST = """() => Math.max(...[...document.querySelectorAll('[data-testid=stMainBlockContainer] button')].map(
    (one) => one.getBoundingClientRect().bottom + document.querySelector('[data-testid=stMain]').scrollTop))"""


@pytest.mark.parametrize("path", [*DEFAULT, "my_product?product=P21"])
def test_tables_and_chains_fit_the_page(demo, visit, path):
    page = visit(f"{demo}/{path}")
    for size, width in SIZES.items():
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        assert page.evaluate(WIDER) == 0, size
        drawn = page.locator(".table table, .rows table, .chain .whole").count()
        assert drawn >= DRAWN.get(path, 0), size


def test_the_review_of_the_demo_is_read_without_much_scrolling(weeks, visit):
    page = visit(f"{weeks}/weekly_review")
    assert 1_000 < page.evaluate(LAST) < 2_000  # pixels


def test_the_verdict_of_a_product_and_its_next_step_are_on_a_phones_first_screen(demo, visit):
    page = visit(f"{demo}/my_product?product=P21")
    page.set_viewport_size({"width": 400, "height": 800})
    settled(page)
    for said in ("4 of 5 checks pass. Missing: a PM.", "Name a PM for Returns.",
                 "Why: Exchanges cost a third of a refund."):
        box = page.get_by_text(said).first.bounding_box()
        assert box["y"] + box["height"] < 800, said


def test_a_phones_menu_closes_after_a_choice(demo, window):
    page = window.new_page()
    window.new_cdp_session(page).send("Emulation.setUserAgentOverride", {"userAgent": IPHONE})
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(demo)
    settled(page)
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.get_by_role("link", name="My product", exact=True).click()
    page.wait_for_url("**/my_product**")
    settled(page)
    assert page.locator("[data-testid=stSidebar]").get_attribute("data-collapsed") == "true"
    page.close()


def test_a_name_in_a_table_opens_by_keyboard_and_a_head_sorts(demo, visit):
    page = visit(f"{demo}/products")
    head = page.get_by_role("columnheader", name="Spend").get_by_role("button")
    head.press("Enter")
    assert page.get_by_role("columnheader", name="Spend").get_attribute("aria-sort") == "descending"
    first = page.locator(".table td.name button").first
    name = first.inner_text()
    assert name == "Payments Gateway"  # the one with the most spend
    first.press("Enter")
    page.wait_for_url("**product=**")
    settled(page)
    assert page.get_by_role("heading", name=name, exact=True).is_visible()
