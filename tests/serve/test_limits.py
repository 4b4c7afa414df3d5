"""What the server itself takes of whoever reaches it, before anything of ours is asked."""

import http.client
import os
import shlex
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

from bench.screenshots import ROOT, _wait_for
from orgdata.serve.messages import LARGEST
from tests.servers import free_port


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server as it is started in production."""
    port, folder = free_port(), tmp_path_factory.mktemp("limits")
    (folder / "products.csv").write_text("product_id,name\nP1,Pay\n")
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "orgdata.serve", f"--port={port}", "--log-level=critical"],
        cwd=ROOT, env=dict(os.environ, ORGDATA_SOURCE=str(folder),
                           ORGDATA_STORE=f"sqlite:///{folder}/store.sqlite"))
    try:
        _wait_for(f"http://127.0.0.1:{port}/ready", server)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def connected(address, **more):
    return connect(f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None, **more)


def rerun(letters):
    asked = BackMsg()
    asked.rerun_script.widget_states.widgets.add(id="x", string_value="a" * letters)
    return asked.SerializeToString()


def test_nothing_is_unpacked_that_a_browser_sends(address):
    """15 KB would be 15 MB. Browsers offer to pack messages, and send them as they are then."""
    with connected(address, extensions=[ClientPerMessageDeflateFactory()], compression=None) as socket:
        assert "Sec-WebSocket-Extensions" in socket.request.headers
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
        socket.send(rerun(1))
        assert socket.recv(timeout=60)


def test_a_message_is_as_long_as_one_of_pages_and_no_longer(address):
    with connected(address) as socket:
        socket.send(rerun(LARGEST - 100))
        assert socket.recv(timeout=60)
        socket.send(rerun(LARGEST))
        with pytest.raises(ConnectionClosed) as closed:
            list(iter(lambda: socket.recv(timeout=60), None))
        assert closed.value.rcvd.code == 1009


def test_a_request_has_a_head_that_ends(address):
    connection = http.client.HTTPConnection(urlsplit(f"//{address}").netloc, timeout=60)
    connection.request("GET", "/ready", headers={"Cookie": "a=" + "x" * 30_000})
    assert connection.getresponse().read()
    connection.request("GET", "/ready", headers={"X-A": "x" * 50_000, "X-B": "x" * 50_000})
    assert connection.getresponse().status == 400


def test_a_sign_in_of_many_cookies_fits_into_a_line(address):
    with connected(address, additional_headers={"Cookie": "a=" + "x" * 30_000}) as socket:
        socket.send(rerun(1))
        assert socket.recv(timeout=60)


def test_it_is_started_so_everywhere():
    for name in ("Makefile", ".deploy/Containerfile", ".deploy/portfolio-dashboard.service"):
        text = (ROOT / name).read_text()
        assert "orgdata.serve" in [word.strip('",[]') for word in shlex.split(text, comments=True, posix=False)]
        assert "uvicorn" not in text
