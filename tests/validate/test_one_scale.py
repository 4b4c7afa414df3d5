"""What a table, a column and a key result decide about their cells (METHOD section 1)."""

import pandas as pd
import pytest

from orgdata.model.problems import problems
from orgdata.sources.raw import RawSource, RawTable
from orgdata.store.archive import from_zip, to_zip
from orgdata.validate import notes, validate
from tests.builders import column, loaded, rows
from tests.csv_folders import findings

MEASURED = ("baseline", "target", "current")


def told(portfolio, *codes):
    return [found for found in findings(portfolio.problems) if found[-1] in codes]


def results(baseline, target, current, *check_ins):
    """One key result with these values and check-ins, loaded."""
    cells = dict(zip(MEASURED, (baseline, target, current), strict=True))
    return loaded(
        key_results=[{"kr_id": "K1", "objective_id": "J1", "title": "A", **cells},
                     {"kr_id": "K2", "objective_id": "J1", "title": "B", "target": "7.5"}],
        check_ins=[{"kr_id": "K1", "date": f"2026-11-{day:02}", "value": value}
                   for day, value in enumerate(check_ins, 1)])


def values(portfolio):
    first = portfolio["key_results"].iloc[0]
    return [float(first[name]) for name in MEASURED] + portfolio["check_ins"]["value"].tolist()


@pytest.mark.parametrize(("written", "read", "mixed"), [
    (("40%", "0.6", "45%"), [0.4, 0.6, 0.45], True),
    (("0.4", "0.6", "45%"), [0.4, 0.6, 0.45], True),
    (("0.7", "90%", "0.8", "85%"), [0.7, 0.9, 0.8, 0.85], True),
    (("-1", "50%", "0.5"), [-1, 0.5, 0.5], True),
    (("0", "50%", "1"), [0, 50, 1], False),  # whole: they may be counts
    (("0.4", "50%", "1.01"), [0.4, 50, 1.01], False),
    (("0.4", "50%", "-1.01"), [0.4, 50, -1.01], False),
    (("40%", "50%", "45%"), [40, 50, 45], False),
    (("0.4", "0.5", "0.45"), [0.4, 0.5, 0.45], False),
    (("0.4", "50%", "0.45", "0.5", "2"), [0.4, 50, 0.45, 0.5, 2], False),  # a check-in above 1
    (("40%", "50%", "45%", "0.5"), [0.4, 0.5, 0.45, 0.5], True),  # a check-in alone tells it
])
def test_percent_beside_fractions(written, read, mixed):
    portfolio = results(*written)
    assert values(portfolio) == pytest.approx(read)
    assert told(portfolio, "percent_mixed", "mixed_decimals") == [
        ("information", "key_results", 2, None, "percent_mixed")] * mixed


@pytest.mark.parametrize(("written", "read", "mixed"), [
    (("1.200", "900", "1.000"), [1200, 900, 1000], True),
    (("100", "900", "1.5", "1.100"), [100, 900, 1.5, 1100], True),
    (("1.200", "900", "1.000", "1.5"), [1200, 900, 1000, 1.5], True),
    (("1.200", "9", "1.5"), [1.2, 9, 1.5], False),
    (("1.000", "31.7", "1.5"), [1000, 31.7, 1.5], True),  # 31.7 to 1 is farther than 1000 to 31.7
    (("1.000", "31.6", "1.5"), [1, 31.6, 1.5], False),
    (("-1.200", "900", "0"), [-1200, 900, 0], True),
    (("1.200", "1.100", "1.300"), [1.2, 1.1, 1.3], False),  # nothing beside them
    (("1.200", "0", "0"), [1.2, 0, 0], False),
    (("0.125", "900", "100"), [0.125, 900, 100], False),  # a single 0 proves its dot
    (("1234.125", "900000", "1000000"), [1234.125, 9e5, 1e6], False),
    (("1.2000", "900", "1000"), [1.2, 900, 1000], False),
])
def test_thousands_inside_one_key_result(written, read, mixed):
    portfolio = results(*written)
    assert values(portfolio) == pytest.approx(read)
    assert told(portfolio, "percent_mixed", "mixed_decimals") == [
        ("information", "key_results", 2, None, "mixed_decimals")] * mixed


def test_percent_comes_first_and_takes_no_part_in_thousands():
    assert values(results("40.125%", "0.6", "0.5")) == pytest.approx([0.40125, 0.6, 0.5])


def test_check_ins_without_key_results_stay_as_they_are():
    portfolio = loaded(check_ins=[{"kr_id": "K1", "date": "2026-11-01", "value": "1.200"},
                                  {"kr_id": "K1", "date": "2026-11-02", "value": "40%"}])
    assert portfolio["check_ins"]["value"].tolist() == [1.2, 40]
    assert list(portfolio["check_ins"].columns) == list(loaded()["check_ins"].columns)


@pytest.mark.parametrize(("spend", "fte", "read", "mixed"), [
    (["1.200", "1,5"], ["7"], [1200, 1.5], False),  # only commas speak
    (["1.200", "1200"], ["1,5"], [1200, 1200], False),  # those of another column, too
    (["1,200", "1.5"], ["7"], [1200, 1.5], False),  # only dots do
    (["1,200", "1.200"], ["7"], [1200, 1.2], False),  # nothing does
    (["1.200", "1,5"], ["7.5"], [1.2, 1.5], True),  # both: each by itself
    (["1,200", "1.200.300"], ["7,5"], [1.2, 1200300], False),
])
def test_the_decimal_sign_of_a_table(spend, fte, read, mixed):
    portfolio = loaded(products=[
        {"product_id": f"P{n}", "name": "x", "annual_spend": one, "fte": fte[0]}
        for n, one in enumerate(spend)], outcomes=[
            {"outcome_id": "O1", "name": "x", "target": "2.5"}])  # another table decides for itself
    assert portfolio["products"]["annual_spend"].tolist() == read
    assert told(portfolio, "mixed_decimals") == [
        ("warning", "products", None, None, "mixed_decimals")] * mixed


def test_strengths_are_read_with_the_decimal_sign_of_their_table():
    links = [{"product_id": "P1", "outcome_id": f"O{n}", "strength": strength, "share_pct": "12,5"}
             for n, strength in enumerate(["1.000", "500", "100", "0"])]
    words = ["primary", "supporting", "weak", "none"]
    assert loaded(contributions=links)["contributions"]["strength"].tolist() == words


@pytest.mark.parametrize(("settings", "written", "read", "unclear"), [
    ({}, ["3", "5", "Medium"], [3, 5, 5], True), ({"confidence_scale": 5}, ["3", "5", "low"], [6, 10, 2], False),
    ({"confidence_scale": 10}, ["3", "5", "High"], [3, 5, 8], False),
    ({"confidence_scale": 1}, ["3", "0.5", "70%"], [None, 5, 7], False),
    ({}, ["0.3", "1", "50%"], [3, 10, 5], False), ({}, ["30", "70", "7"], [3, 7, 0.7], False),
    ({}, ["high", "80%", "n/a"], [8, 8, None], False), ({}, ["11", "7", "3"], [None, 7, 3], False),
])
def test_confidence(settings, written, read, unclear):
    portfolio = loaded(settings, check_ins=[
        {"kr_id": "K1", "date": f"2026-11-0{n}", "confidence": one}
        for n, one in enumerate(written, 1)])
    held = column(portfolio["check_ins"], "row", "confidence")
    assert list(held.values()) == pytest.approx(read)
    assert portfolio.unclear == ({"check_ins.confidence"} if unclear else set())


def test_rows_set_aside_decide_too():
    portfolio = loaded(assignments="P1 H1 pm allocation_pct=0.5 | P2 '' pm allocation_pct=80")
    assert portfolio["assignments"]["allocation_pct"].tolist() == [0.5]
    assert told(portfolio, "scale_unclear") == [
        ("warning", "assignments", None, "allocation_pct", "scale_unclear")]


def test_bounds_hold_for_what_fractions_mean():
    portfolio = loaded(products="P1 bau_pct=0.2 | P2 bau_pct=-0.5 | P3 bau_pct=1")
    assert portfolio["products"]["bau_pct"].tolist() == [20, 0, 100]
    assert told(portfolio, "bad_value") == [("warning", "products", 3, "bau_pct", "bad_value")]


def test_words_of_a_status_that_are_neither_open_nor_closed():
    portfolio = loaded(objectives="J1 status=Stuck | J2 status='✅ stuck' | J3 status='🟢 On track' | J4 "
                                  "status=✅ | J5 status=Erledigt | J6 | J7 status=Half-way", key_results=(
                                  "K1 J1 status=whatever"))
    found = portfolio.problems[portfolio.problems["code"] == "unknown_word"]
    assert found["value"].tolist() == ["Stuck", "Half-way"]
    assert ["2 objectives" in message for message in found["message"]] == [True, False]
    assert told(portfolio, "unknown_word") == [
        ("information", "objectives", None, "status", "unknown_word")] * 2


def test_many_unknown_words_are_noted_at_once(monkeypatch):
    """A frame of problems for each of them would take a minute for 50,000."""
    made = []
    monkeypatch.setattr(notes, "problems", lambda *_, **told: made.append(told) or problems(*_, **told))
    portfolio = loaded(objectives=[{"objective_id": f"J{at}", "title": "T", "status": f"word {at}"}
                                   for at in range(500)])
    assert len(told(portfolio, "unknown_word")) == 500
    assert len(made) < 10


def test_periods_are_days_where_a_column_has_a_first_or_last_one():
    portfolio = loaded({"fiscal_year_start": 7}, objectives=(
        "J1 start_date='Q3 2026' end_date='FY27 H1'"), check_ins="K1 'Q3 2026' 5")
    first = portfolio["objectives"].iloc[0]
    assert (str(first["start_date"].date()), str(first["end_date"].date())) == ("2026-07-01", "2026-12-31")
    assert told(portfolio, "bad_date") == [("error", "check_ins", 2, "date", "bad_date")]


def test_a_blank_word_in_a_required_cell_is_no_value():
    portfolio = loaded(mix_targets="strategic_role invest n/a", objectives="J1 end_date=ongoing")
    assert told(portfolio, "missing_required", "bad_date", "bad_number") == [
        ("error", "mix_targets", 2, "target_pct", "missing_required")]


def test_what_was_decided_is_not_decided_again():
    """A snapshot holds what was read: a half percent stays one, and 1.2 is no thousand."""
    portfolio = loaded({"confidence_scale": 5}, outcomes="O1 weight=0.5% | O2 weight=0.3 | O3 weight=-5%",
        contributions="P1 O1 share_pct=0.5%", key_results="K1 J1 baseline=1.234 target=5 confidence=3 | K2 J1 target=900 "
        "current=1.500")
    again = from_zip(to_zip(portfolio), "again")
    for name in ("outcomes", "contributions", "key_results"):
        pd.testing.assert_frame_equal(again[name], portfolio[name])
    assert again["outcomes"]["weight_percent"].tolist() == [True, False, False]
    assert again["key_results"]["current"].tolist()[1] == 1500
    assert len(again.problems) == 0


def test_numbers_that_a_source_types_prove_no_sign():
    frame = pd.DataFrame(rows("key_results", "K1 J1 baseline=1.200 target=900"), dtype="str")
    for exact, read in ((frozenset(), 1200), (frozenset(["baseline", "target"]), 1.2)):
        table = RawTable("key_results", frame.set_axis([2]), exact_columns=exact)
        portfolio = validate(RawSource("x", "test", {"key_results": table}, loaded().settings))
        assert portfolio["key_results"]["baseline"].tolist() == [read]
