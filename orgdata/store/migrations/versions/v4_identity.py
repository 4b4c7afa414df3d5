"""Which store it is: a store made anew in the place of another one is told apart from it."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Create the table with its one row."""
    table = op.create_table(
        "orgdata_identity", sa.Column("id", sa.String(32), primary_key=True, quote=True))
    op.bulk_insert(table, [{"id": uuid.uuid4().hex}])
