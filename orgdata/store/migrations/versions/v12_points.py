"""The figures of each snapshot, from this version on; those of earlier ones are found anew."""

import sqlalchemy as sa
from alembic import op

revision = "12"
down_revision = "11"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "orgdata_points",
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("orgdata_snapshots.id"),
                  primary_key=True),
        sa.Column("content", sa.JSON, nullable=False))
