"""Forms for how a sheet is read: the questions about an export, or which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.fields import Field, normalise_name
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.model.words import normalise_word
from orgdata.sources.sheets import Sheet
from orgdata.sources.vendors import Vendor
from orgdata.ui.shell.cache import Versioned, cached
from orgdata.ui.shell.escape import md
from orgdata.upload import column_guess

_NOT_IN_FILE = "not in this file"
_SAMPLES = 3  # values shown of each column …
_ROWS_LOOKED_AT = 10_000  # … found among so many rows
_UNREAD_SHOWN = 20  # columns of the file that are not read


@dataclass(frozen=True)
class Header(Versioned):
    """The columns of a sheet; two with the same names are the same."""

    columns: tuple[str, ...]
    version: str


def _header(sheet: Sheet) -> Header:
    columns = tuple(map(str, sheet.table.frame.columns))
    return Header(columns, sha256(repr(columns).encode()).hexdigest())


@cached
def _likely_tables(header: Header) -> list[str]:
    return column_guess.likely_tables(header.columns)


@cached
def _proposed_mappings(header: Header) -> dict[str, dict[str, str]]:
    return column_guess.proposed_mappings(header.columns)


def show_known_sheet(sheet: Sheet, known_tables: list[str], settings: Settings) -> Settings:
    """Show a sheet whose tables are known, with its mapping to change; returns the settings."""
    tables = [table for table in TABLES if table in known_tables]
    label = f"{sheet.table.origin}: {_row_count(sheet)}, read as {formats.listed(tables, most=9)}."
    with st.expander(md(label), icon=":material/check:"):
        if not any(normalise_name(settings.tables.get(table, "")) == normalise_name(sheet.name)
                   for table in tables):
            st.caption("Its columns bear our names.")
            return settings
        return _ask_mapping(sheet, settings, tables,
                            {table: dict(settings.columns.get(table, {})) for table in tables})


def ask_export_choices(sheet: Sheet, vendor: Vendor, settings: Settings) -> Settings:
    """Ask what only the user knows about an export, with defaults; returns the settings."""
    export = formats.with_article(f"{vendor.title} export")
    label = f"{sheet.table.origin}: {export} of {_row_count(sheet)}."
    with st.expander(md(label), icon=":material/check:",
                     expanded=bool(vendor.choices)):
        previous = settings.exports.get(vendor.name, {})
        answers: dict[str, str] = {}
        for choice in vendor.choices:
            options = list(choice.options)
            answers[choice.name] = st.selectbox(
                choice.question, options, index=options.index(choice.answer(previous)),
                format_func=choice.options.__getitem__, key=f"{_sheet_key(sheet)}_{choice.name}")
        if not vendor.choices:
            st.caption("It leaves nothing to ask.")
    return replace(settings, exports={**settings.exports, vendor.name: answers})


def show_same_kind(sheet: Sheet, first_sheet: str) -> None:
    """Show a sheet that is read the same way as an earlier one of its kind."""
    st.markdown(md(f"{sheet.table.origin}: {_row_count(sheet)}, read the same way as "
                   f"{first_sheet}."))


def ask_columns(sheet: Sheet, settings: Settings) -> Settings:
    """Ask which tables and columns an unknown sheet holds; returns the settings."""
    header = _header(sheet)
    with st.expander(md(f"{sheet.table.origin}: {_row_count(sheet)} of a table we do not know. "
                        "Which column is which?"), icon=":material/help:", expanded=True):
        return _ask_mapping(sheet, settings, _likely_tables(header), _proposed_mappings(header))


def _ask_mapping(sheet: Sheet, settings: Settings, tables: list[str],
                 guesses: Mapping[str, dict[str, str]]) -> Settings:
    chosen = st.multiselect("A row tells of", list(TABLES), tables,
                            key=f"{_sheet_key(sheet)}_tables",
                            format_func=lambda table: table.replace("_", " "),
                            help="One row may speak of several: of a key result, its objective, "
                                 "its product and its manager.")
    st.caption("A cell under “In this file” opens the list of the file's columns: a double-click, "
               "or Enter.")
    columns: dict[str, dict[str, str]] = {}
    words: dict[tuple[str, str], dict[str, str]] = {}
    fixed: dict[str, dict[str, str]] = {}
    read_tables = [table for table in TABLES if table in chosen]
    labels = [table.replace("_", " ").capitalize() for table in read_tables]
    tabs = st.tabs(labels) if labels else []
    for tab, table in zip(tabs, read_tables, strict=True):
        guess = guesses.get(table) or column_guess.guess_columns(
            table, list(sheet.table.frame.columns))
        with tab:
            st.caption(TABLES[table].about)
            columns[table] = _ask_columns_of(f"{_sheet_key(sheet)}_{table}", sheet, table, guess)
            fixed[table] = _ask_fixed_values(_sheet_key(sheet), table, columns[table], settings)
            for column, file_column in columns[table].items():
                if meanings := _ask_words(_sheet_key(sheet), table, TABLES[table][column],
                                          sheet.table.frame[file_column], settings):
                    words[table, column] = meanings
    _show_unread_columns(sheet, columns)
    _show_replaced_files(sheet, read_tables, settings)
    return column_guess.with_mapping(settings, sheet.name, columns, words,
                          {table: values for table, values in fixed.items() if values})


def _show_unread_columns(sheet: Sheet, columns: Mapping[str, Mapping[str, str]]) -> None:
    """Show the columns of the file that no table reads, with example values."""
    read = {file_column for mapping in columns.values() for file_column in mapping.values()}
    names = [name for name in sheet.table.frame.columns if name not in read]
    unread = [f"{name} ({example})" if place < _UNREAD_SHOWN and (
        example := _example(sheet.table.frame, name)) else name for place, name in enumerate(names)]
    if unread:
        st.caption(md(f"Columns of the file that are not read so far: "
                      f"{formats.listed(unread, most=_UNREAD_SHOWN)}."))


def _show_replaced_files(sheet: Sheet, tables: list[str], settings: Settings) -> None:
    """Show which tables were read from another file mapped by hand, and now are from this one."""
    for table in tables:
        previous = settings.tables.get(table, sheet.name)
        if normalise_name(previous) != normalise_name(sheet.name):
            st.caption(md(f"From now on {table.replace('_', ' ')} are read from here, no longer "
                          f"from {previous}: where both are mapped by hand, one file tells of "
                          "them."))


def _ask_columns_of(key: str, sheet: Sheet, table: str, guess: Mapping[str, str]) -> dict[str, str]:
    """Ask for the columns of one table in an editable list; returns our column → the file's."""
    frame = sheet.table.frame
    fields = sorted(TABLES[table].fields,  # required fields and those with a guess come first
                    key=lambda field: not (field.required or field.name in guess))
    rows = pd.DataFrame({
        "ours": [f"{field.name}{' *' if field.required else ''}" for field in fields],
        "theirs": pd.Series([guess.get(field.name, _NOT_IN_FILE) for field in fields],
                            dtype="object"),
        "example": [_example(frame, guess.get(field.name)) for field in fields],
        "about": [field.about for field in fields]})
    edited = st.data_editor(rows, key=key, hide_index=True, disabled=["ours", "example", "about"],
                            column_config={
        "ours": st.column_config.TextColumn("Our column", help="* is needed"),
        "theirs": st.column_config.SelectboxColumn("In this file", required=True,
                                                   options=[_NOT_IN_FILE, *frame.columns]),
        "example": "It holds there", "about": st.column_config.TextColumn("Meaning",
                                                                          width="large")})
    chosen = dict(zip([field.name for field in fields], edited["theirs"], strict=True))
    return {column: file_column for column, file_column in chosen.items()
            if file_column in frame.columns}


def _ask_fixed_values(key: str, table: str, columns: Mapping[str, str],
                      settings: Settings) -> dict[str, str]:
    """Ask for one value for all rows where a word is required and no column holds it."""
    values = {}
    for field in TABLES[table].fields:
        if field.required and field.vocabulary and field.name not in columns:
            words = list(field.vocabulary.words)
            previous = settings.fixed.get(table) or column_guess.FIXED.get(table, {})
            default = previous.get(field.name)
            values[field.name] = st.selectbox(
                f"{field.name} of every row", words, index=words.index(default) if default in words
                else 0, key=f"{key}_{table}_{field.name}_fixed")
    return values


def _ask_words(key: str, table: str, field: Field, values: pd.Series,
               settings: Settings) -> dict[str, str]:
    """Ask what those words of a column mean that are not in our vocabulary."""
    previous = settings.values.get(table, {}).get(field.name, {})
    meanings = {}
    for word in column_guess.foreign_words(field, values):
        options = [_NOT_IN_FILE, *(field.vocabulary.words if field.vocabulary else ())]
        default = previous.get(normalise_word(word.written), word.nearest)
        meaning = st.selectbox(
            md(f"What is “{word.written}” ({formats.count(word.count, 'row')}) in {field.name}?"),
            options, index=options.index(default) if default in options else 0,
            format_func=_option_label, key=f"{key}_{table}_{field.name}_{word.written}")
        if meaning != _NOT_IN_FILE:
            meanings[word.written] = meaning
    return meanings


def _option_label(option: str) -> str:
    return "none of ours: unknown" if option == _NOT_IN_FILE else option


def _example(frame: pd.DataFrame, column: str | None) -> str:
    if column is None:
        return ""
    values = frame[column].head(_ROWS_LOOKED_AT).str.strip()
    return " · ".join(values[values != ""].drop_duplicates().head(_SAMPLES))


def _row_count(sheet: Sheet) -> str:
    return formats.count(len(sheet.table.frame), "row")


def _sheet_key(sheet: Sheet) -> str:
    """The prefix of a sheet's widget keys: its origin, for its place among the files may change."""
    return f"bring_{sheet.table.origin}"
