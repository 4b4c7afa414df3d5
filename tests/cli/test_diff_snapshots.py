"""`diff` of snapshots, with the store on SQLite and on PostgreSQL."""

import json

import pytest

from orgdata.demo import DEMO
from orgdata.demo.weeks import DAYS, seed
from orgdata.store import Store
from tests.demo_company import seeded
from tests.sources.conftest import empty
from tests.sources.databases import run as change


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def store(request, tmp_path_factory):
    """The URL of a store with the eight weeks of the demo, for all tests: they only read it."""
    folder = tmp_path_factory.mktemp("store")
    if request.param == "sqlite":
        return seeded(folder)
    url = empty(request, folder, "postgresql")
    with Store.open(url) as opened:
        assert seed(opened) == len(DAYS)
    return url


def test_two_snapshots(run, store, monkeypatch):
    code, out, error = run("diff", "snapshot:7", "8", "--store", store)
    assert (code, error) == (0, "")
    assert "\nObjectives: “Quotes without a phone call” removed." in out
    assert f"from 13 Nov 2026, {DEMO}\nto 20 Nov 2026, {DEMO}\n" in out
    monkeypatch.setenv("ORGDATA_STORE", store)
    assert run("diff", 7, "snapshot:8") == (0, out, "")
    change(store, "update orgdata_snapshots set method = '0' where id = 7")
    said = json.loads(run("diff", 7, 8, "--format", "json")[1])
    assert said["summary"][0] == out.splitlines()[0]
    assert said["summary"][1].startswith("What was seen on 13 Nov 2026 was found under method 0")
    assert [said[side]["as_of"] for side in ("before", "after")] == ["2026-11-13", "2026-11-20"]
    back = json.loads(run("diff", 8, 7, "--format", "json")[1])
    heads, heads_back = said["headlines"]["aligned_spend_pct"], back["headlines"]["aligned_spend_pct"]
    assert (heads["before"], heads["after"]) == (heads_back["after"], heads_back["before"])


def test_a_snapshot_and_a_source(run, store):
    """The last week is the demo as it is; both sides know what was remembered."""
    code, out, error = run("diff", "snapshot:8", DEMO, "--store", store)
    assert (code, error) == (0, "")
    assert out.startswith("Nothing changed between 20 Nov 2026 and 20 Nov 2026.")


def test_what_is_no_snapshot(run, store, tmp_path, monkeypatch):
    code, out, error = run("diff", 7, 99, "--store", store)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "has no snapshot 99" in error
    code, out, error = run("diff", 7, 8, "--as-of-b", "2026-11-01", "--store", store)
    assert (code, out) == (2, "")
    assert error == "orgdata: 8 is a snapshot, of a day of its own; --as-of-b is for sources\n"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "8").mkdir()
    (tmp_path / "8" / "products.csv").write_text("product_id,name\nP1,A\n")
    assert "\nto 3 Mar 2026, 8\n" in run("diff", 7, 8, "--as-of-b", "2026-03-03", "--store", store)[1]
