"""Real portfolios, partial as they are, load, report and lose nothing."""

import csv
import json

import pandas as pd
import pytest

from orgdata.api.answers import report
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from tests.csv_folders import findings

# Rows per table (SOURCE.md), the errors, and the columns in which cells became unknown
PORTFOLIOS = {
    "sourcegraph": (
        {"people": 41, "outcomes": 5, "products": 50, "assignments": 51, "contributions": 76},
        0, {("people", "manager_id", "unknown_reference"): 41}),  # who leads is not in the list
    "canada": (
        {"outcomes": 27, "products": 139, "contributions": 135, "objectives": 314,
         "key_results": 579, "check_ins": 113},
        0, {("key_results", "kr_type", "bad_value"): 161}),
    "canada_full": (
        {"people": 53, "outcomes": 18, "products": 1486, "assignments": 2142,
         "contributions": 1478, "objectives": 10387}, 0, {}),
    "nyc": (
        {"outcomes": 158, "products": 183, "contributions": 186, "objectives": 250,
         "key_results": 1139, "check_ins": 8297},
        8, {("key_results", "is_guardrail", "unknown_column"): 1}),
}


@pytest.fixture(scope="module", params=PORTFOLIOS)
def real(request, real_data):
    """A real portfolio: its name, and what it holds once read."""
    return request.param, load(str(real_data / request.param))


def test_nothing_is_lost(real):
    name, portfolio = real
    rows, errors, unknown = PORTFOLIOS[name]
    assert {table: count.read for table, count in portfolio.counts.items()} == rows
    assert sum(count.set_aside for count in portfolio.counts.values()) == errors
    assert len(findings(portfolio.problems, "error")) == errors
    warnings = pd.Series([tuple(one[i] for i in (1, 3, 4))
                          for one in findings(portfolio.problems, "warning")], dtype=object)
    assert warnings.value_counts().to_dict() == unknown


def test_report_is_complete_json(real):
    """Every key result in scope, every managed product; no NaN, which JSON does not have."""
    _, portfolio = real
    alignment = align(portfolio, portfolio.settings.as_of)

    def refuse(word):
        raise AssertionError(word)

    said = json.loads(json.dumps(report(alignment, find_gaps(alignment)), allow_nan=True),
                      parse_constant=refuse)
    assert said["as_of"] == f"{portfolio.settings.as_of}"
    assert len(said["products"]) == said["headlines"]["managed_products"] > 0
    assert sum(said["headlines"]["gaps"].values()) == len(said["gaps"]) > 0
    assert len(said["problems"]) >= len(portfolio.problems)
    heads = said["headlines"]
    assert (heads["linked_spend_pct"] is not None) == (alignment.money.reason is None)
    assert 0 <= (heads["linked_spend_pct"] or 0) <= 100
    name = portfolio.source.rpartition("/")[2]
    assert alignment.money.reason == {  # 21 of 100 products have a spend
        "sourcegraph": "not_loaded", "canada": "few_known"}.get(name)
    if alignment.basis.proof:
        assert 0 <= heads["outcome_coverage_pct"] <= 100
    else:  # nothing can be proven: so much is stated, and so many pass what can be checked
        assert (heads["outcome_coverage_pct"], heads["aligned_products"]) == (None, None)
        assert 0 <= heads["passing_products"] <= heads["checkable_products"] > 0
        # no goal in canada_full leads to an outcome that its product serves
        assert ("planned" in heads["checks_made"]) == (heads["passing_products"] == 0)
        assert "covered" not in {one["coverage"] for one in said["outcomes"]}


def test_only_the_eight_that_point_nowhere_are_set_aside_in_nyc(real_data):
    portfolio = load(str(real_data / "nyc"))
    products = set(portfolio["products"]["product_id"])
    with (real_data / "nyc" / "service_ua_map.csv").open(encoding="utf-8", newline="") as file:
        nowhere = [row for row, line in enumerate(csv.DictReader(file), 2)
                   if line["product_id"] not in products]
    assert findings(portfolio.problems, "error") == [
        ("error", "contributions", row, "product_id", "unknown_reference") for row in nowhere]
    assert portfolio.set_aside["contributions"]["row"].tolist() == nowhere
    assert len(nowhere) == 8


def test_met_agrees_with_the_citys_own_verdict(real_data):
    """New York publishes whether each of 351 indicators met its target; so do we."""
    portfolio = load(str(real_data / "nyc"))
    met = align(portfolio, portfolio.settings.as_of).key_results.set_index("row")["met"]
    verdict = portfolio.unknown_columns["key_results"]["expected_success"]
    judged = verdict[verdict != ""].map({"Met_Goal": True, "Did_Not_Meet": False})
    assert len(judged) == 351
    assert judged.isin([True, False]).all()
    ours = met[judged.index]
    assert ours.notna().all()
    assert ours[ours.astype(bool) != judged.astype(bool)].to_dict() == {}


@pytest.mark.parametrize(("name", "code", "count", "of"), [
    ("canada_full", "OBJ01", 7293, 10387), ("nyc", "KR01", 788, 1139)])
def test_one_cause_is_one_line(real_data, name, code, count, of):
    portfolio = load(str(real_data / name))
    gaps = find_gaps(align(portfolio, portfolio.settings.as_of))
    assert [(one.count, one.looked_at) for one in gaps.patterns if one.code == code] == [(count, of)]
    assert (gaps.rows["code"] == code).sum() == count
    assert not (gaps.single()["code"] == code).any()
