"""Confirmations become corrections, in the order in which they were made; what was done as one
thing is told apart.

What cannot be understood stays where it is, and is counted as left out.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import op

from orgdata.edits import EditError
from orgdata.edits.answers import on_link, on_purpose
from orgdata.edits.edit import Edit
from orgdata.store.column_types import Day, Utc

revision = "8"
down_revision = "7"

_BEFORE = sa.table("orgdata_confirmations", sa.column("id"), *(
    sa.column(name, sa.Text) for name in ("source", "kind", "product_id", "outcome_id", "answer",
                                          "text", "by")), sa.column("on", Day))
_AFTER = sa.table("orgdata_corrections", *(
    sa.column(name, sa.Text) for name in ("source", "table", "operation", "reason", "by",
                                          "answer")),
    *(sa.column(name, sa.JSON) for name in ("key", "values")), sa.column("at", Utc),
    sa.column("on", Day))


def upgrade() -> None:
    """Add the columns, and bring every confirmation over."""
    for column in (sa.Column("answer", sa.Text, quote=True), sa.Column("on", Day, quote=True),
                   sa.Column("of", sa.Integer, quote=True)):
        op.add_column("orgdata_corrections", column)
    connection = op.get_bind()
    for row in connection.execute(sa.select(_BEFORE).order_by(_BEFORE.c.id)).mappings().all():
        if (edit := _edit(row)) is None:
            continue
        connection.execute(sa.insert(_AFTER).values(
            source=row["source"], table=edit.table, operation=edit.operation, key=dict(edit.key),
            values=dict(edit.values), reason=row["text"] if row["kind"] == "link" else None,
            by=row["by"], answer=row["answer"], on=row["on"],
            at=datetime.combine(row["on"], time(12), UTC)))  # of which only the day was kept
        connection.execute(sa.delete(_BEFORE).where(_BEFORE.c.id == row["id"]))


def _edit(row: Any) -> Edit | None:
    """The edit that an answer is; None for one of another version or program."""
    texts = ("source", "product_id", "by") + (
        ("text",) if row["kind"] == "role" else ("outcome_id",))
    if not all(isinstance(row[name], str) and row[name] for name in texts) or not (
            isinstance(row["on"], date)):
        return None
    edit = None
    if row["kind"] == "role" and row["answer"] in ("confirmed", "rewritten"):
        edit = on_purpose(row["product_id"], row["text"], row["by"], row["on"])
    elif row["kind"] == "link" and row["answer"] in ("confirmed", "declined"):
        edit = on_link(row["product_id"], row["outcome_id"], row["answer"], row["by"], row["on"])
    with suppress(EditError):
        if edit is not None:
            edit.check()
            return edit
    return None
