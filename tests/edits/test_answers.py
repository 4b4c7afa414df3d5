"""Answers on links outlive what is done with these by others."""

from datetime import date

import pytest

from orgdata.edits import Edit, apply
from orgdata.edits.answers import NEVER, on_link, on_purpose, signed_by
from orgdata.edits.carry import to_carry
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, decline, link, withdraw
from orgdata.load import portfolio_of
from orgdata.measures import align
from orgdata.sources import read_source
from tests import canaries

DAY = date(2026, 11, 20)
LINK = ("P1", "O1")
NEW = ("P3", "O1")


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
    added, = to_carry(raw, edits)["contributions"].added.values()
    assert added["confirmed_on"] == NEVER  # what is written into the files says so, too
    edits += confirm(Now(apply(raw, edits).raw, DAY), *LINK, "H5")  # but who answers anew does
    assert confirmed(raw, edits) == before


def test_who_states_a_confirmed_link_anew_has_it_to_be_confirmed_again(raw):
    """It may be stronger now than what was confirmed."""
    before, edits = confirmed(raw, ()), []
    for do in (lambda now: confirm(now, *LINK, "H5"), lambda now: withdraw(now, *LINK),
               lambda now: link(now, *LINK, "primary")):
        edits += do(Now(apply(raw, edits).raw, DAY))
    assert confirmed(raw, edits) == before | {LINK: False}
    edits += confirm(Now(apply(raw, edits).raw, DAY), *LINK, "H5")
    assert confirmed(raw, edits) == before


@pytest.mark.parametrize("steps", [
    (lambda now: link(now, *NEW, "supporting"), lambda now: decline(now, *NEW, "H5")),
    (lambda now: link(now, *NEW, "supporting"), lambda now: decline(now, *NEW, "H5"),
     lambda now: withdraw(now, *NEW), lambda now: link(now, *NEW, "supporting"))])
def test_what_the_source_says_of_the_link_by_then_counts_as_for_any_correction(tmp_path, steps):
    folder = canaries.company(tmp_path / "company")
    raw, edits = read_source(str(folder)), []
    for do in steps:
        edits += do(Now(apply(raw, edits).raw, DAY))
    assert not confirmed(raw, edits)[NEW]
    links = folder / "contributions.csv"
    header = links.read_text("utf-8").splitlines()[0].split(",")
    said = {"product_id": NEW[0], "outcome_id": NEW[1], "strength": "supporting",
            "confirmed_by": "H5", "confirmed_on": "2026-11-19"}
    with links.open("a", encoding="utf-8") as file:
        file.write(",".join(said.get(name, "") for name in header) + "\n")
    assert confirmed(read_source(str(folder)), edits)[NEW]


def test_a_confirmation_is_signed_by_who_stands_for_it_and_nothing_else_is():
    link, purpose = on_link("P1", "O1", "confirmed", "H2", DAY), on_purpose("P1", "It pays", "", DAY)
    assert signed_by(link, "Bo").values == {"confirmed_by": "Bo", "confirmed_on": DAY.isoformat()}
    assert signed_by(purpose, "Bo").values == {**purpose.values, "role_confirmed_by": "Bo"}
    declined = on_link("P1", "O1", "declined", "H2", DAY)
    for one in (declined, Edit("products", "set", {"product_id": "P1"}, {"role_statement": "It pays"}),
                Edit.adding("contributions", {"product_id": "P1", "outcome_id": "O1", "confirmed_by": "H2"})):
        assert signed_by(one, "Bo") is one
