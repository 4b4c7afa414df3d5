"""Proposals: what somebody enters that is for others to change waits for them in one list, and
counts in no figure until one of them accepts it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.edits import Edit, apply
from orgdata.edits.doubtful import far_off
from orgdata.store import Proposal, Store
from orgdata.store.entries import MOST_TEXT, EntryError
from orgdata.store.proposals import MOST_OWN
from orgdata.ui.shell import edited, sign_in, store, whose
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import saving, scenarios
from orgdata.views import proposals as words
from orgdata.views.edited import WAITS, Names, state

LISTED_ON = ("weekly_review", "my_product", "gaps", "outcomes")  # the first that somebody may open
COUNTS = "It counts at once, as corrected here; your files stay as they are."
COUNTS_NOT = "It waits for who may change it, and counts in no figure until then."
MOST_SHOWN = 50  # that wait
_OFFER = "proposal_offer"  # session state: the place of a form, and what could be proposed there


def propose(view: View, label: str, edits: Sequence[Edit], by: str, place: str,
            gap_key: str | None, reason: str = "") -> bool:
    """Keep edits as a proposal of who is signed in; whether that worked."""
    return _keep(_made(view, label, edits, by, place, gap_key, reason), place)


def ask_why(place: str, theirs: bool) -> str:
    """Ask in a form why something is proposed; "" where it is theirs to save."""
    return "" if theirs else st.text_input("Why (optional)", key=f"why_{place}",
                                           max_chars=MOST_TEXT)


def submit(view: View, theirs: bool, label: str = "Save") -> tuple[bool, bool]:
    """Show the buttons that send a form, and when it counts: one that saves what is theirs or
    proposes what is not, and one that tries it first; which of them was clicked."""
    with st.container(horizontal=True):
        sent = st.form_submit_button(
            label if theirs else "Propose",
            icon=":material/check:" if theirs else ":material/outgoing_mail:")
        tried = scenarios.button(view)
    st.caption(COUNTS if theirs else COUNTS_NOT)
    return sent, tried


def offer(view: View, label: str, edits: Sequence[Edit], by: str, place: str,
          gap_key: str | None) -> None:
    """Offer to propose what could not be saved at a place: `show_offer` shows it there."""
    if sign_in.name() and not whose.may_save(edits):
        st.session_state[_OFFER] = place, _made(view, label, edits, by, place, gap_key, "")


def show_offer(place: str) -> None:
    """Show what is offered at a place, if anything."""
    found = st.session_state.get(_OFFER)
    if found and found[0] == place:
        st.button("Propose it", key=f"propose_{place}", icon=":material/outgoing_mail:",
                  on_click=_keep_offered, args=(found[1], place))


def _made(view: View, label: str, edits: Sequence[Edit], by: str, place: str,
          gap_key: str | None, reason: str) -> Proposal:
    seen, _ = saving.seen(place)
    return Proposal(view.key, tuple(edits), words.what(label, edits, Names(view.portfolio)), by,
                    sign_in.address(), datetime.now(UTC), reason.strip() or None, gap_key, seen)


def forget_offer() -> None:
    """Offer nothing any more: another form was sent."""
    st.session_state.pop(_OFFER, None)


def _keep_offered(proposal: Proposal, place: str) -> None:
    _keep(proposal, place)


def _keep(proposal: Proposal, place: str) -> bool:
    forget_offer()
    if not store.write(lambda open_store: open_store.propose(proposal)):
        return False
    saving.settle(place)
    store.note_saved("Proposed: it waits for who may change it.")
    return True


def show(view: View, page: str) -> None:
    """Show on the one page that lists them for who looks at it what waits for them, and what became
    of what they proposed."""
    if page != next(filter(view.rights.may_open, LISTED_ON), None) or view.read_only or (
            view.loaded is None or not isinstance(store.current(), Store)):
        return
    every, address = store.proposals(view.key), sign_in.address()
    waits = [one for one in every if one.answer is None]
    theirs = whose.may_save_each([one.edits for one in waits])
    waiting = [one for one, is_theirs in zip(waits, theirs, strict=True) if is_theirs]
    own = [one for one in every if address and one.address == address and one not in waiting]
    if waiting:
        _show_waiting(view, waiting)
    if own:
        st.subheader("What you proposed")
        for one in own[:-MOST_OWN - 1:-1]:
            _show_own(one, address)
    store.show_write_error()


def _show_own(one: Proposal, address: str) -> None:
    """Show what became of a proposal, and the way to take it back while it waits."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/outgoing_mail: {md(words.own(one))}", width="stretch")
        if one.answer is None:
            st.button("Take it back", key=f"withdraw_{one.id}", icon=":material/undo:",
                      on_click=_withdraw, args=(one, address))


def _withdraw(one: Proposal, address: str) -> None:
    def withdraw(open_store: Store) -> bool:
        open_store.withdraw_proposal(one.id or 0, address, sign_in.name(), datetime.now(UTC))
        return True

    if store.write(withdraw):
        store.note_saved("Taken back: it waits no more.")


def _show_waiting(view: View, waiting: Sequence[Proposal]) -> None:
    st.subheader("Proposed, and yours to answer")
    names = Names(view.portfolio)
    by = store.my_name("proposals_by")
    for one in waiting[:MOST_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/inbox: {md(words.told(one, names))}", width="stretch")
            if st.button("Accept", key=f"accept_{one.id}", icon=":material/check:"):
                _accept(view, one, by)
            with st.popover("Decline", key=f"decline_{one.id}"):
                _show_declining(one, by)
        if more := words.further(one, names):
            st.expander(f"And {formats.count(len(more), 'change')} more").markdown(bullets(more))
        for why in far_off(view.portfolio, _typed(one)):
            st.caption(f":material/help: {md(why)}.")
    if (beyond := len(waiting) - MOST_SHOWN) > 0:
        st.caption(f"And {beyond:,} later ones.")


def _typed(one: Proposal) -> list[Edit]:
    """What somebody typed of a proposal: its first edit, with which the others go, and every value
    of a check-in."""
    return [edit for place, edit in enumerate(one.edits)
            if place == 0 or edit.table == "check_ins"]


def _show_declining(one: Proposal, by: str) -> None:
    with st.form(f"declining_{one.id}", border=False):
        reason = st.text_input("Why not", key=f"declining_why_{one.id}", max_chars=MOST_TEXT)
        if st.form_submit_button("Decline it"):
            def decline(open_store: Store) -> bool:
                open_store.decline(one.id or 0, by, datetime.now(UTC), reason.strip())
                return True

            if whose.write(one.edits, decline):
                store.note_saved("Declined: who proposed it sees why.")
                st.rerun()


def _accept(view: View, one: Proposal, by: str) -> None:
    def accept(open_store: Store) -> bool:
        if why := _in_the_way(view, one):
            raise EntryError(f"what is proposed {why}")
        open_store.accept(one.id or 0, by, datetime.now(UTC), view.alignment.as_of.date(),
                          whose.row_of())
        return True

    if whose.write(one.edits, accept):
        store.note_saved()
        st.rerun()


def _in_the_way(view: View, one: Proposal) -> str:
    """Why a proposal would not count, laid over the source as it is now with its corrections; ""
    where nothing is in its way."""
    text = edited.text_of(view.loaded)
    if text is None:
        return "is of a source that cannot be corrected here"
    cells = apply(text.raw, [*text.edits, *one.edits]).cells
    found = [cell for cell in cells if cell.edit >= len(text.edits) and cell.state in WAITS]
    return state(found[0]) if found else ""
