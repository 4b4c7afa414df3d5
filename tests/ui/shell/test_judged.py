"""What people record leaves results of gaps as they are, unless it makes or ends a gap."""

from datetime import date

import pytest

from orgdata.evaluation import Known
from orgdata.model.history import History
from orgdata.ui.shell.source import judged
from orgdata.ui.shell.view import Measured
from tests.builders import aligned


@pytest.fixture(scope="module")
def version():
    """The versions of a portfolio with its gaps, and with all that is known, by its history."""
    alignment = aligned(outcomes="O1", products="P1 | P2", people="H1 name=Ada")

    def versions(**history):
        found = judged(alignment, Measured.of(alignment, alignment.portfolio, __name__),
                       Known(History.of(**history)))
        return found.judged.version, found.version
    return versions


def test_what_is_said_of_a_gap_is_another_portfolio_with_the_same_gaps(version):
    gaps, known = version()
    same, other = version(states=[{"key": "OUT01:O1", "state": "assigned", "owner": "Ada"}])
    assert same == gaps
    assert other != known


def test_other_gaps_are_another_version(version):
    gaps, _ = version()
    late = {"decision_id": 1, "kind": "to-do", "text": "Decide on Japan", "owner": "Ada", "due": date(2026, 10, 1)}
    assert version(decisions=[late])[0] != gaps
