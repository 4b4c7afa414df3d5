"""Portfolios that a person would think of: one table alone, totals of zero, ties and circles.

Each is (tables, settings); rows may leave columns out, which are then blank.
"""

from datetime import timedelta

from tests.reference.loading import Text
from tests.reference.portfolios import AS_OF, CASE


def _day(offset: int) -> str:
    return (AS_OF + timedelta(offset)).isoformat()


def _product(name: str, **more: str) -> dict[str, str]:
    return {"product_id": name, "name": f"Product {name}", **more}


def _outcome(name: str, **more: str) -> dict[str, str]:
    return {"outcome_id": name, "name": f"Outcome {name}", **more}


def _goal(name: str, **more: str) -> dict[str, str]:
    return {"objective_id": name, "title": f"Goal {name}", **more}


def _result(name: str, goal: str, **more: str) -> dict[str, str]:
    return {"kr_id": name, "objective_id": goal, "title": f"Result {name}", **more}


def _link(product: str, outcome: str, **more: str) -> dict[str, str]:
    return {"product_id": product, "outcome_id": outcome, **more}


def _holds(role: str, **more: str) -> dict[str, str]:
    return {"product_id": "p1", "person_id": "h1", "role": role, **more}


def _seen(offset: int, value: str, time: str = "") -> dict[str, str]:
    return {"kr_id": "k1", "date": _day(offset) + time, "value": value}


_MOVING = {"target": "5", "baseline": "0", "current": "3"}
_GUARD = {"is_guardrail": "yes"}
_ALONE = {"products": [_product("p1")]}

ODD: dict[str, tuple[Text, dict]] = {
    "people alone": ({"people": [{"person_id": "h1", "name": "x"}]}, {}),
    "a mix alone": ({"mix_targets": [
        {"dimension": "business_area", "bucket": "x", "target_pct": "5"}]}, {}),
    "check-ins alone": ({"check_ins": [_seen(0, "1")]}, {}),
    "key results alone": ({"key_results": [
        _result("k1", "j1", target="5", kr_type="at_most", current="4")]}, {}),
    "objectives alone": ({"objectives": [
        _goal("j1", product_id="p1", outcome_id="o1", end_date=_day(-8)),
        _goal("j2", parent_objective_id="j1")]}, {}),
    "contributions alone": ({"contributions": [
        _link("p1", "o1", share_pct="60", strength="3"), _link("p1", "o2", share_pct="60")]}, {}),
    "dependencies and roadblocks alone": ({
        "dependencies": [{"dependency_id": "d", "product_id": "p", "needs_product_id": "q"}],
        "roadblocks": [{"roadblock_id": "r", "what": "w", "opened_on": _day(-15),
                        "kr_id": "k9"}]}, {}),
    "no outcome is active": ({
        "outcomes": [_outcome("o1", status="done")], "contributions": [_link("p1", "o1")],
        "products": [_product("p1", annual_spend="5", strategic_role="invest")],
        "objectives": [_goal("j1", product_id="p1", outcome_id="o1")],
        "key_results": [_result("k1", "j1", target="3")]}, {}),
    "all money keeps things running": ({
        "outcomes": [_outcome("o1", weight="1")], "contributions": [_link("p1", "o1")],
        "products": [_product("p1", annual_spend="5", bau_pct="100")]}, {}),
    "no money at all": ({
        "outcomes": [_outcome("o1", weight="1")], "contributions": [_link("p1", "o1")],
        "products": [_product("p1", annual_spend="0", strategic_role="sunset"),
                     _product("p2", annual_spend="0")]}, {}),
    "fractions that sum to 1, and a blank": ({"outcomes": [
        _outcome("o1", weight="0.7"), _outcome("o2", weight="0.2"), _outcome("o3", weight="0.1"),
        _outcome("o4")]}, {}),
    "an inactive weight says nothing of fractions": ({"outcomes": [
        _outcome("o1", weight="0.5"), _outcome("o2", weight="50", status="done"),
        _outcome("o3")]}, {}),
    "nobody at the managed level": ({
        "products": [_product("p1", level="suite"), _product("p2", level="product")],
        "outcomes": [_outcome("o1")]}, {"managed_level": "team"}),
    "an area that only others have": ({
        "products": [_product("p1", level="product", annual_spend="5"),
                     _product("p2", level="suite", business_area="x")],
        "mix_targets": [{"dimension": "business_area", "bucket": "x", "target_pct": "50"},
                        {"dimension": "lifecycle_stage", "bucket": "x", "target_pct": "50"}]},
        {"managed_level": "product"}),
    "names that look like nothing": ({
        "products": [_product("NA"), _product("null"), _product("nan"), _product("001")],
        "outcomes": [_outcome("None")],
        "contributions": [_link("NA", "None"), _link("nan", "None"), _link("001", "None")]}, {}),
    "sight through a closed parent, not past an inactive outcome": ({
        "products": [_product("p1")],
        "outcomes": [_outcome("o1"), _outcome("o2", status="done")],
        "objectives": [_goal("j1", outcome_id="o1"),
                       _goal("j2", parent_objective_id="j1", status="done"),
                       _goal("j3", parent_objective_id="j2", product_id="p1"),
                       _goal("j4", outcome_id="o2", parent_objective_id="j1", product_id="p1"),
                       _goal("j5", parent_objective_id="j4", product_id="p1")]}, {}),
    "strengths against the largest accepted one": ({
        **_ALONE, "outcomes": [_outcome(f"o{n}") for n in range(6)],
        "contributions": [_link("p1", f"o{n}", strength=strength) for n, strength in enumerate(
            ["3", "2", "1", "0", "Primary", "0.9"])] + [
                _link("p1", "o0", strength="30"), _link("p9", "o1", strength="100")]}, {}),
    "guardrails of every kind": ({
        "objectives": [_goal("j1", ambition="committed", start_date=_day(-30), end_date=_day(10))],
        "key_results": [
            _result("k1", "j1", target="5", current="3", **_GUARD),
            _result("k2", "j1", kr_type="increase", target="5", current="3", **_GUARD),
            _result("k3", "j1", kr_type="at_most", target="5", current="6", **_GUARD),
            _result("k4", "j1", kr_type="increase", target="5", baseline="0", current="4"),
            _result("k5", "j1", kr_type="between", lower="5", upper="4", current="4", **_GUARD),
            _result("k6", "j1", kr_type="binary", current="0", **_GUARD),
            _result("k7", "j1", kr_type="milestone", target="5", current="3"),
            _result("k8", "j1", kr_type="binary", baseline="1")]}, {}),
    "windows of one day": ({
        "objectives": [_goal("j1", start_date=_day(0), end_date=_day(0)), _goal("j2")],
        "key_results": [_result("k1", "j1", **_MOVING)] + [
            _result(f"k{n}", "j2", start_date=_day(n), due_date=_day(n), **_MOVING)
            for n in (-2, 2)]}, {}),
    "a role written in several ways": ({**_ALONE, "assignments": [
        _holds("PM"), _holds("pm"), _holds("PM", start_date=_day(-3)), _holds(" PM ")]}, {}),
    "circles and what hangs on them": ({
        "objectives": [_goal("j1", parent_objective_id="j1"), _goal("j2", parent_objective_id="j1"),
                       _goal("j3", parent_objective_id="j4"), _goal("j4", parent_objective_id="j3"),
                       _goal("j5", parent_objective_id="j4")],
        "products": [_product("a", parent_product_id="b"), _product("b", parent_product_id="a")]},
        {}),
    "a later check-in of the day wins as a whole": ({
        "objectives": [_goal("j1")], "key_results": [_result("k1", "j1", **_MOVING)],
        "check_ins": [_seen(-1, "4"), _seen(-1, "", "T10:00:00Z"), _seen(-2, "3"), _seen(3, "9"),
                      _seen(-2, "abc")]}, {}),
}


def odd(name: str) -> CASE:
    """A case by its name, every row with every column of its table."""
    tables, settings = ODD[name]
    full = {}
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        full[table] = [{column: row.get(column, "") for column in columns} for row in rows]
    return full, settings, AS_OF
