"""The whole list: its order, its counts, and what narrowing it to one rule keeps."""

from datetime import date

import pandas as pd
import pytest

from orgdata.gaps import RULES, SEVERITIES, Present, find_gaps, find_present
from orgdata.gaps.rule import IDS
from orgdata.model.history import History
from tests import demo_company
from tests.builders import aligned, judged


@pytest.fixture(scope="module")
def demo():
    return find_gaps(demo_company.alignment())


def test_order_by_severity_money_code_and_key(demo):
    def place(row):
        return (SEVERITIES.index(row.severity), -row.at_stake if row.at_stake == row.at_stake
                else float("inf"), row.code, row.key)
    places = [place(row) for row in demo.rows.itertuples()]
    assert places == sorted(places)


def test_order_of_a_small_one():
    found = judged(products="P2 annual_spend=10 | P1 annual_spend=10 | P3 annual_spend=20",
                   people="H1", assignments="Q H1 pm", outcomes="1 | 2 | 3 | 4 | 5 | 6")
    assert found.rows["key"].tolist() == ["OUT06:portfolio"]
    found = judged(products="P2 annual_spend=10 | P1 annual_spend=10 | P3 annual_spend=20 | Q",
                   people="H1", assignments="Q H1 pm", outcomes="1 | 2 | 3 | 4 | 5 | 6")
    assert found.rows["key"].tolist() == ["OWN01:P3", "OWN01:P1", "OWN01:P2", "OUT06:portfolio"]


def test_keys_are_unique(demo):
    assert not demo.rows["key"].duplicated().any()


def test_every_rule_is_evaluated_or_said_why_not(demo):
    assert demo.evaluated + len(demo.not_evaluated) == len(RULES)
    assert sum(demo.count(severity) for severity in SEVERITIES) == len(demo.rows)
    half = judged(products="P1")
    assert half.evaluated + len(half.not_evaluated) == len(RULES)
    assert all(half.not_evaluated.values())


def test_only_one_rule(demo):
    for code in RULES:
        narrowed = demo.only(code)
        pd.testing.assert_frame_equal(
            narrowed.rows, demo.rows[demo.rows["code"] == code].reset_index(drop=True))
        assert {one.code for one in narrowed.patterns} <= {code}
    assert sum(len(demo.only(code).rows) for code in RULES) == len(demo.rows)
    assert judged(products="P1").only("PRD01").not_evaluated == {
        "PRD01": "outcomes are not loaded; neither links nor objectives are loaded"}


def test_a_key_holds_ids_and_nothing_else(demo):
    for row in demo.rows.itertuples():
        ids = [getattr(row, name) for name in RULES[row.code].looks_at.ids]
        ids = [value for value in ids if not pd.isna(value)]
        middle = [row.evidence["kind_of_object"]] if row.code == "OBJ04" else []
        assert row.key == ":".join([row.code, *middle, *ids] if ids else [row.code, "portfolio"])


def test_who_acts_is_somebody_who_is_here():
    """The owner who has left is not asked, nor a manager who has."""
    tables = {"products": "P1 | P2", "people": "H1 name=Ada active_to=2026-11-19 | H2 name=Bo",
              "assignments": "P1 H1 pm | P2 H2 pm",
              "objectives": "J1 product_id=P1 owner_id=H1 | J2 product_id=P2 owner_id=H1"
                            "| J3 product_id=P1 owner_id=H2",
              "key_results": "K1 J1 | K2 J2 owner_id=H2 | K3 J3"}
    found = judged(**tables).only("KR01").rows
    assert dict(zip(found["kr_id"], found["who"], strict=True)) == {
        "K1": "Head of product", "K2": "Key result owner: Bo", "K3": "Objective owner: Bo"}
    assert judged(**tables).only("OWN07").rows["message"].tolist() == [
        "“J2” belongs to P2, but its owner Ada has left.",
        "“J3” belongs to P1, but its owner Bo is not assigned to it."]


def test_several_managers_act_together():
    found = judged(products="P1", people="H1 name=Ada | H2 name=Bo", outcomes="O1 | O2",
                   assignments="P1 H1 pm | P1 H2 pm", contributions="P1 O1 confirmed_on=2027-01-01")
    assert found.only("PRD01").rows["who"].tolist() == ["Product managers: Ada and Bo"]


def test_rules_that_need_a_store_are_counted_apart_so_that_there_is_one_number_of_rules(demo):
    """28 of so many rules evaluated, with a store and without one (METHOD section 6)."""
    need_one = {code for code, one in RULES.items() if one.needs_store}
    assert need_one >= {"KR04", "GOV01", "GOV02"}
    assert {code for code, why in demo.not_evaluated.items()
            if why == "no store is named"} == need_one
    assert demo.evaluable == demo.evaluated == len(RULES) - len(need_one)
    assert demo.with_history == (0, 0)
    remembering = find_gaps(demo_company.alignment(), History.of())
    assert remembering.evaluable == remembering.evaluated == demo.evaluated
    assert remembering.with_history == (len(need_one), len(need_one))
    assert remembering.rows["key"].tolist() == demo.rows["key"].tolist()
    few = judged({"rules": {"KR04": {"enabled": False}}}, history=History.of(), products="P1")
    assert few.evaluable == demo.evaluable
    assert few.evaluated == demo.evaluable - len(set(few.not_evaluated) - need_one)
    assert few.with_history == (len(need_one) - 1, len(need_one))
    assert few.not_evaluated["KR04"] == "switched off"


def test_what_reads_no_history_is_found_once_for_all_histories():
    """With what is present the same gaps are found, and only rules that read history are asked."""
    def told(gaps):
        return repr((list(gaps.rows.itertuples()), gaps.patterns, gaps.not_evaluated,
                     list(gaps.not_judged.itertuples()), gaps.turned_on_by))

    alignment = demo_company.alignment()
    present = find_present(alignment)
    assert set(RULES) - set(present.results) == {
        code for code, one in RULES.items() if one.reads_history} >= {"KR04", "GOV01"}
    without = find_gaps(alignment)
    for history in (None, History.of(), History.of(
            open_since={without.rows["key"].iloc[0]: date(2020, 1, 1)})):
        assert told(find_gaps(alignment, history, present)) == told(find_gaps(alignment, history))
    emptied = Present(dict.fromkeys(present.results, "switched off"))
    assert set(find_gaps(alignment, History.of(), emptied).rows["code"]) <= {
        code for code, one in RULES.items() if one.reads_history}


def test_no_table_turns_on_a_rule_that_needs_a_store():
    assert "store" not in judged(products="P1").turned_on_by
    without, having = (judged(history=history, objectives="J1").turned_on_by["key_results"]
                       for history in (None, History.of()))
    assert having == without + 1  # KR04


def test_rules_about_gaps_look_at_those_of_all_others():
    """KR04 is found after GOV01 by its code, and seen by it all the same; GOV rules see no GOV."""
    def posts(first, last, target):
        return {"kr_id": "K1", "first_day": first, "last_day": last, "kind": "increase",
                "target": target, "baseline": 0, "due": date(2026, 12, 31)}
    found = judged(
        history=History.of(
            goalposts=[posts(date(2026, 10, 5), date(2026, 10, 5), 9)],
            open_since={"KR04:K1": date(2026, 11, 1), "GOV01:KR04:K1": date(2026, 11, 1)}),
        objectives="J1 start_date=2026-10-01 end_date=2026-12-31 ambition=committed",
        key_results="K1 J1 kr_type=increase baseline=0 target=8 current=8")
    assert {"KR04:K1", "GOV01:KR04:K1"} <= set(found.rows["key"])
    assert not found.rows["key"].str.startswith("GOV01:GOV").any()
    row = found.rows.set_index("key").loc["GOV01:KR04:K1"]
    assert (row["kr_id"], row["table"], row["severity"]) == ("K1", "key_results", "high")
    assert row["message"].startswith("Unassigned for 19 days: “K1” of “J1” was changed")


def test_the_row_that_a_gap_names_is_one_of_what_it_is_about():
    """Its number counts in the table that is named with it."""
    few = {"products": "P1 | P2", "objectives": "J0 product_id=P2 | " + " | ".join(
        f"J{at} product_id=P1" for at in range(1, 5)),
           "key_results": " | ".join(f"K{at} J3" for at in range(6))}
    for alignment in (aligned(**few), demo_company.alignment()):
        found = find_gaps(alignment).rows
        assert found["row"].notna().any()
        for gap in found[found["row"].notna()].to_dict("records"):
            rows = alignment.portfolio[gap["table"]]
            row = rows[rows["row"] == gap["row"]].iloc[0]
            named = {column: gap[column] for column in IDS if column in rows and pd.notna(gap[column])}
            assert not named or any(
                row[column] == id_ for column, id_ in named.items()), gap["key"]
