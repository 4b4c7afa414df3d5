"""Links in letters: each leads to one form, is signed so that it names whom it was sent to, and has
an end.

A link lets nobody in and gives no right: whoever may open the form can do so without it. It says
only who is meant, for whoever has it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from itsdangerous import BadData, URLSafeSerializer

from orgdata import formats

PARAM = "link"  # of an address, beside those that name the form
COUNTS_FOR = timedelta(days=14)
FORMS: Mapping[str, tuple[str, ...]] = {  # page → the parameters that name one form of it
    "gaps": ("gap",), "my_product": ("product", "key_result"), "partners": ("expectation",),
    "weekly_review": ("decision",)}
_SHORTEST = 32  # characters of a secret: shorter ones can be guessed from one letter


class LinkError(Exception):
    """Whom a link was sent to cannot be told, or does not count; the text is one clear line."""


@dataclass(frozen=True)
class Sent:
    """Whom a letter is sent to: a person by their id, or a function by its name."""

    person: str = ""
    function: str = ""


@dataclass(frozen=True)
class Form:
    """One form: its page, and what names it there, in the order of `FORMS`."""

    page: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Signer:
    """What signs the links of one source (by its key in the store), and reads them."""

    secret: str
    source: str

    def __post_init__(self) -> None:
        if len(self.secret) < _SHORTEST:
            raise LinkError(f"the secret for links needs {_SHORTEST} characters or more")

    def sign(self, form: Form, sent: Sent, until: date) -> str:
        """The signature of a link that counts until the end of a day (UTC)."""
        return str(self._of(form).dumps([sent.person, sent.function, until.isoformat()]))

    def read(self, form: Form, text: str, today: date) -> Sent:
        """Whom a link to a form was sent to. Raises LinkError."""
        try:
            person, function, until = self._of(form).loads(text)
        except BadData:
            raise LinkError("This link is not as it was sent, or leads elsewhere: open it from the "
                            "letter again.") from None
        if today > date.fromisoformat(until):
            raise LinkError(f"This link counted until {formats.day(date.fromisoformat(until))}: "
                            "what is asked now is in the latest letter.")
        return Sent(person, function)

    def _of(self, form: Form) -> URLSafeSerializer:
        """What signs for one form of the source: no signature of another one is right for it."""
        about = json.dumps(["link of a letter", self.source, form.page, *form.ids])
        return URLSafeSerializer(
            self.secret, about.encode(), serializer_kwargs={"ensure_ascii": True},
            signer_kwargs={"key_derivation": "hmac", "digest_method": sha256})


@dataclass(frozen=True)
class Links:
    """How letters of a day lead to forms: behind the address of the dashboard ("": they do not),
    and signed, where there is a secret to sign with."""

    address: str
    day: date
    signer: Signer | None = None

    @property
    def until(self) -> date:
        """The last day on which they count."""
        return self.day + COUNTS_FOR

    def to(self, form: Form | None, sent: Sent) -> str:
        """The address of a form for whom it is sent to; "" where there is none."""
        if form is None or not self.address:
            return ""
        query = dict(zip(FORMS[form.page], form.ids, strict=True))
        if self.signer:
            query[PARAM] = self.signer.sign(form, sent, self.until)
        return f"{self.address}/{form.page}?{urlencode(query, errors='replace')}"
