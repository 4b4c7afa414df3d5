"""What was corrected here: each entry with who made it, and the way to undo it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

import streamlit as st

from orgdata import formats
from orgdata.access import Refused
from orgdata.access.editing import may_change
from orgdata.access.shown import TEXTS
from orgdata.edits import Edit, EditedCell, apply
from orgdata.store import Correction, Store
from orgdata.store.corrections import standing
from orgdata.ui.shell import edited, store, whose
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.views.edited import WAITS, Names, corrections_sentence, entry_words, state

MOST_SHOWN = 50  # entries on the Data page
Waits = list[tuple[Correction, EditedCell]]  # what waits for a decision, and the cell in which


def show_made(view: View, key: str) -> None:
    """Show the corrections that were made about a gap and count, each with a button to undo it."""
    show_some(view, [one for one in made(view) if one.gap_key == key], key)


def show_all(view: View) -> None:
    """Show every entry that counts, what became of it, and the way to undo it."""
    all_made = made(view)
    if not all_made:
        return
    things = list(dict.fromkeys(one.thing for one in all_made))
    shown = set(things[-MOST_SHOWN:])
    portfolio = view.evaluated.corrected.alignment.portfolio
    st.subheader("Corrections")
    st.markdown(md(f"{formats.count(len(things), 'entry', 'entries')}, each with its own undo. "
                   f"{corrections_sentence(portfolio)}"))
    show_some(view, [one for one in all_made if one.thing in shown], "all")
    if (beyond := len(things) - MOST_SHOWN) > 0:
        st.caption(f"And {beyond:,} earlier ones.")


def made(view: View) -> list[Correction]:
    """The corrections that count, of a past review those made until it was seen."""
    return [one for one in standing(store.corrections(view.key))
            if not view.review or one.at <= view.review.seen_at]


def show_some(view: View, some: Sequence[Correction], key: str) -> None:
    """Show the entries of some corrections, the last one first, each with a button to undo it: what
    was done as one thing is one entry. What is not for who looks is left out."""
    some = _shown(view, some)
    names, things = Names(view.portfolio), dict.fromkeys(one.thing for one in some)
    waiting = _waiting(view) if some else {}
    of_thing: dict[int, list[Correction]] = {thing: [] for thing in things}
    for one in made(view) if some else ():
        if one.thing in of_thing:
            of_thing[one.thing].append(one)
    entries = {thing: entry or some for thing, entry in of_thing.items()}
    edits_of = {thing: [one.edit for one in entry] for thing, entry in entries.items()}
    theirs = dict(zip(entries, whose.may_save_each(list(edits_of.values())), strict=True))
    told = {one.id for one in _shown(view, list(chain.from_iterable(entries.values())))}
    for thing, entry in reversed(entries.items()):
        waits = waiting.get(thing, [])
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap="xxsmall"):
                words = entry_words([one for one in entry if one.id in told], names)
                st.markdown(f":material/edit: {md(words)}")
                for why in dict.fromkeys(f"Waits for a decision: it {state(cell)}."
                                         for _, cell in waits):
                    st.caption(f":material/hourglass_empty: {md(why)}")
            edits = edits_of[thing]
            if not view.read_only and theirs[thing]:
                if any(cell.state == "overtaken" and cell.column for _, cell in waits):
                    st.button("Keep it all the same", key=f"keep_{key}_{thing}",
                              on_click=_act, args=("keep", thing, edits, key, waits))
                st.button("Take what the files say" if waits else "Undo",
                          key=f"undo_{key}_{thing}", icon=":material/undo:",
                          on_click=_act, args=("undo", thing, edits, key, waits))
    if some and not view.read_only:
        _ask_who(key)
    store.show_write_error()


def _shown(view: View, some: Sequence[Correction]) -> list[Correction]:
    """The corrections that are told: they quote what a row says, of which the texts are taken out
    elsewhere where they are not theirs by now, and notes of check-ins."""
    quoted = ("check_ins",) if view.rights.whole else ("check_ins", *TEXTS)
    if view.rights.all or not any(one.edit.table in quoted for one in some):
        return list(some)
    try:
        now = whose.portfolio()
    except Refused:
        return [one for one in some if one.edit.table not in quoted]
    return [one for one in some if one.edit.table not in quoted
            or may_change(view.rights, one.edit.row, now)]


def _waiting(view: View) -> dict[int, Waits]:
    """By their thing the corrections that wait, each with the cell in which it does."""
    text = edited.text_of(view.loaded)
    states = view.evaluated.corrected.alignment.portfolio.corrected["state"]
    if text is None or view.review or not states.isin(WAITS).any():
        return {}
    found: dict[int, Waits] = {}
    counting = standing(store.corrections(view.key))
    for cell in apply(text.raw, [one.edit for one in counting]).cells:
        if cell.state in WAITS:
            found.setdefault(counting[cell.edit].thing, []).append((counting[cell.edit], cell))
    return found


def _act(what: str, thing: int, edits: list[Edit], key: str, waits: Waits) -> None:
    """Undo or keep an entry of these edits; where it is not known yet who does, it is asked
    first."""
    by = store.known_name() or str(st.session_state.get(f"undo_by_{key}") or "").strip()
    if not by:
        st.session_state[f"undo_asks_{key}"] = what, thing, edits, key, waits
        return
    st.session_state.pop(f"undo_asks_{key}", None)

    def act(open_store: Store) -> None:
        if what == "undo":
            open_store.undo(thing, by, datetime.now(UTC), row_of=whose.row_of())
        else:
            open_store.correct(_again(waits, by))

    whose.write(edits, act)


def _again(waits: Waits, by: str) -> list[Correction]:
    """What waits, made anew of what the source says now."""
    at = datetime.now(UTC)
    return [Correction(one.source, replace(
        one.edit, values={cell.column: one.edit.values[cell.column]},
        before={cell.column: cell.source}), by, at, one.reason, one.gap_key, on=one.on, of=1)
        for one, cell in waits if cell.state == "overtaken" and cell.column]


def _ask_who(key: str) -> None:
    """Ask who does it, where that was not said: one field for a name is enough on a page."""
    if (asked := st.session_state.get(f"undo_asks_{key}")) is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        store.my_name(f"undo_by_{key}")
        st.button("Undo it" if asked[0] == "undo" else "Keep it", key=f"undo_it_{key}",
                  on_click=_act, args=asked)
