"""Answers laid over a portfolio: what changes, what does not, and what is carried back."""

from datetime import date

import pandas as pd
import pytest

from orgdata.measures import align
from orgdata.store import Confirmation
from orgdata.store.confirmations import apply_confirmations, pending_source_edits
from tests.builders import loaded

DAY = date(2026, 11, 20)
LINKS = "P1 O1 primary | P1 O2 primary confirmed_on=2026-01-01"
TABLES = {"products": "P1 role_statement='Old words' | P2", "outcomes": "O1 | O2"}


def _answer(kind, answer, product="P1", outcome=None, text=None):
    return Confirmation("s", kind, product, answer, "Ada", DAY, outcome_id=outcome, text=text)


def _states(over):
    links = align(over, DAY).links
    return dict(zip(links["outcome_id"], links["state"], strict=True))


def test_nothing_said_is_the_same_portfolio():
    one = loaded(**TABLES)
    assert apply_confirmations(one, []) is one


def test_a_role_replaces_the_sentence_and_its_confirmation():
    one = loaded(**TABLES)
    over = apply_confirmations(one, [_answer("role", "rewritten", text="New words")])
    row = over["products"].iloc[0]
    assert (row["role_statement"], row["role_confirmed_by"]) == ("New words", "Ada")
    assert row["role_confirmed_on"] == pd.Timestamp(DAY)
    assert one["products"]["role_statement"].iloc[0] == "Old words"  # the source is untouched
    assert pd.isna(over["products"]["role_statement"].iloc[1])


def test_a_confirmed_link_counts_from_its_day_on():
    one = loaded(**TABLES, contributions=LINKS)
    assert _states(one) == {"O1": "unconfirmed", "O2": "claimed"}
    over = apply_confirmations(one, [_answer("link", "confirmed", outcome="O1")])
    assert _states(over) == {"O1": "claimed", "O2": "claimed"}


def test_a_declined_link_is_declared_but_not_confirmed():
    over = apply_confirmations(loaded(**TABLES, contributions=LINKS),
                               [_answer("link", "declined", outcome="O2")])
    assert _states(over) == {"O1": "unconfirmed", "O2": "unconfirmed"}


@pytest.mark.parametrize(("answer", "state"), [("confirmed", "claimed"),
                                               ("declined", "unconfirmed")])
def test_where_confirmations_are_not_kept_the_others_stay_confirmed(answer, state):
    one = loaded(**TABLES, contributions="P1 O1 | P2 O2")
    over = apply_confirmations(one, [_answer("link", answer, outcome="O1")])
    assert _states(over) == {"O1": state, "O2": "claimed"}


def test_what_is_carried_back():
    rows = pending_source_edits(loaded(**TABLES, contributions=LINKS), [
        _answer("role", "confirmed", text="Old words"),
        _answer("link", "confirmed", outcome="O1"), _answer("link", "declined", outcome="O2")])
    assert rows["products"]["product_id"].tolist() == ["P1"]
    links = rows["contributions"].set_index("outcome_id")
    assert links["declined"].to_dict() == {"O1": "no", "O2": "yes"}
    assert links["confirmed_on"].dt.strftime("%Y-%m-%d").fillna("").to_dict() == {
        "O1": "2026-11-20", "O2": ""}


@pytest.mark.parametrize("answer", ["confirmed", "declined"])
def test_an_answer_takes_the_place_of_a_day_that_could_not_be_read(answer):
    one = loaded(**TABLES, contributions="P1 O1 confirmed_on=soon | P1 O2 confirmed_on=late | "
                                         "P2 O1,O2 confirmed_on=never")
    over = apply_confirmations(one, [_answer("link", answer, outcome="O1"),
                                     _answer("link", answer, "P2", "O1")])
    assert one.lost_cells["row"].tolist() == [2, 3, 4]
    assert over.lost_cells["row"].tolist() == [3, 4]
    days = over["contributions"]["confirmed_on"]
    assert days.isna().tolist() == [False, True, False, True]  # nobody else's is taken as given
    over = apply_confirmations(over, [_answer("link", answer, "P2", "O1"),
                                      _answer("link", answer, "P2", "O2")])
    assert over.lost_cells["row"].tolist() == [3]


def test_a_confirmed_role_is_known_whatever_stood_there():
    one = loaded(products="P1 role_confirmed_on=soon fte=few | P2 role_confirmed_on=soon")
    over = apply_confirmations(one, [_answer("role", "confirmed", text="It is")])
    assert over.lost_cells[["row", "column"]].to_numpy().tolist() == [
        [2, "fte"], [3, "role_confirmed_on"]]
