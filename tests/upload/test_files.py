"""Files handed over as one source: their names, and what becomes of those kept before."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import sheets_in
from orgdata.upload.files import KEPT, Upload, free_name, with_newer

AT = datetime(2026, 11, 20, tzinfo=UTC)
GOALS, NEW_GOALS = b"Goal,Team\nGrow,Pay\n", b"goal,TEAM\nKeep,Pay\n"
STAFF = b"person_id,name\nH1,Ada\n"
SAVED, NEWER = Settings(currency="EUR"), Settings(currency="USD")


def upload(settings=None, title="", **files):
    return Upload({f"{name}.csv": content for name, content in files.items()},
                  settings or Settings(), AT, title)


def sheets(handed):
    return sheets_in(handed.files)[0]


@pytest.mark.parametrize(("newer", "files"), [
    ({"goals_13": NEW_GOALS}, {"staff.csv": STAFF, "goals_13.csv": NEW_GOALS}),
    ({"staff": GOALS}, {"staff.csv": GOALS}),  # by name the one, by columns the other
    ({"notes": b""}, {"goals.csv": GOALS, "staff.csv": STAFF, "notes.csv": b""}),
    ({"goals": GOALS}, {"staff.csv": STAFF, "goals.csv": GOALS})])
def test_newer_files_take_the_place_of_those_saved(newer, files):
    saved = replace(upload(SAVED, "Mine", goals=GOALS, staff=STAFF), entry=7)
    saved = replace(saved, files={**saved.files, KEPT: b"rows"})
    merged = with_newer(saved, upload(NEWER, **newer), sheets)
    assert list(merged.files.items()) == list(files.items())
    assert (merged.title, merged.entry, merged.settings) == ("Mine", 7, NEWER)


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
