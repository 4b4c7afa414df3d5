"""What a gap is, told from its key, when it is not found any more."""

import pytest

from orgdata.views.gap_names import in_words
from tests.builders import loaded

NOW = loaded(outcomes="O1 name='To Japan'", products="P1 name=Pay | P:2 name=Sell",
             objectives="J1 title=Grow", people="H1 name=Ada")


@pytest.mark.parametrize(("key", "words"), [
    ("OUT05:O1", "spend off strategy for “To Japan”"),
    ("OUT05:O9", "spend off strategy"), ("OUT06:portfolio", "too many outcomes"),
    ("PRD03:P:2:O1", "no OKR behind the link for “Sell” and “To Japan”"), ("PRD03:P9:O1", "no OKR behind the link"),
    ("PRD08:P1:P:2", "possible overlap for “Pay” and “Sell”"),
    ("OBJ04:product:P1", "too many objectives for “Pay”"),
    ("OBJ04:objective:J1", "too many objectives for “Grow”"),
    ("PRT01:strategic_role:invest", "mix off target for “invest”"),
    ("OWN04:H1", "over-allocated for “Ada”"),
    ("GOV02:OUT05:O1", "spend off strategy for “To Japan”"), ("X1:O1", "X1:O1")])
def test_a_key_in_words(key, words):
    assert in_words(key, NOW) == words


def test_what_is_gone_has_the_name_of_the_portfolio_that_knew_it():
    before = loaded(outcomes="O1 name=Old | O2 name=Gone")
    assert in_words("OUT01:O2", NOW, before) == "outcome not covered for “Gone”"
    assert in_words("OUT01:O1", NOW, before) == "outcome not covered for “To Japan”"
