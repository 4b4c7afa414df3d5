"""Inputs of the kinds people really keep, each with its right value; INDEX.csv beside them says what
each shows."""

import csv
import re
from pathlib import Path

import pytest


def test_every_case_has_its_test(real_data):
    with (real_data / "cases" / "INDEX.csv").open(newline="") as file:
        cases = {row["case"] for row in csv.DictReader(file)}
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert cases == set(re.findall(r"^def test_(c\d+\w*)", tests, re.MULTILINE))


def _total_rows(case, *at):
    assert case.values("products", "product_id") == ["P1", "P2", "P3"]
    assert case.problems("error") == [("products", row, column, "total_row") for row, column in at]
    assert case.headlines["linked_spend_pct"] == 100
    assert not case.rules("OWN01")
    assert not case.rules("PRD01")


def test_c14(case):
    _total_rows(case, (5, "product_id"))


def test_c14b(case):
    _total_rows(case, (5, "name"))


def test_c14c(case):
    _total_rows(case, *((row, "name") for row in (3, 5, 7, 8)))


def test_c14d(case):
    assert case.counts("contributions") == (4, 2)
    assert {one[1:] for one in case.problems("error")} == {
        (3, "product_id", "unknown_reference"), (4, "product_id", "unknown_reference"),
        (4, "outcome_id", "unknown_reference")}
    assert case.rules("PRD01") == {"P2": "medium"}


def test_c39(case):
    assert case.counts("assignments") == (3, 3)
    assert case.problems("information") == [
        ("assignments", row, "person_id", "split_cell") for row in (2, 3, 4)]
    assert sorted(zip(case.values("assignments", "product_id"),
                      case.values("assignments", "person_id"), strict=True)) == [
        ("P1", "H1"), ("P1", "H2"), ("P2", "H2"), ("P2", "H3"), ("P3", "H1"), ("P3", "H3")]
    assert case.rules("OWN02") == dict.fromkeys(("P1", "P2", "P3"), "medium")
    assert not case.rules("OWN01")
    assert case.what_is_proven() == (None, None, ["stated", "stated"], 0)


def test_c55(case):
    assert case.counts("assignments") == (3, 3)
    assert case.problems("information") == [
        ("assignments", 3, "person_id", "joined_by_name"),
        ("assignments", 4, "person_id", "split_cell")]
    assert case.rules("OWN02") == {"P3": "medium"}
    assert not case.rules("OWN01")
    assert case.what_is_proven() == (None, None, ["stated", "stated"], 2)


def test_c44(case):
    assert case.counts("check_ins") == (5, 4)
    assert case.problems("error") == [("check_ins", 4, "kr_id", "duplicate_key")]
    assert case.progress() == {"K1": pytest.approx(0.8)}  # 2.5 of the 20th, the later row


def test_c47(case):
    assert case.headlines["aligned_products"] == 0
    assert case.headlines["outcome_coverage_pct"] == 50  # both are thin: nothing is proven
    assert set(case.rules("PRD02")) == {"P1", "P2", "P3"}
    assert case.problems("information") == []


def test_c49(case):
    assert case.rules("PRG03") == dict.fromkeys(("K1", "K2", "K3", "K4", "K5", "K6"), "medium")


def test_c53(case):
    assert case.counts("products") == (3, 0)
    assert case.problems("error") == [
        ("products", row, "product_id", "missing_required") for row in (2, 3, 4)]


def test_c61(case):
    assert case.headlines["linked_spend_pct"] is None  # the spend of 1 of 3 is known
    assert set(case.problems("warning")) == {
        ("objectives", 3, "product_id", "unknown_reference"),
        ("objectives", 3, "owner_id", "unknown_reference"),
        ("products", 2, "annual_spend", "bad_number"), ("products", 4, "annual_spend", "bad_number")}


def test_c62(case):
    assert case.problems("information") == [
        ("assignments", None, "allocation_pct", "read_as_fractions"),
        ("contributions", None, "share_pct", "read_as_fractions")]
    assert case.headlines["linked_spend_pct"] == 100
    # 1.64 of 2.4 million go to the outcome of weight 0.6, 0.76 to that of 0.4
    assert case.headlines["strategy_spend_fit_pct"] == pytest.approx(91 + 2 / 3)
    assert case.rules("OWN04") == {"H1": "medium"}


def test_c64(case):
    assert case.problems("information") == [
        ("key_results", row, None, "percent_mixed") for row in (2, 3, 4)]
    assert case.progress() == pytest.approx({"K1": 0.25, "K2": 0.25, "K3": 0.5})


def test_c34(case):
    assert case.progress() == pytest.approx({"K1": -0.5, "K2": 0.59, "K3": 1, "K4": -1 / 6})


def _numbers_of_a_workbook(case):
    assert case.values("products", "annual_spend") == [1_200_000, 800_000, 400_000]
    assert case.values("outcomes", "weight") == [0.6, 0.4]
    assert [f"{day:%Y-%m-%d}" for day in case.values("objectives", "end_date")] == [
        "2026-12-31", "2026-03-31"]
    assert case.values("key_results", "current") == pytest.approx([2.3, 62, 7, 1.5e6, 50, -20])
    assert case.problems("warning") == case.problems("error") == []


def test_c18(case):
    _numbers_of_a_workbook(case)


def test_c18b(case):
    _numbers_of_a_workbook(case)


def _every_product_is_aligned(case, key_results):
    assert (case.headlines["aligned_products"], case.headlines["managed_products"]) == (3, 3)
    assert [one["coverage"] for one in case.report["outcomes"]] == ["covered", "covered"]
    assert case.counts("key_results") == (key_results, key_results)


def test_c12(case):
    _every_product_is_aligned(case, 5)


def test_c12ok(case):
    _every_product_is_aligned(case, 5)


def test_c56(case):
    _every_product_is_aligned(case, 4)
    assert case.counts("objectives") == (3, 3)


def test_c66(case):
    """The workbook is read as well: its sheets are our tables, under numbered names."""
    assert [case.counts(name) for name in ("outcomes", "products", "assignments", "contributions")
            ] == [(2, 2), (3, 3), (2, 2), (3, 3)]
    assert case.values("outcomes", "target") == [100, 3]  # of the CSV file, which alone has them
    assert case.values("outcomes", "weight") == [60, 40]
    assert sorted(case.values("assignments", "person_id")) == ["Ada Fisk", "Ben Orr"]
    assert case.headlines["linked_spend_pct"] == 100
