"""What a product is for: as people stated it, or generated and said to be so."""

import pytest

from orgdata.views import purpose
from tests.builders import aligned

OUTCOMES = ("O1 name=Retention weight=60 unit=% baseline=108 current=113.1 target=115 | "
            "O2 name=Growth weight=40")
BASIS_GENERATED = "Generated from its {}; nobody has stated its purpose yet."


def company(cells, links=""):
    return aligned(outcomes=OUTCOMES, products=f"P1 {cells}", people="H1 name=Ada",
                   contributions=links)


@pytest.mark.parametrize(("cells", "links", "said", "numbers"), [
    ("name=Pay", "P1 O1 primary | P1 O2 weak", "Pay supports “Retention”.",
     "It moves “Retention”: 108 → 113.1 → 115 %."),
    ("name=Pay", "P1 O1 weak | P1 O2 weak", "Pay supports “Retention” and “Growth”.",
     "It moves “Retention” (108 → 113.1 → 115 %) and “Growth”."),
    ("name=Pay", "P1 O2 primary", "Pay supports “Growth”.", ""),
    ("name=Auth strategic_role=enable", "", "Auth is a platform for other products.", ""),
    ("name=Auth strategic_role=enable", "P1 O2 primary", "Auth supports “Growth”.", ""),
    ("name=Old strategic_role=sunset", "", "Old is being wound down.", ""),
    ("name=Lab", "", "The purpose of Lab is not stated yet, and no outcome is known that it supports.",
     "")])
def test_where_nobody_stated_it_it_is_generated_and_said_to_be(cells, links, said, numbers):
    measured = company(cells, links)
    assert purpose.purpose(measured, "P1") == purpose.generated(measured, "P1") == said
    assert purpose.basis(measured, "P1") == (
        BASIS_GENERATED.format("links" if links else "strategic bet") if "not stated" not in said
        else "Nobody has stated its purpose yet.")
    assert purpose.moves(measured, "P1") == numbers


def test_that_nothing_links_it_is_said_where_it_is_known():
    measured = aligned(outcomes=OUTCOMES, products="P1 name=Lab | P2", people="H1",
                       contributions="P2 O1 primary", objectives="J1 product_id=P2 outcome_id=O1")
    assert purpose.generated(measured, "P1") == (
        "The purpose of Lab is not stated yet, and it is linked to no outcome.")


def test_a_link_that_waits_for_confirmation():
    measured = aligned(outcomes=OUTCOMES, products="P1 name=Pay | P2", contributions="""
        P1 O2 primary | P2 O1 primary confirmed_on=2026-10-01""")
    assert purpose.generated(measured, "P1") == (
        "Pay works towards “Growth”, which is not confirmed yet.")


@pytest.mark.parametrize(("confirmation", "said"), [
    ("", "Purpose as stated, not confirmed yet."),
    ("role_confirmed_on=2026-10-01", "Purpose, confirmed on 1 Oct 2026."),
    ("role_confirmed_on=2026-10-01 role_confirmed_by=H1",
     "Purpose, confirmed by Ada on 1 Oct 2026."),
    ("role_confirmed_on=2026-10-01 role_confirmed_by=Board",
     "Purpose, confirmed by Board on 1 Oct 2026.")])
def test_a_stated_sentence_stands_as_it_was_written(confirmation, said):
    measured = company(f"name=Pay role_statement='Gets us paid' {confirmation}", "P1 O1 primary")
    assert purpose.purpose(measured, "P1") == "Gets us paid"
    assert purpose.basis(measured, "P1") == said
    assert purpose.generated(measured, "P1") == "Pay supports “Retention”."
    assert purpose.moves(measured, "P1") == "It moves “Retention”: 108 → 113.1 → 115 %."
