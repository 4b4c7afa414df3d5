"""No serious violation of accessibility rules on any page, light or dark; Tab and Enter suffice."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from bench.screenshots import DEFAULT, settled

pytestmark = pytest.mark.browser
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def _violations(page):
    return [(one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("path", [*DEFAULT, "outcomes?tab=Flow%20of%20money"])
def test_no_serious_violation(demo, visit, path):
    page = visit(f"{demo}/{path}")
    light = page.evaluate(BACKGROUND)
    assert _violations(page) == []
    page.emulate_media(color_scheme="dark")  # it turns dark while it is open
    settled(page)
    assert page.evaluate(BACKGROUND) != light
    assert _violations(page) == []


def test_tab_and_enter_reach_the_evidence_of_a_gap(demo, visit):
    page = visit(demo)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Evidence":
            break
    else:
        pytest.fail("no evidence link can be reached by Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**gap=**")
    settled(page)
    assert page.get_by_text("Who serves this outcome?").is_visible()
