"""No serious violation of accessibility rules on any page, light or dark; Tab and Enter suffice."""

import tomllib

import pytest
from axe_playwright_python.sync_playwright import Axe

from bench.screenshots import DEFAULT, ROOT, settled

pytestmark = pytest.mark.browser
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*DEFAULT, "outcomes?tab=Flow%20of%20spend", "?cell=P21:O4"])
def test_no_serious_violation(demo, visit, path, scheme):
    page = visit(f"{demo}/{path}", scheme)
    if scheme == "dark":  # the light accent of a dark page cannot carry Streamlit's white text
        assert page.locator("button[kind^=primary]").count() == 0
    red, green, blue = bytes.fromhex(THEMES[scheme]["backgroundColor"].removeprefix("#"))
    assert page.evaluate(BACKGROUND) == f"rgb({red}, {green}, {blue})"
    assert _serious(page) == []


def _serious(page):
    return [(one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "button"), [
    ("my_product?product=P21", "Change it here"), ("outcomes?outcome=O1", "Confirm or decline"),
    ("", "info"), ("weekly_review", "Close the review")])
def test_no_serious_violation_in_what_opens(weeks, visit, path, button, scheme):
    page = visit(f"{weeks}/{path}", scheme)
    page.get_by_test_id("stPopoverButton").filter(has_text=button).first.press("Enter")
    settled(page)
    assert page.get_by_test_id("stPopoverBody").is_visible()
    assert _serious(page) == []


DEEP = """() => { let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.innerText ?? ""; }"""


def test_tab_and_enter_reach_the_evidence_of_a_gap(demo, visit):
    page = visit(demo)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(DEEP).startswith("No product works on"):
            break
    else:
        pytest.fail("no gap can be reached by Tab")
    page.keyboard.press("Enter")
    settled(page)
    assert page.get_by_text("Which product will work on this outcome?").is_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate(DEEP) == "Assign, accept or discuss it":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**gap=**")
