"""Nothing that a command prints makes a terminal do anything."""

import json
import re

import pytest

from tests.csv_folders import write

ODD = "\x1b]0;x\x07\x1b[2J\x9b31m\u202e\x7f\r"
ACTED_ON = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TABLES = {
    "products": f'product_id,name,annual_spend\n"P1{ODD}","A{ODD}","5{ODD}"\n"P1{ODD}",B,1\n',
    "outcomes": f'outcome_id,name,priority\n"O1{ODD}","Grow{ODD}",1\n',
    "objectives": f'objective_id,name,product_id\n"J1{ODD}","Do{ODD}","P1{ODD}"\n'}


@pytest.fixture
def printed(run, tmp_path):
    """What a command prints about such data; `{}` in an argument stands for its source."""
    folder = tmp_path / "odd\x1b[2J"
    source = write(folder, **TABLES)
    store = f"sqlite:///{tmp_path}/store.db"

    def command(*arguments):
        _, out, error = run(*[argument.replace("{}", source) for argument in arguments],
                            *(["--store", store] if arguments[0] in ("digest", "snapshot") else []))
        return out + error

    return command


@pytest.mark.parametrize("arguments", [
    ("check", "{}"), ("report", "{}"), ("report", "{}", "--only", "OUT01"),
    ("report", "{}", "--explain", f"P1{ODD.strip()}"), ("report", "{}", "--explain", f"none{ODD}"),
    ("diff", "{}", "{}"), ("diff", "{}", "{}/products.csv"), ("snapshot", "{}"), ("digest", "{}"),
    ("digest", "{}", "--to", "mail"), ("check", "{}none"), ("template", "{}/new")], ids=" ".join)
def test_no_text_from_data_acts_on_the_terminal(printed, arguments):
    said = printed(*arguments)
    assert said
    assert ACTED_ON.findall(said) == []


@pytest.mark.parametrize("command", ["check", "report", "snapshot"])
def test_json_says_the_same_by_escapes(printed, command):
    said = printed(command, "{}", "--format", "json")
    assert ACTED_ON.findall(said) == []
    assert "odd\x1b[2J" in json.loads(said)["source"]
