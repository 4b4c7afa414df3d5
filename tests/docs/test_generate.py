"""Documentation is an output: the generated parts of the documents are up to date and complete."""

import sys

import pytest

from orgdata.docs import catalogue, generate
from orgdata.docs.sections import SECTIONS
from orgdata.gaps import RULES
from orgdata.model.schema import TABLES

TEXTS = {path: path.read_text(encoding="utf-8") for path in generate.documents()}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(generate.ROOT)))
def test_a_document_is_up_to_date(path):
    assert generate.regenerated(TEXTS[path]) == TEXTS[path], "out of date: run make docs"


@pytest.mark.parametrize("name", SECTIONS)
def test_each_part_stands_somewhere_and_is_not_empty(name):
    assert any(f"<!-- {name}: generated -->" in text for text in TEXTS.values())
    assert SECTIONS[name]().strip()


def test_check_fails_when_one_is_not(tmp_path, monkeypatch, capsys):
    text = "before\n<!-- rules: generated -->\n<!-- rules: end -->\nafter\n"
    stale = tmp_path / "RULES.md"
    stale.write_text(text, encoding="utf-8")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "documents", lambda: [stale])
    monkeypatch.setattr(sys, "argv", ["generate", "--check"])
    assert generate.main() == 1
    assert "RULES.md is out of date" in capsys.readouterr().err
    assert stale.read_text(encoding="utf-8") == text
    monkeypatch.setattr(sys, "argv", ["generate"])
    assert generate.main() == 0
    assert stale.read_text(encoding="utf-8") == (
        f"before\n<!-- rules: generated -->\n{SECTIONS['rules']()}\n<!-- rules: end -->\n"
        "after\n")


@pytest.mark.parametrize("text", [
    "<!-- rules: generated -->\n", "<!-- rules: end -->\n",
    "<!-- rules: generated -->\n<!-- tables: end -->\n",
    "<!-- no such part: generated -->\n<!-- no such part: end -->\n",
    "<!-- rules: generated -->\n<!-- rules: generated -->\n<!-- rules: end -->\n"])
def test_a_mark_that_encloses_nothing_we_know_is_an_error(text):
    with pytest.raises(ValueError, match="mark"):
        generate.regenerated(text)


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_rule_is_documented(code):
    one = RULES[code]
    lines = [row for text in TEXTS.values() for row in text.splitlines()
             if f"**{code}** {one.name} |" in row]
    assert len(lines) == 1, "run make docs"
    assert f"| {one.question} | {one.fires_when} | {one.severity} |" in lines[0]
    assert one.question.endswith("?")
    assert one.fires_when.endswith(".")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_each_column_is_documented(table):
    section = catalogue.tables_markdown().split(f"**`{table.name}`**")[1].split("\n**`")[0]
    assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
        f.name for f in table.fields]
