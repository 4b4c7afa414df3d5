"""The dashboard served by uvicorn with its limits: `python -m orgdata.serve --host … --port …`.

All options are uvicorn's, and one that is given stands above what is here.
"""

import os
import sys

from orgdata.serve.messages import LARGEST

_HEAD = 64 << 10  # bytes of a request before its body: httptools would keep whatever comes
_FILES = 65_536  # open at a time: a connection of a page takes four
_LINE = 32 << 10  # bytes of a line of it: all cookies are one, and a sign-in may be some of them
OPTIONS = {
    "log-level": "warning", "http": "h11", "h11-max-incomplete-event-size": _HEAD,
    # 15 KB are unpacked to 15 MB, in the loop that serves everybody
    "ws": "websockets-sansio", "ws-max-size": LARGEST, "ws-per-message-deflate": "false"}


def main() -> None:
    """Serve until the process is ended."""
    os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", str(_LINE))  # read when it is imported
    _open_many_files()
    from uvicorn.main import main as serve

    serve(["orgdata.serve:app", *(f"--{name}={value}" for name, value in OPTIONS.items()),
           *sys.argv[1:]])


def _open_many_files() -> None:
    """A login shell lets a process have 1,024, which is enough for 250 pages."""
    try:
        import resource
    except ImportError:  # it is not there on Windows, and no such limit
        return
    may, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
    if resource.RLIM_INFINITY != may < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


if __name__ == "__main__":
    main()
