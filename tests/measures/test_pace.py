"""Pace presets at their exact thresholds, and the simulation behind the default."""

import pandas as pd
import pytest

from orgdata.docs import pace_simulation
from orgdata.measures.pace import PRESETS, pace_status
from orgdata.model.settings import SettingsError, parse_settings


@pytest.mark.parametrize(("preset", "raw", "expected", "bar", "status"), [
    ("difference", 0.40, 0.50, 1.0, "on_track"),  # exactly 10 points behind
    ("difference", 0.399, 0.50, 1.0, "needs_attention"),
    ("difference", 0.25, 0.50, 1.0, "needs_attention"),  # exactly 25
    ("difference", 0.249, 0.50, 1.0, "off_track"),
    ("difference", 0.25, 0.50, 0.7, "on_track"),  # 0.7 × 0.5 − 0.25 = 0.10
    ("ratio-95-85", 0.475, 0.50, 1.0, "on_track"),  # 0.95 × 0.5
    ("ratio-95-85", 0.474, 0.50, 1.0, "needs_attention"),
    ("ratio-95-85", 0.425, 0.50, 1.0, "needs_attention"),  # 0.85 × 0.5
    ("ratio-95-85", 0.424, 0.50, 1.0, "off_track"),
    ("ratio-90-75", 0.45, 0.50, 1.0, "on_track"),
    ("ratio-90-75", 0.375, 0.50, 1.0, "needs_attention"),
    ("ratio-90-75", 0.374, 0.50, 1.0, "off_track"),
    ("ratio-70-40", 0.35, 0.50, 1.0, "on_track"),
    ("ratio-70-40", 0.20, 0.50, 1.0, "needs_attention"),
    ("ratio-70-40", 0.199, 0.50, 1.0, "off_track"),
    ("ratio-70-40", 0.0, 0.0, 1.0, "on_track"),  # nothing expected yet
])
def test_thresholds(preset, raw, expected, bar, status):
    assert pace_status(*map(pd.Series, ([raw], [expected], [bar])), preset).tolist() == [status]


def test_settings_choose_the_preset():
    assert parse_settings({}).pace == "difference"
    assert parse_settings({"pace": "ratio-90-75"}).pace == "ratio-90-75"
    with pytest.raises(SettingsError, match="ratio-70-40"):
        parse_settings({"pace": "ratio-50"})


def test_the_stored_simulation_is_what_it_gives():
    stored = pd.read_csv(pace_simulation.TABLE)
    assert stored["preset"].tolist() == list(PRESETS)
    pd.testing.assert_frame_equal(stored, pace_simulation.simulate())
