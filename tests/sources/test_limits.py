"""How many rows an upload may have, whatever they were packed to."""

import pandas as pd
import pytest

from orgdata.model.fields import NAME, PROSE
from orgdata.model.settings import Settings
from orgdata.sources.limits import (
    NAME_BYTES,
    PAIRS,
    SMALL,
    SMALL_ROWS,
    SMALL_SHEETS,
    SMALL_TEXT,
    TEXT_PER_BYTE,
    TooLarge,
    check_pairs,
    check_rows,
    check_settings,
    check_sheets,
)
from orgdata.sources.list_limits import (
    LIST_ROWS,
    LISTS,
    ROWS_PER_COLUMN,
    ROWS_PER_LIST,
    check_lists,
)
from orgdata.sources.raw import RawSource, RawTable


def table(rows, **columns):
    return RawTable("x.csv", pd.DataFrame(columns, index=range(2, rows + 2), dtype="str"))


def check(tables, size, settings=None):
    check_rows(RawSource("x.zip", "zip", tables, settings or Settings()), size)


def goals(rows, title="x"):
    return {"objectives": table(rows, objective_id="J1", title=title)}


def test_as_many_as_are_measured_within_seconds():
    check(goals(SMALL_ROWS), size=1)
    with pytest.raises(TooLarge, match=f"at most {SMALL_ROWS:,} are read"):
        check(goals(SMALL_ROWS + 1), size=1)


def test_a_larger_upload_may_have_more():
    check(goals(SMALL_ROWS + 100), size=SMALL + 400)
    with pytest.raises(TooLarge):
        check(goals(SMALL_ROWS + 101), size=SMALL + 400)


def test_of_check_ins_four_count_as_one():
    check({"check_ins": table(4 * SMALL_ROWS, kr_id="K1", date="2026-11-20")}, size=1)
    with pytest.raises(TooLarge):
        check({**goals(1), "check_ins": table(4 * SMALL_ROWS, kr_id="K1")}, size=1)


def test_long_names_leave_room_for_fewer():
    half = SMALL_ROWS // 2
    check(goals(SMALL_ROWS, "x" * NAME_BYTES), size=1)
    check(goals(half, "x" * 2 * NAME_BYTES), size=1)
    with pytest.raises(TooLarge, match=f"texts as long as these at most {half:,}"):
        check(goals(half + 1, "x" * 2 * NAME_BYTES), size=1)
    check(goals(SMALL_ROWS * NAME_BYTES // (4 * NAME), "x" * 9_000), size=1)  # shortened


def test_names_that_the_settings_put_in_are_as_long():
    """Else a short word that stands for a long name would be repeated in as many rows."""
    settings = Settings(values={"objectives": {"title": {"x": "y" * 2 * NAME_BYTES}}})
    check(goals(SMALL_ROWS // 2), size=1, settings=settings)
    with pytest.raises(TooLarge):
        check(goals(SMALL_ROWS // 2 + 1), size=1, settings=settings)


def test_a_text_that_the_settings_put_in_counts_whole():
    settings = Settings(values={"dependencies": {"what": {"x": "y" * PROSE}}})
    rows = SMALL_ROWS * NAME_BYTES // PROSE
    check({"dependencies": table(rows, what="x")}, size=1, settings=settings)
    with pytest.raises(TooLarge):
        check({"dependencies": table(rows + 1, what="x")}, size=1, settings=settings)


def test_prose_that_packs_far_better_than_any_is_refused_whatever_it_is_packed_in():
    prose = pd.DataFrame({"note": ["x" * (SMALL_TEXT // 8)] * 4}, dtype="str")
    check_sheets([prose, prose], size=1)
    with pytest.raises(TooLarge, match="hold 96 MB of text; of an upload of 1 MB at most 64 MB"):
        check_sheets([prose] * 3, size=SMALL)
    check_sheets([prose] * 3, size=SMALL + SMALL_TEXT // 2 // TEXT_PER_BYTE + 1)


def test_as_many_sheets_as_a_year_has_days_are_read_together():
    day = pd.DataFrame({"note": ["x"]}, dtype="str")
    check_sheets([day] * SMALL_SHEETS, size=SMALL)
    with pytest.raises(TooLarge, match="401 files and sheets; at most 400"):
        check_sheets([day] * (SMALL_SHEETS + 1), size=SMALL)


def test_several_lists_leave_room_for_fewer_rows():
    each = LIST_ROWS // LISTS - ROWS_PER_LIST - 2 * ROWS_PER_COLUMN
    lists = [pd.DataFrame({"a": ["x"] * each, "b": ["x"] * each}, dtype="str")] * LISTS
    check_lists(lists, [1] * LISTS, size=SMALL)
    with pytest.raises(TooLarge, match=f"61 lists and exports of other tools; .* at most {LISTS}"):
        check_lists([*lists, lists[0].head(0)], [1] * (LISTS + 1), size=SMALL)
    with pytest.raises(TooLarge, match=rf"\({LISTS}\) have 120 columns and .* at most {LIST_ROWS:,}"):
        check_lists(lists, [1] * (LISTS - 1) + [2], size=SMALL)
    check_lists(lists, [1] * (LISTS - 1) + [2], size=SMALL + 4 * each)


def test_a_single_list_may_have_nearly_all_rows():
    rows = pd.DataFrame({"a": ["x"] * (LIST_ROWS - ROWS_PER_LIST - ROWS_PER_COLUMN)}, dtype="str")
    check_lists([rows], [1], size=SMALL)
    with pytest.raises(TooLarge):
        check_lists([rows.assign(b="x")], [1], size=SMALL)
    with pytest.raises(TooLarge):
        check_lists([rows], [2], size=SMALL)


def test_pairs_are_counted_however_large_the_upload():
    check_pairs(PAIRS)
    with pytest.raises(TooLarge, match=rf"each other {PAIRS + 1:,} times; .* at most {PAIRS:,}"):
        check_pairs(PAIRS + 1)


@pytest.mark.parametrize(("settings", "rows"), [
    (Settings(fixed={"contributions": {"rationale": "x" * (SMALL_TEXT // 80)}}), 80),
    (Settings(same={"products": {"P1": "x" * (SMALL_TEXT // 60)}}), 10)])
def test_settings_put_no_more_text_into_rows_than_an_upload_may_hold(settings, rows):
    check_settings(settings, rows, size=SMALL)
    with pytest.raises(TooLarge, match=r"its settings put in \d+ MB of text; .* at most 64 MB"):
        check_settings(settings, rows + 2, size=SMALL)
    check_settings(settings, rows + 2, size=SMALL + SMALL_TEXT)
