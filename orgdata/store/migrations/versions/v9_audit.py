"""Who did what, and which entries were made by somebody who had signed in."""

import sqlalchemy as sa
from alembic import op

revision = "9"
down_revision = "8"

_ENTRIES = ("snapshot_marks", "gap_changes", "decisions", "decision_changes", "corrections",
            "correction_undos")


def upgrade() -> None:
    """Create the table and the columns."""
    op.create_table(
        "orgdata_audit", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True),
        *(sa.Column(name, sa.Text, nullable=False, quote=True) for name in ("by", "did", "what")),
        sqlite_autoincrement=True)
    op.create_index("orgdata_audit_at", "orgdata_audit", ["at"])
    for name in _ENTRIES:
        op.add_column(f"orgdata_{name}", sa.Column("signed", sa.Boolean))
