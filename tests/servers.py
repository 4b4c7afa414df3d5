"""A webhook and a mail server of our own, for tests of what is sent: they keep what they get."""

import email
import socket
import threading
import time
from contextlib import contextmanager, suppress
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

SECRET = "T0ken-s3cret"  # stands in the address of the webhook


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def webhook(status=200, answer=b"ok", wait=0.0, location=None):
    """A webhook that keeps what it gets: (address, requests)."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, dict(self.headers),
                        self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(wait)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with suppress(BrokenPipeError):  # of who did not wait
                self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/services/{SECRET}", got
    server.shutdown()
    thread.join()
    server.server_close()


class Box:
    """What a mail server was handed."""

    def __init__(self, refused=()):
        self.got, self.refused = [], refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return f"550 no {address} here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        self.got.append((envelope.mail_from, envelope.rcpt_tos, parsed, session.ssl is not None))
        return "250 OK"


@contextmanager
def mail_server(box, **options):
    """Its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    yield controller.port
    controller.stop()
