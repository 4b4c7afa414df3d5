"""Tables on a page: states as words, numbers as people read them, a button that opens a row.

Rows that many readers see are converted by `to_arrow` in a cached function: once for all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from orgdata.ui.shell import selection
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import rows_said, said
from orgdata.views.vocabulary import UNKNOWN, Word, Words, marked

PERCENT = st.column_config.NumberColumn(format="%g %%", width="small")
MONEY = st.column_config.NumberColumn(format="compact", width="small")
DAY = st.column_config.DateColumn(format="D MMM YYYY", width="small")
MISSING = "–"
WIDE = st.column_config.TextColumn(width="large")
_LINE, _TWO_LINES = 70, 57  # characters of a wide column; pixels of a row whose texts are longer
_NARROW, _NARROW_PIXELS = 26, 210  # the same of a column of a popover
_ROWS_AT_ONCE = 1_000  # of longer tables Streamlit sends the other rows as they are scrolled to


@dataclass(frozen=True)
class States:
    """A column of states, shown as symbol and word, or as symbols alone."""

    label: str
    words: Words
    missing: Word = UNKNOWN
    symbols: bool = False


_BADGES = {"good": "green", "some": "blue", "early": "blue", "watch": "orange", "bad": "red",
           "plain": "gray"}


def badge(word: Word) -> str:
    """A state as Markdown that shows it in the colour of its tone."""
    return f":{_BADGES[word.tone]}-badge[{md(word)}]"


def show(rows: pd.DataFrame | pa.Table, key: str, alt: str, columns: Mapping[str, Any]) -> None:
    """Show a table of the named columns, in their order.

    Each column maps to its label, its `States`, or its config.
    """
    shown = rows if isinstance(rows, pa.Table) else _with_words(rows, columns)
    _draw(shown, key, alt, _column_config(columns))


def show_in_expander(name: str, rows: Callable[[], pd.DataFrame],
                     columns: Mapping[str, Any]) -> None:
    """Show the table behind a figure in an expander; its rows are sent once it is opened."""
    expander = st.expander("The same as a table", key=f"{name}_as_table", on_change="rerun")
    if expander.open:
        with expander:
            show(rows(), f"{name}_table", f"The table behind the picture: {name}", columns)


def show_with_buttons(rows: pd.DataFrame, key: str, alt: str, columns: Mapping[str, Any], *,
                      param: str, ids: str, arrow: pa.Table | None = None) -> None:
    """Show a table with a button in each row that puts the row's id into the URL as `param`.

    `arrow`: the same rows from `to_arrow`.
    """
    button = st.column_config.ButtonColumn(
        "Open", type="tertiary", width="small", key=f"{key}_open",
        on_click=selection.choose_clicked_row, args=(param, rows[ids], key))
    _draw(_with_words_and_button(rows, columns) if arrow is None else arrow, key, alt,
          {"open": button, **_column_config(columns)})


def to_arrow(rows: pd.DataFrame, columns: Mapping[str, Any], *,
             with_buttons: bool = False) -> pa.Table:
    """The named columns as an Arrow table, ready to be sent; repeated text is dictionary-encoded.

    Text is not encoded where rows are sent as they are scrolled to, for the server cannot sort by
    such columns; nor where a text is empty, for the browser would show it as missing.
    """
    shown = _with_words_and_button(rows, columns) if with_buttons else _with_words(rows, columns)
    table = pa.Table.from_pandas(shown, preserve_index=False)
    for i, field in enumerate(table.schema):
        if pa.types.is_large_string(field.type) or pa.types.is_string(field.type):
            values = table.column(i).cast(pa.string())
            if len(rows) <= _ROWS_AT_ONCE and values.num_chunks:
                encoded = values.combine_chunks().dictionary_encode()
                narrow = pa.DictionaryArray.from_arrays(
                    encoded.indices.cast(pa.int16()), encoded.dictionary)
                if narrow.nbytes < values.nbytes and "" not in encoded.dictionary.to_pylist():
                    values = narrow
            table = table.set_column(i, field.name, values)
    return table


def narrow(rows: pd.DataFrame) -> dict[str, Any]:
    """How a table is drawn that is to fit a popover: texts that are long in a column no wider than
    others, on two lines."""
    long = [name for name in rows if _longest(rows, name) > _NARROW]
    return {"column_config": {said(name): st.column_config.TextColumn(width=_NARROW_PIXELS)
                              for name in long}, "row_height": _TWO_LINES if long else None}


def _draw(rows: pd.DataFrame | pa.Table, key: str, alt: str, config: Mapping[str, Any]) -> None:
    wide = [name for name, column in config.items()
            if isinstance(column, dict) and column.get("width") == WIDE["width"]]
    long = any(_longest(rows, name) > _LINE for name in wide)
    st.dataframe(rows_said(rows), hide_index=True, key=key, alt=alt, lazy=True,
                 column_config=config, placeholder=MISSING,
                 row_height=_TWO_LINES if long else None)


def _longest(rows: pd.DataFrame | pa.Table, name: str) -> int:
    """The characters of the longest text of a column; 0 where the table has none of them."""
    if isinstance(rows, pd.DataFrame):
        rows = pa.Table.from_pandas(rows.reindex(columns=[name]).astype("str"))
    if name not in rows.column_names:
        return 0
    return pc.max(pc.utf8_length(rows.column(name).cast(pa.string()))).as_py() or 0


def _with_words_and_button(rows: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    shown = _with_words(rows, columns)
    shown.insert(0, "open", ":material/open_in_full:")
    return shown


def _with_words(rows: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """The columns that hold a value, with states as words.

    Columns without any value are left out, except states: that they are unknown is shown.
    """
    filled = [name for name, column in columns.items()
              if isinstance(column, States) or not len(rows) or rows[name].notna().any()]
    return rows[filled].assign(**{
        name: _words(rows[name], column) for name, column in columns.items()
        if isinstance(column, States)})


def _words(values: pd.Series, states: States) -> pd.Series:
    if states.symbols:
        return values.map({state: word.symbol for state, word in states.words.items()})
    return marked(values, states.words, states.missing)


def _column_config(columns: Mapping[str, Any]) -> dict[str, Any]:
    """What Streamlit takes as column config: labels, by default the column's name in words."""
    return {name: column if isinstance(column, str) else
            column.label if isinstance(column, States) else
            {**column, "label": column.get("label") or name.replace("_", " ")}
            for name, column in columns.items()}
