"""A webhook and a mail server for tests of what is sent; they record what they receive."""

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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def webhook(status=200, answer=b"ok", wait=0.0, location=None):
    """Run a webhook that records its requests; yields its address and the requests."""
    requests = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            requests.append((self.path, dict(self.headers),
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
    yield f"http://127.0.0.1:{server.server_port}/services/{SECRET}", requests
    server.shutdown()
    thread.join()
    server.server_close()


class Mailbox:
    """The messages that a mail server received; it refuses those to some addresses."""

    def __init__(self, refused=()):
        self.received, self.refused = [], refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return f"550 no {address} here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        self.received.append((envelope.mail_from, envelope.rcpt_tos, parsed, session.ssl is not None))
        return "250 OK"


@contextmanager
def mail_server(mailbox, **options):
    """Run a mail server that delivers to a mailbox; yields its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    yield controller.port
    controller.stop()
