"""What browsers send as cookies: read in linear time, and refused where others would not.

Python before 3.11.10 and 3.12.6 takes a time that grows with the square of the escapes in a cookie
(CVE-2024-7592), 10 s for 60 KB. Streamlit reads cookies so, in the loop that serves everybody.
"""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers

from orgdata.serve.hosts import Application, Receive, Send, refuse

_MOST_ESCAPES = 1_000  # 10 ms


class ReadableCookies:
    """Middleware that refuses requests whose cookies take long to read."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer that it is refused."""
        if scope["type"] == "lifespan" or _header(scope).count("\\") <= _MOST_ESCAPES:
            await self.app(scope, receive, send)
        else:
            await refuse("the cookies cannot be read", 400, scope, receive, send)


def cookies_of(scope: MutableMapping[str, Any]) -> dict[str, str]:
    """The cookies of a request by their names, as they are written; of one name the last."""
    parts = (part.partition("=") for part in _header(scope).split(";"))
    return {name.strip(): value.strip() for name, sign, value in parts if sign}


def _header(scope: MutableMapping[str, Any]) -> str:
    return "; ".join(Headers(scope=scope).getlist("cookie"))
