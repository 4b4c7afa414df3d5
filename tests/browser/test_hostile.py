"""Served as in production: small files made to cost much are dropped in at once; each is answered
by its line, and the page of somebody else is drawn meanwhile."""

import pytest

from bench.hostile import REFUSED
from tests.browser.test_replicas import replica

pytestmark = pytest.mark.browser


def test_each_is_answered_and_nobody_else_waits(visit, tmp_path):
    for name, (make, _) in REFUSED.items():
        (tmp_path / name).write_bytes(make())
    with replica(f"sqlite:///{tmp_path / 'store.sqlite'}") as address:
        page = visit(f"{address}/data?do=Bring%20your%20own%20files")
        page.locator("input[type=file]").set_input_files([tmp_path / name for name in REFUSED])
        assert visit(f"{address}/gaps").get_by_role("heading", level=1).is_visible()
        page.get_by_text("cannot be read").first.wait_for(timeout=120_000)
        said = page.inner_text("body")
        assert [name for name, (_, line) in REFUSED.items() if line not in said] == []
