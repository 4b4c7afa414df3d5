"""What products and other functions expect of each other, as rows and sentences."""

import pandas as pd
import pytest

from orgdata.model.history import History
from orgdata.views import partners
from tests.builders import aligned

THEN = [{"expectation_id": "X1", "day": "2026-11-02", "what": "Prices", "by_when": "2026-12-01"}]


def _rows(expectations, history=None, **more):
    return partners.rows(aligned(products="P1 name=Pay | P2 name=Search | P3 status=retired",
                                 expectations=expectations), history, **more)


def test_open_ones_first_then_by_day_and_one_function_in_any_spelling():
    rows = _rows("X1 P1 Sales state=accepted by_when=2026-11-21 | X2 P1 sales by_when=2026-12-24"
                 "| X3 P2 SALES by_when=2026-12-01 | X4 P2 legal | X5 P3 sales")
    assert rows[["function", "expectation_id"]].to_numpy().tolist() == [
        ["legal", "X4"], ["sales", "X3"], ["sales", "X2"], ["sales", "X1"]]
    assert partners.functions(rows) == {"legal": "Legal", "sales": rows["partner"][1]}
    assert len(partners.of_function(rows, "sAles")) == 3


@pytest.mark.parametrize(("expectations", "said"), [
    ("X1 P1 sales state=accepted | X2 P1 legal state=declined",
     "All 2 expectations with 2 functions are answered."),
    ("X1 P1 sales by_when=2026-12-24 | X2 P1 legal by_when=2026-12-01 | X3 P1 legal state=accepted",
     "2 of 3 expectations with 2 functions are not settled; the first by 1 Dec 2026 (Legal, Pay)."),
    ("X1 P1 sales", "1 of 1 expectation with 1 function is not settled.")])
def test_how_much_is_agreed(expectations, said):
    assert partners.sentence(_rows(expectations)) == said


@pytest.mark.parametrize(("expectations", "hidden", "said"), [
    ("", None, "Nothing is written down that products and other functions expect of each other."),
    ("X1 P1 sales what=hidden", "hidden",
     "Nothing of what products and other functions expect of each other is for you to see."),
    ("X1 P3 sales", "hidden",
     "Nothing is written down for this choice that products and other functions expect of each other."),
    ([{"expectation_id": "X1", "product_id": "P1", "what": "No function"}], None,
     "What products and other functions expect of each other could not be read: the Data page says why.")])
def test_why_nothing_is_shown(expectations, hidden, said):
    measured = aligned(products="P1 | P3 status=retired", expectations=expectations)
    rows = partners.rows(measured, None, hidden)
    assert partners.sentence(rows, none=partners.why_none(measured, hidden)) == said


def test_of_one_function():
    rows = _rows("X1 P1 sales by_when=2026-12-24")
    assert partners.sentence(rows, "Sales") == (
        "1 of 1 expectation with Sales is not settled; the first by 24 Dec 2026 (Pay).")
    assert partners.by_state(rows) == "1 not answered"


def test_who_answered_and_when_as_far_as_it_is_said():
    rows = _rows("X1 P1 sales state=accepted answered_by=Ada answered_on=2026-11-06"
                 "| X2 P1 sales state=declined | X3 P1 sales answered_by=Ada")
    assert rows.set_index("expectation_id")["answered"].to_dict() == {
        "X1": "Ada, 6 Nov 2026", "X2": "", "X3": ""}


def test_people_who_answered_are_called_by_their_names():
    measured = aligned(products="P1", people="H1 name='Ada Park'",
                       expectations="X1 P1 sales state=accepted answered_by=H1 answered_on=2026-11-06")
    assert partners.rows(measured, None)["answered"].tolist() == ["Ada Park, 6 Nov 2026"]


def test_what_is_not_for_who_looks_is_left_out():
    assert list(_rows("X1 P1 sales what=hidden | X2 P1 sales", hidden="hidden")["expectation_id"]) == ["X2"]


def test_both_directions_in_a_sentence():
    rows = _rows("X1 P1 sales what=Prices by_when=2026-12-01 | X2 P1 sales direction=to_partner what=Dates")
    assert [partners.told(row) for row in rows.to_dict("records")] == [
        "Sales expects of Pay: Prices, by 1 Dec 2026", "Pay expects of Sales: Dates"]


def test_changed_since_it_was_accepted_is_no_agreement():
    history = History.of(expectations=THEN)
    rows = _rows("X1 P1 sales state=accepted answered_on=2026-11-06 what='Prices and terms' by_when=2026-12-01",
                 history)
    assert rows[["state", "open", "was"]].to_numpy().tolist() == [["changed", True, "“Prices” by 1 Dec 2026"]]


def test_what_the_review_looks_at():
    measured = aligned(products="P1", expectations=(
        "X1 P1 sales by_when=2026-12-20 | X2 P1 sales by_when=2026-12-21 | X3 P1 sales"
        "| X4 P1 sales state=accepted by_when=2026-12-01"))
    assert list(partners.due(partners.rows(measured, None), measured)["expectation_id"]) == ["X1"]
    assert pd.api.types.is_bool_dtype(partners.rows(measured, None)["open"])
