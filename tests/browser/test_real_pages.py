"""Every page on every real portfolio, in a real browser; a file of its own, so that it runs beside
the journeys."""

import pytest

from bench.screenshots import serving

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["sourcegraph", "canada", "canada_full", "nyc"])
def test_a_real_portfolio_opens_on_every_page(visit, real_data, name):
    with serving(str(real_data / name)) as address:
        page = None
        for path in ("", "outcomes", "products", "my_product", "gaps", "data", "method"):
            page = visit(f"{address}/{path}", page=page)
            assert page.get_by_role("heading", level=1).is_visible()
            assert page.locator("[data-testid=stAlertContentError]").count() == 0
