"""What changed since a snapshot, or would by a scenario: which one, in words, and one by one."""

from collections.abc import Sequence

import streamlit as st

from orgdata import formats
from orgdata.changes import Changes
from orgdata.changes.sentences import sentences as sentences_of_changes
from orgdata.store import Snapshot, StoreError, compared_by_default
from orgdata.ui.shell import rewording, sign_in
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.view import Evaluated, View
from orgdata.ui.widgets import downloads, scenario_effects, tables
from orgdata.views import review

DOCUMENTS = ("deck", "weekly", "workbook")  # that tell of it


def choose_snapshot(view: View) -> Snapshot | None:
    """Let the reader choose the snapshot to compare with; beside it the downloads."""
    by_id = {snapshot.id: snapshot for snapshot in downloads.earlier_snapshots(view)}
    if not by_id:
        downloads.show(view, DOCUMENTS)
        return None
    left, right = st.columns([0.7, 0.3], vertical_alignment="bottom")
    numbers = list(by_id)[::-1]
    default = compared_by_default(by_id.values(), view.alignment.as_of.date())
    before = by_id[left.selectbox(
        "Compared with", numbers, numbers.index(default.id) if default else 0, key="since",
        bind="query-params", label_visibility="collapsed",
        format_func=lambda number: f"Compared with: {by_id[number].title}")]
    if not any(snapshot.closed_at for snapshot in by_id.values()):
        left.caption("No review before this one is closed yet: compared with the last snapshot.")
    with right:
        downloads.show(view, DOCUMENTS, before=before)
    return before


def since(view: View, before: Snapshot | None) -> tuple[Changes | None, list[str]]:
    """What changed since a snapshot, or by the scenario that is shown; and the same in words."""
    if view.scenario and view.present:
        return (downloads.changes_between(view.present, view.evaluated),
                scenario_effects.in_words(view, view.scenario))
    changes = _changes_since(view, before) if before else None
    return changes, _change_sentences(view.evaluated, before.id) if before and changes else []


def _changes_since(view: View, before: Snapshot) -> Changes | None:
    try:
        changes = downloads.changes_since(view.evaluated, before.id)
        rewording.keep(since=before.id)
        return changes
    except StoreError as error:
        st.warning(md(f"The snapshot cannot be read: {sign_in.reason(error)}"),
                   icon=":material/database_off:")
        return None


@cached
def _change_sentences(evaluated: Evaluated, number: int) -> list[str]:
    """What changed since a snapshot, in words: the answer, then one line for each change."""
    return sentences_of_changes(downloads.changes_since(evaluated, number))


def show(view: View, changes: Changes, sentences: Sequence[str]) -> None:
    """Show what changed, a line for each topic, and in a fold every change."""
    st.subheader("What would change" if view.scenario else "What changed")
    if sentences[1:]:
        st.markdown(bullets(sentences[1:]))
    else:
        st.markdown("No other changes.")
    if not changes.rows:
        return
    expander = st.expander(f"{formats.count(len(changes.rows), 'change')}, one by one",
                           key="every_change", on_change="rerun")
    if expander.open:
        with expander:
            tables.show(review.change_rows(changes), "changes", "Every change", {
                "of": "Of", "what": "What", "name": {**tables.WIDE, "label": "Name"},
                "before": "Before", "after": "After", "note": "Note"})
