"""Our words said as an organisation says them, and texts from the data left as they are."""

import pytest

from orgdata.model.own_words import read_words
from orgdata.views.rewording import Rewording, said, said_in_cell, saying

WORDS = read_words({"outcome": "Goal", "product": ["Initiative", "Initiatives"], "objective": "Aim",
                    "product_manager": ["Product owner", "Product owners"], "key_result": "KPI"})
NAMES = ("Grow product revenue", "Products of the north", "An outcome we (all) want", "Products",
         "Product manager", "one objective, two products and a key result in its long name", "R&D outcome")


def say(text, words=WORDS):
    return Rewording(words, NAMES).say(text)


@pytest.mark.parametrize(("ours", "theirs"), [
    ("1 product, 2 products", "1 initiative, 2 initiatives"),
    ("Outcomes: a product and an outcome", "Goals: an initiative and a goal"),
    ("An  **objective** of A product", "An  **aim** of An initiative"),
    ("A key result of the Key results", "A KPI of the KPIs"),
    ("PM", "Product owner"), ("PMs", "Product owners"), ("No PM assigned", "No product owner assigned"),
    ("It is. PMs say: the PM’s", "It is. Product owners say: the product owner’s"),
    ("Product managers and a product manager", "Product owners and a product owner"),
    ("company outcomes, a Company outcome", "company goals, a Company goal"),
    ("UNLINKED PRODUCTS", "UNLINKED INITIATIVES"),
    ("Head of product", "Head of product"),
    ("`products` and `product_id`, product_id, product\\_id", "`products` and `product_id`, product_id, product\\_id"),
    ("products.csv, https://x.example/products?product=P1, ?outcome=O1", "products.csv, https://x.example/products?product=P1, ?outcome=O1"),
    ("A product-level outcome; by-products are productive", "An initiative-level goal; by-products are productive"),
])
def test_our_words_are_said_as_theirs(ours, theirs):
    assert say(ours) == theirs


@pytest.mark.parametrize("text", [
    "Grow product revenue", "“Grow product revenue” is weak", "grow product revenue.",
    "Grow product reve… and more", "Grow product… and more", "Products of the north",
    "Products of… (P1)", "An outcome we (all) want", "An outcome we… is it",
    "one objective, two products and a key result in its long name",
    "One objective, two products and a key… ", "R&D outcome"])
def test_a_name_from_the_data_stays(text):
    assert say(text) == text


@pytest.mark.parametrize(("ours", "theirs"), [
    ("Grow product revenues", "Grow initiative revenues"), ("Regrow product revenue", "Regrow initiative revenue"),
    ("Product of the north", "Initiative of the north"), ("Products of this kind…", "Initiatives of this kind…"),
    ("Grow product revenue: 2 products", "Grow product revenue: 2 initiatives"),
    ("Products", "Initiatives"), ("an outcome we have", "a goal we have")])
def test_what_only_looks_like_a_name_is_reworded(ours, theirs):
    assert say(ours) == theirs


def test_a_cell_that_is_nothing_but_our_word_may_be_a_name():
    assert [Rewording(WORDS, NAMES).cell(text) for text in ("Products", "Product manager", "Product", "2 products")] == [
        "Products", "Product manager", "Initiative", "2 initiatives"]


def test_only_what_is_renamed_changes():
    words = read_words({"product": ["Initiative", "Initiatives"], "outcome": "Company goal"})
    assert say("A product manager; a key result of the company outcome", words) == (
        "A product manager; a key result of the company goal")
    assert say("Each product, each company outcome and outcome", words) == (
        "Each initiative, each company goal and company goal")


def test_a_name_stays_however_it_is_written():
    rewording = Rewording(WORDS, NAMES, lambda text: (text.replace("&", "&amp;"), text.upper()))
    for text in ("R&D outcome", "R&amp;D outcome", "GROW PRODUCT REVENUE"):
        assert rewording.say(text) == text


def test_words_may_change_places():
    words = read_words({"outcome": "Objective", "objective": ["Team objective", "Team objectives"]})
    assert say("An objective of outcomes", words) == "A team objective of objectives"


@pytest.mark.parametrize(("word", "said"), [
    ("Unit", "a unit"), ("OKR", "an OKR"), ("MVP", "an MVP"), ("Big Bet", "a big bet"), ("iGoal", "an iGoal")])
def test_the_article_fits(word, said):
    assert say("an outcome", read_words({"outcome": word})) == said


def test_nothing_is_reworded_unless_it_is_asked_for():
    assert said("2 products") == said_in_cell("2 products") == "2 products"
    with saying(Rewording(WORDS, NAMES)):
        assert (said("2 products"), said_in_cell("Products")) == ("2 initiatives", "Products")
    assert said("2 products") == "2 products"
