"""From a product to an outcome: what breaks without it, as words and as a picture."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdata.views import line_of_sight
from tests.builders import HALFWAY, aligned

PROVEN = {  # P1 proves O1 alone
    "outcomes": "O1 weight=60 | O2 weight=40", "products": "P1 name=Checkout | P2 name=Search | P3",
    "people": "H1 name=Ada | H2 name=Bo",
    "assignments": "P1 H1 accountable | P2 H2 accountable | P3 H2 accountable",
    "objectives": f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10",
}
SECOND = {  # P2 proves it as well
    "objectives": f"{PROVEN['objectives']} | J2 product_id=P2 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 | K2 J2 baseline=0 target=10",
}
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def portfolio(contributions, **tables):
    return aligned(contributions=contributions, **{**PROVEN, **tables})


@pytest.mark.parametrize(("contributions", "tables", "now", "without", "falls", "others"), [
    ("P1 O1 primary", {}, "covered", "uncovered", True, "nobody else"),
    ("P1 O1 primary | P2 O1 primary", SECOND, "covered", "covered", False, "Search"),
    ("P1 O1 primary | P2 O1 supporting", SECOND, "covered", "thin", True, "Search"),
    ("P1 O1 primary | P2 O1 primary", {}, "covered", "thin", True, "Search"),
    ("P1 O1 primary | P2 O1 primary", {**SECOND, "assignments": "P1 H1 accountable"},
     "covered", "thin", True, "Search"),
    ("P1 O1 weak | P2 O1 primary", SECOND, "covered", "covered", False, "Search"),
    ("P1 O1 weak | P2 O1 weak | P3 O1 weak", {}, "thin", "thin", False, "P3 and Search"),
])
def test_coverage_is_derived_again_from_the_rest(contributions, tables, now, without, falls,
                                                 others):
    rows = line_of_sight.coverage_without(portfolio(contributions, **tables), "P1")
    assert rows[["outcome_id", "coverage", "without", "falls", "others"]].values.tolist() == [
        ["O1", now, without, falls, others]]


def test_a_goal_of_another_product_keeps_an_outcome_from_being_unserved():
    measured = portfolio("P1 O1 primary", **SECOND)
    assert line_of_sight.coverage_without(measured, "P1")["without"].tolist() == ["thin"]


def test_outcomes_are_in_order_of_weight_and_only_the_ones_the_product_links_to():
    measured = portfolio("P1 O1 primary | P1 O2 primary", outcomes="O1 weight=1 | O2 weight=9 | O3")
    assert line_of_sight.coverage_without(measured, "P1")["outcome_id"].tolist() == ["O2", "O1"]
    assert not len(line_of_sight.coverage_without(measured, "P2"))


def test_why_it_matters_is_said_with_the_right_verb():
    measured = portfolio(
        "P1 O1 primary | P2 O1 primary | P1 O2 weak | P3 O2 weak | P2 O2 weak",
        products="P1 | P2 name='Risk and Fraud' | P3 name=Search")
    rows = line_of_sight.coverage_without(measured, "P1")
    assert line_of_sight.why_lines(rows, weights_stated=True) == [
        "“O1” (tier 1) weighs 60 % in the strategy. Risk and Fraud supports it too; "
        "without this product it would be weak.",
        "“O2” (tier 1) weighs 40 % in the strategy. Risk and Fraud and Search support it too; "
        "its coverage would stay as it is without this product."]
    alone = line_of_sight.coverage_without(portfolio("P1 O1 primary", outcomes="O1 | O2"), "P1")
    assert line_of_sight.why_lines(alone, weights_stated=False) == [
        "“O1” is one of the company outcomes. No other product supports it; "
        "without this product it would be not covered."]


def test_paths_as_text():
    measured = portfolio(
        "P1 O1 primary | P1 O2 weak", assignments="P1 H2 accountable | P1 H1 accountable",
        objectives=f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY} | "
                   f"J2 title=Tidy product_id=P1 {HALFWAY}")
    assert line_of_sight.path_lines(measured, "P1") == [
        "Ada and Bo → Checkout → Grow → O1",
        "Ada and Bo → Checkout → No objective yet → O2",
        "Ada and Bo → Checkout → Tidy → No outcome yet"]
    assert line_of_sight.path_lines(measured, "P2") == ["Search → No objective yet → No outcome yet"]


def labels(picture):
    """The labels in their order, as Graphviz shows them."""
    return [html.unescape(re.sub(r"\\(.)", lambda sign: {"n": "\n"}.get(sign[1], sign[1]), one))
            for one in re.findall(r'\[label="((?:[^"\\]|\\.)*)"', picture)]


def test_the_picture_has_a_node_for_each_step_and_dashes_for_what_is_missing():
    measured = portfolio("P1 O1 primary | P1 O2 weak")
    picture = line_of_sight.dot(measured, "P1")
    assert labels(picture) == ["Checkout", "Ada", "O1", "Grow", "O2", "No objective yet"]
    edges = [line.rstrip(";} ") for line in picture.splitlines() if "->" in line]
    assert edges == ["pm0 -> product", "product -> j0", 'j0 -> "o:O1"',
                     "product -> j1 [style=dashed]", 'j1 -> "o:O2" [style=dashed]']
    nobody = line_of_sight.dot(portfolio("P1 O1 primary", assignments="P2 H1 accountable"), "P1")
    assert labels(nobody)[1] == "No PM assigned"
    assert "pm -> product [style=dashed]" in nobody
    empty = line_of_sight.dot(measured, "P2")
    assert labels(empty) == ["Search", "Bo", "No outcome yet", "No objective yet"]


@pytest.fixture(scope="module")
def measured():
    return portfolio("P1 O1 primary")


XML = st.characters(codec="utf-8")
NASTY = ["\"", "\\", "&", "&lt;", "\\n", "\\N", "\\\"", "]", ";", "{", "<b>", "\n", "مرحبا", "שלום",
         "\u202e", "\x00", "-> x", "日本語"]


@settings(max_examples=40, deadline=None)
@given(text=st.lists(st.one_of(st.text(XML, min_size=1, max_size=12), st.sampled_from(NASTY)),
                     min_size=1, max_size=6).map("".join))
@pytest.mark.parametrize("long", [False, True])
def test_names_survive_the_picture(measured, text, long):
    """Short names are shown whole, long ones cut; neither leaves its quotes."""
    name = text * (1 + 300 // len(text)) if long else text
    named = replace(measured, products=measured.products.assign(
        name=pd.Series(name, measured.products.index, dtype="str")))
    picture = line_of_sight.dot(named, "P1")
    assert re.fullmatch(r"[\w\s{}\[\];=>.,#-]*", QUOTED.sub("", picture))
    shown = labels(picture)[0]
    whole = "".join(line_of_sight.plain(name).split())
    lines = shown.split("\n")
    assert len(lines) <= 3
    assert all(len(line) <= 26 for line in lines)
    squeezed = "".join(shown.split())
    assert squeezed == whole or (shown.endswith(" …") and whole.startswith(squeezed[:-1]))
    if len(whole) <= 24 and len(name.split()) == 1:
        assert squeezed == whole
