"""The portfolio for other programs over HTTP: `/api/v1/`, read-only, in JSON or CSV.

An answer is worked out once for all who are shown the same, from what the pages have evaluated, and
its ETag is a hash of it: so it is the same on every replica, and after a reload that changed
nothing.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orgdata import METHOD_VERSION
from orgdata.access import Refused, Rights
from orgdata.api.as_csv import as_csv
from orgdata.api.kept import NotThere
from orgdata.api.lists import BadFilter
from orgdata.api.openapi import COMMON, MOST_ROWS, PAGING, document
from orgdata.api.reading import Reading
from orgdata.api.resources import RESOURCES, Resource
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.serve.bearers import BEARER
from orgdata.serve.problems import of_exception, problem
from orgdata.sources import SourceError
from orgdata.ui.shell import programs
from orgdata.ui.shell.cache import Results
from orgdata.ui.shell.programs import BadDay, NoSuch, Wanted
from orgdata.views.portfolio import source_name

JSON, CSV = "application/json", "text/csv"
_HEADERS = {"cache-control": "private, no-cache", "vary": "Authorization, Accept"}
_BODIES = Results(256, 32 << 20, lambda body: len(cast(Body, body).content))


@dataclass(frozen=True)
class Body:
    """An answer as it is sent, and whether rows follow it."""

    content: bytes
    etag: str
    more: bool = False


def app() -> Starlette:
    """The routes of all resources, below where they are mounted."""
    return Starlette(routes=[
        *(Route(one.path.replace("{key}", "{key:path}"), _endpoint(one), methods=["GET"])
          for one in RESOURCES),
        Route("/openapi.json", _openapi, methods=["GET"])],
        exception_handlers={HTTPException: of_exception})


async def _openapi(request: Request) -> JSONResponse:
    return JSONResponse(document(), headers=_HEADERS)


def _endpoint(resource: Resource) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def endpoint(request: Request) -> Response:
        return await asyncio.to_thread(_answer, resource, request, BEARER.get())
    return endpoint


def _answer(resource: Resource, request: Request, theirs: Rights) -> Response:
    """The answer to a request, or why there is none."""
    if not theirs.may_open(resource.page):
        return problem(403)
    try:
        query = _query(resource, request)
        media = _media(resource, request)
        body = _body(resource, request, query, media, theirs)
    except (BadFilter, BadDay) as error:
        return problem(400, str(error))
    except (NotThere, NoSuch) as error:
        return problem(404, str(error))
    except Refused:
        return problem(403)
    except (SourceError, SettingsError, StoreError):
        return problem(503, "what is asked for cannot be read", {"retry-after": "30"})
    headers = {**_HEADERS, "etag": body.etag}
    if body.more:
        headers["link"] = f"<{_next(request, query)}>; rel=\"next\""
    if body.etag in request.headers.get("if-none-match", "").replace(" ", "").split(","):
        return Response(status_code=304, headers=headers)
    return Response(body.content, headers=headers, media_type=media)


def _query(resource: Resource, request: Request) -> dict[str, str]:
    """The parameters of a request. A name that is not known would select nothing, and say nothing
    of it: raises BadFilter."""
    known = {*COMMON, *resource.filters, *(PAGING if resource.is_list else ())}
    given = request.query_params.multi_items()
    query = dict(given)
    if other := sorted(set(query) - known):
        raise BadFilter(f"{other[0][:40]!r} is no parameter here; there are "
                        f"{', '.join(sorted(known))}")
    if len(query) < len(given):
        raise BadFilter("each parameter stands in the address once")
    for name in PAGING:
        text = query.get(name, "0")
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ROWS))
                and int(text) <= MOST_ROWS):
            raise BadFilter(f"{name} is a number up to {MOST_ROWS}")
    return query


def _media(resource: Resource, request: Request) -> str:
    if not resource.is_list or CSV not in request.headers.get("accept", ""):
        return JSON
    return CSV


def _body(resource: Resource, request: Request, query: Mapping[str, str], media: str,
          theirs: Rights) -> Body:
    asking = programs.asking(theirs, Wanted(**{
        name: query.get(name, "") for name in COMMON}))
    if not asking.reading.rights.may_open(resource.page):  # elsewhere a role may be another one
        raise Refused("that is not for the role of this token")
    named = {**request.path_params, **{name: query[name] for name in resource.filters
                                       if name in query}}
    first = int(query.get("offset", 0))
    rows = slice(first, first + int(query.get("limit", MOST_ROWS)))
    key = (asking.version, asking.reading.rights.key, resource.path, tuple(sorted(query.items())),
           tuple(sorted(request.path_params.items())), media)
    return cast(Body, _BODIES.get(key, partial(
        _made, resource, asking.reading, named, rows, media)))


def _made(resource: Resource, reading: Reading, named: Mapping[str, str], rows: slice,
          media: str) -> Body:
    found = resource.answer(reading, **named)
    shown = found[rows] if resource.is_list else found
    content = as_csv(shown, resource.kind) if media == CSV else _json(resource, reading, {
        "items": shown, "in_all": len(found)} if resource.is_list else {"item": shown})
    tag = sha256(f"{reading.rights.key}\n{media}\n".encode() + content).hexdigest()
    return Body(content, f'"{tag[:32]}"', resource.is_list and rows.stop < len(found))


def _json(resource: Resource, reading: Reading, content: Mapping[str, Any]) -> bytes:
    said = {"as_of": f"{reading.alignment.as_of:%Y-%m-%d}",
            "source": source_name(reading.alignment.portfolio.source), "method": METHOD_VERSION,
            "unknown": list(reading.unknown()), "page": reading.page(resource.page)}
    return json.dumps(said | dict(content), ensure_ascii=False, allow_nan=False,
                      default=_plain).encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    return value.item()  # a number of numpy


def _next(request: Request, query: Mapping[str, str]) -> str:
    first, most = int(query.get("offset", 0)), int(query.get("limit", MOST_ROWS))
    asked = urlencode({**query, "limit": most, "offset": first + most})
    return f"{request.url.path}?{asked}"
