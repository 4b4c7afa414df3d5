"""The Gaps page: gaps, patterns that have one cause, and rules that were not evaluated."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, reminders
from orgdata.ui.page_table import component
from orgdata.ui.shell import selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Filters, Judged, Measured, View, shown_products
from orgdata.ui.widgets import (
    corrections,
    decisions,
    downloads,
    fix_form,
    fix_many,
    gap_list,
    gap_state_form,
    proposals,
)
from orgdata.views import answers, gaps, not_judged
from orgdata.views.decisions import not_found
from orgdata.views.page_table import Column, PageTable, page_table

ANY = "Any"
_NOT_EVALUATED = {
    "name": Column("Rule", "name", below="code"), "question": Column("Question", "wide"),
    "because": Column("Not evaluated, because", "wide")}
_NOT_JUDGED = {
    "subject": Column("About", "name"), "what": Column("Not judged", "wide"),
    "because": Column("Because", "wide")}


def show(view: View) -> None:
    """Show the gap named in the URL, else all gaps."""
    if key := st.query_params.get("gap"):
        _show_gap(view, key.replace("\0", ""))  # no store has a text with one
    else:
        _show_list(view)


def _show_gap(view: View, key: str) -> None:
    """Show one gap with its evidence and state; or that there is no such gap (any more)."""
    selection.back_button("gap", "All gaps")
    matching = view.gaps.rows[view.gaps.rows["key"] == key]
    if not len(matching) and reminders.about(key) != key:
        key = reminders.about(key)
        matching = view.gaps.rows[view.gaps.rows["key"] == key]
        st.success("Settled: there is no open reminder for this gap.", icon=":material/check:")
    if len(matching):
        gap_list.show_details(view, matching.iloc[0])
        corrections.show_made(view, key)
        fix_form.show(view, matching.iloc[0])
        st.subheader("Status and owner")
        gap_state_form.show(view, key)
    elif view.rights.all:
        _show_gone(view, key)
    else:  # whether there is one that is not shown to them stays open
        st.warning(gap_state_form.NO_SUCH_GAP, icon=":material/search_off:")
        return
    decisions.show_about(view, key)


def _show_gone(view: View, key: str) -> None:
    """Say that a gap is not found, since when, and with what it went; below, what was said of
    it."""
    day = view.alignment.as_of.date()
    seen = store.read(lambda open_store: open_store.last_seen(view.key, key, day))
    what = not_found(formats.clipped(key, selection.MOST_SHOWN), view.gaps, view.alignment)
    last = f" Last seen {formats.day(seen)}." if seen else ""
    if any(one.gap_key == key for one in corrections.made(view)):
        st.success(md(f"Settled by what was corrected here: {what}.{last}"),
                   icon=":material/check:")
    else:
        st.warning(md(f"There is no such gap on this day: {what}.{last}"),
                   icon=":material/search_off:")
    if fix_form.was_sent(key):
        st.warning("What you entered was not saved: the gap was settled before you. Undo what was "
                   "changed, or change it where it stands.", icon=":material/sync_problem:")
    corrections.show_made(view, key)
    gap_state_form.show_log(view, key)


def _show_list(view: View) -> None:
    """Show the gravest gaps, then all that pass the filters, then what was not evaluated."""
    head = st.container()  # the answer stands above the filters that it depends on
    all_rows = gap_list.gaps_of_shown_products(view.judged, view.filters)
    chosen, product_name = _choose_filters(view, all_rows)
    if chosen == gaps.Selection():
        rows, gap_selection = all_rows, None
        sentence = _count_sentence(view.judged, view.filters)
    else:
        rows = gaps.selected(gaps.of_product(all_rows, chosen, view.alignment), chosen)
        gap_selection = downloads.GapSelection(
            frozenset(rows["key"]), chosen.labels(product_name))
        unjudged = gaps.of_codes(gaps.of_product(gap_list.unjudged_of_shown_products(
            view.judged, view.filters), chosen, view.alignment), chosen)
        sentence = gaps.count_sentence(rows, view.gaps, len(unjudged))
    head.title(md(sentence), anchor=False)
    gap_list.show(view, rows if gap_selection else None)
    proposals.show(view, "gaps")
    if len(chosen.codes) == 1:
        fix_many.show(view, rows)
    downloads.show(view, ("workbook",), gap_selection=gap_selection)
    expander = st.expander(f"All {len(rows):,} as a table", key="all_findings",
                           on_change="rerun", icon=":material/table_rows:")
    if expander.open:
        with expander:
            gap_list.show_table(view, rows, "all_gaps")
    _show_not_evaluated(view)


@cached
def _count_sentence(judged: Judged, filters: Filters) -> str:
    return gaps.count_sentence(gap_list.gaps_of_shown_products(judged, filters), judged.gaps,
                               len(gap_list.unjudged_of_shown_products(judged, filters)))


def _choose_filters(view: View, rows: pd.DataFrame) -> tuple[gaps.Selection, str]:
    """Draw the filters of this page, each in the URL; return the choice and its product's name.

    They narrow the list and nothing else.
    """
    severities = _severities(view.judged, view.filters)
    left, middle, right, last = st.columns([1.3, 1, 1, 1])
    chosen_severities = left.pills("Severity", severities, selection_mode="multi", key="severity",
                                   bind="query-params") if severities else []
    names = _product_names(view.measured, view.filters)
    product_id = middle.selectbox("Product", list(names), index=None, key="of_product",
                                  bind="query-params", placeholder=ANY,
                                  format_func=lambda option: names.get(option, option))
    options = _options(view.judged, view.filters) if product_id is None else _options_in(
        gaps.of_product(rows, gaps.Selection(product_id=product_id), view.alignment))
    codes = right.multiselect("Rule", options.codes, key="code", bind="query-params",
                              placeholder=ANY, format_func=lambda code: said(_rule_name(code)))
    person = last.selectbox("Who acts", options.people, index=None, key="who",
                            bind="query-params", placeholder=ANY, format_func=said)
    return (gaps.Selection(tuple(chosen_severities), product_id, tuple(codes), person),
            names.get(product_id or "", ""))


@cached
def _severities(judged: Judged, filters: Filters) -> list[str]:
    return gaps.severities(gap_list.gaps_of_shown_products(judged, filters))


@cached
def _product_names(measured: Measured, filters: Filters) -> Mapping[str, str]:
    return formats.distinct_labels(
        selection.names(shown_products(measured, filters), "product_id"))


class _Options(NamedTuple):
    """The rules of some gaps and the people who act on them, to choose from."""

    codes: list[str]
    people: list[str]


@cached
def _options(judged: Judged, filters: Filters) -> _Options:
    return _options_in(gap_list.gaps_of_shown_products(judged, filters))


def _options_in(rows: pd.DataFrame) -> _Options:
    return _Options(sorted(rows["code"].unique()), sorted(rows["who"].unique()))


def _rule_name(code: str) -> str:
    return f"{code} {RULES[code].name}" if code in RULES else code


def _show_not_evaluated(view: View) -> None:
    st.subheader("What could not be judged")
    if len(view.gaps.not_judged):
        st.markdown(f"{formats.count(len(view.gaps.not_judged), 'finding')} not judged: rows that "
                    "may hold what seems to be missing were skipped.")
        component.show(_findings_not_judged(view.judged), "not_judged",
                       "Findings that were not judged, and why")
        selection.link("data", "See these rows on Data", icon=":material/database:")
    st.markdown(md(answers.evidence(view.gaps)))
    if not view.gaps.not_evaluated:
        return
    component.show(_rules_not_evaluated(view.judged, view.scenario is not None), "not_evaluated",
                   "Rules that were not evaluated, and why")
    gap_list.show_unlocking_tables(view)


@cached
def _findings_not_judged(judged: Judged) -> PageTable:
    return page_table(not_judged.findings(judged.gaps, judged.alignment), _NOT_JUDGED)


@cached
def _rules_not_evaluated(judged: Judged, tried: bool) -> PageTable:
    return page_table(gaps.not_evaluated(judged.gaps, tried), _NOT_EVALUATED)
