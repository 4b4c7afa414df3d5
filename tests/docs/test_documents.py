"""What the hand-written documents say of the code holds: citations, links, commands, options,
variables, pages. Nothing here knows what the code says beside what the code itself tells."""

import io
import re
import subprocess
import sys
import tokenize
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from orgdata.docs import catalogue
from orgdata.docs.generate import ROOT, documents
from orgdata.gaps import RULES
from orgdata.model.settings import Settings

DOCS = ROOT / "orgdata" / "docs"
TEXTS = {path: path.read_text(encoding="utf-8") for path in documents()}
CODE = [path for folder in ("orgdata", "pages", "tests", "bench")
        for path in sorted((ROOT / folder).rglob("*.py"))] + [ROOT / "dashboard.py"]
NAME = r"\b(METHOD|FORMATS|INTERFACES|HOUSE|EXPERIENCE|STREAMLIT|DESIGN)(?:\.md)?\b(?!_|\[)"
CITATION = re.compile(NAME + r"(?:,? (?:section|sections|§) ?"
                      r"(?P<sections>[0-9]+(?:(?:,|,? and|–| to) ?§?[0-9]+)*))?"
                      r"(?:, (?P<words>[\"`][^\"`]+[\"`]))?")
COMMANDS = ("check", "import", "report", "snapshot", "diff", "whatif", "corrections", "export", "forget",
            "digest", "rhythm", "mcp", "backup", "restore", "rules", "template", "format", "demo")


def prose(path: Path) -> str:
    """The comments and the texts of a module, one after the other: what may cite a document."""
    with tokenize.open(path) as file:
        return "\n".join(" ".join(token.string.split())
                         for token in tokenize.generate_tokens(io.StringIO(file.read()).readline)
                         if token.type in (tokenize.COMMENT, tokenize.STRING))


def numbers(written: str) -> set[int]:
    """The section numbers in "2 and 3", "2, 3, 5", "2–5" or "3 to 5"."""
    found = set()
    for first, last in re.findall(r"([0-9]+)(?: ?(?:–|to) ?([0-9]+))?", written):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def faults(text: str) -> list[str]:
    """Citations of a document or section that is not there."""
    wrong = []
    for cited in CITATION.finditer(text):
        document = DOCS / f"{cited[1]}.md"
        if not document.is_file():
            wrong.append(cited[0])
            continue
        held = document.read_text(encoding="utf-8")
        there = {int(number) for number in re.findall(r"^## ([0-9]+)\. ", held, re.MULTILINE)}
        if not numbers(cited["sections"] or "") <= there or (cited["words"] or "").strip(
                "\"`") not in held:
            wrong.append(cited[0])
    return wrong


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_the_code_cites_is_there(path):
    if path != Path(__file__):
        assert faults(prose(path)) == []


def test_a_wrong_citation_is_noticed():
    assert faults("METHOD section 6, METHOD §2 and METHOD sections 2–5") == []
    assert faults('METHOD section 1, "Reading cells"') == []
    for wrong in ("METHOD section 99", "METHOD §2, §99", "METHOD sections 2–99", "HOUSE",
                  'METHOD section 1, "Reading tea leaves"'):
        assert faults(f"as {wrong} says") != [], wrong


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path):
    for target in re.findall(r"\]\(([^)#]+)\)", TEXTS[path]):
        assert (path.parent / target).exists(), target


def test_the_readme_is_short():
    assert len(TEXTS[ROOT / "README.md"].splitlines()) <= 120


@cache
def asked(command: str) -> str:
    """What a command says of itself, without colours and on wide lines."""
    done = subprocess.run(
        [sys.executable, "-m", "orgdata", command, "--help"], capture_output=True, text=True,
        check=False, env={"COLUMNS": "500", "NO_COLOR": "1", "TERM": "dumb", "PATH": ""})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_with_its_options_is_an_interface_and_in_the_readme(command):
    assert f"python -m orgdata {command}" in TEXTS[ROOT / "README.md"]
    row, = (line for line in TEXTS[DOCS / "INTERFACES.md"].splitlines()
            if line.startswith(f"| `{command}"))
    options = set(re.findall(r"--[a-z][a-z-]+", asked(command))) - {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]+", row)) == options


def test_these_are_all_commands():
    done = subprocess.run([sys.executable, "-m", "orgdata", "--help"], capture_output=True,
                          text=True, check=True, env={"COLUMNS": "500", "NO_COLOR": "1",
                                                      "TERM": "dumb", "PATH": ""})
    assert {word for word in COMMANDS if re.search(rf"^\W*{word}\b", done.stdout, re.MULTILINE)
            } == set(COMMANDS)
    assert not re.search(r"^\W*[a-z]+ {2,}", re.sub(
        rf"^\W*({'|'.join(COMMANDS)})\b.*", "", done.stdout, flags=re.MULTILINE), re.MULTILINE)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_line_shown_is_one(path):
    for line in TEXTS[path].splitlines():
        for command, rest in re.findall(r"python -m orgdata ([a-z]+)([^&#`]*)", line):
            shown = set(re.findall(r"--[a-z][a-z-]+", rest))
            assert shown <= set(re.findall(r"--[a-z][a-z-]+", asked(command))), line


def test_variables_of_the_environment_are_all_interfaces():
    read = {name for path in CODE if path != Path(__file__)
            for name in re.findall(r"ORGDATA_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    assert read == set(re.findall(r"^\| `(ORGDATA_[A-Z_]+)`", TEXTS[DOCS / "INTERFACES.md"],
                                  re.MULTILINE))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_targets_that_are_named_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)?)\b", " ".join(
        re.findall(r"`[^`]*`|^make .*", TEXTS[path], re.MULTILINE)))) <= targets


def test_every_page_is_in_the_readme():
    titles = re.findall(r': \("([A-Z][a-z ]+)", "', (ROOT / "dashboard.py").read_text("utf-8"))
    listed = re.findall(r"^\| ([A-Z][a-z ]+) \|", TEXTS[ROOT / "README.md"].split("## Command")[0],
                        re.MULTILINE)
    assert listed == ["Page", *titles]
    assert len(titles) == len(list((ROOT / "pages").glob("*.py")))


def test_the_method_on_its_page_has_every_section_and_nothing_that_leads_away():
    shown = catalogue.method()
    assert [line for line in shown.splitlines() if line.startswith("##### ")] == [
        f"###{line}" for line in TEXTS[DOCS / "METHOD.md"].splitlines() if line.startswith("## ")]
    assert not re.search(r"<!--|\]\(", shown)


def test_every_setting_is_documented():
    text = TEXTS[DOCS / "METHOD.md"] + TEXTS[DOCS / "FORMATS.md"]
    known = {one.name for one in fields(Settings)} - {"unknown_keys", "file"}
    assert {name for name in known if not re.search(rf"`\[?{name}(\.[A-Z.]+)?\b", text)} == set()


def test_the_method_names_the_rules_that_form_no_pattern():
    named, = re.findall(r"([A-Z0-9, ]+ and [A-Z0-9]+) form no pattern", TEXTS[DOCS / "METHOD.md"])
    assert re.findall(r"[A-Z]+[0-9]+", named) == sorted(
        code for code, one in RULES.items() if one.systemic_step is None)
