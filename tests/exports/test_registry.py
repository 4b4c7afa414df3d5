"""Every document in every format of the list that pages and the command line share."""

import pytest

from orgdata.exports.registry import DOCUMENTS, FORMATS, MIMES, as_file_name, distinct_names
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


def test_names_of_files():
    day = editions.demo().day
    assert DOCUMENTS["weekly"].file_name(".html", day) == "weekly-2026-11-20.html"
    assert DOCUMENTS["brief"].file_name(".pdf", day, as_file_name("P 01/..")) == (
        "brief-P-01-2026-11-20.pdf")
    assert distinct_names(["a/b", "A b", "a-b", "", "..", "é" * 300]) == {
        "a/b": "a-b", "A b": "A-b-2", "a-b": "a-b-3", "": "product", "..": "product-2",
        "é" * 300: "é" * 50}
