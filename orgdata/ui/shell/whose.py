"""Whose something is in the source as it has come to be since a page was drawn, and the one way to
write what somebody may only where it is theirs."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from orgdata.access import Refused, Rights, editing
from orgdata.edits import Edit
from orgdata.edits.places import RowOf, by_ids
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Store
from orgdata.ui.shell import rights, sign_in, store

T = TypeVar("T")


def write(edits: Sequence[Edit], entry: Callable[[Store], T]) -> T | None:
    """Write an entry that makes these edits, takes them back, or answers who proposed them. Refused
    where not all of them are the reader's to make by now: a goal of theirs may be another product's
    since the page was drawn, and on a page of a day before nobody had confirmed a link yet."""
    return _write(lambda reader, now: editing.may_save(reader, edits, now), entry)


def write_about(objects: Mapping[str, str], entry: Callable[[Store], T]) -> T | None:
    """Write an entry of what becomes of a gap that is about these. Refused where that is not for
    the reader to say by now."""
    return _write(lambda reader, now: editing.may_say(reader, objects, now), entry)


def _write(may: Callable[[Rights, Portfolio], bool], entry: Callable[[Store], T]) -> T | None:
    def confirmed(open_store: Store) -> T:
        if not (reader := rights.current()).all:
            store.ask_anew()
            rights.confirm()  # once more: another replica may have changed whose it is
            if not may(reader, portfolio()):
                raise Refused("what you entered is for somebody else to change")
        return entry(open_store)

    return store.write(confirmed)


def may_save(edits: Sequence[Edit]) -> bool:
    """Whether all of these edits are the reader's to make, as far as is known here by now."""
    return may_save_each([edits])[0]


def may_save_each(entries: Sequence[Sequence[Edit]]) -> list[bool]:
    """The same of each of some entries; of none where the source cannot be read."""
    if (reader := rights.current()).all or not entries:
        return [True] * len(entries)
    try:
        now = portfolio()
    except Refused:
        return [False] * len(entries)
    return [editing.may_save(reader, edits, now) for edits in entries]


def row_of() -> RowOf:
    """What tells which row of the source an edit is of, as it has come to be by now. Raises
    Refused where that cannot be read."""
    return by_ids(portfolio())


def portfolio() -> Portfolio:
    """The source that is shown, with its corrections, as it is by now. Raises Refused."""
    try:
        return rights.of_any_day()
    except (SourceError, SettingsError) as error:
        raise Refused("what this is about cannot be read now: "
                      f"{sign_in.reason(error)}") from error


def files_now() -> Portfolio | None:
    """The source that is shown as it is by now, without its corrections; None where it cannot be
    read, so that nothing is saved either."""
    try:
        return rights.files()
    except (SourceError, SettingsError):
        return None
