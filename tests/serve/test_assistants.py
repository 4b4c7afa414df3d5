"""What an assistant over HTTP is told where nothing can be read."""

import pytest

from orgdata.api.questions import Unanswerable
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.serve import assistants
from orgdata.sources import SourceError
from orgdata.ui.shell import programs


@pytest.mark.parametrize("error", [SourceError, SettingsError, StoreError])
def test_where_things_lie_on_the_server_is_told_to_no_program(monkeypatch, error):
    def fail(*_):
        raise error("/srv/secret/portfolio does not exist")

    monkeypatch.setattr(programs, "asking", fail)
    with pytest.raises(Unanswerable, match=r"^what is asked for cannot be read now$"):
        assistants._reading()
