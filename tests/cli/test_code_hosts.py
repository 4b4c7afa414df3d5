"""What code hosts run for a portfolio in git: hook, action and template, as the shell runs them."""

import os
import re
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.cli.test_gate import PORTFOLIO, WORSE, Repo
from tests.csv_folders import write

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "portfolio-check"
pytestmark = pytest.mark.skipif(not (ROOT / ".venv" / ".runtime-installed").exists(),
                                reason="the entry would set up a .venv")


@pytest.fixture
def clone(tmp_path, run):
    """A clone, one commit deep, of a repository whose main branch is in order."""
    origin = Repo(tmp_path / "origin", run)
    origin.commit(**PORTFOLIO)
    origin.commit(people="person_id,name\nH1,Ada Park\nH2,Bo\n")
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{origin.top}", tmp_path / "clone"],
                   check=True)
    made = object.__new__(Repo)
    made.top, made._run, made.source = tmp_path / "clone", run, tmp_path / "clone" / "portfolio"
    made.git("switch", "--quiet", "--create", "change")
    return made


def shell(script, folder, **environment):
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, text=True,
        capture_output=True, check=False, env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment})
    return done.returncode, done.stdout, done.stderr


def action(repo, **inputs):
    script = (ACTION / "action.yml").read_text().partition("      run: |\n")[2]
    said = shell(textwrap.dedent(script), repo.top, ACTION=str(ACTION), SOURCE="portfolio",
                 GITHUB_STEP_SUMMARY=str(repo.top.parent / "summary.md"),
                 **{"GATE": "new", "BASE": "", "TARGET": "", "OPTIONS": "", **inputs})
    return said, (repo.top.parent / "summary.md").read_text()


def test_the_action_annotates_a_pull_request(clone):
    (code, _, error), _ = action(clone, TARGET="main")
    assert (code, error) == (0, "")
    clone.commit(**WORSE)
    (code, out, error), summary = action(clone, TARGET="main", OPTIONS="--as-of 2026-11-20 --no-names")
    assert (code, error) == (1, "")
    assert "::error file=portfolio/outcomes.csv,line=3" in out
    assert "The gate “new” is closed for" in summary
    assert "Two" not in out + summary


def test_the_action_on_a_push_has_no_base(clone):
    clone.commit(**WORSE)
    assert action(clone)[0][0] == 0
    assert action(clone, GATE="critical")[0][0] == 1


def test_every_input_of_the_action_is_data(clone):
    text = (ACTION / "action.yml").read_text()
    assert "${{" not in text.partition("      run: |\n")[2]
    (code, _, error), _ = action(clone, BASE="$(touch hacked)")
    assert (code, "git knows no commit $(touch" in error or "shallow" in error) == (2, True)
    assert not (clone.top / "hacked").exists()


def test_the_hooks(clone):
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text()
    entries = dict(re.findall(r"- id: ([a-z-]+)\n(?:  .*\n)*?  entry: (.*)\n", hooks))
    assert set(entries) == {"portfolio-check", "portfolio-format"}

    def hook(name):
        return shell(f"{ROOT}/{entries[name]} portfolio", clone.top)

    assert hook("portfolio-check")[0] == 0
    write(clone.source, **WORSE)
    assert hook("portfolio-check")[0] == 1
    assert hook("portfolio-format")[0] == 0


def test_the_template_of_gitlab(clone, tmp_path):
    clone.commit(**WORSE)
    text = (ROOT / ".gitlab" / "portfolio-check.yml").read_text()
    lines = re.findall(r"^    - (.*)$", text.partition("  script:\n")[2], re.MULTILINE)
    assert lines.pop(0).startswith("git clone ")
    (tmp_path / "builds").mkdir()
    (tmp_path / "builds" / "portfolio-check").symlink_to(ROOT)
    code, out, _ = shell("\n".join(lines), clone.top, PORTFOLIO="portfolio", PORTFOLIO_GATE="new",
                         CI_BUILDS_DIR=str(tmp_path / "builds"), CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert code == 1
    assert out.splitlines()[-1].startswith("The gate “new” is closed for")
    assert "OUT01:O2" in (clone.top / "gl-code-quality-report.json").read_text()
    assert "<failure" not in (clone.top / "junit.xml").read_text()
