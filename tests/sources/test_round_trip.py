"""What the dashboard exports loads back to the same report, zipped as it comes."""

import json
import subprocess
import sys
from datetime import date

import pytest

from orgdata.api.answers import report
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load, load_for
from orgdata.measures import align
from orgdata.store.archive import to_zip


def reported(source: str) -> dict:
    """The report of a source, on the day its settings name."""
    portfolio, day = load_for(source, None, None, date(2000, 1, 1))
    alignment = align(portfolio, day)
    return json.loads(json.dumps(report(alignment, find_gaps(alignment)))) | {"source": ""}


@pytest.mark.parametrize("name", ["demo", "sourcegraph"])
def test_a_zip_of_ours_gives_the_same_report(name, request, tmp_path):
    source = DEMO if name == "demo" else request.getfixturevalue("real_data") / name
    packed = tmp_path / "x.zip"
    packed.write_bytes(to_zip(load(str(source)), for_spreadsheets=True))
    expected = reported(str(source))
    if name != "demo":  # what was wrong stays behind, and the real data has no day of its own
        assert expected.pop("problems")
    found = reported(str(packed))
    assert {key: part for key, part in found.items() if key in expected} == expected
    back = load(str(packed))
    assert back.recognised_as == "zip archive"
    assert back.settings.file == f"{packed}, settings.toml"


def test_settings_beside_the_zip_win_over_those_within(tmp_path):
    (tmp_path / "x.zip").write_bytes(to_zip(load(str(DEMO))))
    (tmp_path / "settings.toml").write_text("as_of = 2026-01-05\n")
    assert load_for(str(tmp_path / "x.zip"), None, None, date(2000, 1, 1))[1] == date(2026, 1, 5)


def test_check_reads_a_zip(tmp_path):
    (tmp_path / "x.zip").write_bytes(to_zip(load(str(DEMO))))
    done = subprocess.run([sys.executable, "-m", "orgdata", "check", str(tmp_path / "x.zip"),
                           "--format", "json"], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["recognised_as"] == "zip archive"
    assert said["settings"] == f"{tmp_path / 'x.zip'}, settings.toml"
    assert {name: count["loaded"] for name, count in said["tables"].items()} == {
        name: count.loaded for name, count in load(str(DEMO)).counts.items()}
