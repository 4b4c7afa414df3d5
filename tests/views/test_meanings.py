"""Every word of the method has one meaning and one symbol, and no word is left without."""

import pytest

from orgdata.charts import matrix as matrix_chart
from orgdata.measures import checks, links, progress
from orgdata.views import explain, headlines, meanings, vocabulary

STATUSES = {*progress.SEVERITY_OF_STATUS, "unknown"}


def test_the_words_are_those_that_are_measured():
    assert tuple(meanings.STATES) == links.STATES
    assert tuple(meanings.CHECKS) == checks.CHECKS
    assert set(meanings.STATUSES) == STATUSES
    assert set(meanings.FRESHNESS) == {*checks.DUE, "not_due"}
    assert set(meanings.COVERAGE) == set(headlines.CREDIT)


def test_each_has_a_symbol():
    assert {*vocabulary.STATES, "none"} == set(meanings.STATES)  # an empty cell has none
    assert set(vocabulary.STATUSES) == set(meanings.STATUSES) == set(explain.STATUS_WORDS)
    assert set(vocabulary.FRESHNESS) == set(meanings.FRESHNESS)
    assert set(vocabulary.COVERAGE) == set(meanings.COVERAGE)


def test_the_picture_of_the_matrix_uses_the_same_words():
    assert list(matrix_chart.STATES) == list(vocabulary.STATES)
    assert matrix_chart.COVERAGE == vocabulary.COVERAGE


@pytest.mark.parametrize("words", [meanings.STATES, meanings.COVERAGE, meanings.CHECKS,
                                   meanings.STATUSES, meanings.FRESHNESS])
def test_no_meaning_is_empty_or_said_twice(words):
    assert all(words.values())
    assert len(set(words.values())) == len(words)
    with pytest.raises(TypeError):
        words["new"] = "word"
