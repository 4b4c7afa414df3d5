"""The security headers of every answer: what a page may load and run, and who may frame it.

Only what this server sends is run: its files, the one script that Streamlit writes into its start
page (known by its hash), and the components' own, which Streamlit turns into blobs. So a text from
data runs nothing, whatever becomes of it on its way. Styles are written by scripts everywhere in
Streamlit and stay allowed.
"""

from base64 import b64encode
from collections.abc import MutableMapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from orgdata.serve.hosts import Application, Message, Receive, Send


def policy(start_page: str) -> str:
    """The content security policy for a start page with these scripts written into it."""
    scripts = [part.partition("</script>")[0] for part in start_page.split("<script>")[1:]]
    inline = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
                      for script in scripts)
    return "; ".join((
        "default-src 'self'", f"script-src 'self' blob: {inline}".strip(),
        "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
        "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'self'",
        "form-action 'self'", "frame-ancestors 'self'"))


class SecurityHeaders:
    """Middleware that adds security headers to every answer."""

    def __init__(self, app: Application, start_page: Path) -> None:
        self.app, self.headers = app, [
            (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
            (b"content-security-policy", policy(start_page.read_text("utf-8")).encode())]

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.headers]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
