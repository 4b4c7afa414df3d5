"""`[access]` of the settings: who may come in, and what tells who they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

from orgdata import formats

Require = Literal["none", "header", "oidc"]
_REQUIRE: tuple[Require, ...] = get_args(Require)
_KEYS = ("require", "header", "identity", "max_session")
_LONGEST_SESSION = timedelta(days=30)  # as long as the browser keeps a sign-in
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Access:
    """Who may come in. `none`: everybody who reaches the address, as on one's own machine."""

    require: Require = "none"
    header: str = ""  # in which a trusted proxy says who somebody is
    identity: tuple[str, ...] = ("email",)  # claims that hold an address: the first that is there
    max_session: timedelta = timedelta(hours=12)  # since the sign-in


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
    return Access(require, header, _identity(section.get("identity", "email")),
                  _session(section.get("max_session", "12h")))


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


def _shown(value: object) -> str:
    return formats.clipped(repr(value), 60)
