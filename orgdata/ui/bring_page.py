"""Bring your own files: drop them in, see what they hold, mend how they are read, open or keep."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata import mapping
from orgdata.schema import TABLES, normalise_name
from orgdata.settings import Settings, SettingsError
from orgdata.sources import SourceError, settings_among, vendors
from orgdata.sources.named import holds
from orgdata.sources.sheets import Sheet
from orgdata.template import template_workbook
from orgdata.ui import bring_map, bring_result, handed
from orgdata.ui.escape import md
from orgdata.ui.handed_files import Handed, portfolio_of, sheets_of, together
from orgdata.ui.view import View

TYPES = ("csv", "tsv", "txt", "xlsx", "zip")
_MODES = {"replace": "a file of the same columns takes the place of last time's",
          "update": "all files stay; of rows with the same key the new cells count",
          "append": "all files stay; rows that are there already stay as they are"}
_FILES = "bring_files"  # session state: what was dropped in so far


def show(view: View | Exception) -> None:
    """The whole way from files to a portfolio on the screen."""
    st.markdown("Drop in what you have: our tables as CSV, a workbook or a zip, or an export of "
                f"{', '.join(vendor.title for vendor in vendors.VENDORS)}. Nothing is kept until "
                "you say so.")
    _template()
    base = _base()
    dropped = st.file_uploader("Files", list(TYPES), accept_multiple_files=True, key="bring_drop",
                               help="Several files become one portfolio: goals from one tool, "
                                    "products from another, people from a third.")
    draft = _draft(base, {one.name: one.getvalue() for one in dropped},
                   tuple(one.file_id for one in dropped))
    if draft is None:
        return
    try:
        sheets = sheets_of(draft)
        settings = _read_as(draft, sheets)
        draft = replace(draft, settings=settings)
        portfolio = portfolio_of(draft)
    except (SourceError, SettingsError) as error:
        st.error(md(error), icon=":material/error:")
        return
    bring_result.show(draft, portfolio, view)


def _template() -> None:
    st.download_button("Download a workbook to fill in", template_workbook, "portfolio.xlsx",
                       icon=":material/download:", type="tertiary",
                       key="bring_template", on_click="ignore",
                       help="A sheet for each table, with drop-downs and an example row.")


def _base() -> Handed | None:
    """What the files are added to: nothing, or what is kept already."""
    names = handed.kept_names()
    if not names:
        return None
    chosen = st.selectbox("They are", ["", *names], key="bring_base", format_func=lambda one:
                          f"news of “{one}”" if one else "a portfolio of their own")
    return handed.kept_source(chosen) if chosen else None


def _draft(base: Handed | None, files: dict[str, bytes], ids: tuple[str, ...]) -> Handed | None:
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
    settings = base.settings if base else settings_among("", files) or Settings()
    draft = Handed(files, settings, datetime.now(UTC))
    if base:
        draft = together(base, draft, replacing=mode == "replace")
        how = dict.fromkeys(TABLES, mode) if mode == "append" else {}
        draft = replace(draft, settings=replace(draft.settings, merge=how))
    st.session_state[_FILES] = (key, draft)
    return draft


def _read_as(draft: Handed, sheets: list[Sheet]) -> Settings:
    """How each sheet is read: said where it is known, asked where it is not."""
    settings = mapping.recalled(draft.settings, {
        normalise_name(sheet.name): list(sheet.table.frame.columns) for sheet in sheets})
    for number, sheet in enumerate(sheets):
        vendor = vendors.recognise(sheet.table.frame.columns)
        ours = [table for table, name in settings.tables.items()
                if normalise_name(name) == normalise_name(sheet.name)]
        ours = ours or [table for table in (normalise_name(sheet.name),) if table in TABLES]
        if any(holds(TABLES[table], sheet.table, settings) for table in ours):
            settings = bring_map.known(number, sheet, ours, settings)
        elif vendor:
            settings = bring_map.choices(number, sheet, vendor, settings)
        else:
            settings = bring_map.asked(number, sheet, settings)
    return settings
