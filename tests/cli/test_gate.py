"""A portfolio in a git repository: branch, worsen, see the annotation, accept, pass."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
import xlsxwriter
from jsonschema import Draft202012Validator

from orgdata.cli.gate import git as of_git
from tests.csv_folders import write

AS_OF = "2026-11-20"
OUTCOMES = "outcome_id,name,tier,weight,metric,baseline,target,current,start_date,due_date\n" \
    "O1,Grow,1,60,NRR,100,115,108,2026-01-01,2026-12-31\n"
PRODUCTS = "product_id,name,strategic_role\nP1,Checkout,invest\n"
PORTFOLIO = {
    "outcomes": OUTCOMES, "products": PRODUCTS, "people": "person_id,name\nH1,Ada Park\n",
    "assignments": "product_id,person_id,role\nP1,H1,accountable\n",
    "contributions": "product_id,outcome_id,strength\nP1,O1,primary\n"}
WORSE = {"outcomes": OUTCOMES + '"O2","Two\nlines, here",1,40,NRR,1,2,1,2026-01-01,2026-12-31\n'
                                "O3,Save,2,1,Cost,9,3,9,2026-01-01,2026-12-31\n"}


class Repo:
    """A git repository with a portfolio, and check run on it."""

    def __init__(self, top, run):
        self.top, self._run, self.source = top, run, top / "portfolio"
        top.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments, day="2026-11-20"):
        moment = f"{day}T23:30:00+0900"
        done = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-C", str(self.top),
             *arguments], check=True, capture_output=True, text=True,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_AUTHOR_DATE": moment,
                 "GIT_COMMITTER_DATE": moment, "HOME": str(self.top)})
        return done.stdout.strip()

    def commit(self, settings="", day="2026-11-20", **tables):
        write(self.source, settings, **tables)
        self.git("add", "-A")
        self.git("commit", "--quiet", "--message", "x", day=day)

    def check(self, *arguments):
        return self._run("check", self.source, *arguments)

    def found(self, *arguments):
        code, out, error = self.check("--format", "json", *arguments)
        assert error == ""
        said = json.loads(out)
        return code, {one["key"]: one for one in said["findings"] if not one["code"].islower()}, said


@pytest.fixture
def repo(tmp_path, run):
    made = Repo(tmp_path / "repo", run)
    made.commit(**PORTFOLIO)
    made.git("switch", "--quiet", "--create", "change")
    return made


def test_worsen_see_the_annotation_accept_and_pass(repo):
    assert repo.check("--gate", "new", "--base", "main")[0] == 0
    repo.commit(**WORSE)
    code, out, error = repo.check("--gate", "new", "--base", "main", "--format", "github")
    assert (code, error) == (1, "")
    errors = [line for line in out.splitlines() if line.startswith("::error file")]
    assert ("::error file=portfolio/outcomes.csv,line=3,col=1,title=OUT02 outcome too thin" not in out)
    assert re.search(r"^::error file=portfolio/outcomes\.csv,line=3,col=\d+,title=OUT01 outcome not "
                     r"covered::No product works on “Two lines, here”", out, re.MULTILINE)
    assert any("line=5," in line for line in errors)  # behind a cell of two lines
    _, found, said = repo.found("--gate", "new", "--base", "main")
    counting = {key for key, one in found.items() if one["counts"]}
    assert {"OUT01:O2", "OUT01:O3"} <= counting
    assert all(found[key]["state"] in ("new", "worse") for key in counting)
    assert said["gate"] | {"base": 0, "remarks": 0} == {
        "gate": "new", "as_of": AS_OF, "counting": len(counting), "base": 0, "remarks": 0}
    accepted = "".join(f'[accept."{key}"]\nuntil = 2027-01-31\nreason = "agreed"\n' for key in counting)
    repo.commit(accepted)
    code, out, _ = repo.check("--gate", "new", "--base", "main", "--format", "github")
    assert code == 0
    assert "::error" not in out
    assert "(accepted until 31 Jan 2027: agreed)" in out
    code, found, _ = repo.found("--gate", "critical")
    assert code == 0
    assert {key for key, one in found.items() if one["state"] == "accepted"} == counting


def test_what_the_base_has_does_not_count(repo):
    repo.commit(**WORSE)
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "change")
    repo.git("switch", "--quiet", "--create", "later")
    repo.commit(people="person_id,name\nH1,Ada Park\nH2,Bo\n")
    code, found, _ = repo.found("--gate", "new", "--base", "main")
    assert code == 0
    assert {one["state"] for one in found.values()} == {"known"}
    assert repo.check("--gate", "critical", "--base", "main")[0] == 1
    out = repo.check("--gate", "new", "--base", "main", "--format", "github")[1]
    assert not re.search("^::(error|warning)", out, re.MULTILINE)
    assert re.search(r"::notice::\d+ gaps and 0 problems of the base are still there", out)


def test_gates(repo):
    repo.commit(products=PRODUCTS + "P1,Twice,invest\n")
    assert [repo.check("--gate", gate)[0] for gate in ("none", "problems", "critical", "high")
            ] == [0, 1, 1, 1]
    assert repo.check("--gate", "new", "--base", "main")[0] == 1  # the problem is new
    assert repo.check("--gate", "new", "--base", "HEAD")[0] == 0
    repo.commit(**PORTFOLIO | WORSE)
    assert [repo.check("--gate", gate)[0] for gate in ("none", "problems", "critical", "high")
            ] == [0, 0, 1, 1]


def test_the_same_fault_once_more_is_new(repo):
    repo.commit(products=PRODUCTS + "P1,Twice,invest\n")
    repo.git("branch", "--quiet", "faulty")
    repo.commit(products="product_id,name,strategic_role\n,,\nP1,Checkout,invest\n,,\nP1,Twice,invest\n")
    assert repo.check("--gate", "new", "--base", "faulty")[0] == 0  # two rows further down
    repo.commit(products=PRODUCTS + "P1,Twice,invest\nP1,Thrice,invest\n")
    code, out, _ = repo.check("--gate", "new", "--base", "faulty", "--format", "github")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("::error file")] == [
        "::error file=portfolio/products.csv,line=4,col=1,title=duplicate_key another row has the "
        'same key::products.csv row 4, product_id, "P1": an earlier row has the same product_id; '
        "the row was skipped"]


def test_an_expired_acceptance_counts_again_and_one_in_vain_is_said(repo):
    repo.commit('[accept."OUT01:O2"]\nuntil = 2026-11-19\nreason = "for now"\n'
                '[accept."OUT01:O9"]\nuntil = 2027-01-01\nreason = "x"\n'
                '[accept."NOPE1:O9"]\nuntil = 2027-01-01\nreason = "x"\n'
                '[accept."PRG02:K1"]\nuntil = 2027-01-01\nreason = "x"\n', **WORSE)
    code, found, said = repo.found("--gate", "critical", "--as-of", AS_OF)
    assert (code, found["OUT01:O2"]["state"]) == (1, "lapsed")
    assert said["gate"]["remarks"] == [
        "OUT01:O2 was accepted until 19 Nov 2026, which is past: it counts again",
        "the settings accept OUT01:O9, which is no gap on 20 Nov 2026",
        "the settings accept NOPE1:O9, but no rule is called NOPE1",
        "the settings accept PRG02:K1, which cannot be judged now"]
    assert repo.found("--gate", "critical", "--as-of", "2026-11-19")[1]["OUT01:O2"]["state"] == "accepted"


@pytest.mark.parametrize("written", ["until = 2027-01-31", "reason = 'x'", "until = 'soon'\nreason = 'x'",
                                     "until = 2027-01-31\nreason = ' '", "until = 2027-01-31\nreason = 'x'\nby = 'y'"])
def test_half_an_acceptance_is_refused(repo, written):
    repo.commit(f'[accept."OUT01:O2"]\n{written}\n')
    code, out, error = repo.check()
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "OUT01:O2" in error


def test_the_day_is_that_of_the_commit_and_of_work_in_progress_today(repo):
    repo.commit(day="2026-03-05", people="person_id,name\nH1,Ada\n")
    assert repo.found("--base", "main")[2]["gate"]["as_of"] == "2026-03-05"
    assert repo.found("--base", "main", "--as-of", "2026-04-01")[2]["gate"]["as_of"] == "2026-04-01"
    write(repo.source, **WORSE)
    assert repo.found("--base", "main")[2]["gate"]["as_of"] == f"{date.today()}"
    repo.commit("as_of = 2026-05-06\n")
    assert repo.found("--base", "main")[2]["gate"]["as_of"] == "2026-05-06"


def test_the_base_is_where_the_branch_left_it(repo):
    """A gap that was settled on main since is not new on a branch that still has it."""
    repo.git("switch", "--quiet", "main")
    repo.commit(**WORSE)
    repo.git("switch", "--quiet", "--create", "mine")
    repo.git("switch", "--quiet", "main")
    repo.commit(**PORTFOLIO)
    repo.git("switch", "--quiet", "mine")
    assert repo.check("--gate", "new", "--base", "main")[0] == 0


def test_a_base_without_the_portfolio_has_none_of_its_gaps(repo, run):
    new = write(repo.top / "other", **PORTFOLIO | WORSE)
    code, out, _ = run("check", new, "--gate", "new", "--base", "main")
    assert code == 1
    assert "note: main does not hold the source: all of it is new" in out


def test_what_cannot_be_compared_is_one_clear_line(repo, run, tmp_path, monkeypatch):
    repo.commit(people="person_id,name\nH1,Ada\n")
    outside = write(tmp_path / "plain", **PORTFOLIO)
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{repo.top}", tmp_path / "shallow"],
                   check=True)
    cases = [((repo.source, "--gate", "new"), "--gate new needs --base REF"),
             ((repo.source, "--base", "none"), "git knows no commit none"),
             ((repo.source, "--base", "--help"), "git knows no commit --help"),
             ((outside, "--base", "main"), "lies in none"),
             (("sqlite:///x.db", "--base", "main"), "a database lies in none"),
             ((tmp_path / "shallow" / "portfolio", "--base", "HEAD~1"), "this clone is shallow"),
             ((repo.source, "--gate", "soon"), "choose from none, problems, critical, high, new")]
    for arguments, said in cases:
        code, out, error = run("check", *arguments)
        assert (code, out, error.count("\n")) == (2, "", 1)
        assert said in error
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "in a git repository" in run("check", repo.source, "--base", "main")[2]


def test_a_base_that_cannot_be_read_is_one_clear_line(repo):
    repo.commit("cadence_days = -1\n", products=b"\x89PNG\r\n")
    repo.git("branch", "--quiet", "broken")
    repo.commit("cadence_days = 7\n", **PORTFOLIO)
    code, out, error = repo.check("--base", "broken")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("orgdata: broken cannot be compared with: settings")
    assert "/tmp" not in error.replace(str(repo.top), "")


def test_nothing_in_the_repository_changes_and_files_kept_out_of_archives_are_read(repo):
    write(repo.source, **WORSE)
    (repo.top / ".gitattributes").write_text("*.csv export-ignore\n")
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "--message", "x")
    before = repo.git("status", "--porcelain", "--ignored"), repo.git("count-objects")
    assert repo.check("--gate", "new", "--base", "HEAD")[0] == 0
    assert (repo.git("status", "--porcelain", "--ignored"), repo.git("count-objects")) == before


def test_in_a_hook_git_says_where_it_is_and_is_not_believed(repo, monkeypatch):
    for name in of_git._OF_A_HOOK:
        monkeypatch.setenv(name, "/nowhere")
    assert repo.check("--gate", "new", "--base", "main")[0] == 0


def test_what_a_repository_that_was_handed_over_names_is_not_run(repo, tmp_path):
    """A folder may come with a .git: its settings and hooks are those of whoever made it."""
    ran = tmp_path / "ran"
    program = tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> {ran}\ncat\n")
    program.chmod(0o755)
    hooks = repo.top / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "post-checkout"):
        (hooks / hook).symlink_to(program)
    repo.commit(**WORSE)
    (repo.top / ".gitattributes").write_text("*.csv filter=a=b diff=x\n*.toml filter=long\n")
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "--message", "attributes")
    for name in ("core.fsmonitor", "gpg.program", "core.sshCommand", "core.pager", "diff.external", "diff.x.textconv",
                 "filter.a=b.clean", "filter.a=b.smudge", "filter.long.process"):
        repo.git("config", name, str(program))
    for name in ("log.showSignature", "filter.a=b.required", "filter.long.required"):
        repo.git("config", name, "true")
    ran.unlink(missing_ok=True)
    (repo.source / "people.csv").touch()
    assert repo.check("--gate", "new", "--base", "main")[0] == 1
    assert repo.check("--gate", "new", "--base", "HEAD")[0] == 0
    assert not ran.exists()
    repo.git("status")  # or it would not show that anything could have run
    assert ran.exists()


@pytest.mark.parametrize("older_git", [False, True])
def test_a_bare_repository_among_the_files_of_a_branch_is_not_the_base(repo, older_git, tmp_path, monkeypatch):
    """A branch can bring one, in which `main` has always been what the branch makes of it."""
    own = Repo(tmp_path / "own", repo._run)
    own.source = own.top
    own.commit(**{**PORTFOLIO, **WORSE})
    for part in ("objects", "refs"):
        shutil.copytree(own.top / ".git" / part, repo.source / part)
    (repo.source / "HEAD").write_text("ref: refs/heads/main\n")
    (repo.source / "config").write_text("[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\n")
    repo.commit(**WORSE)
    if older_git:  # before 2.38 it knows no such setting
        monkeypatch.delitem(of_git._RUNS_NOTHING, "safe.bareRepository", raising=False)
    code, out, error = repo.check("--gate", "new", "--base", "main")
    assert (code, error) == (1, "")
    assert "is closed for" in out


def test_settings_of_git_in_the_environment_stay(repo, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    said = of_git._git(repo.top, "config", "--get-all", "safe.directory"), of_git._git(
        repo.top, "config", "core.fsmonitor")
    assert said == ("*\n", "false\n")


def test_links_in_a_repository_do_not_lead_out_of_it(repo, tmp_path):
    (tmp_path / "secret.txt").write_text("API_KEY=qzsecret,x\nqzword,y\n")
    (repo.source / "objectives.csv").symlink_to(tmp_path / "secret.txt")
    (repo.source / "work.csv").symlink_to("/dev/zero")
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "--message", "x")
    for form in ("github", "markdown", "json", "text"):
        code, out, error = repo.check("--gate", "problems", "--format", form, "--base", "main")
        assert "qz" not in out + error
        assert code == 1
        assert out.count("a link that leads out of the folder, which is not read") == (
            4 if form == "json" else 2)


def test_a_portfolio_at_the_top_of_its_repository(tmp_path, run):
    repo = Repo(tmp_path / "repo", run)
    repo.source = repo.top
    repo.commit(**PORTFOLIO)
    repo.commit(**WORSE)
    assert repo.check("--gate", "new", "--base", "HEAD")[0] == 0
    code, out, _ = repo.check("--gate", "new", "--base", "HEAD~1", "--format", "github")
    assert code == 1
    assert "::error file=outcomes.csv,line=3," in out


def test_settings_beside_are_those_of_each_side(repo, run):
    """A threshold that is raised on the branch makes no gap of the base."""
    repo.commit("[rules.OUT01]\nenabled = false\n", **WORSE)
    settings = repo.source / "settings.toml"
    for arguments in ((), ("--settings", settings)):
        assert "OUT01:O2" not in repo.found("--base", "main", *arguments)[1]
    settings.write_text("[rules.OUT01]\nenabled = true\n")
    assert repo.found("--base", "HEAD", "--as-of", AS_OF)[1]["OUT01:O2"]["state"] == "judged"
    assert repo.found("--base", "main", "--as-of", AS_OF)[1]["OUT01:O2"]["state"] == "new"


def test_a_folder_whose_name_is_a_pattern(tmp_path, run):
    repo = Repo(tmp_path / "repo", run)
    repo.source = repo.top / "[a]*"
    repo.commit(**PORTFOLIO)
    assert repo.check("--gate", "new", "--base", "HEAD")[0] == 0


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"])
def test_a_folder_whose_name_is_no_text(tmp_path, run, form):
    repo = Repo(tmp_path / "repo", run)
    repo.source = repo.top / os.fsdecode(b"a\xff")
    repo.commit(**PORTFOLIO | WORSE)
    code, out, error = run("check", os.fsdecode(bytes(repo.source)), "--gate", "critical", "--base", "HEAD",
                           "--format", form)
    assert (code, error) == (1, "")
    assert "OUT01" in out


# -- the forms -------------------------------------------------------------------------------------

SARIF = {  # what SARIF 2.1.0 requires of the parts we write, and the words it allows
    "type": "object", "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"items": {
        "type": "object", "required": ["tool"], "properties": {
            "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            "tool": {"required": ["driver"], "properties": {"driver": {
                "required": ["name"], "properties": {"rules": {"uniqueItems": True, "items": {
                    "required": ["id"], "properties": {
                        "shortDescription": {"required": ["text"]}, "help": {"required": ["text"]}}}}}}}},
            "invocations": {"items": {"required": ["executionSuccessful"], "properties": {
                "toolExecutionNotifications": {"items": {"required": ["message"]}}}}},
            "results": {"items": {
                "required": ["message", "ruleId", "locations"], "properties": {
                    "level": {"enum": ["none", "note", "warning", "error"]},
                    "ruleIndex": {"type": "integer", "minimum": -1},
                    "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
                    "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
                    "partialFingerprints": {"additionalProperties": {"type": "string"}},
                    "suppressions": {"items": {"required": ["kind"], "properties": {
                        "kind": {"enum": ["inSource", "external"]},
                        "status": {"enum": ["accepted", "underReview", "rejected"]}}}},
                    "locations": {"items": {"properties": {"physicalLocation": {
                        "anyOf": [{"required": ["address"]}, {"required": ["artifactLocation"]}],
                        "properties": {
                            "artifactLocation": {"properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}}},
                            "region": {"properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1}}}}}}}}}}}}}}}}
ACCEPT = '[accept."OUT01:O3"]\nuntil = 2027-01-31\nreason = "known & <agreed>"\n'


@pytest.fixture
def worse(repo):
    repo.commit(ACCEPT, **WORSE, products=PRODUCTS + 'P1,"a|b, <x>%0A::error::",invest\n')
    return repo


def test_no_text_is_a_link_or_a_placeholder_of_sarif(repo):
    repo.commit(outcomes=OUTCOMES.replace("Grow", r"[Fix \[it](https://evil.example/x) {0} {{1}}"))
    results = json.loads(repo.check("--format", "sarif")[1])["runs"][0]["results"]
    texts = [one["message"]["text"] for one in results if "evil" in one["message"]["text"]]
    assert texts
    for text in texts:
        bare = re.sub(r"\\[][\\]|\{\{|\}\}", "", text)  # what stands for a letter
        assert not set("[]{}\\") & {*bare}
        assert r"\[Fix \\\[it\](https://evil.example/x) {{0}} {{{{1}}}}" in text


@pytest.mark.parametrize("form", ["text", "json", "gitlab", "sarif", "junit", "markdown"])
def test_no_text_is_a_command_to_the_runner_that_prints_it(repo, form):
    name = "Grow ##[stop-commands]x ##VSO[task.setvariable variable=PATH]y"
    repo.commit(outcomes=OUTCOMES.replace("Grow", name))
    out, error = repo.check("--gate", "critical", "--format", form)[1:]
    assert ("stop-commands" in out, error) == (True, "")
    assert re.findall(r"##(?:vso)?\[", out, re.IGNORECASE) == []
    if form in ("json", "gitlab"):
        assert name in json.dumps(json.loads(out))
    if form == "junit":
        assert name in "".join(one.get("message", "") for one in ElementTree.fromstring(out).iter())


def test_sarif(worse):
    code, out, _ = worse.check("--gate", "new", "--base", "main", "--format", "sarif")
    sarif = json.loads(out)
    Draft202012Validator(SARIF).validate(sarif)
    run, = sarif["runs"]
    results = {one["partialFingerprints"]["portfolioKey/v1"]: one for one in run["results"]}
    assert code == 1
    assert len(results) == len(run["results"])
    assert results["OUT01:O2"]["level"] == "error"
    assert results["OUT01:O2"]["baselineState"] == "new"
    assert results["OUT01:O3"]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "known & <agreed>"}]
    assert all(run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
               for one in run["results"])


def test_gitlab(worse):
    found = json.loads(worse.check("--format", "gitlab", "--as-of", AS_OF)[1])
    for one in found:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"]["path"].startswith("portfolio/")
        assert one["location"]["lines"]["begin"] >= 1
    keys = [one["fingerprint"] for one in found]
    assert len(set(keys)) == len(keys)
    assert "OUT01:O2" in keys
    assert "OUT01:O3" not in keys  # accepted


def test_junit(worse):
    code, out, _ = worse.check("--gate", "critical", "--format", "junit", "--as-of", AS_OF)
    root = ElementTree.fromstring(out)
    failures = root.findall("testsuite/testcase/failure")
    assert code == 1
    assert len(failures) == int(root.get("failures")) == sum(
        int(suite.get("failures")) for suite in root)
    for suite in root:
        assert int(suite.get("tests")) == len(suite)
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
    assert {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None} >= {"OUT01:O2"}
    said, = (case.find("skipped").get("message") for case in root.iter("testcase")
             if case.get("name") == "OUT01:O3")
    assert "accepted until 31 Jan 2027: known & <agreed>" in said
    assert root.find("testsuite[@name='PRG02']/testcase/skipped") is not None  # not evaluated


def test_a_text_of_the_data_adds_no_annotation_and_no_markup(worse):
    out = worse.check("--gate", "none", "--format", "github")[1]
    assert not [line for line in out.splitlines() if not re.match("::(error|warning|notice)[ :]", line)]
    assert out.count("\n") == len(out.splitlines())
    out = worse.check("--gate", "none", "--format", "markdown")[1]
    assert "<x>" not in out
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_markdown_says_what_changed(worse):
    out = worse.check("--gate", "new", "--base", "main", "--format", "markdown")[1]
    assert out.startswith("### The gate “new” is closed for")
    assert "compared with main" in out.splitlines()[0].replace("\u2060", "")
    assert "`portfolio/outcomes.csv:3:" in out


def test_ten_annotations_of_a_rule_and_the_rest_is_counted(repo):
    many = "".join(f"O{n},Goal {n},1,1,NRR,1,2,1,2026-01-01,2026-12-31\n" for n in range(2, 20))
    repo.commit(outcomes=OUTCOMES + many)
    out = repo.check("--gate", "critical", "--format", "github")[1]
    assert out.count("title=OUT01 outcome not covered") == 10
    assert "::notice title=OUT01::8 more of OUT01 are not shown here" in out
    assert out.splitlines()[-1].startswith("::error::The gate “critical” is closed for 18 gaps")
    assert "| | 8 more of OUT01 | | |" in repo.check("--format", "markdown")[1]
    assert len(json.loads(repo.check("--format", "gitlab")[1])) >= 18


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"])
def test_without_names_nothing_of_the_data_is_printed(repo, form):
    repo.commit('[accept."OWN04:H1"]\nuntil = 2020-01-31\nreason = "Ada is away"\n',
                products="product_id,name\nP1,Checkout\nP1,Wallet\n", **WORSE,
                people="person_id,name\nH1,Ada Park\nH2,Ada Park\n",
                assignments="product_id,person_id,role,allocation_pct\nP1,H1,accountable,150\nP1,H9,dev,1\n")
    for more in ((), ("--gate", "high", "--base", "main")):
        out = repo.check("--format", form, "--no-names", *more)[1]
        assert not re.search("Ada|Checkout|Wallet|Grow|Two|Save|H1|H9", out)
        if more or form not in ("text", "json"):
            assert "OUT01" in out
            assert "OWN04" in out


def test_without_names_no_key_can_be_tried_out(repo):
    """What is printed would be the same if persons and values were called anything else."""
    def keys(person):
        repo.commit(products="product_id,name\nP1,Checkout\n", **WORSE, people=f"person_id,name\n{person},A\n",
                    assignments=f"product_id,person_id,role,allocation_pct\nP1,{person},accountable,150\n"
                                f"P1,{person}0,dev,1\nP1,{person}1,dev,1\n")
        out = repo.check("--format", "json", "--no-names", "--gate", "high", "--base", "main")[1]
        return [one["key"] for one in json.loads(out)["findings"]]

    first = keys("H1")
    assert "OWN04:person-1" in first
    assert len({*first}) == len(first)
    assert keys("qz77") == first


ROWS = {name: list(csv.reader(io.StringIO(text))) for name, text in (PORTFOLIO | WORSE).items()}


def test_a_database_has_rows_and_no_files(run, tmp_path):
    with sqlite3.connect(tmp_path / "x.db") as database:
        for name, (header, *rows) in ROWS.items():
            database.execute(f"create table {name} ({', '.join(header)})")
            database.executemany(f"insert into {name} values ({', '.join('?' * len(header))})", rows)
    database.close()
    source = f"sqlite:///{tmp_path}/x.db"
    out = run("check", source, "--gate", "high", "--format", "github", "--as-of", AS_OF)[1]
    assert "::error title=OUT01" in out
    sarif = json.loads(run("check", source, "--format", "sarif")[1])
    assert not any("locations" in one for one in sarif["runs"][0]["results"])


def test_a_workbook_and_a_zip_have_their_rows(run, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        for name, rows in ROWS.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        for name, text in (PORTFOLIO | WORSE).items():
            file.writestr(f"{name}.csv", text)
    for name, line in (("x.xlsx", 4), ("x.zip", 5)):  # a line of the text, a row of the sheet
        found = json.loads(run("check", tmp_path / name, "--format", "json", "--gate", "none")[1])
        gap, = (one for one in found["findings"] if one["key"] == "OUT01:O3")
        assert (gap["file"].endswith(name), gap["line"], gap["row"]) == (True, line, 4)
