"""Forget a person: their name goes from what a store keeps, and what they entered stays."""

import os

from orgdata import formats
from orgdata.access.identity import in_one_spelling
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError
from orgdata.cli.terminal import print_lines
from orgdata.private import Private
from orgdata.store import Store
from orgdata.store.entries import MOST_NAME

_LEFT = "left"


def forget(person: str, store: str | None) -> int:
    """Take a name, or an address, out of all entries of a store, and say what is left to do."""
    if not person.strip() or len(person) > MOST_NAME:
        raise CommandError("expected the name, as it stands on entries")
    private = _forget_private(person)  # first: where that fails nothing is changed
    with Store.open(store_url(store)) as opened:
        found = opened.forget(person)
    left = found.pop(_LEFT, 0)
    entries = sum(found.values())
    print_lines(
        f"removed from {formats.count(entries, 'entry', 'entries')}; what was entered stays",
        *(f"- {formats.count(count, 'row')} of {table}" for table, count in sorted(found.items())),
        *([f"{formats.count(left, 'entry', 'entries')} still name them in a cell of the source, in "
           "what was proposed, in the key of a gap or in what a source is called: undo them on the "
           "Data page, or change the source"] if left else []),
        private,
        "Not changed: the source, snapshots and saved files, which hold what the source said; "
        "delete what is not needed (docs/PRIVACY.md). A dashboard that runs shows the old name "
        "until it is started again.")
    return 0


def _forget_private(person: str) -> str:
    """Delete what a person keeps for themselves, where the environment says in which database."""
    url = os.environ.get("ORGDATA_PRIVATE")
    if not url:
        return ("no private database was asked: ORGDATA_PRIVATE names none here. Where there is "
                "one, run this with it")
    with Private.open(url, os.environ.get("ORGDATA_PRIVATE_KEY", "")) as opened:
        found = opened.forget(person, in_one_spelling(person))
    return (f"deleted from the private database what {formats.count(found, 'person', 'people')} "
            "kept there")
