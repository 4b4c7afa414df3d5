"""Whether a figure of the benchmark is met is decided from the numbers, never by hand."""

import math
import sys

import pytest

from bench import run
from bench.figures import Figure, Table, amount, closing

ABOVE_TWO = math.nextafter(2, 3)
NAN = float("nan")


@pytest.mark.parametrize(("figure", "verdict"), [
    (Figure("as a ratio, well within", 1.0, "s", 2, 1.0), "met"),
    (Figure("as a ratio, exactly", 2.0, "s", 2, 1.0), "met"),
    (Figure("as a ratio, by the least there is", ABOVE_TWO, "s", 2, 1.0), "MISSED"),
    (Figure("above the floor, exactly", 301, "kB", 300, 1, "above"), "met"),
    (Figure("above the floor, one more", 302, "kB", 300, 1, "above"), "MISSED"),
    (Figure("below the floor", 1, "MB", 2, 3, "above"), "met"),
    (Figure("as it is, exactly", 60.0, "ms", 60, by="value"), "met"),
    (Figure("as it is, whatever the floor", 60.1, "ms", 60, 1_000, "value"), "MISSED"),
    (Figure("no error", 0, "", 0, 0, "value"), "met"),
    (Figure("one error", 1, "", 0, 0, "value"), "MISSED"),
    (Figure("not measured", NAN, "s", 2, 1.0), "MISSED"),
    (Figure("no floor measured", 1.0, "s", 2, NAN), "MISSED"),
    (Figure("no reach", 9.0, "s", None, 1.0), "–"),
], ids=lambda one: one.what if isinstance(one, Figure) else one)
def test_verdict(figure, verdict):
    assert figure.verdict == verdict


def test_a_ratio_needs_a_floor():
    with pytest.raises(ValueError, match="read: nothing to compare with"):
        _ = Figure("read", 1.0, "s", 2).met


@pytest.mark.parametrize(("figure", "row"), [
    (Figure("read", 0.5, "s", 2, 0.2), "| read | 0.2 s | 0.5 s | 2.5 × | ≤ 2 × | MISSED |"),
    (Figure("sent", 80, "kB", 300, 1.5, "above"),
     "| sent | 1.5 kB | 80 kB | +78.5 kB above | ≤ 300 kB above | met |"),
    (Figure("script", 39.26, "ms", 60, by="value"),
     "| script | – | 39.3 ms | 39.3 ms | ≤ 60 ms | met |"),
    (Figure("errors", 0, "", 0, by="value"), "| errors | – | 0 | 0 | ≤ 0 | met |"),
], ids=lambda one: one.what if isinstance(one, Figure) else "")
def test_row(figure, row):
    assert figure.row() == row


@pytest.mark.parametrize(("value", "said"), [
    (0.04664, "0.0466 s"), (1.2, "1.2 s"), (56.78, "56.8 s"), (1234.5, "1,234 s")])
def test_amount(value, said):
    assert amount(value, "s") == said


def test_the_closing_list_has_every_missed_figure_and_no_other():
    table = Table("Reading", "How.", (
        Figure("small", 1.0, "s", 2, 1.0), Figure("large", 3.0, "s", 2, 1.0),
        Figure("seen only", 9.0, "s", None, 1.0)))
    assert closing([table]) == ("## What is missed\n\n1 of 2 figures with a reach are met.\n\n"
                                "- Reading: large: 3 ×, reach ≤ 2 ×\n")


def test_a_run_that_fails_keeps_the_last_results(tmp_path, monkeypatch):
    results = tmp_path / "RESULTS.md"
    results.write_text("of the last run", encoding="utf-8")
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "USUAL", (("figures", "no_such_part", {}),))
    monkeypatch.setattr(sys, "argv", ["run"])
    with pytest.raises(AttributeError, match="no_such_part"):
        run.main()
    assert [path.name for path in tmp_path.iterdir()] == ["RESULTS.md"]
    assert results.read_text(encoding="utf-8") == "of the last run"
