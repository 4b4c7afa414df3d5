"""Many small lists in one file, which cost far more than one of all their rows."""

import zipfile

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from orgdata.sources.confined import read_confined
from orgdata.sources.handed_over import read_files
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
    pytest.param(lambda: goals(60, 400), "(60) have 540 columns and 24,000 rows", id="rows"),
    pytest.param(lambda: goals(60, 3, [f"More {at}" for at in range(15)]),
                 "(60) have 1,440 columns and 180 rows", id="columns"),
    pytest.param(lambda: sheets(**{f"X{at}": [["X" if (row < 15) != (cell < 15) else f"{row} {cell}"
                                               for cell in range(40)] for row in range(40)]
                                   for at in range(60)}), "(60) have 2,400 columns", id="X-matrices"),
])
def test_more_of_them_is_refused_before_any_is_read(content, said):
    assert said in refusal({"nasty.zip": content()})


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
