"""The proxy of the benchmark says who somebody is, whatever they say, and goes on where it can."""

import asyncio
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from bench.replicas import ROOT, free_port
from tests import apart


@contextmanager
def proxy(*ports):
    port = free_port()
    running = subprocess.Popen([sys.executable, "-m", "bench.balancer", str(port), *map(str, ports)], cwd=ROOT)
    try:
        for _ in range(600):
            assert running.poll() is None
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait()


async def _asked(ports, asked):
    """What each of some requests came to the replica as, at some ports of which one is that of the
    replica."""
    got = []

    async def answer(reader, writer):
        got.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhere")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", ports[-1]):
        with proxy(*ports) as port:
            for lines in asked:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write("\r\n".join(["GET / HTTP/1.1", *lines, "", ""]).encode())
                assert (await reader.read()).endswith(b"here")
                writer.close()
    return got


@pytest.mark.parametrize("away", [0, 1])
def test_it_says_who_somebody_is_to_a_replica_that_answers(away):
    ports = [free_port() for _ in range(away + 1)]
    one, other = apart.run(_asked(ports, [
        ["X-Visitor: ada@x", "x-email: eve@x", "Host: h"], ["X-Visitor: bo@x", "Host: h"]]))
    assert "\r\nX-Email: ada@x\r\n" in one
    assert "eve@x" not in one
    assert "\r\nX-Email: bo@x\r\n" in other
