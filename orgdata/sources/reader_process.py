"""What runs in the processes that read files from outside; `confined` starts them and asks.

The forker is a Python with the readers imported and one thread. For each file it forks a keeper,
and that the reader. The keeper waits for the reader's end, or ends it, and says how it was.
"""

import gc
import os
import pickle
import select
import signal
import socket
import sys
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

from orgdata.sources.sheets import SheetsAndProblems, UnreadableFile, sheets_of

Answer = tuple[Literal["sheets", "unreadable", "memory", "failed", "nothing"],
               SheetsAndProblems | str]  # "nothing": it ended before it could answer


@dataclass(frozen=True)
class Cost:
    """What reading a file may cost, or did cost."""

    seconds: float  # of CPU
    memory: int  # bytes beside what a Python with the readers has


@dataclass(frozen=True)
class End:
    """How a reader ended."""

    signal: int = 0  # that ended it; 0 for none
    late: bool = False  # whether that was because it took too long
    cost: Cost = Cost(0, 0)


@dataclass(frozen=True)
class Request:
    """Which file to read, and what that may cost."""

    name: str
    alone: bool
    allowed: Cost
    wait: float  # seconds by the clock


def fork_readers(control: int) -> None:
    """Fork a keeper for each pair of sockets that comes: by one the file and the answer go, by the
    other what became of the reader. Ends when the process that asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the whole terminal: the asking process ends
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a keeper
    gc.freeze()
    asked = socket.socket(fileno=control)
    while True:
        message, channels, _, _ = socket.recv_fds(asked, 1, 2)
        if not message:
            return
        if os.fork() == 0:
            asked.close()
            _keep(*channels)
            os._exit(0)
        for channel in channels:
            os.close(channel)


def _keep(data: int, state: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Connection(data) as channel, socket.socket(fileno=state) as outside:
        request = pickle.loads(channel.recv_bytes())
        lives, living = os.pipe()  # closed by its end
        _, memory = _memory()
        reader = os.fork()
        if reader == 0:
            outside.close()
            _answer(channel, request)
            os._exit(0)
        channel.close()
        os.close(living)
        ready, _, _ = select.select([lives, outside.fileno()], [], [], request.wait)
        if lives not in ready:
            os.kill(reader, signal.SIGKILL)
        _, status, used = os.wait4(reader, 0)
        cost = Cost(used.ru_utime + used.ru_stime, max(0, used.ru_maxrss * 1024 - memory))
        outside.sendall(pickle.dumps(End(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                                         not ready, cost)))


def _answer(channel: Connection, request: Request) -> None:
    """Read one file as it comes, and send what it holds."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)  # what libraries print when they are aborted
    os.nice(10)  # the pages come first
    content = channel.recv_bytes()
    _limit(request.allowed)
    channel.send_bytes(answer(request, content))


def answer(request: Request, content: bytes) -> bytes:
    """The answer to a request, pickled: the sheets, or why there are none."""
    found: Answer
    try:
        found = "sheets", sheets_of(request.name, content, request.alone)
        return pickle.dumps(found)
    except UnreadableFile as error:
        found = "unreadable", str(error)
    except MemoryError:
        found = "memory", ""
    except Exception:  # a fault of ours: the file is refused, and the log says why
        found = "failed", traceback.format_exc()
    return pickle.dumps(found)


def _limit(allowed: Cost) -> None:
    import resource  # not there on Windows

    seconds, (size, _) = round(allowed.seconds), _memory()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))  # warned, then killed
    for limit, most in ((resource.RLIMIT_AS, size + allowed.memory), (resource.RLIMIT_FSIZE, 0),
                        (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))


def _memory() -> tuple[int, int]:
    """The address space and the memory that this process has, in bytes. Only Linux says so; where
    nothing does, the address space of a Python with the readers is taken to be 1 GB."""
    try:
        with open("/proc/self/statm") as file:
            space, memory = map(int, file.read().split()[:2])
    except OSError:
        return 1 << 30, 0
    return space * os.sysconf("SC_PAGE_SIZE"), memory * os.sysconf("SC_PAGE_SIZE")


def read_once() -> None:
    """Read one file from standard input, and write the answer: in a new Python, where processes
    cannot fork."""
    request, content = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(answer(request, content))
