"""Every document in every format of the list that pages and the command line share."""

from datetime import date

import pytest

from orgdata.evaluation import evaluate
from orgdata.exports.edition import Edition
from orgdata.exports.registry import DOCUMENTS, FORMATS, MIMES, as_file_name, distinct_names
from orgdata.load import load
from tests.csv_folders import ANY_SIZE, with_numbers
from tests.exports import editions

EVERY = [(name, suffix) for name, kind in DOCUMENTS.items() for suffix in kind.makers]
STARTS = {".pptx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04", ".pdf": b"%PDF-", ".md": b"# ",
          ".html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize(("name", "suffix"), EVERY)
def test_each_is_made_and_the_same_twice(name, suffix):
    kind, edition = DOCUMENTS[name], editions.demo()
    product = "P01" if kind.per_product else None
    first = kind.make(suffix, edition, product)
    assert first.startswith(STARTS[suffix])
    assert kind.make(suffix, edition, product) == first
    assert suffix in MIMES
    assert suffix in FORMATS


@pytest.mark.parametrize(("name", "suffix"), EVERY)
def test_each_is_made_of_numbers_of_any_size(name, suffix, of_any_size):
    kind = DOCUMENTS[name]
    assert kind.make(suffix, of_any_size, "P01" if kind.per_product else None)


@pytest.fixture(scope="module")
def of_any_size(tmp_path_factory):
    portfolio = load(str(with_numbers(tmp_path_factory.mktemp("numbers"), *ANY_SIZE)))
    return Edition(evaluate(portfolio, date(2026, 11, 20)), "numbers")


def test_names_of_files():
    day = editions.demo().day
    assert DOCUMENTS["weekly"].file_name(".html", day) == "weekly-2026-11-20.html"
    assert DOCUMENTS["brief"].file_name(".pdf", day, as_file_name("P 01/..")) == (
        "brief-P-01-2026-11-20.pdf")
    assert distinct_names(["a/b", "A b", "a-b", "", "..", "é" * 300]) == {
        "a/b": "a-b", "A b": "A-b-2", "a-b": "a-b-3", "": "product", "..": "product-2",
        "é" * 300: "é" * 50}
