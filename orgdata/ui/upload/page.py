"""The upload: drop files in, see what they hold, correct how they are read, open or save them."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import FILE_NAME, Settings, SettingsError
from orgdata.sources import SourceError, confined, settings_in_files, vendors
from orgdata.sources.layouts import follow_renamed_sheets, same_layout_as
from orgdata.sources.limits import TooLarge, check_uploads
from orgdata.sources.recognise import recogniser
from orgdata.sources.sheets import Sheet
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import columns, result, tab_source
from orgdata.ui.upload.files import portfolio_of, sheets_of
from orgdata.upload.files import Mode, Upload, free_name, with_newer
from orgdata.upload.template import template_workbook

TYPES = ("csv", "tsv", "txt", "xlsx", "zip", "toml")
_MODES: dict[Mode, str] = {
    "replace": "a file of the same columns takes the place of last time's",
    "update": "all files stay; of rows with the same key the new cells count",
    "append": "all files stay; rows that are there already stay as they are"}
_MOST_ASKED = 20  # unknown tables that are asked about at once
_DRAFT = "bring_files"  # session state: the key and the draft of the files uploaded so far


def show(view: View | Exception) -> None:
    """Show the steps from files to a portfolio on the screen."""
    st.markdown("Drop in what you have: our tables as CSV, a workbook or a zip, or an export of "
                f"{', '.join(vendor.title for vendor in vendors.vendors())}. Nothing is kept until "
                "you say so.")
    _show_template()
    confined.prepare()
    try:
        loaded = _read_upload()
    except (SourceError, SettingsError, TooLarge) as error:
        st.error(md(error), icon=":material/error:")
        return
    if loaded and not loaded[1].counts:  # an export with a header and nothing below it
        st.warning(md(f"{loaded[0].name} holds no record to read: there is nothing to go on with."),
                   icon=":material/warning:")
    elif loaded:
        result.show(*loaded, view)


def _read_upload() -> tuple[Upload, Portfolio] | None:
    """The upload, read by the answers on the page. Raises SourceError, SettingsError, TooLarge."""
    base = _choose_base()
    uploads = st.file_uploader("Files", list(TYPES), accept_multiple_files=True, key="bring_drop",
                               help="Several files become one portfolio: goals from one tool, "
                                    "products from another, people from a third.")
    check_uploads(uploaded_file.size for uploaded_file in uploads)
    files: dict[str, bytes] = {}
    for uploaded_file in uploads:
        files[free_name(FILE_NAME if uploaded_file.name.endswith(".toml") else uploaded_file.name,
                        files)] = uploaded_file.getvalue()
    draft = _draft(base, files, tuple(uploaded_file.file_id for uploaded_file in uploads))
    if draft is None:
        return None
    draft = replace(draft, settings=_ask_settings(draft, sheets_of(draft)))
    return draft, portfolio_of(draft)


def _show_template() -> None:
    st.download_button("Download a workbook to fill in", template_workbook, "portfolio.xlsx",
                       icon=":material/download:", type="tertiary",
                       key="bring_template", on_click="ignore",
                       help="A sheet for each table, with drop-downs and an example row.")


def _choose_base() -> Upload | None:
    """Ask which saved source the files are added to; None for a portfolio of their own."""
    names = tab_source.saved_names()
    if not names:
        return None
    chosen = st.selectbox("They are", ["", *names], key="bring_base", format_func=lambda name:
                          f"news of “{name}”" if name else "a portfolio of their own")
    return tab_source.saved_source(chosen) if chosen else None


def _draft(base: Upload | None, files: dict[str, bytes],
           file_ids: tuple[str, ...]) -> Upload | None:
    """The files to read, with those they are added to; built anew only when these change."""
    if not files:
        return None
    mode: Mode = "replace"
    if base:
        mode = st.radio("What is kept already", list(_MODES), key="bring_mode",
                        format_func=_MODES.__getitem__)
    key = (file_ids, base.files_key if base else "", mode)
    previous = st.session_state.get(_DRAFT)
    if previous and previous[0] == key:
        return previous[1]  # type: ignore[no-any-return]
    settings = base.settings if base else settings_in_files("", files) or Settings()
    draft = Upload(files, settings, datetime.now(UTC))
    if base:
        draft = with_newer(base, draft, mode, sheets_of)
    st.session_state[_DRAFT] = (key, draft)
    return draft


def _ask_settings(draft: Upload, sheets: list[Sheet]) -> Settings:
    """Show the sheets that are recognised and ask about the others; returns the settings."""
    names = {sheet.name: list(sheet.table.frame.columns) for sheet in sheets}
    settings = follow_renamed_sheets(draft.settings, names)
    same_layout = same_layout_as(settings, names)  # shown after those they share it with
    sheets = sorted(sheets, key=lambda sheet: sheet.name in same_layout)
    what_is = recogniser(sheets, settings)
    asked, left = 0, 0
    first_sheets: dict[str, str] = {}  # tool or sheet name → origin of the first such sheet
    for index, sheet in enumerate(sheets):
        recognition, settings_before = what_is(index), settings
        kind = recognition.vendor.title if recognition.vendor else recognition.name
        if kind in first_sheets:  # asked once: an answer counts for all sheets of a kind
            columns.show_same_kind(sheet, first_sheets[kind])
        elif recognition.vendor:
            settings = columns.ask_export_choices(sheet, recognition.vendor, settings)
        elif recognition.complete:
            settings = columns.show_known_sheet(sheet, recognition.tables, settings)
        elif asked < _MOST_ASKED:
            settings, asked = columns.ask_columns(sheet, settings), asked + 1
        else:
            left += 1
        first_sheets.setdefault(kind, sheet.table.origin)
        if settings != settings_before:
            what_is = recogniser(sheets, settings)
    if left:
        st.markdown(f"And {formats.count(left, 'more table')} that we do not know after these: "
                    "keep what you have mapped, then add the others to it.")
    return settings
