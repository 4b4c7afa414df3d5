"""Who somebody is, by the claims of a sign-in or the header of a trusted proxy."""

from collections.abc import Callable, Mapping
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
    said: frozenset[tuple[str, str]] = frozenset()  # claims that roles are told by, with a value
    left_out: frozenset[str] = frozenset()  # of these claims those too long for the provider


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
    address = in_one_spelling(None if name is None else claims[name])
    if not address:
        raise Refused("The sign-in says no e-mail address. Ask who runs the dashboard.")
    if name == "email" and claims.get("email_verified") is not True:
        raise Refused("Your e-mail address was not verified by the sign-in, so it cannot say who "
                      "you are.")
    spoken, elsewhere = claims.get("name"), claims.get("_claim_names")
    return Identity(
        address, spoken.strip() if isinstance(spoken, str) else "",
        frozenset((name, value) for name in access.claims for value in _values(claims, name)),
        access.claims & frozenset(elsewhere if isinstance(elsewhere, Mapping) else ()))


def _values(claims: Mapping[str, object], name: str) -> list[str]:
    """The texts of a claim that is one text or a list; none of an address nobody verified."""
    if is_address(name):
        address = in_one_spelling(claims.get("email"))
        return [address] if address and claims.get("email_verified") is True else []
    value = claims.get(name)
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def of_header(values: list[str], access: Access,
              others: Callable[[str], list[str]] = lambda _: []) -> Identity:
    """Who somebody is, by what the proxy's header says; `others` are the values of a further header
    by its name. Raises Refused where it is missing, blank, or there twice, also where both were
    joined by a comma: then it may not be the proxy's."""
    address = in_one_spelling(values[0]) if len(values) == 1 and "," not in values[0] else ""
    if not address:
        raise Refused("The proxy before the dashboard did not say who you are. Ask who runs it.")
    own = {name for name in access.claims if is_address(name, access.header)}
    said = {(name, part.strip()) for name in access.claims - own
            for values in [others(name)] if len(values) == 1 for part in values[0].split(",")}
    return Identity(address, said=frozenset(said | {(name, address) for name in own}))


def is_address(claim: str, header: str = "") -> bool:
    """Whether a claim is the address by which somebody is known, in whatever spelling: `email`, or
    the proxy's header. Behind a proxy, too, `email` is what the proxy says: a header of that name
    comes from the browser."""
    return claim.lower() in ("email", header.lower())


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.min.replace(tzinfo=UTC)  # so old that it is refused


def in_one_spelling(value: object) -> str:
    """An address in one spelling; "" for what is none. Only letters of ASCII are the same in either
    case: a Kelvin sign, a full-width letter or ß is of somebody else's address."""
    if not isinstance(value, str):
        return ""
    address = value.strip()
    address = address.lower() if address.isascii() else "".join(
        sign.lower() if sign.isascii() else sign for sign in address)
    return address if 0 < len(address) <= _LONGEST and address.isprintable() else ""


def with_address(address: str, people: pd.DataFrame) -> pd.DataFrame:
    """The people in the data with an address that is in one spelling."""
    return people[people["email"].map(in_one_spelling) == address]
