"""Answers on links outlive what is done with these by others."""

from datetime import date

import pytest

from orgdata.edits import apply
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, decline, link, withdraw
from orgdata.load import portfolio_of
from orgdata.measures import align
from orgdata.sources import read_source
from tests import canaries

DAY = date(2026, 11, 20)
LINK = ("P1", "O1")


@pytest.fixture(params=[True, False])
def raw(request, tmp_path):
    """The company of canaries, which keeps confirmations of links, or none of any."""
    folder = canaries.company(tmp_path / "company")
    if not request.param:
        (folder / "contributions.csv").write_text(
            "product_id,outcome_id,strength\nP1,O1,primary\nP2,O2,primary\nP3,O2,supporting\n", "utf-8")
    return read_source(str(folder))


def confirmed(raw, edits):
    rows = align(portfolio_of(raw, edits), DAY).links.set_index(["product_id", "outcome_id"])
    return rows["confirmed"].to_dict()


def test_who_states_a_declined_link_anew_does_not_take_the_answer_back(raw):
    before, edits = confirmed(raw, ()), []
    for do in (lambda now: decline(now, *LINK, "H5"), lambda now: withdraw(now, *LINK),
               lambda now: link(now, *LINK, "primary")):
        edits += do(Now(apply(raw, edits).raw, DAY))
    assert before[LINK]
    assert confirmed(raw, edits) == before | {LINK: False}
    edits += confirm(Now(apply(raw, edits).raw, DAY), *LINK, "H5")  # but who answers anew does
    assert confirmed(raw, edits) == before
