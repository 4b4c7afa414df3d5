"""Key results as people read them. On DAY half of the way is expected (HALFWAY)."""

import pytest

from orgdata.views import key_results as result_view
from tests.builders import HALFWAY, aligned

TABLES = {
    "outcomes": "O1", "products": "P1 name=Checkout",
    "objectives": f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY} | "
                  f"J2 product_id=P1 ambition=aspirational {HALFWAY}",
}


def results(key_results, check_ins=""):
    return aligned(**TABLES, key_results=key_results, check_ins=check_ins).key_results


def test_what_needs_a_look_comes_first():
    rows = result_view.result_rows(results(
        "K1 J1 title=C baseline=0 target=10 current=5 | K2 J1 title=B baseline=0 target=10 "
        "current=10 | K3 J1 title=A baseline=0 target=10 current=5 | K4 J1 baseline=0 target=10 | "
        "K5 J1 baseline=0 target=10 current=1 | K6 J1 baseline=0 target=10 current=3"))
    assert rows["kr_id"].tolist() == ["K5", "K6", "K3", "K1", "K2", "K4"]
    assert rows["status"].tolist() == ["off_track", "needs_attention", "on_track", "on_track",
                                       "achieved", "unknown"]


def test_one_row():
    rows = result_view.result_rows(results(
        "K1 J1 title=Conversion unit=% baseline=2 target=5 current=2.999 due_date=2027-01-09"))
    assert rows["fresh"].isna().all()
    assert rows.drop(columns=["shown", "expected_share", "due", "fresh"]).to_dict("records") == [{
        "kr_id": "K1", "title": "Conversion", "objective": "Grow", "product": "Checkout",
        "of": "Checkout · Grow",
        "status": "needs_attention", "because": "", "way": "2 → 2.999 → 5 %", "progress": 33,
        "expected": 50}]
    assert str(rows["due"].iloc[0]) == "2027-01-09"


def test_an_aspirational_one_is_expected_to_reach_its_bar():
    rows = result_view.result_rows(results("K1 J2 baseline=0 target=10 current=2"))
    assert rows["expected"].tolist() == [35]  # 0.7 of 50
    assert rows["expected_share"].tolist() == pytest.approx([0.35])


def test_stale_evidence_is_unknown_with_what_was_last_known():
    rows = result_view.result_rows(results(
        "K1 J1 baseline=0 target=10 | K2 J1 baseline=0 target=10",
        "K1 2026-10-02 5 | K2 2026-11-19 5"))
    assert rows.loc[rows["kr_id"] == "K1", ["status", "because", "fresh"]].values.tolist() == [[
        "unknown", "the last check-in is too old (last known: ● on track)", "stale"]]
    assert rows.loc[rows["kr_id"] == "K2", ["because", "fresh"]].values.tolist() == [
        ["", "fresh"]]


def test_the_way():
    ways = {
        "kr_type=at_least target=99.5 current=99.9 unit=%": "now 99.9, to stay at least 99.5 %",
        "kr_type=at_most target=300 current=1200 unit=ms": "now 1,200, to stay at most 300 ms",
        "kr_type=at_most current=1200 unit=ms": "now 1,200 ms, no bound known",
        "kr_type=between lower=2 current=3": "now 3, no bound known",
        "kr_type=between lower=2 upper=4": "now unknown, to stay 2 to 4",
        "kr_type=binary": "0 → unknown → 1", "target=5 current=2": "2 → 5",
        "baseline=1 current=2": "1 → 2, no target"}
    rows = result_view.result_rows(results(
        " | ".join(f"K{i} J1 {cells}" for i, cells in enumerate(ways))))
    assert rows.sort_values("kr_id")["way"].tolist() == list(ways.values())


def test_unknown_progress_is_not_zero():
    rows = result_view.result_rows(results("K1 J1 baseline=0 target=10"))
    assert rows["progress"].isna().all()
    assert rows["shown"].isna().all()
    assert rows["because"].tolist() == ["there is no value yet"]


@pytest.mark.parametrize(("cells", "status"), [
    ("kr_type=at_most target=5 current=3 due_date=2026-11-21", "holding"),
    ("kr_type=at_most target=5 current=3 due_date=2026-11-20", "holding"),
    ("kr_type=at_most target=5 current=3 due_date=2026-11-19", "achieved"),
    ("kr_type=between lower=1 upper=5 current=3", "holding"),
    ("kr_type=increase baseline=0 target=5 current=6 is_guardrail=yes", "holding"),
    ("kr_type=increase baseline=0 target=5 current=6", "achieved"),
    ("kr_type=at_most target=5 current=7", "off_track")])
def test_what_is_kept_but_can_still_break_is_holding(cells, status):
    key_results = results(f"K1 J1 {cells}")
    assert result_view.result_rows(key_results)["status"].tolist() == [status]
    assert result_view.on_pace(key_results, "objective_id")["on"].tolist() == [
        int(status != "off_track")]


def test_on_pace_per_outcome():
    measured = results("K1 J1 baseline=0 target=10 current=5 | K2 J1 baseline=0 target=10 | "
                       "K3 J1 baseline=0 target=10 current=0 | K4 J2 baseline=0 target=10 current=9")
    counts = result_view.on_pace(measured, "objective_id")
    assert counts.to_dict("index") == {"J1": {"on": 1, "unknown": 1, "all": 3},
                                       "J2": {"on": 1, "unknown": 0, "all": 1}}
    assert result_view.pace_words(counts).to_dict() == {"J1": "1 of 3, 1 unknown", "J2": "1 of 1"}


def test_the_sentence_on_pace():
    good, bad, blank = "target=10 current=5", "target=10 current=1", "target=10"
    measured = aligned(**TABLES, key_results=" | ".join(
        f"K{i} J1 baseline=0 {cells}" for i, cells in enumerate(
            (good, bad, blank, blank, "current=5"))))
    said = {(): "No key result in this cycle.",
            (0,): "1 of 1 key result on pace.", (0, 1): "1 of 2 key results on pace.",
            (0, 2): "1 of 2 key results on pace; 1 unknown, because there is no value yet.",
            (2, 3, 4): "0 of 3 key results on pace; 3 unknown: 2 because there is no value yet "
                       "and 1 because there is no target."}
    for rows, sentence in said.items():
        assert result_view.pace_sentence(measured.key_results.iloc[list(rows)], measured) == (
            sentence)


def test_results_that_are_not_loaded_are_not_said_to_be_absent():
    measured = aligned(products="P1", key_results="K1 J1")
    assert result_view.pace_sentence(measured.key_results, measured) == (
        "Unknown, because objectives are not loaded.")
