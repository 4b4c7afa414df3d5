"""What an intake found, left out and asks: printed, as JSON, asked in the terminal, and kept."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from orgdata import formats, load
from orgdata.model.intake import Found, Intake, LeftOut, Question
from orgdata.model.settings import SettingsError, read_settings
from orgdata.model.settings_text import with_answers
from orgdata.sources import read_source
from tests.csv_folders import write
from tests.sources.workbooks import zipped

GOAL = Question("goal: NRR", "NRR: which company goal?", {
    "Grow NRR to 112 %": "Grow NRR to 112 %", "Launch Japan": "Launch Japan", "none": "None of them"},
    "Grow NRR to 112 %", ("NRR", "nrr, Japan"), 12)
LIGHT = Question('light: "🟡"', "🟡: at risk?", {"between": "At risk", "off": "Off track"}, "between")
INTAKE = Intake(
    (Found("plan.xlsx, sheet Portfolio", "25 products", 25),), (GOAL, LIGHT), (),
    (LeftOut("plan.xlsx, sheet Portfolio", "column Margin", "it is hidden", 0),
     LeftOut("plan.xlsx, sheet Lists", "3 rows", "nothing in the sheet says what it lists", 3)),
    ("Tribe is the business area",))
ANSWERS = {"goal: NRR": "Launch Japan", 'light: "🟡"': "between"}


@pytest.fixture
def source(tmp_path, monkeypatch) -> str:
    """A folder whose intake asks two questions, until the settings answer them."""
    def read(*arguments):
        raw = read_source(*arguments)
        return replace(raw, intake=replace(INTAKE, questions=tuple(
            replace(one, answered=one.key in raw.settings.answers) for one in INTAKE.questions)))
    monkeypatch.setattr(load, "read_source", read)
    return write(tmp_path / "data", products="product_id,name\nP1,A\n")


@pytest.fixture
def answering(monkeypatch):
    """Answers typed one after the other; "" takes the default."""
    def answer(*typed: str):
        waiting = list(typed)

        def prompt(text, default, err):
            assert err
            if not waiting:
                raise typer.Abort
            return waiting.pop(0) or default
        monkeypatch.setattr(typer, "prompt", prompt)
    return answer


def test_what_was_left_out_found_and_is_asked_stands_below_the_problems(run, source):
    code, out, error = run("check", source)
    assert (code, error) == (0, "")
    assert out.splitlines() == [
        f"{source}: csv folder", "  products: 1 read, 1 loaded, 0 skipped",
        "left out: plan.xlsx, sheet Portfolio, column Margin: it is hidden",
        "left out: plan.xlsx, sheet Lists, 3 rows: nothing in the sheet says what it lists",
        "found: 25 products in plan.xlsx, sheet Portfolio", "decided: Tribe is the business area",
        "question 1: NRR: which company goal?", "  our guess: Grow NRR to 112 %",
        "  or: Launch Japan and None of them", "  in the file: NRR and nrr, Japan",
        '  in settings.toml, under [answers]: "goal: NRR" = "Grow NRR to 112 %"',
        "question 2: 🟡: at risk?", "  our guess: At risk", "  or: Off track",
        '  in settings.toml, under [answers]: "light: \\"🟡\\"" = "between"']


def test_the_line_that_is_printed_answers(run, source):
    lines = [line.partition("[answers]: ")[2] for line in run("check", source)[1].splitlines()
             if "[answers]" in line]
    Path(source, "settings.toml").write_text("[answers]\n" + "\n".join(lines), encoding="utf-8")
    assert "question" not in run("check", source)[1]
    assert read_settings(Path(source, "settings.toml")).answers == {
        GOAL.key: GOAL.guess, LIGHT.key: LIGHT.guess}


@pytest.mark.parametrize("odd", [
    "a\x1b[2Jb", "\u202ea", "a\nb", "a\r\tb", "a\x00\x7f\x9b", 'a"b\\c\\u0041', "a\u2028b", "a\u200b", "\ufeffa", "# a = ["])
def test_the_line_of_odd_words_can_be_printed_and_read_back(odd):
    line = replace(GOAL, key=f"goal: {odd}", guess=odd).line
    assert formats.plain(line) == line
    assert tomllib.loads(f"[answers]\n{line}\n") == {"answers": {f"goal: {odd}": odd}}


def test_as_json(run, source):
    write(Path(source), "[answers]\n'goal: NRR' = 'none'")
    said = json.loads(run("check", source, "--format", "json")[1])
    assert said["questions"][0] == {
        "key": "goal: NRR", "text": "NRR: which company goal?", "options": dict(GOAL.options),
        "guess": "Grow NRR to 112 %", "examples": ["NRR", "nrr, Japan"], "answered": True,
        "line": '"goal: NRR" = "Grow NRR to 112 %"'}
    assert [one["answered"] for one in said["questions"]] == [True, False]
    assert said["found"] == [
        {"place": "plan.xlsx, sheet Portfolio", "what": "25 products", "rows": 25}]
    assert said["left_out"][1] == {
        "place": "plan.xlsx, sheet Lists", "what": "3 rows", "records": 3,
        "reason": "nothing in the sheet says what it lists"}
    assert said["remarks"] == ["Tribe is the business area"]


def test_records_that_were_left_out_are_counted(run, tmp_path):
    source = write(tmp_path, export="name,type,progress,owner_email\nGrow,goal,40%,\n")
    said = json.loads(run("check", f"{source}/export.csv", "--format", "json")[1])
    assert said["records"] == {"read": 1, "used": 1, "merged": 0, "left_out": 0, "set_aside": 0}


@pytest.mark.parametrize("form", ["text", "json"])
def test_answers_are_asked_kept_and_reported_with(run, source, answering, form):
    answering("4", "two", "2", "")
    code, out, error = run("check", source, "--ask", "--format", form)
    place = Path(source, "settings.toml")
    assert code == 0
    assert read_settings(place).answers == ANSWERS
    assert error.splitlines() == [
        "", "1. NRR: which company goal?", "   in the file: NRR and nrr, Japan",
        "   1. Grow NRR to 112 % (our guess)", "   2. Launch Japan", "   3. None of them",
        "   expected a number from 1 to 3", "   expected a number from 1 to 3",
        "", "2. 🟡: at risk?", "   1. At risk (our guess)", "   2. Off track",
        "", f"2 answers written to {place}"]
    if form == "json":
        assert [one["answered"] for one in json.loads(out)["questions"]] == [True, True]
    else:
        assert "question" not in out
    assert run("check", source, "--ask")[2] == "There is nothing to ask.\n"


def test_a_named_settings_file_takes_the_answers(run, source, answering, tmp_path):
    named = tmp_path / "ours.toml"
    named.write_text('# ours\nas_of = "2026-11-20"\n[rules.OWN01]\nenabled = false\n')
    answering("2", "")
    assert run("check", source, "--ask", "--settings", named)[0] == 0
    assert not Path(source, "settings.toml").exists()
    assert named.read_text().startswith('# ours\nas_of = "2026-11-20"\n[rules.OWN01]\n')
    assert read_settings(named).answers == ANSWERS
    assert not read_settings(named).rule("OWN01").enabled


def test_one_answer_too_few_writes_nothing(run, source, answering):
    answering("2")
    code, out, error = run("check", source, "--ask")
    assert (code, out) == (2, "")
    assert error.splitlines()[-1] == (
        "orgdata: not every question was answered; nothing was written")
    assert not Path(source, "settings.toml").exists()


def test_settings_in_a_zip_are_kept_beside_it_but_no_path_in_them(run, source, answering, tmp_path):
    packed = tmp_path / "packed" / "plan.zip"
    packed.parent.mkdir()
    packed.write_bytes(zipped({"products.csv": "product_id,name\nP1,A\n", "settings.toml":
                               'currency = "EUR"\n[documents]\ntemplate = "../other.pptx"\n'}))
    answering("2", "")
    assert run("check", packed, "--ask")[0] == 0
    kept = read_settings(packed.parent / "settings.toml")
    assert (kept.currency, kept.answers, kept.template) == ("EUR", ANSWERS, None)


def test_nothing_in_a_question_acts_on_the_terminal(run, source, answering, monkeypatch):
    odd = Question("k\x1b", "a\x1b[2Jb", {"x\x07": "y\x9b"}, "x\x07", ("e\x1b\n",))
    monkeypatch.setattr(load, "read_source", lambda *arguments: replace(
        read_source(*arguments), intake=Intake((Found("p\x1b", "q\x07", 1),), (odd,), (), (
            LeftOut("p\x1b", "w\x07", "r\x1b"),), ("s\x1b",))))
    answering("")
    _, out, error = run("check", source, "--ask")
    assert not set(out + error) & {"\x1b", "\x07", "\x9b"}
    assert read_settings(Path(source, "settings.toml")).answers == {"k\x1b": "x\x07"}


@pytest.mark.parametrize("written", [
    "", '# a remark\ncurrency = "EUR"', "[answers]\na = 'old'\nb = 'kept'\n[later]\nx = 1\n",
    "answers.b = 'kept'\n[documents]\ntemplate = 'our.pptx'"])
def test_all_other_settings_stay(written):
    text = with_answers(written.encode(), {"a": "new", "c\n": '"'}, "settings.toml")
    before, after = tomllib.loads(written), tomllib.loads(text)
    assert after.pop("answers") == {**before.pop("answers", {}), "a": "new", "c\n": '"'}
    assert after == before
    assert text.startswith(written if "answers" not in written else "")


def test_what_is_no_settings_file_is_not_written():
    with pytest.raises(SettingsError, match=r"settings file s\.toml cannot be read"):
        with_answers(b"a = ", {}, "s.toml")
