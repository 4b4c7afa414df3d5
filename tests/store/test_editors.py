"""Many people edit the same cells at once, in threads of several processes."""

import sys
from types import ModuleType

from bench.editors import all_at_once, compared


def test_nothing_is_lost_and_nothing_is_doubled(store, address, monkeypatch):
    # a process that is spawned runs the main module again; a page that was tried leaves its script
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    done = all_at_once(address, edits=6, pause=0.01, people=6, processes=2)
    assert len(done.saved) + len(done.refused) == 36
    assert done.undone, "nobody took anything back"
    assert compared(store, done) == (0, 0, 0)
