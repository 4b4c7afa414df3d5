"""Scenarios of a source, and what a decision that adopts one expects."""

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "orgdata_scenarios", sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False, quote=True)
          for name in ("source", "token", "name")),
        sa.Column("steps", sa.JSON, quote=True),
        sa.Column("by", sa.Text, nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True),
        sqlite_autoincrement=True)
    op.create_index("orgdata_scenarios_of", "orgdata_scenarios", ["source"])
    op.add_column("orgdata_decisions", sa.Column("expected", sa.JSON))
