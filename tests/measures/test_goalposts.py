"""Goalposts: eased is what makes the same value look like more progress, or gives more time."""

import pandas as pd
import pytest

from orgdata.measures.goalposts import GOALPOSTS, direction

NUMBERS = [  # goalpost, kind, where a larger number is easier (+1), harder (−1), or cannot be said
    ("target", "increase", -1), ("target", "decrease", 1), ("target", "at_least", -1),
    ("target", "at_most", 1), ("target", "binary", -1), ("target", "milestone", -1),
    ("target", "unspecified", 0), ("target", "between", 0),
    ("baseline", "increase", -1), ("baseline", "decrease", 1), ("baseline", "at_least", 0),
    ("lower", "between", -1), ("upper", "between", 1), ("lower", "increase", 0)]


def way(post, before, after, kind="increase", kind_after=None):
    dtype = "datetime64[s]" if post == "due" else "float64"
    cells = [pd.Series([value], dtype=dtype) for value in (before, after)]
    found = direction(post, *cells, *(pd.Series([one], dtype="str")
                                      for one in (kind, kind_after or kind)))
    return None if found.isna().all() else found.iloc[0]


@pytest.mark.parametrize(("post", "kind", "easier"), NUMBERS)
def test_numbers(post, kind, easier):
    words = {1: "eased", -1: "tightened", 0: "moved"}
    assert way(post, 10, 20, kind) == words[easier]
    assert way(post, 20, 10, kind) == words[-easier]


@pytest.mark.parametrize("kind", ["increase", "between", "unspecified"])
def test_due_dates(kind):
    assert way("due", "2026-12-01", "2026-12-02", kind) == "eased"
    assert way("due", "2026-12-02", "2026-12-01", kind) == "tightened"


@pytest.mark.parametrize("post", GOALPOSTS)
def test_unknown_is_not_zero(post):
    value = "2026-12-01" if post == "due" else 0
    assert way(post, None, value) == "set"
    assert way(post, value, None) == "dropped"
    assert way(post, None, None) is way(post, value, value) is None


def test_of_another_kind_nothing_can_be_said():
    assert way("target", 10, 20, "increase", "decrease") == "moved"
    assert way("target", 10, 10, "increase", "decrease") is None


@pytest.mark.parametrize(("kind", "base", "target", "value"), [
    ("increase", 0, 100, 20), ("decrease", 10, 0, 5)])
@pytest.mark.parametrize("post", ["base", "target"])
@pytest.mark.parametrize("by", [-1, 1])
def test_eased_makes_the_same_value_look_like_more_progress(kind, base, target, value, post, by):
    """The formula of METHOD section 4 itself, before and after."""
    numbers = {"base": base, "target": target}
    moved = numbers | {post: numbers[post] + by}

    def progress(base, target):
        return (value - base) / (target - base)
    name = "baseline" if post == "base" else post
    assert (way(name, numbers[post], moved[post], kind) == "eased") == (
        progress(**moved) > progress(**numbers))
