"""A link says whom it was sent to, for one form of one source, until a day; and to nobody else."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from orgdata.access.letter_links import COUNTS_FOR, PARAM, Form, LinkError, Links, Sent, Signer

SECRET, DAY = "s" * 32, date(2026, 11, 16)
SIGNER = Signer(SECRET, "demo")
FORM, ADA = Form("gaps", ("OUT01:O3",)), Sent(person="H1")
ALTERED = "not as it was sent, or leads elsewhere"


@pytest.mark.parametrize("sent", [ADA, Sent(function="sales"), Sent(person="H/1 \u202e&=\ud800")])
@pytest.mark.parametrize("form", [FORM, Form("my_product", ("P 1&x=2", "K/ü\"\\")),
                                  Form("partners", ("\ud800",))])
def test_it_names_whom_it_was_sent_to_until_its_last_day(form, sent):
    text = SIGNER.sign(form, sent, DAY)
    assert SIGNER.read(form, text, DAY) == sent
    with pytest.raises(LinkError, match="counted until 16 Nov 2026: what is asked now is in the latest"):
        SIGNER.read(form, text, DAY + timedelta(days=1))


def test_no_letter_of_it_can_be_another():
    text = SIGNER.sign(FORM, ADA, DAY)
    body, dot, signature = text.rpartition(".")
    for place in range(len(body)):
        other = body[:place] + ("A" if body[place] != "A" else "B") + body[place + 1:]
        with pytest.raises(LinkError, match=ALTERED):
            SIGNER.read(FORM, other + dot + signature, DAY)


@pytest.mark.parametrize("text", ["", ".", "x", "a.b", "é", "\0", "." * 5_000, "a" * 100_000])
def test_what_is_no_link_is_said_in_one_line(text):
    with pytest.raises(LinkError, match=ALTERED) as refused:
        SIGNER.read(FORM, text, DAY)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("signer", "form"), [
    (SIGNER, Form("gaps", ("OUT01:O4",))), (SIGNER, Form("partners", ("OUT01:O3",))),
    (Signer("t" * 32, "demo"), FORM), (Signer(SECRET, "another source"), FORM)])
def test_one_for_another_form_source_or_secret_does_not_count(signer, form):
    with pytest.raises(LinkError, match=ALTERED):
        signer.read(form, SIGNER.sign(FORM, ADA, DAY), DAY)


def test_ids_cannot_be_moved_from_one_parameter_to_another():
    text = SIGNER.sign(Form("my_product", ("P1", "K1")), ADA, DAY)
    for ids in (("P1K1", ""), ("P", "1K1"), ("P1\", \"K1", ""), ("K1", "P1")):
        with pytest.raises(LinkError, match=ALTERED):
            SIGNER.read(Form("my_product", ids), text, DAY)


def test_a_secret_that_can_be_guessed_is_refused():
    with pytest.raises(LinkError, match="needs 32 characters or more"):
        Signer("s" * 31, "demo")


def test_an_address_leads_to_the_form():
    address = Links("https://x.example", DAY, SIGNER).to(FORM, ADA)
    parts = urlsplit(address)
    query = {name: value for name, (value,) in parse_qs(parts.query, strict_parsing=True).items()}
    assert (f"{parts.scheme}://{parts.netloc}{parts.path}", query["gap"]) == (
        "https://x.example/gaps", "OUT01:O3")
    assert SIGNER.read(FORM, query[PARAM], DAY + COUNTS_FOR) == ADA
    assert len(address) < 300  # mail programs break longer ones


def test_without_a_secret_it_leads_there_unsigned_and_without_an_address_nowhere():
    assert Links("https://x.example", DAY).to(FORM, ADA) == "https://x.example/gaps?gap=OUT01%3AO3"
    assert Links("", DAY, SIGNER).to(FORM, ADA) == ""
    assert Links("https://x.example", DAY, SIGNER).to(None, ADA) == ""
