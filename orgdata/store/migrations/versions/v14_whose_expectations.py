"""Of which product and function an expectation was: what another one agreed to is not its own."""

import sqlalchemy as sa
from alembic import op

revision = "14"
down_revision = "13"


def upgrade() -> None:
    """Add the columns; of earlier snapshots they are unknown."""
    for name in ("product_id", "partner"):
        op.add_column("orgdata_expectations", sa.Column(name, sa.Text, quote=True))
