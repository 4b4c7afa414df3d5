"""Tables of a page: plain text, a button that opens a row, numbers as people read them.

Rows that many look at are `packed` in a cached function, and so made ready to be sent once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata.ui.shell import selection
from orgdata.views.vocabulary import UNKNOWN, Word, Words, marked

PERCENT = st.column_config.NumberColumn(format="%d %%", width="small")
MONEY = st.column_config.NumberColumn(format="compact", width="small")
DAY = st.column_config.DateColumn(format="D MMM YYYY", width="small")
NOT_THERE = "–"
WIDE = st.column_config.TextColumn(width="large")
_AT_ONCE = 1_000  # rows; of more Streamlit sends the first, and the others as they come into sight


@dataclass(frozen=True)
class States:
    """A column of states, shown as symbol and word, or as symbols only."""

    label: str
    words: Words
    missing: Word = UNKNOWN
    symbols: bool = False


def show(rows: pd.DataFrame | pa.Table, key: str, alt: str, columns: Mapping[str, Any]) -> None:
    """A table of the columns named, in their order; each maps to its label, its states or its
    config."""
    sent = rows if isinstance(rows, pa.Table) else _worded(rows, columns)
    _draw(sent, key, alt, _labelled(columns))


def behind(name: str, rows: Callable[[], pd.DataFrame], columns: Mapping[str, Any]) -> None:
    """The table behind a picture, sent once somebody opens it."""
    more = st.expander("The same as a table", key=f"{name}_as_table", on_change="rerun")
    if more.open:
        with more:
            show(rows(), f"{name}_table", f"The table behind the picture: {name}", columns)


def opening(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any], *,
            param: str, ids: str, sent: pa.Table | None = None) -> None:
    """As `show`, with a button in each row that puts the row's id into the URL as `param`. `sent`:
    the same rows, packed."""
    button = st.column_config.ButtonColumn(
        "Open", type="tertiary", width="small", key=f"{key}_open",
        on_click=selection.choose_clicked_row, args=(param, rows[ids], key))
    _draw(_with_button(rows, columns) if sent is None else sent, key, alt,
          {"open": button, **_labelled(columns)})


def packed(rows: pd.DataFrame, columns: Mapping[str, Any], *, opening: bool = False) -> pa.Table:
    """The columns of a table as they are sent: text that comes again and again goes once. Not
    where rows come as they are scrolled to, for by such columns the server cannot sort; nor where
    a text is empty, for in such columns the browser would show it as missing."""
    shown = _with_button(rows, columns) if opening else _worded(rows, columns)
    table = pa.Table.from_pandas(shown, preserve_index=False)
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


def _draw(sent: pd.DataFrame | pa.Table, key: str, alt: str, config: Mapping[str, Any]) -> None:
    st.dataframe(sent, hide_index=True, key=key, alt=alt, lazy=True, column_config=config,
                 placeholder=NOT_THERE)


def _with_button(rows: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    shown = _worded(rows, columns)
    shown.insert(0, "open", ":material/open_in_full:")
    return shown


def _worded(rows: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """The columns that hold anything, states as people read them. What is not there at all takes
    no room; that a state is unknown is said."""
    held = [name for name, what in columns.items()
            if isinstance(what, States) or not len(rows) or rows[name].notna().any()]
    return rows[held].assign(**{name: _marks(rows[name], what) for name, what in columns.items()
                                if isinstance(what, States)})


def _marks(values: pd.Series, states: States) -> pd.Series:
    if states.symbols:
        return values.map({state: word.symbol for state, word in states.words.items()})
    return marked(values, states.words, states.missing)


def _labelled(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Labels of the columns: as given, or the column's name in words beside a config."""
    return {name: what if isinstance(what, str) else
            what.label if isinstance(what, States) else
            {**what, "label": what.get("label") or name.replace("_", " ")}
            for name, what in columns.items()}
