"""Tables of a page: plain text, a button that opens a row, numbers as people read them.

Rows that depend on nothing but the view and the key of their table are made ready to be sent once,
where the view is given with them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.view import View

PERCENT = st.column_config.NumberColumn(format="%d %%", width="small")
MONEY = st.column_config.NumberColumn(format="compact", width="small")
DAY = st.column_config.DateColumn(format="D MMM YYYY", width="small")
NOT_THERE = "–"
WIDE = st.column_config.TextColumn(width="large")
_AT_ONCE = 1_000  # rows; of more Streamlit sends the first, and the others as they come into sight


def show(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any],
         view: View | None = None) -> None:
    """A table of the columns named, in their order; each maps to its label or its config."""
    _draw(lambda: rows[_held(rows, columns)], key, alt, _labelled(columns), view)


def behind(name: str, rows: Callable[[], pd.DataFrame], columns: Mapping[str, Any]) -> None:
    """The table behind a picture, sent once somebody opens it."""
    more = st.expander("The same as a table", key=f"{name}_as_table", on_change="rerun")
    if more.open:
        with more:
            show(rows(), f"{name}_table", f"The table behind the picture: {name}", columns)


def opening(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any], *,
            param: str, ids: str, view: View | None = None) -> None:
    """As `show`, with a button in each row that puts the row's id into the URL as `param`."""
    button = st.column_config.ButtonColumn(
        "Open", type="tertiary", width="small", key=f"{key}_open", on_click=selection.opened,
        args=(param, rows[ids], key))

    def with_button() -> pd.DataFrame:
        shown = rows[_held(rows, columns)]
        shown.insert(0, "open", ":material/open_in_full:")
        return shown

    _draw(with_button, key, alt, {"open": button, **_labelled(columns)}, view)


def _draw(rows: Callable[[], pd.DataFrame], key: str, alt: str, config: Mapping[str, Any],
          view: View | None) -> None:
    sent = rows() if view is None else kept(view, f"table\n{key}", lambda: packed(rows()))
    st.dataframe(sent, hide_index=True, key=key, alt=alt, lazy=True, column_config=config,
                 placeholder=NOT_THERE)


def packed(rows: pd.DataFrame) -> pa.Table:
    """Rows as they are sent: text that comes again and again goes once. Not where rows come as they
    are scrolled to, for by such columns the server cannot sort; nor where a text is empty, for in
    such columns the browser would show it as missing."""
    table = pa.Table.from_pandas(rows, preserve_index=False)
    for i, field in enumerate(table.schema):
        if pa.types.is_large_string(field.type) or pa.types.is_string(field.type):
            text = table.column(i).cast(pa.string())
            if len(rows) <= _AT_ONCE and text.num_chunks:
                coded = text.combine_chunks().dictionary_encode()
                short = pa.DictionaryArray.from_arrays(
                    coded.indices.cast(pa.int16()), coded.dictionary)
                if short.nbytes < text.nbytes and "" not in coded.dictionary.to_pylist():
                    text = short
            table = table.set_column(i, field.name, text)
    return table


def _held(rows: pd.DataFrame, columns: Mapping[str, Any]) -> list[str]:
    """The columns that hold anything: what is not there at all takes no room."""
    return [name for name in columns if not len(rows) or rows[name].notna().any()]


def _labelled(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Labels of the columns: as given, or the column's name in words beside a config."""
    return {name: what if isinstance(what, str) else
            {**what, "label": what.get("label") or name.replace("_", " ")}
            for name, what in columns.items()}
