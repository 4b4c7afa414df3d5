"""Files that were made for somebody, at an address of their own: for those who are signed in.

Such an address cannot be guessed, yet whoever is told it has the file, as long as the page is open
for which it was made.
"""

from collections.abc import MutableMapping
from typing import Any

from orgdata.access import Refused
from orgdata.model.access import Access
from orgdata.serve.hosts import Application, Receive, Send, refuse
from orgdata.serve.sign_ins import claims_of
from orgdata.ui.shell import sign_in


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
                if not (claims := claims_of(scope)):
                    raise Refused("Sign in to get this file.")
                sign_in.claimed(claims, self.access)
            except Refused as refused:
                await refuse(str(refused), 401, scope, receive, send)
                return
        await self.app(scope, receive, send)
