"""The link of a letter, from the mail server to the form: to open it changes nothing, it lets nobody
in, and whoever it was sent to is only said, but for a function at its own address."""

import os
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from orgdata.access.letter_links import PARAM, Form, Sent, Signer
from orgdata.demo import DEMO
from orgdata.store import Decision, source_key
from orgdata.ui.shell import letter_link
from tests import canaries
from tests.demo_company import seeded
from tests.pages.conftest import text_of
from tests.servers import Mailbox, mail_server

SECRET, TODAY = "a secret of this test that is long enough", date(2026, 11, 20)
X1, FINANCE = Form("partners", ("X1",)), Sent(function="finance")
ALTERED = "This link is not as it was sent, or leads elsewhere: open it from the letter again."


class _Today(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(TODAY.year, TODAY.month, TODAY.day, tzinfo=tz)


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("ORGDATA_LINK_SECRET", SECRET)
    monkeypatch.setattr(letter_link, "datetime", _Today)


def link(form=X1, sent=FINANCE, until=TODAY, source=DEMO, secret=SECRET):
    return Signer(secret, source_key(str(source))).sign(form, sent, until)


def held():
    """All that the store of the pages holds."""
    with sqlite3.connect(os.environ["ORGDATA_STORE"].removeprefix("sqlite:///")) as connection:
        return list(connection.iterdump())


def warned(app):
    return [one.value.replace("\\", "") for one in app.warning]


def said(app):
    assert not app.exception
    return text_of(app).replace("\\", "").replace("\u2060", "")


def send(app, key):
    next(one for one in app.button if key in (one.key or "")).click().run()
    assert not app.exception
    return app


def test_from_the_mail_server_to_the_form_and_only_the_form_sent_changes_anything(
        opened, run, monkeypatch, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text((DEMO / "settings.toml").read_text()
                        + '\n[documents]\naddress = "https://dashboard.our.example"\n')
    monkeypatch.setenv("ORGDATA_STORE", seeded(tmp_path))
    monkeypatch.setenv("ORGDATA_SETTINGS", str(settings))
    box = Mailbox()
    with mail_server(box) as port:
        monkeypatch.setenv("ORGDATA_SMTP_URL", f"smtp://127.0.0.1:{port}?from=a@x.example&to=b@x.example")
        code, _, err = run("rhythm", DEMO, "--settings", settings, "--day", "2026-11-16", "--send",
                           "--store", os.environ["ORGDATA_STORE"])
    assert (code, err) == (0, "")
    mails = {to: mail for _, (to,), mail, _ in box.received}
    mail = mails["diego.fuentes@brightquay.example"]
    text = mail.get_body(("plain",)).get_content()
    addresses = re.findall(r"https://dashboard\.our\.example/\S+link=\S+", text)
    assert addresses
    assert all(f'href="{one.replace("&", "&amp;")}"' in mail.get_body(("html",)).get_content()
               for one in addresses)
    before = held()
    for address in addresses:
        parts = urlsplit(address)
        app = opened(parts.path[1:], **{name: one for name, (one,) in parse_qs(parts.query).items()})
        assert "By a link that was sent to Diego Fuentes" in said(app)
        assert not any("link" in one for one in warned(app))
        assert {one.value for one in app.text_input if one.label == "Your name"} <= {"Diego Fuentes"}
    assert held() == before


def test_a_check_in_is_one_form_of_one_key_result(opened, monkeypatch):
    app = opened("my_product", product="P01", key_result=a_key_result(),
                 link=link(Form("my_product", ("P01", a_key_result())), Sent(person="H12")))
    name, = (one for one in app.text_input if one.label == "Your name")
    fields = [one for one in app.text_input if one.label != "Your name" and one.label != "Search"]
    assert len(fields) == 3
    before = held()
    fields[0].set_value("1")
    send(app, "check_in_form_P01")
    assert held() != before
    assert name.value in "\n".join(held())
    assert "The whole page" in [one.label for one in app.button]


def a_key_result():
    """A key result of P01 in the demo company."""
    lines = (DEMO / "objectives.csv").read_text().splitlines()
    columns = lines[0].split(",")
    ids = [line.split(",")[0] for line in lines[1:]
           if dict(zip(columns, line.split(","), strict=False)).get("product_id") == "P01"]
    return next(line.split(",")[0] for line in (DEMO / "key_results.csv").read_text().splitlines()
                if line.split(",")[1] == ids[-1])


def test_a_key_result_that_is_not_there_is_said(opened):
    assert warned(opened("my_product", product="P01", key_result="K?")) == [
        "There is no check-in of this key result to give here, or it is not for you."]


def test_a_function_answers_at_its_own_address(opened):
    app = opened("partners", expectation="X1", link=link())
    assert "By a link that was sent to Finance: an answer to this is noted as given by it." in said(app)
    before = held()
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    app.text_input(key="by_answer_X1").set_value("Fay")
    assert held() == before
    send(app, "form_answer_X1")
    assert "agreed] Fay (by the link sent to Finance), 20 Nov 2026" in said(opened("partners", expectation="X1"))


@pytest.mark.parametrize(("more", "warning"), [
    ({"link": link(until=TODAY - timedelta(days=1))},
     "This link counted until 19 Nov 2026: what is asked now is in the latest letter."),
    ({"link": link()[:-1] + ("A" if link()[-1] != "A" else "E")}, ALTERED),
    ({"link": link(Form("partners", ("X2",)))}, ALTERED), ({"link": link(source="elsewhere")}, ALTERED),
    ({"link": link(secret="another secret that is long enough")}, ALTERED), ({"link": ""}, ALTERED)])
def test_a_link_that_does_not_count_is_said_in_a_line_and_gives_nothing(opened, more, warning):
    app = opened("partners", expectation="X1", **more)
    assert warned(app) == [warning]
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    app.text_input(key="by_answer_X1").set_value("Fay")
    send(app, "form_answer_X1")
    assert "agreed] Fay (said to be)" in said(opened("partners", expectation="X1"))


def test_one_that_leads_to_no_form_and_a_server_without_a_secret_say_so(opened, monkeypatch):
    assert warned(opened("partners", link=link())) == [
        "This link leads to no form: open it from the letter again."]
    monkeypatch.delenv("ORGDATA_LINK_SECRET")
    assert warned(opened("partners", expectation="X1", link=link())) == [
        "Whom this link was sent to cannot be told: this dashboard has no secret for links."]


def test_who_goes_on_to_another_form_is_not_followed_by_the_link(opened):
    app = opened("partners", expectation="X1", link=link())
    next(one for one in app.button if one.key == "leave_expectation").click().run()
    assert not warned(app)
    assert PARAM not in app.query_params
    assert "By a link" not in said(app)


def test_a_decision_is_one_form(opened, store):
    made = store.decide(Decision(source_key(str(DEMO)), "Call the bank", TODAY, "Ada", datetime(
        2026, 11, 20, tzinfo=UTC), owner="Bo", due=TODAY))
    app = opened("weekly_review", decision=str(made.id))
    assert "Call the bank" in said(app)
    assert len(app.subheader) == 0
    app.text_input(key=f"decision_by_{made.id}").set_value("Bo").run()
    app.button(key=f"one_done_{made.id}").click().run()
    for number in (str(made.id), "99", "9" * 5_000, "x", "²"):
        assert warned(opened("weekly_review", decision=number))[-1].startswith(
            "There is no such decision that is still open")


# -- where somebody signs in -----------------------------------------------------------------------

@pytest.mark.parametrize("sent", [Sent(person="H1"), Sent(function="sales")])
@pytest.mark.parametrize("role", ["viewer", "pm", "partner", "head"])
def test_a_link_gives_nobody_more_than_their_role(opened, company, reader, role, sent):
    reader(role)
    form = Form("partners", ("X3",))  # of Support and somebody else's product
    without = opened("partners", company, expectation="X3")
    app = opened("partners", company, expectation="X3",
                 link=link(form, sent, source=company))
    assert said(app).replace("This link was sent to somebody else.", "") .count("qzask") == (
        said(without).count("qzask"))
    assert [one.key for one in app.button] == [one.key for one in without.button]
    assert [one.key for one in app.text_input] == [one.key for one in without.text_input]


def test_it_is_no_sign_in(opened, company, monkeypatch):
    app = opened("partners", company, expectation="X1", link=link(source=company))
    assert not app.selectbox
    assert "qzask" not in said(app)


@pytest.mark.parametrize(("role", "sent", "foreign"), [
    ("pm", Sent(person="H1"), False), ("pm", Sent(person="H2"), True), ("pm", Sent(function="sales"), True),
    ("partner", Sent(function="sales"), False), ("partner", Sent(function="legal"), True),
    ("head", Sent(person="H1"), True), ("both", Sent(person="H1"), False),
    ("both", Sent(person="H2"), True)])  # who is head, and one of the people in the data
def test_who_is_signed_in_answers_under_their_own_name_whatever_link_they_have(
        opened, company, kept, reader, tmp_path, role, sent, foreign):
    reader("pm" if role == "both" else role)
    if role == "both":
        folder = canaries.company(tmp_path / "both")
        (folder / "settings.toml").write_text(canaries.SETTINGS.replace("head@", "mara@"))
        company = kept(folder)
    app = opened("partners", company, expectation="X1", link=link(source=company, sent=sent))
    assert any(one.startswith("This link was sent to somebody else. You are signed in as ")
               for one in warned(app)) == foreign
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    send(app, "form_answer_X1")
    shown = said(opened("partners", company, expectation="X1"))
    assert "agreed]" in shown
    assert "by the link" not in shown
    assert "said to be" not in shown
