"""The Gaps page: what was found, what is one cause, and what could not be judged."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata.gaps import RULES
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, Measured, View, shown_products
from orgdata.ui.widgets import downloads, gap_list, gap_state_form, tables
from orgdata.views import answers, gaps

ANY = "Any"
_NOT_EVALUATED = {
    "code": "Code", "name": "Rule", "question": {**tables.WIDE, "label": "Question"},
    "because": {**tables.WIDE, "label": "Not evaluated, because"}}


def show(view: View) -> None:
    """The gap that is chosen, else all of them."""
    if key := st.query_params.get("gap"):
        _one(view, key)
    else:
        _every(view)


def _one(view: View, key: str) -> None:
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


def _every(view: View) -> None:
    """The first screen, then everything that passes the filters, then what was not judged."""
    shown = gap_list.of_shown_products(view.evaluated, view.filters)
    chosen, product = _choose(view, shown)
    if chosen == gaps.Chosen():
        rows, narrowed = shown, None
        said = _counted(view.evaluated, view.filters)
    else:
        rows = gaps.narrowed(gaps.of_product(shown, chosen, view.alignment), chosen)
        narrowed = downloads.Narrowed(frozenset(rows["key"]), chosen.words(product))
        said = gaps.counted(rows, view.gaps)
    st.markdown(f"#### {md(said)}")
    downloads.show(view, ("workbook",), gaps=narrowed)
    gap_list.first_screen(view, rows if narrowed else None)
    every_one = st.expander(f"All {len(rows):,} as a table", key="all_findings",
                            on_change="rerun", icon=":material/table_rows:")
    if every_one.open:
        with every_one:
            gap_list.table(rows, "all_gaps")
    _show_not_evaluated(view)


@cached
def _counted(evaluated: Evaluated, filters: Filters) -> str:
    return gaps.counted(gap_list.of_shown_products(evaluated, filters), evaluated.gaps)


def _choose(view: View, shown: pd.DataFrame) -> tuple[gaps.Chosen, str]:
    """The filters of this page, each in the URL; they narrow the list and nothing else. With them
    the name of the product that is chosen."""
    severities = _severities(view.evaluated, view.filters)
    severity = st.pills("Severity", severities, selection_mode="multi", key="severity",
                        bind="query-params") if severities else []
    grid = st.grid(3, min_column_width=200)
    names = _product_names(view.measured, view.filters)
    product = grid.selectbox("Product", list(names), index=None, key="of_product",
                             bind="query-params", placeholder=ANY,
                             format_func=lambda one: names.get(one, one))
    options = _options(view.evaluated, view.filters) if product is None else _options_among(
        gaps.of_product(shown, gaps.Chosen(product_id=product), view.alignment))
    code = grid.multiselect("Rule", options.codes, key="code", bind="query-params",
                            placeholder=ANY, format_func=_rule_name)
    who = grid.selectbox("Who acts", options.who, index=None, key="who",
                         bind="query-params", placeholder=ANY)
    return gaps.Chosen(tuple(severity), product, tuple(code), who), names.get(product or "", "")


@cached
def _severities(evaluated: Evaluated, filters: Filters) -> list[str]:
    return gaps.severities(gap_list.of_shown_products(evaluated, filters))


@cached
def _product_names(measured: Measured, filters: Filters) -> Mapping[str, str]:
    return selection.distinct(selection.names(shown_products(measured, filters), "product_id"))


class _Options(NamedTuple):
    """The rules and people of some gaps, to choose from."""

    codes: list[str]
    who: list[str]


@cached
def _options(evaluated: Evaluated, filters: Filters) -> _Options:
    return _options_among(gap_list.of_shown_products(evaluated, filters))


def _options_among(rows: pd.DataFrame) -> _Options:
    return _Options(sorted(rows["code"].unique()), sorted(rows["who"].unique()))


def _rule_name(code: str) -> str:
    return f"{code} {RULES[code].name}" if code in RULES else code


def _show_not_evaluated(view: View) -> None:
    st.subheader("What could not be judged")
    st.markdown(md(answers.evidence(view.gaps)))
    if not view.gaps.not_evaluated:
        return
    tables.show(_not_evaluated(view.evaluated), "not_evaluated",
                "Rules that were not evaluated, and why", _NOT_EVALUATED)
    gap_list.turned_on(view)


@cached
def _not_evaluated(evaluated: Evaluated) -> pa.Table:
    return tables.packed(gaps.not_evaluated(evaluated.gaps), _NOT_EVALUATED)
