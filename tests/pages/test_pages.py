"""Every page on good, partial, empty and broken data: words instead of a traceback."""

import shutil
from datetime import date

import pytest

from orgdata.demo import DEMO
from orgdata.load import load
from orgdata.measures import align
from orgdata.model.schema import TABLES
from orgdata.model.settings import FIRST_DAY, LAST_DAY
from orgdata.ui.screens import overview
from orgdata.ui.shell import selection
from orgdata.ui.upload import records
from tests.csv_folders import ANY_SIZE, with_numbers
from tests.pages.conftest import PAGES, text_of

ONE_ROW = {
    "outcomes": "outcome_id,name\nO1,Retention\n",
    "products": "product_id,name\nP1,Checkout\n",
    "contributions": "product_id,outcome_id\nP1,O1\n",
}
NASTY = "<b>*x*</b> ![i](http://127.0.0.1:9/x) $y$ :red[z] [l](http://127.0.0.1:9) `c` | 'q\""


def _write(folder, tables):
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_on_the_demo(opened, page):
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert app.title


@pytest.mark.parametrize("page", PAGES)
def test_with_headers_only(opened, kept, page, tmp_path):
    app = opened(page, kept(_write(tmp_path, {
        table.name: ",".join(f.name for f in table.fields) + "\n" for table in TABLES.values()})))
    assert not app.exception
    assert not app.error
    assert app.title


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("left_out", [(), ("products",), ("outcomes",), ("contributions",)])
def test_with_one_row_each(opened, kept, page, tmp_path, left_out):
    app = opened(page, kept(_write(tmp_path, {
        name: text for name, text in ONE_ROW.items() if name not in left_out})))
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_a_source_that_cannot_be_read(opened, page, tmp_path):
    app = opened(page, tmp_path / "nowhere")
    assert not app.exception
    assert "could not be read" in app.error[0].value
    assert "does not exist" in app.error[0].value
    assert "Reload" in text_of(app) or app.button


@pytest.mark.parametrize("page", PAGES)
def test_settings_that_cannot_be_used(opened, page, tmp_path):
    _write(tmp_path, ONE_ROW)
    (tmp_path / "settings.toml").write_text("cadence_days = -1")
    app = opened(page, tmp_path)
    assert not app.exception
    assert "cadence\\_days" in app.error[0].value


@pytest.mark.parametrize("page", PAGES)
def test_broken_rows_and_nasty_names(opened, kept, page, tmp_path):
    """Rows longer and shorter than the header, a circle, duplicates, and live Markdown in names."""
    name = '"' + NASTY.replace('"', '""') + '"'
    app = opened(page, kept(_write(tmp_path, {
        "outcomes": f"outcome_id,name,weight\nO1,{name},abc\nO1,again,-3\n,nobody,1\nO2\n",
        "products": f"product_id,name,parent_product_id,annual_spend\nP1,{name},P2,$4.1M\n"
                    "P2,Two,P1,1.200,5,more\nP3,,,\n",
        "contributions": "product_id,outcome_id,share_pct\nP1,O1,70\nP1,O2,60\nP9,O1,\n",
        "people": f"person_id,name\nH1,{name}\n",
        "assignments": "product_id,person_id,role\nP1,H1,owner\nP1,H9,owner\n",
        "objectives": f"objective_id,title,product_id,outcome_id,end_date\nJ1,{name},P1,O1,"
                      "2026-13-45\n",
        "key_results": f"kr_id,objective_id,title,target\nK1,J1,{name},lots\n"})))
    assert not app.exception
    assert not app.error
    shown = text_of(app)
    assert "![i](http" not in shown
    assert "[l](http" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize("page", PAGES)
def test_numbers_of_any_size(opened, kept, page, tmp_path):
    app = opened(page, kept(with_numbers(tmp_path, *ANY_SIZE)), product="P01", outcome="O1")
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
@pytest.mark.parametrize("page", PAGES)
def test_the_first_and_the_last_day_that_can_be_measured(opened, kept, page, tmp_path, day):
    shutil.copytree(DEMO, tmp_path, dirs_exist_ok=True)
    (tmp_path / "settings.toml").write_text(f"as_of = {day}")
    app = opened(page, kept(tmp_path))
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_half_a_portfolio_is_never_shown_as_whole(opened, kept, page, tmp_path):
    app = opened(page, kept(_write(tmp_path, ONE_ROW | {
        "people": "person,called\nH1,Ada\n", "assignments": "\x00binary"})))
    assert not app.exception
    assert "nothing of people and assignments could be loaded" in app.warning[0].value


@pytest.mark.parametrize(("page", "query"), [
    ("outcomes", {"outcome": "O1"}), ("outcomes", {"outcome": "O2"}),
    ("products", {"product": "P01"}), ("my_product", {"product": "P01"}),
    ("my_product", {"person": "H12"}), ("gaps", {"gap": "OUT01:O2"}),
    ("overview", {"cell": "P01:O1"})])
def test_details(opened, page, query):
    app = opened(page, **query)
    assert not app.exception
    assert not app.warning


@pytest.mark.parametrize(("page", "query", "said"), [
    ("outcomes", {"outcome": "O99"}, "O99"), ("products", {"product": "<b>"}, "\\<b\\>"),
    ("my_product", {"product": "P99"}, "P99"), ("my_product", {"person": "H99"}, "H99"),
    ("gaps", {"gap": "OUT01:gone"}, "There is no such gap on this day")])
def test_what_is_not_there_is_said(opened, page, query, said):
    app = opened(page, **query)
    assert not app.exception
    assert said in app.warning[0].value


@pytest.mark.parametrize("named", [
    "{folder}", "{folder}/products.csv", "file://{folder}", "sqlite:///{folder}/x.db", "../{name}", "Files of this tab"])
def test_an_address_opens_no_file_of_the_server(opened, tmp_path, named):
    folder = _write(tmp_path, {"products": "product_id,name\nP1,s3cret plan\n"})
    app = opened("overview")
    before = [(one.label, one.value) for one in app.metric]
    app.query_params["source"] = named.format(folder=folder, name=tmp_path.name)
    app.run()
    assert not app.exception
    assert "There is no source" in app.sidebar.warning[0].value
    assert [(one.label, one.value) for one in app.metric] == before


@pytest.mark.parametrize(("page", "param"), [
    ("gaps", "gap"), ("products", "product"), ("outcomes", "outcome")])
def test_a_long_address_is_not_repeated(opened, page, param):
    app = opened(page, **{param: "xyz " * 10_000, "area": "a" * 40_000})
    assert not app.exception
    assert "xyz" in app.warning[0].value
    assert len(app.warning[0].value) < 400
    assert "aaaa" not in text_of(app)


def test_rows_set_aside_are_made_a_file_only_when_asked_for(opened, tmp_path, monkeypatch):
    rows = "".join(f"P{number % 3},n\n" for number in range(1_200))
    monkeypatch.setattr(records, "csv_bytes", lambda rows: pytest.fail("nobody asked for it"))
    app = opened("data", _write(tmp_path, {"products": f"product_id,name\n{rows}"}))
    assert not app.exception
    assert "The first 1,000 of 1,197; the download holds all." in text_of(app)


def test_every_product_and_outcome_of_the_demo_opens(opened):
    measured = align(load(str(DEMO)), date(2026, 11, 20))
    for page, param, ids in (
            ("products", "product", measured.products["product_id"]),
            ("my_product", "product", measured.products["product_id"]),
            ("outcomes", "outcome", measured.outcomes["outcome_id"])):
        app = opened(page)
        for one in ids:
            app.query_params[param] = one
            app.run()
            assert not app.exception, one
            assert not app.warning, one


def test_who_goes_on_keeps_the_filters(opened, monkeypatch):
    """Whatever leads on is clicked once the sidebar is drawn, with filters that are bound there."""
    app = opened("overview", area="Payments")
    before = {box.label: box.value for box in app.sidebar.selectbox}
    monkeypatch.setattr(overview, "show", lambda view: selection.go("gaps", gap="OUT01:O2"))
    app.run()
    assert not app.exception
    assert "Japan" in app.title[0].value
    assert (app.query_params["area"], app.query_params["gap"]) == ("Payments", "OUT01:O2")
    assert {box.label: box.value for box in app.sidebar.selectbox} == before
