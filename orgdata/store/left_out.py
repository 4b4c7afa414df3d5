"""Count what a store holds of a source that this version cannot understand and so leaves out."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata import formats
from orgdata.store import uploads
from orgdata.store.corrections import undos
from orgdata.store.history import runs_of_expectations, runs_of_goalposts
from orgdata.store.proposals import answers_of
from orgdata.store.reviews import decision_log, of_source
from orgdata.store.snapshots import all_marks, all_of_source
from orgdata.store.tables import (
    confirmations,
    correction_undos,
    corrections,
    decision_changes,
    decisions,
    expectations,
    gap_changes,
    goalposts,
    proposal_answers,
    proposals,
    saved_sources,
    scenarios,
    snapshot_marks,
    snapshots,
    tokens,
)
from orgdata.store.understood import count_left_out


def left_out(connection: Connection, source: str) -> list[str]:
    """What is left out, counted in words, as in "2 states of gaps"."""
    counts = {
        ("snapshot", None): (snapshots, all_of_source(source)),
        ("remark on a snapshot", "remarks on snapshots"): (snapshot_marks, all_marks(source)),
        ("goalpost of a key result", "goalposts of key results"): (
            goalposts, runs_of_goalposts(source, date.max)),
        ("expectation", None): (expectations, runs_of_expectations(source, date.max)),
        ("state of a gap", "states of gaps"): (gap_changes, of_source(gap_changes, source)),
        ("decision", None): (decisions, of_source(decisions, source)),
        ("change of a decision", "changes of decisions"): (decision_changes, decision_log(source)),
        ("correction", None): (corrections, of_source(corrections, source)),
        ("undone correction", None): (correction_undos, undos(source)),
        ("proposal", None): (proposals, of_source(proposals, source)),
        ("answer on a proposal", "answers on proposals"): (proposal_answers, answers_of(source)),
        ("scenario", None): (scenarios, of_source(scenarios, source)),
        ("token", None): (tokens, of_source(tokens, source)),
        ("saved source", None): (saved_sources, uploads.current())}
    counted = []
    numbers = {words: count_left_out(connection, table, query)
               for words, (table, query) in counts.items()}
    numbers["answer on a role or a link", "answers on roles and links"] = connection.execute(
        sa.select(sa.func.count()).select_from(confirmations).where(
            confirmations.c.source == source)).scalar_one()
    for words, number in numbers.items():
        if number:
            counted.append(formats.count(number, *words))
    return counted
