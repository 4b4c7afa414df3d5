"""Real databases of four kinds, each private to the test that asks for one."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.databases import run

KINDS = ("sqlite", "postgresql", "duckdb", "mariadb")
SQL = Path("/usr/share/mysql")  # where the packages of MariaDB put what a new one is made of


@pytest.fixture(params=KINDS)
def database(request, tmp_path) -> str:
    """The URL of an empty database of each kind."""
    return empty(request, tmp_path, request.param)


def empty(request, tmp_path: Path, kind: str) -> str:
    if kind == "sqlite":
        sqlite3.connect(tmp_path / "portfolio.db").close()
        return f"sqlite:///{tmp_path / 'portfolio.db'}"
    if kind == "duckdb":
        return f"duckdb:///{tmp_path / 'portfolio.duckdb'}"
    name = "t" + hashlib.sha1(str(tmp_path).encode()).hexdigest()[:12]
    if kind == "mariadb":
        server = request.getfixturevalue("mariadb")
        run(server, f"create database {name} character set utf8mb4")
        return server.replace("/?", f"/{name}?")
    server = request.getfixturevalue("postgres")
    run(server, f"create database {name}", isolation_level="AUTOCOMMIT")
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """The URL of a real MariaDB of this test run, on a socket only, root without a password."""
    mariadbd = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    if not mariadbd or not (SQL / "mysql_system_tables.sql").is_file():
        pytest.skip("MariaDB is not installed (Debian: mariadb-server-core)")
    folder = Path(tempfile.mkdtemp(prefix="my"))  # short, as a socket's path has to be
    command = [mariadbd, "--no-defaults", f"--datadir={folder}", "--innodb-log-file-size=4M",
               "--innodb-buffer-pool-size=32M"]
    command += ["--user=root"] if os.getuid() == 0 else []
    made_of = "create database mysql;\nuse mysql;\n" + "".join(
        (SQL / f"mysql_system_tables{part}.sql").read_text("utf-8") for part in ("", "_data"))
    subprocess.run([*command, "--bootstrap"], input=made_of, text=True, check=True,
                   capture_output=True, timeout=60)
    server = subprocess.Popen([*command, f"--socket={folder}/s", "--skip-networking",
                               f"--pid-file={folder}/pid"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            if (folder / "s").exists():
                break
            assert server.poll() is None, "mariadbd ended"
            time.sleep(0.05)
        yield f"mariadb+pymysql://root@/?unix_socket={folder}/s"
    finally:
        server.kill()  # nothing in it is kept
        server.wait(30)
        shutil.rmtree(folder)
