"""What pages say, in the organisation's own words where the settings rename ours.

Texts are composed in many places, and leave a page in one: as messages to the browser. There each
text for people is reworded; ids, addresses and what a widget sends back stay as they are. What does
not leave so, the rows of tables and the options that come back as their own text, is reworded where
it is drawn.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from html import escape
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from orgdata.ui.shell import store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated
from orgdata.views.rewording import Rewording, of_evaluation, texts_of

_REWORDING, _OF = "rewording", "rewording_of"  # session state: of the portfolio shown, and which
_TEXTS = frozenset({"body", "label", "help", "title", "text", "placeholder", "page_name", "alt",
                    "caption"})
_PARTS = frozenset({"words", "label", "help"})  # of a value in JSON: our words, never a name
_NO_TEXTS = frozenset({"id", "ids", "key", "of", "version", "source", "target", "type_config"})
_JSON = frozenset({"json", "spec", "columns"})  # fields of messages


def use(evaluated: Evaluated | None) -> None:
    """Say all that follows in this session in the words of this portfolio."""
    st.session_state[_OF] = evaluated
    st.session_state[_REWORDING] = evaluated and _rewording(evaluated)


def keep(since: int | None = None, draft: Evaluated | None = None) -> None:
    """Until the page is drawn again leave alone also the texts of a snapshot of the portfolio, or
    of what is being brought in."""
    if current() is not None:
        st.session_state[_REWORDING] = _rewording(st.session_state[_OF], since, draft)


@cached
def _rewording(evaluated: Evaluated, since: int | None = None,
               draft: Evaluated | None = None) -> Rewording | None:
    also = [] if draft is None else [draft.alignment.portfolio]
    if since is not None:
        also.append(store.evaluate_snapshot(since).alignment.portfolio)
    texts = (text for portfolio in also for text in texts_of(portfolio))
    return of_evaluation(evaluated.evaluation, texts, _written)


def _written(text: str) -> tuple[str, str]:
    """How a text from the data is written besides: in Markdown, and in the HTML of a tooltip."""
    return md(text), escape(text)


@contextmanager
def in_our_words() -> Iterator[None]:
    """What is drawn within is for those who keep the data, and speaks of tables by our names."""
    rewording = st.session_state.get(_REWORDING)
    st.session_state[_REWORDING] = None
    try:
        yield
    finally:
        st.session_state[_REWORDING] = rewording


def current() -> Rewording | None:
    """What rewords in this session; None where nothing is renamed."""
    rewording: Rewording | None = st.session_state.get(_REWORDING)
    return rewording


def said(text: str) -> str:
    """A text of ours that a widget sends back, or that is part of an address."""
    rewording = current()
    return text if rewording is None else rewording.say(text)


def rows_said(rows: pd.DataFrame | pa.Table, heads: bool = False) -> pd.DataFrame | pa.Table:
    """The rows of a table with their texts reworded; with `heads` the names of columns too."""
    rewording = current()
    if rewording is None:
        return rows
    if isinstance(rows, pa.Table):
        for at, field in enumerate(rows.schema):
            rows = rows.set_column(at, field.name, _column_said(rows.column(at), rewording))
        return rows
    shown = rows.assign(**{name: [rewording.cell(cell) if isinstance(cell, str) else cell
                                  for cell in rows[name]] for name in rows
                           if rows[name].dtype.kind == "O" or rows[name].dtype == "str"})
    if not heads:
        return shown
    names = [rewording.say(str(name)) for name in shown.columns]
    if shown.index.name:
        shown = shown.rename_axis(index=rewording.say(shown.index.name))
    return shown.set_axis(pd.Index(names), axis=1) if len(set(names)) == len(names) else shown


def _column_said(column: pa.ChunkedArray, rewording: Rewording) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return pa.chunked_array([pa.DictionaryArray.from_arrays(
            chunk.indices, pa.array(map(rewording.cell, chunk.dictionary.to_pylist()), pa.string()))
            for chunk in column.chunks])
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pa.chunked_array([pa.array(
            [None if cell is None else rewording.cell(cell) for cell in column.to_pylist()],
            column.type)])
    return column


def _reword(message: Any, rewording: Rewording) -> None:
    """Reword the texts for people in a message to the browser, and in those within it."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            if field.message_type.GetOptions().map_entry or field.message_type.name == "Tab":
                continue  # a tab is known by its label, which was reworded as it was drawn
            for one in value if field.is_repeated else [value]:
                _reword(one, rewording)
        elif field.type == field.TYPE_STRING and not field.is_repeated:
            if field.name in _TEXTS:
                setattr(message, field.name, rewording.say(value))
            elif field.name in _JSON and value[:1] in ("{", "["):
                setattr(message, field.name, json.dumps(_value_said(json.loads(value), rewording)))


def _value_said(value: Any, rewording: Rewording, ours: bool = False) -> Any:
    """A value that a component or a figure is drawn from. What is `ours` is no name from data."""
    if isinstance(value, str):
        return rewording.say(value) if ours else rewording.cell(value)
    if isinstance(value, list):
        return [_value_said(one, rewording, ours) for one in value]
    if isinstance(value, dict):
        return {name: one if name in _NO_TEXTS else
                _value_said(one, rewording, ours or name in _PARTS) for name, one in value.items()}
    return value


def _install() -> None:
    """Have Streamlit reword what it sends; it has no place for that of its own."""
    send = ScriptRunContext.enqueue
    if hasattr(send, "__wrapped__"):  # this module was read again
        return

    @wraps(send)
    def enqueue(self: ScriptRunContext, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") in ("delta", "navigation") and (rewording := current()):
            _reword(msg, rewording)
        send(self, msg)

    ScriptRunContext.enqueue = enqueue  # type: ignore[method-assign]


_install()
