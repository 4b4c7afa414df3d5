"""What is worked out once: known by the function and all its arguments, and by nothing else."""

import json
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import wraps
from threading import Event

import numpy as np
import pandas as pd
import pytest

from orgdata.ui.shell.cache import RESULTS, Results, Versioned, apart, cached, key_of
from orgdata.ui.shell.view import Filters

calls = []


@dataclass(frozen=True)
class Large(Versioned):
    rows: pd.DataFrame
    version: str


@dataclass
class Changing:
    name: str


@cached
def asked(*arguments, by=None):
    calls.append((arguments, by))
    return len(calls)


@cached
def also_asked(one):
    return asked(one) + 100


@cached
def with_default(one, other="day"):
    return asked(one, other)


@cached
def fails(one):
    calls.append(one)
    raise ValueError(one)


@pytest.fixture(autouse=True)
def forgotten():
    calls.clear()
    RESULTS.clear()


ROWS = pd.DataFrame({"id": ["P1"]})
APART = [
    None, "", "None", "1", 1, True, 0, False, date(2026, 11, 20), "2026-11-20",
    datetime(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC),
    datetime(2026, 11, 20, 1, tzinfo=timezone(timedelta(hours=1))), (), ("a",), ("a", "b"), ("a, b",),
    (("a",), "b"), frozenset(), frozenset({"a"}), frozenset({"a", "b"}), frozenset({("a", "b")}),
    Filters(), Filters(area="A"), Filters(role="A"), Filters("A", "B"), Large(ROWS, "1"),
    Large(ROWS, "2"), (Large(ROWS, "1"),)]


def test_each_argument_has_its_own_result():
    assert [asked(one) for one in APART] == list(range(1, len(APART) + 1))
    assert [asked(one) for one in APART] == list(range(1, len(APART) + 1))
    assert len(calls) == len(APART)


def test_equal_arguments_share_one_whichever_way_they_are_given():
    assert key_of(frozenset("ab")) == key_of(frozenset("ba"))
    assert asked(Filters("A")) == asked(Filters(area="A")) == 1
    assert asked(Large(ROWS, "1")) == asked(Large(ROWS.copy(), "1")) == 2
    assert with_default("one") == with_default("one", "day") == with_default(other="day", one="one")


def test_positions_are_told_apart():
    assert len({asked("a", "b"), asked("b", "a"), asked("ab"), asked("a", by="b"), asked("a")}) == 5


def test_functions_are_told_apart():
    assert (asked("one"), also_asked("one")) == (1, 101)


@pytest.mark.parametrize("argument", [
    1.5, [], {}, {"a"}, ROWS, ROWS["id"], Changing("a"), Filters, len, object(), np.str_("a"),
    np.int64(1), json, ("a", [1]), Filters(area=["a"]), frozenset({1.5})], ids=lambda argument: type(argument).__name__)
def test_what_may_change_or_is_not_known_is_no_argument(argument):
    with pytest.raises(TypeError, match="cannot be an argument of a cached function"):
        asked(argument)
    assert not calls


def test_a_function_that_is_not_known_by_its_name_is_refused():
    def within():
        pass

    def closing_over(value):
        @wraps(asked)
        def named():
            return value
        return named

    script = type(asked)(within.__code__, {"__name__": "__main__"}, "within")
    script.__qualname__ = "within"
    for function in (within, lambda: None, closing_over(1), script):
        with pytest.raises(TypeError, match="cannot be cached"):
            cached(function)


def test_what_failed_is_tried_again():
    for _ in range(2):
        with pytest.raises(ValueError, match="one"):
            fails("one")
    assert calls == ["one", "one"]


def test_what_was_asked_for_longest_ago_goes_first():
    results, made = Results(2, 1_000), []

    def of(key):
        return results.get(key, lambda: made.append(key) or key.upper())

    assert [of(key) for key in "abac"] == ["A", "B", "A", "C"]  # the third goes, which is b
    assert [of(key) for key in "acb"] == ["A", "C", "B"]
    assert made == ["a", "b", "c", "b"]


def test_results_that_are_large_together_go_too_but_the_last_two_stay():
    results, made = Results(100, 10_000), []

    def of(key, size):
        return results.get(key, lambda: made.append(key) or b" " * size)

    for key in range(10):
        of(key, 3_000)
    made.clear()
    for key in (9, 8, 7):
        of(key, 3_000)
    assert not made, "three fit"
    of("large", 50_000)
    of("small", 1)
    for key, size in (("large", 50_000), ("small", 1)):
        of(key, size)
    assert made == ["large", "small"]
    of(9, 3_000)
    of(8, 3_000)
    of("small", 1)
    assert made == ["large", "small", 9, 8], "without the large one there is room"
    results.clear()
    for key in range(3):
        of(key, 3_000)
    made.clear()
    for key in range(3):
        of(key, 3_000)
    assert not made, "nothing is counted that was cleared"


def test_what_is_cached_apart_pushes_nothing_out():
    results, made = Results(12, 10_000), []

    def get(key):
        return results.get(key, lambda: made.append(key) or key)

    for key in range(12):
        get(key)
    with apart():
        for key in range(30):
            assert get(key) == get(key) == key
    assert made == list(range(30))  # each once, and what was there is taken from there
    for key in range(12):
        get(key)
    assert len(made) == 30
    results.clear()
    with apart():
        get(29)
    assert made[30:] == [29]


def test_who_asks_while_it_is_worked_out_waits_for_it():
    results, made, started, go_on = Results(2, 1_000), [], Event(), Event()

    def slow():
        started.set()
        made.append(go_on.wait(10))
        return "done"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(results.get, "a", slow)
        assert started.wait(10)
        assert results.get("b", lambda: "other") == "other", "nobody else waits"
        second = pool.submit(results.get, "a", slow)
        go_on.set()
        assert (first.result(10), second.result(10)) == ("done", "done")
    assert made == [True]


def test_whoever_touches_what_is_kept_has_the_lock():
    results = Results(2, 100, lambda _: 60)

    class Locked(OrderedDict):
        """Entries that are touched with the lock only."""

    def touching(name):
        def touch(self, *arguments, **more):
            assert results._lock.locked(), name
            return getattr(OrderedDict, name)(self, *arguments, **more)
        return touch

    for name in ("setdefault", "move_to_end", "get", "popitem", "clear", "__setitem__"):
        setattr(Locked, name, touching(name))
    results._entries = Locked()
    for key in (1, 2, 1, 3, 4):
        assert results.get(key, lambda: 5) == 5
    results.clear()
