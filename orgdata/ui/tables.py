"""Tables of a page: plain text, a button that opens a row, numbers as people read them."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from orgdata.ui import choose

PERCENT = st.column_config.NumberColumn(format="%d %%", width="small")
MONEY = st.column_config.NumberColumn(format="compact", width="small")
DAY = st.column_config.DateColumn(format="D MMM YYYY", width="small")
NOT_THERE = "–"
WIDE = st.column_config.TextColumn(width="large")


def show(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any]) -> None:
    """A table of the columns named, in their order; each maps to its label or its config."""
    _draw(rows[_held(rows, columns)], key, alt, _labelled(columns))


def behind(name: str, rows: Callable[[], pd.DataFrame], columns: Mapping[str, Any]) -> None:
    """The table behind a picture, sent once somebody opens it."""
    more = st.expander("The same as a table", key=f"{name}_as_table", on_change="rerun")
    if more.open:
        with more:
            show(rows(), f"{name}_table", f"The table behind the picture: {name}", columns)


def opening(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any], *,
            param: str, ids: str) -> None:
    """As `show`, with a button in each row that puts the row's id into the URL as `param`."""
    button = st.column_config.ButtonColumn(
        "Open", type="tertiary", width="small", key=f"{key}_open", on_click=choose.opened,
        args=(param, rows[ids].reset_index(drop=True), key))
    shown = rows[_held(rows, columns)]
    shown.insert(0, "open", ":material/open_in_full:")
    _draw(shown, key, alt, {"open": button, **_labelled(columns)})


def _draw(rows: pd.DataFrame, key: str, alt: str, config: Mapping[str, Any]) -> None:
    st.dataframe(rows, hide_index=True, key=key, alt=alt, lazy=True, column_config=config,
                 placeholder=NOT_THERE)


def _held(rows: pd.DataFrame, columns: Mapping[str, Any]) -> list[str]:
    """The columns that hold anything: what is not there at all takes no room."""
    return [name for name in columns if not len(rows) or rows[name].notna().any()]


def _labelled(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Labels of the columns: as given, or the column's name in words beside a config."""
    return {name: what if isinstance(what, str) else
            {**what, "label": what.get("label") or name.replace("_", " ")}
            for name, what in columns.items()}
