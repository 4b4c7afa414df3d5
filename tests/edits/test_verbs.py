"""What people do becomes edits in one way, or is refused in one line (METHOD section 7)."""

import json

import pytest

from orgdata.edits import Asked, EditError, apply, made, read_asked
from orgdata.edits.now import Now
from orgdata.edits.verbs import VERBS
from orgdata.load import portfolio_of
from orgdata.measures import align
from orgdata.model.schema import TABLES
from tests.builders import DAY, raw_source

COMPANY = {
    "people": "H1 name=Ada | H2 name=Bo", "outcomes": "O1 weight=50 | O2 weight=30 | O3 weight=20",
    "products": "P1 name=Pay annual_spend=100 fte=2 | P2 name=Ship annual_spend=50 | P3 status=retired",
    "assignments": "P1 H1 PM start_date=2026-01-01 | P2 H2 deputy",
    "contributions": "P1 O1 weak share_pct=40 | P1 O2 primary rationale=why | P2 O1 primary | P2 O2 weak",
    "objectives": "J1 product_id=P1 | J2 product_id=P2", "key_results": "K1 J1 product_id=P1",
    "objective_products": "J1 P2 effort_pct=30 | J2 P1 effort_pct=20"}


def done(*asked, **company):
    """The tables after verbs, as texts, and the edits as (table, operation)."""
    raw = raw_source(**{**COMPANY, **company})
    edits = made(raw, read_asked(json.dumps(asked)), DAY)
    applied = apply(raw, edits)
    assert {cell.state for cell in applied.cells} == {"pending"}
    return {name: [{column: text for column, text in row.items() if text} for row in
                   table.frame.to_dict("records")] for name, table in applied.raw.tables.items()}


def refusal(verb, **arguments):
    with pytest.raises(EditError) as refused:
        done({"verb": verb, **arguments})
    return str(refused.value)


def test_moving_a_product_manager_ends_the_day_before():
    after = done({"verb": "move PM", "product_id": "P1", "person_id": "H2",
                  "start_date": "2026-12-01"})
    assert after["assignments"][0] == {"product_id": "P1", "person_id": "H1", "role": "PM",
                                       "start_date": "2026-01-01", "end_date": "2026-11-30"}
    assert after["assignments"][2] == {"product_id": "P1", "person_id": "H2", "role": "accountable",
                                       "start_date": "2026-12-01"}


def test_one_who_would_start_that_day_does_not_start():
    after = done({"verb": "move PM", "product_id": "P1", "person_id": "H2"},
                 assignments="P1 H1 PM start_date=2026-11-20")
    assert [row["person_id"] for row in after["assignments"]] == ["H2"]


def test_assigning_says_who_manages_a_product_from_the_day_on():
    after = done({"verb": "assign", "product_id": "P2", "person_id": "H1"})
    assert after["assignments"][2] == {"product_id": "P2", "person_id": "H1", "role": "accountable",
                                       "start_date": "2026-11-20"}


def test_links_of_a_retired_product_end():
    after = done({"verb": "retire product", "product_id": "P1"})
    assert after["products"][0]["status"] == "retired"
    assert {row["product_id"] for row in after["contributions"]} == {"P2"}


def test_or_pass_to_another_where_the_stronger_strength_holds():
    after = done({"verb": "retire product", "product_id": "P1", "links_to": "P2"})
    assert after["contributions"] == [
        {"product_id": "P2", "outcome_id": "O1", "strength": "primary"},
        {"product_id": "P2", "outcome_id": "O2", "strength": "primary"}]
    assert done({"verb": "retire product", "product_id": "P1", "links_to": "P2"},
                contributions="P1 O3 primary share_pct=40 rationale=why")["contributions"] == [
        {"product_id": "P2", "outcome_id": "O3", "strength": "primary", "rationale": "why"}]


def test_merging_adds_what_both_have_and_hands_goals_over():
    after = done({"verb": "merge", "product_id": "P1", "into_product_id": "P2"})
    assert after["products"][:2] == [
        {"product_id": "P1", "name": "Pay", "annual_spend": "100", "fte": "2", "status": "retired"},
        {"product_id": "P2", "name": "Ship", "annual_spend": "150"}]  # its FTE are unknown
    assert [row["product_id"] for row in after["objectives"]] == ["P2", "P2"]
    assert after["key_results"][0]["product_id"] == "P2"
    assert after["objective_products"] == [
        {"objective_id": "J1", "product_id": "P2", "effort_pct": "30"}]


def test_changing_the_strategic_bet():
    after = done({"verb": "change role", "product_id": "P1", "strategic_role": "Sunset"})
    assert after["products"][0]["strategic_role"] == "sunset"


@pytest.mark.parametrize(("weights", "asked", "after"), [
    ("O1 weight=50 | O2 weight=30 | O3 weight=20", 10, ["10", "54", "36"]),
    ("O1 weight=0.5 | O2 weight=0.3 | O3 weight=0.2", 10, ["0.1", "0.54", "0.36"]),
    ("O1 weight=0.5 | O2 weight=0.3 | O3 weight=0.2", 0.1, ["0.1", "0.54", "0.36"]),
    ("O1 weight=50% | O2 weight=30% | O3 weight=20%", "10 %", ["10", "54", "36"]),
    ("O1 weight=60 | O2 weight=60", 20, ["20", "100"]),
    ("O1 | O2 | O3", 10, ["10", "45", "45"]),
    ("O1 weight=50 | O2 weight=30 | O3", 10, ["10", "54", "36"]),
    ("O1 weight=60 | O2 weight=40 | O3 weight=9 status=done", 20, ["20", "80", "9"])])
def test_a_new_weight_leaves_the_others_their_proportions_and_the_sum(weights, asked, after):
    outcomes = done({"verb": "re-weight", "outcome_id": "O1", "weight": asked},
                    outcomes=weights)["outcomes"]
    assert [row["weight"] for row in outcomes] == after


def test_outcomes_are_added_and_retired_and_links_made_confirmed_and_withdrawn():
    after = done(
        {"verb": "add outcome", "outcome_id": "O4", "name": "Japan", "weight": 5},
        {"verb": "retire_outcome", "outcome_id": "O3"},
        {"verb": "link", "product_id": "P2", "outcome_id": "O4", "strength": "primary"},
        {"verb": "confirm", "product_id": "P2", "outcome_id": "O4", "confirmed_by": "Bo"},
        {"verb": "withdraw", "product_id": "P2", "outcome_id": "O1"},
        {"verb": "set", "table": "products", "key": {"product_id": "P2"}, "column": "fte",
         "value": 2.5})
    assert after["outcomes"][2:] == [
        {"outcome_id": "O3", "name": "O3", "weight": "20", "status": "retired"},
        {"outcome_id": "O4", "name": "Japan", "weight": "5"}]
    assert after["contributions"][2:] == [
        {"product_id": "P2", "outcome_id": "O2", "strength": "weak"},
        {"product_id": "P2", "outcome_id": "O4", "strength": "primary", "confirmed_by": "Bo",
         "confirmed_on": "2026-11-20"}]
    assert after["products"][1]["fte"] == "2.5"


@pytest.mark.parametrize(("verb", "arguments", "message"), [
    ("move PM", {"product_id": "P1", "person_id": "H1"}, "Ada (H1) is product manager of Pay (P1) already"),
    ("move PM", {"product_id": "P2", "person_id": "H1"}, "Ship (P2) has no product manager on 2026-11-20; assign one"),
    ("move PM", {"product_id": "P1", "person_id": "H9"}, "there is no person 'H9'"),
    ("move PM", {"product_id": "P1", "person_id": "H2", "start_date": "soon"}, "expected a day such as 2026-11-20, found 'soon'"),
    ("assign", {"product_id": "P2", "person_id": "H2", "role": "deputy"}, "Bo (H2) has that role on Ship (P2) already"),
    ("retire product", {"product_id": "P3"}, "P3 (P3) is retired already"),
    ("retire product", {"product_id": "P1", "links_to": "P3"}, "P3 (P3) is retired already"),
    ("retire product", {"product_id": "P1", "links_to": "P1"}, "its links cannot pass to itself"),
    ("merge", {"product_id": "P1", "into_product_id": "P1"}, "a product cannot be merged into itself"),
    ("change role", {"product_id": "P1", "strategic_role": "grow"}, "expected invest, maintain, harvest, sunset, explore, enable, found 'grow'"),
    ("re-weight", {"outcome_id": "O1", "weight": 100}, "expected a weight from 0 to below 100, found '100'"),
    ("re-weight", {"outcome_id": "O1", "weight": "much"}, "expected a weight from 0 to below 100, found 'much'"),
    ("add outcome", {"outcome_id": "O1", "name": "x"}, "there is an outcome 'O1' already"),
    ("link", {"product_id": "P2", "outcome_id": "O1", "strength": "primary"}, "Ship (P2) is linked to O1 (O1) already"),
    ("link", {"product_id": "P3", "outcome_id": "O1"}, "P3 (P3) is retired"),
    ("link", {"product_id": "P2", "outcome_id": "O3", "strength": "huge"}, "Strength: expected primary, supporting or weak, or a number from 0 up, found 'huge'"),
    ("link", {"product_id": "P2", "outcome_id": "O3", "share_pct": "much"}, "Share: expected a number such as 60, found 'much'"),
    ("move PM", {"product_id": "P3", "person_id": "H2"}, "P3 (P3) is retired"),
    ("assign", {"product_id": "P3", "person_id": "H2"}, "P3 (P3) is retired"),
    ("assign", {"product_id": "P2", "person_id": "H1", "allocation_pct": "lots"}, "Allocation: expected a number such as 80, found 'lots'"),
    ("change role", {"product_id": "P3", "strategic_role": "invest"}, "P3 (P3) is retired"),
    ("add outcome", {"outcome_id": "O9", "name": "x", "weight": "lots"}, "Weight: expected a number such as 30, found 'lots'"),
    ("add outcome", {"outcome_id": "O9", "name": "x", "weight": -5}, "Weight: expected a number from 0 up, found '-5'"),
    ("add outcome", {"outcome_id": "O9", "name": "x", "due_date": "soon"}, "Due date: expected a date such as 2026-11-20, found 'soon'"),
    ("add outcome", {"outcome_id": "O9", "name": "x", "owner_id": "H9"}, "there is no person 'H9'"),
    ("set", {"table": "products", "key": {"product_id": "P2"}, "column": "fte", "value": "lots"}, "FTE: expected a number such as 9, found 'lots'"),
    ("withdraw", {"product_id": "P2", "outcome_id": "O3"}, "Ship (P2) has no stated link to O3 (O3)"),
    ("retire product", {}, "“retire product” takes product_id, links_to (may be left out); found nothing")])
def test_what_makes_no_sense_is_refused_in_one_line(verb, arguments, message):
    assert refusal(verb, **arguments) == f"edit 1: {message}"


@pytest.mark.parametrize(("first", "last", "says"), [
    ("", "2026-11-19", "any more; the last day was 2026-11-19"),
    ("2026-11-21", "", "yet; the first day is 2026-11-21")])
@pytest.mark.parametrize(("verb", "product"), [("move PM", "P1"), ("assign", "P2")])
def test_nobody_takes_a_product_who_is_not_here(verb, product, first, last, says):
    company = {**COMPANY, "people": f"H1 | H2 name=Bo active_from={first} active_to={last}"}
    with pytest.raises(EditError) as refused:
        done({"verb": verb, "product_id": product, "person_id": "H2"}, **company)
    assert str(refused.value) == f"edit 1: Bo (H2) is not here on 2026-11-20 {says}"


def test_others_that_weigh_nothing_have_no_proportions_to_keep():
    with pytest.raises(EditError, match=r"no outcome but O1 \(O1\) weighs anything"):
        done({"verb": "re-weight", "outcome_id": "O1", "weight": 5},
             outcomes="O1 weight=50 | O2 weight=0 | O3 weight=0")


def test_an_outcome_that_was_dropped_before_is_linked_to_nothing():
    with pytest.raises(EditError, match=r"^edit 2: O3 \(O3\) is retired$"):
        done({"verb": "retire outcome", "outcome_id": "O3"},
             {"verb": "link", "product_id": "P1", "outcome_id": "O3"})


def test_a_verb_sees_what_those_before_it_left():
    with pytest.raises(EditError, match=r"^edit 2: Pay \(P1\) is retired already$"):
        done({"verb": "retire product", "product_id": "P1"},
             {"verb": "merge", "product_id": "P1", "into_product_id": "P2"})


def test_a_row_that_tells_of_several_things_is_not_edited_for_one_of_them():
    with pytest.raises(EditError, match="row 2 of links tells of several things at once"):
        done({"verb": "withdraw", "product_id": "P1", "outcome_id": "O1"},
             contributions=[{"product_id": "P1;P2", "outcome_id": "O1", "strength": "weak"}])


@pytest.mark.parametrize(("text", "message"), [
    ("{", "it is no JSON"), ("{}", "expected a list of edits"), ("[3]", "edit 1: expected an object"),
    ('[{"verb": "fire"}]', "edit 1: there is no verb “fire”"),
    ('[{"table": "products", "op": "set", "row": 3}]', "edit 1: unknown: row"),
    ('[{"table": "products", "key": {"product_id": "P1"}, "set": {"fte": [1]}}]', "fte: expected a text"),
    ('[{"table": "products", "key": {"product_id": "P1"}, "set": {"fte": Infinity}}]', "fte: expected a text"),
    ('[{"table": "products", "key": "P1", "set": {"fte": 1}}]', "key is to say which column"),
    ("[" * 100_000, "too deep"), (json.dumps([{}] * 5_001), "at most 5,000"),
    (json.dumps([{"verb": "set"}] * 101), "101 verbs; at most 100 are read"),
    (json.dumps([{"table": "products", "key": dict.fromkeys([f.name for f in TABLES["products"].fields][
        :at], "x"), "set": {"name": "x"}} for at in range(1, 19)] + [
            {"table": "outcomes", "key": {column: "x"}, "set": {"name": "x"}} for column in (
                "name", "status", "tier")]), "21 different sets of columns in keys; at most 20 are read"),
    ('[{"table": "products", "key": {"product_id": "P1"}, "set": {"name": "\\ud800"}}]',
     "edit 1: name: it holds half a letter"),
    ('[{"table": "products", "key": {"product_id": "\\udc00"}, "op": "add"}]', "edit 1: product: it holds"),
    ('[{"table": "products", "op": ["set"], "key": {"product_id": "P1"}}]', "op: expected a text"),
    ('[{"table": {"a": 1}, "key": {"product_id": "P1"}}]', "table: expected a text"),
    (json.dumps([{"verb": {"a": {}}}]), "verb: expected a text"),
    (json.dumps([{"verb": "x" * 90_000}]), f"no verb “{'x' * 59}…”; expected"),
    (json.dumps([{"x" * 90_000: 1}]), f"unknown: {'x' * 59}…; an edit"),
    (json.dumps([{"table": "x" * 90_000, "key": {"a": "b"}}]), f"no table “{'x' * 59}…”; expected"),
    (json.dumps([{"table": "products", "key": {"x" * 90_000: "b"}}]), f"no column “{'x' * 59}…”; expected")])
def test_a_list_that_cannot_be_read_is_refused_with_its_place(text, message):
    with pytest.raises(EditError, match=message):
        read_asked(text)


def test_a_number_of_any_size_is_a_text():
    edit, = read_asked('[{"table": "products", "key": {"product_id": "P1"}, "set": {"fte": 1%s}}]' % ("0" * 400))
    assert edit.values == {"fte": "1" + "0" * 400}


@pytest.mark.parametrize(("verb", "arguments", "message"), [
    ("retire product", {"product_id": {"a": "b"}}, "product_id: expected a text or a number"),
    ("set", {"table": "products", "key": "P1", "column": "name", "value": "x"}, "key is to say which column"),
    ("add outcome", {"outcome_id": "O9", "name": "n", "table": "x"}, "outcomes has no column “table”"),
    ("add outcome", {"outcome_id": "O9", "name": "n", "self": "x"}, "outcomes has no column “self”"),
    ("add outcome", {"outcome_id": "O9", "name": "n", "now": "x"}, "takes outcome_id, name; found"),
    ("retire product", {"product_id": "x" * 9_000}, f"there is no product '{'x' * 59}…'")])
def test_arguments_that_make_no_sense_are_one_line(verb, arguments, message):
    with pytest.raises(EditError, match=r"^edit 1: ") as error:
        done({"verb": verb, **arguments})
    assert message in str(error.value)


def test_an_objective_that_lists_several_products_is_not_given_to_one_of_them():
    """The others would be lost without a word."""
    with pytest.raises(EditError, match="row 2 of objectives tells of several things at once"):
        done({"verb": "merge", "product_id": "P1", "into_product_id": "P2"},
             objectives=[{"objective_id": "J1", "title": "t", "product_id": "P1;P3"}])
    with pytest.raises(EditError, match="row 2 of products of objectives tells of several things at once"):
        done({"verb": "merge", "product_id": "P1", "into_product_id": "P2"},
             objectives=[{"objective_id": "J1", "title": "t", "product_id": "P3;P1"}])


def test_no_verb_changes_thousands_of_rows(monkeypatch):
    monkeypatch.setattr("orgdata.edits.now.MOST", 2)
    with pytest.raises(EditError, match="edit 1: it changes more than 2 rows, the most that are changed at once"):
        done({"verb": "re-weight", "outcome_id": "O1", "weight": "10"},
             outcomes=[{"outcome_id": f"O{at}", "name": "n", "weight": "25"} for at in range(1, 5)])


def test_every_verb_says_what_it_does():
    assert all(function.__doc__ for function in VERBS.values())


UNTRACKED = {"products": "P1 name=Pay | P2 name=Ship", "outcomes": "O1 | O2",
             "contributions": "P1 O1 primary | P2 O1 primary | P2 O2 weak"}


def linked(raw, *asked):
    edits = made(raw, [Asked(verb, arguments) for verb, arguments in asked], DAY)
    links = align(portfolio_of(raw, edits), DAY).links
    return dict(zip(links["product_id"] + links["outcome_id"], links["state"], strict=True))


@pytest.mark.parametrize(("asked", "states"), [
    ([], {"P1O1": "claimed", "P2O1": "claimed", "P2O2": "claimed"}),
    ([("confirm", {"product_id": "P1", "outcome_id": "O1", "confirmed_by": "Bo"})],
     {"P1O1": "claimed", "P2O1": "claimed", "P2O2": "claimed"}),
    ([("decline", {"product_id": "P1", "outcome_id": "O1", "declined_by": "Bo"})],
     {"P1O1": "unconfirmed", "P2O1": "claimed", "P2O2": "claimed"}),
    ([("decline", {"product_id": "P1", "outcome_id": "O1", "declined_by": "Bo"}),
      ("confirm", {"product_id": "P1", "outcome_id": "O1", "confirmed_by": "Bo"})],
     {"P1O1": "claimed", "P2O1": "claimed", "P2O2": "claimed"})])
def test_an_answer_on_one_link_leaves_the_others_where_no_confirmations_are_kept(asked, states):
    assert linked(raw_source(**UNTRACKED), *asked) == states


def test_an_answer_on_one_link_of_a_row_that_lists_several_parts_it():
    raw = raw_source(**UNTRACKED | {"contributions": "P1,P2 O1,O2 primary confirmed_on=2026-01-01"})
    states = linked(raw, ("decline", {"product_id": "P2", "outcome_id": "O1", "declined_by": "Bo"}))
    assert states == {"P1O1": "claimed", "P1O2": "claimed", "P2O1": "unconfirmed", "P2O2": "claimed"}


def test_who_answers_and_on_what_is_said():
    raw = raw_source(**UNTRACKED)
    for verb, arguments, message in (
            ("decline", {"product_id": "P1", "outcome_id": "O2", "declined_by": "Bo"}, "has no stated link to"),
            ("decline", {"product_id": "P1", "outcome_id": "O1", "declined_by": ""}, "who has declined the link is not said"),
            ("state purpose", {"product_id": "P1", "role_statement": " ", "role_confirmed_by": "Bo"}, "as a sentence")):
        with pytest.raises(EditError, match=message):
            made(raw, [Asked(verb, arguments)], DAY)


def test_an_answer_is_written_and_read_again_and_is_of_nothing_else():
    raw = raw_source(**UNTRACKED)
    edit, = made(raw, [Asked("decline", {"product_id": "P1", "outcome_id": "O1", "declined_by": "Bo"})], DAY)
    assert read_asked(json.dumps([edit.record])) == [edit]
    for odd in ({"table": "outcomes", "key": {"outcome_id": "O1"}, "set": {"name": "x"}},
                {"key": {"product_id": "P1"}}, {"op": "end", "set": {}}, {"set": {"strength": "weak"}}):
        with pytest.raises(EditError, match="an answer is one on a purpose or a link"):
            read_asked(json.dumps([edit.record | {"before": None} | odd]))


IDEAS = "B1 O3 name='Pay by link' annual_spend=40 | B2 O1 product_id=P2 | B3 O1 stage=dropped"


def test_a_new_idea_is_tried_as_a_product_with_a_primary_link():
    after = done({"verb": "pursue idea", "idea_id": "B1"}, ideas=IDEAS,
                 contributions="P1 O1 weak confirmed_on=2026-10-01")
    assert after["products"][3] == {"product_id": "new-1", "name": "Pay by link", "status": "active",
                                    "annual_spend": "40"}
    assert after["contributions"][1] == {"product_id": "new-1", "outcome_id": "O3", "strength": "primary",
                                         "confirmed_on": "2026-11-20"}


def test_what_is_stated_of_nobody_is_not_stated_of_a_new_product():
    after = done({"verb": "pursue idea", "idea_id": "B1"}, ideas=IDEAS, products="P1 | P2 | P3",
                 contributions=[{"product_id": "P1", "outcome_id": "O1"}])
    assert after["products"][3] == {"product_id": "new-1", "name": "Pay by link", "status": "active"}
    assert after["contributions"][1] == {"product_id": "new-1", "outcome_id": "O3"}


def test_an_idea_that_changes_a_product_is_tried_as_a_link():
    after = done({"verb": "pursue idea", "idea_id": "B2"}, ideas=IDEAS,
                 contributions="P2 O1 weak confirmed_on=2026-10-01")
    assert len(after["products"]) == 3
    assert after["contributions"] == [{"product_id": "P2", "outcome_id": "O1", "strength": "primary",
                                       "confirmed_on": "2026-10-01"}]


@pytest.mark.parametrize(("verb", "idea", "company", "said"), [
    ("pursue idea", "B2", {"contributions": "P2 O1 primary"},
     "P2 (P2) has a confirmed primary link to O1 (O1) already"),
    ("pursue idea", "B3", {}, "B3 (B3) is dropped already"), ("drop idea", "B3", {}, "B3 (B3) is dropped already"),
    ("pursue idea", "B1", {"outcomes": "O1 | O3 status=retired"}, "the outcome of Pay by link (B1) is not active"),
    ("pursue idea", "B1", {"ideas": "B1 O3 name='Pay by link' product_id=P9"},
     "which product Pay by link (B1) would change cannot be read"),
    ("pursue idea", "B1", {"contributions": ""}, "no links of products to outcomes are stated, so what one more "
     "would change cannot be told"), ("pursue idea", "B9", {}, "there is no idea 'B9'")])
def test_an_idea_that_cannot_be_pursued_is_refused(verb, idea, company, said):
    company = {"products": "P1 | P2", "ideas": IDEAS, **company}
    with pytest.raises(EditError) as refused:
        done({"verb": verb, "idea_id": idea}, **company)
    assert str(refused.value) == f"edit 1: {said}"


def test_an_idea_is_added_with_the_day_and_without_a_range_the_wrong_way_round():
    after = done({"verb": "add idea", "outcome_id": "O3", "name": "Cash on delivery", "effort_likely": "4"})
    assert after["ideas"] == [{"idea_id": "new-1", "name": "Cash on delivery", "outcome_id": "O3",
                               "effort_likely": "4", "proposed_on": "2026-11-20"}]
    assert refusal("add idea", outcome_id="O3", name="Cash", effect_low="3", effect_high="2") == (
        "edit 1: least effect (3) is above greatest effect (2)")
    assert refusal("add idea", outcome_id="O3", name="Cash", effort_low="soon") == (
        "edit 1: Least effort in person-weeks: expected a number such as 6, found 'soon'")


def test_an_id_is_given_once_whatever_became_of_what_had_it():
    """What was said of one thing would be read as said of the next one that has its id."""
    raw = raw_source(products="P1", objectives="new-1 product_id=gone | J1 product_id=P1",
                     key_results="K1 new-3")
    assert Now(raw, DAY).free_id("objectives") == "new-2"
    assert Now(raw, DAY, frozenset({"new-2", "new-5"})).free_id("key_results") == "new-4"
    with pytest.raises(EditError, match="added here before cannot be read"):
        Now(raw, DAY, None).free_id("objectives")
