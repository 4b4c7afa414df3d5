"""The New bets page: outcomes that lack support, each with the ideas that would work on it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.edits import EditError
from orgdata.edits.scenario import Step
from orgdata.ui.page_table import component
from orgdata.ui.shell import edited, frame, selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import as_if, fix_form, scenarios
from orgdata.views import answers, ideas, outcomes
from orgdata.views.page_table import Column, PageTable, page_table, percent
from orgdata.views.vocabulary import COVERAGE, IDEA_STAGE, UNKNOWN

MOST_TRIED = 12  # ideas that are tried unasked, to say what each would do for its outcome
_HOW = ("Odds say which of two brings more of the way to the target per person-week, by the ranges "
        "that people gave. From 40 to 60 of 100 cases it is too close to call.")


def show(view: View) -> None:
    """Show the idea chosen in the URL, else the outcomes with their ideas."""
    if not len(view.alignment.outcomes):
        frame.show_missing_table("No active outcome is loaded.", "outcomes")
        return
    head = st.container()
    names = _names(view.measured)
    chosen = selection.choose("idea", "Idea", names, "All ideas") if names else None
    if chosen:
        _show_idea(view, chosen)
        return
    head.title(md(_answer(view.measured)), anchor=False)
    if not names:
        _show_empty(view)
    rows = _outcomes(view.measured)
    if _pairs_of_any(view.measured):
        st.caption(_HOW)
    tried = 0
    for number, (some, of) in enumerate(groupby(rows.to_dict("records"), _has_ideas)):
        group = list(of)
        if not some and len(group) > 1:
            _show_without(view, [str(row["outcome_id"]) for row in group], number)
            continue
        for row in group:
            tried += row["ideas"]
            with st.container(border=True):
                _show_outcome(view, row, tries=tried <= MOST_TRIED)
    store.show_write_error()


def _has_ideas(row: Mapping[str, Any]) -> bool:
    return bool(row["ideas"])


@cached
def _answer(measured: Measured) -> str:
    return ideas.sentence(measured.alignment)


@cached
def _names(measured: Measured) -> dict[str, str]:
    return selection.names(ideas.open_ideas(measured.alignment), "idea_id")


@cached
def _outcomes(measured: Measured) -> pd.DataFrame:
    return ideas.outcome_rows(measured.alignment)


@cached
def _pairs_of_any(measured: Measured) -> bool:
    return any(ideas.pairs(measured.alignment, outcome_id)
               for outcome_id in _outcomes(measured)["outcome_id"])


def _show_empty(view: View) -> None:
    st.info("A sheet of ideas with three columns turns this on: the idea, the outcome it would "
            "work on, and how far it would move that outcome's metric. With a range of effort and "
            "a chance that it works, ideas are compared in pairs.", icon=":material/lightbulb:")
    selection.link("data", "Bring a sheet of ideas", icon=":material/database:")


def _show_without(view: View, outcome_ids: list[str], number: int) -> None:
    """Show outcomes in a row that have no idea, in one table."""
    with st.container(border=True):
        st.subheader(md(_without(view.measured, tuple(outcome_ids))), anchor=False)
        component.show(_table_without(view.measured, tuple(outcome_ids)), f"without_{number}",
                       "Outcomes without an idea", page="outcomes", param="outcome")
        if not number:  # one form is enough: it asks for the outcome
            fix_form.show_actions(view, "idea_for_any", {}, "Add an idea")


@cached
def _without(measured: Measured, outcome_ids: tuple[str, ...]) -> str:
    rows = _outcomes(measured)
    return ideas.without(rows[rows["outcome_id"].isin(outcome_ids)])


@cached
def _table_without(measured: Measured, outcome_ids: tuple[str, ...]) -> PageTable:
    rows = _outcomes(measured)
    rows = rows[rows["outcome_id"].isin(outcome_ids)]
    return page_table(rows.assign(lacks=outcomes.lacks(rows)), {
        "name": Column("Outcome", "name", below="whose"),
        "coverage": Column("Coverage", "state", COVERAGE),
        "weight": Column("Weight", "number", text=percent), "served_by": Column("Products", "wide"),
        "lacks": Column("Missing")}, ids="outcome_id")


def _show_outcome(view: View, row: Mapping[str, Any], tries: bool) -> None:
    """Show one outcome: how it is covered, its metric, the ideas for it and their odds."""
    outcome_id = str(row["outcome_id"])
    st.subheader(md(row["name"]), anchor=False)
    st.markdown(md(_facts(view.measured, outcome_id)))
    if row["ideas"]:
        tried = _tried(view, outcome_id) if tries else {}
        component.show(_table(view.measured, outcome_id, tuple(tried.items())),
                       f"ideas_{outcome_id}", f"Ideas for {row['name']}", page="new_bets",
                       param="idea")
        if pairs := _pairs(view.measured, outcome_id):
            st.markdown(bullets(pairs))
    else:
        st.markdown(md(_none_yet(view.measured)))
    fix_form.show_actions(view, "new_idea", {"outcome_id": outcome_id}, "Add an idea")


@cached
def _facts(measured: Measured, outcome_id: str) -> str:
    row = _row(measured.alignment.outcomes, "outcome_id", outcome_id)
    listed = _row(_outcomes(measured), "outcome_id", outcome_id)
    weight = "" if formats.is_unknown(listed["weight"]) else (
        f", weight {formats.percent(listed['weight'])}")
    lacks = (f" The link closest to covering it lacks {listed['lacks']}."
             if listed["lacks"] else "")
    state = COVERAGE.get(row["coverage"], UNKNOWN)
    return (f"{state.symbol} {formats.sentence_case(state.label)}{weight}.{lacks} "
            f"{outcomes.metric_sentence(row)}").strip()


def _row(rows: pd.DataFrame, column: str, value: str) -> pd.Series:
    return rows[rows[column] == value].iloc[0]


@cached
def _none_yet(measured: Measured) -> str:
    skipped = answers.skipped_rows(measured.alignment, "ideas")
    rows = formats.count(skipped, "row of ideas was", "rows of ideas were")
    return "No idea for it yet." if not skipped else (
        f"No idea for it is known: {rows} skipped. The Data page says why.")


@cached
def _pairs(measured: Measured, outcome_id: str, idea_id: str | None = None) -> list[str]:
    return ideas.pairs(measured.alignment, outcome_id, idea_id)


def _tried(view: View, outcome_id: str) -> dict[str, str]:
    """What each idea would do for its outcome, in a few words."""
    found = {idea: as_if.of(view, idea, outcome_id)
             for idea in ideas.open_ideas(view.alignment, outcome_id)["idea_id"]}
    return {idea: one.in_short if isinstance(one, ideas.AsIf) else formats.sentence_case(one)
            for idea, one in found.items() if one is not None}


@cached
def _table(measured: Measured, outcome_id: str, tried: tuple[tuple[str, str], ...]) -> PageTable:
    rows = ideas.idea_rows(measured.alignment, outcome_id)
    rows = rows.assign(tried=rows["idea_id"].map(dict(tried)).astype("str") if tried else None)
    return page_table(rows, {
        "name": Column("Idea", "name", below="what"),
        "way": Column(ideas.axis(_row(measured.alignment.outcomes, "outcome_id", outcome_id)),
                      "range"),
        "tried": Column("As if it existed", "wide"),
        "chance": Column("Chance it works", "number", text=percent),
        "stage": Column("Stage", "state", IDEA_STAGE), "asked": Column("Asked by")}, ids="idea_id")


# -- one idea --------------------------------------------------------------------------------------

def _show_idea(view: View, idea_id: str) -> None:
    """Show one idea: what would be if it existed, how far it would go, and its odds."""
    idea = _row(view.alignment.ideas, "idea_id", idea_id)
    outcome_id = str(idea["outcome_id"])
    found = as_if.of(view, idea_id, outcome_id)
    selection.back_button("idea", "All ideas")
    st.title(md(idea["name"] if not isinstance(found, ideas.AsIf) else ideas.would(
        str(idea["name"]), str(idea["outcome_name"]), found)), anchor=False)
    if not formats.is_unknown(idea["description"]):
        st.markdown(md(idea["description"]))
    component.show(_table_of_one(view.measured, outcome_id, idea_id), f"idea_{idea_id}",
                   "The idea")
    if found is not None:
        _show_as_if(str(idea["outcome_name"]), found)
        _show_trying(view, idea)
    st.subheader("Odds against the other ideas")
    pairs = _pairs(view.measured, outcome_id, idea_id)
    st.markdown(bullets(pairs) if pairs else "No other idea is open for this outcome.")
    if pairs:
        st.caption(_HOW)
    fix_form.show_actions(view, "idea", {"idea_id": idea_id})


@cached
def _table_of_one(measured: Measured, outcome_id: str, idea_id: str) -> PageTable:
    table = _table(measured, outcome_id, ())
    rows = table.rows[table.rows["idea_id"] == idea_id].assign(
        name=_row(measured.alignment.ideas, "idea_id", idea_id)["outcome_name"])
    columns = {**table.columns, "name": Column("Outcome", "name", below="what")}
    return PageTable(rows, columns)


def _show_as_if(outcome: str, found: ideas.AsIf | str) -> None:
    st.subheader("As if it existed")
    if isinstance(found, str):
        st.markdown(md(f"It cannot be tried: {found}."))
        return
    st.markdown(md(f"{outcome}: {found.in_short}."))
    for messages, what in ((found.closed, "would close"), (found.opened, "would open")):
        if messages:
            st.markdown(f"{formats.count(len(messages), 'gap')} {what}:")
            st.markdown(bullets(messages))
    if not found.closed and not found.opened:
        st.markdown("No gap would close or open.")


def _show_trying(view: View, idea: pd.Series) -> None:
    """Let the reader make a scenario of the idea."""
    text = edited.text_of(view.loaded)
    if text is None or not fix_form.can_correct(view) or not view.rights.may_open("what_if"):
        return
    idea_id = str(idea["idea_id"])
    with st.form(f"try_{idea_id}", border=False), st.container(
            horizontal=True, vertical_alignment="bottom"):
        name = store.my_name(f"try_by_{idea_id}")
        if st.form_submit_button("Try it first", icon=":material/science:"):
            try:
                edits = as_if.edits_of(text, idea_id, view.alignment.as_of.date())
            except EditError as error:
                st.error(md(f"It cannot be tried: {error}."), icon=":material/error:")
                return
            scenarios.begin(view, str(idea["name"]), [
                Step("pursue idea", {"idea_id": idea_id}, edits)], name)
