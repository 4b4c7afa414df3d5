"""What a scenario does, on the page: each change alone and with the others, and all together."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.changes.sentences import sentences
from orgdata.edits import EditedCell, apply
from orgdata.edits.apply import ROW
from orgdata.edits.scenario import Scenario
from orgdata.store import KeptScenario
from orgdata.ui.page_table import component
from orgdata.ui.shell import edited, scenario
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets
from orgdata.ui.shell.view import Evaluated, View
from orgdata.ui.widgets import gap_list
from orgdata.ui.widgets.downloads import changes_between
from orgdata.views import what_if
from orgdata.views.edited import NOTE, state
from orgdata.views.page_table import Column, PageTable, page_table

MOST_EFFECTS = 12  # changes of which the effect is worked out unasked


def in_words(view: View, kept: KeptScenario) -> list[str]:
    """What the scenario would do: the answer first, then a line for each change."""
    if not kept.scenario.edits or view.present is None:
        return [f"{kept.scenario.name}: what would happen if …?"]
    if changes_between(view.present, view.evaluated).nothing:
        return [f"{kept.scenario.name}: nothing that is measured would change."]
    return _sentences(view.present, view.evaluated)


@cached
def _sentences(before: Evaluated, after: Evaluated) -> list[str]:
    return sentences(changes_between(before, after))


def of_step(view: View, tried: Scenario, place: int) -> tuple[str, ...]:
    """What one change does alone, and with the others that count."""
    steps, present = tried.steps, view.present
    if view.loaded is None or present is None or place >= MOST_EFFECTS or not steps[place].on:
        return ()
    day, loaded = view.alignment.as_of.date(), view.loaded
    before, after, only, without = (
        what_if.shown_to(edited.figures(loaded, day, edits), view.rights) for edits in (
            (), tried.edits, tried.only(place), tried.without(place)))
    alone, rest = what_if.effect(before, only), what_if.effect(without, after)
    if alone == rest:
        return (formats.sentence_case(f"{alone}."),)
    return (f"Alone: {alone}.", f"With the others: {rest}.")


def waiting(view: View, tried: Scenario) -> Mapping[int, list[EditedCell]]:
    """By the place of a change that counts, its cells that change nothing (any more)."""
    text = edited.text_of(view.loaded)
    if text is None:
        return {}
    places = [place for place, step in enumerate(tried.steps) if step.on for _ in step.edits]
    edits = (*text.edits, *tried.edits)
    found: dict[int, list[EditedCell]] = {}
    for cell in apply(text.raw, edits).cells:
        if cell.edit >= len(text.edits) and cell.state != "pending":
            if (edits[cell.edit].table, cell.column) == NOTE:
                cell = cell._replace(column=ROW)  # what it says is not told
            found.setdefault(places[cell.edit - len(text.edits)], []).append(cell)
    return found


def why_waiting(cells: Sequence[EditedCell]) -> list[str]:
    """Why cells of a change change nothing, each reason once."""
    return list(dict.fromkeys(f"Does not change anything now: it {state(cell)}."
                              for cell in cells))


def show(view: View) -> None:
    """Show what the scenario changes: figures, gaps, money, people; the figures beside others."""
    if view.present is None:
        return
    names, columns = zip(*scenario.columns(view), strict=True)
    st.subheader("What it would change")
    component.show(_figures(columns, names), "scenario_figures", "The figures now and then")
    with st.expander("In words, one by one", key="scenario_words", on_change="rerun") as fold:
        if fold.open:
            st.markdown(bullets(_sentences(view.present, view.evaluated)))
    _show_gaps(view, view.present)
    _show_table(_money(view.present, view.evaluated), "Money and weights that move",
                "scenario_money")
    _show_table(_people(view.present, view.evaluated), "People who are touched",
                "scenario_people")


@cached
def _figures(columns: tuple[Evaluated, ...], names: tuple[str, ...]) -> PageTable:
    rows = what_if.side_by_side([one.evaluation for one in columns])
    return page_table(rows, {"label": Column("Figure", "name"), **{
        str(place): Column(name) for place, name in enumerate(names)}})


def _show_table(table: PageTable | None, title: str, key: str) -> None:
    if table is not None:
        st.subheader(title)
        component.show(table, key, title)


@cached
def _money(before: Evaluated, after: Evaluated) -> PageTable | None:
    rows = what_if.money_moved(before.alignment, after.alignment)
    money = "FTE" if after.alignment.money.unit == "fte" else "Spend"
    labels = {"weight_before": "Weight now", "weight_after": "Weight then",
              "share_before": f"{money} now", "share_after": f"{money} then"}
    return None if rows.empty else page_table(rows, {"name": Column("Outcome", "name"), **{
        name: Column(label) for name, label in labels.items() if name in rows}})


@cached
def _people(before: Evaluated, after: Evaluated) -> PageTable | None:
    rows = what_if.load_of_people(before.alignment, after.alignment, after.rights.all)
    if rows.empty:
        return None
    for side in ("before", "after"):
        rows[f"products_{side}"] = [formats.count(one, "product")
                                    for one in rows[f"products_{side}"]]
    columns = {"products_before": "Manages now", "products_after": "Manages then",
               "allocation_before": "Allocated now", "allocation_after": "Allocated then"}
    if (rows[["allocation_before", "allocation_after"]] == "–").all(axis=None):
        columns = dict(list(columns.items())[:2])
    return page_table(rows, {"name": Column("Person", "name"), **{
        name: Column(label) for name, label in columns.items()}})


def _show_gaps(view: View, present: Evaluated) -> None:
    closed, opened = _gap_rows(present, view.evaluated)
    if len(opened):
        st.subheader(f"{formats.count(len(opened), 'gap')} opened")
        gap_list.show(view, opened, key="scenario_opened")
    if len(closed):
        st.subheader(f"{formats.count(len(closed), 'gap')} closed")
        with st.expander("Show them", key="scenario_closed_fold", on_change="rerun") as fold:
            if fold.open:
                st.markdown(bullets(closed["message"]))


@cached
def _gap_rows(before: Evaluated, after: Evaluated) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The gaps that only one of two has: those closed, and those opened."""
    was, now = before.gaps.rows, after.gaps.rows
    return was[~was["key"].isin(now["key"])], now[~now["key"].isin(was["key"])]
