"""Changes that somebody proposes, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "10"
down_revision = "9"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "orgdata_proposals", sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False, quote=True)
          for name in ("source", "what", "by", "address")),
        _at(), sa.Column("edits", sa.JSON, nullable=False),
        *(sa.Column(name, sa.Text, quote=True) for name in ("reason", "gap_key")),
        sa.Column("seen", sa.Integer, nullable=False), sa.Column("signed", sa.Boolean),
        sqlite_autoincrement=True)
    op.create_index("orgdata_proposals_of", "orgdata_proposals", ["source"])
    op.create_table(
        "orgdata_proposal_answers", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("proposal_id", sa.Integer, sa.ForeignKey("orgdata_proposals.id"),
                  nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, quote=True) for name in ("answer", "by")),
        _at(), sa.Column("reason", sa.Text, quote=True), sa.Column("signed", sa.Boolean),
        sa.UniqueConstraint("proposal_id", name="orgdata_proposal_answered_once"),
        sqlite_autoincrement=True)


def _at() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False, quote=True)
