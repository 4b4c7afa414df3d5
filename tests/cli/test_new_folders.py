"""Folders that commands write: empty tables to fill in, and demo companies."""

import json

import pytest

from orgdata.demo import DEMO
from orgdata.model.schema import TABLES


def test_template_then_check_then_report(run, tmp_path):
    code, out, _ = run("template", tmp_path / "mine")
    assert (code, len(out.splitlines())) == (0, len(TABLES) + 1)  # and the settings
    assert run("check", tmp_path / "mine")[0] == 0
    assert run("report", tmp_path / "mine")[0] == 0
    code, out, error = run("template", tmp_path / "mine")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.endswith("exists already; nothing was written\n")


@pytest.mark.parametrize("arguments", [["template"], ["demo"], ["demo", "--products", "2"]])
def test_where_nothing_can_be_written(run, tmp_path, arguments):
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        code, out, error = run(*arguments[:1], folder, *arguments[1:])
        assert (code, out, error.count("\n")) == (2, "", 1)
        assert str(tmp_path / "file") in error
        assert "Errno" not in error
    assert (tmp_path / "file").read_text() == "mine"


def test_demo_of_any_size_is_the_same_for_a_seed(run, tmp_path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        code, out, _ = run("demo", tmp_path / name, "--products", 12, "--seed", seed, "--weeks", 3)
        assert (code, out) == (0, f"{tmp_path / name}\n")
    a, b, c = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
               for name in "abc")
    assert a == b != c
    tables = json.loads(run("check", tmp_path / "a", "--format", "json")[1])["tables"]
    assert (tables["products"]["read"], tables["check_ins"]["read"]) == (12, 12 * 5 * 3)


def test_demo_is_the_demo_company(run, tmp_path):
    assert run("demo", tmp_path / "d")[0] == 0
    assert run("report", tmp_path / "d")[1].replace(str(tmp_path / "d"), str(DEMO)
                                                    ) == run("report", DEMO)[1]
