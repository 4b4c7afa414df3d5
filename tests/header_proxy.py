"""A proxy before the dashboard that says in a header who somebody is, as one that signs in does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def proxy(port: int, header: str, who: str) -> Iterator[str]:
    """The address of a proxy before the server on a port; it takes out what a client says itself."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, port, header, who), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, port: int, header: str, who: str) -> None:
    with suppress(OSError):  # nobody listens any more
        while True:
            client, _ = listening.accept()
            server = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=_first, args=(client, server, header, who), daemon=True).start()


def _first(client: socket.socket, server: socket.socket, header: str, who: str) -> None:
    """Pass on the one request of a connection with the header; then whatever comes."""
    with suppress(OSError), client, server:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := client.recv(65_536)):
                return
            head += more
        head, body = head.split(b"\r\n\r\n", 1)
        first, *lines = head.split(b"\r\n")
        upgrade = any(line.lower().startswith(b"upgrade:") for line in lines)
        kept = [line for line in lines if not line.lower().startswith(
            (f"{header.lower()}:".encode(), b"connection:"))]
        kept += [f"{header}: {who}".encode()] * bool(who)
        kept.append(b"Connection: upgrade" if upgrade else b"Connection: close")
        server.sendall(b"\r\n".join([first, *kept]) + b"\r\n\r\n" + body)
        back = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
        back.start()
        _pass_on(client, server)
        back.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while content := one.recv(65_536):
            other.sendall(content)
        other.shutdown(socket.SHUT_WR)
