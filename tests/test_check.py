"""`make check` finds the tests of what has changed, nearest first."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("check", ROOT / ".ci" / "check.py")
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)

FILES = sorted(path.relative_to(ROOT) for folder in ("orgdata", "pages")
               for path in (ROOT / folder).rglob("*.py") if not path.stem.startswith("__"))


def nearest(file):
    return [str(path.relative_to(check.TESTS)) for path in check.tests_of(Path(file))]


@pytest.mark.parametrize(("file", "first"), [
    ("orgdata/formats.py", ["test_formats.py"]),
    ("orgdata/validate/reading.py", ["validate/test_validate.py"]),
    ("orgdata/sources/vendors/jira.py", ["sources/vendors/test_jira.py"]),
    ("orgdata/exports/deck/matrix.py", ["exports/test_deck.py"]),
    ("orgdata/ui/screens/gaps.py", ["pages/test_gaps.py"]),
    ("pages/gaps.py", ["pages/test_gaps.py"]),
    ("tests/store/test_store.py", ["store/test_store.py"]),
    ("tests/gaps/cases/case.py", ["gaps/test_cover.py"])])
def test_the_nearest_come_first(file, first):
    assert nearest(file)[:len(first)] == first


def test_others_of_the_folder_follow():
    found = nearest("orgdata/sources/vendors/jira.py")
    assert "sources/vendors/test_aha.py" in found
    assert "sources/test_merge.py" not in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_module_has_tests(file):
    assert nearest(file)
