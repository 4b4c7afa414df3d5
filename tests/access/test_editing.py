"""What each may change: their own, and nothing by a detour."""

from dataclasses import replace

import pytest

from orgdata.access import OPEN, Rights, Theirs
from orgdata.access.editing import may_change, may_confirm, may_reword, may_save, may_say
from orgdata.edits import Edit
from tests.builders import loaded

PM = Rights(frozenset({"pm"}), Theirs(frozenset({"H1"}), frozenset({"P1"})))
OWNER = Rights(frozenset({"viewer"}), Theirs(frozenset({"H2"}), frozenset(), frozenset({"O1"})))
SALES = Rights(frozenset({"partner"}), functions=frozenset({"sales"}))
SIGNED = {"confirmed_by": "H1", "confirmed_on": "2026-11-20"}


@pytest.fixture(scope="module")
def portfolio():
    return loaded(
        products="P1 | P2", outcomes="O1 | O2", people="H1 | H2",
        assignments="P1 H1 accountable | P1 H2 deputy | P2 H2 accountable", contributions="P1 O1 | P2 O1",
        objectives="J1 product_id=P1 | J2 product_id=P2 | J3", objective_products="J3 P1",
        key_results="K1 J1 | K2 J2 | K3 J3", check_ins="K1 2026-11-01 1",
        expectations="X1 P1 Sales | X2 P2 sales | X3 P2 legal", dependencies="D1 P1 P2 | D2 P2 P1",
        roadblocks="R1 2026-11-01 kr_id=K1 | R2 2026-11-01 product_id=P2")


def edit(table, operation="set", key=None, answer=False, **values):
    return Edit(table, operation, key or {}, values, answer=answer)


@pytest.mark.parametrize(("one", "theirs"), [
    (edit("products", key={"product_id": "P1"}, role_statement="x"), True),
    (edit("products", key={"product_id": "P2"}, role_statement="x"), False),
    *((edit("products", key={"product_id": "P1"}, **{column: "1"}), False) for column in (
        "annual_spend", "annual_revenue", "fte", "bau_pct", "status", "strategic_role", "name",
        "parent_product_id")),
    (edit("products", key={"product_id": "P1"}, jobs="x", status="retired"), False),
    (edit("products", "end", {"product_id": "P1"}), False),
    (edit("products", "add", {"product_id": "P3"}, name="x"), False),
    (edit("assignments", "add", {"product_id": "P1", "person_id": "H2", "role": "Deputy"}), True),
    *((edit("assignments", "add", {"product_id": "P1", "person_id": "H2", "role": role}), False)
      for role in ("accountable", "Product Manager", "pm", "what the settings call one")),
    (edit("assignments", key={"product_id": "P1", "person_id": "H2"}, allocation_pct="5"), True),
    (edit("assignments", key={"product_id": "P1", "person_id": "H2"}, role="owner"), False),
    (edit("assignments", key={"product_id": "P1", "person_id": "H1"}, allocation_pct="5"), False),
    (edit("assignments", "end", {"product_id": "P1", "person_id": "H1"}), False),
    (edit("assignments", "add", {"product_id": "P1", "person_id": "H1", "role": "deputy"}), False),
    (edit("assignments", "end", {"product_id": "P1", "person_id": "written by name"}), False),
    (edit("assignments", "add", {"product_id": "P2", "person_id": "H1", "role": "pm"}), False),
    (edit("assignments", key={"product_id": "P1", "person_id": "H1"}, product_id="P2"), False),
    (edit("assignments", key={"product_id": "P2", "person_id": "H1"}, product_id="P1"), False),
    (edit("objectives", "add", {"objective_id": "J9"}, product_id="P1", title="x"), True),
    (edit("objectives", "add", {"objective_id": "J9"}, title="x"), False),
    (edit("objectives", key={"objective_id": "J2"}, title="x"), False),
    (edit("objectives", key={"objective_id": "J2"}, product_id="P1"), False),
    (edit("objectives", key={"objective_id": "J1"}, product_id="P2"), False),
    (edit("objectives", key={"objective_id": "J3"}, title="x"), True),
    *((edit("objectives", key={"objective_id": "J1"}, parent_objective_id=above), theirs) for above, theirs in (
        ("J2", False), ("J3", True), ("", True), ("J9", False))),
    (edit("objectives", "add", {"objective_id": "J9"}, product_id="P1", parent_objective_id="J2"), False),
    (edit("key_results", key={"kr_id": "K1"}, target="5"), True),
    (edit("key_results", key={"kr_id": "K1"}, objective_id="J2"), False),
    (edit("key_results", key={"kr_id": "K2"}, target="5"), False),
    (edit("check_ins", "add", {"kr_id": "K1", "date": "2026-11-20"}, value="5"), True),
    (edit("check_ins", "add", {"kr_id": "K2", "date": "2026-11-20"}, value="5"), False),
    (edit("dependencies", key={"dependency_id": "D1"}, agreed="yes"), True),
    (edit("dependencies", key={"dependency_id": "D2"}, agreed="yes"), False),
    (edit("roadblocks", key={"roadblock_id": "R1"}, closed_on="2026-11-20"), True),
    (edit("roadblocks", key={"roadblock_id": "R2"}, closed_on="2026-11-20"), False),
    (edit("contributions", "add", {"product_id": "P1", "outcome_id": "O2"}), True),
    (edit("contributions", key={"product_id": "P1", "outcome_id": "O1"}, **SIGNED), False),
    (edit("contributions", key={"product_id": "P1", "outcome_id": "O1"}, outcome_id="O2"), False),
    (edit("contributions", key={"product_id": "P1", "outcome_id": "O1"}, answer=True), False),
    (edit("outcomes", key={"outcome_id": "O1"}, weight="99"), False),
    (edit("people", key={"person_id": "H1"}, email="other@x"), False),
    (edit("mix_targets", "add", {"dimension": "x", "bucket": "y"}), False)])
def test_a_product_manager_changes_their_own_products(portfolio, one, theirs):
    assert may_save(PM, [one], portfolio) == theirs
    assert may_save(OPEN, [one], portfolio)
    assert not may_save(SALES, [one], portfolio)


def test_nobody_gives_themselves_a_role_or_prolongs_theirs(portfolio):
    """What was theirs until lately would be so for ever."""
    deputy = Rights(frozenset({"pm"}), Theirs(frozenset({"H2"}), frozenset({"P1", "P2"})))
    row = {"product_id": "P1", "person_id": "H2"}
    for one, theirs in ((edit("assignments", "add", {**row, "role": "deputy"}), False),
                        (edit("assignments", key=row, end_date="2030-01-01"), False),
                        (edit("assignments", "end", row), True),
                        (edit("assignments", "add", {**row, "person_id": "H3", "role": "deputy"}), True)):
        assert may_save(deputy, [one], portfolio) == theirs
        assert may_save(OPEN, [one], portfolio)


def test_all_of_what_is_saved_together_is_theirs(portfolio):
    own, other = (edit("products", key={"product_id": product}, jobs="x") for product in ("P1", "P2"))
    new = [edit("objectives", "add", {"objective_id": "J9"}, product_id="P1", title="x"),
           edit("key_results", "add", {"kr_id": "K9"}, objective_id="J9", title="y")]
    assert may_save(PM, new, portfolio)
    assert not may_save(PM, [own, other], portfolio)
    assert not may_save(PM, [], portfolio)


def test_the_owner_of_an_outcome_confirms_its_links(portfolio):
    link = {"product_id": "P2", "outcome_id": "O1"}
    assert may_save(OWNER, [edit("contributions", key=link, answer=True, **SIGNED)], portfolio)
    assert not may_save(OWNER, [edit("contributions", key=link, strength="primary")], portfolio)
    assert not may_save(OWNER, [edit("contributions", "end", link)], portfolio)
    assert may_confirm(OWNER, "O1")
    assert not any((may_confirm(OWNER, "O2"), may_confirm(PM, "O1")))


def test_a_link_is_as_strong_as_its_owner_confirmed_it():
    """Its product manager says how strong it is until it is confirmed, and withdraws it."""
    portfolio = loaded(products="P1", outcomes="O1 | O2 | O3", contributions=(
        "P1 O1 weak confirmed_on=2026-11-01 | P1 O2 weak confirmed_on=9999-12-31 | P1 O3 weak"))
    both = Rights(frozenset({"pm"}), Theirs(frozenset({"H1"}), frozenset({"P1"}), frozenset({"O1"})))
    for outcome, theirs in (("O1", False), ("O2", True), ("O3", True)):
        link = {"product_id": "P1", "outcome_id": outcome}
        stronger = edit("contributions", key=link, strength="primary")
        assert may_save(PM, [stronger], portfolio) == theirs
        assert may_save(both, [stronger], portfolio)
        for free in (edit("contributions", key=link, rationale="x"), edit("contributions", "end", link)):
            assert may_save(PM, [free], portfolio)


def test_a_partner_answers_what_their_function_is_asked(portfolio):
    for asked, theirs in (("X1", True), ("X2", True), ("X3", False)):
        key = {"expectation_id": asked}
        assert may_save(SALES, [edit("expectations", key=key, state="accepted")], portfolio) == theirs
        assert may_change(SALES, key, portfolio) == theirs


@pytest.mark.parametrize("column", ["what", "by_when", "partner", "direction", "product_id"])
def test_a_partner_answers_and_does_not_reword_what_is_asked(portfolio, column):
    one = edit("expectations", key={"expectation_id": "X1"}, state="accepted", **{column: "2027-01-01"})
    assert not may_save(SALES, [one], portfolio)
    assert may_save(PM, [one], portfolio) == (column != "product_id")
    for rights, theirs in ((SALES, False), (PM, True), (OPEN, True)):
        assert may_reword(rights, {"expectation_id": "X1"}, portfolio) == theirs


def test_who_is_asked_answers_and_says_nothing_else_of_a_gap(portfolio):
    leader = Rights(frozenset({"leadership"}))
    for objects, pm, asked in (({"product_id": "P1", "expectation_id": "X1"}, True, False),
                               ({"product_id": "P2", "expectation_id": "X2"}, False, False),
                               ({"expectation_id": "X1"}, True, False), ({"outcome_id": "O1"}, False, False)):
        assert [may_say(one, objects, portfolio) for one in (PM, SALES, leader, OPEN)] == [
            pm, asked, True, True]


def test_what_is_shown_to_be_changed_is_theirs(portfolio):
    for objects, theirs in (({"product_id": "P1"}, True), ({"product_id": "P2"}, False),
                            ({"outcome_id": "O1"}, False), ({"kr_id": "K3"}, True), ({}, False),
                            ({"product_id": "P1", "outcome_id": "O1"}, True), ({"kr_id": "K9"}, False)):
        assert may_change(PM, objects, portfolio) == theirs


@pytest.mark.parametrize("written", ["O1", "o1", " O1 ", "Grow at home", "grow at  home"])
def test_a_confirmed_link_stays_as_strong_however_the_source_writes_its_ends(written):
    """An edit names what stands in the source, which may be the outcome's name."""
    tables = {"products": "P1 name=Checkout", "outcomes": "O1 name=Grow_at_home | O2"}
    key = {"product_id": "Checkout", "outcome_id": written}
    for confirmed in (True, False):
        held = loaded(**tables, contributions="P1 O1 weak confirmed_on=" + (
            "2026-10-01" if confirmed else "9999-12-31") + " | P1 O2 weak confirmed_on=2026-10-01")
        held = replace(held, tables={**held.tables, "outcomes": held["outcomes"].assign(
            name=held["outcomes"]["name"].str.replace("_", " "))})
        assert may_save(PM, [edit("contributions", key=key, strength="primary")],
                        held) == (not confirmed)
        assert may_save(OWNER, [edit("contributions", key=key, **SIGNED)], held)


def test_nobody_has_all_links_count_as_confirmed_by_withdrawing_the_last_that_is():
    """Where no link has a day on which it was answered, all of them count as confirmed."""
    link = {"product_id": "P1", "outcome_id": "O1"}
    withdrawn = [edit("contributions", "end", link)]
    for links, theirs in (("P1 O1 confirmed_on=2026-10-01 | P2 O1", False),
                          ("P1 O1 confirmed_on=9999-12-31 | P1 O2", False),
                          ("P1 O1 confirmed_on=2026-10-01 | P2 O1 confirmed_on=2026-10-01", True),
                          ("P1 O1 | P2 O1 confirmed_on=2026-10-01", True),
                          ("P1 O1 | P2 O1", True), ("P1 O1 confirmed_on=2026-10-01", True)):
        held = loaded(products="P1 | P2", outcomes="O1 | O2", contributions=links)
        assert may_save(PM, withdrawn, held) == theirs, links
    two = loaded(products="P1", outcomes="O1 | O2 | O3", contributions=(
        "P1 O1 confirmed_on=2026-10-01 | P1 O2 confirmed_on=2026-10-01 | P1 O3"))
    both = [edit("contributions", "end", {"product_id": "P1", "outcome_id": outcome})
            for outcome in ("O1", "O2")]
    assert all(may_save(PM, [one], two) for one in both)
    assert not may_save(PM, both, two)


def test_nobody_gives_a_role_where_theirs_is_over():
    """Who is named meanwhile could name them in turn. Goals and check-ins are theirs for the grace."""
    over = Rights(frozenset({"pm"}), Theirs(frozenset({"H1"}), frozenset({"P1"}), ended=frozenset({"P1"})))
    held = loaded(products="P1", people="H1 | H2", assignments="P1 H1 deputy end_date=2026-11-10",
                  objectives="J1 product_id=P1")
    named = edit("assignments", "add", {"product_id": "P1", "person_id": "H2", "role": "deputy"})
    assert may_save(PM, [named], held)
    assert not may_save(over, [named], held)
    assert not may_save(over, [edit("assignments", key={"product_id": "P1", "person_id": "H2"},
                                    allocation_pct="5")], held)
    assert not may_save(over, [edit("assignments", "end", {"product_id": "P1", "person_id": "H2"})], held)
    assert may_save(over, [edit("objectives", key={"objective_id": "J1"}, title="x")], held)
    assert over.key != PM.key
