"""What is done to an expectation: answered, changed, which voids the answer, offered."""

import pandas as pd
import pytest

from orgdata.edits import EditError, apply
from orgdata.edits.expectations import answer, change, offer
from orgdata.edits.now import Now
from orgdata.validate import validate
from tests.builders import DAY, raw_source

AGREED = ("X1 P1 sales what=Prices by_when=2026-12-01 state=accepted answered_by=Bo answered_on=2026-11-06"
          " | X2 P1 legal what=Terms")


def _after(make, expectations=AGREED):
    raw = raw_source(products="P1", expectations=expectations)
    edits = make(Now(raw, DAY))
    rows = validate(apply(raw, edits).raw)["expectations"]
    return rows.set_index("expectation_id")


def _cells(row):
    return [None if pd.isna(value) else str(value).removesuffix(" 00:00:00") for value in
            row[["what", "by_when", "state", "answered_by", "answered_on", "note"]]]


@pytest.mark.parametrize(("state", "note"), [("accepted", ""), ("declined", "Not this year"), ("countered", "In May")])
def test_an_answer_says_who_gave_it_and_on_which_day(state, note):
    rows = _after(lambda now: answer(now, "X2", state, "Ada", note))
    assert _cells(rows.loc["X2"]) == ["Terms", None, state, "Ada", "2026-11-20", note or None]


def test_who_answered_before_does_not_answer_again():
    """Where it is not said who answers, nobody is named rather than somebody else."""
    rows = _after(lambda now: answer(now, "X1", "declined"))
    assert _cells(rows.loc["X1"])[2:5] == ["declined", None, "2026-11-20"]


def test_a_change_after_acceptance_makes_it_an_offer_again():
    rows = _after(lambda now: change(now, "X1", by_when="2027-01-15"))
    assert _cells(rows.loc["X1"]) == ["Prices", "2027-01-15", "offered", None, None, None]
    rows = _after(lambda now: change(now, "X1", "Prices and terms"))
    assert _cells(rows.loc["X1"]) == ["Prices and terms", "2026-12-01", "offered", None, None, None]


def test_what_is_not_answered_yet_is_changed_as_it_stands():
    assert _cells(_after(lambda now: change(now, "X2", "Other terms")).loc["X2"])[:3] == ["Other terms", None, "offered"]


def test_a_new_expectation_is_an_offer():
    rows = _after(lambda now: offer(now, "P1", "support", "Answers", "2026-12-01", "to_partner"))
    row = rows.loc["new-1"]
    assert _cells(row)[:3] == ["Answers", "2026-12-01", "offered"]
    assert (row["product_id"], row["partner"], row["direction"]) == ("P1", "support", "to_partner")


@pytest.mark.parametrize(("make", "why"), [
    (lambda now: answer(now, "X1", "offered"), "is accepted, countered or declined"),
    (lambda now: answer(now, "X1", "countered"), "what is offered instead"),
    (lambda now: answer(now, "X9", "accepted"), "there is no expectation"),
    (lambda now: change(now, "X1", "Prices"), "says already"),
    (lambda now: change(now, "X1"), "says already"),
    (lambda now: offer(now, "P9", "sales", "Prices"), "there is no product"),
    (lambda now: offer(now, "P1", "", "Prices"), "which function"),
    (lambda now: offer(now, "P1", "sales", "Prices", direction="both"), "of the function, or of the product")])
def test_what_makes_no_sense_is_refused(make, why):
    with pytest.raises(EditError, match=why):
        _after(make)
