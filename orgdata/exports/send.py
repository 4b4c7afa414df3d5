"""Sending a digest: to a webhook, or as a mail. The only place that reaches out to the network to
say something.

A webhook's address and the settings of a mail server are secrets: no error holds any part of them,
and neither does it hold what a server answered, since that may repeat them.
"""

import http.client
import json
import re
import smtplib
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from orgdata import formats
from orgdata.exports.digest import Email

SECONDS = 20  # how long a server may keep us waiting
_OWN = ("127.0.0.1", "::1", "localhost")  # what is sent there in the clear leaves no machine
_MOST = 200  # bytes of an answer that are looked at


class PostError(Exception):
    """Nothing was sent, or not to all; one clear line without an address or a secret."""


# -- webhook ---------------------------------------------------------------------------------------

class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A redirected POST would arrive elsewhere as a GET, without what was to be said."""

    def redirect_request(self, *_: Any) -> None:
        """Not followed: the answer counts as the failure it is."""


def to_webhook(address: str, content: Mapping[str, object], seconds: float = SECONDS) -> None:
    """Post JSON to a webhook, once. Raises PostError."""
    where = "the webhook of ORGDATA_WEBHOOK"
    url = _url(address, where, ("https", "http"))
    if url.username is not None:
        raise PostError(f"{where} should not hold a user and a password")
    request = urllib.request.Request(
        address.strip(), json.dumps(content).encode(), method="POST",
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "orgdata"})
    with _clear(where):
        try:
            with urllib.request.build_opener(_NoDetour).open(request, timeout=seconds) as answer:
                answer.read(_MOST)
        except urllib.error.HTTPError as error:
            with error:
                raise PostError(f"{where} answered {_status(error)}{_word(error, address)}; "
                                "nothing was posted") from None


def _status(error: urllib.error.HTTPError) -> str:
    known = {one.value: one.phrase for one in HTTPStatus}
    return f"{error.code} {known.get(error.code, '')}".strip()


def _word(error: urllib.error.HTTPError, address: str) -> str:
    """Why, where the server says it in one word (invalid_blocks, no_service), as Slack does."""
    try:
        said = error.read(_MOST).decode("ascii", "replace").strip()
    except (OSError, http.client.HTTPException):
        return ""
    return f" ({said})" if re.fullmatch(r"[a-z_]{3,40}", said) and said not in address else ""


# -- mail ------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Server:
    """A mail server, and who writes to whom: smtp://user:password@host:587?from=…&to=…"""

    host: str
    port: int
    encrypted: bool  # from the first byte (smtps); else by STARTTLS where it is offered
    user: str
    password: str
    sender: Address
    receivers: tuple[Address, ...]

    @classmethod
    def of(cls, address: str) -> "Server":
        """The server an address names. Raises PostError."""
        where = "the mail server of ORGDATA_SMTP_URL"
        url = _url(address, where, ("smtp", "smtps"))
        said = {name: [one.strip() for value in values for one in value.split(",") if one.strip()]
                for name, values in parse_qs(url.query).items()}
        if len(said.get("from", ())) != 1 or not said.get("to"):
            raise PostError(f"{where} should end with ?from=one@address&to=one@address,another@one")
        return cls(str(url.hostname), url.port or (465 if url.scheme == "smtps" else 587),
                   url.scheme == "smtps", unquote(url.username or ""), unquote(url.password or ""),
                   _address(said["from"][0]), tuple(_address(one) for one in said["to"]))


def _address(written: str) -> Address:
    try:
        return Address(addr_spec=written)
    except (MessageError, ValueError, IndexError):
        raise PostError("an address in from or to of ORGDATA_SMTP_URL is none; expected "
                        "name@host") from None


def mail(letter: Email, server: Server, at: datetime) -> EmailMessage:
    """A letter as a mail: words, and the same as HTML."""
    made = EmailMessage()
    made["Subject"] = formats.clipped(formats.plain(letter.subject), 200)  # one line, whatever
    made["From"], made["To"] = server.sender, server.receivers
    made["Date"] = format_datetime(at)
    made["Message-ID"] = make_msgid(domain=server.sender.domain.encode("idna").decode() or None)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    return made


def by_mail(server: Server, message: EmailMessage, seconds: float = SECONDS) -> None:
    """Send a mail, once. Raises PostError."""
    where = "the mail server of ORGDATA_SMTP_URL"
    with _clear(where):
        try:
            with _connected(server, seconds) as connection:
                _let_in(server, connection, where)
                refused = connection.send_message(message)
        except smtplib.SMTPAuthenticationError:
            raise PostError(f"{where} does not know this user or password; nothing was "
                            "sent") from None
        except smtplib.SMTPRecipientsRefused:
            raise PostError(f"{where} refused every receiver; nothing was sent") from None
        except smtplib.SMTPResponseException as error:
            raise PostError(f"{where} refused with code {error.smtp_code}; nothing was "
                            "sent") from None
        except smtplib.SMTPNotSupportedError:
            raise PostError(f"{where} cannot do what is needed (a login, or addresses beyond "
                            "ASCII); nothing was sent") from None
    if refused:
        raise PostError(f"{where} refused {len(refused)} of {len(server.receivers)} receivers; "
                        "the others have it")


def _connected(server: Server, seconds: float) -> smtplib.SMTP:
    if server.encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=seconds,
                                context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, timeout=seconds)


def _let_in(server: Server, connection: smtplib.SMTP, where: str) -> None:
    """Encrypt where that is offered, and log in where there is a user. A password never leaves
    this machine in the clear."""
    connection.ehlo()
    safe = server.encrypted
    if not safe and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
        safe = True
    if server.user:
        if not safe and server.host not in _OWN:
            raise PostError(f"{where} offers no encryption, and a password is not sent in the "
                            "clear; nothing was sent")
        connection.login(server.user, server.password)


# -- both ------------------------------------------------------------------------------------------

def _url(address: str, where: str, schemes: tuple[str, ...]) -> SplitResult:
    """An address in its parts, if it is one. Raises PostError."""
    try:
        url = urlsplit(address.strip())
        fine = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        fine = False
    if not fine or re.search(r"[\x00-\x20\x7f]", address.strip()):
        raise PostError(f"{where} is no address; expected {schemes[0]}://…")
    return url


@contextmanager
def _clear(where: str) -> Iterator[None]:
    """Turn what the network and its libraries say into one line of our own."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(cause, smtplib.SMTPServerDisconnected) and cause.__context__:
            cause = cause.__context__  # of a server that did not answer in time it says the same
        said = next((words for kind, words in _REASONS if isinstance(cause, kind)),
                    f"cannot be reached; {_NOTHING}")
        raise PostError(f"{where} {said}") from None


_NOTHING, _OPEN = "nothing was sent", "it is not known whether anything arrived"
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, f"does not answer in time; {_OPEN}"),
    (ConnectionRefusedError, f"refuses the connection; {_NOTHING}"),
    (socket.gaierror, f"cannot be found by its name; {_NOTHING}"),
    (ssl.SSLCertVerificationError, f"shows a certificate that is not trusted here; {_NOTHING}"),
    (ssl.SSLError, f"cannot be talked to encrypted; {_NOTHING}"),
    (smtplib.SMTPServerDisconnected, f"ended the connection; {_OPEN}"),
    (ConnectionError, f"ended the connection; {_OPEN}"),
    (http.client.HTTPException, f"does not answer as one should; {_OPEN}"))
