"""/metrics for Prometheus, shown to who knows the secret in ORGDATA_METRICS_TOKEN, and nobody else.

To be on the same machine is no proof of anything: behind a proxy all visitors seem to be. Where no
secret is set there are no metrics, as for who does not know it there is nothing but a 401.
"""

import hmac
import logging
import os

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit import runtime

from orgdata.ui.shell.metrics import REGISTRY

PATH = "/metrics"
_SESSIONS = Gauge("orgdata_sessions", "Browser tabs that are connected.", registry=REGISTRY)
_ERRORS = Counter("orgdata_errors", "Errors in the log, by the program that said so.", ["of"],
                  registry=REGISTRY)
_PROGRAMS = ("orgdata", "streamlit", "uvicorn")
for _program in (*_PROGRAMS, "other"):
    _ERRORS.labels(_program)  # 0 before the first: else that would be no increase


async def answer(request: Request) -> Response:
    """The metrics of this process, or why they are not shown."""
    secret = os.environ.get("ORGDATA_METRICS_TOKEN", "")
    if not secret:
        return PlainTextResponse("Not Found", 404)
    said = request.headers.get("authorization", "")
    if not hmac.compare_digest(said.encode(), f"Bearer {secret}".encode()):
        return PlainTextResponse("Unauthorized", 401, {"www-authenticate": "Bearer"})
    _SESSIONS.set(runtime.get_instance()._session_mgr.num_active_sessions()
                  if runtime.exists() else 0)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST,
                    headers={"cache-control": "no-store"})


class CountedErrors(logging.Handler):
    """Counts the errors that are logged."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record, where it is an error."""
        if record.levelno >= logging.ERROR:
            program = record.name.partition(".")[0]
            _ERRORS.labels(program if program in _PROGRAMS else "other").inc()
