"""Who is here, who is accountable, and how much of their time is given out. METHOD section 2."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.measures import align
from orgdata.measures.people import is_current, people_left
from tests.builders import DAY, aligned, loaded, lost_cells

PEOPLE = "H1 name=Ada | H2 active_to=2026-11-19 | H3 active_from=2026-11-21 | H4 active_to=2026-11-20"


@pytest.mark.parametrize(("start", "end", "current"), [
    (None, None, True), ("2026-11-20", "2026-11-20", True), ("2026-11-21", None, False),
    (None, "2026-11-19", False), ("2026-11-19", None, True)])
def test_current_on_both_ends_inclusive(start, end, current):
    found = is_current(*(pd.Series(pd.to_datetime([day])) for day in (start, end)),
                       pd.Timestamp("2026-11-20"))
    assert found.tolist() == [current]


def test_who_has_left():
    assert people_left(loaded(people=PEOPLE), pd.Timestamp("2026-11-20")).tolist() == ["H2", "H3"]


def test_managers_once_each_with_what_is_known_of_them():
    managers = aligned(products="P1", people=PEOPLE, assignments=(
        "P1 H1 pm is_interim=yes end_date=2026-12-01 | P1 H1 owner"
        "| P1 H2 lead is_interim=yes | P1 H3 designer | P1 H4 dri end_date=2026-11-19")).managers
    found = managers[["person_id", "person_active", "interim", "row"]].to_numpy().tolist()
    assert found == [["H1", True, False, 2], ["H2", False, True, 4]]
    assert managers["end_date"].isna().all()  # one assignment of H1 is open


def test_without_people_everyone_is_active():
    assert aligned(products="P1", assignments="P1 H9 pm").managers["person_active"].tolist() == [True]


def test_time_given_out_over_all_products_managed_or_not():
    people = aligned(products="P1 | P2 status=retired", people=PEOPLE, assignments=(
        "P1 H1 pm allocation_pct=60 | P2 H1 dev allocation_pct=50 | P1 H2 dev"
        "| P1 H1 dev allocation_pct=99 end_date=2026-01-01")).people.set_index("person_id")
    assert people.loc["H1", "allocation_pct"] == 110
    assert pd.isna(people.loc["H2", "allocation_pct"])
    assert people["assigned"].to_dict() == {"H1": True, "H2": True, "H3": False, "H4": False}


def test_accountable_for_managed_products_only():
    people = aligned(products="P1 strategic_role=invest | P2 | P3 status=done", people=PEOPLE,
                     assignments="P1 H1 pm | P2 H1 pm | P3 H1 pm").people.set_index("person_id")
    assert people.loc["H1", ["pm_of", "pm_of_invest"]].tolist() == [2, 1]
    assert people.loc["H2", "pm_of"] == 0


def test_a_person_nobody_lists_is_called_by_their_id():
    people = aligned(products="P1", assignments="P1 H9 pm").people
    assert people[["person_id", "name"]].to_numpy().tolist() == [["H9", "H9"]]


@pytest.mark.parametrize(("column", "row", "current"), [
    ("start_date", 2, []), ("end_date", 2, []), ("allocation_pct", 2, ["H1"]),
    ("start_date", 3, ["H1"])])
def test_an_assignment_without_a_readable_date_is_not_current(column, row, current):
    portfolio = replace(loaded(products="P1", assignments="P1 H1 pm"), lost_cells=lost_cells(
        {"table": "assignments", "row": row, "column": column}))
    assert align(portfolio, DAY).managers["person_id"].tolist() == current
