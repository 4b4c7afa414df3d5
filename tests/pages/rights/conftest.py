"""Fixtures of what each role is shown and may do."""

import shutil
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.evaluation import evaluate, keep
from orgdata.load import load
from orgdata.store import Correction, Decision, GapChange, Proposal, source_key
from tests import canaries
from tests.pages.conftest import of_reader
from tests.pages.rights.shown_to import FIX, PROPOSED, SAID, STATES, Everything


@pytest.fixture
def everything(monkeypatch):
    return Everything(monkeypatch)


@pytest.fixture
def private(monkeypatch, tmp_path):
    """The private database of the company of canaries, which the pages use; its file."""
    for name, value in canaries.private(f"sqlite:///{tmp_path}/private.sqlite").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "private.sqlite"


@pytest.fixture
def remembered(store, company, private, tmp_path):
    return remember(store, company, tmp_path)


def remember(store, company, tmp_path):
    """Keep a review, decisions, states and corrections about what is and is not theirs."""
    key, at = source_key(str(company)), datetime(2026, 11, 20, 9, tzinfo=UTC)
    for text, about in SAID.items():
        store.decide(Decision(key, text, date(2026, 11, 1), "Head", at, gap_key=about))
    for text, about in STATES.items():
        store.change_gap(GapChange(key, about, "planned", "Head", at, reason=text))
    store.correct([Correction(key, Edit("products", "set", {"product_id": product}, {"jobs": text}),
                              "Head", at, gap_key=f"OWN06:{product}") for text, product in FIX.items()])
    for text, (role, edit, _) in PROPOSED.items():
        store.propose(Proposal(key, (edit,), text, role, of_reader(role), at, reason=text))
    earlier = tmp_path / "earlier"
    shutil.copytree(company, earlier)
    for name, now, then in (("assignments", "contributor,90", "contributor,20"),
                            ("key_results", "qzmetrictwo,0,100", "qzmetrictwo,0,200"),
                            ("expectations", "qzaskthree", "qzasked before")):
        file = earlier / f"{name}.csv"
        file.write_text(file.read_text("utf-8").replace(now, then), "utf-8")
    keep(store, key, evaluate(load(str(earlier)), date(2026, 11, 13)),
         datetime(2026, 11, 13, 9, tzinfo=UTC), "Head", review=True)
    step = Step("retire product", {"product_id": "P2"}, (
        Edit("products", "set", {"product_id": "P2"}, {"status": "retired"}),))
    kept = store.add_scenario(key, Scenario("qzscenario", (step,)), "Head", at)
    return SimpleNamespace(store=store, scenario=kept.token)
