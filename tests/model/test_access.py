"""`[access]`: what counts, and that nothing else is taken for it."""

from datetime import timedelta

import pytest

from orgdata.model.access import EVERYBODY, Access, RoleRule, read_access
from orgdata.model.settings import SettingsError, parse_settings


def test_without_it_everybody_may_come_in():
    assert read_access({}) == EVERYBODY == Access()
    assert read_access({"require": "none"}).require == "none"


def test_what_it_says():
    assert read_access({"require": "oidc", "identity": ["upn", "email"], "max_session": "45m"}) == (
        Access("oidc", "", ("upn", "email"), timedelta(minutes=45)))
    assert read_access({"require": "header", "header": "X-Forwarded-Email"}) == (
        Access("header", "X-Forwarded-Email"))
    assert read_access({"max_session": "30d"}).max_session == timedelta(days=30)


def test_who_has_which_role():
    found = read_access({"require": "oidc", "grace_days": 0, "role": [
        {"role": "head", "claim": "roles", "any": [" Portfolio.Head "]},
        {"role": "pm", "rule": "accountable"}]})
    assert found.roles == (RoleRule("head", "roles", frozenset({"Portfolio.Head"})), RoleRule("pm"))
    assert (found.default, found.grace_days, found.claims) == ("viewer", 0, {"roles"})
    assert read_access({"require": "oidc", "default": "none"}).default is None
    assert read_access({"require": "oidc"}).default == "head"  # as long as no roles are named


HEAD = {"role": "head", "claim": "roles", "any": ["x"]}


@pytest.mark.parametrize("section", [
    {"role": HEAD}, {"role": [1]}, {"role": [HEAD | {"role": "boss"}]}, {"role": [HEAD | {"any": []}]},
    {"role": [HEAD | {"any": "x"}]}, {"role": [HEAD | {"any": [""]}]}, {"role": [HEAD | {"claim": ""}]},
    {"role": [HEAD | {"all": ["x"]}]}, {"role": [{"role": "head"}]},
    {"role": [{"role": "head", "rule": "accountable"}]}, {"role": [{"role": "pm", "rule": "owner"}]},
    {"role": [{"role": "pm", "rule": "accountable", "claim": "x"}]}, {"default": "everybody"},
    {"grace_days": True}, {"grace_days": -1}, {"grace_days": 1.5}, {"grace_days": 367},
    {"require": "none", "default": "viewer"}, {"require": "none", "role": [HEAD]}])
def test_what_roles_may_not_be(section):
    with pytest.raises(ValueError, match=r"access\.(role|default|grace_days)"):
        read_access({"require": "oidc"} | section)


@pytest.mark.parametrize(("section", "message"), [
    ({"requires": "oidc"}, "found 'requires'"), ({"require": "OIDC"}, "access.require"),
    ({"require": True}, "access.require"), ({"require": ["oidc"]}, "access.require"),
    ({"require": "header"}, "access.header"), ({"require": "header", "header": ""}, "access.header"),
    ({"require": "header", "header": "a b"}, "access.header"),
    ({"require": "header", "header": "a\n"}, "access.header"),
    ({"require": "oidc", "header": "X-Email"}, "access.header"), ({"identity": ""}, "access.identity"),
    ({"identity": []}, "access.identity"), ({"identity": [1]}, "access.identity"),
    ({"max_session": 12}, "access.max_session"), ({"max_session": "31d"}, "access.max_session"),
    ({"max_session": "0h"}, "access.max_session"), ({"max_session": "12 h"}, "access.max_session"),
    ({"max_session": "9" * 400 + "h"}, "access.max_session")])
def test_what_it_may_not_say(section, message):
    with pytest.raises(ValueError, match=message):
        read_access(section)


def test_only_a_file_of_the_server_says_it(tmp_path):
    content = {"access": {"require": "oidc"}}
    assert parse_settings(content, None, tmp_path).access.require == "oidc"
    handed_over = parse_settings(content)
    assert (handed_over.access, handed_over.unknown_keys) == (EVERYBODY, ("access",))
    with pytest.raises(SettingsError, match=r"access\.require"):
        parse_settings({"access": {"require": 1}}, None, tmp_path)
