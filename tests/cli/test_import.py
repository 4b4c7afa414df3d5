"""`import`: foreign files become a folder of our tables, and that reads back the same."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from orgdata import load
from orgdata.demo import DEMO
from orgdata.model.intake import Intake, Question
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.settings import read_settings
from orgdata.sources import read_source
from tests.csv_folders import write
from tests.sources.vendors.test_betterworks import GOAL, HEADER
from tests.sources.workbooks import sheets

LARKFIELD = Path(__file__).parents[1] / "cases" / "larkfield"
ODD = {
    "products": "product_id,name,bau_pct,annual_spend\nP1,=SUM(A1),0.01,1.5k\nP2,\"-10%, +5 NPS\",0,\nP3,\"a\nb\",,7\n",
    "people": "person_id,name\n007,NA\nH2,'quoted\n",
    "assignments": "product_id,person_id,role,allocation_pct\nP1,007;H2,group lead,0.5%\nP2,NA,pm,1%\n",
    "outcomes": "outcome_id,name,weight\nO1,A,50%\nO2,B,\n",
    "contributions": "product_id,outcome_id,strength,share_pct\nP1,O1,3,0.7\nP2,O1,1,0.3\nP3,O1,0,0\n",
    "objectives": "objective_id,title,product_id,status,start_date\nJ1,Do,\"P1, P2\",erledigt,Q1 FY27\n",
    "key_results": "kr_id,objective_id,title,baseline,target,confidence,kr_type\n"
                   "K1,J1,a,1.2345,900,4,binary\nK2,J1,b,1.234,2.5,2,\nK3,J1,c,0.1234,0.25,5,\n",
    "check_ins": "kr_id,date,value,confidence\nK1,20/11/2026,\"1.2340\",1\nK1,2026-11-21,,5\n"}
ODD_SETTINGS = ('fiscal_year_start = 7\nconfidence_scale = 5\ncurrency = "EUR"\n'
                '[values.assignments.role]\n"group lead" = "accountable"\n'
                '[rules.OWN01]\nenabled = false\n')


def same_tables(one: Portfolio, other: Portfolio) -> None:
    """All accepted rows are equal, whatever their numbers in the files."""
    for name in TABLES:
        own = ["row", "of_table"]
        left, right = (side[name].drop(columns=own, errors="ignore") for side in (one, other))
        pd.testing.assert_frame_equal(left, right, check_exact=True, obj=name)


@pytest.mark.parametrize("name", ["demo", "larkfield", "odd", "sourcegraph", "canada", "nyc"])
def test_the_folder_reads_back_the_same(run, tmp_path, name, request):
    source = {"demo": DEMO, "larkfield": LARKFIELD}.get(name)
    if name == "odd":
        source = write(tmp_path / "odd", ODD_SETTINGS, **ODD)
    source = source or request.getfixturevalue("real_data") / name
    out = tmp_path / "out"
    code, said, error = run("import", source, "--out", out)
    before, after = load.load(str(source)), load.load(str(out))
    checked = run("check", source)
    assert (code, error) == (checked[0], "")
    assert said == checked[1] + "".join(f"written: {out}/{file}\n" for file in [
        "settings.toml", *(f"{table}.csv" for table in TABLES if len(before[table]))])
    same_tables(before, after)
    assert not (after.problems["level"] == "error").any()
    for setting in ("as_of", "currency", "fiscal_year_start", "rules", "cadence_days"):
        assert getattr(after.settings, setting) == getattr(before.settings, setting)


def test_foreign_files_need_no_mapping_any_more(run, tmp_path):
    source = write(tmp_path / "in", '[columns.products]\nproduct_id = "Ref"\nname = "Label"\n'
                   '[tables]\nproducts = "our list"\n[same.people]\n"ada@example.com" = "H1"\n'
                   '[fixed.products]\nlevel = "team"\n', export=HEADER + GOAL)
    (Path(source) / "Our list.xlsx").write_bytes(sheets(**{"our list": [["Ref", "Label"], ["P1", "A"]]}))
    files = sorted(path for path in Path(source).iterdir() if path.suffix != ".toml")
    out = tmp_path / "new" / "folder"
    assert run("import", *files, "--out", out, "--settings", Path(source, "settings.toml"))[::2] == (0, "")
    kept = read_settings(out / "settings.toml")
    assert not kept.tables
    assert not kept.columns
    assert not kept.fixed
    assert not kept.same
    after = load.load(str(out))
    same_tables(load.load(source), after)
    assert after["products"][["product_id", "level"]].to_numpy().tolist() == [["P1", "team"]]
    assert after["objectives"]["owner_id"].tolist() == ["H1"]
    assert run("check", out)[0] == 0


def test_guesses_and_answers_are_kept(run, tmp_path, monkeypatch):
    asked = (Question("goal: NRR", "?", {"a": "A", "b": "B"}, "a"),
             Question("light: G", "?", {"on": "On", "off": "Off"}, "on", answered=True))

    def read(*arguments):
        raw = read_source(*arguments)
        found = replace(raw.settings, currency="USD", fiscal_year_start=2)
        return replace(raw, settings=found, intake=Intake(questions=asked))
    monkeypatch.setattr(load, "read_source", read)
    source = write(tmp_path / "in", "[answers]\n'light: G' = 'off'\n", products="product_id,name\nP1,A\n")
    out = tmp_path / "out"
    code, said, _ = run("import", source, "--out", out)
    assert code == 0
    assert '  in settings.toml, under [answers]: "goal: NRR" = "a"' in said.splitlines()
    kept = read_settings(out / "settings.toml")
    assert kept.answers == {"goal: NRR": "a", "light: G": "off"}
    assert (kept.currency, kept.fiscal_year_start) == ("USD", 2)  # as they were found


def test_what_was_set_aside_is_not_written_and_said(run, tmp_path):
    source = write(tmp_path / "in", products="product_id,name\nP1,A\nP1,B\n", people="person_id,name\n,x\n")
    out = tmp_path / "out"
    out.mkdir()
    code, said, _ = run("import", source, "--out", out)
    assert code == 1
    assert "error: products.csv row 3" in said
    assert sorted(path.name for path in out.iterdir()) == ["products.csv", "settings.toml"]
    assert json.loads(run("check", out, "--format", "json")[1])["tables"]["products"]["read"] == 1


def test_nothing_is_overwritten(run, tmp_path):
    source = write(tmp_path / "in", products="product_id,name\nP1,A\n")
    (tmp_path / "file").write_text("mine")
    for out in (source, tmp_path / "file"):
        assert run("import", source, "--out", out) == (
            2, "", f"orgdata: {out} exists and is no empty folder; nothing was written\n")
    assert [path.name for path in Path(source).iterdir()] == ["products.csv"]
    code, said, error = run("import", tmp_path / "none.csv", "--out", tmp_path / "out")
    assert (code, said, error.count("\n")) == (2, "", 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [["import"], ["import", "x"], ["import", "--out", "y"]])
def test_files_and_a_folder_are_needed(run, arguments, monkeypatch):
    monkeypatch.setenv("ORGDATA_SOURCE", "x")
    code, said, error = run(*arguments)
    assert (code, said, error.count("\n")) == (2, "", 1)
