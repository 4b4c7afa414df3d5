"""Whose products are whose in each source: what a file says gives rights in that file alone."""

from datetime import UTC, datetime

import pytest

from orgdata.access import Rights, Theirs
from orgdata.store import SavedSource, saved_source_key, source_key
from orgdata.ui.shell import programs, source
from orgdata.ui.shell.seen import seen
from tests import canaries
from tests.pages.conftest import text_of

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAME = "Another company"
SWAPPED = {  # there, product managers have each other's products, and a visitor has one
    "assignments": canaries.TABLES["assignments"].replace("P1,H1,acc", "P0,H1,acc").replace(
        "P2,H2,acc", "P1,H2,acc").replace("P0,H1,acc", "P2,H1,acc") + "\nP3,H7,accountable,9,2026-01-01,",
    "people": canaries.TABLES["people"] + "\nH7,Vic Visitor,visitor@else.example,"}


@pytest.fixture
def another(store):
    """Saves another company, of the same ids and with words of its own; its key."""
    tables = {**canaries.TABLES, **SWAPPED}
    files = {f"{name}.csv": f"{text}\n".replace("qz", "qy").encode() for name, text in tables.items()}
    store.save_source(SavedSource(NAME, files, "as_of = 2026-11-20\n", "Head", AT), None)
    return saved_source_key(NAME)


def in_the_other(opened, company, page, **query):
    """A page of the other company, which was chosen in the menu."""
    app = opened("overview", company)
    app.selectbox(key="source").set_value(NAME).run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def test_a_product_is_somebodys_in_the_source_that_says_so(opened, another, company, reader):
    reader("pm")
    for product, is_here, is_there in (("P1", True, False), ("P2", False, True)):
        number = {"P1": "one", "P2": "two"}[product]
        page = text_of(opened("products", company, product=product))
        assert (f"qzpurpose{number}" in page) == is_here
        page = text_of(in_the_other(opened, company, "products", product=product))
        assert "qz" not in page
        assert (f"qypurpose{number}" in page) == is_there


def test_what_a_file_says_gives_nobody_anything_in_the_source_of_the_server(
        opened, another, company, reader):
    reader("viewer")
    for page, may in (("my_product", True), ("weekly_review", False), ("data", False), ("products", True)):
        assert "There is no such page, or it is not for you." in text_of(opened(page, company))
        assert ("There is no such page, or it is not for you." in text_of(in_the_other(opened, company, page))) != may


def test_what_is_changed_there_stays_there(opened, another, store, company, reader):
    reader("pm")
    app = in_the_other(opened, company, "gaps", gap="XFN01:X2")
    app.selectbox(key="fix_XFN01:X2_state").set_value("accepted")
    next(one for one in app.button if one.label == "Record the answer").click().run()
    assert not app.exception
    made, = store.correction_log(another)
    assert (made.by, made.edit.key) == ("Mara One", {"expectation_id": "X2"})
    assert store.correction_log(source_key(str(company))) == []
    text = text_of(opened("gaps", company, gap="XFN01:X2"))
    assert "There is no such gap on this day, or it is not for you." in text


def test_no_file_lets_somebody_in(opened, another, company, reader, tmp_path, monkeypatch):
    settings = tmp_path / "settings.toml"
    settings.write_text(canaries.SETTINGS.replace('header = "X-Email"', 'header = "X-Email"\ndefault = "none"', 1))
    monkeypatch.setenv("ORGDATA_SETTINGS", str(settings))
    reader("viewer")
    app = opened("my_product", company)
    app.query_params["source"] = NAME
    assert "You have no role here" in text_of(app.run())
    assert not app.sidebar.children


def test_what_is_a_tokens_is_so_in_the_source_of_the_server_alone(opened, another, company):
    opened("overview", company)
    theirs = Rights(frozenset({"pm"}), Theirs(frozenset({"H1"}), frozenset({"P1"})))
    for name, sees in (("", True), (NAME, False)):
        products = programs.asking(theirs, programs.Wanted(source=name)).reading.evaluation.alignment.portfolio[
            "products"].set_index("product_id")
        assert products["role_statement"].notna().tolist() == [sees, *[False] * (len(products) - 1)]


def test_who_is_shown_the_same_keeps_their_own_rights(opened, company):
    """A partner of no function and a visitor are shown the same, whoever comes first."""
    opened("overview", company)
    loaded = source.current()
    whole = source.evaluated(loaded, loaded.default_day)
    for role in ("partner", "viewer"):
        assert seen(whole, Rights(frozenset({role}))).rights.roles == {role}
