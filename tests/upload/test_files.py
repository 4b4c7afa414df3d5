"""Files handed over as one source: their names, and what becomes of those kept before."""

from datetime import UTC, datetime

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import sheets_in
from orgdata.upload.files import Upload, free_name, with_newer

AT = datetime(2026, 11, 20, tzinfo=UTC)
GOALS, NEW_GOALS = b"Goal,Team\nGrow,Pay\n", b"goal,TEAM\nKeep,Pay\n"
STAFF = b"person_id,name\nH1,Ada\n"
KEPT = Settings(tables={"objectives": "goals"}, merge={"people": "append"})


def upload(settings=None, title="", **files):
    return Upload({f"{name}.csv": content for name, content in files.items()},
                  settings or Settings(), AT, title)


def sheets(handed):
    return sheets_in(handed.files)[0]


@pytest.mark.parametrize(("mode", "newer", "files"), [
    ("replace", {"goals_13": NEW_GOALS}, {"staff.csv": STAFF, "goals_13.csv": NEW_GOALS}),
    ("replace", {"staff": GOALS}, {"staff.csv": GOALS}),  # by name the one, by columns the other
    ("replace", {"notes": b""}, {"goals.csv": GOALS, "staff.csv": STAFF, "notes.csv": b""}),
    ("update", {"goals": NEW_GOALS},
     {"goals.csv": GOALS, "staff.csv": STAFF, "goals.csv (2)": NEW_GOALS}),
    ("append", {"goals_13": NEW_GOALS},
     {"goals.csv": GOALS, "staff.csv": STAFF, "goals_13.csv": NEW_GOALS}),
    ("append", {"again": GOALS}, {"goals.csv": GOALS, "staff.csv": STAFF})])
def test_newer_files_are_added_to_those_saved(mode, newer, files):
    saved = upload(KEPT, "Mine", goals=GOALS, staff=STAFF)
    merged = with_newer(saved, upload(**newer), mode, sheets)
    assert list(merged.files.items()) == list(files.items())
    assert (merged.title, merged.settings.tables) == ("Mine", KEPT.tables)
    assert set(merged.settings.merge.values()) == ({"append"} if mode == "append" else set())
    assert ("key_results" in merged.settings.merge) == (mode == "append")


def test_a_name_that_is_taken_gets_a_number():
    files = {}
    for _ in range(3):
        files[free_name("goals.csv", files)] = GOALS
    assert list(files) == ["goals.csv", "goals.csv (2)", "goals.csv (3)"]


def test_files_are_known_by_their_names_and_content():
    keys = {upload(goals=GOALS).files_key, upload(goals=NEW_GOALS).files_key,
            upload(staff=GOALS).files_key, upload(goals=GOALS, staff=STAFF).files_key}
    assert len(keys) == 4
    two = Upload({"a": b"X", "b": b"Y"}, Settings(), AT)
    for within in ("aXb", "a\nX\nb", "a\n1\nXb", "a1\nX1\nb"):  # the second file within a name
        assert Upload({within: b"Y"}, Settings(), AT).files_key != two.files_key
    assert upload(goals=GOALS).files_key == upload(title="Mine", goals=GOALS).files_key


def test_an_upload_is_called_as_it_is_kept_else_by_its_files():
    assert upload(title="Mine", goals=GOALS).name == "Mine"
    assert upload(goals=GOALS, staff=STAFF).name == "goals.csv and staff.csv"
