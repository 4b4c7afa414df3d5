"""Who somebody is: an address that was verified, by a sign-in that is young enough."""

from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import pandas as pd
import pytest

from orgdata.access import Identity, Refused, of_claims, of_header, person_named
from orgdata.model.access import Access, RoleRule

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OIDC, HEADER = Access("oidc"), Access("header", "X-Email")


def claims(hours=1.0, **changed):
    given = {"email": "Ada.Park@Example.com", "email_verified": True, "name": "Ada P.",
             "iat": (NOW - timedelta(hours=hours)).timestamp()}
    return {name: value for name, value in (given | changed).items() if value is not None}


def test_an_address_has_one_spelling():
    assert of_claims(claims(), OIDC, NOW) == Identity("ada.park@example.com", "Ada P.")
    assert of_header([" ADA.park@example.COM "], HEADER) == Identity("ada.park@example.com")
    assert of_claims(claims(name=None), OIDC, NOW).name == ""


@pytest.mark.parametrize("other", ["\u212aim@example.com", "\uff4bim@example.com", "strasse@example.com",
                                   "kım@example.com"])
def test_an_address_that_only_looks_the_same_is_of_somebody_else(other):
    people = pd.DataFrame({"name": ["Kim", "Straße"], "email": ["Kim@example.com", "straße@example.com"]})
    for value in (other, other.title()):
        assert person_named(of_claims(claims(email=value), OIDC, NOW), people) == "Ada P."


@pytest.mark.parametrize(("changed", "why"), [
    ({"email_verified": False}, "not verified"), ({"email_verified": None}, "not verified"),
    ({"email_verified": "true"}, "not verified"), ({"email": None}, "no e-mail address"),
    ({"email": ""}, "no e-mail address"), ({"email": ["a@b"]}, "no e-mail address"),
    ({"email": "a\nb@c"}, "no e-mail address"), ({"email": "a" * 255}, "no e-mail address"),
    ({"iat": None}, "when it was made"), ({"iat": "now"}, "when it was made"),
    ({"iat": True}, "when it was made"), ({"iat": 1e300}, "too old"), ({"iat": float("nan")}, "too old"),
    ({"hours": 12.01}, "too old"), ({"hours": -0.1}, "too old")])
def test_who_is_refused(changed, why):
    with pytest.raises(Refused, match=why):
        of_claims(claims(**changed), OIDC, NOW)


@pytest.mark.parametrize("hours", [12, 0, -0.08])
def test_how_old_a_sign_in_may_be(hours):
    assert of_claims(claims(hours), OIDC, NOW).address


def test_another_claim_may_say_who_somebody_is():
    access = Access("oidc", identity=("preferred_username", "email"))
    assert of_claims(claims(preferred_username="AP@x", email=None), access, NOW).address == "ap@x"
    assert of_claims(claims(), access, NOW).address == "ada.park@example.com"
    with pytest.raises(Refused, match="not verified"):
        of_claims(claims(email_verified=False), access, NOW)


@pytest.mark.parametrize("values", [[], [""], ["  "], ["a@b", "a@b"], ["\x00"],
                                    ["a@b, c@d"], ["a@b,"]])
def test_a_header_that_is_missing_or_there_twice_names_nobody(values):
    with pytest.raises(Refused, match="proxy"):
        of_header(values, HEADER)


def test_behind_a_proxy_an_address_is_what_the_proxy_says_and_no_header_a_browser_sends():
    """A rule may name the address `email`, as it is called in a sign-in; no proxy takes that out."""
    forged = {"email": ["boss@x"], "Email": ["boss@x"], "EMAIL": ["boss@x"], "x-email": ["boss@x"]}
    for claim in forged:
        access = Access("header", "X-Email", roles=(RoleRule("head", claim, frozenset({"boss@x"})),))
        assert of_header(["eve@x"], access, forged.get).said == {(claim, "eve@x")}
        assert of_header(["Boss@x"], access, forged.get).said == {(claim, "boss@x")}


def test_no_spelling_of_a_claim_gives_a_role_by_an_address_nobody_verified():
    access = Access("oidc", identity=("sub",), roles=(RoleRule("head", "Email", frozenset({"boss@x"})),))
    given = claims(sub="eve", email=None, Email="boss@x", email_verified=None)
    assert of_claims(given, access, NOW).said == frozenset()
    given |= {"email": ["boss@x"], "email_verified": True}  # verified, and no address
    assert of_claims(given, access, NOW).said == frozenset()


@pytest.mark.parametrize("value", [{"Boss": 1}, [["Boss"]], [{"Boss": 1}], True, 7, None, "boss", "Boss ",
                                   "Boss,Other", ["B", "oss"], "Boss\n", "Ｂoss"])
def test_a_claim_of_an_odd_type_or_spelling_gives_no_role(value):
    access = Access("oidc", roles=(RoleRule("head", "roles", frozenset({"Boss"})),))
    assert ("roles", "Boss") not in of_claims(claims(roles=value), access, NOW).said


@pytest.mark.parametrize(("emails", "name"), [
    (["ADA.PARK@example.com", "kim@example.com"], "Ada Park"),
    (["ada.park@example.com", "ada.park@example.com"], "Ada P."),  # one of two: nobody knows whom
    (["", None], "Ada P.")])
def test_what_somebody_is_called(emails, name):
    people = pd.DataFrame({"name": ["Ada Park", "Kim"], "email": emails}, dtype="str")
    assert person_named(of_claims(claims(), OIDC, NOW), people) == name
    assert person_named(Identity("x@y"), people) == "x@y"


@pytest.mark.parametrize("name", ["Kim", "kim", " KIM ", "Ｋim", "Kim\u200b", "kim@example.com"])
def test_nobody_is_called_as_somebody_else_in_the_data(name):
    """The provider has the name that somebody gave themselves; entries are known by it."""
    people = pd.DataFrame({"name": ["Ada Park", "Kim"], "email": ["", "kim@example.com"]}, dtype="str")
    assert person_named(Identity("x@y", name), people) == "x@y"
    assert person_named(Identity("kim@example.com", name), people) == "Kim"
    assert person_named(Identity("x@y", "Kimberly"), people) == "Kimberly"


@pytest.mark.parametrize("name", ["Ada Park (product manager)", "Ada\u200b Park, on behalf of Sales", "Mr. ADA PARK",
                                  "Kim, on behalf of Sales", "x on  behalf of y", "Kim (by the link sent to Sales)",
                                  "Kim (said to be)"])
def test_nor_as_somebody_else_with_more_beside_it(name):
    people = pd.DataFrame({"name": ["Ada Park", "Kim"], "email": ["", "kim@example.com"]}, dtype="str")
    assert person_named(Identity("x@y", name), people) == "x@y"


_PEOPLE = pd.DataFrame({"name": ["Ada Park", "Bo Li", "Jörg Müller"], "email": ["", "", ""]}, dtype="str")


@pytest.mark.parametrize("name", [
    "Аda Park", "Adа Pаrk", "ВО Lі", "ΒΟ LI", "Βο Li", "Ádá Párk", "Jorg Muller", "Bo L\N{LATIN SMALL LETTER DOTLESS I}",
    "Bo Li (CPO)", "Bo Li, CPO", "Li, Bo", "B o Li CPO", "BoLi CPO", "Bo X Li", "Bo L1",
    "\N{LATIN SMALL LETTER ALPHA}da Park", "\N{MATHEMATICAL BOLD CAPITAL A}da Park"])
def test_nor_as_what_looks_like_somebody_else(name):
    assert person_named(Identity("x@y", name), _PEOPLE) == "x@y"


@pytest.mark.parametrize("name", [
    "", " ", "\u200b", "\u2800", "\u00ad", "\u3164", "\u034f", "\u0301", "Eve\u3164", "E\u202eve", "Eve\n", "-", "()",
    "somebody (name removed)", "SOMEBODY (Name Removed)", "Eve (nаme removed)", "Eve <b>", "Eve | Li"])
def test_what_is_no_plain_name_is_not_taken_from_the_provider(name):
    assert person_named(Identity("x@y", name), _PEOPLE) == "x@y"


@pytest.mark.parametrize("name", [
    "Eve Müller", "Bob Lim", "Nguyễn Văn Ân", "Jean-Luc O’Brien", "Meyer, Eva (IT)", "Иван Петров", "Γιώργος Παπάς",
    "李小龙", "田中 さくら", "김민수", "สมชาย ใจดำ", "محمد علي", "अनिल शर्मा", "Ẹ́bùn Adé", "Д. И. Иванов"])
def test_a_plain_name_is_taken_in_any_script(name):
    assert person_named(Identity("x@y", name), _PEOPLE) == normalize("NFC", name)


def test_a_name_of_many_words_is_not_gone_through():
    assert person_named(Identity("x@y", "e " * 10_000), _PEOPLE) == "x@y"
