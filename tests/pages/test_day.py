"""The day is in every address; one that nobody chose follows the data when they are read again."""

import os
from datetime import date

import pytest

from orgdata.ui.shell import source
from tests.csv_folders import write


@pytest.fixture
def folder(tmp_path):
    """A portfolio of the 20th."""
    return _of(tmp_path / "data", "2026-11-20")


def _of(folder, day):
    written = write(folder, products="product_id,name\nP1,A\n")
    (folder / "settings.toml").write_text(f"as_of = {day}\n")
    return written


def _day(app):
    return app.date_input(key="as_of").value


def _read_again(app, folder, page="overview"):
    """The page after the files were replaced by those of the 27th, and a click on Reload."""
    _of(folder, "2026-11-27")
    source.forget()
    return app.switch_page(f"pages/{page}.py").run() if page != "overview" else app.run()


def test_it_is_in_the_address_whether_chosen_or_not(opened, folder):
    app = opened("overview", folder)
    assert app.query_params["as_of"] in ("2026-11-20", ["2026-11-20"])
    app.date_input(key="as_of").set_value(date(2026, 11, 13)).run()
    assert app.query_params["as_of"] in ("2026-11-13", ["2026-11-13"])


def test_one_that_nobody_chose_follows_the_data(opened, folder, tmp_path):
    app = opened("overview", folder)
    assert _day(app) == date(2026, 11, 20)
    assert _day(_read_again(app, tmp_path / "data")) == date(2026, 11, 27)


@pytest.mark.parametrize("by_link", [True, False])
def test_one_that_was_chosen_stays(opened, folder, tmp_path, by_link):
    app = opened("overview", folder, **({"as_of": "2026-11-13"} if by_link else {}))
    if not by_link:
        app.date_input(key="as_of").set_value(date(2026, 11, 13)).run()
    assert _day(_read_again(app, tmp_path / "data")) == date(2026, 11, 13)


@pytest.mark.parametrize("asked", ["soon", "1500-01-01", "9999-12-31", ""])
def test_a_day_that_is_none_is_the_default(opened, folder, asked):
    app = opened("overview", folder, as_of=asked)
    assert not app.exception
    assert _day(app) == date(2026, 11, 20)


def test_files_that_changed_since_they_were_read_are_noticed(opened, folder, tmp_path):
    app = opened("overview", folder)
    assert not [one for one in app.info if "files were changed" in one.value]
    os.utime(tmp_path / "data" / "products.csv", (2e9, 2e9))
    app.run()
    assert [one for one in app.info if "files were changed on 18 May" in one.value]
    app.button(key="reload_changed").click().run()
    assert not [one for one in app.info if "files were changed" in one.value]
