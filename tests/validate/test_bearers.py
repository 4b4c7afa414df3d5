"""Which rows a written reference names: by id, name or e-mail, alone and in lists."""

import time

import pandas as pd
import pytest

from orgdata.validate import bearers
from orgdata.validate.bearers import Bearers

PEOPLE = Bearers("people", pd.DataFrame({
    "person_id": ["H1", "H2", "H3", "H4", "h5", "H1"],
    "name": ["Ada Park", "Ben Ode", "Ben  ode", "R&D, Ltd", "H1 ", "Not this row"],
    "email": ["ada@example.com", None, "ben@example.com", None, None, None]}, dtype="str"))


@pytest.mark.parametrize(("cell", "ids"), [
    ("H1", "H1"), ("h2", "H2"), (" H 3", "H3"), ("H5", "h5"), ("ada PARK", "H1"),
    ("ADA@example.com", "H1"), ("Ada Park <ben@example.com>", "H3"), ("Ada Park <a@b.c>", "H1"),
    ("<ada@example.com>", "H1"), ("R&D, Ltd", "H4"),
    ("H1;H2", "H1 H2"), ("H2, H1", "H2 H1"), ("H1 / H2 & H3 + H4 and h5", "H1 H2 H3 H4 h5"),
    ("H1, H2 and H3", "H1 H2 H3"), ("R&D, Ltd; H1", "H4 H1"), ("H1;", "H1"), ("H1, Ada Park", "H1"),
    ("Ada Park <ada@example.com>, H2", "H1 H2"), ("H1 AND H2", "H1 H2")])
def test_each_part_names_one_row(cell, ids):
    assert PEOPLE.named([cell])[cell].ids == tuple(ids.split())


@pytest.mark.parametrize(("cell", "may"), [
    ("H9", ""), ("Ben Ode", "H2 H3"), ("h1", "H1 h5"), ("H1, H9", "H1"), ("H9; Ben Ode", "H2 H3"),
    ("Sand", ""), ("Not this row", ""), (";", ""), ("&; H2", "H2")])
def test_nothing_is_taken_that_is_not_certain(cell, may):
    named = PEOPLE.named([cell])
    assert [one.ids for one in named.values()] == [()] * bool(may)
    assert [*(one.may for one in named.values())] == [tuple(may.split())] * bool(may)


def test_a_cell_of_many_parts_is_no_list(monkeypatch):
    many = ";".join(["H1"] * (bearers.MOST + 1))
    assert PEOPLE.named([many]) == {}
    monkeypatch.setattr(bearers, "MOST_PARTS", 3)
    found = PEOPLE.named(["H1;H2", "H2;H1"])
    assert {cell: named.ids for cell, named in found.items()} == {"H1;H2": ("H1", "H2")}


def test_long_cells_take_no_longer_than_they_are():
    started = time.process_time()
    PEOPLE.named([sign * 500 + str(at) for at in range(500) for sign in (" ", "<", "&", " and ")])
    assert time.process_time() - started < 1
