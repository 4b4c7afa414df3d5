"""The command line as INTERFACES has it: exit codes, one clear line, and what is printed."""

import json
import os
import re
import subprocess
import sys

import pytest

from orgdata.demo import DEMO
from orgdata.docs import catalogue
from orgdata.gaps import RULES
from tests.csv_folders import write

CLEAN = {"products": "product_id,name\nP1,A\n"}
ONE_SHORT = {"products": "product_id,name\nP1,A\nP1,B\n"}
PNG = b"\x89PNG\r\n\x1a\n\0\0"


@pytest.mark.parametrize(("tables", "code"), [
    (CLEAN, 0), (ONE_SHORT, 1), ({**CLEAN, "people": PNG}, 1),
    ({"products": "product_id,name,fte\nP1,A,many\n"}, 0),  # a warning sets nothing aside
    ({"products": "product_id\nP1\n"}, 1)])
@pytest.mark.parametrize("form", ["text", "json"])
def test_check_says_by_its_exit_code_whether_rows_were_set_aside(run, tmp_path, tables, code, form):
    assert run("check", write(tmp_path, **tables), "--format", form)[::2] == (code, "")


def test_a_record_that_a_reader_sets_aside_is_set_aside(run, tmp_path):
    goals = "name,type,progress,owner_email\n"
    for kind, code in (("goal", 0), ("theme", 1)):
        export = f"{write(tmp_path, export=f'{goals}Grow,{kind},40%,')}/export.csv"
        assert run("check", export)[0] == code


def test_check_in_words(run, tmp_path):
    source = write(tmp_path, **ONE_SHORT)
    assert run("check", source) == (1, (
        f"{source}: csv folder\n  products: 2 read, 1 loaded, 1 skipped\n"
        'error: products.csv row 3, product_id, "P1": an earlier row has the same product_id; '
        "the row was skipped\n"), "")


def test_check_of_an_export_in_words_accounts_for_its_records(run, tmp_path):
    source = write(tmp_path, export="name,type,progress,owner_email\nGrow,goal,40%,\nAll,theme,1%,\n")
    code, out, error = run("check", f"{source}/export.csv")
    assert (code, error) == (1, "")
    assert out.splitlines()[1:3] == [
        "  export.csv is a Betterworks export: 1 objective.",
        "  records: 2 read, 1 used, 0 merged, 1 skipped"]


def test_check_as_json(run, tmp_path):
    source = write(tmp_path, "cadence_days = 14", **ONE_SHORT,
                   check_ins="kr_id,date\nK1,2026-11-21\n")
    code, out, _ = run("check", source, "--format", "json", "--as-of", "2026-11-20")
    said = json.loads(out)
    messages = [one.pop("message") for one in said["problems"]]
    assert (code, said) == (1, {
        "source": source, "recognised_as": "csv folder",
        "settings": str(tmp_path / "settings.toml"),
        "tables": {"products": {"read": 2, "loaded": 1, "set_aside": 1},
                   "check_ins": {"read": 1, "loaded": 1, "set_aside": 0}},
        "problems": [
            {"level": "error", "table": "products", "row": 3, "column": "product_id", "value": "P1",
             "code": "duplicate_key"},
            {"level": "information", "table": "check_ins", "row": 2, "column": "date",
             "value": "2026-11-21", "code": "future_date"}],
        "questions": [], "found": [], "left_out": [], "remarks": []})
    assert "products.csv row 3" in messages[0]


@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize(("source", "said"), [
    ("{}/none", "none does not exist"), ("{}/picture", "this is an image (PNG)"),
    ("{}/empty", "holds no CSV file"), ("{}/odd.csv", "holds none of our tables"),
    ("mysql://u:s3cret@h/d", "nothing is installed here that knows mysql"),
    ("nonsense://x", "nothing is installed here that knows nonsense"),
    ("postgresql://u:s3cret@127.0.0.1:1/d", "Connection refused"),
    ("sqlite:///{}/none.db", "does not exist")])
def test_what_cannot_be_read_is_one_clear_line(run, tmp_path, command, source, said):
    write(tmp_path / "data", **CLEAN)
    write(tmp_path / "picture", products=PNG)
    (tmp_path / "empty").mkdir()
    (tmp_path / "odd.csv").write_text("fruit,price\npear,2\n")
    code, out, error = run(command, source.format(tmp_path))
    assert (code, out) == (2, "")
    assert said in error
    assert error.startswith("orgdata: ")
    assert error.count("\n") == 1
    assert "s3cret" not in error


def test_a_wrong_password_is_one_clear_line(run, postgres):
    code, out, error = run("report", postgres.replace("postgres:@", "guest:s3cret@"))
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "password authentication failed" in error
    assert "s3cret" not in error


@pytest.mark.parametrize(("settings", "said"), [
    ("as_of = ", "cannot be read"), ('as_of = "soon"', "as_of should be YYYY-MM-DD"),
    ("cadence_days = -1", "cadence_days should be above 0")])
@pytest.mark.parametrize("named", [True, False])
def test_wrong_settings_are_one_clear_line(run, tmp_path, settings, said, named):
    source = write(tmp_path / "data", "" if named else settings, **CLEAN)
    (tmp_path / "s.toml").write_text(settings)
    code, out, error = run("report", source, *(["--settings", tmp_path / "s.toml"] if named else []))
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error


def test_a_named_settings_file_must_exist(run, tmp_path):
    code, _, error = run("check", write(tmp_path, **CLEAN), "--settings", tmp_path / "no.toml")
    assert (code, error) == (2, f"orgdata: settings file {tmp_path / 'no.toml'} does not exist\n")


@pytest.mark.parametrize(("arguments", "said"), [
    (["report", "x", "--as-of", "20.11.2026"], "expected YYYY-MM-DD, found '20.11.2026'"),
    (["report", "x", "--as-of", "9999-12-31"], "expected between 1900-01-01 and 2199-12-31, found"),
    (["report", "x", "--only", "XXX99"], "no rule 'XXX99'; the codes are"),
    (["report", "x", "--format", "md"], "invalid choice"),
    (["demo", "x", "--products", "0"], "expected a number from 1 up, found '0'"),
    (["demo", "x", "--products", "1", "--seed", "-1"], "expected a number from 0 up"),
    (["demo", "x", "--weeks", "²"], "expected a number from 1 up"),
    (["report", "x", "--nonsense"], "No such option: --nonsense"),
    (["report"], "Missing argument 'SOURCE'"), (["report", "x", "y"], "x does not exist"),
    (["diff", "x", "y", "z"], "unexpected extra argument"),
    (["export", "x", "--out", "y"], "Missing option '--kind'"),
    (["export", "x", "--kind", "deck", "--out"], "Option '--out' requires an argument"),
    ([], "required: COMMAND"), (["nonsense"], "invalid choice"), (["nonsense", "-h"], "invalid choice")])
def test_wrong_arguments_are_one_clear_line(run, arguments, said):
    code, out, error = run(*arguments)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("orgdata: ")
    assert said in error


OPTIONS = {
    "check": "settings as-of format ask gate base no-names", "import": "settings out", "report": "settings as-of format store only explain without-corrections",
    "snapshot": "settings as-of format store label review", "diff": "as-of-a as-of-b settings store format",
    "whatif": "edits settings as-of format", "corrections": "settings store out sql patch write",
    "export": "settings as-of kind out product format store since",
    "digest": "settings as-of store to send since", "rules": "format", "template": "", "format": "settings", "mcp": "settings as-of store",
    "forget": "store", "backup": "", "restore": "", "demo": "products seed weeks"}


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command_and_its_options(run, flag):
    """What pipelines and schedulers call stays; added to, never changed."""
    code, out, error = run(flag)
    assert (code, error) == (0, "")
    assert re.findall(r"(?m)^  ([a-z]+)  ", out) == ["check", "import", "report", "snapshot", "export",
                                                     "digest", "rhythm", "diff", "whatif", "corrections", "rules",
                                                     "template", "format", "mcp", "demo", "forget",
                                                     "backup", "restore"]
    for command, options in OPTIONS.items():
        code, out, error = run(command, flag)
        assert (code, error) == (0, "")
        assert set(re.findall(r"(?m)^  --([a-z-]+)", out)) == set(options.split())
        assert out.startswith(f"Usage: python -m orgdata {command} [OPTIONS]")
        assert not set(out) & set("\x1b╭│╰"), "plain text, for any terminal"


def test_report_in_words_names_every_kind_of_thing(run, tmp_path):
    code, out, error = run("report", DEMO)
    assert (code, error) == (0, "")
    assert "as of 20 Nov 2026" in out
    assert "[critical] OUT01:" in out
    assert "outcome coverage: " in out
    few = run("report", write(tmp_path, products="product_id,name\n" + "".join(
        f"P{i},{i}\n" for i in range(20)), assignments="product_id,person_id,role\nP1,H1,pm\n"))[1]
    assert "\n[pattern] OWN01: 19 of 20 products" in few
    assert "\nnot evaluated: OUT01, because " in few


def test_report_takes_the_day_asked_for_then_the_setting(run, tmp_path):
    source = write(tmp_path, 'as_of = "2026-02-02"', **CLEAN)
    for arguments, day in (([], "2026-02-02"), (["--as-of", "2026-03-03"], "2026-03-03")):
        code, out, _ = run("report", source, "--format", "json", *arguments)
        assert (code, json.loads(out)["as_of"]) == (0, day)


def test_settings_of_another_folder(run, tmp_path):
    source = write(tmp_path, dim_product="ref,name\nP1,A\n")
    (tmp_path / "s.toml").write_text('[tables]\nproducts = "dim_product"\n'
                                     '[columns.products]\nproduct_id = "ref"\n')
    assert run("check", source)[0] == 2
    assert run("check", source, "--settings", tmp_path / "s.toml")[0] == 0


def test_only_one_rule(run):
    code, out, _ = run("report", DEMO, "--only", "own01", "--format", "json")
    said = json.loads(out)
    assert code == 0
    assert {one["code"] for one in said["gaps"]} == {"OWN01"}
    assert "only OWN01: " in run("report", DEMO, "--only", "OWN01")[1]


def test_explain_a_gap_and_what_is_none(run):
    key = json.loads(run("report", DEMO, "--format", "json")[1])["gaps"][0]["key"]
    code, out, _ = run("report", DEMO, "--explain", key)
    assert code == 0
    assert out.strip()
    code, out, error = run("report", DEMO, "--explain", "nobody")
    assert (code, out) == (2, "")
    assert error.startswith("orgdata: nothing to explain under 'nobody'")


def test_diff_in_words_and_as_json(run, tmp_path):
    before = write(tmp_path / "a", outcomes="outcome_id,name\nO1,A\nO2,B\n")
    after = write(tmp_path / "b", outcomes="outcome_id,name\nO1,A\n")
    day = ["--as-of-a", "2026-11-13", "--as-of-b", "2026-11-20"]
    code, out, error = run("diff", before, after, *day)
    assert (code, error) == (0, "")
    assert "\nOutcomes: “B” removed.\n" in out
    assert f"from 13 Nov 2026, {before}\nto 20 Nov 2026, {after}\n" in out
    code, out, error = run("diff", before, after, *day, "--format", "json")
    said = json.loads(out)
    assert (code, error) == (0, "")
    assert list(said) == ["method", "before", "after", "summary", "headlines", "removed", "added",
                          "changes", "not_compared"]
    assert [said[side][key] for side in ("before", "after") for key in ("source", "as_of")] == [
        before, "2026-11-13", after, "2026-11-20"]
    assert said["changes"].pop("outcomes") == [
        {"what": "removed", "outcome_id": "O2", "name": "B", "before": None, "after": None,
         "note": ""}]
    assert list(said["changes"]) == [
        "products", "purposes", "managers", "links", "objectives", "key_results", "goalposts",
        "dependencies", "roadblocks", "gaps", "patterns", "milder"]
    assert said["removed"] == {"outcomes": 1}
    assert said["headlines"]["outcome_coverage_pct"] == {
        "before": None, "after": None, "change": None, "parts": dict.fromkeys(
            ("time", "removals", "additions", "weights", "easier", "edits"))}


def test_diff_with_itself(run):
    code, out, _ = run("diff", DEMO, DEMO)
    assert (code, out.splitlines()[0]) == (
        0, "Nothing changed between 20 Nov 2026 and 20 Nov 2026.")
    assert out.endswith("\n0 changes in all; --format json lists each\n")


@pytest.mark.parametrize("wrong", [0, 1])
def test_diff_of_what_cannot_be_read(run, tmp_path, wrong):
    sources = [write(tmp_path / "a", **CLEAN), write(tmp_path / "b", **CLEAN)]
    sources[wrong] = tmp_path / "none"
    code, out, error = run("diff", *sources)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "none does not exist" in error


def test_diff_takes_settings_for_both(run, tmp_path):
    (tmp_path / "s.toml").write_text('as_of = "2026-02-02"\n[tables]\nproducts = "dim_product"\n'
                                     '[columns.products]\nproduct_id = "ref"\n')
    sources = [write(tmp_path / name, dim_product="ref,name\nP1,A\n") for name in "ab"]
    assert run("diff", *sources)[0] == 2
    code, out, _ = run("diff", *sources, "--settings", tmp_path / "s.toml")
    assert (code, out.splitlines()[0]) == (0, "Nothing changed between 2 Feb 2026 and 2 Feb 2026.")


def test_rules_in_each_form(run):
    text, markdown, data = (run("rules", "--format", form)[1] for form in ("text", "md", "json"))
    assert markdown.strip() == catalogue.rules_markdown()
    said = json.loads(data)
    assert [one["code"] for one in said] == sorted(RULES)
    for one in said:
        assert set(one) == {"code", "name", "question", "fires_when", "severity", "needs",
                            "next_step", "kept_in", "looks_at", "thresholds"}
        assert f"{one['code']} {one['name']}: {one['question']}" in text
        assert f"**{one['code']}** {one['name']}" in markdown
    assert next(one for one in said if one["code"] == "PRT02")["thresholds"] == {"threshold": 50}


def _process(*arguments: str, **options: object) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "orgdata", *arguments], text=True,
                            stderr=subprocess.PIPE, **options)


def test_as_a_process_whose_reader_goes_away():
    """As with | head: no traceback, no complaint."""
    reader, writer = os.pipe()
    os.close(reader)
    process = _process("rules", stdout=writer)
    os.close(writer)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (0, "")


def test_as_a_process_on_a_terminal_that_knows_no_arrows():
    for form in ("text", "json"):
        process = _process("rules", "--format", form, stdout=subprocess.PIPE,
                           env={**os.environ, "PYTHONIOENCODING": "ascii"})
        out, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, "")
        assert "OUT01" in out
    assert json.loads(out) == catalogue.rules()
