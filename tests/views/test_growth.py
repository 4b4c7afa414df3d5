"""Where an area can be practised, who manages whom, and that nothing goes the other way."""

import pandas as pd
import pytest

from orgdata.access.rights import SENSITIVE
from orgdata.gaps import RULES, find_gaps
from orgdata.private import AREAS, HEADINGS
from orgdata.views import growth
from tests.demo_company import alignment

PEOPLE = pd.DataFrame([
    ("H1", "Ada", "Ada@x", "H2"), ("H2", "Kim", "kim@x", None), ("H3", "Zoe", "zoe@x", "H4"),
    ("H4", "Bo", None, "H2"), ("H5", "One", "same@x", "H2"), ("H6", "Two", "same@x", "H2"),
    ("H7", "Self", "self@x", "H7"), ("H8", "Lost", "lost@x", "H99"), ("H9", "Nine", "nine@x", "H5")],
    columns=["person_id", "name", "email", "manager_id"])


def test_each_area_has_a_heading_and_rules_that_are_there_and_speak_of_no_person():
    assert set(growth._RULES) == set(AREAS)
    assert {one.heading for one in AREAS.values()} == set(HEADINGS)
    named = {code for codes in growth._RULES.values() for code in codes.split()}
    assert named <= set(RULES)
    assert not named & SENSITIVE


def test_places_to_practise_are_of_the_own_products():
    gaps = find_gaps(alignment()).rows
    found = growth.offers(alignment(), gaps, {"P01"}, "delivering")
    assert found
    assert len(found) <= growth.MOST_OFFERS
    titles = alignment().of_product("P01", "key_results")["title"]
    assert any(f"Key result “{title}” of Checkout" in found for title in titles)
    assert growth.offers(alignment(), gaps, set(), "delivering") == []


@pytest.mark.parametrize(("address", "manager"), [
    ("ada@x", ("Kim", "kim@x")), ("kim@x", None), ("zoe@x", None), ("same@x", None), ("self@x", None),
    ("lost@x", None), ("nine@x", None), ("nobody@x", None)])
def test_a_manager_is_who_the_data_say_and_can_sign_in(address, manager):
    assert growth.manager_of(address, PEOPLE) == manager


def test_reports_are_those_of_whom_somebody_is_the_manager():
    assert growth.reports_of("kim@x", PEOPLE) == {"ada@x": "Ada"}
    assert growth.reports_of("same@x", PEOPLE) == growth.reports_of("self@x", PEOPLE) == {}


def test_only_the_tab_knows_of_the_private_database():
    """No view, document, answer or store reads it: who imports it, stands here."""
    from tests.test_architecture import FILES, imported, parsed, place
    users = {place(path) for path in FILES if any(
        f"{name}.".startswith("orgdata.private.Private.") or name.startswith("orgdata.private.database")
        for name in imported(parsed(path)))}
    assert users == {"private/__init__", "ui/shell/private", "ui/widgets/growth", "cli/forgetting"}
