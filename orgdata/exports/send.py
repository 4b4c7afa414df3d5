"""Send a digest to a webhook or as a mail. Nothing else sends anything over the network.

The addresses of a webhook and of a mail server hold secrets: no error contains any part of them,
nor what a server answered, since that may repeat them.
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

SECONDS = 20  # how long to wait for a server
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")  # where a password may go unencrypted
_MOST_BYTES = 200  # that are read of an answer


class SendError(Exception):
    """Sending failed, wholly or for some receivers; its text is one clear line without secrets."""


class MaybeSent(SendError):
    """Sending failed, but some receivers have it, or may have: sent again, they would have it
    twice."""


# -- webhook ---------------------------------------------------------------------------------------

class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a POST would arrive elsewhere as a GET, without its content."""

    def redirect_request(self, *_: Any) -> None:
        """Do not follow it; the answer then counts as a failure."""


def post_to_webhook(address: str, content: Mapping[str, object],
                    seconds: float = SECONDS) -> None:
    """Post JSON to a webhook, once. Raises SendError."""
    name = "the webhook of ORGDATA_WEBHOOK"
    url = _url(address, name, ("https", "http"))
    if url.username is not None:
        raise SendError(f"{name} should not hold a user and a password")
    request = urllib.request.Request(
        address.strip(), json.dumps(content).encode(), method="POST",
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "orgdata"})
    with _clear_errors(name):
        try:
            with urllib.request.build_opener(_NoRedirects).open(request, timeout=seconds) as answer:
                answer.read(_MOST_BYTES)
        except urllib.error.HTTPError as error:
            with error:
                raise SendError(f"{name} answered {_status(error)}{_reason(error, address)}; "
                                "nothing was posted") from None


def _status(error: urllib.error.HTTPError) -> str:
    phrases = {status.value: status.phrase for status in HTTPStatus}
    return f"{error.code} {phrases.get(error.code, '')}".strip()


def _reason(error: urllib.error.HTTPError, address: str) -> str:
    """The reason, if the server gives it in one word as Slack does (invalid_blocks, no_service)."""
    try:
        word = error.read(_MOST_BYTES).decode("ascii", "replace").strip()
    except (OSError, http.client.HTTPException):
        return ""
    return f" ({word})" if re.fullmatch(r"[a-z_]{3,40}", word) and word not in address else ""


# -- mail ------------------------------------------------------------------------------------------

_MAIL_SERVER = "the mail server of ORGDATA_SMTP_URL"


@dataclass(frozen=True)
class MailServer:
    """A mail server with the sender and the receivers of its mails."""

    host: str
    port: int
    encrypted: bool  # from the first byte (smtps); else by STARTTLS where it is offered
    user: str
    password: str
    sender: Address
    receivers: tuple[Address, ...]

    @classmethod
    def from_url(cls, address: str) -> "MailServer":
        """The server that smtp://user:password@host:587?from=…&to=… names. Raises SendError."""
        url = _url(address, _MAIL_SERVER, ("smtp", "smtps"))
        people = {role: [part.strip() for value in values for part in value.split(",")
                         if part.strip()] for role, values in parse_qs(url.query).items()}
        if len(people.get("from", ())) != 1 or not people.get("to"):
            raise SendError(f"{_MAIL_SERVER} should end with "
                            "?from=one@address&to=one@address,another@one")
        return cls(str(url.hostname), url.port or (465 if url.scheme == "smtps" else 587),
                   url.scheme == "smtps", unquote(url.username or ""), unquote(url.password or ""),
                   _address(people["from"][0]), tuple(map(_address, people["to"])))


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        raise SendError("an address in from or to of ORGDATA_SMTP_URL is none; expected "
                        "name@host") from None


def mail_message(email: Email, server: MailServer, at: datetime) -> EmailMessage:
    """An email as the message to send from a server, dated `at`: as text and as HTML."""
    message = EmailMessage()
    message["Subject"] = formats.clipped(formats.plain(email.subject), 200)  # always one line
    message["From"], message["To"] = server.sender, server.receivers
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=server.sender.domain.encode("idna").decode() or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    return message


def send_mail(server: MailServer, message: EmailMessage, seconds: float = SECONDS) -> None:
    """Send a mail, once. Raises SendError."""
    with _clear_errors(_MAIL_SERVER):
        try:
            with _connect(server, seconds) as connection:
                _log_in(server, connection)
                refused = connection.send_message(message)
        except smtplib.SMTPAuthenticationError:
            raise SendError(f"{_MAIL_SERVER} does not know this user or password; nothing was "
                            "sent") from None
        except smtplib.SMTPRecipientsRefused:
            raise SendError(f"{_MAIL_SERVER} refused every receiver; nothing was sent") from None
        except smtplib.SMTPResponseException as error:
            raise SendError(f"{_MAIL_SERVER} refused with code {error.smtp_code}; nothing was "
                            "sent") from None
        except smtplib.SMTPNotSupportedError:
            raise SendError(f"{_MAIL_SERVER} cannot do what is needed (a login, or addresses "
                            "beyond ASCII); nothing was sent") from None
    if refused:
        raise MaybeSent(f"{_MAIL_SERVER} refused {len(refused)} of {len(server.receivers)} "
                        "receivers; the others have it")


def _connect(server: MailServer, seconds: float) -> smtplib.SMTP:
    if server.encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=seconds,
                                context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, timeout=seconds)


def _log_in(server: MailServer, connection: smtplib.SMTP) -> None:
    """Encrypt where that is offered, and log in where there is a user. A password never leaves
    this machine unencrypted."""
    connection.ehlo()
    encrypted = server.encrypted
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
        encrypted = True
    if server.user:
        if not encrypted and server.host not in _THIS_MACHINE:
            raise SendError(f"{_MAIL_SERVER} offers no encryption, and a password is not sent in "
                            "the clear; nothing was sent")
        connection.login(server.user, server.password)


# -- both ------------------------------------------------------------------------------------------

def _url(address: str, name: str, schemes: tuple[str, ...]) -> SplitResult:
    """An address split into its parts. Raises SendError where it is none of these schemes."""
    try:
        url = urlsplit(address.strip())
        valid = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        valid = False
    if not valid or re.search(r"[\x00-\x20\x7f]", address.strip()):
        raise SendError(f"{name} is no address; expected {schemes[0]}://…")
    return url


@contextmanager
def _clear_errors(name: str) -> Iterator[None]:
    """Turn errors of the network and its libraries into a SendError that says in one line what
    happened."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(cause, smtplib.SMTPServerDisconnected) and cause.__context__:
            cause = cause.__context__  # it is raised for time-outs, too
        failed, text = next(((failed, text) for kind, failed, text in _ERRORS
                             if isinstance(cause, kind)), (SendError, "cannot be reached"))
        raise failed(f"{name} {text}; {_THEN[failed]}") from None


_THEN = {SendError: "nothing was sent", MaybeSent: "it is not known whether anything arrived"}
_ERRORS: tuple[tuple[type[BaseException], type[SendError], str], ...] = (
    (TimeoutError, MaybeSent, "does not answer in time"),
    (ConnectionRefusedError, SendError, "refuses the connection"),
    (socket.gaierror, SendError, "cannot be found by its name"),
    (ssl.SSLCertVerificationError, SendError, "shows a certificate that is not trusted here"),
    (ssl.SSLError, SendError, "cannot be talked to encrypted"),
    (smtplib.SMTPServerDisconnected, MaybeSent, "ended the connection"),
    (ConnectionError, MaybeSent, "ended the connection"),
    (http.client.HTTPException, MaybeSent, "does not answer as one should"))
