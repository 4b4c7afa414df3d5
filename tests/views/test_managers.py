"""That no PM is assigned is said only where it is known: a skipped row may name one."""

import pytest

from orgdata.evaluation import evaluate
from orgdata.exports.brief import brief_markdown
from orgdata.exports.edition import Edition
from orgdata.gaps import find_gaps
from orgdata.ui.upload.preview import _who
from orgdata.views import line_of_sight, managers, money_flow, outcomes, portfolio, products
from orgdata.views.alignment_map import alignment_map
from orgdata.views.matrix import matrix
from tests.builders import DAY, aligned, loaded

TABLES = {
    "products": "P1 name=Support annual_spend=100 | P2 name=Till annual_spend=50 | P3 name=Box annual_spend=9",
    "people": "H3 name=Ada", "outcomes": "O1 name=Grow",
    "assignments": "P1 H1 accountable | P2 H3 accountable",  # H1 is nobody we know
    "contributions": "P1 O9 | P2 O1 | P3 O1"}
WHO = ["PM unknown", "Ada", "No PM assigned"]


@pytest.fixture(scope="module")
def alignment():
    return aligned(**TABLES)


def test_each_product_says_who(alignment):
    assert managers.shown(alignment, alignment.products["product_id"]).tolist() == WHO
    assert managers.has_nobody(alignment.products).tolist() == [False, False, True]


@pytest.mark.parametrize("table", ["", " "])
def test_without_assignments_nothing_is_said(table):
    measured = aligned(**{**TABLES, "assignments": table})
    assert set(managers.shown(measured, measured.products["product_id"])) == {"not loaded"}


def test_where_all_of_them_were_skipped_it_is_unknown():
    measured = aligned(**{**TABLES, "assignments": "P1 H1 accountable"})
    assert set(managers.shown(measured, measured.products["product_id"])) == {"PM unknown"}


def test_every_view_says_the_same(alignment):
    gaps, by_id = find_gaps(alignment).rows, dict(zip(["P1", "P2", "P3"], WHO, strict=True))
    rows = products.product_rows(alignment, alignment.products, gaps)
    assert dict(zip(rows["product_id"], rows["pm"], strict=True)) == by_id
    assert dict(zip(rows["product_id"], rows["outcomes"], strict=True))["P1"] == "unknown"
    shown = matrix(alignment, alignment.products).columns
    assert dict(zip(shown["product_id"], shown["who"], strict=True)) == by_id
    drawn = alignment_map(alignment, alignment.products)
    groups = drawn["groups"]["manager"]["name"]
    assert [groups[at] for at in drawn["products"]["manager"]] == [
        by_id[one] for one in drawn["products"]["id"]]
    assert groups[0] == drawn["nobody"] == "No PM assigned"
    serving = outcomes.products_serving(alignment, "O1")
    assert dict(zip(serving["product_id"], serving["pm"], strict=True)) == {
        one: by_id[one] for one in ("P2", "P3")}


def test_sentences_and_chains_name_only_what_is_known(alignment):
    assert "No PM is assigned to Box." in portfolio.sentence(alignment)
    facts = [products.facts(row, alignment) for _, row in alignment.products.iterrows()]
    assert [one.partition(" · ")[0] for one in facts] == ["PM unknown", "PM Ada", "No PM assigned"]
    chain = line_of_sight.drawn_chain(alignment, "P1")
    assert chain["who"] == "PM unknown" != chain["nobody"]
    assert chain["lanes"][0]["outcomes"][0]["name"] == "Unknown: a row that was skipped may name one"
    _, said = products.verdict(alignment, "P1")
    assert "Missing" not in said
    assert "Unknown whether it has a PM and supports an outcome." in said
    assert products.without_outcome(alignment, "P3") == (
        "None known: no link is stated; objectives are not loaded.")
    assert "unknown" in products.without_outcome(alignment, "P1").lower()
    brief = brief_markdown(Edition(evaluate(loaded(**TABLES), DAY), "tiny"), "P1").decode()
    assert "PM unknown" in brief
    assert "No PM assigned" not in brief


def test_the_flow_of_spend_names_both(alignment):
    people = money_flow.paths(alignment, alignment.products)["person"]
    assert set(people) == {"Ada", "No PM assigned or PM unknown"}


@pytest.mark.parametrize(("who", "shown"), [
    ("No PM assigned", ":red[No PM assigned]"), ("PM unknown", "PM unknown"),
    ("", ""), ("A*b", "A\\*b")])
def test_the_preview_of_an_intake_alarms_only_where_nobody_is(who, shown):
    assert _who(who) == shown


def test_more_than_two_are_counted_where_there_is_little_room():
    measured = aligned(people="H1 | H2 | H3", products="P1 | P2", assignments=(
        "P1 H1 accountable | P1 H2 accountable | P1 H3 accountable | P2 H1 accountable"))
    ids = measured.products["product_id"]
    assert managers.briefly(measured, ids).tolist() == ["3 PMs", "H1"]
    assert managers.shown(measured, ids).tolist() == ["H1, H2 and H3", "H1"]
