"""Files that were made for somebody, at an address of their own: for those who are signed in.

Such an address cannot be guessed, yet whoever is told it has the file, as long as the page is open
for which it was made.
"""

import json
from collections.abc import Mapping, MutableMapping
from typing import Any

from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from orgdata.access import Refused
from orgdata.model.access import Access
from orgdata.serve.cookies import cookies_of
from orgdata.serve.hosts import Application, Receive, Send, refuse
from orgdata.ui.shell import sign_in

_COOKIE = "_streamlit_user"  # what Streamlit keeps of a sign-in, signed


class SignedInMedia:
    """Middleware that hands over files to those alone whose sign-in counts now; behind a proxy it
    is the proxy that says who asks for them."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why it is refused."""
        if (self.access.require == "oidc" and scope["type"] == "http"
                and "/media/" in scope["path"]):
            try:
                sign_in.claimed(_claims(scope), self.access)
            except Refused as refused:
                await refuse(str(refused), 401, scope, receive, send)
                return
        await self.app(scope, receive, send)


def _claims(scope: Mapping[str, Any]) -> Mapping[str, object]:
    """What the provider said of who asks. Raises Refused before a sign-in."""
    held = _get_signed_cookie_with_chunks(cookies_of(dict(scope)), _COOKIE)
    claims = json.loads(held) if held else {}
    if not claims.get("is_logged_in"):
        raise Refused("Sign in to get this file.")
    return dict(claims)
