"""What is told of a proposal, to who made it and to who may accept it."""

from datetime import UTC, datetime

import pytest

from orgdata.edits import Edit
from orgdata.store import Proposal
from orgdata.views.edited import Names
from orgdata.views.proposals import further, own, told, what
from tests.builders import loaded

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def names():
    return Names(loaded(products="P1 name=Checkout | P2 name=Returns"))


def edit(text, product="P1"):
    return Edit("products", "set", {"product_id": product}, {"jobs": text}, {"jobs": "qzhidden"})


def proposal(edits, **more):
    return Proposal("s", tuple(edits), "Set jobs: x", "Ada", "ada@x", AT, signed=True, **more)


def test_who_makes_it_is_not_told_what_it_replaces_nor_what_goes_with_it(names):
    said = what("Set jobs", [edit("pay"), edit("qzworkedout", "P2")], names)
    assert said == "Set jobs: Product Checkout: jobs “pay”. And 1 change with it."
    assert len(what("Set jobs", [edit("x" * 900)], names)) <= 500


def test_who_may_accept_it_is_told_all_of_it(names):
    assert told(proposal([edit("pay"), edit("send", "P2")], reason="They asked."), names) == (
        "Proposed by Ada on 20 Nov 2026: Product Checkout: jobs “qzhidden” → “pay”. "
        "Product Returns: jobs “qzhidden” → “send”. Why: They asked.")
    many = proposal([edit(str(number)) for number in range(11)])
    assert told(many, names).endswith("“7”.")
    assert further(many, names) == [
        f"Product Checkout: jobs “qzhidden” → “{number}”." for number in range(8, 11)]


def test_what_became_of_it(names):
    def said(**more):
        return own(proposal([edit("pay")], **more))

    assert said() == "20 Nov 2026: Set jobs: x It waits."
    answered = {"answered_by": "Kim", "answered_at": AT}
    assert said(answer="accepted", **answered).endswith(" Accepted by Kim on 20 Nov 2026.")
    assert said(answer="declined", because="No.", **answered).endswith(
        " Declined by Kim on 20 Nov 2026, because: No.")


@pytest.mark.parametrize("confirmed", [
    Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"}, {"confirmed_by": "Tom"}, answer=flag)
    for flag in (True, False)])
def test_a_confirmation_that_is_proposed_is_nobodys_word_until_it_is_accepted(names, confirmed):
    for said in (told(proposal([confirmed]), names), what("Confirm", [confirmed], names)):
        assert "Tom" not in said
        assert "who accepts it" in said
