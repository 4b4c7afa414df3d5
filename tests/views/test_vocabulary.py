import pandas as pd
import pytest

from orgdata.views import vocabulary

FAMILIES = [vocabulary.COVERAGE, vocabulary.STATES, vocabulary.STATUSES, vocabulary.SEVERITIES]


@pytest.mark.parametrize("words", FAMILIES)
def test_each_word_has_a_symbol_of_its_own(words):
    symbols = [word.split(" ")[0] for word in words.values()]
    assert all(len(symbol) == 1 and not symbol.isalnum() for symbol in symbols)
    assert len(set(symbols)) == len(symbols)


def test_freshness_tells_never_from_stale_by_word():
    assert len(set(vocabulary.FRESHNESS.values())) == len(vocabulary.FRESHNESS)


def test_a_missing_word_is_said_to_be_unknown():
    words = pd.Series(["thin", None, "uncovered"], dtype="str")
    assert list(vocabulary.marked(words, vocabulary.COVERAGE)) == ["◐ thin", "? unknown", "○ unserved"]
    assert list(vocabulary.marked(words, vocabulary.COVERAGE, "–")) == ["◐ thin", "–", "○ unserved"]


@pytest.mark.parametrize(("value", "mark"), [(True, "✓"), (False, "✗"), (pd.NA, "–"), (None, "–")])
def test_check_marks(value, mark):
    assert vocabulary.check_mark(value) == mark


@pytest.mark.parametrize(("value", "word"), [
    (True, "✓ aligned"), (False, "✗ not aligned"), (pd.NA, "– not assessed")])
def test_alignment_words(value, word):
    assert vocabulary.alignment_word(value) == word
