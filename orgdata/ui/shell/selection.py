"""Choosing an outcome, product or person: the choice is in the URL, so a link leads to it."""

from collections.abc import Mapping
from typing import NoReturn

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from orgdata import formats
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import rights
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Measured

MOST_SHOWN = 200  # characters of what stands in the URL: anybody may have written it
PAGE = "page"  # session state: the page that is shown
# Of all pages: links carry them along.
FILTERS = ("area", "role", "pm")  # of the sidebar, each bound to its widget
CARRIED_PARAMS = ("as_of", "review", "scenario", *FILTERS)


def choose(param: str, label: str, names: Mapping[str, str], placeholder: str) -> str | None:
    """Draw a search box over names; returns the chosen id, which is in the URL as `param`."""
    requested = st.query_params.get(param)
    chosen = requested if requested in names else None
    st.session_state[f"choose_{param}"] = chosen
    labels = formats.distinct_labels(names)
    st.selectbox(label, list(names), index=None, key=f"choose_{param}",
                 format_func=lambda option: said(labels.get(option, f"{option}")),
                 placeholder=placeholder, on_change=_store_choice, args=(param,),
                 filter_mode="contains")
    if requested and chosen is None:
        asked = formats.clipped(requested, MOST_SHOWN)
        st.warning(f"There is no {md(param)} “{md(asked)}” here on this day. Choose one above.")
    return chosen


@cached
def products(measured: Measured) -> Mapping[str, str]:
    """The names of the managed products by their id, whatever the filters."""
    return names(measured.alignment.products, "product_id")


@cached
def outcomes(measured: Measured) -> Mapping[str, str]:
    """The names of the active outcomes by their id."""
    return names(measured.alignment.outcomes, "outcome_id")


def names(rows: pd.DataFrame, ids: str) -> dict[str, str]:
    """The name of each row by its id, in the order of the rows."""
    return dict(iter_rows(rows[ids], rows["name"]))


def people(managers: pd.DataFrame) -> dict[str, str]:
    """The names of product managers by their id, in alphabetical order."""
    rows = managers.drop_duplicates("person_id").sort_values("person_name")
    return dict(iter_rows(rows["person_id"], rows["person_name"]))


def set_choice(param: str, value: str | None) -> None:
    """Put a choice into the URL, or take it away."""
    if value is None:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value


def choose_clicked_row(param: str, ids: pd.Series, table: str) -> None:
    """Put the id of the row whose button was clicked in a table into the URL."""
    click = st.session_state.get(f"{table}_open")
    if click is not None:
        set_choice(param, ids.iloc[click["row"]])


def back_button(param: str, label: str) -> None:
    """Draw a button that leads back to the list."""
    st.button(label, icon=":material/arrow_back:", on_click=set_choice, args=(param, None),
              type="tertiary", key=f"leave_{param}")


def link(page: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """Draw a link to a page that carries the date and the filters along; the label is escaped.

    A link to the page it stands on would not hand over its query, so there it is a button. To a
    page that is not for who looks there is none.
    """
    if not _may_open(page):
        return
    if page == st.session_state.get(PAGE):
        st.button(md(label), icon=icon, type="tertiary", on_click=_set_choices, args=(query,),
                  key=f"to_{page}_{label}_{'_'.join(query.values())}")
        return
    st.page_link(f"pages/{page}.py", label=md(label), icon=icon,
                 query_params={**_carried(), **query})


def _may_open(page: str) -> bool:
    theirs = rights.worked_out()
    return theirs is None or theirs.may_open(page)


def go(page: str, **query: str) -> NoReturn:
    """Go to a page, with the date and the filters carried along."""
    if page == st.session_state.get(PAGE):
        _set_choices(query)
        st.rerun()
    switch(page, {**_carried(), **query})


def switch(page: str, query: Mapping[str, str]) -> NoReturn:
    """Go to a page with this query. Streamlit refuses to set what is bound to a widget, as the
    filters are once the sidebar is drawn: they are bound again when it is drawn there."""
    if context := get_script_run_ctx():
        with context.session_state.query_params() as params:
            for param in FILTERS:
                if bound := params._bindings_by_param.get(param):
                    params.unbind_widget(bound.widget_id)
    st.switch_page(f"pages/{page}.py", query_params=dict(query))


def _carried() -> dict[str, str]:
    return {name: value for name in CARRIED_PARAMS
            if len(value := st.query_params.get(name, "")) in range(1, MOST_SHOWN)}


def _set_choices(query: Mapping[str, str]) -> None:
    for param, value in query.items():
        set_choice(param, value)


def _store_choice(param: str) -> None:
    set_choice(param, st.session_state[f"choose_{param}"])
