"""What a portfolio says of rows and cells that were lost."""

from dataclasses import replace

import pandas as pd

from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN
from tests.builders import loaded, lost_cells, spoken


def test_a_table_is_lost_where_no_row_of_it_was_accepted():
    portfolio = loaded(products="P1", outcomes=[{"outcome_id": "O1"}],
                       assignments=[{"product_id": "P9"}, {"product_id": "P8"}])
    assert [portfolio.lost(table) for table in ("products", "outcomes", "assignments", "people")] == [
        False, True, True, False]
    assert [portfolio.why_missing(table) for table in ("people", "outcomes", "assignments")] == [
        "people are not loaded", "the only row of outcomes was skipped",
        "all 2 rows of assignments were skipped"]


def test_a_lost_cell_is_found_by_its_row():
    portfolio = replace(loaded(products="P1"), lost_cells=lost_cells(
        {"table": "objectives", "row": 3, "column": "end_date"}))
    rows = pd.Series([2, 3, 3])
    assert portfolio.is_lost_cell("objectives", "end_date", rows).tolist() == [False, True, True]
    assert not portfolio.is_lost_cell("objectives", "start_date", rows).any()


def test_what_is_built_by_hand_is_typed_as_what_is_empty():
    assert spoken({"id": "P1"}).dtypes.equals(NO_SPOKEN.dtypes)
    assert lost_cells({"table": "products", "row": 2, "column": "fte"}).dtypes.equals(
        NO_LOST_CELLS.dtypes)
