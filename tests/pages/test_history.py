"""The History page: the demo's eight weeks, and what the page says before there are any."""

import sqlite3

import pytest

from tests.demo_company import seeded
from tests.pages.conftest import text_of


@pytest.fixture
def weeks(opened, monkeypatch, tmp_path):
    def open_page(**query):
        monkeypatch.setenv("ORGDATA_STORE", url)
        return opened("history", **query)

    url = seeded(tmp_path)
    open_page.url = url
    return open_page


def test_eight_weeks_are_too_few_to_say_what_is_usual(weeks):
    app = weeks()
    assert app.title[0].value.replace("\\", "") == (
        "5 snapshots since 16 Oct 2026, when the settings changed: too few to say what is usual")
    assert "From 10 snapshots on" in text_of(app)
    assert "Triangle: a decision" in text_of(app)
    rows = app.dataframe[0].value
    assert rows["figure"].tolist()[0] == "Aligned products"
    assert rows["now"].tolist()[0] == "28"
    assert "usual" not in rows


def test_without_a_snapshot_it_says_so(opened):
    app = opened("history")
    assert app.title[0].value == "No earlier day is remembered yet"
    assert not app.dataframe


def test_a_store_that_cannot_be_read_is_not_called_empty(opened, monkeypatch):
    opened("history")
    monkeypatch.setenv("ORGDATA_STORE", "sqlite:////nowhere/at/all.sqlite")
    assert opened("history").title[0].value == "What was remembered cannot be read"


def test_points_are_found_in_snapshots_that_an_earlier_version_took(weeks):
    app = weeks(tab="Gaps")
    shown = app.dataframe[0].value.to_numpy().tolist()
    with sqlite3.connect(weeks.url.removeprefix("sqlite:///")) as connection:
        connection.execute("DELETE FROM orgdata_points")
    connection.close()
    again = weeks(tab="Gaps")
    assert again.dataframe[0].value.to_numpy().tolist() == shown


def test_an_earlier_week_can_be_chosen_and_why_the_headlines_moved_is_said(weeks):
    app = weeks()
    app.selectbox(key="since").select(1).run()
    chosen = app.selectbox(key="since")
    assert (chosen.value, chosen.options[-1]) == (1, "Compared with: Review of 2 Oct 2026")
    assert app.dataframe[0].value["before"].tolist()[0] == "19"
    assert "Spend backed by OKRs 60\\.4 % → 76\\.4 %" in text_of(app)
