"""From files to a portfolio: ids as they stand, and no row lost whatever is in the cells."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgdata.load import day_of
from orgdata.model.problems import CODES
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawSource, RawTable
from orgdata.validate import validate
from tests.csv_folders import findings, opened


@pytest.mark.parametrize("written", ["001", "NA", "nan", "None", "null", "N/A", "TRUE", "1.0",
                                     "1e5", "#N/A", "-", "é", "ａ"])
def test_ids_are_kept_as_written(tmp_path, written):
    portfolio = opened(tmp_path, products=f"product_id,name\n {written} ,{written}\n",
                       objectives=f"objective_id,title,product_id\nJ1,A,{written}\n")
    assert portfolio["products"][["product_id", "name"]].values.tolist() == [[written] * 2]
    assert portfolio["objectives"]["product_id"].tolist() == [written]
    assert findings(portfolio.problems) == []


def test_a_million_characters_in_a_cell(tmp_path):
    long = {"text": "x" * 10**6, "digits": "1" * 10**6, "gaps": "1" + " " * 10**6 + "z",
            "day": "2026-11-20 10:00" + " " * 10**6 + "z", "quotes": "'" * 10**6}
    portfolio = opened(tmp_path, products="product_id,name,fte,role_confirmed_on\n" + "".join(
        f'{name},"{cell}","{cell}","{cell}"\n' for name, cell in long.items()))
    assert portfolio["products"]["name"].str.len().tolist() == [500] * 5
    assert findings(portfolio.problems, "warning") == [
        ("warning", "products", row, column, code) for row in range(2, 7) for column, code in (
            ("name", "bad_value"), ("fte", "bad_number"), ("role_confirmed_on", "bad_date"))]
    assert portfolio.problems["message"].str.len().max() < 300


def test_the_day_asked_for_wins_then_the_setting_then_today(tmp_path):
    today, asked = date(2026, 1, 1), date(2026, 3, 3)
    plain = opened(tmp_path / "a", products="product_id,name\n")
    pinned = opened(tmp_path / "b", 'as_of = "2026-02-02"', products="product_id,name\n")
    assert [day_of(plain, None, today), day_of(pinned, None, today), day_of(pinned, asked, today)
            ] == [today, date(2026, 2, 2), asked]


ANY_CELL = st.one_of(st.text(max_size=12), st.sampled_from(
    ["P1", "P2", "J1", "K1", "O1", "H1", "1", "1,200", "62%", "2026-11-01", "31/12/2026", "pm",
     "active", "yes", "primary", "-1", "", " ", "nan", "NA"]))


@st.composite
def raw_sources(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Any tables of ours with any of their columns in any order, full of any text."""
    frames = {}
    for name in draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=3,
                              unique=True)):
        fields = [f.name for f in TABLES[name].fields]
        some = draw(st.lists(st.sampled_from(fields), max_size=5, unique=True))
        columns = list(dict.fromkeys([*TABLES[name].required[draw(st.integers(0, 1)):], *some]))
        rows = draw(st.lists(st.lists(ANY_CELL, min_size=len(columns), max_size=len(columns)),
                             max_size=6))
        frames[name] = pd.DataFrame(rows, columns=columns, dtype="str",
                                    index=pd.RangeIndex(2, len(rows) + 2))
    return frames


@given(raw_sources())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_of_text_loads_and_no_row_is_lost(frames):
    portfolio = validate(RawSource("any", "test", {
        name: RawTable(f"{name}.csv", frame) for name, frame in frames.items()}, Settings()))
    for name, frame in frames.items():
        aside = portfolio.set_aside.get(name, pd.DataFrame({"row": []}))
        assert sorted([*portfolio[name]["row"], *aside["row"]]) == frame.index.tolist()
        explained = portfolio.problems.query("table == @name and level == 'error'")["row"]
        assert set(aside["row"]) <= set(explained.dropna()) or explained.isna().any()
    assert set(portfolio.problems["code"]) <= set(CODES)


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=5), max_size=6),
       st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60)
def test_any_file_of_cells_is_read_as_it_stands(rows, delimiter, end):
    """What the csv module writes, we read: the same cells, in the same records."""
    file = io.StringIO(newline="")
    bare = any("\r" in cell for cells in rows for cell in cells)  # the writer forgets to quote it
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end,
                        quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL)
    writer.writerows([["product_id", "name"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        portfolio = opened(Path(folder), products=file.getvalue())
    held = {row: [*cells[:2], "", ""][:2] for row, cells in enumerate(rows, 2)
            if any(cell.strip() for cell in cells)}
    assert portfolio.counts["products"].read == len(held)
    assert portfolio["products"].set_index("row")["product_id"].to_dict() == {
        row: cells[0].strip() for row, cells in held.items()
        if row in set(portfolio["products"]["row"])}
