"""Snapshots of a portfolio, with the gaps and goalposts of each."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Create the tables of snapshots."""
    op.create_table(
        "orgdata_snapshots", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False), sa.Column("day", sa.Date, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("headlines", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("source", "day", "fingerprint", name="orgdata_snapshot_once"),
        sqlite_autoincrement=True)
    op.create_table(
        "orgdata_snapshot_gaps",
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"),
                  primary_key=True),
        sa.Column("key", sa.Text, primary_key=True, quote=True),
        sa.Column("code", sa.Text, nullable=False), sa.Column("severity", sa.Text, nullable=False))
    op.create_table(
        "orgdata_goalposts",
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"),
                  primary_key=True),
        sa.Column("kr_id", sa.Text, primary_key=True), sa.Column("kind", sa.Text, nullable=False),
        sa.Column("baseline", sa.Double), sa.Column("target", sa.Double),
        sa.Column("due", sa.Date), sa.Column("start", sa.Date))
