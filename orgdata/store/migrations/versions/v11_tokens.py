"""Tokens, by which other programs read what a role may see, and who revoked which."""

import sqlalchemy as sa
from alembic import op

revision = "11"
down_revision = "10"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "orgdata_tokens", sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False, quote=True)
          for name in ("source", "what", "role")),
        *(sa.Column(name, sa.Text, quote=True) for name in ("person", "function")),
        sa.Column("hash", sa.String(64), nullable=False, quote=True),
        sa.Column("by", sa.Text, nullable=False, quote=True), _moment("at"), _moment("until"),
        _moment("used_at", needed=False), sa.Column("signed", sa.Boolean),
        sa.UniqueConstraint("hash", name="orgdata_token_once"), sqlite_autoincrement=True)
    op.create_index("orgdata_tokens_of", "orgdata_tokens", ["source"])
    op.create_table(
        "orgdata_token_ends", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_id", sa.Integer, sa.ForeignKey("orgdata_tokens.id"), nullable=False),
        sa.Column("by", sa.Text, nullable=False, quote=True), _moment("at"),
        sa.Column("signed", sa.Boolean),
        sa.UniqueConstraint("token_id", name="orgdata_token_ended_once"),
        sqlite_autoincrement=True)


def _moment(name: str, needed: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed, quote=True)
