"""CONTRIBUTING.md: the map of the rooms, and recipes that name files which are there."""

import re

from orgdata.docs.generate import ROOT
from orgdata.docs.sections import rooms
from tests.test_architecture import ROOMS

TEXT = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_room_is_on_the_map_in_the_order_of_imports():
    told = re.findall(r"^\| `(\w+)` \| (.*) \|$", rooms(), re.MULTILINE)
    assert [room for room, _ in told] == ROOMS
    assert all(said for _, said in told)


def test_it_is_one_page():
    assert len(TEXT.splitlines()) <= 120


def test_files_that_recipes_name_exist():
    named = re.findall(r"`((?:orgdata|pages|tests|\.github)/[\w./]+)`", TEXT)
    files = [one for one in named if not one.endswith("/X.py")]
    assert len(files) >= 10
    assert [one for one in files if not (ROOT / one).exists()] == []


def test_commands_of_recipes_name_tests_that_exist():
    commands = re.findall(r"^`\.venv/bin/python -m pytest ([^`]*)`$", TEXT, re.MULTILINE)
    assert len(commands) == TEXT.count("\n## A ")
    assert [place for command in commands for place in command.partition(" -k ")[0].split()
            if not (ROOT / place).exists()] == []
