"""One row as the source says it, with what was corrected of it, by whom and when."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.edits.forms import Fix, column
from orgdata.edits.rows import Rows
from orgdata.edits.verbs import set_cell
from orgdata.gaps import RULES
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.store import Correction
from orgdata.ui.shell import edited
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import corrections, fix_form, tables

_ROW = "row"  # of the address: table and id, as in products:P12
_COLUMNS = {"field": "Field", "source": {**tables.WIDE, "label": "Your files say"},
            "corrected": "Corrected to", "by": "By", "on": "On", "why": {**tables.WIDE,
                                                                         "label": "Why"}}


def show(view: View) -> None:
    """Let the reader choose a row by its list and id, and show it; the choice is in the address."""
    text = edited.text_of(view.loaded)
    if text is None or view.read_only:
        return
    names = [name for name in text.raw.tables if name in TABLES]
    if not names:
        return
    fold = st.expander("Look at one row", icon=":material/table_rows:", key="row_fold",
                       expanded=_ROW in st.query_params, on_change="rerun")
    if not fold.open:
        return
    with fold:
        asked, _, asked_id = st.query_params.get(_ROW, "").partition(":")
        left, right = st.columns(2)
        table = left.selectbox("List", names, index=names.index(asked) if asked in names else 0,
                               key="row_table", format_func=labels.table)
        id_column = TABLES[table].key[0]
        row_id = right.text_input(formats.sentence_case(f"id of the {labels.column(id_column)}"),
                                  asked_id if table == asked else "", key="row_id").strip()
        if row_id:
            st.query_params[_ROW] = f"{table}:{row_id}"
            _show_rows(view, text, table, id_column, row_id)


def _show_rows(view: View, text: edited.Text, table: str, id_column: str, row_id: str) -> None:
    rows = Rows(table, text.raw.tables[table], text.raw.settings.columns.get(table, {}))
    made = [one for one in corrections.made(view)
            if one.edit.table == table and one.edit.key.get(id_column) == row_id]
    found = rows.find({id_column: row_id})
    if not found and not made:
        st.markdown(md(f"There is no row “{row_id}” in {labels.table(table)}."))
        return
    for at in found:
        st.caption(md(f"Row {rows.number(at):,} of {text.raw.tables[table].origin}"))
        key = {column: rows.cell(at, column) for column in TABLES[table].key}
        tables.show(_compared(rows.cells(at), [one for one in made if all(
            key.get(column, cell) == cell for column, cell in one.edit.key.items())]),
            f"row_{at}", "The row, and what was corrected of it", _COLUMNS)
        _show_correcting(view, table, key, at)
    if made:
        corrections.show_some(view, made, "row")


def _show_correcting(view: View, table: str, key: dict[str, str], at: int) -> None:
    """Show the form that corrects one cell of a row, to those who may correct any."""
    if not fix_form.can_correct(view) or not view.rights.all:
        return
    others = [field.name for field in TABLES[table].fields if field.name not in key]
    place = f"cell_{table}_{at}"
    name = st.selectbox("Correct a field of it", others, index=None, key=place,
                        format_func=labels.column, placeholder="Choose a field", width=320)
    if name is not None:
        fix_form.show_correction(view, Fix("Correct a field", (column(table, name, True),), (
            lambda now, _, given: set_cell(now, table, key, name, given[name]))),
            f"{place}_{name}")


def _why(one: Correction) -> str:
    """Why something was corrected: what was said, or else the gap at which it was."""
    rule = RULES.get((one.gap_key or "").partition(":")[0])
    return one.reason or ("" if rule is None else formats.sentence_case(rule.name))


def _compared(source: dict[str, str], made: list[Correction]) -> pd.DataFrame:
    """The cells of a row: field, what the source says, and the last correction of each."""
    last = {column: (cell, one) for one in made for column, cell in one.edit.values.items()
            if one.edit.operation != "end"}
    return pd.DataFrame([{
        "field": labels.column(column), "source": source.get(column, ""),
        "corrected": last[column][0] if column in last else "",
        "by": last[column][1].author if column in last else "",
        "on": formats.day(last[column][1].at) if column in last else "",
        "why": _why(last[column][1]) if column in last else ""}
        for column in dict.fromkeys([*source, *last])], columns=list(_COLUMNS), dtype="str")
