"""The demo company is loaded and measured once for all commands."""

import pytest

from orgdata import evaluation
from orgdata.cli import arguments
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load_for
from orgdata.measures import align
from tests.once import Once

ONCE = [(arguments, "load_for", Once(load_for, lambda source, *_: source == str(DEMO))),
        (evaluation, "align", Once(align)), (evaluation, "find_gaps", Once(find_gaps))]


@pytest.fixture(autouse=True)
def measured_once(monkeypatch):
    for module, name, once in ONCE:
        monkeypatch.setattr(module, name, once)
