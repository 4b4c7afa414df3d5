"""Refusals for other programs, as problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from orgdata.api.openapi import PROBLEM


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None
            ) -> JSONResponse:
    """An answer that says what is wrong, which no cache keeps."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse(said | ({"detail": detail} if detail else {}), status, media_type=PROBLEM,
                        headers={"cache-control": "no-store", **(headers or {})})


async def of_exception(_: Request, error: Exception) -> JSONResponse:
    """The answer to what no route takes."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, headers=error.headers)
