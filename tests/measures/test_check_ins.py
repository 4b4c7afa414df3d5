"""The last check-ins of each key result: values, words, steps and falls. METHOD sections 4, 6."""

import pandas as pd
import pytest

from orgdata.model.words import REPORTED
from tests.builders import aligned


def _row(check_ins, key_result="K1 J1 current=9"):
    rows = aligned(objectives="J1", key_results=f"{key_result} | K0 J1 | K2 J1",
                   check_ins=check_ins).key_results.set_index("kr_id").loc["K1"]
    return {name: None if pd.isna(value) else value for name, value in rows.items()}


@pytest.mark.parametrize(("check_ins", "value"), [
    ("K1 2026-11-01 1 | K1 2026-11-02 2", 2), ("K1 2026-11-02 2 | K1 2026-11-01 1", 2),
    ("K1 2026-11-20 0", 0), ("K1 2026-11-21 3", 9), ("K1 2026-11-20 status=green", 9),
    ("K1 2026-11-20 note=x | K1 2026-11-01 1", 1), ("K2 2026-11-01 1 | K0 2026-11-20 3", 9),
    ("K1 2026-11-01 1 | K1 2026-11-01 2", 2),  # the later row of a day replaces the earlier
])
def test_value(check_ins, value):
    assert _row(check_ins)["value"] == value


def test_where_the_value_comes_from():
    row = _row("K1 2026-11-02 2 | K1 2026-11-09 status=red | K1 2026-11-15 note=x")
    assert row["value_date"] == pd.Timestamp("2026-11-02")
    assert row["value_row"] == 2
    assert row["checked_on"] == pd.Timestamp("2026-11-09")


@pytest.mark.parametrize(("written", "meant"), [
    ("On Track", "on_track"), ("on-track", "on_track"), (" GREEN ", "on_track"), ("ok", "on_track"),
    ("In trouble", "off_track"), ("red", "off_track"), ("at risk", "between"), ("amber", "between"),
    ("purple", None)])
def test_words(written, meant):
    assert _row(f"K1 2026-11-20 1 status='{written}'")["reported"] == meant
    assert _row("K2 2026-11-20 1", f"K1 J1 status='{written}'")["reported"] == meant


def test_every_word_of_the_method_is_known():
    assert set(REPORTED) == {
        "on_track", "green", "okay", "ok", "good", "ahead", "healthy", "off_track", "red", "problem",
        "blocked", "in_trouble", "at_risk", "attention", "needs_attention", "behind", "yellow",
        "amber", "🟢", "🟡", "🟠", "🔴", "g", "a", "y", "r"}


@pytest.mark.parametrize(("check_ins", "key_result", "reported", "confidence"), [
    ("K1 2026-11-20 1 status=red", "K1 J1 status=green confidence=9", "off_track", 9),
    ("K1 2026-11-20 1", "K1 J1 status=green confidence=9", "on_track", 9),
    ("K1 2026-11-20 1 status=purple confidence=7", "K1 J1 status=green", "on_track", 7),
    ("K1 2026-11-20 1 confidence=2", "K1 J1", None, None),  # of 5 or of 10 is not known
    ("K1 2026-11-20 1 | K1 2026-11-01 1 status=red", "K1 J1", None, None),  # the latest speaks
    ("K1 2026-11-20 note=x | K1 2026-11-01 1 status=red", "K1 J1", "off_track", None),
])
def test_what_is_reported(check_ins, key_result, reported, confidence):
    row = _row(check_ins, key_result)
    assert (row["reported"], row["reported_confidence"]) == (reported, confidence)


def test_steps_and_falls_of_the_last_three_that_say_so():
    row = _row("K1 2026-11-01 1 confidence=9 | K1 2026-11-02 4 confidence=8"
               "| K1 2026-11-03 note=x | K1 2026-11-04 confidence=5 | K1 2026-11-05 4.5")
    assert (row["step_1"], row["step_2"]) == (0.5, 3)
    assert (row["fall_1"], row["fall_2"], row["last_confidence"]) == (3, 1, 5)
    assert _row("K1 2026-11-01 1")["step_1"] is None
