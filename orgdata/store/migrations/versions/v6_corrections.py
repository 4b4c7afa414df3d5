"""Corrections of a source, and that they were undone."""

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Create the tables."""
    def text(name: str, needed: bool = False) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=not needed, quote=True)

    def at() -> sa.Column[object]:
        return sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True)

    op.create_table(
        "orgdata_corrections", sa.Column("id", sa.Integer, primary_key=True),
        text("source", True), text("table", True), text("operation", True),
        *(sa.Column(name, sa.JSON, nullable=name == "before", quote=True)
          for name in ("key", "values", "before")),
        text("reason"), text("gap_key"), text("by", True), at(), sqlite_autoincrement=True)
    op.create_index("orgdata_corrections_of", "orgdata_corrections", ["source"])
    op.create_table(
        "orgdata_correction_undos", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("correction_id", sa.Integer, sa.ForeignKey("orgdata_corrections.id"),
                  nullable=False),
        text("reason"), text("by", True), at(), sqlite_autoincrement=True)
    op.create_index("orgdata_correction_undos_of", "orgdata_correction_undos", ["correction_id"])
