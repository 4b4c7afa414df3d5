"""The weekly review: headlines with change, exceptions, decisions, roadblocks, what is unknown.

All that a meeting asks is on this one page: evidence opens in place, and so does the form for what
becomes of a gap.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.changes import Changes
from orgdata.changes.sentences import sentences as sentences_of_changes
from orgdata.gaps import Gaps, reminders
from orgdata.store import Snapshot, StoreError, compared_by_default
from orgdata.ui.shell import selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, Measured, View, shown_products
from orgdata.ui.widgets import decisions, downloads, gap_list, gap_state_form, reviews, tables
from orgdata.views import answers, explain, review
from orgdata.views.vocabulary import SEVERITY

WEEK = timedelta(days=7)
_DOCUMENTS = ("deck", "weekly", "workbook")


def show(view: View) -> None:
    """Show the weekly review, in the same layout every week."""
    failure = store.current()
    if isinstance(failure, StoreError):
        st.warning(f"Nothing can be remembered: {md(failure)}", icon=":material/database_off:")
    store.show_write_error()
    before = _choose_snapshot(view)
    changes = _changes_since(view, before) if before else None
    sentences = _change_sentences(view.evaluated, before.id) if before and changes else []
    _show_headlines(view, changes, sentences)
    if changes:
        _show_changes(changes, sentences)
    elif not before and not view.review and not isinstance(failure, StoreError):
        st.info("There is no earlier review to compare with. Close this one at the end of the "
                "meeting; next week opens with what changed.", icon=":material/history:")
    exceptions = _show_exceptions(view)
    day = view.alignment.as_of.date()
    decisions.show(view, before.day if before else day - WEEK, exceptions)
    _show_roadblocks(view)
    st.subheader("What we do not know")
    for line in _unknowns(view.evaluated):
        st.markdown(f"- {md(line)}")
    st.caption(md(_on_track(view.measured)))
    reviews.show_closing(view)
    reviews.show_earlier(view)


@cached
def _unknowns(evaluated: Evaluated) -> list[str]:
    return review.unknowns(evaluated.alignment, evaluated.gaps)


@cached
def _on_track(measured: Measured) -> str:
    return review.on_track(measured.alignment)


def _choose_snapshot(view: View) -> Snapshot | None:
    """Let the reader choose the snapshot to compare with; beside it the downloads."""
    by_id = {snapshot.id: snapshot for snapshot in downloads.earlier_snapshots(view)}
    if not by_id:
        downloads.show(view, _DOCUMENTS)
        return None
    left, right = st.columns([0.7, 0.3], vertical_alignment="bottom")
    numbers = list(by_id)[::-1]
    default = compared_by_default(by_id.values(), view.alignment.as_of.date())
    before = by_id[left.selectbox(
        "Compared with", numbers, numbers.index(default.id) if default else 0, key="since",
        bind="query-params", format_func=lambda number: by_id[number].title)]
    if not any(snapshot.closed_at for snapshot in by_id.values()):
        left.caption("No review before this one is closed yet: compared with the last snapshot.")
    with right:
        downloads.show(view, _DOCUMENTS, before=before)
    return before


def _changes_since(view: View, before: Snapshot) -> Changes | None:
    try:
        return downloads.changes_since(view.evaluated, before.id)
    except StoreError as error:
        st.warning(md(f"The snapshot cannot be read: {error}"), icon=":material/database_off:")
        return None


@cached
def _change_sentences(evaluated: Evaluated, number: int) -> list[str]:
    """What changed since a snapshot, in words: the answer, then one line for each change."""
    return sentences_of_changes(downloads.changes_since(evaluated, number))


def _show_headlines(view: View, changes: Changes | None, sentences: Sequence[str]) -> None:
    """Show the answer and the headlines, with their change since the snapshot if there is one."""
    answer = sentences[0] if sentences else _answer(view.measured)
    st.title(md(answer), anchor=False)
    with st.grid(5, min_column_width=165):  # room for "unknown"
        for label, (value, change) in review.deltas(
                view.alignment.headlines, changes.before.headlines if changes else None).items():
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.caption(md(label))  # which wraps, as that of a metric does not
                st.metric(md(label), md(value), change, delta_color="off",
                          label_visibility="collapsed",
                          delta_arrow="off" if change == review.UNMOVED else "auto")


@cached
def _answer(measured: Measured) -> str:
    return answers.overview(measured.alignment)


def _show_changes(changes: Changes, sentences: Sequence[str]) -> None:
    st.subheader("What changed")
    for line in sentences[1:]:
        st.markdown(f"- {md(line)}")
    if not sentences[1:]:
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


def _show_exceptions(view: View) -> dict[str, str]:
    """Show at most seven exceptions and the patterns; return the messages of all, by gap key."""
    exceptions = _find_exceptions(view.evaluated, view.filters)
    count = len(exceptions.messages)
    narrowed = f" ({count:,} of {exceptions.of:,}, {view.filter_label()})" if view.filters else ""
    st.subheader(md(f"Gaps{narrowed}"))
    if not count:
        st.markdown(md(answers.nothing_severe(view.gaps) if not exceptions.of else
                       f"None of the {exceptions.of:,} gaps is about these products."))
    for row in exceptions.shown:
        _show_exception(view, row)
    if (not_shown := count - review.MOST_EXCEPTIONS) > 0:
        st.caption(f"{answers.more_severe(not_shown)}.")
    patterned = _patterned(view.evaluated, view.filters)
    if len(patterned):
        gap_list.show(view, patterned, key="patterns")
    _show_settled(view)
    all_gaps = len(reminders.without(_listed_gaps(view.evaluated, view.filters).rows))
    selection.link("gaps", f"All {formats.count(all_gaps, 'gap')}", icon=":material/rule:")
    return exceptions.messages


def _show_settled(view: View) -> None:
    """Show how many gaps are accepted or wait for an owner, and those said to be resolved that are
    still there."""
    listed = _listed_gaps(view.evaluated, view.filters)
    settled = _find_settled(view.evaluated, view.filters)
    if sentences := [sentence for sentence in (settled.sentence, review.waiting(listed))
                     if sentence]:
        st.caption(md(" ".join(sentences)))
    if len(settled.resolved_still_there):
        st.markdown("**Marked as resolved, still found**")
        gap_list.show(view, settled.resolved_still_there.head(review.MOST_EXCEPTIONS),
                      key="resolved_still_there")


class _Exceptions(NamedTuple):
    """The exceptions shown, the message of every exception by the key of its gap, and how many
    there are in the whole portfolio."""

    shown: list[pd.Series]
    messages: dict[str, str]
    of: int


@cached
def _find_exceptions(evaluated: Evaluated, filters: Filters) -> _Exceptions:
    day = evaluated.alignment.as_of.date()
    all_rows = review.exceptions(evaluated.gaps, evaluated.evaluation.history, day)
    keys = gap_list.gaps_of_shown_products(evaluated, filters)["key"]
    rows = all_rows[all_rows["key"].isin(keys)]
    return _Exceptions(
        [pd.Series(row) for row in rows.head(review.MOST_EXCEPTIONS).to_dict("records")],
        dict(zip(rows["key"].tolist(), rows["message"].tolist(), strict=True)), len(all_rows))


@cached
def _find_settled(evaluated: Evaluated, filters: Filters) -> review.Settled:
    return review.settled(_listed_gaps(evaluated, filters), evaluated.evaluation.history,
                          evaluated.alignment.as_of.date())


@cached
def _patterned(evaluated: Evaluated, filters: Filters) -> pd.DataFrame:
    """The gaps that patterns hold."""
    rows = gap_list.gaps_of_shown_products(evaluated, filters)
    return rows[~rows.index.isin(evaluated.gaps.single().index)]


def _listed_gaps(evaluated: Evaluated, filters: Filters) -> Gaps:
    """The gaps that pass the filters; patterns are always those of the whole portfolio."""
    return replace(evaluated.gaps, rows=gap_list.gaps_of_shown_products(evaluated, filters))


def _show_exception(view: View, row: pd.Series) -> None:
    text, buttons = st.columns([0.72, 0.28], vertical_alignment="center")
    text.markdown(f"{md(SEVERITY[row['severity']])} · **{md(review.question(row))}** "
                  f"{md(row['message'])}  \n:small[{md(row['next_step'])} "
                  f"*{md(review.state_line(row, view.alignment.as_of.date()))}*"
                  f"{md(gap_list.stake_suffix(view, row['at_stake']))}]")
    with buttons.container(horizontal=True, gap="small"):
        evidence = st.popover("Evidence", key=f"evidence_{row['key']}", on_change="rerun",
                              type="tertiary")
        if evidence.open:
            with evidence:
                for line in explain.gap(row, view.alignment).evidence:
                    st.markdown(f"- {md(line)}")
                selection.link("gaps", "Open this gap", gap=str(row["key"]))
        if view.review:
            return
        form = st.popover("Assign", key=f"take_up_{row['key']}", on_change="rerun")
        if form.open:
            with form:
                gap_state_form.show(view, str(row["key"]))


def _show_roadblocks(view: View) -> None:
    if not view.portfolio.tracked("roadblocks"):
        return
    st.subheader("Roadblocks")
    rows = _open_roadblocks(view.measured, view.filters)
    if not len(rows):
        st.markdown("None is open.")
    for row in rows.head(review.MOST_ROADBLOCKS).itertuples():
        st.markdown(f"- **{md(row.what)}**  \n:small[{md(row.holds_up)} · since "
                    f"{formats.day(row.since)} · can clear it: {md(row.who)}]")
    if len(rows) > review.MOST_ROADBLOCKS:
        with st.expander(f"All {len(rows):,} roadblocks"):
            tables.show(rows, "roadblocks", "Open roadblocks", {
                "who": "Can clear it", "since": {**tables.DAY, "label": "Since"},
                "what": {**tables.WIDE, "label": "What"}, "holds_up": "Blocks"})


@cached
def _open_roadblocks(measured: Measured, filters: Filters) -> pd.DataFrame:
    rows = review.roadblocks(measured.alignment)
    return rows if not filters else rows[rows["product_id"].isin(
        shown_products(measured, filters)["product_id"])]
