"""Acting and trying in a real browser: how many clicks it takes, and what the keyboard can do."""

import io

import pytest
from pptx import Presentation

from bench.screenshots import serving, settled
from tests import csv_folders

pytestmark = pytest.mark.browser


@pytest.fixture
def clicks(visit):
    """A page of a dashboard of its own and a function that clicks, counted."""
    with serving() as address:
        counted = []

        def click(page, what, **named):
            page.get_by_role(what, **named).last.click()  # the menu has boxes of the same names
            counted.append(what)
            settled(page)
        yield address, click, counted


def choose(page, click, label, option):
    """Choose in a drop-down: one click, and the first letters of a name."""
    click(page, "combobox", name=label, exact=True)
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    settled(page)


def test_a_product_without_a_manager_gets_one_in_four_clicks(clicks, visit):
    address, click, counted = clicks
    page = visit(f"{address}/my_product?product=P21")
    page.get_by_text("Missing: a PM").first.wait_for()
    page.get_by_role("button", name="No PM is assigned to Returns").scroll_into_view_if_needed()
    click(page, "button", name="No PM is assigned to Returns")
    page.get_by_label("Your name").last.fill("Ada Park")  # typed once for a session
    page.get_by_role("button", name="Try it first").scroll_into_view_if_needed()
    click(page, "combobox", name="Product manager")
    click(page, "option", name="Amara Okafor")
    click(page, "button", name="Assign a product manager")
    assert len(counted) <= 4
    page.get_by_text("The PM is Amara Okafor").first.wait_for()


def test_three_changes_are_tried_compared_and_put_into_the_deck_in_fifteen_clicks(clicks, visit):
    address, click, counted = clicks
    page = visit(f"{address}/what_if")
    page.get_by_label("Name", exact=True).fill("All three")
    page.get_by_label("Your name").fill("Ada Park")
    click(page, "button", name="Begin")
    choose(page, click, "What would you do?", "Give a product a product manager")
    choose(page, click, "Product", "Returns")
    choose(page, click, "Product manager", "Nadia Haddad")
    click(page, "button", name="Add this change")
    page.get_by_text("Nadia Haddad becomes product manager of Returns").first.wait_for()
    assert page.get_by_role("heading", name="1 product newly aligned (Returns)").is_visible()
    for verb, *given in (("Retire a product", ("Product", "Report Builder")),
                         ("Change the weight of an outcome", ("Outcome", "Expand to Japan"))):
        choose(page, click, "What would you do?", verb)
        for label, option in given:
            choose(page, click, label, option)
        if verb.startswith("Change"):
            page.get_by_label("New weight in percent").fill("5")
            page.keyboard.press("Tab")
        click(page, "button", name="Add this change")
    page.get_by_text("Expand to Japan weighs 5 %").first.wait_for()
    click(page, "button", name="Export")
    with page.expect_download() as download:
        click(page, "button", name="PowerPoint")
    slides = Presentation(io.BytesIO(download.value.path().read_bytes())).slides
    rows = [[cell.text for cell in row.cells] for shape in slides[1].shapes if shape.has_table
            for row in shape.table.rows]
    assert rows[0] == ["Figure", "Now", "All three"]
    assert ["Aligned products", "28 of 36", "29 of 35"] in rows
    assert len(counted) <= 15


@pytest.mark.parametrize("page_name", ["", "gaps"])
def test_a_pattern_opens_the_grid_in_which_its_gaps_are_settled(visit, tmp_path, page_name):
    numbers = range(1, 15)
    folder = csv_folders.write(
        tmp_path / "co", people="person_id,name\nH1,Ada\n",
        products="product_id,name\n" + "".join(f"P{n},Product {n}\n" for n in numbers),
        assignments="product_id,person_id,role\n" + "".join(f"P{n},H1,accountable\n" for n in numbers),
        outcomes="outcome_id,name,weight\nO1,Grow,60\n",
        contributions="product_id,outcome_id\n" + "".join(f"P{n},O1\n" for n in numbers),
        objectives="objective_id,title,product_id,outcome_id\n" + "".join(
            f"J{n},Goal {n},P{n},O1\n" for n in numbers),
        key_results="kr_id,objective_id,title,baseline\n" + "".join(
            f"K{n},J{n},Result {n},0\n" for n in numbers))
    with serving(folder) as address:
        page = visit(f"{address}/{page_name}")
        page.get_by_role("button", name="Fill in what is missing for many at once").click()
        settled(page)
        page.get_by_role("button", name="Save all").wait_for()
        assert "code=KR01" in page.url


def test_five_key_results_are_checked_in_by_keyboard(clicks, visit):
    address, _, _ = clicks
    page = visit(f"{address}/my_product?product=P18")
    page.locator("summary", has_text="Weekly check-in: 5 key results").focus()
    page.keyboard.press("Enter")
    first = page.get_by_label("Value today").first
    first.wait_for()
    settled(page)
    first.focus()
    for value in ("76", "12", "2.7", "6", "3"):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
        page.keyboard.type("7")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.keyboard.type("Samir Khoury")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_text("Corrections: 5 cells, none yet in the source").first.wait_for()
