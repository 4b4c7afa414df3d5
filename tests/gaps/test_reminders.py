"""A reminder of a gap is a remark beside it, never a second line, and never lost."""

import pandas as pd

from orgdata.gaps.reminders import remarks, without


def _gaps(**days):
    return pd.DataFrame({"key": pd.Series(list(days), dtype="str"),
                         "evidence": [{"days": one} for one in days.values()]})


ROWS = _gaps(**{"OUT01:O2": None, "GOV01:OUT01:O2": 21.0, "GOV01:PRG01:K1": 1.0,
                "GOV01:decision:3": None, "KR01:K2": None})


def test_beside_its_gap_it_is_left_out_and_alone_it_stands():
    assert without(ROWS)["key"].tolist() == [
        "OUT01:O2", "GOV01:PRG01:K1", "GOV01:decision:3", "KR01:K2"]


def test_the_remark_says_since_when():
    assert remarks(ROWS) == {"OUT01:O2": "open for 21 days, nobody owns it yet",
                             "PRG01:K1": "open for 1 day, nobody owns it yet"}
