"""Which ids are one person, product or outcome: asked where files know each other by name only."""

import streamlit as st

from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.reading import Read
from orgdata.upload.same_entity import SameEntity, same_entities

_MOST_ASKED = 100  # pairs of ids that are asked about at once
_CALLED = {"people": "person", "products": "product", "outcomes": "company goal"}


def show(read: Read, draft: Draft) -> None:
    """Ask about each pair; those joined already stay, so that they can be taken apart again."""
    found, count = _found(read)
    pairs = dict.fromkeys([*draft.joined, *found])
    if not pairs:
        return
    st.markdown("**Are these the same?** :small[Files that know each other by name only are joined "
                "where you say so.]")
    for one in pairs:
        key = f"same_{one.table}_{one.theirs}"
        st.session_state[key] = one in draft.joined
        st.checkbox(md(f"{one.theirs} is {one.ours} ({_CALLED[one.table]}, same {one.by})"),
                    key=key, on_change=_note, args=(one, key))
    if count > len(found):
        st.caption(f"{count - len(found):,} more seem to be the same and are not asked about: give "
                   "each one id in the files.")


def _note(pair: SameEntity, widget: str) -> None:
    if draft := drafts.current():
        others = tuple(one for one in draft.joined if one != pair)
        drafts.change(joined=(*others, pair) if st.session_state[widget] else others)


@cached
def _found(read: Read) -> tuple[list[SameEntity], int]:
    """The first pairs of ids that seem to be one entity, and how many there are."""
    found = same_entities(read.portfolio)
    return found[:_MOST_ASKED], len(found)
