"""What somebody keeps is read by everybody: it costs them no more than it has to."""

import os
from datetime import UTC, datetime

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.store import Correction, Store, source_key
from orgdata.ui.shell import store as shell_store

KEY, AT = source_key(str(DEMO)), datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def memory():
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        yield store


def weight(text):
    return Correction(KEY, Edit("outcomes", "set", {"outcome_id": "O2"}, {"weight": text}), "Ada", AT)


def test_texts_of_corrections_are_hashed_once_and_not_by_every_run(opened, memory, monkeypatch):
    memory.correct([weight("5")])
    hashed, of_edit = [], Edit.__repr__
    monkeypatch.setattr(Edit, "__repr__", lambda edit: hashed.append(edit) or of_edit(edit))
    app = opened("overview")
    assert hashed
    hashed.clear()
    app.run()
    assert not hashed


def test_of_many_and_long_entries_few_revisions_are_kept(opened, memory, monkeypatch):
    monkeypatch.setattr(shell_store._logs(), "_most_bytes", 1_000)
    for number in range(5):
        memory.correct([weight(str(number))])
        shell_store.ask_anew()
        assert len(shell_store.corrections(KEY)) == number + 1
    assert len(shell_store._logs()._entries) == 2
