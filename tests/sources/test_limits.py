"""How many rows an upload may have, whatever they were packed to."""

import pandas as pd
import pytest

from orgdata.model.schema import NAME
from orgdata.sources.limits import NAME_BYTES, SMALL, SMALL_ROWS, TooLarge, check_rows
from orgdata.sources.raw import RawTable


def table(rows, **columns):
    return RawTable("x.csv", pd.DataFrame(columns, index=range(2, rows + 2), dtype="str"))


def goals(rows, title="x"):
    return {"objectives": table(rows, objective_id="J1", title=title)}


def test_as_many_as_are_measured_within_seconds():
    check_rows(goals(SMALL_ROWS), size=1)
    with pytest.raises(TooLarge, match=f"at most {SMALL_ROWS:,} are read"):
        check_rows(goals(SMALL_ROWS + 1), size=1)


def test_a_larger_upload_may_have_more():
    check_rows(goals(SMALL_ROWS + 100), size=SMALL + 400)
    with pytest.raises(TooLarge):
        check_rows(goals(SMALL_ROWS + 101), size=SMALL + 400)


def test_of_check_ins_four_count_as_one():
    check_rows({"check_ins": table(4 * SMALL_ROWS, kr_id="K1", date="2026-11-20")}, size=1)
    with pytest.raises(TooLarge):
        check_rows({**goals(1), "check_ins": table(4 * SMALL_ROWS, kr_id="K1")}, size=1)


def test_long_names_leave_room_for_fewer():
    half = SMALL_ROWS // 2
    check_rows(goals(SMALL_ROWS, "x" * NAME_BYTES), size=1)
    check_rows(goals(half, "x" * 2 * NAME_BYTES), size=1)
    with pytest.raises(TooLarge, match=f"names of {2 * NAME_BYTES} bytes at most {half:,}"):
        check_rows(goals(half + 1, "x" * 2 * NAME_BYTES), size=1)
    check_rows(goals(SMALL_ROWS * NAME_BYTES // (4 * NAME), "x" * 9_000), size=1)  # shortened
