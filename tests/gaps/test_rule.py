"""The words of each rule, rendered from its firing cases: they name what is meant and where to
mend it, blame nobody, and rank nobody."""

import re

import pandas as pd
import pytest

from orgdata.gaps import RULES, SEVERITIES
from orgdata.gaps.rule import COLUMNS, IDS, as_frame, filled, graded, rule
from orgdata.model.schema import TABLES
from tests.gaps.test_rules import CASES

FIRING = [case for case in CASES if case.kind == "fires"]
ABOUT_PEOPLE = ("OWN04", "OWN05", "OWN07")
UNSAID = re.compile(r"\b(unknown|None|nan|NaT|<NA>)\b|[{}]|“”|  |\b1 (people|products|days|outcomes)\b")
BLAME = re.compile(r"\b(fail(ed|s|ure)?|fault|blame|lazy|bad|poor|worst|guilty|neglect\w*)\b", re.I)
COLUMN_NAMES = {field.name for table in TABLES.values() for field in table.fields}


def _texts(code: str) -> pd.DataFrame:
    return pd.concat([rows[rows["code"] == code] for case in FIRING if case.code == code
                      for rows in [case.judged().rows]])


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
def test_the_next_step_names_table_column_and_object(code):
    one = RULES[code]
    for row in _texts(code).query("table != 'decisions'").itertuples():
        words = set(re.findall(r"[a-z_]+", row.next_step))
        tables = words & set(TABLES)
        assert tables, row.next_step
        fields = {field.name for table in tables for field in TABLES[table].fields}
        assert words & (fields - {"name"}), row.next_step
        named = [getattr(row, name) for name in one.ids if not pd.isna(getattr(row, name))]
        if code == "PRT04":
            named = ["P1", "P2"]  # a dependency has no name; its products have
        if named:  # names are the ids here
            assert any(re.search(rf"\b{re.escape(value)}\b", row.next_step) for value in named)


def test_no_two_rules_share_a_next_step_or_a_question():
    for texts in ([one.next_step for one in RULES.values()],
                  [one.question for one in RULES.values()],
                  [one.message for one in RULES.values()],
                  [one.systemic_step for one in RULES.values() if one.systemic_step]):
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize("code", sorted(RULES))
def test_systemic_steps_name_a_table(code):
    one = RULES[code]
    if one.systemic_step:
        assert set(re.findall(r"[a-z_]+", one.systemic_step)) & set(TABLES), one.systemic_step


@pytest.mark.parametrize("code", ABOUT_PEOPLE)
def test_findings_about_people_are_medium_at_most_and_cost_nothing(code):
    rows = _texts(code)
    assert set(rows["severity"]) <= {"medium", "low"}
    if "person_id" in RULES[code].ids:
        assert rows["at_stake"].isna().all()


def test_only_findings_about_people_concern_people():
    assert {code for code, one in RULES.items() if "person_id" in one.ids} <= set(ABOUT_PEOPLE)


@pytest.mark.parametrize("code", sorted(RULES))
def test_evidence_and_place_are_there(code):
    rows = _texts(code)
    assert all(tuple(evidence) == RULES[code].evidence for evidence in rows["evidence"])
    if RULES[code].family == "GOV":  # the place of the gap they are about
        assert set(rows["table"]) <= {"products", "decisions"}
        assert (rows["row"].isna() == (rows["table"] == "decisions")).all()
        return
    assert (rows["table"] == RULES[code].table).all()
    if RULES[code].ids and code not in ("OWN04", "OWN05"):  # in their cases people are not loaded
        assert rows["row"].notna().all()


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="OUT01"):
        rule("OUT01", "again", question="?", severity="", looks_at=lambda a: a.products, objects="",
             ids="", needs="", message="", next_step="", systemic_step="", who="", table="",
             evidence="")(lambda rows, alignment: rows)


def test_filled_says_each_cell_as_a_sentence_does():
    rows = pd.DataFrame({"when": pd.to_datetime(["2026-11-20", None]), "many": [1234.0, 0.5]})
    assert filled(["{many} by {when}", "as it is"], rows) == [
        ["1,234 by 20 Nov 2026", "0.5 by unknown"], ["as it is", "as it is"]]


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
