"""The store's tables for queries; migrations create them, and a test compares the two.

Their names begin with orgdata_, so that a store may share a database with other tables. What
several people may write at once is only ever added to: the last entry is the current one.
"""

from contextvars import ContextVar
from typing import get_args

import sqlalchemy as sa

from orgdata.edits.answers import Answer
from orgdata.edits.edit import OPERATIONS
from orgdata.model.access import ROLES
from orgdata.store.column_types import Day, Utc
from orgdata.store.entries import STATES, DecisionChange, Kind, Mark, ProposalAnswer

HEAD = "14"  # the last migration; a test compares it with the migrations
VERSION_TABLE = "orgdata_version"

metadata = sa.MetaData()
SIGNED_IN: ContextVar[str] = ContextVar("signed_in", default="")  # the name of who writes now


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=not needed, quote=True)


def _word(name: str, words: tuple[str, ...]) -> sa.Column[str]:
    """One of these words; a newer version may write others."""
    return sa.Column(name, sa.Text, nullable=False, quote=True, info={"words": words})


def _day(name: str, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, Day, nullable=not needed, quote=True)


def _signed() -> sa.Column[bool]:
    """True where who made an entry had signed in; else the name is one that somebody typed."""
    return sa.Column("signed", sa.Boolean, default=by_signed_in)


def by_signed_in() -> bool | None:
    """Whether who writes now has signed in; None where nobody has to."""
    return True if SIGNED_IN.get() else None


identity = sa.Table(  # one row, which says which store it is
    "orgdata_identity", metadata, sa.Column("id", sa.String(32), primary_key=True, quote=True))

snapshots = sa.Table(
    "orgdata_snapshots", metadata, _id(), _text("source", True), _day("day", True),
    sa.Column("taken_at", Utc, nullable=False), sa.Column("fingerprint", sa.String(64),
                                                          nullable=False),
    sa.Column("method", sa.String(20), nullable=False),
    sa.Column("headlines", sa.JSON, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("source", "day", "fingerprint", name="orgdata_snapshot_once"),
    sqlite_autoincrement=True)

snapshot_gaps = sa.Table(
    "orgdata_snapshot_gaps", metadata,
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True, quote=True), _text("code", True),
    _text("severity", True))

snapshot_marks = sa.Table(
    "orgdata_snapshot_marks", metadata, _id(),
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), nullable=False),
    _word("mark", get_args(Mark)), _text("text"), _text("by", True),
    sa.Column("at", Utc, nullable=False, quote=True),
    _signed(),
    sa.Index("orgdata_snapshot_marks_of", "snapshot_id"), sqlite_autoincrement=True)

snapshot_unjudged = sa.Table(  # gaps that could not be judged in it: neither found nor gone
    "orgdata_snapshot_unjudged", metadata,
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True, quote=True))

expectations = sa.Table(
    "orgdata_expectations", metadata,
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), primary_key=True),
    sa.Column("expectation_id", sa.Text, primary_key=True), _text("what", True), _day("by_when"),
    _text("product_id"), _text("partner"))

points = sa.Table(  # of history: what was found in each snapshot, and under what
    "orgdata_points", metadata,
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), primary_key=True),
    sa.Column("content", sa.JSON, nullable=False))

goalposts = sa.Table(
    "orgdata_goalposts", metadata,
    sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"), primary_key=True),
    sa.Column("kr_id", sa.Text, primary_key=True), _text("kind", True),
    sa.Column("baseline", sa.Double), sa.Column("target", sa.Double), _day("due"), _day("start"))

gap_changes = sa.Table(
    "orgdata_gap_changes", metadata, _id(), _text("source", True), _text("key", True),
    _word("state", STATES), _text("owner"), _day("due"), _day("until"), _text("reason"),
    _text("by", True), sa.Column("at", Utc, nullable=False, quote=True),
    sa.Column("seen", sa.Integer),  # the entry that the form was filled from
    _signed(),
    sa.Index("orgdata_gap_changes_of", "source", "key"), sqlite_autoincrement=True)

decisions = sa.Table(
    "orgdata_decisions", metadata, _id(), _text("source", True),
    _word("kind", get_args(Kind)), _text("text", True), _text("owner"), _day("due"),
    _day("made_on", True), _text("gap_key"),
    _text("by", True), sa.Column("at", Utc, nullable=False, quote=True),
    sa.Column("expected", sa.JSON(none_as_null=True)),  # of an adopted scenario
    _signed(),
    sa.Index("orgdata_decisions_of", "source"), sqlite_autoincrement=True)

decision_changes = sa.Table(
    "orgdata_decision_changes", metadata, _id(),
    sa.Column("decision_id", sa.Integer, sa.ForeignKey("orgdata_decisions.id"), nullable=False),
    _word("change", get_args(DecisionChange)), _text("owner"), _day("due"), _day("done_on"),
    _text("by", True), sa.Column("at", Utc, nullable=False, quote=True), _text("reason"),
    _signed(),
    sa.Index("orgdata_decision_changes_of", "decision_id"), sqlite_autoincrement=True)

confirmations = sa.Table(  # what could not become a correction; nothing is added any more
    "orgdata_confirmations", metadata, _id(), _text("source", True),
    _text("kind", True), _text("product_id", True), _text("outcome_id"),
    _text("answer", True), _text("text"), _text("by", True), _day("on", True),
    sa.Index("orgdata_confirmations_of", "source"), sqlite_autoincrement=True)

corrections = sa.Table(
    "orgdata_corrections", metadata, _id(), _text("source", True), _text("table", True),
    _word("operation", OPERATIONS), sa.Column("key", sa.JSON, nullable=False, quote=True),
    sa.Column("values", sa.JSON, nullable=False, quote=True),
    sa.Column("before", sa.JSON, quote=True), _text("reason"), _text("gap_key"),
    _text("by", True), sa.Column("at", Utc, nullable=False, quote=True),
    sa.Column("answer", sa.Text, quote=True, info={"words": (None, *get_args(Answer))}),
    _day("on"), sa.Column("of", sa.Integer, quote=True),  # the first that was made with it
    _signed(),
    sa.Index("orgdata_corrections_of", "source"), sqlite_autoincrement=True)

correction_undos = sa.Table(
    "orgdata_correction_undos", metadata, _id(),
    sa.Column("correction_id", sa.Integer, sa.ForeignKey("orgdata_corrections.id"),
              nullable=False),
    _text("reason"), _text("by", True), sa.Column("at", Utc, nullable=False, quote=True),
    _signed(),
    sa.Index("orgdata_correction_undos_of", "correction_id"), sqlite_autoincrement=True)

proposals = sa.Table(  # count in no figure
    "orgdata_proposals", metadata, _id(), _text("source", True),
    _text("what", True),  # as who made it is told of it
    _text("by", True), _text("address", True),  # who made it: only they see it as theirs
    sa.Column("at", Utc, nullable=False, quote=True),
    sa.Column("edits", sa.JSON, nullable=False), _text("reason"), _text("gap_key"),
    sa.Column("seen", sa.Integer, nullable=False),  # the last correction that there was
    _signed(),
    sa.Index("orgdata_proposals_of", "source"), sqlite_autoincrement=True)

proposal_answers = sa.Table(
    "orgdata_proposal_answers", metadata, _id(),
    sa.Column("proposal_id", sa.Integer, sa.ForeignKey("orgdata_proposals.id"), nullable=False),
    _word("answer", get_args(ProposalAnswer)), _text("by", True),
    sa.Column("at", Utc, nullable=False, quote=True), _text("reason"), _signed(),
    sa.UniqueConstraint("proposal_id", name="orgdata_proposal_answered_once"),
    sqlite_autoincrement=True)

scenarios = sa.Table(  # the last entry of a token is what it is now; those before have no steps
    "orgdata_scenarios", metadata, _id(), _text("source", True), _text("token", True),
    _text("name", True), sa.Column("steps", sa.JSON, quote=True), _text("by", True),
    sa.Column("at", Utc, nullable=False, quote=True),
    sa.Index("orgdata_scenarios_of", "source"), sqlite_autoincrement=True)

tokens = sa.Table(  # `used_at` is written anew: nothing that is shown depends on it
    "orgdata_tokens", metadata, _id(), _text("source", True), _text("what", True),
    _word("role", ROLES), _text("person"), _text("function"),
    sa.Column("hash", sa.String(64), nullable=False, quote=True), _text("by", True),
    sa.Column("at", Utc, nullable=False, quote=True),
    sa.Column("until", Utc, nullable=False, quote=True), sa.Column("used_at", Utc, quote=True),
    _signed(), sa.UniqueConstraint("hash", name="orgdata_token_once"),
    sa.Index("orgdata_tokens_of", "source"), sqlite_autoincrement=True)

letters = sa.Table(  # of the week, that went out: hashes of whom, what and when
    "orgdata_letters", metadata, _id(),
    *(sa.Column(name, sa.String(64), nullable=False) for name in ("letter", "on_day")),
    sa.Column("at", Utc, nullable=False, quote=True),
    sa.UniqueConstraint("letter", name="orgdata_letter_once"),
    sa.UniqueConstraint("on_day", name="orgdata_letter_a_day"), sqlite_autoincrement=True)

token_ends = sa.Table(
    "orgdata_token_ends", metadata, _id(),
    sa.Column("token_id", sa.Integer, sa.ForeignKey("orgdata_tokens.id"), nullable=False),
    _text("by", True), sa.Column("at", Utc, nullable=False, quote=True), _signed(),
    sa.UniqueConstraint("token_id", name="orgdata_token_ended_once"), sqlite_autoincrement=True)

saved_sources = sa.Table(
    "orgdata_sources", metadata, _id(), _text("name", True),
    sa.Column("files", sa.LargeBinary, nullable=False), _text("settings", True), _text("by", True),
    sa.Column("at", Utc, nullable=False, quote=True),
    sa.Index("orgdata_sources_of", "name"), sqlite_autoincrement=True)

audit = sa.Table(  # older rows are dropped
    "orgdata_audit", metadata, _id(), sa.Column("at", Utc, nullable=False, quote=True),
    _text("by", True), _text("did", True), _text("what", True),
    sa.Index("orgdata_audit_at", "at"), sqlite_autoincrement=True)
