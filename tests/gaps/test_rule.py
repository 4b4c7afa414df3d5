"""The words of each rule, rendered from its firing cases: they name what is meant, no column of
ours, blame nobody, and rank nobody."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from orgdata.gaps import RULES, SEVERITIES, populations
from orgdata.gaps import rule as rule_module
from orgdata.gaps.offending import NothingFound, graded, those
from orgdata.gaps.rule import (
    COLUMNS,
    IDS,
    NOT_JUDGED_COLUMNS,
    as_frame,
    as_not_judged,
    evaluate,
    filled,
    rule,
)
from orgdata.model.fields import NAME
from orgdata.model.schema import TABLES
from tests.builders import aligned, judged
from tests.gaps.test_rules import CASES

FIRING = [case for case in CASES if case.kind == "fires"]
ABOUT_PEOPLE = ("OWN04", "OWN05", "OWN07")
UNSAID = re.compile(r"\b((?<!progress is )unknown|None|nan|NaT|<NA>)\b|[{}]|“”|  |\b1 (people|products|days|outcomes)\b")
BLAME = re.compile(r"\b(fail(ed|s|ure)?|fault|blame|lazy|bad|poor|worst|guilty|neglect\w*)\b", re.I)
NAME_OF_COLUMN = re.compile(r"[a-z]_[a-z]")
COLUMN_NAMES = {field.name for table in TABLES.values() for field in table.fields}


def _texts(code: str) -> pd.DataFrame:
    assert any(case.code == code for case in FIRING), f"{code} has no firing case: tests/gaps/cases"
    return pd.concat([rows[rows["code"] == code] for case in FIRING if case.code == code
                      for rows in [case.gaps.rows]])


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_sentence_can_be_read(code):
    for row in _texts(code).itertuples():
        for text in (row.message, row.next_step, row.who):
            assert not UNSAID.search(text), text
            assert not BLAME.search(text), text
            assert text[0].isupper() or text[0] in "“0123456789" or text[0] in "abcdefgh", text
        assert row.message.endswith("."), row.message
        assert row.next_step.endswith("."), row.next_step


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_next_step_names_its_object_and_no_column(code):
    one = RULES[code]
    for row in _texts(code).query("table != 'decisions'").itertuples():
        assert not NAME_OF_COLUMN.search(row.next_step), row.next_step
        assert not NAME_OF_COLUMN.search(row.message), row.message
        named = [getattr(row, name) for name in one.looks_at.ids if not pd.isna(getattr(row, name))]
        if code == "PRT04":
            named = ["P1", "P2"]  # a dependency has no name; its products have
        if one.family == "XFN":
            named = ["Other"] if row.expectation_id == "X7" else [row.expectation_id]  # reworded
        if named:  # names are the ids here
            assert any(re.search(rf"\b{re.escape(value)}\b", row.next_step) for value in named)


@pytest.mark.parametrize("code", sorted(RULES))
def test_no_text_of_a_rule_names_a_column(code):
    one = RULES[code]
    for text in (one.name, one.question, one.systemic_step or "", one.fires_when, one.severity,
                 one.unjudged or ""):
        assert not NAME_OF_COLUMN.search(re.sub(r"{\w+}", "", text)), text


@pytest.mark.parametrize("code", sorted(RULES))
def test_where_it_is_kept_are_columns_of_ours(code):
    one = RULES[code]
    assert one.kept_in or one.family == "GOV"
    for place in one.kept_in:
        table, _, column = place.partition("=")[0].partition(".")
        assert column in {field.name for field in TABLES[table].fields}, place


def test_no_two_rules_share_a_next_step_or_a_question():
    for texts in ([one.next_step for one in RULES.values()],
                  [one.question for one in RULES.values()],
                  [one.message for one in RULES.values()],
                  [one.systemic_step for one in RULES.values() if one.systemic_step]):
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize("code", ABOUT_PEOPLE)
def test_findings_about_people_are_medium_at_most_and_cost_nothing(code):
    rows = _texts(code)
    assert set(rows["severity"]) <= {"medium", "low"}
    if "person_id" in RULES[code].looks_at.ids:
        assert rows["at_stake"].isna().all()


def test_only_findings_about_people_concern_people():
    assert {code for code, one in RULES.items() if "person_id" in one.looks_at.ids} <= set(ABOUT_PEOPLE)


@pytest.mark.parametrize("code", sorted(RULES))
def test_evidence_and_place_are_there(code):
    rows = _texts(code)
    assert all(tuple(evidence) == RULES[code].evidence for evidence in rows["evidence"])
    if RULES[code].family == "GOV":  # the place of the gap they are about
        assert set(rows["table"]) <= {"products", "decisions"}
        assert (rows["row"].isna() == (rows["table"] == "decisions")).all()
        return
    places = {"products", "objectives"} if code == "OBJ04" else {RULES[code].looks_at.table}
    assert set(rows["table"]) <= places
    if RULES[code].looks_at.ids and code not in ("OWN04", "OWN05"):  # in their cases people are not loaded
        assert rows["row"].notna().all()


def _registered(finds, code="PRD99", **texts):
    texts = {"looks_at": populations.products, "question": "?", "message": "", "next_step": "",
             "systemic_step": None, "evidence": ""} | texts
    rule(code, "product that is new", **texts)(finds)
    return rule_module.RULES[code]


def _every(rows, alignment):
    """Always.

    Severity: low."""
    return rows.assign(severity="low")


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="OUT01"):
        _registered(_every, "OUT01")


def test_a_rule_says_how_grave_its_gaps_are(monkeypatch):
    def silent(rows, alignment):
        """Never."""
    monkeypatch.setattr(rule_module, "RULES", {})
    with pytest.raises(ValueError, match="PRD99 lacks its paragraph"):
        _registered(silent)


def test_what_a_rule_does_not_say_follows_from_its_function_and_population(monkeypatch):
    def large(rows, alignment, threshold=7):
        """The product is
        large.

        Severity: high if very large, else
        low."""
    monkeypatch.setattr(rule_module, "RULES", {})
    one = _registered(large, needs="products.fte")
    assert (one.fires_when, one.severity) == ("The product is large.", "high if very large, else low")
    assert (one.threshold, one.needs, one.family) == (7, ("product", "products.fte"), "PRD")
    assert _registered(_every, "KR98").threshold is None
    assert _registered(_every, "KR99").family == "KR"


def _reads(rows, alignment):
    """The product has a colour.

    Severity: low."""
    return rows[rows["colour"].notna()].assign(severity="low")


@pytest.mark.parametrize(("finds", "texts"), [
    (_reads, {}), (_every, {"evidence": "name colour"}), (_every, {"message": "{name} is {colour}."}),
    (_every, {"looks_at": replace(populations.products, ids=("colour",))})])
def test_a_column_that_is_needed_and_not_there_is_named_beside_the_rule(monkeypatch, finds, texts):
    monkeypatch.setattr(rule_module, "RULES", {})
    with pytest.raises(LookupError, match=r"PRD99 .*needs the column colour, .*products"):
        evaluate(_registered(finds, **texts), aligned(products="P1"), {})


def test_a_rule_reads_every_column_of_what_it_looks_at(monkeypatch):
    monkeypatch.setattr(rule_module, "RULES", {})
    one = _registered(_every, evidence="lifecycle_stage description aligned", message="{level}")
    found, _, looked_at = evaluate(one, aligned(products="P1 lifecycle_stage=growth level=suite"), {})
    assert looked_at == 1
    assert [evidence["lifecycle_stage"] for evidence in found["evidence"]] == ["growth"]


def test_what_is_in_doubt_is_not_judged_and_stands_apart(monkeypatch):
    monkeypatch.setattr(rule_module, "RULES", {})
    because = (("assignments", 7), ("objectives", None))

    def unsure(rows, alignment):
        """The product is there.

        Severity: low."""
        return rows.assign(severity="low", doubtful=rows["product_id"] == "P2",
                           because=pd.Series([because] * len(rows)))

    found, left, looked_at = evaluate(_registered(unsure), aligned(products="P1 | P2 | P3"), {})
    assert found["key"] == ["PRD99:P1", "PRD99:P3"]
    row, = as_not_judged(left).to_dict("records")
    assert (row["key"], row["code"], row["product_id"], row["because"], looked_at) == (
        "PRD99:P2", "PRD99", "P2", because, 3)
    assert tuple(as_not_judged([]).columns) == NOT_JUDGED_COLUMNS


def test_filled_says_each_cell_as_a_sentence_does():
    rows = pd.DataFrame({"when": pd.to_datetime(["2026-11-20", None]), "many": [1234.0, 0.5]})
    assert filled(["{many} by {when}", "as it is"], rows) == [
        ["1,234 by 20 Nov 2026", "0.5 by unknown"], ["as it is", "as it is"]]


def test_a_rule_ends_where_nothing_offends():
    rows = pd.DataFrame({"left": [1, 2, 3]})
    assert those(rows, rows["left"] > 1)["left"].tolist() == [2, 3]
    for frame in (rows, rows.head(0)):
        with pytest.raises(NothingFound):
            those(frame, frame["left"] > 3)


def test_graded_takes_the_first_that_holds():
    index = pd.RangeIndex(3)
    first, second = pd.Series([True, False, False]), pd.Series([True, True, False])
    assert graded(index, (first, "critical"), (second, "high"), otherwise="low").tolist() == [
        "critical", "high", "low"]


def test_an_empty_list_of_gaps_is_a_typed_frame():
    rows = as_frame([])
    assert tuple(rows.columns) == COLUMNS
    assert str(rows["at_stake"].dtype) == "float64"
    assert set(IDS) < set(COLUMNS)
    assert SEVERITIES == ("critical", "high", "medium", "low")


def test_what_is_described_at_length_is_said_in_short():
    """It is said of each dependency and each roadblock, twice."""
    fits, long = "x" * NAME, "x" * (NAME + 1)
    found = judged(products="P1 | P2", dependencies=[
        {"dependency_id": f"D{i}", "product_id": "P1", "needs_product_id": "P2", "what": what}
        for i, what in enumerate((fits, long, ""))], roadblocks=[
        {"roadblock_id": f"R{i}", "what": what, "opened_on": "2026-01-01"}
        for i, what in enumerate((fits, long))])
    said = {row.key: row.message for row in found.rows.itertuples()}
    short = "x" * (NAME - 1) + "…"
    assert said["PRT04:D0"].startswith(f"P1 needs “{fits}” from")
    assert said["PRT04:D1"].startswith(f"P1 needs “{short}” from")
    assert said["PRT04:D2"].startswith("P1 needs something that is not described from")
    assert said["RBK01:R0"].startswith(f"“{fits}” has been open")
    assert said["RBK01:R1"].startswith(f"“{short}” has been open")


def test_a_name_in_the_evidence_of_many_gaps_is_held_once():
    rows = judged(products="P1 name=Checkout", outcomes="O1",
                  objectives="J1 product_id=P1 | J2 product_id=P1").only("OBJ01").rows
    first, second = (evidence["product_name"] for evidence in rows["evidence"])
    assert first == "Checkout"
    assert first is second
