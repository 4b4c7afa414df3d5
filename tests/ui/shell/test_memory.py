"""What all caches together may take."""

from orgdata.ui.shell import cache, source, store
from orgdata.ui.upload import files, tab_source

MOST = 800 << 20  # bytes


def test_all_caches_together_leave_room_for_what_is_worked_out():
    results = (cache.RESULTS, source._alignments(), source._evaluations(), files._cache(),
               tab_source._saved_entries(), store._measured_snapshots())
    assert sum(each._most_bytes for each in results) <= MOST
