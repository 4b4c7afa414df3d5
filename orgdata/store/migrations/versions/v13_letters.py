"""Which letters of the week went out."""

import sqlalchemy as sa
from alembic import op

revision = "13"
down_revision = "12"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "orgdata_letters", sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("letter", "on_day")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True),
        sa.UniqueConstraint("letter", name="orgdata_letter_once"),
        sa.UniqueConstraint("on_day", name="orgdata_letter_a_day"), sqlite_autoincrement=True)
