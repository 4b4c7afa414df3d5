"""What people type leaves what others have as it is read, or is refused in a line that says how to
write it (METHOD section 7)."""

import json

import pytest

from orgdata.edits import EditError, made, read_asked
from orgdata.edits.fixes import FIXES
from orgdata.edits.goals import add_key_result, add_objective
from orgdata.edits.now import Now
from orgdata.edits.others import checked
from orgdata.load import portfolio_of
from tests.builders import DAY, raw_source

GOALS = {"objectives": "J1 title=Grow | J2 title=Keep", "key_results":
         "K1 J1 title=Deals baseline=5 | K2 J2 title=Users target=9"}
LINKS = {"products": "P1 | P2", "outcomes": "O1 | O2"}


def done(asked, **company):
    """The cells that a verb sets or adds."""
    raw = raw_source(**company)
    edits = made(raw, read_asked(json.dumps([asked])), DAY)
    return [dict(edit.values) for edit in checked(Now(raw, DAY), edits)]  # as a form does


def refusal(asked, **company):
    with pytest.raises(EditError) as refused:
        done(asked, **company)
    return str(refused.value).removeprefix("edit 1: ")


def cell(table, key, column, value):
    return {"verb": "set", "table": table, "key": key, "column": column, "value": value}


def title(kr_id, text):
    return cell("key_results", {"kr_id": kr_id}, "title", text)


def added(edits_of, *arguments, **company):
    """What comes of an objective or key result that is added by a form."""
    now = Now(raw_source(**company), DAY)
    return checked(now, edits_of(now, *arguments))


BY_NAME = {**GOALS, "check_ins": "Users 2026-11-01 3"}


def test_a_title_of_another_is_refused_where_rows_are_referred_to_by_title():
    assert refusal(title("K1", "users"), **BY_NAME) == (
        "another key result is called “users”; choose another title, since key results are "
        "referred to by it")
    with pytest.raises(EditError, match="another key result is called “Users”"):
        added(add_key_result, "J1", "Users", **BY_NAME)
    with pytest.raises(EditError, match="another objective is called “Keep”"):
        added(add_objective, "Keep", **{**GOALS, "key_results": "K2 Keep"})
    with pytest.raises(EditError, match="another objective is called “Keep”"):
        added(add_objective, "Keep", objectives="J1 parent_objective_id=Top | J2 title=Keep | J3 title=Top")


def test_and_one_of_another_that_nobody_refers_to_while_others_are_by_theirs():
    assert "another key result" in refusal(title("K2", "Deals"), **BY_NAME)


def test_it_is_allowed_where_rows_are_referred_to_by_id():
    by_id = {**GOALS, "check_ins": "K2 2026-11-01 3 | k2 2026-11-02 4"}
    assert done(title("K1", "Users"), **by_id) == [{"title": "Users"}]
    assert added(add_key_result, "J1", "Users", **by_id)
    assert added(add_objective, "Keep", **by_id)


def test_so_is_a_title_that_no_other_has():
    assert done(title("K1", "Sales"), **BY_NAME) == [{"title": "Sales"}]
    assert added(add_key_result, "J1", "Sales", **BY_NAME)


def test_what_refers_to_nothing_does_not_become_theirs_who_add_a_thing_of_that_name():
    unknown = {**GOALS, "check_ins": "K1 2026-11-01 3 | Retention 2026-11-01 5 note=secret"}
    said = "with “Retention”, what refers to key results by their title would find another one"
    with pytest.raises(EditError, match=said):
        added(add_key_result, "J1", "Retention", **unknown)
    assert said in refusal(title("K1", "Retention"), **unknown)
    of_list = {**LINKS, "contributions": "'P1; Cards' O1"}
    assert "with “Cards”" in refusal(cell("products", {"product_id": "P2"}, "name", "Cards"), **of_list)


def test_a_title_that_rows_are_referred_to_by_stays():
    assert "or none" in refusal(title("K2", "Accounts"), **BY_NAME)


@pytest.mark.parametrize(("table", "key", "column", "company"), [
    ("products", {"product_id": "P1"}, "name", {**LINKS, "contributions": "two O1", "products": "P1 | P2 name=Two"}),
    ("outcomes", {"outcome_id": "O1"}, "name", {**LINKS, "contributions": "P1 two", "outcomes": "O1 | O2 name=Two"}),
    ("people", {"person_id": "H1"}, "email", {**LINKS, "people": "H1 | H2 email=Two",
                                              "assignments": "P1 two PM"}),
    ("objectives", {"objective_id": "J1"}, "title", {"objectives": "J1 | J2 title=Two", "key_results": "K1 two"})])
def test_every_thing_that_has_a_name_is_held_to_it(table, key, column, company):
    assert "another" in refusal(cell(table, key, column, "TWO"), **company)


def test_an_added_outcome_and_the_product_of_an_idea_too():
    by_name = {**LINKS, "contributions": "P1 Cash", "outcomes": "O1 | O2 name=Cash"}
    assert "another outcome" in refusal({"verb": "add outcome", "outcome_id": "O3", "name": "cash"}, **by_name)
    idea = {**LINKS, "contributions": "Pay O1 weak | P1 O1 weak", "products": "P1 | P2 name=Pay", "ideas": "B1 O2 name=Pay"}
    assert "another product" in refusal({"verb": "pursue idea", "idea_id": "B1"}, **idea)


DECIMALS = {**GOALS, "key_results": "K1 J1 baseline=5 | K2 J2 target=1,200"}


def test_a_number_by_which_others_would_be_read_with_another_decimal_sign_is_refused():
    key = {"kr_id": "K1"}
    assert portfolio_of(raw_source(**DECIMALS))["key_results"]["target"][1] == 1200
    assert refusal(cell("key_results", key, "baseline", "2,5"), **DECIMALS) == (
        "Baseline: write 2.5 for “2,5”; as it is, what others have would be read otherwise")
    assert done(cell("key_results", key, "baseline", "2.5"), **DECIMALS)
    assert done(cell("key_results", {"kr_id": "K2"}, "target", "2,5"), **DECIMALS), "it is the only one"
    commas = {**GOALS, "key_results": "K1 J1 baseline=0,5 | K2 J2 target=1.200"}
    assert "write 2,5 for “2.5”" in refusal(cell("key_results", key, "target", "2.5"), **commas)
    assert done(cell("key_results", key, "target", "2,5"), **commas)


def test_so_is_one_in_a_form():
    now, given = Now(raw_source(**DECIMALS), DAY), {"baseline": "2,5"}
    with pytest.raises(EditError, match=r"write 2\.5"):
        checked(now, FIXES["KR02"].edits(now, {"kr_id": "K1"}, given))


def test_a_number_that_replaces_the_only_one_that_showed_the_sign_is_refused():
    shown = {**GOALS, "key_results": "K1 J1 baseline=2,5 | K2 J2 target=1,200"}
    assert portfolio_of(raw_source(**shown))["key_results"]["target"][1] == 1.2
    assert "would be read otherwise" in refusal(
        cell("key_results", {"kr_id": "K1"}, "baseline", "3"), **shown)


def test_a_check_in_is_written_as_its_table_writes_numbers():
    def value(text, check_ins):
        return done({"verb": "check in", "kr_id": "K1", "value": text}, **GOALS, check_ins=check_ins)[0]["value"]

    commas, dots = "K1 2026-11-01 10,5 | K2 2026-11-01 1.100", "K1 2026-11-01 10.5 | K2 2026-11-01 1,100"
    assert [value(text, commas) for text in ("13,75", "13.75", "14")] == ["13,75", "13,75", "14"]
    assert [value(text, dots) for text in ("13,75", "13.75", "1,5%")] == ["13.75", "13.75", "1.5%"]


def test_a_confidence_on_another_scale_than_those_of_others_is_refused():
    of_1 = {**GOALS, "check_ins": "K1 2026-11-01 1 confidence=0.8 | K2 2026-11-02 2 confidence=0.9"}
    check_in = {"verb": "check in", "kr_id": "K1", "value": "3"}
    assert refusal({**check_in, "confidence": "7"}, **of_1) == (
        "Confidence: write 0.7 for “7”; as it is, what others have would be read otherwise")
    assert done({**check_in, "confidence": "0.7"}, **of_1)
    few = {**GOALS, "check_ins": "K2 2026-11-02 2 confidence=4"}  # of 5 or of 10
    assert done({**check_in, "confidence": "7"}, **few), "what is not clear yet may become so"


def test_so_is_a_share_or_a_weight():
    people = {**LINKS, "people": "H1 | H2", "assignments": "P1 H1 PM allocation_pct=0.5"}
    assign = {"verb": "assign", "product_id": "P2", "person_id": "H2"}
    assert "write 60% for “60”" in refusal({**assign, "allocation_pct": "60"}, **people)
    assert done({**assign, "allocation_pct": "60%"}, **people)
    weights = {"outcomes": "O1 weight=0.5 | O2 weight=0.5 | O3 weight=9 status=retired"}
    add = {"verb": "add outcome", "outcome_id": "O4", "name": "Cash"}
    assert "write 0.2 for “20”" in refusal({**add, "weight": "20"}, **weights)
    assert done({**add, "weight": "0.2"}, **weights)
    assert done({"verb": "re-weight", "outcome_id": "O1", "weight": "20"}, **weights)
    assert done({**add, "weight": "0"}, outcomes="O1 weight=1%"), "a percent sign says it itself"


def test_so_is_a_strength_against_which_those_of_others_are_read():
    numbers = {**LINKS, "contributions": "P1 O1 9 | P2 O1 3 | P2 O2 1"}
    link = {"verb": "link", "product_id": "P1", "outcome_id": "O1"}
    assert "would be read otherwise" in refusal({**link, "strength": "weak"}, **numbers)
    assert "would be read otherwise" in refusal({**link, "outcome_id": "O2", "strength": "90"}, **numbers)
    assert done({**link, "outcome_id": "O2", "strength": "weak"}, **numbers)


def test_what_ends_or_passes_to_another_is_not_typed():
    numbers = {**LINKS, "contributions": "P1 O1 9 | P2 O1 3 | P2 O2 1"}
    for verb in ({"verb": "withdraw", "product_id": "P1", "outcome_id": "O1"},
                 {"verb": "merge", "product_id": "P1", "into_product_id": "P2"}):
        assert done(verb, **numbers)


def test_a_date_by_which_those_of_others_would_be_lost_is_refused():
    dates = {"outcomes": "O1 | O2 due_date=11/20/2026"}
    assert "would be read otherwise" in refusal(
        cell("outcomes", {"outcome_id": "O1"}, "due_date", "20/11/2026"), **dates)
    assert done(cell("outcomes", {"outcome_id": "O1"}, "due_date", "2026-11-20"), **dates)


def test_a_link_states_no_strength_where_no_other_does():
    none = {**LINKS, "contributions": "P1 O1 '' | P2 O2 ''"}
    link = {"verb": "link", "product_id": "P1", "outcome_id": "O2"}
    assert done({**link, "strength": "primary"}, **none) == [{}]
    rows = portfolio_of(raw_source(**none))["contributions"]
    assert rows["strength"].isna().all()
    assert "unknown of all others" in refusal({**link, "outcome_id": "O1", "strength": "weak"}, **none)
    assert done({**link, "outcome_id": "O1", "share_pct": "40"}, **none) == [{"share_pct": "40"}]
    assert done(link, **LINKS, contributions="P1 O1 weak") == [{"strength": "supporting"}]
    assert done(link, **LINKS) == [{"strength": "supporting"}], "it is the only one"


def test_the_verb_for_any_cell_is_as_if_typed_in():
    edit, = made(raw_source(**BY_NAME), read_asked(json.dumps([title("K1", "users")])), DAY)
    assert edit.values == {"title": "users"}
