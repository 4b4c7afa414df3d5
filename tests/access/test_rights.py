"""Roles and what is theirs: by claims, by headers, and by the assignments in the data."""

from datetime import date

import pandas as pd
import pytest

from orgdata.access import (
    NOBODY,
    Identity,
    Refused,
    Rights,
    Theirs,
    of_claims,
    of_header,
    rights_of,
    theirs_of,
)
from orgdata.access.rights import DOCUMENTS, NOTHING, PAGES
from orgdata.exports.registry import DOCUMENTS as ALL_DOCUMENTS
from orgdata.model.access import EVERYBODY, ROLES, read_access
from tests.access.test_identity import NOW, claims
from tests.builders import loaded
from tests.pages.conftest import PAGES as ALL_PAGES

DAY = date(2026, 11, 20)
ACCESS = read_access({"require": "oidc", "role": [
    {"role": "head", "claim": "roles", "any": ["Portfolio.Head"]},
    {"role": "leadership", "claim": "email", "any": ["Ada.Park@example.com"]},
    {"role": "partner", "claim": "team", "any": ["Sales", "Legal"]},
    {"role": "pm", "rule": "accountable"}]})
PROXY = read_access({"require": "header", "header": "X-Email", "role": [
    {"role": "head", "claim": "x-email", "any": ["Ada@x"]},
    {"role": "leadership", "claim": "X-Groups", "any": ["board"]}]})
MINE = Theirs(frozenset({"H1"}), frozenset({"P1"}))


def roles(**said):
    return rights_of(of_claims(claims(**said), ACCESS, NOW), ACCESS, NOTHING).roles


def test_roles_are_the_union_of_what_rules_give_else_the_default():
    assert roles(email="x@y", roles=["Portfolio.Head", "other"]) == {"head"}
    assert roles(email="x@y", roles="Portfolio.Head") == {"head"}
    assert roles(roles=["Portfolio.Head"]) == {"head", "leadership"}
    assert roles(email="x@y", roles=["portfolio.head"], team=7) == {"viewer"}
    assert rights_of(Identity("x@y"), ACCESS, MINE).roles == {"pm"}
    assert rights_of(Identity("x@y"), EVERYBODY, NOTHING).all


def test_an_address_that_nobody_verified_gives_no_role():
    access = read_access({"require": "oidc", "identity": "upn", "role": [
        {"role": "head", "claim": "email", "any": ["ada.park@example.com"]}]})
    for verified, role in ((True, "head"), (False, "viewer"), (None, "viewer"), ("true", "viewer")):
        found = of_claims(claims(upn="a@b", email_verified=verified), access, NOW)
        assert rights_of(found, access, NOTHING).roles == {role}


def test_groups_that_the_provider_left_out_are_told():
    found = of_claims(claims(_claim_names={"team": "src1", "groups": "src1"}), ACCESS, NOW)
    assert found.left_out == {"team"}
    assert not of_claims(claims(), ACCESS, NOW).left_out


@pytest.mark.parametrize(("address", "groups", "found"), [
    ("ADA@x", [], "head"), ("a@x", ["staff, board"], "leadership"), ("a@x", [], "viewer"),
    ("a@x", ["board", "board"], "viewer"), ("a@x", ["aboard"], "viewer")])
def test_roles_behind_a_proxy(address, groups, found):
    who = of_header([address], PROXY, lambda name: groups if name == "X-Groups" else [])
    assert rights_of(who, PROXY, NOTHING).roles == {found}


def test_who_has_no_role_may_not_come_in_where_none_is_the_default():
    access = read_access({"require": "oidc", "default": "none"})
    with pytest.raises(Refused, match="no role"):
        rights_of(Identity("x@y"), access, NOTHING)


def test_a_partner_speaks_for_the_functions_that_are_said():
    who = of_claims(claims(email="x@y", team=["Sales", "Golf"]), ACCESS, NOW)
    assert rights_of(who, ACCESS, MINE) == Rights(frozenset({"partner", "pm"}), MINE, frozenset({"sales"}))


def test_products_are_theirs_only_by_a_role():
    access = read_access({"require": "oidc", "default": "viewer"})
    found = rights_of(Identity("x@y"), access, MINE)
    assert (found.roles, found.theirs.products) == ({"viewer"}, frozenset())
    assert not found.sees_product("P1")


def portfolio(assignments, people="H1 email=Ada@X | H2 email=kim@x"):
    return loaded(people=people, products="P1 | P2", outcomes="O1 owner_id=H1 | O2 owner_id=H2",
                  assignments=assignments)


@pytest.mark.parametrize(("assignment", "theirs"), [
    ("P1 H1 accountable", True), ("P1 H1 pm", True), ("P1 H1 deputy", True), ("P1 H1 designer", False),
    ("P1 H2 accountable", False), ("P1 H1 pm start_date=2026-11-20", True),
    ("P1 H1 pm start_date=2026-11-21", False), ("P1 H1 pm end_date=2026-11-06", True),
    ("P1 H1 pm end_date=2026-11-05", False), ("P1 H1 pm end_date=soon", False),
    ("P1 H1 pm start_date=soon", False)])
def test_products_are_theirs_by_assignments_and_for_a_grace_after(assignment, theirs):
    found = theirs_of("ada@x", portfolio(assignment), DAY, 14)
    ended = frozenset({"P1"} if theirs and "end_date" in assignment else ())
    assert found == Theirs(frozenset({"H1"}), frozenset({"P1"} if theirs else ()), frozenset({"O1"}), ended)


def test_a_product_is_theirs_without_a_grace_while_one_of_their_roles_goes_on():
    found = theirs_of("ada@x", portfolio("P1 H1 pm end_date=2026-11-10 | P1 H1 deputy | "
                                         "P2 H1 pm end_date=2026-11-20"), DAY, 14)
    assert (found.products, found.ended) == ({"P1", "P2"}, frozenset())


@pytest.mark.parametrize("people", ["H1 email=ada@x | H2 email=ADA@x", "H1 | H2", "H1 email=adа@x"])
def test_nothing_is_theirs_where_it_is_not_known_who_they_are(people):
    assert theirs_of("ada@x", portfolio("P1 H1 pm", people), DAY, 14) == NOTHING
    assert theirs_of("", portfolio("P1 H1 pm", people), DAY, 14) == NOTHING


def test_those_to_whom_something_else_is_shown_have_another_key():
    shown = [Rights(frozenset({role}), theirs, functions) for role in ROLES
             for theirs in (NOTHING, MINE) for functions in (frozenset(), frozenset({"sales"}))]
    assert {one.key == "" for one in shown if one.all} == {True}
    keys = [one.key for one in shown if not one.all]
    assert len(set(keys)) == 12  # viewers and partners with the same of theirs are shown the same
    assert Rights(frozenset({"viewer"})).key != Rights(frozenset({"pm"})).key


def test_pages_and_documents_are_those_there_are():
    assert PAGES.keys() == DOCUMENTS.keys() == set(ROLES)
    assert PAGES["head"] == set(ALL_PAGES)
    assert DOCUMENTS["head"] == set(ALL_DOCUMENTS)
    for less, more in (("viewer", "partner"), ("partner", "pm"), ("pm", "leadership"),
                       ("leadership", "head")):
        assert PAGES[less] <= PAGES[more]


def test_a_brief_is_of_a_product_that_is_shown():
    pm = Rights(frozenset({"pm"}), MINE)
    assert pm.may_export("brief", "P1")
    assert not any(pm.may_export(*one) for one in (("brief", "P2"), ("brief",), ("workbook",),
                                                   ("workbook", "P1")))
    assert Rights(frozenset({"leadership"})).may_export("workbook")


def test_a_function_is_the_same_in_any_spelling():
    """As its expectations are compared: what they may answer and what is shown to them is one."""
    rights = Rights(frozenset({"partner"}), functions=frozenset({"Sales-Ops"}))
    asked = pd.Series(["sales ops", "SALES_OPS ", "sales", None], dtype="str")
    assert rights.speaks_for(asked).tolist() == [True, True, False, False]
    assert not NOBODY.speaks_for(asked).any()
