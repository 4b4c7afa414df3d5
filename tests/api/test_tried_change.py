"""What an assistant may try tells it no more than it may read, in whatever way it asks."""

from datetime import date

import pytest

from orgdata.access import Rights, shown
from orgdata.api.questions import try_change
from orgdata.api.reading import Reading, Tried
from orgdata.edits import made
from orgdata.evaluation import Known, judge, measure
from orgdata.load import portfolio_of
from orgdata.sources import read_source
from tests import canaries

DAY = date(2026, 11, 20)
LEADERSHIP = Rights(frozenset({"leadership"}))


@pytest.fixture
def reading(tmp_path):
    """The company of canaries as leadership reads it; the spend of Returns could not be read."""
    folder = canaries.company(tmp_path / "company")
    products = folder / "products.csv"
    products.write_text(products.read_text("utf-8").replace("invest,200", "invest,qzspendtwo"), "utf-8")
    raw = read_source(str(folder))

    def judged(edits=()):
        return judge(measure(portfolio_of(raw, (), edits), DAY), Known())

    def tried(asked):
        wanted = tuple(made(raw, asked, DAY))
        return Tried(judged(), judged(wanted), wanted)

    return Reading(shown(judged(), LEADERSHIP), LEADERSHIP, tried, lambda _: None)


@pytest.mark.parametrize(("verb", "more"), [
    ("set", {}), ("Set", {}), (" SET ", {}), ("link", {"verb": "set"})])
def test_what_a_cell_says_that_could_not_be_read_is_not_told(reading, verb, more):
    told = try_change(reading, verb, {
        "table": "products", "key": {"product_id": "P2"}, "column": "annual_spend", "value": "250",
        **more})
    assert "250" in str(told["answer"]["edits"])
    assert "qzspendtwo" not in str(told)
