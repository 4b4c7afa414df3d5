"""What the command line leaves in a store: `snapshot`, and `report --store`."""

import json
import os
from datetime import date

import pytest
import sqlalchemy as sa

from orgdata.gaps import RULES
from orgdata.store import DEFAULT_URL, Store, source_key
from tests.csv_folders import write

NEED_A_STORE = {code for code, one in RULES.items() if one.needs_store}
WEEKS = {"2026-11-06": "100", "2026-11-13": "90", "2026-11-20": "90"}
OBJECTIVES = ("objective_id,title,start_date,end_date,ambition\n"
              "J1,Pay,2026-10-01,2026-12-31,committed\n")


def portfolio(folder, target="100"):
    return write(folder, products="product_id,name,strategic_role\nP1,A,invest\nP2,B,invest\n",
                 people="person_id,name\nH1,Ada\n",
                 assignments="product_id,person_id,role\nP2,H1,pm\n", objectives=OBJECTIVES,
                 key_results=f"kr_id,objective_id,title,kr_type,baseline,target\n"
                             f"K1,J1,Time,increase,0,{target}\n")


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{tmp_path / 'store.db'}"


def said(run, source, store, day, *more):
    code, out, error = run("report", source, "--store", store, "--as-of", day, "--format", "json",
                           *more)
    assert (code, error) == (0, "")
    return json.loads(out)


def kept(store, source):
    with Store.open(store) as opened:
        return [f"{one.day}" for one in opened.snapshots(source_key(str(source)))]


def test_a_target_that_moves_between_two_reports_is_noticed(run, tmp_path, store):
    for day, target in WEEKS.items():
        found = said(run, portfolio(tmp_path / "data", target), store, day)
        keys = {gap["key"]: gap["severity"] for gap in found["gaps"]}
        assert found["not_evaluated"] == [] or not {
            one["code"] for one in found["not_evaluated"]} & NEED_A_STORE
        assert keys.get("KR04:K1") == (None if target == "100" else "high")
        # the gap of P1 is 14 days old in the last week
        assert keys.get("GOV01:OWN01:P1") == ("critical" if day == "2026-11-20" else None)
    assert kept(store, tmp_path / "data") == list(WEEKS)
    gap = next(gap for gap in found["gaps"] if gap["key"] == "GOV01:OWN01:P1")
    assert gap["objects"] == {"product_id": "P1"}


def test_snapshots_do_the_same(run, tmp_path, store):
    run("snapshot", portfolio(tmp_path / "data"), "--store", store, "--as-of", "2026-11-06")
    found = said(run, portfolio(tmp_path / "data", "90"), store, "2026-11-20")
    assert {"KR04:K1", "GOV01:OWN01:P1"} <= {gap["key"] for gap in found["gaps"]}


def test_without_a_store_nothing_is_remembered(run, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    code, out, _ = run("report", portfolio(tmp_path / "data"), "--format", "json")
    assert code == 0
    assert {one["code"]: one["reason"] for one in json.loads(out)["not_evaluated"]
            }.items() >= dict.fromkeys(NEED_A_STORE, "no store is named").items()
    assert os.listdir(tmp_path) == ["data"]
    number = f"of {len(RULES) - len(NEED_A_STORE)} rules evaluated"
    comparing = f", and {len(NEED_A_STORE)} of {len(NEED_A_STORE)} that look at what was recorded here"
    said = run("report", tmp_path / "data")[1]
    assert number in said
    assert comparing not in said
    assert f"{number}{comparing}" in (run(
        "report", tmp_path / "data", "--store", os.environ["ORGDATA_STORE"])[1])


def test_no_url_has_to_stand_on_the_command_line(run, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGDATA_SOURCE", str(portfolio(tmp_path / "data")))
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    assert run("snapshot")[0] == run("check")[0] == run("digest")[0] == 0
    assert "that look at what was recorded here" in run("report", "--store", "environment")[1]
    assert run("export", "--kind", "workbook", "--store", "environment", "--out", tmp_path / "x.xlsx")[0] == 0
    monkeypatch.delenv("ORGDATA_SOURCE")
    code, _, said_of = run("check")
    assert code == 2
    assert "SOURCE" in said_of


def test_a_report_that_looks_back_leaves_no_snapshot(run, tmp_path, store):
    """Else today's target would pass for that of October."""
    source = portfolio(tmp_path / "data")
    said(run, source, store, "2026-11-06")
    source = portfolio(tmp_path / "data", "90")
    said(run, source, store, "2026-10-10")
    assert kept(store, source) == ["2026-11-06"]
    assert "KR04:K1" in {gap["key"] for gap in said(run, source, store, "2026-11-20")["gaps"]}


def test_a_snapshot_is_kept_once(run, tmp_path, store):
    source = portfolio(tmp_path / "data")
    words = run("snapshot", source, "--store", store, "--as-of", "2026-11-20")
    assert words == (0, f"kept: snapshot 1 of {source} on 20 Nov 2026, in {store}\n", "")
    code, out, _ = run("snapshot", source, "--store", store, "--as-of", "2026-11-20", "--format",
                       "json")
    assert code == 0
    again = json.loads(out)
    assert len(again.pop("fingerprint")) == 64
    assert again == {"id": 1, "source": source, "day": "2026-11-20", "new": False, "store": store,
                     "review": False, "label": None}
    code, out, _ = run("snapshot", source, "--store", store, "--as-of", "2026-11-20", "--format",
                       "json", "--review", "--label", "Board")
    closed = json.loads(out)
    assert (code, closed["id"], closed["new"], closed["review"], closed["label"]) == (
        0, 1, False, True, "Board")
    assert run("snapshot", source, "--store", store, "--as-of", "2026-11-20")[1].startswith(
        "kept already: snapshot 1 of ")
    assert kept(store, source) == ["2026-11-20"]


def test_where_snapshots_go(run, tmp_path, store, monkeypatch):
    """The one named, else that of the environment, else a file under var/."""
    source = portfolio(tmp_path / "data")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    monkeypatch.setenv("ORGDATA_STORE", other)
    assert f"in {store}\n" in run("snapshot", source, "--store", store)[1]
    assert f"in {other}\n" in run("snapshot", source)[1]
    monkeypatch.delenv("ORGDATA_STORE")
    assert DEFAULT_URL.endswith("/var/orgdata.sqlite")
    monkeypatch.setattr("orgdata.store.DEFAULT_URL", f"sqlite:///{tmp_path / 'var' / 'x.db'}")
    assert f"in sqlite:///{tmp_path / 'var' / 'x.db'}\n" in run("snapshot", source)[1]


def test_the_day_asked_for_then_the_setting_then_today(run, tmp_path, store):
    source = portfolio(tmp_path / "data")
    run("snapshot", source, "--store", store)
    assert kept(store, source) == [f"{date.today()}"]
    (tmp_path / "s.toml").write_text('as_of = "2026-02-02"')
    run("snapshot", source, "--store", store, "--settings", tmp_path / "s.toml")
    assert "2026-02-02" in kept(store, source)


@pytest.mark.parametrize("command", ["snapshot", "report"])
@pytest.mark.parametrize(("url", "said"), [
    ("sqlite:///{}/file/x.db", "cannot be used"), ("nonsense", "the URL of the store cannot be read"),
    ("postgresql://u:s3cret@127.0.0.1:1/d", "Connection refused")])
def test_a_store_that_cannot_be_opened_is_one_clear_line(run, tmp_path, command, url, said):
    (tmp_path / "file").write_text("")
    code, out, error = run(command, portfolio(tmp_path / "data"), "--store", url.format(tmp_path))
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    assert "s3cret" not in error


def test_a_source_that_cannot_be_read_makes_no_store(run, tmp_path, store):
    assert run("snapshot", tmp_path / "none", "--store", store)[0] == 2
    assert not (tmp_path / "store.db").exists()


def test_on_postgresql(run, tmp_path, postgres):
    server = sa.engine.make_url(postgres)
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("create database remembering"))
    store = server.set(database="remembering").render_as_string(hide_password=False)
    source = portfolio(tmp_path / "data")
    for day in WEEKS:
        found = said(run, source, store, day)
    assert "GOV01:OWN01:P1" in {gap["key"] for gap in found["gaps"]}
    assert kept(store, source) == list(WEEKS)
