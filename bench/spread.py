"""Databases that span machines, as far as one machine can: a front whose tables are hash partitions
on two servers behind it. PostgreSQL by postgres_fdw, and MariaDB by Spider, both of Debian.

Tests and `bench.history` use them. What asks for a table with a plain `create table` gets one that
is spread, once `spreading` listens.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

FRONT, BACKS = 0, (1, 2)
# Each part of a table with its server. Three of them: MariaDB parts texts unevenly by halves.
PARTS = ((0, 1), (1, 2), (2, 1))
_CREATE = re.compile(r"\s*create table (\w+) \((.*)\)\s*", re.IGNORECASE | re.DOTALL)
_MARIADB = Path("/usr/share/mysql")  # where its packages put what a new one is made of
_PLUGIN = Path("/usr/lib/mysql/plugin/ha_spider.so")


class NotInstalled(Exception):
    """What these databases need is not on this machine; the text says what."""


@dataclass
class Spread:
    """A front and its two back-ends, on sockets in one folder only."""

    kind: str  # postgresql, mariadb
    folder: Path
    commands: dict[int, list[str]]  # that start each server
    running: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def url(self, number: int, database: str) -> str:
        """The URL of a database on one of the servers."""
        if self.kind == "mariadb":
            return f"mariadb+pymysql://root@/{database}?unix_socket={self.folder}/s{number}"
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port={5430 + number}"

    @property
    def _first(self) -> str:
        """The database that there is from the beginning."""
        return "postgres" if self.kind == "postgresql" else ""

    def start(self, number: int) -> None:
        """Start a server, and wait until it answers."""
        with (self.folder / f"log{number}").open("ab") as log:
            self.running[number] = subprocess.Popen(
                self.commands[number], stdout=log, stderr=log, cwd=self.folder,
                user="postgres" if self.kind == "postgresql" and os.getuid() == 0 else None)
        engine = sa.create_engine(self.url(number, self._first), poolclass=sa.NullPool)
        socket = self.folder / f"s{number}"
        for _ in range(1_200):
            if self.running[number].poll() is not None:
                raise RuntimeError((self.folder / f"log{number}").read_text()[-2_000:])
            if self.kind == "postgresql" or socket.exists():
                with suppress(sa.exc.OperationalError):
                    engine.connect().close()
                    return
            time.sleep(0.05)
        raise RuntimeError(f"server {number} does not answer")

    def kill(self, number: int) -> None:
        """End a server at once, as a machine that fails does."""
        if self.kind == "postgresql":  # SIGQUIT: its processes end with it, without a word
            self.running[number].send_signal(3)
        else:
            self.running[number].kill()
        self.running.pop(number).wait(60)
        (self.folder / f"s{number}").unlink(missing_ok=True)

    def create(self, database: str) -> str:
        """The URL of a new database, whose tables will be spread."""
        characters = "" if self.kind == "postgresql" else " character set utf8mb4"
        for number in (FRONT, *BACKS):
            _run(self.url(number, self._first), f"create database {database}{characters}")
        servers = [statement for number in BACKS
                   for statement in self._server(f"{database}_{number}", number, database)]
        if self.kind == "postgresql":  # parts have a schema of their own: we read those of ours
            servers = ["create extension postgres_fdw", "create schema parts", *servers]
        _run(self.url(FRONT, database), *servers)
        return self.url(FRONT, database)

    def _server(self, name: str, number: int, database: str) -> list[str]:
        if self.kind == "mariadb":
            return [f"create server {name} foreign data wrapper mysql options (host 'localhost', "
                    f"socket '{self.folder}/s{number}', database '{database}', user 'root')"]
        return [f"create server {name} foreign data wrapper postgres_fdw options (host "
                f"'{self.folder}', port '{5430 + number}', dbname '{database}', batch_size '1000')",
                f"create user mapping for public server {name} options (user 'postgres')"]

    def statements(self, database: str, table: str, columns: str) -> list[str]:
        """Create a table on both back-ends; returns what spreads it over them, for the front: by
        its key, or by its first columns."""
        if self.kind == "mariadb":  # which parts by no text without a length
            columns = re.sub(r"\btext\b", "varchar(350)", columns, flags=re.I)
        columns = re.sub(r"\bconstraint \w+ ", "", columns, flags=re.I)  # two parts, one name
        keyed = re.search(r"primary key \((.*?)\)", columns, flags=re.I)
        key = keyed[1] if keyed else _names(columns)
        for part, number in PARTS:
            _run(self.url(number, database), f"drop table if exists {part_of(table, part)}",
                 f"create table {part_of(table, part)} ({columns})")
        if self.kind == "mariadb":
            parts = ", ".join(f"partition p{part} comment = 'srv \"{database}_{number}\", "
                              f"table \"{part_of(table, part)}\"'" for part, number in PARTS)
            return [f"create table {table} ({columns}) engine = spider "
                    f"comment = 'wrapper \"mysql\"' partition by key ({key}) ({parts})"]
        return [f"create table {table} ({columns}) partition by hash ({key})", *(
            statement for part, number in PARTS for statement in (
                f"create foreign table parts.{part_of(table, part)} ({columns}) "
                f"server {database}_{number} options (schema_name 'public')",
                f"alter table {table} attach partition parts.{part_of(table, part)} "
                f"for values with (modulus {len(PARTS)}, remainder {part})"))]


def part_of(table: str, part: int) -> str:
    """The name of a part of a table on its server."""
    return f"{table}_p{part}"


@contextmanager
def spreading(spread: Spread, database: str) -> Iterator[None]:
    """Have every `create table` in this database of the front make one that is spread."""
    def listen(connection: sa.Connection, cursor: Any, statement: str, parameters: Any,
               *_: object) -> tuple[str, Any]:
        url, made = connection.engine.url, _CREATE.fullmatch(statement)
        if not made or url != sa.make_url(spread.url(FRONT, database)):
            return statement, parameters
        *first, last = spread.statements(database, made[1], made[2])
        for one in first:
            cursor.execute(one)
        return last, parameters

    event.listen(sa.Engine, "before_cursor_execute", listen, retval=True)
    try:
        yield
    finally:
        event.remove(sa.Engine, "before_cursor_execute", listen)


@contextmanager
def postgresql() -> Iterator[Spread]:
    """Three PostgreSQL servers, as the user postgres where we are root. Raises NotInstalled."""
    control = sorted(Path("/usr/share/postgresql").glob("*/extension/postgres_fdw.control"))
    if not control:
        raise NotInstalled("PostgreSQL with postgres_fdw is not installed (Debian: postgresql)")
    programs = Path("/usr/lib/postgresql") / control[-1].parts[-3] / "bin"
    folder = Path(tempfile.mkdtemp(prefix="sp"))
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    subprocess.run([programs / "initdb", "-D", folder / "0", "-U", "postgres", "-A", "trust",
                    "-E", "UTF8", "--no-locale", "--no-sync"], check=True, capture_output=True,
                   cwd=folder, user=user)
    with _started(Spread("postgresql", folder, {number: [
            f"{programs}/postgres", "-D", f"{folder}/{number}", "-k", str(folder), "-p",
            str(5430 + number), "-c", "listen_addresses=", "-c", "fsync=off"]
            for number in (FRONT, *BACKS)})) as spread:
        yield spread


@contextmanager
def mariadb() -> Iterator[Spread]:
    """Three MariaDB servers, the first with Spider. Raises NotInstalled."""
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    if not program or not _PLUGIN.is_file() or not (_MARIADB / "mysql_system_tables.sql").is_file():
        raise NotInstalled("MariaDB with Spider is not installed (Debian: mariadb-server-core and "
                           "mariadb-plugin-spider)")
    folder = Path(tempfile.mkdtemp(prefix="sp"))
    (folder / "0").mkdir()
    as_root = ["--user=root"] if os.getuid() == 0 else []
    commands = {number: [
        program, "--no-defaults", f"--datadir={folder}/{number}", "--innodb-log-file-size=4M",
        "--innodb-buffer-pool-size=32M", *as_root] for number in (FRONT, *BACKS)}
    made_of = "create database mysql;\nuse mysql;\n" + "".join(
        (_MARIADB / f"mysql_system_tables{part}.sql").read_text("utf-8") for part in ("", "_data"))
    subprocess.run([*commands[FRONT], "--bootstrap"], input=made_of.encode(), check=True,
                   capture_output=True, timeout=60)
    for number, command in commands.items():
        command += [f"--socket={folder}/s{number}", f"--pid-file={folder}/pid{number}",
                    "--skip-networking"]
    commands[FRONT] += [f"--plugin-load-add={_PLUGIN.name}", "--plugin-maturity=beta"]
    with _started(Spread("mariadb", folder, commands)) as spread:
        yield spread


@contextmanager
def _started(spread: Spread) -> Iterator[Spread]:
    try:
        for number in BACKS:
            subprocess.run(["cp", "-a", spread.folder / "0", spread.folder / str(number)],
                           check=True)
        for number in (FRONT, *BACKS):
            spread.start(number)
        yield spread
    finally:
        for number in list(spread.running):
            spread.kill(number)  # nothing in it is kept
        shutil.rmtree(spread.folder)


def _names(columns: str) -> str:
    """The names of the first two of some columns, which stand there with their types."""
    return ", ".join(one.split()[0] for one in re.sub(r"\([^)]*\)", "", columns).split(",")[:2])


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
