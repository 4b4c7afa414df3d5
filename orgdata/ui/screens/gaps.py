"""The Gaps page: what was found, what is one cause, and what could not be judged."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import downloads, gap_list, gap_state_form, tables
from orgdata.views import answers, products

ANY = "Any"


def one(view: View, key: str) -> None:
    """One gap with its evidence; or that it is not there (any more)."""
    selection.leave("gap", "All gaps")
    found = view.gaps.rows[view.gaps.rows["key"] == key]
    if len(found):
        gap_list.details(view, found.iloc[0])
        st.subheader("What becomes of it")
        gap_state_form.show(view, key)
        return
    st.warning(md(f"There is no gap {key} on this day: it was closed, or the data has changed."),
               icon=":material/search_off:")


def every(view: View) -> None:
    """The first screen, then everything that passes the filters, then what was not judged."""
    rows, words = _filtered(view, gap_list.of_shown_products(view))
    counted = _counted(view, rows) if words else kept(
        view, "gaps counted", lambda: _counted(view, rows))
    st.markdown(f"#### {md(counted)}")
    downloads.show(view, ("workbook",), gaps=downloads.Narrowed(
        frozenset(rows["key"]), words) if words else None)
    gap_list.first_screen(view, rows)
    every_one = st.expander(f"All {len(rows):,} as a table", key="all_findings",
                            on_change="rerun", icon=":material/table_rows:")
    if every_one.open:
        with every_one:
            gap_list.table(view, rows, "all_gaps")
    _not_evaluated(view)


def _counted(view: View, rows: pd.DataFrame) -> str:
    counts = rows["severity"].value_counts()
    said = ", ".join(f"{counts[one]:,} {one}" for one in SEVERITIES if one in counts)
    every_one = len(view.gaps.rows)
    of = "" if len(rows) == every_one else f" of {every_one:,}"
    told = f"{len(rows):,}{of} {'gap' if every_one == 1 else 'gaps'}"
    patterned = rows["code"].isin([one.code for one in view.gaps.patterns]) & (
        rows["severity"] != "critical")
    if patterned.any():
        share = formats.count(rows.loc[patterned, "code"].nunique(), "pattern")
        said += f"; {int(patterned.sum()):,} of them are {share}"
    return f"{told}: {said}." if said else f"{told}."


def _filtered(view: View, rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The filters of this page, each in the URL; they narrow the list and nothing else. The rows
    that pass, and what they were narrowed to in words."""
    severities = kept(view, "severities", lambda: [
        one for one in SEVERITIES if (rows["severity"] == one).any()])
    severity = st.pills("Severity", severities, selection_mode="multi", key="severity",
                        bind="query-params") if severities else []
    grid = st.grid(3, min_column_width=200)
    names = kept(view, "shown products", lambda: selection.distinct(
        selection.names(view.products(), "product_id")))
    product = grid.selectbox("Product", list(names), index=None, key="of_product",
                             bind="query-params", placeholder=ANY,
                             format_func=lambda one: names.get(one, one))
    words = []
    if product is not None:
        rows = products.gaps_of(view.alignment, rows, pd.Series([product]))
        words.append(names[product])
    held = _held(rows) if product is not None else kept(view, "held in gaps", lambda: _held(rows))
    code = grid.multiselect("Rule", held.codes, key="code", bind="query-params", placeholder=ANY,
                            format_func=_rule_name)
    who = grid.selectbox("Who acts", held.who, index=None, key="who",
                         bind="query-params", placeholder=ANY)
    if severity:
        rows = rows[rows["severity"].isin(severity)]
        words.append(" or ".join(severity))
    if code:
        rows = rows[rows["code"].isin(code)]
        words.append(f"rule {' or '.join(code)}")
    if who is not None:
        rows = rows[rows["who"] == who]
        words.append(f"to be acted on by {who}")
    return rows, tuple(words)


class _Held(NamedTuple):
    """What some gaps hold, to choose from."""

    codes: list[str]
    who: list[str]


def _held(rows: pd.DataFrame) -> _Held:
    return _Held(sorted(rows["code"].unique()), sorted(rows["who"].unique()))


def _rule_name(code: str) -> str:
    return f"{code} {RULES[code].name}" if code in RULES else code


def _not_evaluated(view: View) -> None:
    st.subheader("What could not be judged")
    st.markdown(md(answers.evidence(view.gaps)))
    if not view.gaps.not_evaluated:
        return
    rows = kept(view, "not evaluated", lambda: _skipped(view.gaps.not_evaluated))
    tables.show(rows, "not_evaluated", "Rules that were not evaluated, and why", {
        "code": "Code", "name": "Rule", "question": {**tables.WIDE, "label": "Question"},
        "because": {**tables.WIDE, "label": "Not evaluated, because"}}, view)
    gap_list.turned_on(view)


def _skipped(reasons: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({
        "code": list(reasons), "name": [RULES[code].name for code in reasons],
        "question": [RULES[code].question for code in reasons],
        "because": list(reasons.values())})
