"""Sending, against a real HTTP server and a real SMTP server: what arrives, and what failures say."""

import json
import os
import socket
import ssl
import subprocess
import threading
from datetime import UTC, datetime

import pytest
from aiosmtpd.smtp import AuthResult

from orgdata.exports.digest import Email
from orgdata.exports.send import (
    MailServer,
    SendError,
    mail_message,
    post_to_webhook,
    send_mail,
)
from tests.servers import SECRET, Mailbox, free_port, mail_server, webhook

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LETTER = Email("Weekly review, 20 Nov 2026", "Grüße: 28 → 30\n.\nlast", "<p>Grüße: 28 → 30</p>")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """What is tested is on this machine."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_a_webhook_gets_the_json_once():
    with webhook() as (address, got):
        post_to_webhook(address, {"text": "28 → 30"})
    ((path, headers, body),) = got
    assert (path, json.loads(body)) == (f"/services/{SECRET}", {"text": "28 → 30"})
    assert headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(("status", "answer", "said"), [
    (400, b"invalid_blocks", "answered 400 Bad Request (invalid_blocks); nothing was posted"),
    (403, b"invalid_token", "answered 403 Forbidden (invalid_token)"),
    (404, f"no {SECRET}".encode(), "answered 404 Not Found;"),
    (500, b"<html>boom</html>", "answered 500 Internal Server Error;"), (599, b"", "answered 599;"),
    (302, b"", "answered 302 Found;"), (307, b"", "answered 307 Temporary Redirect;")])
def test_an_answer_that_is_no_success_is_said_and_not_tried_again(status, answer, said):
    with webhook(status, answer, location=f"/elsewhere/{SECRET}") as (address, got), \
            pytest.raises(SendError) as failed:
        post_to_webhook(address, {})
    assert said in str(failed.value)
    assert SECRET not in str(failed.value)
    assert len(got) == 1


def test_a_webhook_that_keeps_us_waiting():
    with webhook(wait=1.5) as (address, _), pytest.raises(SendError) as failed:
        post_to_webhook(address, {}, seconds=0.3)
    assert "does not answer in time; it is not known whether" in str(failed.value)


@pytest.mark.parametrize(("address", "said"), [
    ("http://127.0.0.1:{port}/s3cret", "refuses the connection; nothing was sent"),
    ("https://127.0.0.1:{port}/s3cret", "refuses the connection"),
    ("http://s3cret.invalid/", "cannot be found by its name"),
    ("http://user:s3cret@127.0.0.1:{port}/", "should not hold a user and a password"),
    ("file:///etc/s3cret", "is no address"), ("ftp://127.0.0.1/s3cret", "is no address"),
    ("s3cret", "is no address"), ("http://127.0.0.1:s3cret/", "is no address"),
    ("http:///s3cret", "is no address"), ("http://127.0.0.1/s3cret\r\nX: y", "is no address"),
    ("http://[s3cret/", "is no address")])
def test_what_is_no_webhook_is_one_clear_line(address, said):
    with pytest.raises(SendError) as failed:
        post_to_webhook(address.format(port=free_port()), {})
    assert said in str(failed.value)
    assert "s3cret" not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_something_else_listens_there():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        def answer():
            one, _ = other.accept()
            one.recv(10_000)
            one.sendall(b"SSH-2.0-hello\r\n")
            one.close()

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(SendError, match=r"does not answer as one should|ended the connection"):
            post_to_webhook(f"http://127.0.0.1:{port}/", {}, seconds=5)
        thread.join()


# -- mail ------------------------------------------------------------------------------------------

def login(server, session, envelope, mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"ada", b"p@ss/s3cret"),
                      handled=False)


WHO = "from=review@example.org&to=ceo@example.org,head@example.org&to=board@example.org"
IN = {"authenticator": login, "auth_require_tls": False}


def send(address, letter=LETTER, seconds=5.0):
    server = MailServer.from_url(address)
    send_mail(server, mail_message(letter, server, AT), seconds)


def test_a_mail_arrives_as_text_and_html():
    box = Mailbox()
    with mail_server(box) as port:
        send(f"smtp://127.0.0.1:{port}?{WHO}")
    ((sender, receivers, got, _),) = box.received
    assert (sender, receivers) == ("review@example.org", [
        "ceo@example.org", "head@example.org", "board@example.org"])
    assert {name: got[name] for name in ("Subject", "From", "To", "Date", "Auto-Submitted")} == {
        "Subject": LETTER.subject, "From": "review@example.org",
        "To": "ceo@example.org, head@example.org, board@example.org",
        "Date": "Fri, 20 Nov 2026 09:30:00 +0000", "Auto-Submitted": "auto-generated"}
    assert got["Message-ID"].endswith("@example.org>")
    assert got.get_content_type() == "multipart/alternative"
    text, html = got.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == f"{LETTER.text}\n"
    assert html.get_content().strip() == LETTER.html
    assert got.defects == text.defects == html.defects == []


def test_a_subject_brings_no_header_of_its_own():
    box = Mailbox()
    letter = Email("Weekly\r\nBcc: eve@example.org\nX: “ä” " + "long " * 20, "t", "<p>t</p>")
    with mail_server(box) as port:
        send(f"smtp://127.0.0.1:{port}?{WHO}", letter)
    ((_, receivers, got, _),) = box.received
    assert len(receivers) == 3
    assert (got["Bcc"], got["X"]) == (None, None)
    assert "Weekly Bcc: eve@example.org X: “ä” long" in got["Subject"]


def test_a_login(monkeypatch):
    box = Mailbox()
    with mail_server(box, **IN) as port:
        send(f"smtp://ada:p%40ss%2Fs3cret@127.0.0.1:{port}?{WHO}")
        with pytest.raises(SendError) as failed:
            send(f"smtp://ada:s3cret@127.0.0.1:{port}?{WHO}")
    assert len(box.received) == 1
    assert "does not know this user or password; nothing was sent" in str(failed.value)
    assert "s3cret" not in str(failed.value)


def test_a_password_does_not_leave_the_machine_in_the_clear(monkeypatch):
    box = Mailbox()
    with mail_server(box, **IN) as port:
        monkeypatch.setattr("orgdata.exports.send._THIS_MACHINE", ())
        with pytest.raises(SendError, match="a password is not sent in the clear"):
            send(f"smtp://ada:p%40ss%2Fs3cret@127.0.0.1:{port}?{WHO}")
    assert box.received == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody trusts yet: (certificate, key)."""
    folder = tmp_path_factory.mktemp("certificate")
    try:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-addext", "keyUsage=critical,digitalSignature,keyCertSign",
                        "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
                       check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed, so there is no certificate to encrypt with")
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture
def encrypted(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_what_is_offered_encrypted_is_sent_encrypted(encrypted, certificate, monkeypatch, scheme):
    box = Mailbox()
    options = {"tls_context": encrypted} if scheme == "smtp" else {"ssl_context": encrypted}
    with mail_server(box, authenticator=login, auth_require_tls=scheme == "smtp",
                     **options) as port:
        address = f"{scheme}://ada:p%40ss%2Fs3cret@127.0.0.1:{port}?{WHO}"
        with pytest.raises(SendError, match="shows a certificate that is not trusted here"):
            send(address)
        assert box.received == []
        monkeypatch.setenv("SSL_CERT_FILE", os.fspath(certificate[0]))
        send(address)
    assert len(box.received) == 1
    assert box.received[0][3] is (scheme == "smtp")  # what the server knows of STARTTLS


@pytest.mark.parametrize(("refused", "said", "mails"), [
    (("head@example.org",), "refused 1 of 3 receivers; the others have it", 1),
    (("ceo@example.org", "head@example.org", "board@example.org"),
     "refused every receiver; nothing was sent", 0)])
def test_receivers_that_are_refused(refused, said, mails):
    box = Mailbox(refused)
    with mail_server(box) as port, pytest.raises(SendError) as failed:
        send(f"smtp://127.0.0.1:{port}?{WHO}")
    assert said in str(failed.value)
    assert "example.org" not in str(failed.value)
    assert len(box.received) == mails


@pytest.mark.parametrize(("address", "said"), [
    ("smtp://u:s3cret@127.0.0.1:{port}?" + WHO, "refuses the connection; nothing was sent"),
    ("smtps://u:s3cret@127.0.0.1:{port}?" + WHO, "refuses the connection"),
    ("smtp://u:s3cret@s3cret.invalid?" + WHO, "cannot be found by its name"),
    ("smtp://u:s3cret@127.0.0.1:{port}", "should end with ?from="),
    ("smtp://u:s3cret@127.0.0.1?from=a@b.c", "should end with ?from="),
    ("smtp://u:s3cret@127.0.0.1?from=a@b.c,s3cret@b.c&to=a@b.c", "should end with ?from="),
    ("smtp://127.0.0.1?from=a@b.c&to=s3cret", "is none; expected name@host"),
    ("smtp://127.0.0.1?from=a@b.c&to=s3cret@b.c%0d%0aBcc:%20x@y.z", "is none; expected name@host"),
    ("http://127.0.0.1?" + WHO, "is no address"), ("smtp://u:s3cret/@h?" + WHO, "is no address"),
    ("", "is no address")])
def test_what_is_no_mail_server_is_one_clear_line(address, said):
    with pytest.raises(SendError) as failed:
        send(address.format(port=free_port()))
    assert said in str(failed.value)
    assert "s3cret" not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_mail_server_that_says_nothing():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(SendError, match="does not answer in time"):
            send(f"smtp://127.0.0.1:{silent.getsockname()[1]}?{WHO}", seconds=0.3)
