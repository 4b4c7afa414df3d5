"""`rhythm`: printed as it is, and sent by a real mail server, each letter once."""

import pytest

from orgdata.demo import DEMO
from tests.demo_company import seeded
from tests.servers import Mailbox, mail_server


@pytest.fixture
def store(tmp_path):
    return seeded(tmp_path)


@pytest.fixture
def mailing(monkeypatch):
    """A function that has mails go to a server on a port."""
    def to(port):
        monkeypatch.setenv("ORGDATA_SMTP_URL",
                           f"smtp://127.0.0.1:{port}?from=portfolio@x.example&to=leaders@x.example")
    return to


def test_without_send_it_prints_and_nothing_is_noted(run, store, mailing):
    for _ in range(2):
        code, out, err = run("rhythm", DEMO, "--day", "2026-11-16", "--store", store)
        assert (code, err) == (0, "")
        assert "To: diego.fuentes@brightquay.example\nWhat is asked of you this week: " in out
    box = Mailbox()
    with mail_server(box) as port:
        mailing(port)
        assert run("rhythm", DEMO, "--day", "2026-11-16", "--store", store, "--send")[0] == 0
    assert box.received


def test_each_letter_goes_out_once(run, store, mailing):
    box = Mailbox()
    with mail_server(box) as port:
        mailing(port)
        command = ("rhythm", DEMO, "--day", "2026-11-16", "--store", store, "--send")
        code, out, _ = run(*command)
        assert code == 0
        sent = [receivers for _, receivers, _, _ in box.received]
        assert all(len(one) == 1 for one in sent)
        assert len(sent) == len({one for one, in sent}) == out.count("sent to ")
        assert run(*command)[1].count("sent before: ") == len(sent)
        assert len(box.received) == len(sent)
    _, _, mail, _ = box.received[0]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_what_a_server_refuses_is_said_and_tried_again(run, store, mailing):
    command = ("rhythm", DEMO, "--day", "2026-11-16", "--store", store, "--send")
    refusing = Mailbox(refused=("diego.fuentes@brightquay.example",))
    with mail_server(refusing) as port:
        mailing(port)
        code, out, _ = run(*command)
    assert code == 1
    assert "not sent to diego.fuentes@brightquay.example: the mail server" in out
    box = Mailbox()
    with mail_server(box) as port:
        mailing(port)
        assert run(*command)[0] == 0
    assert [receivers for _, receivers, _, _ in box.received] == [
        ["diego.fuentes@brightquay.example"]]


def test_those_of_the_meeting_are_those_of_the_server(run, store, mailing, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text((DEMO / "settings.toml").read_text().replace('"friday"', '"saturday"'))
    box = Mailbox()
    with mail_server(box) as port:
        mailing(port)
        out = run("rhythm", DEMO, "--settings", settings, "--day", "2026-11-20", "--store", store,
                  "--send")[1]
    assert out == "sent to those of the meeting: Tomorrow's portfolio review, 21 Nov 2026\n"
    (_, receivers, _, _), = box.received
    assert receivers == ["leaders@x.example"]


def test_a_day_without_letters_says_so(run, store):
    assert run("rhythm", DEMO, "--day", "2026-11-18", "--store", store) == (
        0, "nobody is written to on 18 Nov 2026\n", "")


def test_without_a_mail_server_nothing_is_sent(run, store, monkeypatch):
    monkeypatch.delenv("ORGDATA_SMTP_URL", raising=False)
    code, _, err = run("rhythm", DEMO, "--day", "2026-11-16", "--store", store, "--send")
    assert code == 2
    assert "ORGDATA_SMTP_URL is not set" in err


def test_what_some_have_is_not_sent_to_them_again(run, store, monkeypatch, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text((DEMO / "settings.toml").read_text().replace('"friday"', '"saturday"'))
    command = ("rhythm", DEMO, "--settings", settings, "--day", "2026-11-20", "--store", store, "--send")
    box = Mailbox(refused=("gone@x.example",))
    with mail_server(box) as port:
        monkeypatch.setenv("ORGDATA_SMTP_URL", f"smtp://127.0.0.1:{port}?from=portfolio@x.example"
                                               "&to=leaders@x.example,gone@x.example")
        code, out, _ = run(*command)
        assert (code, "refused 1 of 2 receivers; the others have it" in out) == (1, True)
        assert run(*command) == (0, "sent before: those of the meeting\n", "")
    assert len(box.received) == 1
