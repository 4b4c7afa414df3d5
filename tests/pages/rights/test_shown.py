"""What each role is shown: every page with all that opens on it, every document and download, and
every address is searched for words that must not be there, and for those that must."""

import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from orgdata.access import Refused
from orgdata.access.rights import DOCUMENTS, PAGES
from orgdata.evaluation import evaluate, keep
from orgdata.exports.registry import DOCUMENTS as ALL_DOCUMENTS
from orgdata.load import load
from orgdata.sources import SourceError
from orgdata.store import source_key
from orgdata.ui.shell import rights, source, whose
from orgdata.views import history, outcomes
from tests.pages import conftest
from tests.pages.conftest import READERS, text_of
from tests.pages.rights.shown_to import EVERYTHING, KEYS, MAY, MUST, ROLE, addresses


@pytest.mark.parametrize("role", READERS)
def test_each_role_is_shown_what_is_for_it_and_nothing_else(
        opened, remembered, company, reader, everything, role):
    reader(role)
    for page in conftest.PAGES:
        for query in addresses(page, KEYS, remembered.scenario):
            everything.take(opened(page, company, **query))
            everything.open_downloads()
    found = {word for word in EVERYTHING if everything.holds(word)}
    assert not found - MAY[role]
    assert not MUST[role] - found
    roles = {ROLE.get(role, role)}
    assert {name for name in ALL_DOCUMENTS if any(file.startswith(f"{name}-") for file in
                                                  everything.file_names)} == {
        name for one in roles for name in DOCUMENTS[one]}


@pytest.mark.parametrize("role", ["head", "leadership"])
def test_ten_weeks_of_history_tell_no_more(opened, remembered, company, reader, everything, role):
    """From then on it says what is usual, what moved, and what was decided meanwhile."""
    key, loaded = source_key(str(company)), load(str(company))
    for week in range(10):
        day = date(2026, 9, 7) + timedelta(weeks=week)
        keep(remembered.store, key, evaluate(loaded, day), datetime.combine(day, time(), UTC), "Head", review=True)
    reader(role)
    for tab in history.FAMILIES:
        everything.take(opened("history", company, tab=tab, since="3"))
    assert everything.holds("usual")
    assert not {word for word in EVERYTHING if everything.holds(word)} - MAY[role]


def test_where_the_store_lies_is_told_to_heads_alone(opened, company, reader, monkeypatch, tmp_path):
    (tmp_path / "qzplace").mkdir()
    (tmp_path / "qzplace" / "store.sqlite").write_bytes(b"no store" * 999)
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{tmp_path}/qzplace/store.sqlite")
    for role, page in (("head", "weekly_review"), ("leadership", "weekly_review"),
                       ("head", "history"), ("leadership", "history"), ("partner", "gaps")):
        reader(role)
        said = text_of(opened(page, company, **({"gap": "XFN01:X1"} if page == "gaps" else {})))
        assert ("qzplace" in said) == (role == "head")
        assert ("heads of product are told why" in said) == (role != "head")


def test_nor_is_it_told_by_what_cannot_be_saved(monkeypatch):
    def fail():
        raise SourceError("/srv/qzplace does not exist")

    monkeypatch.setattr(rights, "of_any_day", fail)
    with pytest.raises(Refused, match="cannot be read now: heads of product are told why"):
        whose.row_of()


@pytest.mark.parametrize("role", ["head", "viewer"])
def test_where_the_source_lies_is_told_to_heads_alone(opened, company, reader, tmp_path, role):
    place = Path(shutil.copytree(company, tmp_path / "qzplace"))
    reader(role)
    opened("overview", place)
    place.rename(tmp_path / "gone")
    source.forget()
    said = text_of(opened("overview", place))
    assert "could not be read again" in said
    assert ("qzplace does not exist" in said.replace("\\", "")) == (role == "head")


def test_nobody_gets_what_was_drawn_for_another_before(
        opened, remembered, company, reader, everything):
    """All come one after the other, and nothing is forgotten between them."""
    for page, query in (("overview", {}), ("overview", {"cell": "P2:O2"}), ("gaps", {}),
                        ("outcomes", {"outcome": "O2"}), ("products", {"product": "P2"})):
        for role in ("head", *READERS, "head"):
            reader(role)
            everything.parts.clear()
            everything.take(opened(page, company, **query))
            assert not {word for word in EVERYTHING if everything.holds(word)} - MAY[role]


def test_what_is_the_same_for_all_is_worked_out_once(
        opened, company, reader, monkeypatch):
    conftest.clear_caches()
    made, rows = [], outcomes.outcome_rows
    monkeypatch.setattr(outcomes, "outcome_rows", lambda *given: made.append(given) or rows(*given))
    counted = []
    for role in ("head", "pm", "deputy", "pm", "leadership", "viewer"):
        reader(role)
        opened("outcomes", company)
        counted.append(len(made))
    assert counted == [1] * 6


@pytest.mark.parametrize("role", READERS)
def test_the_menu_and_the_pages_are_those_of_the_role(opened, company, reader, role):
    reader(role)
    for page in conftest.PAGES:
        may = page in PAGES[ROLE.get(role, role)]
        assert ("There is no such page, or it is not for you." in text_of(opened(page, company))) != may


@pytest.mark.parametrize(("role", "page", "param", "hidden", "nothing"), [
    ("pm", "gaps", "gap", "PRG01:K2", "PRG01:K9"), ("leadership", "gaps", "gap", "OWN04:H4", "OWN04:H9"),
    ("partner", "gaps", "gap", "XFN01:X3", "XFN01:X9"), ("pm", "my_product", "product", "P2", "P9"),
    ("viewer", "overview", "cell", "P2:O2", "P9:O2"), ("viewer", "overview", "scenario", "", "x" * 22)])
def test_what_is_not_for_somebody_looks_as_what_is_not_there(
        opened, remembered, company, reader, role, page, param, hidden, nothing):
    reader(role)
    hidden = hidden or remembered.scenario
    seen = text_of(opened(page, company, **{param: hidden})).replace(hidden, "…")
    assert seen == text_of(opened(page, company, **{param: nothing})).replace(nothing, "…")


def test_a_search_finds_only_what_is_shown(opened, company, reader):
    def found(role, text):
        reader(role)
        app = opened("overview", company)
        app.text_input(key="search").set_value(text).run()
        return "No active item matches." not in text_of(app)

    for word, roles in {"qzresulttwo": {"head", "leadership"}, "K2": {"head", "leadership"},
                        "qzresultone": {"head", "leadership", "pm", "deputy"},
                        "Returns": set(READERS), "qzmailtwo": set()}.items():
        assert {role for role in READERS if found(role, word)} == roles


def test_no_address_of_the_source_is_sent_to_a_browser(opened, company, reader, everything):
    for role in ("head", "viewer"):
        reader(role)
        everything.take(opened("overview", company))
        assert not everything.holds(str(company))


def test_heads_see_who_did_what(opened, store, company, reader, everything):
    for role in ("viewer", "head"):
        reader(role)
        app = opened("data", company)
        everything.take(app)
        assert ("Who did what" in text_of(app)) == (role == "head")
    assert everything.holds("visitor@else.example")
    everything.open_downloads()
    assert [(one.by, one.did) for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))][-2:] == [
        ("head@canary.example", "signed in"), ("visitor@else.example", "signed in")]
    exported = {one.what for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC)) if one.did == "exported"}
    assert exported >= {"portfolio.zip", "audit.csv"}
