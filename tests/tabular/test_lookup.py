"""Ids as codes and positions: equal keys are found, in whatever order rows stand."""

from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.tabular import lookup
from orgdata.tabular.lookup import codes, is_duplicate, sum_upwards

WORDS = st.lists(st.tuples(st.sampled_from(["a", "b", "A", "", None]),
                           st.sampled_from([0, 1, -1, 20_000, None])), max_size=12)


@pytest.mark.parametrize("few", [0, 1_000])  # steps down: compared by a table of keys, or in order
@pytest.mark.parametrize("keep", ["first", "last"])
@given(rows=WORDS)
def test_a_repeated_key_is_what_pandas_calls_one(rows, keep, few):
    ids = pd.Series([word for word, _ in rows], dtype="str")
    days = pd.Series(pd.to_datetime([day for _, day in rows], unit="D")).astype("datetime64[s]")
    expected = pd.DataFrame({"id": ids, "day": days}).duplicated(keep=keep)
    with patch.object(lookup, "_FEW_STEPS", few):
        assert is_duplicate([codes(ids), codes(days)], keep).tolist() == expected.tolist()


def test_parts_too_large_for_one_number_are_still_told_apart():
    wide, other = np.array([0, 2**40, 2**40, 0]), np.array([0, 0, 2**40, 2**40])
    assert is_duplicate([wide, other, wide], "first").tolist() == [False] * 4
    assert is_duplicate([wide, wide, wide], "first").tolist() == [False, False, True, True]


def test_the_sum_of_all_ancestors():
    parents = np.array([-1, 0, 1, 1, -1, 3, 5])
    assert sum_upwards(np.array([1, 2, 4, 8, 16, 32, 64]), parents).tolist() == [
        1, 3, 7, 11, 16, 43, 107]
    assert sum_upwards(np.array([1] * 5), np.arange(-1, 4)).tolist() == [1, 2, 3, 4, 5]
    assert sum_upwards(np.array([], int), np.array([], int)).tolist() == []


@given(st.lists(st.integers(0, 30), max_size=40), st.lists(st.integers(0, 40), max_size=4),
       st.sampled_from(["first", "last"]))
def test_rows_added_below_sorted_ones_repeat_what_they_would_anywhere(keys, added, keep):
    both = np.array([*sorted(keys), *added], dtype=np.int64)
    assert is_duplicate([both], keep).tolist() == pd.Series(both).duplicated(keep).tolist()
