"""Many small lists in one file, which cost far more than one of all their rows."""

import zipfile

import pandas as pd
import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from orgdata.sources.confined import read_confined
from orgdata.sources.handed_over import read_files
from orgdata.sources.intake import headless as headless_columns
from orgdata.sources.intake import levels, people, untitled
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.part import Part
from tests.sources.workbooks import sheets, zipped

GOALS = ["Team", "Objective", "Key result", "Owner", "Start", "Target", "Current", "Due", "Status"]


def goal(at, team):
    return [f"Team {team}", f"Grow {at // 3} of {team}", f"Raise {at} of {team}", f"Ada Park{at % 50}",
            "5%", "9%", "6%", "2026-12-31", "on track"]


def csv(header, rows):
    return "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n"


def goals(lists, rows, more=()):
    return zipped({f"{at}.csv": csv([*GOALS, *more], [[*goal(row, at), *more] for row in range(rows)])
                   for at in range(lists)}, compression=zipfile.ZIP_DEFLATED)


def unknown(lists, columns, rows):
    return zipped({f"{at}.csv": csv(["Objective", "Key result", *(f"c{of}" for of in range(columns - 2))], [
        [f"{row % 9} x"] * columns for row in range(rows)]) for at in range(lists)},
        compression=zipfile.ZIP_DEFLATED)


def headless(lists):
    """Lists without a header, and one with it that tells what they hold."""
    return zipped({"a.csv": csv(GOALS, [goal(row, 99) for row in range(4)]), **{
        f"{at}.csv": csv(goal(0, at), [goal(row, at) for row in range(1, 4)]) for at in range(lists)}})


def refusal(files):
    with pytest.raises(SourceError) as error:
        read_files("nasty.zip", files, Settings())
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


def test_a_workbook_of_a_tab_for_each_of_45_teams_is_read():
    book = sheets(**{f"Team {team}": [[*GOALS, *(f"Note {at}" for at in range(6))],
                                      *([*goal(row, team), *"abcdef"] for row in range(60))]
                     for team in range(45)})
    read = read_files("teams.xlsx", {"teams.xlsx": book}, Settings())
    assert len(read.tables["key_results"].frame) == 45 * 60


def test_sixty_lists_are_read():
    read = read_files("teams.zip", {"teams.zip": goals(60, 15)}, Settings())
    assert len(read.tables["key_results"].frame) == 60 * 15


@pytest.mark.parametrize(("content", "said"), [
    pytest.param(lambda: goals(61, 2), "it has 61 lists and exports of other tools", id="lists"),
    pytest.param(lambda: goals(60, 100), "(60) have 540 columns and 6,000 rows", id="rows"),
    pytest.param(lambda: goals(60, 3, [f"More {at}" for at in range(15)]),
                 "(60) have 1,440 columns and 180 rows", id="columns"),
    pytest.param(lambda: sheets(**{f"X{at}": [["X" if (row < 15) != (cell < 15) else f"{row} {cell}"
                                               for cell in range(40)] for row in range(40)]
                                   for at in range(60)}), "(60) have 2,400 columns", id="X-matrices"),
    pytest.param(lambda: unknown(2, 900, 500), "(2) have 1,800 columns and 1,000 rows", id="wide"),
    pytest.param(lambda: unknown(20, 60, 900), "(20) have 1,200 columns and 18,000 rows", id="both"),
    pytest.param(lambda: zipped({f"{at}.csv": csv(["Product", "PM", "Company goal"], [
        [f"Pay {at} {row}", f"Bob Kim{row}", "NRR;Cost"] for row in range(300)]) for at in range(60)}),
        "(60) have 180 columns and 18,000 rows", id="rows that become several"),
    pytest.param(lambda: zipped({"a.csv": csv(["Product", "Who"], [["P", "A"]] * 24_721)}),
                 "(1) have 2 columns and 24,721 rows", id="one long list"),
    pytest.param(lambda: headless(41), "it has 42 lists and exports of other tools (41 without a "
                 "header, which count 1.5 times); of", id="without a header"),
])
def test_more_of_them_is_refused_before_any_is_read(content, said, monkeypatch):
    monkeypatch.setattr("orgdata.sources.files.read_own", None)
    assert said in refusal({"nasty.zip": content()})


def test_key_results_side_by_side_are_read_as_lists_of_their_own_and_so_are_only_some():
    def beside(columns):
        return {"a.csv": csv(["Objective", *(f"KR{at}" for at in range(1, columns + 1))],
                             [["Grow", *(f"Raise {at}" for at in range(columns))]]).encode()}
    assert len(read_files("a.csv", beside(20), Settings()).tables["key_results"].frame) == 20
    assert "a.csv has 21 columns of key results side by side; at most 20 are read" in refusal(beside(21))


def test_a_column_of_more_words_than_there_are_kinds_tells_of_no_kinds(monkeypatch):
    looked_at = []
    monkeypatch.setattr(levels, "level_of", lambda word: looked_at.append(word) or "key_result")
    for words, seen in ((200, 600), (201, 0)):
        cells = pd.Series([f"kpi {at}" for at in range(words)], dtype="str")
        assert levels.are_kinds(cells) == bool(seen)
        assert levels.tells_levels({"a": read_header("Type")}, cells.to_frame("a")) == (
            "key_result" if seen else "")
        assert levels.levels_in(cells).unique().tolist() == ["key_result" if seen else ""]
        assert len(looked_at) == seen
        looked_at.clear()


def test_of_people_with_one_name_only_some_are_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(people, "_fits", lambda *names: compared.append(names))
    monkeypatch.setattr(people, "NEAR", 1_000)
    names = [f"A{at} Park" for at in range(150)]
    among = people.People(names)
    for name in names:
        among.near(name)
    assert 1_000 < len(compared) <= 2_000  # both ways


def test_forty_lists_without_a_header_are_read():
    assert len(read_files("teams.zip", {"teams.zip": headless(39)}, Settings()).tables[
        "key_results"].frame) == 40 * 4


def test_of_a_wide_sheet_few_rows_are_looked_at_for_names_that_others_tell_of(monkeypatch):
    looked_at = []
    monkeypatch.setattr(headless_columns, "counted", lambda cells: looked_at.append(len(cells)) or {})
    known = headless_columns.KnownNames(products=frozenset({"pay"}))
    sheet = pd.DataFrame({f"c{at}": ["x"] * 300 for at in range(120)}, dtype="str")
    headers = {name: read_header(name) for name in sheet}
    assert not untitled.refers(Part("s", "s", "", sheet, {}, headers), known)
    assert looked_at == [50] * 120
    assert not untitled.refers(Part("s", "s", "", sheet, {}, headers), headless_columns.KnownNames())
    assert looked_at == [50] * 120


def test_one_list_that_the_settings_read_as_seven_tables_counts_seven_times():
    tables = ("people", "outcomes", "products", "assignments", "contributions", "objectives",
              "key_results")
    ids = ("person_id", "product_id", "outcome_id", "objective_id", "kr_id", "name", "title", "role")
    settings = "[tables]\n" + "".join(f'{table} = "a"\n' for table in tables) + "".join(
        f"[columns.{table}]\n" + "".join(f'{column} = "x"\n' for column in ids) for table in tables)
    files = {"settings.toml": settings.encode(),
             "a.csv": csv(["x", "y"], [[f"v{row}", "q"] for row in range(20_000)]).encode()}
    assert "have 2 columns and 140,000 rows" in refusal(files)


def test_a_file_of_900_columns_is_read_though_room_is_made_for_each():
    wide = csv([f"c{at}" for at in range(900)], [["t"] * 900] * 400)
    (sheet,), _ = read_confined("wide.zip", zipped({"wide.csv": wide}))
    assert sheet.table.frame.shape == (400, 900)
