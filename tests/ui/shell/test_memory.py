"""What all caches together may take."""

import re
from types import SimpleNamespace

from orgdata.docs.generate import ROOT
from orgdata.serve import calendars, rest
from orgdata.ui.shell import cache, edited, programs, seen, source, store
from orgdata.ui.upload import files, tab_source
from orgdata.ui.widgets import history_points

MOST = 1_200 << 20  # bytes


def test_all_caches_together_leave_room_for_what_is_worked_out():
    of_days = (source._alignments(), source._presents(), source._evaluations(), source._portfolios(),
               seen._commons(), seen._measures(), seen._shown_gaps(), seen._texts(), seen._known(), seen._owns())
    results = (*of_days, cache.RESULTS, edited._kept(), files._cache(), tab_source._saved_entries(),
               store._measured_snapshots(), store._logs(), rest._BODIES, calendars._MADE, programs._RECENT,
               programs._BEARERS, history_points._FOUND)
    made = [path for path in (ROOT / "orgdata").rglob("*.py")
            for _ in re.findall(r"(?:return|[A-Z] =) Results\(", path.read_text("utf-8"))]
    assert len(made) == len(results), "a cache that is not counted here"
    apart = sum(each._most_bytes for each in of_days) // cache.APART  # other days, of programs
    assert sum(each._most_bytes for each in results) + apart <= MOST


def test_of_the_days_that_addresses_name_few_are_kept():
    one = SimpleNamespace(portfolio=None, gaps=None)
    for results, found in ((source._alignments(), (one, "measured")), (source._evaluations(), (one, "judged"))):
        for day in range(50):
            results.get(f"day {day} of a test", lambda found=found: found)
        assert len(results._entries) < 20
        results.clear()
