"""The log of the server: one event in a line, as JSON, without a word of data.

What is written is what stands in the code: the text of a message without what was put into it, the
type of an error and the lines it came from, the page or route of a request. Not written are
addresses of visitors, queries, ids, names of sources, and texts of errors, which quote data. A
library may put data into its texts itself: of those it is only said where they are from.
"""

import json
import logging
import sys
import traceback
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import streamlit.logger

_ACCESS = "uvicorn.access"
_OWN = ("orgdata", "uvicorn")  # texts without anything put in are constants there
_ROUTES = frozenset({"_stcore", "health", "host-config", "stream", "upload_file", "static", "media",
                     "component", "ready", "metrics", "auth", "login", "logout", "oauth2callback",
                     "api", "mcp"})
_MOST_FRAMES = 30


class JsonLines(logging.Formatter):
    """A record as one line of JSON; `words` are the parts of paths that may be told."""

    def __init__(self, words: Collection[str]) -> None:
        super().__init__()
        self.words = _ROUTES | frozenset(words)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        event: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name}
        if record.name == _ACCESS and isinstance(record.args, tuple) and len(record.args) == 5:
            _, method, path, _, status = record.args
            event |= {"event": "request", "method": method, "route": self._route(str(path)),
                      "status": status}
        else:
            event |= {"event": _text(record), "from": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            event |= {"error": kind.__qualname__, "trace": _frames(trace)}
        return json.dumps(event)

    def _route(self, path: str) -> str:
        """A path as far as its parts are words of ours."""
        told = []
        for part in path.partition("?")[0].strip("/").split("/"):
            if part and part not in self.words:
                told.append("…")
                break
            told.append(part)
        return "/" + "/".join(told)


def _text(record: logging.LogRecord) -> str:
    """What a message says in the code; of a library's whole text only that there was one."""
    if record.args or record.name.partition(".")[0] in _OWN:
        return str(record.msg).strip()
    return "said by a library"


def _frames(trace: TracebackType | None) -> list[str]:
    """The lines of code that an error came through, the last ones, without their text."""
    return [f"{frame.f_globals.get('__name__', '?')}:{line}"
            for frame, line in traceback.walk_tb(trace)][-_MOST_FRAMES:]


def to_json_lines(words: Collection[str], *others: logging.Handler) -> None:
    """Log everything of this process as lines of JSON to standard error, and to other handlers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(words))
    root = logging.getLogger()
    root.handlers[:] = [handler, *others]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    for logger in _loggers():
        _pass_on(logger)
    # Streamlit gives each logger that it makes later a handler of its own.
    streamlit.logger.setup_formatter = _pass_on
    for name in ("uvicorn", "uvicorn.error", _ACCESS, "orgdata"):
        logging.getLogger(name).setLevel(logging.INFO)


def _loggers() -> Iterator[logging.Logger]:
    return (one for one in list(logging.root.manager.loggerDict.values())
            if isinstance(one, logging.Logger))


def _pass_on(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True
