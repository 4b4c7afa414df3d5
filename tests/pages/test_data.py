"""The Data page: reading the source again."""

import pytest

from orgdata.sources import SourceError
from orgdata.ui.shell import source

JUST_READ = ["The source was asked a moment ago: what came of it is what is shown. Ask again in a few seconds."]


@pytest.fixture
def reads(opened, monkeypatch):
    """Whether each reading of the source went well; it fails while the list ends with None."""
    went_well, read = [], source.read_for

    def read_for(*arguments):
        if away := went_well[-1:] == [None]:
            went_well.pop()
        went_well.append(not away)
        if away:
            raise SourceError("it is away")
        return read(*arguments)

    monkeypatch.setattr(source, "read_for", read_for)
    return went_well


def reload(app):
    """What a click on the button says. The frame reads the source, which a browser runs too."""
    next(one for one in app.button if one.label == "Reload").click().run()
    said = [one.value for one in app.toast]
    app.switch_page("dashboard.py").run()
    app.switch_page("pages/data.py").run()
    assert not app.exception
    return said


def test_a_reload_serves_all_who_ask_for_another_a_moment_later(opened, reads, monkeypatch):
    monkeypatch.setattr(source, "RELOAD_SECONDS", 1e9)
    app, other = opened("data"), opened("data")
    assert [reload(session) for session in (app, other, app)] == [[], JUST_READ, JUST_READ]
    assert reads == [True] * 2, "at first, and once for all three"


def test_a_reload_later_reads_again(opened, reads, monkeypatch):
    monkeypatch.setattr(source, "RELOAD_SECONDS", 0)
    app = opened("data")
    assert [reload(app) for _ in range(2)] == [[], []]
    assert reads == [True] * 3


@pytest.mark.parametrize(("seconds", "read"), [(0, [True, False, True]), (1e9, [True, False])])
def test_what_is_away_is_not_asked_by_every_click(opened, reads, monkeypatch, seconds, read):
    monkeypatch.setattr(source, "RELOAD_SECONDS", 1e9)
    monkeypatch.setattr(source, "RETRY_SECONDS", seconds)
    app = opened("data")
    reads.append(None)
    assert reload(app) == []
    next(one for one in app.button if one.label == "Try again").click().run()
    assert [one.value for one in app.toast] == (JUST_READ if seconds else [])
    app.switch_page("dashboard.py").run()
    app.switch_page("pages/data.py").run()
    assert reads == read
    assert bool(app.warning) == bool(seconds)
