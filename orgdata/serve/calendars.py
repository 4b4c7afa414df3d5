"""A calendar that others subscribe to: `/calendar/TOKEN.ics`. The address itself lets in, as
calendars can send nothing else; so it is shown once, and revoked like any other token.
"""

import asyncio
import time
from hashlib import sha256
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from orgdata.access import Refused
from orgdata.exports.calendar import calendar
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.serve.bearers import A_MINUTE
from orgdata.serve.hosts import CALENDAR
from orgdata.serve.problems import problem
from orgdata.sources import SourceError
from orgdata.ui.shell import programs, rights
from orgdata.ui.shell.cache import Results
from orgdata.ui.shell.pace import Pace
from orgdata.ui.shell.programs import Wanted

PATH = f"{CALENDAR}/{{token}}.ics"
_PACE = Pace(A_MINUTE)
_MADE = Results(64, 4 << 20, lambda made: len(cast(bytes, made)))


async def answer(request: Request) -> Response:
    """The calendar of who has this address; for any other the same as where nothing is."""
    return await asyncio.to_thread(_answer, request)


def _answer(request: Request) -> Response:
    try:
        token = programs.bearer(request.path_params["token"])
        if token is None:
            return problem(404)
        if wait := _PACE.wait(token.id or 0, time.monotonic()):
            return problem(429, headers={"retry-after": f"{wait}"})
        theirs = rights.of_token(token)
        asking = programs.asking(theirs, Wanted())
        made = cast(bytes, _MADE.get((asking.version, theirs.key), lambda: calendar(
            asking.reading.evaluation, theirs)))
    except Refused:
        return problem(404)
    except (SourceError, SettingsError, StoreError):
        return problem(503, "what is asked for cannot be read", {"retry-after": "3600"})
    tag = f'"{sha256(made).hexdigest()[:32]}"'
    headers = {"cache-control": "private, no-cache", "etag": tag, "referrer-policy": "no-referrer"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(made, headers=headers, media_type="text/calendar; charset=utf-8")
