"""What people say of snapshots, which entry a form was filled from, and what snapshots hold beside
gaps: gaps that could not be judged, and expectations."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Create the tables, and add the columns to entries."""
    def text(name: str, needed: bool = False) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=not needed, quote=True)

    def of_snapshot(in_key: bool) -> sa.Column[int]:
        return sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"),
                         primary_key=in_key, nullable=False)

    op.create_table(
        "orgdata_snapshot_marks", sa.Column("id", sa.Integer, primary_key=True),
        of_snapshot(False), text("mark", True), text("text"), text("by", True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True),
        sqlite_autoincrement=True)
    op.create_index("orgdata_snapshot_marks_of", "orgdata_snapshot_marks", ["snapshot_id"])
    op.create_table(
        "orgdata_snapshot_unjudged", of_snapshot(True),
        sa.Column("key", sa.Text, primary_key=True, quote=True))
    op.create_table(
        "orgdata_expectations", of_snapshot(True),
        sa.Column("expectation_id", sa.Text, primary_key=True), text("what", True),
        sa.Column("by_when", sa.Date))
    op.add_column("orgdata_gap_changes", sa.Column("seen", sa.Integer))
    op.add_column("orgdata_decision_changes", sa.Column("reason", sa.Text))
