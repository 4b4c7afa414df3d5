"""The table of uploaded files that are saved as a named source, with their mapping."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Create the table; the last entry of a name counts."""
    op.create_table(
        "orgdata_sources", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, quote=True),
        sa.Column("files", sa.LargeBinary, nullable=False),
        sa.Column("settings", sa.Text, nullable=False, quote=True),
        sa.Column("by", sa.Text, nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True),
        sqlite_autoincrement=True)
    op.create_index("orgdata_sources_of", "orgdata_sources", ["name"])
