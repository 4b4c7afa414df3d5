"""A reminder of a gap is a remark beside it, never a second line, and never lost."""

import pandas as pd
import pytest

from orgdata.gaps.reminders import about, decision_of, remarks, waiting, without


def _gaps(**days):
    return pd.DataFrame({"key": pd.Series(list(days), dtype="str"),
                         "evidence": [{"days": one} for one in days.values()]})


ROWS = _gaps(**{"OUT01:O2": None, "GOV01:OUT01:O2": 21.0, "GOV01:PRG01:K1": 1.0,
                "GOV01:decision:3": None, "GOV02:KR01:K2": None, "KR01:K2": None})


def test_beside_findings_they_are_left_out_and_alone_they_stand():
    assert without(ROWS)["key"].tolist() == ["OUT01:O2", "KR01:K2"]
    alone = ROWS[ROWS["key"].str.startswith("GOV")]
    assert without(alone)["key"].tolist() == alone["key"].tolist()


def test_the_remark_says_since_when():
    assert remarks(ROWS) == {"OUT01:O2": "not assigned for 21 days",
                             "PRG01:K1": "not assigned for 1 day"}
    assert waiting(ROWS) == 2


@pytest.mark.parametrize(("key", "gap", "decision"), [
    ("GOV01:OUT01:O2", "OUT01:O2", None), ("GOV02:KR04:K1", "KR04:K1", None),
    ("GOV01:decision:3", "decision:3", 3), ("GOV01:decision:x", "decision:x", None),
    ("GOV02:decision:3", "decision:3", None), ("OUT01:O2", "OUT01:O2", None),
    ("OUT01:GOV01:O2", "OUT01:GOV01:O2", None)])
def test_what_a_reminder_is_about(key, gap, decision):
    assert (about(key), decision_of(key)) == (gap, decision)
