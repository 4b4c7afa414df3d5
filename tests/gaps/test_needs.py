"""What a rule needs is satisfied or said in words; and what one more table would turn on."""

import pytest

from orgdata.gaps import RULES
from orgdata.gaps.needs import missing, tables_of, turned_on_by
from orgdata.measures import mix
from orgdata.model.schema import TABLES
from tests.builders import aligned, judged

LOADED = {"products": "P1", "outcomes": "O1"}


@pytest.mark.parametrize(("needs", "reason"), [
    ("products", None), ("product", None), ("outcome", None), ("products.name", None),
    ("objectives", "objectives are not loaded"),
    ("objectives objectives.end_date", "objectives are not loaded"),  # said once
    ("products.level", "nothing is loaded for level of products"),
    ("contributions|objectives", "neither links nor objectives are loaded"),
    ("products|objectives", None),
    ("products.level|products.fte", "nothing is loaded for level of products or FTE of products"),
    ("weights", "no active outcome has a stated weight"),
    ("money", "fewer than half of the products have a known spend or FTE"),
    ("deputy", "assignments are not loaded"),
    ("check_ins objectives", "check-ins are not loaded; objectives are not loaded"),
])
def test_reasons(needs, reason):
    assert missing(needs.split(), aligned(**LOADED)) == reason


def test_a_lost_table_is_not_one_that_was_not_loaded():
    alignment = aligned(**LOADED, contributions="P9 O1", assignments="P9 H1 pm | P1 '' pm")
    assert missing(["assignments"], alignment) == "all 2 rows of assignments were skipped"
    assert missing(["assignments.allocation_pct"], alignment) == missing(["deputy"], alignment) == (
        "all 2 rows of assignments were skipped")
    assert missing(["contributions|objectives"], alignment) == (
        "the only row of links was skipped, and objectives are not loaded")
    assert missing(["flows"], alignment) == "the only row of links was skipped"
    assert missing(["flows"], aligned(**LOADED)) is None  # not loaded is not lost
    assert turned_on_by(["assignments", "deputy"], alignment) == {"assignments"}


def test_confidences_of_an_unclear_scale_do_not_count():
    alignment = aligned(**LOADED, objectives="J1", key_results="K1 J1 confidence=9",
                        check_ins="K1 2026-11-19 1 confidence=3 | K1 2026-11-20 1 confidence=5")
    assert missing(["check_ins.confidence"], alignment) == (
        "it is not clear how far the confidence of check-ins reaches: to 5 or to 10")
    assert missing(["check_ins.confidence|key_results.confidence"], alignment) is None
    assert alignment.key_results["reported_confidence"].tolist() == [9.0]


@pytest.mark.parametrize(("products", "distinct"), [
    (446, True), (447, False)])  # 446 · 447 / 2 is 99,681
def test_products_that_name_the_same_are_not_compared_in_pairs(products, distinct):
    rows = [{"product_id": f"P{number}", "name": "n", "segments": "a", "jobs": "A;a"}
            for number in range(products)]
    reason = missing(["distinct"], aligned(products=rows))
    assert reason == (None if distinct else "segments and jobs of too many products are the same")


def test_long_lists_of_segments_and_jobs_are_not_multiplied():
    words = ";".join(map(str, range(5_000)))
    rows = [{"product_id": "P1", "name": "n", "segments": words, "jobs": words}]
    assert missing(["distinct"], aligned(products=rows))


def test_segments_and_jobs_are_looked_at_once_and_only_until_they_are_too_many(monkeypatch):
    read = []
    monkeypatch.setattr(mix, "_words", lambda text: read.append(text) or frozenset(range(100)))
    products = " | ".join(f"P{at} segments=a jobs=b" for at in range(50))
    assert "PRD08" in judged(products=products).not_evaluated
    assert len(read) == 2 * (mix.MOST_COMPARISONS // 100 ** 2 + 1)


def test_spend_of_products_that_are_not_managed_is_not_tracked():
    tables = {"products": "P1 level=suite annual_spend=5 | P2 level=product"}
    assert missing(["products.annual_spend"], aligned(**tables)) is None
    managed = aligned({"managed_level": "Product"}, **tables)
    assert missing(["products.annual_spend"], managed) == "nothing is loaded for annual spend of products"
    assert missing(["money"], managed) == "fewer than half of the products have a known spend or FTE"


def test_one_table_turns_on_what_lacks_nothing_else():
    alignment = aligned(**LOADED)
    assert turned_on_by(["products", "objectives"], alignment) == {"objectives"}
    assert turned_on_by(["objectives", "key_results"], alignment) == set()
    assert turned_on_by(["money"], alignment) == {"products"}
    assert tables_of(["money", "outcomes.weight|check_ins"]) == {"products", "outcomes",
                                                                 "check_ins"}


def test_counts_of_what_is_turned_on_are_true():
    """Loading contributions adds exactly the rules that the count promises."""
    before = judged(**LOADED)
    # every column of the table filled in, as the count assumes
    after = judged(**LOADED, contributions="P1 O1 primary confirmed_on=2026-01-01 share_pct=50")
    turned_on = set(before.not_evaluated) - set(after.not_evaluated)
    assert before.turned_on_by["contributions"] == len(turned_on) == 5
    assert turned_on == {"OUT01", "OUT02", "OUT03", "PRD01", "PRD04"}
    assert list(before.turned_on_by.values()) == sorted(before.turned_on_by.values(), reverse=True)


@pytest.mark.parametrize("code", sorted(RULES))
def test_needs_name_tables_and_columns_that_exist(code):
    for need in RULES[code].needs:
        for one in need.split("|"):
            table, _, column = one.partition(".")
            if table in ("product", "outcome", "weights", "money", "flows", "spend", "ends",
                         "deputy", "distinct", "store"):
                continue
            assert table in TABLES, one
            assert not column or TABLES[table][column]


@pytest.mark.parametrize("code", sorted(RULES))
def test_nothing_loaded_evaluates_nothing_but_says_why(code):
    assert judged(people="H1").not_evaluated[code]
