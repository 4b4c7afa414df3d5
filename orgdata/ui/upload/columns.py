"""How one sheet is read: the questions of an export, or the columns of any other table."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.schema import TABLES, Field, normalise_name, normalise_word
from orgdata.model.settings import Settings
from orgdata.sources.sheets import Sheet
from orgdata.sources.vendors import Vendor
from orgdata.ui.shell.escape import md
from orgdata.upload import column_guess

_NOT = "not in this file"
_SAMPLES = 3  # values shown of each column


def known(sheet: Sheet, ours: list[str], settings: Settings) -> Settings:
    """A sheet whose tables are known; its mapping can be opened and changed."""
    read = [table for table in TABLES if table in ours]
    said = f"{sheet.table.origin}: {_rows(sheet)}, read as {formats.listed(read, most=9)}."
    with st.expander(md(said), icon=":material/check:"):
        if not any(normalise_name(settings.tables.get(table, "")) == normalise_name(sheet.name)
                   for table in read):
            st.caption("Its columns bear our names.")
            return settings
        return _mapped(sheet, settings, read,
                       {table: dict(settings.columns.get(table, {})) for table in read})


def choices(sheet: Sheet, vendor: Vendor, settings: Settings) -> Settings:
    """The questions that only the user can answer about an export; each has a default."""
    what = formats.with_article(f"{vendor.title} export")
    said = f"{sheet.table.origin}: {what} of {_rows(sheet)}."
    with st.expander(md(said), icon=":material/check:",
                     expanded=bool(vendor.choices)):
        before = settings.exports.get(vendor.name, {})
        answers: dict[str, str] = {}
        for choice in vendor.choices:
            options = list(choice.options)
            answers[choice.name] = st.selectbox(
                choice.question, options, index=options.index(choice.answer(before)),
                format_func=choice.options.__getitem__, key=f"{_key(sheet)}_{choice.name}")
        if not vendor.choices:
            st.caption("It leaves nothing to ask.")
    return replace(settings, exports={**settings.exports, vendor.name: answers})


def again(sheet: Sheet, first: str) -> None:
    """One more sheet of a kind that was asked about."""
    st.markdown(md(f"{sheet.table.origin}: {_rows(sheet)}, read the same way as {first}."))


def asked(sheet: Sheet, settings: Settings) -> Settings:
    """A sheet that is none of ours: what its rows are, and which column is which."""
    columns = list(sheet.table.frame.columns)
    with st.expander(md(f"{sheet.table.origin}: {_rows(sheet)} of a table we do not know. Which "
                        "column is which?"), icon=":material/help:", expanded=True):
        return _mapped(sheet, settings, column_guess.likely_tables(columns),
                       column_guess.proposed_mappings(columns))


def _mapped(sheet: Sheet, settings: Settings, tables: list[str],
            guesses: Mapping[str, dict[str, str]]) -> Settings:
    chosen = st.multiselect("A row tells of", list(TABLES), tables, key=f"{_key(sheet)}_tables",
                            format_func=lambda table: table.replace("_", " "),
                            help="One row may speak of several: of a key result, its objective, "
                                 "its product and its manager.")
    st.caption("A cell under “In this file” opens the list of the file's columns: a double-click, "
               "or Enter.")
    columns: dict[str, dict[str, str]] = {}
    words: dict[tuple[str, str], dict[str, str]] = {}
    fixed: dict[str, dict[str, str]] = {}
    read = [table for table in TABLES if table in chosen]
    tabs = st.tabs([table.replace("_", " ").capitalize() for table in read]) if read else []
    for tab, table in zip(tabs, read, strict=True):
        guess = guesses.get(table) or column_guess.guess_columns(
            table, list(sheet.table.frame.columns))
        with tab:
            st.caption(TABLES[table].about)
            columns[table] = _columns(f"{_key(sheet)}_{table}", sheet, table, guess)
            fixed[table] = _fixed(_key(sheet), table, columns[table], settings)
            for column, theirs in columns[table].items():
                if answers := _words(_key(sheet), table, TABLES[table][column],
                                     sheet.table.frame[theirs], settings):
                    words[table, column] = answers
    _left(sheet, columns)
    _taken_over(sheet, read, settings)
    return column_guess.with_mapping(settings, sheet.name, columns, words,
                          {table: pairs for table, pairs in fixed.items() if pairs})


def _left(sheet: Sheet, columns: Mapping[str, Mapping[str, str]]) -> None:
    """The columns of the file that no table reads, with what they hold."""
    read = {theirs for pairs in columns.values() for theirs in pairs.values()}
    left = [f"{name} ({example})" if (example := _example(sheet.table.frame, name)) else name
            for name in sheet.table.frame.columns if name not in read]
    if left:
        st.caption(md(f"Columns of the file that are not read so far: "
                      f"{formats.listed(left, most=20)}."))


def _taken_over(sheet: Sheet, read: list[str], settings: Settings) -> None:
    """Say which tables were read from another file that nobody knew either."""
    for table in read:
        before = settings.tables.get(table, sheet.name)
        if normalise_name(before) != normalise_name(sheet.name):
            st.caption(md(f"From now on {table.replace('_', ' ')} are read from here, no longer "
                          f"from {before}: where both are mapped by hand, one file tells of them."))


def _columns(key: str, sheet: Sheet, table: str, guess: Mapping[str, str]) -> dict[str, str]:
    """The columns of one table, ours → theirs, as they stand in an editable list."""
    frame = sheet.table.frame
    fields = sorted(TABLES[table].fields,  # what is needed and what was found stands first
                    key=lambda field: not (field.required or field.name in guess))
    shown = pd.DataFrame({
        "ours": [f"{field.name}{' *' if field.required else ''}" for field in fields],
        "theirs": pd.Series([guess.get(field.name, _NOT) for field in fields], dtype="object"),
        "example": [_example(frame, guess.get(field.name)) for field in fields],
        "about": [field.about for field in fields]})
    edited = st.data_editor(shown, key=key, hide_index=True, disabled=["ours", "example", "about"],
                            column_config={
        "ours": st.column_config.TextColumn("Our column", help="* is needed"),
        "theirs": st.column_config.SelectboxColumn("In this file", required=True,
                                                   options=[_NOT, *frame.columns]),
        "example": "It holds there", "about": st.column_config.TextColumn("Meaning",
                                                                          width="large")})
    found = dict(zip([field.name for field in fields], edited["theirs"], strict=True))
    return {ours: theirs for ours, theirs in found.items() if theirs in frame.columns}


def _fixed(key: str, table: str, columns: Mapping[str, str],
           settings: Settings) -> dict[str, str]:
    """One value for all rows where a word is needed and no column holds it."""
    found = {}
    for field in TABLES[table].fields:
        if field.required and field.vocabulary and field.name not in columns:
            words = list(field.vocabulary.words)
            before = settings.fixed.get(table) or column_guess.FIXED.get(table, {})
            usual = before.get(field.name)
            found[field.name] = st.selectbox(
                f"{field.name} of every row", words, index=words.index(usual) if usual in words
                else 0, key=f"{key}_{table}_{field.name}_fixed")
    return found


def _words(key: str, table: str, field: Field, values: pd.Series,
           settings: Settings) -> dict[str, str]:
    """What the words of a column mean that our vocabulary does not hold."""
    before = settings.values.get(table, {}).get(field.name, {})
    answers = {}
    for word in column_guess.foreign_words(field, values)[:12]:
        options = [_NOT, *(field.vocabulary.words if field.vocabulary else ())]
        usual = before.get(normalise_word(word.written), word.nearest)
        answer = st.selectbox(
            md(f"What is “{word.written}” ({formats.count(word.count, 'row')}) in {field.name}?"),
            options, index=options.index(usual) if usual in options else 0,
            format_func=_unknown_word, key=f"{key}_{table}_{field.name}_{word.written}")
        if answer != _NOT:
            answers[word.written] = answer
    return answers


def _unknown_word(option: str) -> str:
    return "none of ours: unknown" if option == _NOT else option


def _example(frame: pd.DataFrame, column: str | None) -> str:
    if column is None:
        return ""
    values = frame[column].str.strip()
    return " · ".join(values[values != ""].drop_duplicates().head(_SAMPLES))


def _rows(sheet: Sheet) -> str:
    return formats.count(len(sheet.table.frame), "row")


def _key(sheet: Sheet) -> str:
    """What the answers about a sheet are remembered by: its place among the files changes when one
    is added or taken out."""
    return f"bring_{sheet.table.origin}"
