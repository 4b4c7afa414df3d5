"""Bring your own files: drop them in, see what they hold, mend how they are read, open or keep."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import FILE_NAME, Settings, SettingsError
from orgdata.sources import SourceError, settings_in_files, vendors
from orgdata.sources.files import serves
from orgdata.sources.layouts import follow_renamed_sheets, same_layout_as, settings_for_sheet
from orgdata.sources.sheets import Sheet
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import columns as bring_map
from orgdata.ui.upload import result, tab_source
from orgdata.ui.upload.files import Upload, free_name, portfolio_of, sheets_of, together
from orgdata.upload.template import template_workbook

TYPES = ("csv", "tsv", "txt", "xlsx", "zip", "toml")
_MODES = {"replace": "a file of the same columns takes the place of last time's",
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
    mode = "replace"
    if base:
        mode = st.radio("What is kept already", list(_MODES), key="bring_mode",
                        format_func=_MODES.__getitem__) or mode
    key = (ids, base.files_key if base else "", mode)
    known = st.session_state.get(_FILES)
    if known and known[0] == key:
        return known[1]  # type: ignore[no-any-return]
    settings = base.settings if base else settings_in_files("", files) or Settings()
    draft = Upload(files, settings, datetime.now(UTC))
    if base:
        draft = together(base, draft, replacing=mode == "replace")
        how = dict.fromkeys(TABLES, mode) if mode == "append" else {}
        draft = replace(draft, settings=replace(draft.settings, merge=how))
    st.session_state[_FILES] = (key, draft)
    return draft


def _read_as(draft: Upload, sheets: list[Sheet]) -> Settings:
    """How each sheet is read: said where it is known, asked where it is not."""
    columns = {sheet.name: list(sheet.table.frame.columns) for sheet in sheets}
    settings = follow_renamed_sheets(draft.settings, columns)
    names = frozenset(map(normalise_name, columns))
    likes = same_layout_as(settings, columns)
    spoken: dict[str, str] = {}  # tools and names that were asked about → the first such sheet
    for sheet in sheets:
        name = normalise_name(sheet.name)
        here = settings_for_sheet(settings, name, names)
        ours = [table for table, theirs in settings.tables.items()
                if normalise_name(theirs) == name] or [table for table in TABLES if table == name]
        is_ours = any(serves(table, sheet.table, here) for table in ours)
        vendor = None if is_ours else vendors.recognise(columns[sheet.name])
        topic = vendor.title if vendor else normalise_name(likes.get(sheet.name, name))
        if topic in spoken:  # an answer counts for all of a kind: it is asked once
            bring_map.again(sheet, spoken[topic])
        elif vendor:
            settings = bring_map.choices(sheet, vendor, settings)
        elif is_ours:
            settings = bring_map.known(sheet, ours, settings)
        else:
            settings = bring_map.asked(sheet, settings, here)
            likes = same_layout_as(settings, columns)
        spoken.setdefault(topic, sheet.table.origin)
    return settings
