"""What newer files change of a saved portfolio: shown and asked before anything is stored."""

import streamlit as st

from orgdata import formats
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.reading import Read, Reading
from orgdata.upload import compare
from orgdata.upload.renames import Renamed

_MOST_NAMES = 12  # that are written out
_GONE = {False: "Drop them", True: "Keep them"}
_RENAMED = {True: "The same product", False: "Another product"}


def show(reading: Reading, before: Read) -> None:
    """Show what would change of the saved portfolio: renames, counts, names, and what is gone."""
    st.markdown(f"**What would change in “{md(reading.draft.base or '')}”**")
    for number, renamed in enumerate(reading.draft.renames):
        _ask_renamed(renamed, number, reading.draft)
    changes = _changes(before, reading.now)
    if not any(one.new or one.changed or one.gone for one in changes):
        st.markdown("Nothing: all of it is there already, the same.")
    else:
        st.markdown("  \n".join(f"**{compare.NAMES[one.table][1].capitalize()}** "
                                f":small[{compare.in_words(one)}]" for one in changes))
    _show_names(changes)
    _ask_gone(reading, before)
    if reading.told and (kept := len(reading.now.portfolio["check_ins"])
                         - len(reading.told.portfolio["check_ins"])):
        st.caption(f"{formats.count(kept, 'earlier check-in')} kept as history.")


@cached
def _changes(before: Read, now: Read) -> list[compare.Changes]:
    return compare.compare(before.portfolio, now.portfolio)


def _show_names(changes: list[compare.Changes]) -> None:
    """Show the names of what is new and changed, folded."""
    lines = [f"- {word} {md(compare.NAMES[one.table][1])}: "
             f"{md(formats.listed(list(names), most=_MOST_NAMES))}"
             for one in changes for word, names in (("New", one.new), ("Changed", one.changed))
             if names]
    if lines:
        with st.expander("By name"):
            st.markdown("\n".join(lines))


def _ask_gone(reading: Reading, before: Read) -> None:
    """Show by name what the files no longer tell of, and ask whether it stays."""
    gone = [one for one in _changes(before, reading.told or reading.now) if one.gone
            and one.table != "people"]
    if not gone:
        return
    st.markdown("\n".join(["**No longer in your files**", "", *(
        f"- {compare.NAMES[one.table][1].capitalize()}: "
        f"{md(formats.listed(list(one.gone), most=_MOST_NAMES))}" for one in gone)]))
    st.session_state["bring_gone"] = reading.draft.keep_gone
    st.segmented_control("What is no longer in your files", list(_GONE), key="bring_gone",
                         format_func=_GONE.__getitem__, required=True, on_change=_note_gone,
                         label_visibility="collapsed")


def _note_gone() -> None:
    drafts.change(keep_gone=st.session_state["bring_gone"])


def _ask_renamed(renamed: Renamed, number: int, draft: Draft) -> None:
    """Ask whether a product is one that had another name."""
    key = f"renamed_{number}"
    st.session_state[key] = draft.renames[renamed]
    st.segmented_control(
        f"{md(renamed.name)} is now called **{md(renamed.new_name)}**: the same product? "
        ":small[Same product manager, spend and goals.]", list(_RENAMED), key=key,
        format_func=lambda same: said(_RENAMED[same]), required=True, on_change=_note_renamed,
        args=(renamed, key))


def _note_renamed(renamed: Renamed, widget: str) -> None:
    if draft := drafts.current():
        drafts.change(renames={**draft.renames, renamed: st.session_state[widget]})
