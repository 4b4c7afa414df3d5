"""What readers do, click by click, in a real browser."""

import re
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from bench.screenshots import serving, settled
from orgdata.demo import DEMO

pytestmark = pytest.mark.browser
MENU = ["Overview", "Outcomes", "Products", "My product", "Focus", "Partners", "Gaps",
        "Weekly review", "History", "New bets", "What if", "Data", "Method"]


def _menu(page):
    return [link.inner_text().splitlines()[-1] for link in
            page.locator("[data-testid=stSidebarNavLink]").all()]


def _query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize("link", ["gaps?gap=OUT01%3AO2", "overview?area=Payments"])
def test_a_fresh_server_is_first_opened_at_a_deep_link(visit, link):
    """It would run that page alone, without the frame; the query must survive as well."""
    with serving() as address:
        page = visit(f"{address}/{link}")
        assert _menu(page) == MENU
        assert page.get_by_text("Page not found").count() == 0
        if link.startswith("gaps"):
            assert page.get_by_role("heading", name="Expand to Japan").count() == 1
        else:
            assert page.get_by_text("In Payments: 9 of 9").count() == 1


def test_overview_leads_by_its_own_name_on_a_warm_server(demo, visit):
    visit(demo)
    page = visit(f"{demo}/overview")
    assert page.get_by_role("heading", name="products are aligned").is_visible()
    assert page.get_by_text("Page not found").count() == 0


def test_filters_go_along_to_the_page_that_a_row_leads_to(demo, visit):
    """On a warm server, where the sidebar with its filters is drawn before somebody goes on."""
    page = visit(f"{demo}/overview?area=Payments")
    assert _query(page)["area"] == "Payments"
    assert page.get_by_text("In Payments:").first.is_visible()
    page.locator("[aria-expanded=false]", has_text="PRG01").or_(
        page.get_by_role("button", name="Billing")).first.click()
    settled(page)
    page.get_by_role("button", name="Assign, accept or discuss it").click()
    page.wait_for_url("**/gaps?**")
    settled(page)
    assert _query(page)["area"] == "Payments"
    assert page.get_by_text("This app has encountered an error").count() == 0


def test_leadership_sees_what_needs_a_decision_without_a_click(demo, visit):
    page = visit(demo)
    assert page.get_by_text("No product works on “Expand to Japan”").first.is_visible()
    assert page.get_by_text("No product works on “Expand to Japan”").first.is_visible()


def test_head_of_product_reaches_the_evidence_of_a_gap_in_one_click(demo, visit):
    page = visit(demo)
    page.get_by_role("button", name="No product works on").click()
    settled(page)
    assert page.get_by_text("Which product will work on this outcome?").first.is_visible()
    page.get_by_role("button", name="Assign, accept or discuss it").click()
    page.wait_for_url("**/gaps?**")
    settled(page)
    assert _query(page)["gap"] == "OUT01:O2"
    assert page.get_by_text("Which product will work on this outcome?").is_visible()
    page.get_by_text("Where this is kept").click()
    page.get_by_text("this gap is about outcomes, row 3").wait_for()


def test_a_click_on_the_map_opens_its_evidence_and_the_address_holds_it(demo, visit):
    page = visit(demo)
    page.locator('[data-cell="P01:O1"]').click()
    page.wait_for_url("**cell=P01%3AO1**")
    settled(page)
    evidence = page.get_by_text("Spend on this link").first
    assert evidence.is_visible()
    again = visit(page.url)
    assert again.get_by_text(evidence.inner_text()).count() == 1
    assert again.locator(".picked").get_attribute("data-cell") == "P01:O1"
    again.get_by_role("button", name="Close").click()
    settled(again)
    assert "cell" not in _query(again)
    again.wait_for_function("!document.querySelector('[data-testid=stMain]').innerHTML.includes("
                            "'Spend on this link')")


def test_the_map_is_read_and_opened_by_keyboard(demo, visit):
    page = visit(demo)
    head = page.locator('th[data-cell=":O1"]')
    head.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    at = page.evaluate("""() => [...document.querySelectorAll('*')].find(
        (one) => one.shadowRoot?.querySelector('.map')).shadowRoot.activeElement.dataset.cell""")
    assert re.fullmatch(r"P\d+:O\d", at)
    page.keyboard.press("Enter")
    page.wait_for_url("**cell=**")
    assert _query(page)["cell"] == at


def test_the_map_is_sorted_grouped_filtered_and_folded_where_it_stands(demo, visit):
    page = visit(demo)
    names = page.locator(".map tbody tr:not(.group) th.name")
    assert names.count() == 40
    areas = [one.strip("▾ ") for one in page.locator(".map tr.group button").all_inner_texts()]
    assert areas[0] == "Fulfilment"  # what needs attention first; by product manager: by name
    assert areas != sorted(areas)
    page.locator(".map select[name=by]").select_option("manager")
    page.wait_for_url("**by=manager**")
    settled(page)
    heads = page.locator(".map tr.group button").all_inner_texts()
    assert [one.strip("▾ ") for one in heads[1:]] == sorted(one.strip("▾ ") for one in heads[1:])
    page.locator(".map input[type=search]").fill("japan")
    assert names.count() == 0  # nobody works on it
    page.locator(".map input[type=search]").fill("checkout")
    assert names.all_inner_texts()[0].startswith("Checkout")
    page.locator(".map input[type=search]").fill("")
    page.locator(".map tr.group button").first.click()
    assert names.count() < 40
    again = visit(page.url)
    assert again.locator(".map select[name=by]").input_value() == "manager"


def test_a_click_in_the_flow_highlights_its_ways_and_the_address_holds_it(demo, visit):
    page = visit(f"{demo}/outcomes?tab=Flow%20of%20spend")
    picture = page.locator("[data-testid=stEChartsChart] canvas").first
    picture.scroll_into_view_if_needed()
    page.wait_for_timeout(1_500)  # the picture is animated into place
    box = picture.bounding_box()
    page.mouse.click(box["x"] + 10, box["y"] + 18)  # the first name of the first column
    page.wait_for_url("**flow=area**")
    settled(page)
    assert page.get_by_text("Payments: $").is_visible()
    assert page.locator("[data-testid=stEChartsChart]").count() == 2


def test_a_headline_opens_to_its_rows_and_their_sum(demo, visit):
    page = visit(demo)
    page.locator("[data-testid=stPopover] button").first.click()
    settled(page)
    assert page.get_by_text("“aligned” adds up to 28").is_visible()


def test_filters_stay_on_the_way_through_pages(demo, visit):
    page = visit(f"{demo}/?area=Payments")
    page.get_by_role("link", name="Products", exact=True).click()
    settled(page)
    assert _query(page)["area"] == "Payments"
    assert page.get_by_text("In Payments: 9 of 9").count() == 1
    page.get_by_role("link", name="Gaps", exact=True).click()
    settled(page)
    page.locator(".rows button").first.click()
    settled(page)
    page.get_by_role("button", name="Assign, accept or discuss it").click()
    page.wait_for_url("**gap=**")
    settled(page)
    assert set(_query(page)) == {"area", "as_of", "gap"}


def test_pm_reaches_the_own_page_with_one_click(demo, visit):
    page = visit(f"{demo}/my_product?product=P01")  # remembered in the address: no click at all
    assert page.get_by_text("Checkout exists to turn").is_visible()
    page = visit(f"{demo}/products?product=P01")
    page.get_by_role("link", name="Open the product manager's view").click()
    settled(page)
    assert page.get_by_text("Checkout exists to turn").is_visible()


def test_the_weekly_meeting_is_run_from_one_page(visit):
    """The demo with its eight weeks: what changed, evidence, a state, a decision; all of it is
    still there after a reload."""
    with serving(seeded=True) as address:
        page = visit(f"{address}/weekly_review")
        compared = page.get_by_label("Compared with")
        assert compared.input_value() == "Compared with: Review of 13 Nov 2026"
        assert page.get_by_text("“Quotes without a phone call” removed").is_visible()
        page.get_by_text("changes, one by one").click()
        assert page.get_by_text("✓ Slow the send-time model down").is_visible()
        page.get_by_role("button", name="No PM is assigned to Returns.").click()
        page.get_by_text("Why this was flagged").first.wait_for()
        page.get_by_role("button", name="Assign, accept or discuss it").click()
        form = page.get_by_role("dialog")
        form.get_by_label("Owner").fill("Amara Okafor")
        form.get_by_label("Your name").fill("Rafael")
        form.get_by_role("button", name="Save").click()
        form.wait_for(state="detached")
        page.locator(".rows .state", has_text="Amara Okafor").wait_for()
        page.get_by_role("button", name="Record a decision or to-do").click()
        page.get_by_label("What was decided").fill("Ask Amara who takes Returns")
        page.get_by_label("Who does it").fill("Amara Okafor")
        page.get_by_role("button", name="Record", exact=True).click()
        page.get_by_text("Amara Okafor · by 27 Nov 2026").wait_for()
        assert urlsplit(page.url).path == "/weekly_review"
        page.reload()
        settled(page)
        page.locator(".rows .state", has_text="Amara Okafor").wait_for()
        assert page.get_by_text("Ask Amara who takes Returns").is_visible()
        assert page.get_by_text("Amara Okafor · by 27 Nov 2026").is_visible()


def test_a_document_of_what_is_on_the_screen_arrives(weeks, visit):
    """Made on the click, with what the filters show and the week that is chosen."""
    page = visit(f"{weeks}/weekly_review?area=Payments")
    page.get_by_label("Compared with").click()
    page.get_by_role("option", name="Compared with: Review of 6 Nov 2026").click()
    page.wait_for_url("**since=**")
    settled(page)
    page.get_by_role("button", name="Export").click()
    offered = page.locator("[data-testid=stPopoverBody]")
    offered.get_by_text("Filtered to Payments.").wait_for()
    settled(page)
    with page.expect_download() as arrives:
        offered.get_by_role("button", name="Markdown").click()
    assert arrives.value.suggested_filename == "weekly-2026-11-20.md"
    said = arrives.value.path().read_text(encoding="utf-8")
    assert "Compared with: 6 Nov 2026 · Filters: Payments · " in said
    with page.expect_download() as arrives:
        offered.get_by_role("button", name="PowerPoint").click()
    assert arrives.value.suggested_filename == "deck-2026-11-20.pptx"
    assert arrives.value.path().read_bytes().startswith(b"PK")
    assert page.locator("[data-testid=stDownloadButtonError]").count() == 0


def test_reload_shows_what_is_on_the_disk(visit, tmp_path):
    folder = tmp_path / "company"
    shutil.copytree(DEMO, folder)
    with serving(str(folder)) as address:
        page = visit(f"{address}/data")
        assert page.get_by_text("1,809 rows read").is_visible()
        products = folder / "products.csv"
        products.write_text(products.read_text(encoding="utf-8") + "P99,Late addition\nP99,Twice\n",
                            encoding="utf-8")
        before = page.get_by_text("read on").first.inner_text()
        page.get_by_role("button", name="Reload").click()
        settled(page)
        assert page.get_by_text("1,811 rows read from 16 lists, 1 row skipped").is_visible()
        assert page.get_by_text("read on").first.inner_text() != before


def test_a_broken_source_and_back(visit, tmp_path):
    folder = tmp_path / "company"
    shutil.copytree(DEMO, folder)
    with serving(str(folder)) as address:
        visit(address)
        folder.rename(tmp_path / "away")
        page = visit(f"{address}/data")
        page.get_by_role("button", name="Reload").first.click()
        settled(page)
        assert page.get_by_text("does not exist").first.is_visible()
        page.get_by_role("link", name="Overview", exact=True).click()
        settled(page)
        assert page.get_by_text("What is shown was read on").is_visible()
        assert page.get_by_text("28 of 36 products are aligned").is_visible()
        (tmp_path / "away").rename(folder)
        page.wait_for_timeout(5_500)  # after a failure it is not read again at once
        page.get_by_role("button", name="Try again").click()
        settled(page)
        assert page.get_by_text("What is shown was read on").count() == 0
        assert page.get_by_text("28 of 36 products are aligned").is_visible()
