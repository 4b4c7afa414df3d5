"""What the values of a column tell about it, and numbers with more than a number in their cell."""

import pandas as pd
import pytest

from orgdata.sources.intake.values import (
    Values,
    look_at,
    number_with_remark,
)
from tests.growth import cpu


def column(*values):
    return pd.Series(values, dtype="str")


TELLS = {  # what holds of every cell of a column
    "number": ["$1.2M", "€ 300", "EUR 5", "3 Mio. €", "¥100", "62%", "98.9 %", "<0.5%", "14 (+2 open)", "12", "2.5",
               "1.200,5", "88k", "9 min", "<5", "1,450"],
    "date": ["2026-11-20", "27/Sep/26 9:00 AM", "Q4 2026", "31 Dec 2026"], "email": ["a.b@x.io", "c@x.io"],
    "light": ["🟢", "🟡", "🔴", "R", "A", "G", "Green", "amber", "gelb", "🟢 On track", "rouge"],
    "mark": ["X", "x", "✓", "✔", "●", "•", "(x)", "P", "S", "H", "M", "L", "High", "Medium", "Low", "1", "2", "3",
             "yes", "50%", "100 %"],
}
NOT = {"mark": ["no", "Field", "12", "GA"], "light": ["GA", "Invest", "12", "done"],
       "email": ["@priya", "Priya"], "date": ["Field", "x"], "number": ["TBD", "Field", "Team (4)", ""]}


@pytest.mark.parametrize(("kind", "cell"), [
    (kind, cell) for kinds, cells in TELLS.items() for kind in kinds.split() for cell in cells])
def test_a_column_that_is_all_of_a_kind(kind, cell):
    assert getattr(look_at(column(cell, "", f" {cell}")), kind) == 1.0


@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, cells in NOT.items() for cell in cells])
def test_a_cell_that_is_not_of_a_kind(kind, cell):
    assert getattr(look_at(column(cell)), kind) == 0


def test_shares_are_of_the_filled_cells():
    values = look_at(column("1", "1", "2", "TBD", "", "", "", ""))
    assert (values.filled, values.distinct, values.number) == (0.5, 0.75, 0.75)


def test_a_blank_column():
    assert look_at(column("", " ")) == look_at(column()) == Values()


def test_numbers_with_remarks():
    numbers, remarks = number_with_remark(column(
        "14 (+2 open)", "12", "9 min (median)", "~133", "Team 4 (Berlin)", "", "(1,200)", "(none)", "4(+3 open)", "$5 (est.)"))
    assert numbers.tolist() == ["14", "12", "9 min", "~133", "Team 4 (Berlin)", "", "(1,200)", "(none)", "4", "$5"]
    assert remarks.tolist() == ["(+2 open)", "", "(median)", "", "", "", "", "", "(+3 open)", "(est.)"]


def test_numbers_without_remarks_stay_where_they_are():
    numbers, remarks = number_with_remark(pd.Series(["12", " x "], index=[7, 9], dtype="str"))
    assert numbers.to_dict() == {7: "12", 9: "x"}
    assert remarks.to_dict() == {7: "", 9: ""}


def test_many_rows_are_read_at_once():
    cells = column(*["14 (+2 open)", "12"] * 125_000)
    assert cpu(lambda: (look_at(cells), number_with_remark(cells))) < 2
