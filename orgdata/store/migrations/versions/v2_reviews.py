"""The tables of reviews: states of gaps, decisions, confirmations."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Create the tables of the weekly review, to which rows are only added."""
    def text(name: str, needed: bool = False) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=not needed, quote=True)

    def key() -> sa.Column[int]:
        return sa.Column("id", sa.Integer, primary_key=True)

    def moment() -> sa.Column[object]:
        return sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True)

    op.create_table(
        "orgdata_gap_changes", key(), text("source", True), text("key", True), text("state", True),
        text("owner"), sa.Column("due", sa.Date), sa.Column("until", sa.Date), text("reason"),
        text("by", True), moment(), sqlite_autoincrement=True)
    op.create_index("orgdata_gap_changes_of", "orgdata_gap_changes", ["source", "key"])
    op.create_table(
        "orgdata_decisions", key(), text("source", True), text("kind", True), text("text", True),
        text("owner"), sa.Column("due", sa.Date), sa.Column("made_on", sa.Date, nullable=False),
        text("gap_key"), text("by", True), moment(), sqlite_autoincrement=True)
    op.create_index("orgdata_decisions_of", "orgdata_decisions", ["source"])
    op.create_table(
        "orgdata_decision_changes", key(),
        sa.Column("decision_id", sa.Integer, sa.ForeignKey("orgdata_decisions.id"), nullable=False),
        text("change", True), text("owner"), sa.Column("due", sa.Date),
        sa.Column("done_on", sa.Date), text("by", True), moment(), sqlite_autoincrement=True)
    op.create_index("orgdata_decision_changes_of", "orgdata_decision_changes", ["decision_id"])
    op.create_table(
        "orgdata_confirmations", key(), text("source", True), text("kind", True),
        text("product_id", True), text("outcome_id"), text("answer", True), text("text"),
        text("by", True), sa.Column("on", sa.Date, nullable=False, quote=True),
        sqlite_autoincrement=True)
    op.create_index("orgdata_confirmations_of", "orgdata_confirmations", ["source"])
