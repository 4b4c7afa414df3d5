"""A past review: every page as it was seen when the review was closed, from its snapshot.

The address names the snapshot, `?review=12`. Such pages show what was known at that moment, and
nothing is changed on them.
"""

from dataclasses import dataclass, replace

import streamlit as st

from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Snapshot, StoreError
from orgdata.ui.shell import rights, sign_in, source, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Measured
from orgdata.views.past_review import sentence, title

PARAM = "review"  # of the address
_ASKED_DAY = "as_of"  # of the address too


@dataclass(frozen=True)
class Past:
    """A snapshot as it was seen."""

    snapshot: Snapshot
    evaluated: Evaluated


def asked(key: str) -> Past | None:
    """The past review of a source that the address asks for; None where it asks for none. One that
    cannot be shown is said, and the present is shown in its place."""
    if (number := st.query_params.get(PARAM)) is None:
        return None
    found = store.read(lambda open_store: open_store.snapshots(key)) or []
    snapshot = next((one for one in found if str(one.id) == number), None)
    if snapshot is not None and not rights.current().may_open("weekly_review"):
        # what people wrote of it is for those who hold reviews
        snapshot = None if snapshot.withdrawn else replace(snapshot, label=None)
    if snapshot is None:
        st.warning("This source has no review of that number: shown is the present.")
        return None
    try:
        return Past(snapshot, _evaluated(snapshot))
    except (StoreError, SourceError, SettingsError) as error:
        st.warning(md(f"The {title(snapshot)} cannot be read, so shown is the present: "
                      f"{sign_in.reason(error)}"))
        return None


def _evaluated(snapshot: Snapshot) -> Evaluated:
    known = store.known(snapshot.source, snapshot.day, snapshot.seen_at)
    alignment = store.measured_snapshot(snapshot)
    version = f"{store.identity()}\nsnapshot {snapshot.id}\n{snapshot.fingerprint}"
    return source.judged(
        alignment, Measured.of(alignment, alignment.portfolio, version), known)


def show_banner(snapshot: Snapshot) -> None:
    """Say that a past review is shown, and lead back to the present."""
    st.info(md(f"{sentence(snapshot)} Nothing is changed here."), icon=":material/history:")
    st.button("Back to the present", icon=":material/arrow_back:", on_click=leave,
              key="leave_review")


def leave() -> None:
    """Show the present again."""
    for param in (PARAM, _ASKED_DAY):
        st.query_params.pop(param, None)
