"""Read a file from outside in a process of its own, with limits on its memory, time and result.

A file that makes the reader crash, or that costs far more than one of its size should, is refused
with one line; nobody else who uses this process notices.

The pages run in many threads, and a fork of them could wait for ever for a lock that another thread
held. So a second Python, the forker, is started once; it has one thread, and forks. Windows can
neither fork nor limit memory: there a new Python reads each file, and only its time is limited.
"""

import atexit
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from typing import cast

from orgdata.sources import limits
from orgdata.sources.limits import format_bytes
from orgdata.sources.reader_process import Answer, Cost, End, Request
from orgdata.sources.sheets import SheetsAndProblems, UnreadableFile

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_SMALL = {  # one thread, and little address space beside what is read
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",  # else what a column leaves of its room stays reserved
    "ARROW_DEFAULT_MEMORY_POOL": "system", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
_at_once = threading.BoundedSemaphore(limits.AT_ONCE)
_MEND = "open it and save it anew, or save it as CSV"


def read_confined(name: str, content: bytes, alone: bool = False) -> SheetsAndProblems:
    """The sheets of one file and the problems of reading them, as `sheets_of` has them. Raises
    UnreadableFile, also where reading it crashes or costs too much."""
    (kind, found), end = outcome(name, content, alone)
    if kind == "sheets":
        return cast("SheetsAndProblems", found)
    if kind == "failed":
        logging.getLogger(__name__).error("%s cannot be read\n%s", name, found)
    raise UnreadableFile(str(found) if kind == "unreadable" else
                         _reason(kind, end, allowed_cost(len(content))))


def outcome(name: str, content: bytes, alone: bool = False) -> tuple[Answer, End]:
    """What the process that reads a file answers, and how it ended."""
    allowed = allowed_cost(len(content))
    request = Request(name, alone, allowed, limits.WAIT + 4 * allowed.seconds)
    with _at_once:
        return (_by_fork if CAN_FORK else _by_new_process)(request, content)


def allowed_cost(size: int) -> Cost:
    """What reading a file of so many bytes may cost."""
    return Cost(limits.SECONDS + limits.SECONDS_PER_MB * size / (1 << 20),
                min(limits.MEMORY + limits.MEMORY_PER_BYTE * size, limits.MEMORY_MOST))


def _reason(kind: str, end: End, allowed: Cost) -> str:
    name = signal.Signals(end.signal).name if end.signal else "the log says why"
    if kind == "memory" or name == "SIGABRT":
        return (f"reading it takes more than {format_bytes(allowed.memory)} of memory, far more "
                f"than a file of its size should; {_MEND}")
    if end.late or name == "SIGXCPU" or end.cost.seconds > allowed.seconds:
        return (f"reading it takes more than {allowed.seconds:.0f} seconds, far more than a file "
                f"of its size should; {_MEND}")
    return f"reading it broke off ({name}); it may be damaged: {_MEND}"


def prepare() -> None:
    """Start what the first read would wait for; it is not waited for."""
    if CAN_FORK:
        _forker.prepare()


class _Forker:
    """The second Python, as the processes that read in it are asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def prepare(self) -> None:
        with self._lock:
            self._control()

    def ask(self, *channels: int) -> None:
        """Have a reader forked that holds these ends of channels."""
        with self._lock:
            try:
                socket.send_fds(self._control(), [b"."], channels)
            except OSError:  # it was killed a moment ago
                socket.send_fds(self._control(), [b"."], channels)

    def _control(self) -> socket.socket:
        """The socket by which it is asked; it is started where it does not run."""
        if not self._running or self._running[0].poll() is not None:
            self.stop()
            ours, theirs = socket.socketpair()
            with theirs:
                process = subprocess.Popen(_python(f"fork_readers({theirs.fileno()})"),
                                           stdin=subprocess.DEVNULL, env=_environment(),
                                           pass_fds=[theirs.fileno()])
            self._running = process, ours
        return self._running[1]

    def has_ended(self) -> bool:
        """Whether it was killed, with all that it was asked for."""
        try:
            return self._running is None or bool(self._running[0].wait(0.1))
        except subprocess.TimeoutExpired:
            return False

    def stop(self) -> None:
        """End it, if it was started."""
        if self._running:
            self._running[1].close()
            self._running[0].wait()
        self._running = None


_forker = _Forker()
atexit.register(_forker.stop)


def _by_fork(request: Request, content: bytes, again: bool = True) -> tuple[Answer, End]:
    data, their_data = socket.socketpair()
    state, their_state = socket.socketpair()
    with state, Connection(data.detach()) as channel:
        with their_data, their_state:
            _forker.ask(their_data.fileno(), their_state.fileno())
        answer: Answer = "nothing", ""
        try:
            channel.send_bytes(pickle.dumps(request))
            channel.send_bytes(content)
            answer = pickle.loads(channel.recv_bytes(request.allowed.memory))
        except (EOFError, ConnectionError):
            pass  # it ended before it could answer
        except OSError:
            answer = "memory", ""  # more than that was to come
        if answer[0] in ("nothing", "memory"):
            state.shutdown(socket.SHUT_WR)  # it need not go on
        end = state.recv(10_000)
    if end:
        return answer, pickle.loads(end)
    return _by_fork(request, content, False) if again and _forker.has_ended() else (
        answer, End(signal.SIGKILL))


def _by_new_process(request: Request, content: bytes) -> tuple[Answer, End]:
    try:
        done = subprocess.run(_python("read_once()"), input=pickle.dumps((request, content)),
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=_environment(), timeout=request.wait, check=False)
    except subprocess.TimeoutExpired:
        return ("nothing", ""), End(late=True)
    return (pickle.loads(done.stdout) if done.returncode == 0 else ("nothing", ""),
            End(max(0, -done.returncode)))


def _environment() -> dict[str, str]:
    """The environment of a process that reads, without what is ours: passwords are among it."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("ORGDATA_", "STREAMLIT_", "PG"))} | _SMALL


def _python(call: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; "
            f"from orgdata.sources import reader_process; reader_process.{call}"]
