"""Which source column is which of ours, and what is wrong with cells besides being unreadable."""

import pandas as pd
import pyarrow as pa
import pytest

from orgdata.model.schema import TABLES
from orgdata.tabular.columns import match_columns, read_column, strengths
from orgdata.tabular.numbers import numbers

PRODUCTS = TABLES["products"]


@pytest.mark.parametrize(("names", "mapping", "chosen"), [
    (["Product ID", " NAME ", "Business-Area"], {},
     {"product_id": "Product ID", "name": " NAME ", "business_area": "Business-Area"}),
    (["name", "title"], {"name": "Title"}, {"name": "title"}),  # a mapped column wins
    (["name", "level"], {"description": "name"}, {"description": "name", "level": "level"}),
    (["state"], {"status": "State", "lifecycle_stage": "state"},
     {"status": "state", "lifecycle_stage": "state"}),  # one column may serve two mappings
    (["name"], {"name": "missing"}, {"name": "name"}),
    (["period"], {}, {}),
])
def test_choose(names, mapping, chosen):
    assert match_columns(PRODUCTS, names, mapping)[0] == chosen


def test_what_is_wrong_with_a_mapping():
    _, wrong = match_columns(PRODUCTS, ["name"], {"colour": "name", "level": "Tier"})
    assert wrong == {"colour": "the settings map this column, but we have no such column",
                     "level": "the settings read it from “Tier”, which is not in the source"}


@pytest.mark.parametrize(("table", "column", "written", "read", "wanted"), [
    ("products", "bau_pct", ["-1", "0", "100", "101"], [0, 0, 100, 100], "a number 0 to 100"),
    ("check_ins", "confidence", ["-1", "0", "10", "11"], [None, 0, 10, None], "a number 0 to 10"),
    ("key_results", "cadence_days", ["0", "-7", "0.5"], [None, None, 0.5], "a number above 0"),
    ("key_results", "weight", ["-1", "0", "2"], [-1, 0, 2], "a number from 0 up"),
    ("outcomes", "weight", ["-1", "0", "2"], [None, 0, 2], "a number from 0 up"),
])
def test_numbers_outside_their_range(table, column, written, read, wanted):
    found = read_column(TABLES[table][column], pa.array(written))
    values = found.values.astype(object).where(found.values.notna(), None)
    assert values.tolist() == read
    (outside,) = found.other_faults
    assert (outside.code, outside.expected) == ("bad_value", wanted)
    expected = [float(w) < 0 or (float(w) == 0 and "above" in wanted) or float(w) > (
        float(wanted.split()[-1]) if " to " in wanted else 1e9) for w in written]
    assert outside.where.tolist() == expected
    assert not found.unreadable.where.any()


@pytest.mark.parametrize(("column", "written", "code", "expected"), [
    ("fte", "many", "bad_number", "a number up to 1e15"),
    ("role_confirmed_on", "soon", "bad_date", "a date such as 2026-11-20"),
    ("status", "asleep", "bad_value", "active, planned, done, retired or deferred"),
])
def test_unreadable_cells(column, written, code, expected):
    found = read_column(PRODUCTS[column], pa.array([written, None]))
    assert (found.unreadable.code, found.unreadable.expected) == (code, expected)
    assert found.unreadable.where.tolist() == [True, False]
    assert found.values.isna().all()


def test_strengths():
    text = pa.array(["primary", "0", "2,5", "-1", "40%", None, "strong"])
    read = pd.Series(strengths(numbers(text)))
    assert read.fillna(-9).tolist() == [-9, 0, 2.5, -9, 40, -9, -9]
    found = read_column(TABLES["contributions"]["strength"], text)
    assert found.unreadable.where.tolist() == [False, False, False, True, False, False, True]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_has_its_type_even_when_blank(table):
    for one in table.fields:
        blank = read_column(one, pa.array([None, None], pa.string())).values
        assert blank.isna().all(), one.name
        assert len(read_column(one, pa.array([], pa.string())).values) == 0
