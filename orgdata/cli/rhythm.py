"""The command `rhythm`: the letters of a day, printed, or sent once each."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from email.errors import MessageError
from email.headerregistry import Address

from orgdata import formats
from orgdata.access.letter_links import LinkError, Signer
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError, SourceOptions
from orgdata.cli.documents import edition_of, mail_address
from orgdata.cli.terminal import print_lines
from orgdata.exports.digest import as_email, as_text
from orgdata.exports.rhythm import MEETING, Letter, letters
from orgdata.exports.send import MailServer, MaybeSent, SendError, mail_message, send_mail
from orgdata.store import Store, source_key

_TO = {"asked": "", "before": "those of the meeting", "after": "those of the meeting"}


def rhythm(source_options: SourceOptions, store: str | None, send: bool) -> int:
    """Print the letters of a day, and with --send send those that did not go out yet. Exit code 1
    where one could not be sent."""
    try:
        server = MailServer.from_url(mail_address()) if send else None
    except SendError as error:
        raise CommandError(str(error)) from None
    signer = _signer(key := source_key(source_options.source))
    edition = edition_of(source_options, url := store_url(store), None)
    found = letters(edition, edition.alignment.portfolio.settings.rhythm, signer)
    without = [one.name for one in found if not one.to and one.person != MEETING]
    found = [one for one in found if one.to or one.person == MEETING]
    failed = _send(found, server, url, key, edition.day) if server else _print(found)
    if not found:
        print_lines(f"nobody is written to on {formats.day(edition.day)}")
    if without:
        print_lines(f"no address is known of {formats.listed(without, most=len(without))}")
    return int(failed)


def _signer(key: str) -> Signer | None:
    """What signs the links of a source's letters; None where the environment holds no secret."""
    secret = os.environ.get("ORGDATA_LINK_SECRET", "").strip()
    try:
        return Signer(secret, key) if secret else None
    except LinkError as error:
        raise CommandError(f"ORGDATA_LINK_SECRET: {error}") from None


def _print(found: Sequence[Letter]) -> bool:
    for letter in found:
        print_lines(f"To: {letter.to or _TO[letter.kind]}",
                    *as_text(letter.content).splitlines(), "")
    return False


def _send(found: Sequence[Letter], server: MailServer, url: str, key: str, day: date) -> bool:
    """Send each letter once; whether one could not be sent. What was certainly not sent is tried
    again the next time."""
    failed = False
    with Store.open(url) as store:
        for letter in found:
            now, to = datetime.now(UTC), letter.to or _TO[letter.kind]
            if not store.claim_letter(key, letter.kind, letter.person, letter.week, day, now):
                print_lines(f"sent before: {to}")
                continue
            try:
                send_mail(_to(server, letter), mail_message(
                    as_email(letter.content), _to(server, letter), now))
            except SendError as error:
                if not isinstance(error, MaybeSent):
                    store.release_letter(key, letter.kind, letter.person, letter.week)
                print_lines(f"not sent to {to}: {error}")
                failed = True
            else:
                print_lines(f"sent to {to}: {letter.content.title}")
    return failed


def _to(server: MailServer, letter: Letter) -> MailServer:
    """The server with the receiver of a letter; of one about the review those of the server."""
    if letter.person == MEETING:
        return server
    try:
        return replace(server, receivers=(Address(addr_spec=letter.to),))
    except (MessageError, ValueError, IndexError):
        raise SendError("this is no address; expected name@host") from None
