"""The types in the columns of a database: as declared, or in SQLite cell by cell."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_TYPE_OF = {"sqlite": "typeof", "duckdb": "typeof", "postgresql": "pg_typeof"}
_KINDS = {
    **dict.fromkeys(("text", "character varying", "varchar", "mediumtext", "longtext", "tinytext"),
                    "text"),
    **dict.fromkeys(("integer", "bigint", "smallint", "int", "mediumint", "tinyint", "hugeint"),
                    "whole"),
    **dict.fromkeys(("numeric", "decimal", "double precision", "double", "real", "float"),
                    "number"),
    "date": "day", "uuid": "whole",
    **dict.fromkeys(("timestamp", "timestamp without time zone", "timestamp with time zone",
                     "datetime"), "moment"),
}
_FITTING = {  # the kinds in which SQL reads a column as we do
    "kr_id": {"text", "whole"}, "date": {"day", "moment", "text"}, "value": {"whole", "number"},
    "confidence": {"whole", "number"}, "status": {"text"}, "note": {"text"},
    "author_id": {"text", "whole"},
}


def column_types(connection: Connection, table: sa.TableClause,
                 columns: Mapping[str, str]) -> dict[str, set[str]] | None:
    """The types in each column (`columns`: ours → theirs), as the database names them; None if we
    do not know how to query them."""
    name = connection.dialect.name
    if name in ("mysql", "mariadb"):
        return _declared(connection, table, columns)
    if name not in _TYPE_OF:
        return None
    type_of = getattr(sa.func, _TYPE_OF[name])
    query = sa.select(*(sa.cast(type_of(sa.column(theirs)), sa.Text)
                        for theirs in columns.values())).select_from(table)
    # in SQLite every cell has a type of its own
    rows = connection.execute(query.distinct() if name == "sqlite" else query.limit(1)).all()
    return {ours: {row[at] for row in rows} for at, ours in enumerate(columns)} if rows else None


def _declared(connection: Connection, table: sa.TableClause,
              columns: Mapping[str, str]) -> dict[str, set[str]] | None:
    of = sa.table("columns", *map(sa.column, ("table_schema", "table_name", "column_name",
                                              "data_type")), schema="information_schema")
    type_by_column = {str(row[0]): str(row[1]) for row in connection.execute(
        sa.select(of.c.column_name, of.c.data_type).where(
            of.c.table_schema == (table.schema or sa.func.database()),
            of.c.table_name == table.name))}
    if not set(columns.values()) <= type_by_column.keys():
        return None
    return {ours: {type_by_column[theirs]} for ours, theirs in columns.items()}


def plain_kinds(types: Mapping[str, set[str]]) -> dict[str, str] | None:
    """The kind of each column: text, whole, number, day or moment; None if one has an unfit kind.

    A column of SQLite may hold several kinds of number. A column without values fits everything.
    """
    kinds = {}
    for ours, names in types.items():
        present = {_KINDS.get(name.lower().partition("(")[0].strip(), "other") for name in names
                   if name.lower() != "null"}
        present = {"number"} if present == {"whole", "number"} else present
        present = present or {min(_FITTING[ours])}
        if len(present) > 1 or not present <= _FITTING[ours]:
            return None
        kinds[ours] = present.pop()
    return kinds
