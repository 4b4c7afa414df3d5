"""No regular expression takes a square of steps for a text, whatever stands in it: each of the
package is tried on the texts that are worst for it, in the way it is used."""

import re

import pytest

from tests.growth import outgrown
from tests.patterns import Use, try_on, uses, worst_texts

SIZES = [5 * 4 ** step for step in range(7)]  # what doubles with each letter is found at the second


def slow(use: Use) -> str:
    """The text that outgrows its size, and by how much; "" if none does."""
    for worst in worst_texts(use.pattern):
        if size := outgrown(lambda size, worst=worst: try_on(use, worst.of_size(size)), *SIZES):
            return f"{worst} of {size}"
    return ""


@pytest.mark.parametrize("use", uses(), ids=str)
def test_it_grows_in_step_with_the_text(use):
    assert not slow(use)


@pytest.mark.parametrize(("pattern", "method"), [
    (r"\s*\n+\s*", "sub"), (r"\(w:\s*\d*\s*%?\s*\)", "search"),
    (r"(?:[-_]+)*x", "match"), (rb"a|c+d", "findall")])
def test_one_that_does_not_is_found(pattern, method):
    assert slow(Use("here", re.compile(pattern), method))


def test_every_way_to_use_one_is_seen():
    found = {(use.module, use.method) for use in uses()}
    assert found >= {("orgdata.formats", "sub"), ("orgdata.tabular.csv_safe", "fullmatch"),
                     ("orgdata.sources.vendors.viva", "finditer"), ("orgdata.tabular.csv_safe", "str.replace"),
                     ("orgdata.sources.vendors.records", "str.fullmatch"), ("orgdata.sources", "match")}
