"""Who somebody is, by the claims of a sign-in or the header of a trusted proxy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from orgdata.model.access import Access

_SKEW = timedelta(minutes=5)  # by which another machine's clock may go wrong
_LONGEST = 254  # characters of an address


class Refused(Exception):
    """Somebody may not come in; the text is one line for them."""


@dataclass(frozen=True)
class Identity:
    """Somebody who signed in: the address in one spelling, and what else was said of them."""

    address: str
    name: str = ""  # as the provider has it


def of_claims(claims: Mapping[str, object], access: Access, now: datetime) -> Identity:
    """Who signed in, by the claims of an OpenID provider. Raises Refused.

    The browser keeps a sign-in for a month whatever happens meanwhile, so its age is looked at
    each time. `now` has a time zone.
    """
    signed_in = claims.get("iat")
    if isinstance(signed_in, bool) or not isinstance(signed_in, int | float):
        raise Refused("The sign-in does not say when it was made. Ask who runs the dashboard.")
    age = now - _moment(signed_in)
    if not -_SKEW <= age <= access.max_session:
        raise Refused("Your sign-in is too old. Sign in again.")
    name = next((name for name in access.identity if claims.get(name)), None)
    address = _address(None if name is None else claims[name])
    if not address:
        raise Refused("The sign-in says no e-mail address. Ask who runs the dashboard.")
    if name == "email" and claims.get("email_verified") is not True:
        raise Refused("Your e-mail address was not verified by the sign-in, so it cannot say who "
                      "you are.")
    spoken = claims.get("name")
    return Identity(address, spoken.strip() if isinstance(spoken, str) else "")


def of_header(values: list[str], access: Access) -> Identity:
    """Who somebody is, by what the proxy's header says. Raises Refused where it is missing, blank,
    or there twice, also where both were joined by a comma: then it may not be the proxy's."""
    address = _address(values[0]) if len(values) == 1 and "," not in values[0] else ""
    if not address:
        raise Refused("The proxy before the dashboard did not say who you are. Ask who runs it.")
    return Identity(address)


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.min.replace(tzinfo=UTC)  # so old that it is refused


def _address(value: object) -> str:
    """An address in one spelling; "" for what is none. Only letters of ASCII are the same in either
    case: a Kelvin sign, a full-width letter or ß is of somebody else's address."""
    if not isinstance(value, str):
        return ""
    address = value.strip()
    address = address.lower() if address.isascii() else "".join(
        sign.lower() if sign.isascii() else sign for sign in address)
    return address if 0 < len(address) <= _LONGEST and address.isprintable() else ""


def person_named(identity: Identity, people: pd.DataFrame) -> str:
    """What the dashboard calls somebody: the name of the one person in the data with this address,
    else as the provider has it, else the address."""
    same = people["name"][people["email"].map(_address) == identity.address].dropna()
    return str(same.iloc[0]) if len(same) == 1 else identity.name or identity.address
