"""Documentation is an output: the README's generated sections are up to date and complete."""

import subprocess
import sys

import pytest

from orgdata.docs import catalogue, readme
from orgdata.gaps import RULES
from orgdata.model.schema import TABLES

TEXT = readme.README.read_text(encoding="utf-8")


def test_readme_is_up_to_date():
    assert readme.written(TEXT) == TEXT


def test_check_fails_when_it_is_not(tmp_path, monkeypatch, capsys):
    stale = tmp_path / "README.md"
    stale.write_text(TEXT.replace("Who serves this outcome?", "?"), encoding="utf-8")
    monkeypatch.setattr(readme, "README", stale)
    monkeypatch.setattr(sys, "argv", ["readme", "--check"])
    assert readme.main() == 1
    assert "out of date" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["readme"])
    assert readme.main() == 0
    assert stale.read_text(encoding="utf-8") == TEXT


def test_a_lost_mark_is_an_error():
    with pytest.raises(ValueError, match="rules"):
        readme.written(TEXT.replace("<!-- rules: end -->", ""))


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_rule_is_documented(code):
    one = RULES[code]
    assert f"**{code}** {one.name}" in TEXT
    assert one.question.endswith("?")
    assert one.fires_when.endswith(".")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_each_column_is_documented(table):
    section = catalogue.tables_markdown().split(f"**`{table.name}`**")[1].split("\n**`")[0]
    assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
        f.name for f in table.fields]


@pytest.mark.parametrize("command", ["check", "report", "diff", "snapshot", "export", "digest", "rules", "template", "demo"])
def test_commands_in_the_readme_exist(command):
    assert f"python -m orgdata {command}" in TEXT
    done = subprocess.run([sys.executable, "-m", "orgdata", command, "--help"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
