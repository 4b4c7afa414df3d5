"""A gap shows what was decided about it, and one that is gone what was said of it."""

from datetime import UTC, date, datetime

import pytest

from orgdata.demo import DEMO
from orgdata.store import Decision, GapChange, source_key
from tests.pages.conftest import text_of
from tests.store.builders import take

KEY, AT, DAY = source_key(str(DEMO)), datetime(2026, 11, 13, 12, tzinfo=UTC), date(2026, 11, 13)


def _said(app):
    assert not app.exception
    return text_of(app).replace("\\", "")


def test_decisions_about_a_gap(opened, store):
    made = [store.decide(Decision(KEY, text, DAY, "Ada", AT, gap_key=key)) for text, key in (
        ("Find a product", "OUT01:O2"), ("Find a team", "OUT01:O2"), ("Ask legal", "OUT01:O2"),
        ("Elsewhere", "OUT01:O3"))]
    store.finish(made[1].id, date(2026, 11, 14), "Bo", AT)
    store.withdraw(made[2].id, "It stands twice", "Bo", AT)
    said = _said(opened("gaps", gap="OUT01:O2"))
    for line in ("○ Find a product  \n:small[nobody yet · no date · decision of 13 Nov 2026 · "
                 "recorded by Ada (said to be)]",
                 "✓ Find a team  \n:small[done 14 Nov 2026, says Bo · recorded by Ada (said to be)]",
                 "✕ Ask legal  \n:small[withdrawn on 13 Nov 2026, says Bo: It stands twice · "
                 "recorded by Ada (said to be)]"):
        assert line in said
    assert "Elsewhere" not in said


def test_a_gap_that_is_gone_says_with_what_and_when_it_was_last_seen(opened, store):
    take(store, DAY, source=KEY, objectives="J1", key_results="K999 J1 is_guardrail=yes "
         "kr_type=at_most target=1 current=5", products="P1")
    key = "PRG06:K999"
    store.change_gap(GapChange(KEY, key, "planned", "Ada", AT, owner="Kenji"))
    store.decide(Decision(KEY, "Keep the guardrail", DAY, "Ada", AT, gap_key=key))
    said = _said(opened("gaps", gap=key))
    assert ("There is no such gap on this day: guardrail broken, which is no longer found: its key "
            "result is gone. Last seen 13 Nov 2026.") in said
    assert "Ada (said to be): planned, owner Kenji" in said
    assert "○ Keep the guardrail" in said


@pytest.mark.parametrize("key", ["OUT01:O1", "x", "OUT01:", ":", "OUT01:O1:O2:O3", "a\0b"])
def test_one_that_never_was_is_said(opened, store, key):
    assert "There is no such gap on this day" in _said(opened("gaps", gap=key))
