"""Nothing that a command prints makes a terminal do anything."""

import json
import re
from datetime import UTC, datetime

import pytest

from orgdata.cli.terminal import print_exactly
from orgdata.edits import Edit
from orgdata.store import Correction, Store, source_key
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
    ("check", "{}"), *(("check", "{}", "--gate", "high", "--format", form) for form in (
        "text", "json", "github", "gitlab", "sarif", "junit", "markdown")), ("report", "{}"), ("report", "{}", "--only", "OUT01"),
    ("report", "{}", "--explain", f"P1{ODD.strip()}"), ("report", "{}", "--explain", f"none{ODD}"),
    ("diff", "{}", "{}"), ("diff", "{}", "{}/products.csv"), ("snapshot", "{}"), ("digest", "{}"),
    ("digest", "{}", "--to", "mail"), ("check", "{}none"), ("template", "{}/new")], ids=" ".join)
def test_no_text_from_data_acts_on_the_terminal(printed, arguments):
    said = printed(*arguments)
    assert said
    assert ACTED_ON.findall(said) == []


EDITS = [{"table": "products", "key": {"product_id": "P2"}, "set": {"name": ODD, "description": ODD}},
         {"verb": "set", "table": "outcomes", "key": {"outcome_id": "O1" + ODD}, "column": "name", "value": ODD},
         {"table": "objectives", "op": "add", "key": {"objective_id": ODD}, "set": {"title": ODD}}]


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_text_of_an_edit_does(printed, tmp_path, form):
    (tmp_path / "edits.json").write_text(json.dumps(EDITS), "utf-8")
    said = printed("whatif", "{}", "--edits", str(tmp_path / "edits.json"), "--format", form)
    assert "P2" in said
    assert ACTED_ON.findall(said) == []


@pytest.mark.parametrize("edits", ["[\x1b[2J", f'[{{"verb": "{ODD!r}"}}]', '[{"\\u001b[2J": 1}]'])
def test_no_edit_that_is_refused_does(printed, tmp_path, edits):
    (tmp_path / "edits.json").write_text(edits, "utf-8")
    said = printed("whatif", "{}", "--edits", str(tmp_path / "edits.json"))
    assert len(said.splitlines()) == 1
    assert ACTED_ON.findall(said) == []


@pytest.mark.parametrize("way", ["--sql", "--out"])
def test_no_correction_does(printed, run, tmp_path, way):
    folder = write(tmp_path / "source", products="product_id,name\nP2,B\n")
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        store.correct([Correction(source_key(folder), Edit("products", "set", {"product_id": "P2"}, {
            "name": ODD}), "Ada", datetime.now(UTC))])
    _, out, error = run("corrections", folder, "--store", f"sqlite:///{tmp_path}/store.db", way,
                        *([tmp_path / "out"] if way == "--out" else []))
    assert out
    assert ACTED_ON.findall(out + error) == []


def test_an_error_is_no_command_to_the_runner_that_prints_it(printed):
    said = printed("check", "##[error]nofile")
    assert "# #[error]nofile" in said


def test_a_patch_acts_on_no_terminal_and_is_exact_elsewhere(capsysbinary, monkeypatch):
    print_exactly(f"+{ODD}\n")
    assert capsysbinary.readouterr().out == f"+{ODD}\n".encode()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_exactly(f"+{ODD}\n")
    assert ACTED_ON.findall(capsysbinary.readouterr().out.decode()) == []


@pytest.mark.parametrize("command", ["check", "report", "snapshot"])
def test_json_says_the_same_by_escapes(printed, command):
    said = printed(command, "{}", "--format", "json")
    assert ACTED_ON.findall(said) == []
    assert "odd\x1b[2J" in json.loads(said)["source"]


@pytest.mark.parametrize("arguments", [
    ("diff", "{}", "snapshot:" + "9" * 5_000), ("diff", "9" * 5_000, "{}"), ("diff", "{}", "9" * 19),
    ("report", "{}", "--explain", "\udcff"), ("snapshot", "{}", "--label", "x" * 81),
    ("snapshot", "{}", "--label", " "), ("demo", "{}/new", "--seed", "9" * 5_000)], ids=repr)
def test_an_argument_that_is_nothing_is_one_line(printed, arguments):
    said = printed(*arguments)
    assert len(said.splitlines()) == 1
    assert said.startswith("orgdata: ")
