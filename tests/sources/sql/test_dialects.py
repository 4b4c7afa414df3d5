"""Our statements in the words of each kind of database that people may name as a source.

Those of servers that are run here are run by the other tests. The others are compiled: what their
dialect cannot say would fail at the first reader's. Where a dialect is not installed its test is
skipped; which those are, and what is said of each, is in a document (DATABASES.md).
"""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from orgdata.docs.databases import ENGINES
from orgdata.sources.sql import recent_check_ins, weekly_values
from orgdata.sources.sql.changes import Change, statement
from orgdata.sources.sql.recent_check_ins import Readable

DAY = date(2026, 11, 20)
NAMES = ["kr_id", "date", "value", "confidence", "status", "select"]  # one is a word of SQL
KINDS = {"kr_id": "text", "date": "day", "value": "number", "confidence": "number", "status": "text"}
TABLE = sa.table("check_ins", schema="planning")


def dialect_of(engine):
    """The dialect of an engine, without its driver."""
    module, _, name = engine.dialect.partition(":")
    try:
        found = getattr(import_module(module), name)
    except ImportError as missing:
        pytest.skip(f"{engine.package} is not installed ({missing})")
    return found()


def readable(dialect):
    """A table of check-ins whose cells are read as we do."""
    columns = {name: sa.column(name) for name in KINDS}
    connection = SimpleNamespace(dialect=dialect)
    key = recent_check_ins._as_bytes(connection, "kr_id", KINDS)
    return Readable(TABLE, NAMES, columns, KINDS, key, columns["date"], [sa.column("kr_id")])


def statements(dialect):
    """Every statement that is made for a source, by what it does."""
    table, asked = readable(dialect), []

    def listen(statement):
        asked.append(statement)
        return SimpleNamespace(fetchmany=lambda _: [], connection=SimpleNamespace(info={}),
                               keys=lambda: NAMES, scalars=lambda: SimpleNamespace(all=list))

    listening = SimpleNamespace(execute=listen, dialect=dialect)
    recent_check_ins._counted(listening, table, SimpleNamespace(ids=set()))
    recent_check_ins._are_days(listening, TABLE, sa.column("date"))
    change = {"products": ({"product_id": "P1"}, {"name": "A", "owner": ""}, {"name": "B"})}
    key, before, after = change["products"]
    made = {"counting": asked[0], "days": asked[1],
            "all": sa.select(sa.text("*")).select_from(TABLE),
            "columns": sa.select(sa.text("*")).select_from(TABLE).where(sa.false()),
            "recent": recent_check_ins._query(table, DAY, ["K9"], 10),
            "weeks": weekly_values._query(table, ["K1", "K2"], [DAY], DAY)}
    return made | {one: statement(Change(one, "planning.products", key, before, after), before,
                                  sa.literal) for one in ("set", "add", "end")}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.name)
def test_every_statement_can_be_said(engine):
    dialect = dialect_of(engine)
    said = {name: str(made.compile(dialect=dialect)) for name, made in statements(dialect).items()}
    assert min(map(len, said.values())) > 10
    assert said["recent"].lower().count(" over (") >= 4
    assert "planning" in said["all"]
    assert said["set"].lower().startswith("update")
    word = dialect.identifier_preparer.quote("select")
    assert word != "select"
    assert word in said["recent"]


def test_what_a_dialect_cannot_say_is_noticed():
    class Unheard(sa.sql.expression.ColumnElement):
        __visit_name__ = "unheard"

    with pytest.raises(sa.exc.UnsupportedCompilationError):
        str(sa.select(Unheard()).compile(dialect=dialect_of(ENGINES[0])))
