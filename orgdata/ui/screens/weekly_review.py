"""The weekly review: headlines with change, exceptions, decisions, roadblocks, what is unknown.

All that a meeting asks is on this one page: evidence opens in place, and so does the form for what
becomes of a gap.
"""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from orgdata import formats
from orgdata.changes import Changes
from orgdata.gaps import Gaps, reminders
from orgdata.model.labels import HIDDEN
from orgdata.store import StoreError
from orgdata.ui.page_table import component
from orgdata.ui.shell import rights, selection, sign_in, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.view import Evaluated, Filters, Judged, Measured, View, shown_products
from orgdata.ui.widgets import (
    decisions,
    gap_list,
    gap_state_form,
    metric,
    offsite_form,
    proposals,
    reviews,
    what_changed,
)
from orgdata.views import answers, partners, review
from orgdata.views.headline import FIELDS
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.vocabulary import EXPECTATION

WEEK = timedelta(days=7)
_DIGITS = 12  # of a number that a store may have given
_SETTLED = "settled"  # session state: the key of the gap whose form is open


def show(view: View) -> None:
    """Show the weekly review, in the same layout every week."""
    if asked := st.query_params.get("decision"):
        _show_decision(view, asked)
        return
    with st.container(gap="xsmall"):  # a meeting is held before it
        _show(view)


def _show_decision(view: View, asked: str) -> None:
    """Show one decision or to-do with what can become of it, as a letter asks for it."""
    selection.back_button("decision", "The whole review")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < _DIGITS
            and decisions.show_asked(view, int(asked))):
        st.warning("There is no such decision that is still open, or it is not for you.",
                   icon=":material/search_off:")


def _show(view: View) -> None:
    failure = store.current()
    if isinstance(failure, StoreError):
        st.warning(f"Nothing can be remembered: {md(sign_in.reason(failure))}",
                   icon=":material/database_off:")
    store.show_write_error()
    head = st.container()  # the answer stands above the choice
    before = what_changed.choose_snapshot(view)
    changes, sentences = what_changed.since(view, before)
    title, rest = (sentences[0], "") if sentences else _answer(view.measured)
    head.title(md(title), anchor=False)
    if rest:
        head.markdown(md(rest))
    _show_headlines(view, changes)
    changed, unknown = _side_by_side(bool(changes))
    if changes:
        with changed:
            what_changed.show(view, changes, sentences)
    elif not before and not view.read_only and not isinstance(failure, StoreError):
        st.info(reviews.is_first(view), icon=":material/history:")
    exceptions = _show_exceptions(view)
    proposals.show(view, "weekly_review")
    day = view.alignment.as_of.date()
    left, right = _side_by_side(view.portfolio.tracked("roadblocks"))
    with left:
        decisions.show(view, before.day if before else day - WEEK, exceptions)
    with right:
        _show_roadblocks(view)
    _show_expectations(view)
    with unknown:
        st.subheader("What we do not know")
        st.markdown(bullets(_unknowns(view.judged)))
        st.caption(md(_on_track(view.measured)))
    reviews.show_closing(view)
    offsite_form.show(view)
    reviews.show_earlier(view)


def _side_by_side(both: bool) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two dense blocks side by side, or below each other where not both have something to show."""
    left, right = st.columns([0.58, 0.42]) if both else (st.container(), st.container())
    return left.container(gap="xsmall"), right.container(gap="xsmall")


@cached
def _unknowns(judged: Judged) -> list[str]:
    return review.unknowns(judged.alignment, judged.gaps)


@cached
def _on_track(measured: Measured) -> str:
    return review.on_track(measured.alignment)


def _show_headlines(view: View, changes: Changes | None) -> None:
    """Show the headlines, with their change since the snapshot if there is one."""
    moves = review.moves(view.alignment.headlines, changes.before.headlines if changes else None)
    with st.grid(5, min_column_width=150):
        for headline in metric.headlines(view.evaluated):
            if headline.key in FIELDS:
                metric.show(headline, change=moves.get(headline.key))


@cached
def _answer(measured: Measured) -> tuple[str, str]:
    return answers.titled(measured.alignment)


def _show_exceptions(view: View) -> dict[str, str]:
    """Show at most seven exceptions and the patterns; return the messages of all, by gap key."""
    exceptions = _find_exceptions(view.evaluated, view.filters)
    count = len(exceptions.messages)
    narrowed = f" ({count:,} of {exceptions.of:,}, {view.filter_label()})" if view.filters else ""
    st.subheader(md(f"Gaps{narrowed}"))
    if not count:
        st.markdown(md(answers.nothing_severe(view.gaps) if not exceptions.of else
                       f"None of the {exceptions.of:,} critical or high gaps outside patterns is "
                       "about these products."))
    listed = exceptions.shown.index.union(_patterned(view.judged, view.filters).index)
    if len(listed):
        gap_list.show(view, view.gaps.rows.loc[listed], key="exceptions",
                      settle="" if view.read_only else _SETTLED)
    if key := st.session_state.get(_SETTLED):
        _settle(view, key)
    _show_settled(view, count - len(exceptions.shown))
    return exceptions.messages


def _show_settled(view: View, not_shown: int) -> None:
    """Show the way to all gaps, how many are not shown, accepted or wait for an owner, and those
    said to be resolved that are still there."""
    listed = _listed_gaps(view.judged, view.filters)
    settled = _find_settled(view.evaluated, view.filters)
    more = f"{answers.more_severe(not_shown)}." if not_shown > 0 else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        selection.link("gaps", f"All {formats.count(len(reminders.without(listed.rows)), 'gap')}",
                       icon=":material/rule:")
        st.caption(md(" ".join(filter(None, (more, settled.sentence, review.waiting(listed))))))
    if len(settled.resolved_still_there):
        st.markdown("**Marked as resolved, still found**")
        gap_list.show(view, settled.resolved_still_there.head(review.MOST_EXCEPTIONS),
                      key="resolved_still_there")


class _Exceptions(NamedTuple):
    """The exceptions shown, the message of every exception by the key of its gap, and how many
    there are in the whole portfolio."""

    shown: pd.DataFrame
    messages: dict[str, str]
    of: int


@cached
def _find_exceptions(evaluated: Evaluated, filters: Filters) -> _Exceptions:
    day = evaluated.alignment.as_of.date()
    all_rows = review.exceptions(evaluated.gaps, evaluated.evaluation.history, day)
    keys = gap_list.gaps_of_shown_products(evaluated.judged, filters)["key"]
    rows = all_rows[all_rows["key"].isin(keys)]
    return _Exceptions(
        evaluated.gaps.rows[evaluated.gaps.rows["key"].isin(
            rows["key"].head(review.MOST_EXCEPTIONS))],
        dict(zip(rows["key"].tolist(), rows["message"].tolist(), strict=True)), len(all_rows))


@cached
def _find_settled(evaluated: Evaluated, filters: Filters) -> review.Settled:
    return review.settled(_listed_gaps(evaluated.judged, filters), evaluated.evaluation.history,
                          evaluated.alignment.as_of.date())


@cached
def _patterned(judged: Judged, filters: Filters) -> pd.DataFrame:
    """The gaps that patterns hold."""
    rows = gap_list.gaps_of_shown_products(judged, filters)
    return rows[~rows.index.isin(judged.gaps.single().index)]


def _listed_gaps(judged: Judged, filters: Filters) -> Gaps:
    """The gaps that pass the filters; patterns are always those of the whole portfolio."""
    return replace(judged.gaps, rows=gap_list.gaps_of_shown_products(judged, filters))


def _forget_settled() -> None:
    st.session_state.pop(_SETTLED, None)


@st.dialog("Assign, accept or discuss it", width="medium", on_dismiss=_forget_settled)
def _settle(view: View, key: str) -> None:
    """Show the form for what becomes of a gap above the page; once saved, it is closed."""
    rights.hold(view.rights)
    rows = view.gaps.rows
    for row in rows[rows["key"] == key].to_dict("records"):
        st.markdown(f"**{md(review.question(row))}** {md(row['message'])}")
        st.markdown(md(row["next_step"]))
    gap_state_form.show(view, key, _forget_settled)
    selection.link("gaps", "Open this gap", gap=key)


def _show_roadblocks(view: View) -> None:
    if not view.portfolio.tracked("roadblocks"):
        return
    st.subheader("Roadblocks")
    rows = _open_roadblocks(view.measured, view.filters)
    if not len(rows):
        st.markdown("None is open.")
        return
    component.show(_roadblock_table(view.measured, view.filters), "roadblocks", "Open roadblocks")


def _show_expectations(view: View) -> None:
    """Show what products and other functions expect of each other that is due and not settled."""
    if not view.portfolio.tracked("expectations"):
        return
    table = _expectation_table(view.evaluated, view.filters)
    if len(table.rows):
        st.subheader("Expected of each other, and not settled")
        component.show(table, "expected", "Expected of each other, and not settled",
                       page="partners", param="expectation")


@cached
def _expectation_table(evaluated: Evaluated, filters: Filters) -> PageTable:
    rows = partners.rows(evaluated.alignment, evaluated.evaluation.history, HIDDEN)
    rows = partners.due(rows, evaluated.alignment)
    if filters:
        rows = rows[rows["product_id"].isin(
            shown_products(evaluated.measured, filters)["product_id"])]
    return page_table(rows, {
        "what": Column("What", "name"), "partner": Column("With"), "product": Column("Product"),
        "state": Column("State", "state", EXPECTATION), "by": Column("By when")},
        ids="expectation_id")


@cached
def _roadblock_table(measured: Measured, filters: Filters) -> PageTable:
    rows = _open_roadblocks(measured, filters)
    return page_table(rows.assign(since=[formats.day(day) for day in rows["since"]]), {
        "what": Column("Roadblock", "wide"), "holds_up": Column("Blocks"),
        "who": Column("Can clear it"), "since": Column("Since")})


@cached
def _open_roadblocks(measured: Measured, filters: Filters) -> pd.DataFrame:
    rows = review.roadblocks(measured.alignment)
    return rows if not filters else rows[rows["product_id"].isin(
        shown_products(measured, filters)["product_id"])]
