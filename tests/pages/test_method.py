"""The Method page knows every rule of the registry, and why it is not evaluated here."""

import pytest

from orgdata.docs import catalogue
from orgdata.gaps import RULES
from tests.pages.conftest import text_of


def test_every_rule_is_on_the_page_once(opened):
    shown = text_of(opened("method", method_tab="Rules"))
    for one in catalogue.rules():
        assert shown.count(f"**{one['code']} ") == 1, one["code"]
        assert one["fires_when"].split(".")[0] in shown.replace("\\", ""), one["code"]
    assert "*Threshold:* 10 points" in shown.replace("\\", "")


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_rule_is_of_a_family_that_says_what_it_asks(code):
    asked = [asks for asks, codes in catalogue.families().items() if code in codes]
    assert len(asked) == 1
    assert len(asked[0].split()) > 4
