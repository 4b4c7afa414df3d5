"""What is held of the files that are served: each real file once, and nothing else."""

import asyncio
import gzip

import pytest

from orgdata import serve

NAME = min(serve._FILES)
PLAIN = {b"accept-encoding": b"gzip, br"}


async def _answers(scope, receive, send):
    """As Streamlit does: whatever the path, there is an answer."""
    scope["asked"].append(scope["path"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
    await send({"type": "http.response.body", "body": b"var x;"})


def asked(app, path, headers=PLAIN, method="GET"):
    """The headers and the body of an answer, and how often the application was asked for it."""
    sent, scope = [], {"type": "http", "method": method, "path": path, "asked": [],
                       "headers": list(headers.items())}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, None, send))
    return dict(sent[0]["headers"]), sent[1]["body"], len(scope["asked"])


def test_a_file_is_compressed_once():
    app = serve.CompressedFiles(_answers)
    for times in (1, 0):
        headers, body, count = asked(app, NAME)
        assert (gzip.decompress(body), count) == (b"var x;", times)
        assert headers[b"content-encoding"] == b"gzip"
        assert int(headers[b"content-length"]) == len(body)


@pytest.mark.parametrize("path", ["/static/none.js", f"/gaps{NAME}", f"/static/..{NAME}", "/",
                                  "/app/static/own.js"])
def test_what_is_no_file_of_streamlit_is_not_held(path):
    app = serve.CompressedFiles(_answers)
    assert asked(app, path)[1:] == (b"var x;", 1)
    assert app.answers == {}


@pytest.mark.parametrize(("headers", "method"), [
    ({}, "GET"), ({**PLAIN, b"range": b"bytes=0-1"}, "GET"), (PLAIN, "HEAD"),
    ({**PLAIN, b"if-none-match": b"x"}, "GET")])
def test_what_is_asked_for_otherwise_goes_on(headers, method):
    app = serve.CompressedFiles(_answers)
    assert asked(app, NAME, headers, method)[1:] == (b"var x;", 1)
    assert app.answers == {}
