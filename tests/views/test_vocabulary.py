"""Every state that is measured has one word, one symbol and one meaning, and none is left without."""

import pandas as pd
import pytest

from orgdata import gaps
from orgdata.measures import checks, key_results, links, outcomes, progress
from orgdata.measures.checks import check_result
from orgdata.measures.work import PURPOSES
from orgdata.model import problems
from orgdata.model.words import STATE
from orgdata.views import vocabulary
from orgdata.views.explain.products import WHY
from orgdata.views.palette import BEHIND

FAMILIES = {name: words for name, words in vars(vocabulary).items()
            if name.isupper() and isinstance(next(iter(getattr(words, "values", tuple)()), None),
                                             vocabulary.Word)}


def test_the_families_are_found():
    assert set(FAMILIES) == {
        "LINK", "COVERAGE", "CHECK", "CHECKED", "ALIGNED", "STATUS", "FRESHNESS", "SEVERITY",
        "PROBLEM", "DECISION", "DEPENDENCY", "ACCEPTED", "PURPOSE", "EXPECTATION", "IDEA_STAGE"}


def test_the_states_are_those_that_are_measured():
    assert (*vocabulary.LINK, vocabulary.NO_LINK.label) == links.STATES
    assert tuple(vocabulary.CHECK) == checks.CHECKS
    assert set(vocabulary.FRESHNESS) == {*key_results.DUE, "not_due"}
    assert set(vocabulary.COVERAGE) == {*outcomes.CREDIT, "stated", "unknown"}
    assert tuple(vocabulary.PURPOSE) == PURPOSES
    assert set(vocabulary.EXPECTATION) == {*STATE.words, "changed"}
    assert set(vocabulary.PROBLEM) == set(problems.LEVELS)


def test_what_needs_a_look_first_is_what_is_worst():
    in_order = vocabulary.in_order(vocabulary.STATUS)
    assert in_order.index("holding") == in_order.index("achieved") - 1
    assert [state for state in in_order if state != "holding"] == [
        *progress.WORST_FIRST, "unknown"]
    assert vocabulary.in_order(vocabulary.SEVERITY) == list(gaps.SEVERITIES)
    assert vocabulary.in_order(vocabulary.COVERAGE) == [
        "uncovered", "unknown", "thin", "stated", "covered"]


def test_every_reason_of_a_check_has_words():
    assert set(WHY) == {(check, reason) for check, (passes, *others) in
                        checks.REASONS.items() for reason in (passes, *sum(others, ()))}


@pytest.mark.parametrize("words", FAMILIES.values(), ids=FAMILIES)
def test_each_state_has_words_and_a_place_of_its_own(words):
    for part in ("meaning", "rank", "label"):
        said = [getattr(word, part) for word in words.values()]
        assert len(set(said)) == len(said)
    assert all(word.label and word.meaning for word in words.values())
    assert {word.tone for word in words.values()} <= {*BEHIND, "early", "plain"}
    with pytest.raises(TypeError):
        words["new"] = "word"


ONE_SYMBOL = ("FRESHNESS", "DEPENDENCY")  # two of their states have one symbol, told apart by word


@pytest.mark.parametrize("name", sorted(set(FAMILIES) - {"CHECK"}))
def test_each_has_a_symbol_of_its_own(name):
    words = FAMILIES[name].values()
    assert all(len(word.symbol) == 1 and not word.symbol.isalnum() for word in words)
    assert len({word.symbol for word in words}) == len(words) - (name in ONE_SYMBOL)
    assert len(set(map(str, words))) == len(words)


def test_a_missing_state_is_said_to_be_unknown():
    states = pd.Series(["thin", None, "uncovered"], dtype="str")
    assert list(vocabulary.marked(states, vocabulary.COVERAGE)) == [
        "◐ weak", "? unknown", "○ not covered"]
    assert list(vocabulary.marked(states, vocabulary.COVERAGE, "–")) == ["◐ weak", "–", "○ not covered"]
    assert vocabulary.rank(states, vocabulary.COVERAGE).fillna(-1).tolist() == [2, -1, 0]


def test_a_word_for_each_place():
    link = vocabulary.LINK["unconfirmed"]
    assert (str(link), link.in_short, link.in_legend) == (
        "◇ not confirmed", "◇ not confirmed", "not confirmed")
    assert vocabulary.LINK["claimed"].in_legend == "stated only"
    assert str(vocabulary.CHECK["owned"]) == "has a PM"


@pytest.mark.parametrize(("value", "state", "words"), [
    (True, "passes", ["✓ yes", "✓ aligned"]), (False, "fails", ["✗ no", "✗ not aligned"]),
    (pd.NA, "not_applicable", ["– not applicable", "– not assessed"]),
    (None, "not_applicable", ["– not applicable", "– not assessed"])])
def test_checks_and_alignment(value, state, words):
    assert check_result(value) == state
    assert [str(vocabulary.CHECKED[state]), str(vocabulary.ALIGNED[state])] == words
