"""Own history in words: nothing is called unusual that is not, and nothing usual that is unknown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from orgdata.changes.history import Usual
from orgdata.gaps.points import FIGURES as KEPT
from orgdata.gaps.points import Point
from orgdata.measures.calibration import Calibration
from orgdata.store import Decision
from orgdata.views import history

PLAIN = Point(date(2026, 9, 4), "2", "plain", "annual_spend", frozenset({"P1"}), {})


def points(key, values, **said):
    return [replace(PLAIN, day=PLAIN.day + timedelta(weeks=week), figures={key: value}, **said)
            for week, value in enumerate(values)]


def told(key, values, now):
    return history.told(key, points(key, values), replace(
        PLAIN, day=date(2026, 12, 31), figures={key: now}), "USD")


def test_every_figure_that_is_kept_is_shown_once():
    assert set(history.FIGURES) == set(KEPT)
    assert sum(map(len, history.FAMILIES.values())) == len(KEPT)


@pytest.mark.parametrize(("key", "values", "now", "sentence"), [
    ("aligned_products", [24, 26] * 6, 27, "Aligned products: 27, as usual (20–30)."),
    ("aligned_products", [24, 26] * 6, 31, "Aligned products: 31, outside what is usual (20–30)."),
    ("aligned_products", [24] * 12, 24, "Aligned products: 24, as usual (always 24)."),
    ("aligned_spend_pct", [70.0, 72.0] * 6, 80.0,
     "Spend backed by OKRs: 80 %, outside what is usual (66–76 %)."),
    ("aligned_spend_pct", [76.0] * 12, 76.4,  # as many decimals as tell them apart
     "Spend backed by OKRs: 76.4 %, outside what is usual (always 76.0 %)."),
    ("fresh_pct", [98.0, 90.0] * 6, 95.0,
     "Key results with an up-to-date check-in: 95 %, as usual (73–100 %)."),
    ("unlinked_money", [1e6] * 12, 2e6,
     "Spend not linked to an outcome: $2M, outside what is usual (always $1M)."),
    ("gaps_high", [4] * 11 + [5], 5, "High gaps: 5, outside what is usual (4)."),  # it was 5 once
    ("unlinked_money", [1e6] * 12, 1_000_200,
     "Spend not linked to an outcome: $1,000,200, outside what is usual (always $1,000,000)."),
    ("gaps_high", [5] * 9, 50, "High gaps: 50."),  # too few to say
    ("gaps_high", [5] * 12, None, "High gaps: unknown.")])
def test_a_figure_in_a_sentence(key, values, now, sentence):
    assert told(key, values, now).sentence.replace("\xa0", " ") == sentence


def test_a_range_of_counts_without_a_whole_number_has_decimals():
    assert history._ends("gaps_low", Usual(2.2, 2.8, 12), 0) == (2.2, 2.8)


@pytest.mark.parametrize(("values", "now", "said", "answer"), [
    ([5] * 12, 9, {}, "Outside what is usual: High gaps"),
    ([5] * 12, 5, {}, "Every figure is as usual"),
    ([], 5, {}, "No earlier day is remembered yet"),
    ([5] * 3, 5, {}, "3 snapshots so far: too few to say what is usual"),
    ([5] * 12, 5, {"settings": "other"},
     "0 snapshots since 31 Dec 2026, when the settings changed: too few to say what is usual")])
def test_the_answer(values, now, said, answer):
    before = points("gaps_high", values)
    point = replace(PLAIN, day=date(2026, 12, 31), figures={"gaps_high": now}, **said)
    found = history.all_told(before, point, None)
    assert history.answer(found, before, point) == answer
    assert bool(history.needed(found)) == ("too few" in answer or not before)


def test_a_figure_of_which_nothing_is_known_is_not_called_usual():
    before = points("gaps_high", [5] * 12)
    now = replace(PLAIN, day=date(2026, 12, 31), figures={"gaps_high": 5, "gaps_low": 1})
    assert history.answer(history.all_told(before, now, None), before, now) == (
        "1 of 2 figures is as usual; what is usual is not known of the others")


def test_all_that_was_decided_on_a_day_and_still_holds_is_marked():
    def one(text, **more):
        return Decision("tiny", text, date(2026, 11, 1), "Ada", datetime(2026, 11, 1, tzinfo=UTC), **more)
    said = [one("Hire"), one("Stop"), one("Undone", withdrawn="a mistake"), one("Call", kind="todo")]
    assert history.decided(said, date(2026, 10, 1), date(2026, 11, 1)) == {
        date(2026, 11, 1): "2 decisions: Hire; Stop"}
    assert history.decided(said, date(2026, 11, 2), date(2026, 12, 1)) == {}


def test_the_marks_that_there_are_are_explained_and_no_other():
    assert history.legend((), (), ()) == ""
    assert history.legend(["aligned"], ["Q4"], [date(2026, 11, 1)]) == (
        "Shaded: the usual range · Dotted: a cycle begins · Triangle: a decision, which you read by "
        "pointing at it")
    assert history.legend((), ["Q4"], ()) == "Dotted: a cycle begins"


def test_a_break_says_why_and_from_when():
    before = points("gaps_high", [5] * 3)
    parted = [*before[:2], replace(before[2], method="3"), replace(
        PLAIN, method="3", day=date(2026, 12, 31), products=frozenset({"P1", "P2"}))]
    assert history.breaks(parted[:3], parted[3]) == [
        "From 18 Sep 2026 on figures cannot be compared with those before: the method changed.",
        "From 31 Dec 2026 on figures cannot be compared with those before: more than a tenth of "
        "the products came or went."]
    assert history.answer({}, parted[:3], replace(parted[2], day=date(2026, 12, 31))) == (
        "1 snapshot since 18 Sep 2026, when the method changed: too few to say what is usual")


def test_figures_are_set_beside_what_they_were():
    before, now = points("aligned_spend_pct", [76.0]), replace(
        PLAIN, figures={"aligned_spend_pct": 80.0, "gaps_low": 3})
    rows = history.comparison(history.all_told(before, now, None), before[0], now, None)
    assert rows.fillna("").to_numpy().tolist() == [
        ["Spend backed by OKRs", "76 %", "80 %", ""], ["Low gaps", "unknown", "3", ""]]


@pytest.mark.parametrize(("found", "sentence"), [
    (None, "Whether confidence was right cannot be said: its scale is unclear, or earlier check-ins "
           "stayed in the database."),
    (Calibration(0, 0), ""),
    (Calibration(1, 1), "1 key result that somebody was confident of (7 or more of 10) at half time "
                        "is over: 20 are needed to say how many of such are met."),
    (Calibration(20, 15), "Of 20 key results that somebody was confident of (7 or more of 10) at "
                          "half time, 15 were met (75 %).")])
def test_what_confidence_was_worth(found, sentence):
    assert history.calibrated(found).replace("\xa0", " ") == sentence


def test_the_line_ends_with_now_in_the_place_of_a_snapshot_of_the_day():
    before = points("gaps_low", [1, 2])
    now = replace(before[1], figures={"gaps_low": 7})
    assert history.line("gaps_low", before, now)["value"].tolist() == [1, 7]
    assert history.line("gaps_low", [], now)["value"].tolist() == [7]
