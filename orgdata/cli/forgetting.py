"""Forget a person: their name goes from what a store keeps, and what they entered stays."""

from orgdata import formats
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError
from orgdata.cli.terminal import print_lines
from orgdata.store import Store
from orgdata.store.entries import MOST_NAME

_LEFT = "left"


def forget(person: str, store: str | None) -> int:
    """Take a name, or an address, out of all entries of a store, and say what is left to do."""
    if not person.strip() or len(person) > MOST_NAME:
        raise CommandError("expected the name, as it stands on entries")
    with Store.open(store_url(store)) as opened:
        found = opened.forget(person)
    left = found.pop(_LEFT, 0)
    entries = sum(found.values())
    print_lines(
        f"removed from {formats.count(entries, 'entry', 'entries')}; what was entered stays",
        *(f"- {formats.count(count, 'row')} of {table}" for table, count in sorted(found.items())),
        *([f"{formats.count(left, 'correction')} still name them in a cell of the source, or in "
           "what was proposed: undo them on the Data page, or change the source"] if left else []),
        "Not changed: the source, snapshots and saved files, which hold what the source said; "
        "delete what is not needed (docs/PRIVACY.md). A dashboard that runs shows the old name "
        "until it is started again.")
    return 0
