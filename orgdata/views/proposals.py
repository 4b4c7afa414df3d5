"""Proposals in plain words: to who may accept them, and to who made them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from orgdata import formats
from orgdata.edits import Edit
from orgdata.edits.answers import signed_by
from orgdata.views.edited import MOST_OF_ENTRY, Names, said

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import Proposal

_ACCEPTS = "who accepts it"  # whose word a confirmation is that is only proposed
_MOST = 500  # characters of what somebody proposed, as they are told


def what(label: str, edits: Sequence[Edit], names: Names) -> str:
    """What somebody proposed, by the names that they are shown: without what it would replace, and
    what goes with it, which may not be for them to see."""
    told = _said(replace(edits[0], before=None), names) if edits else ""
    more = len(edits) - 1
    return formats.clipped(f"{label}: {told}" + (
        f" And {formats.count(more, 'change')} with it." if more > 0 else ""), _MOST)


def told(one: "Proposal", names: Names) -> str:
    """Who proposed what, when and why, to who may accept it: `further` has the rest of many
    changes."""
    changes = [_said(edit, names) for edit in one.edits[:MOST_OF_ENTRY]]
    return " ".join([f"Proposed by {one.author} on {formats.day(one.at)}:", *changes, *_why(one)])


def further(one: "Proposal", names: Names) -> list[str]:
    """The changes of a proposal beyond the first, a sentence each: nobody accepts one unread."""
    return [_said(edit, names) for edit in one.edits[MOST_OF_ENTRY:]]


def own(one: "Proposal") -> str:
    """What became of a proposal, to who made it."""
    became = "It waits."
    if one.answer == "withdrawn" and one.answered_at:
        became = f"You took it back on {formats.day(one.answered_at)}."
    elif one.answer and one.answered_at:
        because = f", because: {one.because.rstrip('.')}" if one.because else ""
        became = (f"{formats.sentence_case(one.answer)} by {one.answered_by} on "
                  f"{formats.day(one.answered_at)}{because}.")
    return " ".join([f"{formats.day(one.at)}: {one.what}", *_why(one), became])


def _said(edit: Edit, names: Names) -> str:
    return said(signed_by(edit, _ACCEPTS), names)


def _why(one: "Proposal") -> list[str]:
    return [f"Why: {one.reason.rstrip('.')}."] if one.reason else []
