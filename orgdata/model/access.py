"""`[access]` of the settings: who may come in, what tells who they are, and who has which role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, cast, get_args

from orgdata import formats

Require = Literal["none", "header", "oidc"]
Role = Literal["head", "leadership", "pm", "partner", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)  # from the one that sees most
_REQUIRE: tuple[Require, ...] = get_args(Require)
_KEYS = ("require", "header", "identity", "max_session", "default", "grace_days", "role",
         "audit_days")
_ROLE_KEYS = ("role", "claim", "any", "rule")
_LONGEST_SESSION = timedelta(days=30)  # as long as the browser keeps a sign-in
_LONGEST_GRACE, _LONGEST_AUDIT = 366, 3_660  # days
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class RoleRule:
    """Who has a role: those of whom a claim (behind a proxy: a header) has one of these values; or,
    without a claim, the product managers and deputies that the data name."""

    role: Role
    claim: str = ""
    any: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Access:
    """Who may come in. `none`: everybody who reaches the address, as on one's own machine."""

    require: Require = "none"
    header: str = ""  # in which a trusted proxy says who somebody is
    identity: tuple[str, ...] = ("email",)  # claims that hold an address: the first that is there
    max_session: timedelta = timedelta(hours=12)  # since the sign-in
    default: Role | None = "head"  # of whom no rule speaks; None: they may not come in
    grace_days: int = 14  # for which a role out of the data outlives the assignment
    audit_days: int = 90  # for which it is kept who signed in, exported and changed what
    roles: tuple[RoleRule, ...] = ()

    @property
    def claims(self) -> frozenset[str]:
        """The claims or headers that roles are told by."""
        return frozenset(rule.claim for rule in self.roles if rule.claim)


EVERYBODY = Access()


def read_access(section: Mapping[str, Any]) -> Access:
    """The section; without one everybody may come in. Raises ValueError that says which key and
    what was expected."""
    if other := set(section) - set(_KEYS):
        raise ValueError(f"access has {', '.join(_KEYS)}; found {_shown(min(other))}")
    require, header = section.get("require", "none"), section.get("header", "")
    if require not in _REQUIRE:
        raise ValueError(f"access.require should be one of {', '.join(_REQUIRE)}; found "
                         f"{_shown(require)}")
    named = isinstance(header, str) and re.fullmatch(r"[A-Za-z0-9-]{1,100}", header)
    if not (named if require == "header" else header == ""):
        raise ValueError('access.header should name the header in which the proxy says who '
                         'somebody is, like "X-Forwarded-Email", where require is "header" and '
                         f"nowhere else; found {_shown(header)}")
    roles = _roles(section.get("role", []))
    if require == "none" and (roles or "default" in section):
        raise ValueError("access.role and access.default need access.require: who nobody knows has "
                         "no role")
    return Access(require, header, _identity(section.get("identity", "email")),
                  _session(section.get("max_session", "12h")),
                  _default(section.get("default", "viewer" if roles else "head")),
                  _days("grace_days", section.get("grace_days", 14), 0, _LONGEST_GRACE),
                  _days("audit_days", section.get("audit_days", 90), 1, _LONGEST_AUDIT), roles)


def _identity(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(
            isinstance(name, str) and name.strip() for name in names):
        raise ValueError('access.identity should name the claims that hold an address, like '
                         f'"email" or ["email", "preferred_username"]; found {_shown(value)}')
    return tuple(name.strip() for name in names)


def _session(value: object) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", value) if isinstance(value, str) else None
    session = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if session is None or session > _LONGEST_SESSION:
        raise ValueError('access.max_session should be a time up to "30d", like "12h" or "45m"; '
                         f"found {_shown(value)}")
    return session


def _default(value: object) -> Role | None:
    if value not in (*ROLES, "none"):
        raise ValueError(f"access.default should be one of {', '.join(ROLES)}, none; found "
                         f"{_shown(value)}")
    return None if value == "none" else cast(Role, value)


def _days(key: str, value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"access.{key} should be a whole number of days from {least} to {most:,}; "
                         f"found {_shown(value)}")
    return value


def _roles(value: object) -> tuple[RoleRule, ...]:
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise ValueError(f"access.role should be sections [[access.role]]; found {_shown(value)}")
    return tuple(map(_role, value))


def _role(section: Mapping[str, Any]) -> RoleRule:
    role, claim, values = section.get("role"), section.get("claim"), section.get("any")
    if other := set(section) - set(_ROLE_KEYS):
        raise ValueError(f"access.role has {', '.join(_ROLE_KEYS)}; found {_shown(min(other))}")
    if role not in ROLES:
        raise ValueError(f"access.role.role should be one of {', '.join(ROLES)}; found "
                         f"{_shown(role)}")
    if "rule" in section:
        if (section["rule"], role, claim, values) != ("accountable", "pm", None, None):
            raise ValueError('access.role.rule is "accountable", for the role pm and without a '
                             f"claim; found {_shown(section['rule'])} for {role}")
        return RoleRule(role)
    if not (isinstance(claim, str) and claim.strip() and isinstance(values, list) and values
            and all(isinstance(one, str) and one.strip() for one in values)):
        raise ValueError(f'access.role {role} should have a claim and its values, like claim = '
                         '"roles" and any = ["Portfolio.Head"]')
    return RoleRule(role, claim.strip(), frozenset(one.strip() for one in values))


def _shown(value: object) -> str:
    return formats.clipped(repr(value), 60)
