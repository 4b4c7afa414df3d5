"""Bring your own files: drop them in, see what they hold, mend how they are read, open or keep."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import FILE_NAME, Settings, SettingsError
from orgdata.sources import SourceError, settings_in_files, vendors
from orgdata.sources.layouts import follow_renamed_sheets, same_layout_as
from orgdata.sources.recognise import recognise
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
_FILES = "bring_files"  # session state: what was dropped in so far


def show(view: View | Exception) -> None:
    """The whole way from files to a portfolio on the screen."""
    st.markdown("Drop in what you have: our tables as CSV, a workbook or a zip, or an export of "
                f"{', '.join(vendor.title for vendor in vendors.vendors())}. Nothing is kept until "
                "you say so.")
    _template()
    try:
        read = _read()
    except (SourceError, SettingsError) as error:
        st.error(md(error), icon=":material/error:")
        return
    if read and not read[1].counts:  # an export with a header and nothing below it
        st.warning(md(f"{read[0].name} holds no record to read: there is nothing to go on with."),
                   icon=":material/warning:")
    elif read:
        result.show(*read, view)


def _read() -> tuple[Upload, Portfolio] | None:
    """What was dropped in, read as the page was told. Raises SourceError, SettingsError."""
    base = _base()
    dropped = st.file_uploader("Files", list(TYPES), accept_multiple_files=True, key="bring_drop",
                               help="Several files become one portfolio: goals from one tool, "
                                    "products from another, people from a third.")
    files: dict[str, bytes] = {}
    for one in dropped:
        files[free_name(FILE_NAME if one.name.endswith(".toml") else one.name,
                        files)] = one.getvalue()
    draft = _draft(base, files, tuple(one.file_id for one in dropped))
    if draft is None:
        return None
    draft = replace(draft, settings=_read_as(draft, sheets_of(draft)))
    return draft, portfolio_of(draft)


def _template() -> None:
    st.download_button("Download a workbook to fill in", template_workbook, "portfolio.xlsx",
                       icon=":material/download:", type="tertiary",
                       key="bring_template", on_click="ignore",
                       help="A sheet for each table, with drop-downs and an example row.")


def _base() -> Upload | None:
    """What the files are added to: nothing, or what is kept already."""
    names = tab_source.kept_names()
    if not names:
        return None
    chosen = st.selectbox("They are", ["", *names], key="bring_base", format_func=lambda one:
                          f"news of “{one}”" if one else "a portfolio of their own")
    return tab_source.kept_source(chosen) if chosen else None


def _draft(base: Upload | None, files: dict[str, bytes], ids: tuple[str, ...]) -> Upload | None:
    """The files that are read; made anew only when something was dropped in or taken out."""
    if not files:
        return None
    mode: Mode = "replace"
    if base:
        mode = st.radio("What is kept already", list(_MODES), key="bring_mode",
                        format_func=_MODES.__getitem__)
    key = (ids, base.files_key if base else "", mode)
    known = st.session_state.get(_FILES)
    if known and known[0] == key:
        return known[1]  # type: ignore[no-any-return]
    settings = base.settings if base else settings_in_files("", files) or Settings()
    draft = Upload(files, settings, datetime.now(UTC))
    if base:
        draft = with_newer(base, draft, mode, sheets_of)
    st.session_state[_FILES] = (key, draft)
    return draft


def _read_as(draft: Upload, sheets: list[Sheet]) -> Settings:
    """How each sheet is read: said where it is known, asked where it is not."""
    names = {sheet.name: list(sheet.table.frame.columns) for sheet in sheets}
    settings = follow_renamed_sheets(draft.settings, names)
    like = same_layout_as(settings, names)
    sheets = sorted(sheets, key=lambda sheet: sheet.name in like)  # after those they are read like
    recognised, _ = recognise(sheets, settings)
    spoken: dict[str, str] = {}  # tools and names that were asked about → the first such sheet
    for number, sheet in enumerate(sheets):
        one, before = recognised[number], settings
        topic = one.vendor.title if one.vendor else one.name
        if topic in spoken:  # an answer counts for all of a kind: it is asked once
            columns.again(sheet, spoken[topic])
        elif one.vendor:
            settings = columns.choices(sheet, one.vendor, settings)
        elif one.complete:
            settings = columns.known(sheet, one.tables, settings)
        else:
            settings = columns.asked(sheet, settings)
        spoken.setdefault(topic, sheet.table.origin)
        if settings != before:
            recognised, _ = recognise(sheets, settings)
    return settings
