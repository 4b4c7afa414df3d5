"""`report --format json` has the shape that INTERFACES promises, to the last key and type."""

import json
from datetime import date

import pytest

from orgdata.api.answers import report
from orgdata.demo import DEMO
from orgdata.gaps import RULES, SEVERITIES, find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.model.problems import CODES, LEVELS
from tests.builders import aligned
from tests.csv_folders import opened

NUMBER = (int, float)
MAYBE = (int, float, type(None))
ID_COLUMNS = {"outcome_id", "product_id", "objective_id", "kr_id", "person_id", "dependency_id",
              "roadblock_id", "expectation_id", "dimension", "bucket", "other_product_id"}
STATUSES = {"not_started", "unknown", "achieved", "missed", "off_track", "too_early", "on_track",
            "needs_attention"}
REASONS = {"no_data", "stale", "out_of_bounds", "no_target", "no_baseline", "zero_range",
           "no_window", "not_paced", None}
FRESHNESS = {"fresh", "late", "stale", "never", "not_due", None}
# INTERFACES: the keys of each list in their order, and the types of their values
SHAPES = {
    "outcomes": {"outcome_id": str, "coverage": str, "weight": MAYBE, "spend_share": MAYBE},
    "products": {"product_id": str, "checks": dict, "unknown_checks": list,
                 "aligned": (bool, type(None))},
    "links": {"product_id": str, "outcome_id": str, "state": str, "strength": (str, type(None)),
              "spend": NUMBER},
    "key_results": {"kr_id": str, "value": MAYBE, "progress": MAYBE, "expected": MAYBE,
                    "status": str, "reason": (str, type(None)), "freshness": (str, type(None))},
    "gaps": {"key": str, "code": str, "severity": str, "objects": dict, "message": str,
             "next_step": str, "kept_in": list, "at_stake": MAYBE},
    "patterns": {"code": str, "count": int, "of": int},
    "not_evaluated": {"code": str, "reason": str},
    "not_judged": {"code": str, "objects": dict, "because": list},
    "problems": {"level": str, "table": str, "row": (int, type(None)),
                 "column": (str, type(None)), "value": (str, type(None)), "code": str,
                 "message": str},
}


def _json(portfolio, as_of: date) -> dict:
    alignment = align(portfolio, as_of)

    def refuse(word):
        raise AssertionError(f"{word} is not JSON")

    return json.loads(json.dumps(report(alignment, find_gaps(alignment))), parse_constant=refuse)


@pytest.fixture(scope="module")
def said():
    return _json(load(str(DEMO)), date(2026, 11, 20))


def test_the_whole(said):
    assert list(said) == ["as_of", "source", "method", "headlines", "money", "outcomes", "products",
                          "links", "key_results", "gaps", "patterns", "not_evaluated", "not_judged",
                          "work", "problems"]
    assert (said["as_of"], said["source"], said["method"]) == ("2026-11-20", str(DEMO), "2")
    assert said["money"] == {"unit": "annual_spend", "currency": "USD"}


def test_headlines(said):
    heads = said["headlines"]
    assert list(heads) == ["managed_products", "aligned_products", "assessed_products",
                           "passing_products", "checkable_products", "checks_made", "outcome_coverage_pct", "aligned_spend_pct", "linked_spend_pct",
                           "strategy_spend_fit_pct", "gaps"]
    assert list(heads["gaps"]) == list(SEVERITIES)
    assert heads["managed_products"] == len(said["products"])
    assert heads["aligned_products"] == sum(one["aligned"] is True for one in said["products"])
    assert heads["assessed_products"] == sum(one["aligned"] is not None for one in said["products"])
    assert heads["gaps"] == {severity: sum(one["severity"] == severity for one in said["gaps"])
                             for severity in SEVERITIES}


@pytest.mark.parametrize("name", SHAPES)
def test_each_list(said, name):
    shape = SHAPES[name]
    rows = said[name]
    if name in ("outcomes", "products", "links", "key_results", "gaps"):
        assert rows
    for row in rows:
        assert list(row) == list(shape)
        for key, value in row.items():
            assert isinstance(value, shape[key]), (key, value)
            assert key == "aligned" or not isinstance(value, bool), (key, value)


def test_words(said):
    assert {one["status"] for one in said["key_results"]} <= STATUSES
    assert {one["reason"] for one in said["key_results"]} <= REASONS
    assert {one["freshness"] for one in said["key_results"]} <= FRESHNESS
    assert "none" not in {one["state"] for one in said["links"]}
    assert {one["code"] for one in said["problems"]} <= set(CODES)
    assert {one["level"] for one in said["problems"]} <= set(LEVELS)
    for one in said["products"]:
        assert list(one["checks"]) == ["owned", "linked", "planned", "measured", "fresh"]
        assert set(one["checks"].values()) <= {True, False, None}


def test_gaps_name_their_objects(said):
    for one in said["gaps"]:
        assert one["objects"] or one["key"] == f"{one['code']}:portfolio"
        assert set(one["objects"]) <= ID_COLUMNS
        assert all(isinstance(value, str) for value in one["objects"].values())
        assert one["key"].startswith(one["code"] + ":")
    assert len({one["key"] for one in said["gaps"]}) == len(said["gaps"])


def test_every_rule_is_either_evaluated_or_says_why_not(tmp_path):
    bare = _json(opened(tmp_path, products="product_id,name\n001,A\nNA,B\n"), date(2026, 11, 20))
    silent = {one["code"] for one in bare["not_evaluated"]}
    assert {"OUT01", "KR01", "OWN01"} <= silent
    assert all(one["reason"] for one in bare["not_evaluated"])
    assert {one["code"] for one in bare["gaps"]} <= set(RULES) - silent
    assert [one["product_id"] for one in bare["products"]] == ["001", "NA"]
    assert bare["headlines"]["aligned_spend_pct"] is None
    assert {tuple(one["checks"].values()) for one in bare["products"]} == {(None,) * 5}
    assert [one["aligned"] for one in bare["products"]] == [None, None]


def test_numbers_are_not_rounded(tmp_path):
    portfolio = opened(
        tmp_path, objectives="objective_id,title,start_date,end_date\nJ1,A,2026-10-01,2026-12-31\n",
        key_results="kr_id,objective_id,title,kr_type,baseline,target,current\n"
                    "K1,J1,B,increase,0,3,1\n")
    (one,) = _json(portfolio, date(2026, 11, 20))["key_results"]
    assert (one["value"], one["progress"], one["expected"]) == (1.0, 1 / 3, 50 / 91)


def test_problems_come_with_the_report(tmp_path):
    portfolio = opened(tmp_path, products="product_id,name,fte\nP1,A,many\n",
                       check_ins="kr_id,date\nK1,2026-11-21\n")
    assert [(one["row"], one["column"], one["value"], one["code"])
            for one in _json(portfolio, date(2026, 11, 20))["problems"]] == [
        (2, "fte", "many", "bad_number"), (2, "date", "2026-11-21", "future_date")]


def test_nothing_at_all_is_a_report_too(tmp_path):
    empty = _json(opened(tmp_path, products="product_id,name\n"), date(2026, 11, 20))
    assert empty["headlines"] == {
        "managed_products": 0, "aligned_products": None, "assessed_products": 0,
        "passing_products": 0, "checkable_products": 0, "checks_made": [],
        "outcome_coverage_pct": None, "aligned_spend_pct": None, "linked_spend_pct": None,
        "strategy_spend_fit_pct": None, "gaps": dict.fromkeys(SEVERITIES, 0)}
    assert [empty[name] for name in ("outcomes", "products", "links", "key_results", "gaps")] == [
        []] * 5


def test_where_the_work_goes(said, tmp_path):
    work = said["work"]
    assert list(work) == ["window_days", "portfolio", "products"]
    assert work["window_days"] == 84
    assert list(work["portfolio"]) == ["goal", "run", "outside", "unknown"]
    for one in [work["portfolio"], *work["products"]]:
        assert sum(one[name] for name in work["portfolio"]) == pytest.approx(1)
    assert list(work["products"][0]) == ["product_id", "goal", "run", "outside", "unknown", "items"]
    assert sum(one["items"] for one in work["products"]) == 60
    assert "work" not in _json(opened(tmp_path, products="product_id,name\n1,A\n"),
                               date(2026, 11, 20))


def test_what_was_not_judged_names_its_objects_and_the_rows_to_mend():
    alignment = aligned(products="P1 | P2", people="H1", outcomes="O1", contributions="P9 O1",
                        objectives="J1", assignments="P2 H1 pm | P1 H2 pm")
    whole = {"table": "contributions", "row": None}
    assert report(alignment, find_gaps(alignment))["not_judged"] == [
        {"code": "OUT01", "objects": {"outcome_id": "O1"},
         "because": [whole, {"table": "contributions", "row": 2}]},
        {"code": "OWN01", "objects": {"product_id": "P1"},
         "because": [{"table": "assignments", "row": 3}]},
        {"code": "PRD01", "objects": {"product_id": "P1"}, "because": [whole]},
        {"code": "PRD01", "objects": {"product_id": "P2"}, "because": [whole]}]
